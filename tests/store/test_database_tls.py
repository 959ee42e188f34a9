"""A real PostgreSQL with TLS: what each way of asking for it takes, and what it refuses."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from meeting_server.store.engine import Database
from meeting_server.store.failures import StorageFailed
from meeting_server.store.listening import listen
from tests.store.conftest import a_cluster, running

pytestmark = pytest.mark.postgres


class Server(NamedTuple):
    """Where it is, and the certificates of who issued its own and of somebody else."""

    port: int
    issuer: Path
    stranger: Path


def _issued(
    name: str, issuer: str, key: ec.EllipticCurvePrivateKey, signer: ec.EllipticCurvePrivateKey
) -> bytes:
    """A certificate, PEM; of an issuer itself when the names are the same, of a host otherwise."""
    is_issuer = name == issuer
    subject, by = (x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, each)]) for each in (name, issuer))
    made = (
        x509.CertificateBuilder(by, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(hours=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=is_issuer, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(signer, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Its certificate is for localhost, and by an issuer of its own."""
    ours, theirs, own = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
    folder = tmp_path_factory.mktemp("issuers")
    issuer, stranger = folder / "issuer.pem", folder / "stranger.pem"
    issuer.write_bytes(_issued("issuer", "issuer", ours, ours))
    stranger.write_bytes(_issued("issuer", "issuer", theirs, theirs))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with a_cluster() as cluster:
        certificate, key = cluster.folder / "server.pem", cluster.folder / "server.key"
        certificate.write_bytes(_issued("localhost", "issuer", own, ours))
        key.write_bytes(
            own.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        whose = cluster.folder.stat()
        for each in (certificate, key):
            each.chmod(0o600)
            os.chown(each, whose.st_uid, whose.st_gid)
        settings = {"ssl_cert_file": str(certificate), "ssl_key_file": str(key)}
        with running(cluster, listen_addresses="127.0.0.1", port=str(port), ssl="on", **settings):
            yield Server(port, issuer, stranger)


def address(server: Server, host: str, query: str) -> Database:
    query = query.format(issuer=server.issuer, stranger=server.stranger)
    return Database(f"postgresql://klubban@{host}:{server.port}/postgres?{query}")


async def is_in_tls(connection: object) -> bool:
    found = await connection.exec_driver_sql(  # type: ignore[attr-defined]
        "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
    )
    return bool(found.scalar_one())


@pytest.mark.parametrize(
    ("host", "query", "expected"),
    [
        ("127.0.0.1", "sslmode=disable", False),
        ("127.0.0.1", "sslmode=prefer", True),
        ("127.0.0.1", "sslmode=require", True),
        ("127.0.0.1", "sslmode=verify-ca&sslrootcert={issuer}", True),
        ("localhost", "sslmode=verify-full&sslrootcert={issuer}", True),
    ],
)
async def test_both_ways_to_the_database_are_as_the_address_says(
    server: Server, host: str, query: str, expected: bool
) -> None:
    database = address(server, host, query)
    assert await database.read(is_in_tls) == expected
    heard = listen(database)
    assert (await anext(heard)).meeting_id is None
    await heard.aclose()
    await database.close()


@pytest.mark.parametrize(
    ("host", "query"),
    [
        ("127.0.0.1", "sslmode=verify-full&sslrootcert={issuer}"),  # its certificate is for another name
        ("127.0.0.1", "sslmode=verify-ca&sslrootcert={stranger}"),
        ("localhost", "sslmode=verify-full&sslrootcert={stranger}"),
    ],
)
async def test_a_server_that_is_not_the_one_is_not_spoken_to(server: Server, host: str, query: str) -> None:
    database = address(server, host, query)
    with pytest.raises(StorageFailed) as failed:
        await database.read(is_in_tls)
    assert failed.value.cause == "unreachable"
    assert "certificate verify failed" in failed.value.detail
    await database.close()
