"""A real coturn beside the media process, with the credentials the product hands out."""

from __future__ import annotations

import asyncio
import datetime as dt
import ipaddress
import shutil
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from meeting_server.config import Settings
from meeting_server.http.ice import ice_servers
from tests.media.conftest import ear as ear
from tests.media.member import PATIENCE, has_ipv6

SECRET = "a secret that coturn and the product share"


@dataclass(frozen=True)
class Turn:
    """A running TURN server: its addresses by transport, and where the shared secret lies."""

    urls: dict[str, str]
    secret: Path
    log: Path

    def servers(self, transport: str) -> list[dict[str, object]]:
        """What the product tells the browser when only this transport is open."""
        settings = Settings(turn_urls=(self.urls[transport],), turn_secret_file=self.secret)
        return ice_servers(settings, "anna", dt.datetime.now(dt.UTC))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )


@pytest.fixture
async def turn(tmp_path: Path) -> AsyncIterator[Turn]:
    """coturn on loopback, for UDP, TCP and TLS, and for UDP over IPv6 where there is IPv6."""
    program = shutil.which("turnserver")
    if program is None:
        pytest.skip("coturn is not installed")
    folder = tmp_path / "turn"
    folder.mkdir()
    _certificate(folder)
    plain, secure = _free_port(), _free_port()
    secret = folder / "secret"
    secret.write_text(SECRET)
    log = folder / "turn.log"
    arguments = [
        *(("-L", "::1") if has_ipv6() else ()),
        *("-n", "-L", "127.0.0.1", "-E", "127.0.0.1", "-p", str(plain), "--tls-listening-port", str(secure)),
        *("--use-auth-secret", f"--static-auth-secret={SECRET}", "-r", "klubban.test"),
        *("--cert", str(folder / "cert.pem"), "--pkey", str(folder / "key.pem")),
        *("--allow-loopback-peers", "--no-cli", "--no-rfc5780", "--no-multicast-peers"),
        *("--min-port", "48000", "--max-port", "48999", "--pidfile", str(folder / "pid")),
        *("--simple-log", "--log-file", str(log), "--db", str(folder / "db")),
    ]
    process = await asyncio.create_subprocess_exec(
        program, *arguments, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL, cwd=folder
    )
    try:
        await _answers(process, secure)
        over_ipv6 = {"udp6": f"turn:[::1]:{plain}?transport=udp"} if has_ipv6() else {}
        yield Turn(
            {
                **over_ipv6,
                "udp": f"turn:127.0.0.1:{plain}?transport=udp",
                "tcp": f"turn:127.0.0.1:{plain}?transport=tcp",
                "tls": f"turns:127.0.0.1:{secure}?transport=tcp",
            },
            secret,
            log,
        )
    finally:
        process.terminate()
        await process.wait()


async def _answers(process: asyncio.subprocess.Process, port: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            assert process.returncode is None, "coturn ended at once"
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.1)
            else:
                writer.close()
                await writer.wait_closed()
                return
