"""Hearing of rows other nodes wrote, by PostgreSQL's NOTIFY; SQLite has one node and needs none of it."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass

import asyncpg

from meeting_server.store.engine import Database

CHANNEL = "klubban_log"

# After a lost connection: first try soon, then at most this far apart.
_FIRST_PAUSE_SECONDS = 0.2
_LONGEST_PAUSE_SECONDS = 5.0


@dataclass(frozen=True)
class Heard:
    """A log has grown to row `seq`. `meeting_id` None: the line was down, anything may have been missed."""

    meeting_id: str | None
    seq: int


async def listen(database: Database) -> AsyncGenerator[Heard, None]:
    """Yield what is written from now on, by this node too; reconnects by itself.

    The first item says "look at all".
    """
    if database.dialect != "postgresql":
        return
    pause = _FIRST_PAUSE_SECONDS
    while True:
        try:
            async with contextlib.aclosing(_one_connection(database)) as notices:
                async for heard in notices:
                    pause = _FIRST_PAUSE_SECONDS
                    yield heard
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
        await asyncio.sleep(pause)


async def _one_connection(database: Database) -> AsyncGenerator[Heard, None]:
    address = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(address)
    notices: asyncio.Queue[Heard | None] = asyncio.Queue()

    def notified(_connection: object, _pid: int, _channel: str, payload: object) -> None:
        meeting_id, seq = json.loads(str(payload))
        notices.put_nowait(Heard(meeting_id, seq))

    def ended(_connection: object) -> None:
        notices.put_nowait(None)

    try:
        connection.add_termination_listener(ended)
        await connection.add_listener(CHANNEL, notified)
        yield Heard(None, 0)  # listening has begun: what was written before it must be looked up
        while (heard := await notices.get()) is not None:
            yield heard
    finally:
        with contextlib.suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            await connection.close(timeout=1)
