"""What may stand in the address of a database, and that the driver is told of it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from meeting_server.store.engine import Database
from meeting_server.store.failures import StorageFailed
from meeting_server.store.listening import listen

SSL_REQUEST = bytes.fromhex("0000000804d2162f")
"""What a client that wants TLS says first (PostgreSQL manual, SSLRequest)."""


@pytest.mark.parametrize(
    ("query", "asks"),
    [("", True), ("?sslmode=prefer", True), ("?sslmode=require", True), ("?sslmode=disable", False)],
)
async def test_tls_is_asked_for_as_the_address_says(query: str, asks: bool) -> None:
    heard: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readexactly(8))
        writer.write(b"N")  # no TLS here
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    database = Database(f"postgresql://klubban@127.0.0.1:{port}/none{query}")
    with pytest.raises(StorageFailed) as failed:
        await database.read(lambda connection: asyncio.sleep(0))
    assert failed.value.cause in ("unreachable", "other")
    assert (heard[0] == SSL_REQUEST) == asks
    if "require" in query:
        assert heard == [SSL_REQUEST]  # and nothing in clear when there is none
    await database.close()
    server.close()
    await server.wait_closed()


@pytest.mark.postgres
@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "require"])
async def test_an_address_with_sslmode_is_an_address(postgres_folder: Path, mode: str) -> None:
    database = Database(f"postgresql://klubban@/postgres?host={postgres_folder}&sslmode={mode}")
    heard = listen(database)
    assert (await anext(heard)).meeting_id is None
    await heard.aclose()

    async def who(connection: object) -> str:
        found = await connection.exec_driver_sql("SELECT current_user")  # type: ignore[attr-defined]
        return str(found.scalar_one())

    assert await database.read(who) == "klubban"  # the way by a socket of the machine is never in TLS
    await database.close()
