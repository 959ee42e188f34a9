"""The line to a media process on another host: who is let in, and that nothing is obeyed before."""

from __future__ import annotations

import asyncio
import datetime
import ipaddress
import logging
import os
import secrets
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from meeting_server import media_proof
from meeting_server import media_protocol as mp
from meeting_server.live import media_link
from meeting_server.live.media_link import MediaDown, MediaLink, MediaSettings, MediaUp
from meeting_server.media import door
from tests.media.member import Ear, Member, eventually

SECRET = secrets.token_hex(32).encode()
PATIENCE = 120.0
"""Seconds that a test waits at most; a process loads a long time on a busy machine."""
HOSTS = {"IPv4": "127.0.0.1", "IPv6": "::1"}


def free_tcp_port(host: str) -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


class Far:
    """A media process that listens on TCP alone; `said` is what stands in its log."""

    def __init__(self, process: asyncio.subprocess.Process, address: tuple[str, int]) -> None:
        self.process = process
        self.address = address
        self.said = ""

    async def until_said(self, text: str) -> None:
        """Wait until the log has it."""
        assert self.process.stderr is not None
        async with asyncio.timeout(PATIENCE):
            while text not in self.said:
                line = await self.process.stderr.readline()
                assert line, self.said
                self.said += line.decode()

    def link(self, secret: bytes = SECRET, **more: object) -> Ear:
        """A core's line to it, not started."""
        settings = MediaSettings(None, own_process=False, address=self.address, secret=secret, **more)  # type: ignore[arg-type]
        return Ear(MediaLink(settings))


@asynccontextmanager
async def far(folder: Path, host: str, *more: str) -> AsyncIterator[Far]:
    port = free_tcp_port(host)
    file = folder / "shared"
    file.write_bytes(SECRET + b"\n")
    shown = f"[{host}]" if ":" in host else host
    command = [sys.executable, "-m", "meeting_server.media", "--listen", f"{shown}:{port}"]
    process = await asyncio.create_subprocess_exec(
        *command, "--secret-file", str(file), *more, stderr=asyncio.subprocess.PIPE
    )
    try:
        await until_listening(process, host, port)
        yield Far(process, (host, port))
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()


async def until_listening(process: asyncio.subprocess.Process, host: str, port: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            assert process.returncode is None
            try:
                _, writer = await asyncio.open_connection(host, port)
            except OSError:
                await asyncio.sleep(0.02)
            else:
                writer.close()
                return


@pytest.mark.parametrize("host", HOSTS.values(), ids=HOSTS)
async def test_who_knows_the_secret_is_served_and_members_can_join(tmp_path: Path, host: str) -> None:
    async with far(tmp_path, host) as away:
        ear = away.link()
        await ear.link.start()
        assert (await ear.until(MediaUp, seconds=PATIENCE)).hello.pid == away.process.pid
        ear.link.set_room(mp.Room("m1", (mp.PeerState("anna", True, True),)))
        anna = Member(ear, "m1", "anna")
        await anna.join()
        await anna.leave()
        await ear.link.stop()
        assert away.process.returncode is None, "somebody else's process is not stopped"


async def test_a_wrong_secret_is_refused_and_logged_at_both_ends(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with far(tmp_path, "127.0.0.1") as away:
        ear = away.link(b"x" * 32)
        with caplog.at_level(logging.ERROR):
            await ear.link.start()
            await away.until_said("was refused: wrong secret")
            await eventually(lambda: "cannot be reached" in caplog.text, PATIENCE)
        await ear.link.stop()
        assert ear.events == []


async def test_nothing_is_obeyed_before_the_proof(tmp_path: Path) -> None:
    async with far(tmp_path, "127.0.0.1") as away:
        reader, writer = await asyncio.open_connection(*away.address)
        stop = mp.encode(mp.CoreHello()) + mp.encode(mp.Stop())
        writer.write(stop + b" " * 64)
        assert len(await reader.read()) == media_proof.RANDOM_BYTES, "a stranger gets the question alone"
        await away.until_said("was refused: wrong secret")
        writer.close()
        ear = away.link()
        await ear.link.start()
        await ear.until(MediaUp, seconds=PATIENCE)
        await ear.link.stop()


async def test_a_proof_that_was_recorded_proves_nothing_the_next_time(tmp_path: Path) -> None:
    async with far(tmp_path, "127.0.0.1") as away:
        sent = b""
        for _ in range(2):
            reader, writer = await asyncio.open_connection(*away.address)
            asked = await reader.readexactly(32)
            own = b"n" * 32
            sent = sent or own + media_proof._proof(SECRET, "core", asked, own)
            writer.write(sent)
            answered = await reader.read(32)
            writer.close()
        assert answered == b""
        await away.until_said("was refused: wrong secret")


@asynccontextmanager
async def an_open_door(folder: Path, served: list[bytes]) -> AsyncIterator[int]:
    """A door in this process that serves one line; its port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        served.append(await reader.readline())
        writer.close()

    file = folder / "shared"
    file.write_bytes(SECRET)
    port = free_tcp_port("127.0.0.1")
    async with door.Doors(None, f"127.0.0.1:{port}", file).opened(serve):
        yield port


async def shut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, count: int = 1) -> None:
    """The other end hangs up before it has said so much."""
    with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
        await reader.readexactly(count)
    writer.close()


async def test_a_stranger_who_only_waits_is_shown_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media_proof, "PROOF_SECONDS", 0.1)
    async with an_open_door(tmp_path, []) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        await reader.readexactly(32)
        await shut(reader, writer)


async def test_only_so_many_strangers_wait_at_once_and_then_the_core_is_let_in(tmp_path: Path) -> None:
    served: list[bytes] = []
    async with an_open_door(tmp_path, served) as port:
        strangers = [await asyncio.open_connection("127.0.0.1", port) for _ in range(door.MOST_STRANGERS)]
        for reader, _ in strangers:
            await reader.readexactly(32)
        await shut(*await asyncio.open_connection("127.0.0.1", port), 32)
        for reader, writer in strangers:
            writer.write(b" " * 64)
            await shut(reader, writer)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        await media_proof.present(reader, writer, SECRET)
        writer.write(b"hello\n")
        assert await reader.read() == b""
        writer.close()
    assert served == [b"hello\n"]


async def test_an_impostor_of_the_media_process_hears_nothing(caplog: pytest.LogCaptureFixture) -> None:
    heard = []

    async def impostor(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"q" * 32)
        await reader.readexactly(64)
        writer.write(b"p" * 32)
        try:
            heard.append(await reader.read())
        except ConnectionError:
            heard.append(b"")
        writer.close()

    server = await asyncio.start_server(impostor, "127.0.0.1", 0)
    address = server.sockets[0].getsockname()
    ear = Ear(MediaLink(MediaSettings(None, own_process=False, address=address, secret=SECRET)))
    with caplog.at_level(logging.ERROR):
        await ear.link.start()
        await eventually(lambda: bool(heard) and "wrong secret" in caplog.text, PATIENCE)
    await ear.link.stop()
    server.close()
    assert set(heard) == {b""}
    assert ear.events == []


def certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "media")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.IPAddress(ipaddress.ip_address(host)) for host in HOSTS.values()]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    found = folder / "cert.pem", folder / "key.pem"
    found[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pkcs8 = serialization.PrivateFormat.PKCS8
    found[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, pkcs8, serialization.NoEncryption()))
    return found


async def test_the_line_may_be_tls_and_a_strange_certificate_is_not_spoken_to(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    mine, key = certificate(tmp_path)
    other, _ = certificate(tmp_path / "other")
    flags = ("--tls-certificate", str(mine), "--tls-key", str(key))
    async with far(tmp_path, "127.0.0.1", *flags) as away:
        right, wrong, plain = away.link(authority=mine), away.link(authority=other), away.link()
        for ear in (wrong, plain):
            await ear.link.start()
        await eventually(lambda: "CERTIFICATE_VERIFY_FAILED" in wrong.link._complaint, PATIENCE)
        await eventually(lambda: bool(plain.link._complaint), PATIENCE)
        await right.link.start()
        await right.until(MediaUp, seconds=PATIENCE)
        for ear in (right, wrong, plain):
            await ear.link.stop()
        assert wrong.events == plain.events == []


async def test_another_core_waits_until_the_first_has_gone_and_the_same_one_takes_over(
    tmp_path: Path,
) -> None:
    async with far(tmp_path, "127.0.0.1") as away:
        first, again, other = (away.link(core=name) for name in ("a", "a", "b"))
        await first.link.start()
        await first.until(MediaUp, seconds=PATIENCE)
        await other.link.start()
        await away.until_said("the core 'b' was refused: 'a' is connected")
        await eventually(lambda: "another web node" in other.link._complaint, PATIENCE)
        assert first.link.is_up
        assert first.link._task is not None
        first.link._stopping = True  # it will not come back when it is cut off
        await again.link.start()
        await again.until(MediaUp, seconds=PATIENCE)
        await first.until(MediaDown, seconds=PATIENCE)
        assert not other.link.is_up
        await again.link.stop()
        await other.until(MediaUp, seconds=PATIENCE)
        for ear in (first, other):
            await ear.link.stop()


async def test_a_room_closed_while_the_process_was_away_is_closed_when_it_is_back(tmp_path: Path) -> None:
    async with far(tmp_path, "127.0.0.1") as away:
        ear = away.link()
        await ear.link.start()
        await ear.until(MediaUp, seconds=PATIENCE)
        for name in ("m1", "m2"):
            ear.link.set_room(mp.Room(name, (mp.PeerState("anna", True, True),)))
        anna, bo = Member(ear, "m1", "anna"), Member(ear, "m2", "anna")
        await anna.join()
        since = len(ear.events)
        ear.link._writer.transport.abort()  # type: ignore[union-attr]
        await ear.until(MediaDown, since=since, seconds=PATIENCE)
        ear.link.close_room("m1")
        ear.link.close_room("m2")
        ear.link.set_room(mp.Room("m2", (mp.PeerState("anna", True, True),)))
        await ear.until(MediaUp, since=since, seconds=PATIENCE)
        await ear.until(mp.Health, lambda health: health.peers == 0, since=len(ear.events), seconds=PATIENCE)
        await bo.join()
        for member in (anna, bo):
            await member.leave()
        await ear.link.stop()


async def test_a_process_afar_that_falls_silent_is_cut_off_and_not_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import signal

    monkeypatch.setattr(media_link, "SILENT_SECONDS", 2.5)
    async with far(tmp_path, "127.0.0.1") as away:
        ear = away.link()
        await ear.link.start()
        await ear.until(MediaUp, seconds=PATIENCE)
        os.kill(away.process.pid, signal.SIGSTOP)
        await ear.until(MediaDown, seconds=PATIENCE)
        os.kill(away.process.pid, signal.SIGCONT)
        up = await ear.until(MediaUp, since=len(ear.events), seconds=PATIENCE)
        assert up.hello.pid == away.process.pid
        await ear.link.stop()


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--listen", "127.0.0.1:0"], "--listen needs --secret-file"),
        (["--listen", "127.0.0.1:0", "--secret-file", "SHORT"], "har färre än 32 byte"),
        (["--listen", "::1:0", "--secret-file", "LONG"], "en IPv6-adress står inom hakparentes"),
        (["--listen", "127.0.0.1", "--secret-file", "LONG"], "ska vara värd:port"),
        (["--listen", "192.0.2.1:0", "--secret-file", "LONG"], "media: TCP 192.0.2.1:0:"),
        (["--listen", "127.0.0.1:0", "--secret-file", "NONE"], "No such file"),
        ([], "--socket or --listen is needed"),
    ],
    ids=["no secret", "short secret", "bare IPv6", "no port", "not our address", "no file", "nothing"],
)
async def test_a_door_that_cannot_be_opened_is_said_in_one_line(
    tmp_path: Path, flags: list[str], said: str
) -> None:
    (tmp_path / "short").write_bytes(b"x" * 31 + b"\n")
    (tmp_path / "long").write_bytes(b"x" * 32 + b"\n")
    files = {each: str(tmp_path / each.lower()) for each in ("SHORT", "LONG", "NONE")}
    command = [sys.executable, "-m", "meeting_server.media", *(files.get(each, each) for each in flags)]
    process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
    _, text = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode not in (0, None)
    assert said in text.decode().splitlines()[-1]
    assert "Traceback" not in text.decode()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("media.example:7000", ("media.example", 7000)),
        ("127.0.0.1:0", ("127.0.0.1", 0)),
        ("[::1]:65535", ("::1", 65535)),
        ("[::1]:65536", None),
        ("::1:7000", None),
        ("host", None),
        (":7000", None),
        ("[]:7000", None),
        ("host:", None),
        ("host:-1", None),
        ("host:²", None),
    ],
)
def test_a_host_and_port_is_read_or_refused(text: str, found: tuple[str, int] | None) -> None:
    if found is None:
        with pytest.raises(ValueError, match=r"ska vara värd:port|inom hakparentes"):
            media_proof.host_and_port(text)
    else:
        assert media_proof.host_and_port(text) == found
