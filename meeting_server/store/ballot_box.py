"""The ballot box (valurnan): what stood on the ballots, and nothing that tells whose they were.

A voter is marked by the event `ballot-received` in the log; the ballot and the code are rows here, written in
the same transaction. They share no key, no order and no time: keys are random, and every ballot that comes
makes the whole box be written anew in a random order. What the database keeps beside its tables (write-ahead
log, dead rows) is cleared after each. THREAT_MODEL.md says what an operator could still do.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
    text,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store.engine import Database
from meeting_server.store.tables import metadata

ballots = Table(
    "ballots",
    metadata,
    Column("key", String(32), nullable=False, comment="random, anew whenever a ballot comes"),
    Column("meeting_id", String(80), nullable=False),
    Column("ballot", String(80), nullable=False, comment="m4-b1: the closed ballot it belongs to"),
    Column("choices", Text, nullable=False, comment="JSON list of nominations; empty for a blank one"),
    PrimaryKeyConstraint("key"),
    sqlite_with_rowid=False,
)

ballot_codes = Table(
    "ballot_codes",
    metadata,
    Column("key", String(32), nullable=False, comment="random, anew whenever a ballot comes"),
    Column("meeting_id", String(80), nullable=False),
    Column("ballot", String(80), nullable=False, comment="as in ballots"),
    Column("code", String(9), nullable=False, comment="made by the voter's device; joined to no choice"),
    PrimaryKeyConstraint("key"),
    sqlite_with_rowid=False,
)

draws = Table(
    "draws",
    metadata,
    Column("meeting_id", String(80), nullable=False),
    Column("draw", String(80), nullable=False, comment="m4-b1-l1: the drawing of lots"),
    Column("secret", Integer, nullable=False, comment="the sealed number, until the seal is broken"),
    Column("nonce", String(32), nullable=False, comment="what makes the seal impossible to guess"),
    PrimaryKeyConstraint("meeting_id", "draw"),
)

_SMALLEST, _NUMBERS = 100_000, 900_000
"""A sealed number has six digits."""


@dataclass(frozen=True, repr=False)
class SealedBallot:
    """One voter's ballot on its way into the box; it has no printed form, so that no log can hold it."""

    ballot: str
    choices: tuple[str, ...]
    code: str


@dataclass(frozen=True, repr=False)
class Opened:
    """What a box held: the ballots and the codes, each in alphabetical order."""

    slips: tuple[tuple[str, ...], ...]
    codes: tuple[str, ...]


async def put(connection: AsyncConnection, meeting_id: str, given: Sequence[SealedBallot]) -> None:
    """Put ballots into their boxes, within the transaction that marks the voters."""
    for ballot in sorted({one.ballot for one in given}):
        mine = [one for one in given if one.ballot == ballot]
        slips = [json.dumps(sorted(one.choices)) for one in mine]
        await _rewrite(connection, ballots, "choices", meeting_id, ballot, slips)
        await _rewrite(connection, ballot_codes, "code", meeting_id, ballot, [one.code for one in mine])


async def _rewrite(
    connection: AsyncConnection, table: Table, column: str, meeting_id: str, ballot: str, more: Sequence[str]
) -> None:
    of_box = (table.c.meeting_id == meeting_id) & (table.c.ballot == ballot)
    contents = [*(await connection.execute(select(table.c[column]).where(of_box))).scalars(), *more]
    secrets.SystemRandom().shuffle(contents)
    await connection.execute(delete(table).where(of_box))
    rows: list[dict[str, Any]] = [
        {"key": secrets.token_hex(16), "meeting_id": meeting_id, "ballot": ballot, column: content}
        for content in contents
    ]
    await connection.execute(insert(table), rows)


class BallotBox:
    """The boxes of every meeting in one database, and the sealed numbers of drawings."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open(self, meeting_id: str, ballot: str) -> Opened:
        """What the box holds; it stays there until `empty`."""

        async def work(connection: AsyncConnection) -> Opened:
            async def column(table: Table, name: str) -> list[str]:
                query = select(table.c[name]).where(
                    table.c.meeting_id == meeting_id, table.c.ballot == ballot
                )
                return sorted((await connection.execute(query)).scalars())

            slips = sorted(tuple(json.loads(one)) for one in await column(ballots, "choices"))
            return Opened(tuple(slips), tuple(await column(ballot_codes, "code")))

        return await self._database.read(work)

    async def empty(self, meeting_id: str, ballot: str) -> None:
        """Throw away what the box holds, counted or voided."""

        async def work(connection: AsyncConnection) -> None:
            for table in (ballots, ballot_codes):
                await connection.execute(
                    delete(table).where(table.c.meeting_id == meeting_id, table.c.ballot == ballot)
                )

        await self._database.write(work)
        await clear_traces(self._database)

    async def sealed_number(self, meeting_id: str, draw: str) -> tuple[int, str]:
        """The number and the nonce of a drawing: made by chance the first time, the same ever after."""
        query = select(draws.c.secret, draws.c.nonce).where(
            draws.c.meeting_id == meeting_id, draws.c.draw == draw
        )

        async def work(connection: AsyncConnection) -> tuple[int, str]:
            found = (await connection.execute(query)).one_or_none()
            if found is not None:
                return found.secret, found.nonce
            secret, nonce = _SMALLEST + secrets.randbelow(_NUMBERS), secrets.token_hex(16)
            row = {"meeting_id": meeting_id, "draw": draw, "secret": secret, "nonce": nonce}
            await connection.execute(insert(draws), [row])
            return secret, nonce

        try:
            return await self._database.write(work)
        except IntegrityError:  # another node made it in the same instant; that one holds
            return await self._database.write(work)


async def clear_traces(database: Database) -> None:
    """Clear what the database keeps beside its tables in the order things came, as far as it lets us.

    On SQLite the write-ahead log is emptied into the file (deleted rows are overwritten there), on PostgreSQL
    dead rows are vacuumed away. A reader in the way makes it a later turn's work.
    """
    if database.dialect == "sqlite":
        await asyncio.to_thread(_empty_wal, str(database.url.database))
        return
    async with database.engine.connect() as connection:
        alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await alone.execute(text("VACUUM ballots, ballot_codes"))


def _empty_wal(path: str) -> None:
    with closing(sqlite3.connect(path, timeout=1)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
