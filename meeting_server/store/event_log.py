"""The event log: append in one transaction, read in order; the key (meeting, seq) decides every race."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, func, insert, select, text, tuple_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store import tables
from meeting_server.store.ballot_box import SealedBallot, clear_traces, put
from meeting_server.store.chain import ZERO_HASH, NewRow, StoredRow, canonical, chained
from meeting_server.store.engine import Database
from meeting_server.store.failures import Conflict, RepeatedCommand, StorageFailed
from meeting_server.store.listening import CHANNEL, Heard, listen

# The read row that follows the log, written in the same transaction: lists of meetings need it without
# replay.
STATUS_AFTER = {"meeting-convened": "convened", "meeting-opened": "open", "meeting-closed": "closed"}


@dataclass(frozen=True)
class Head:
    """Where a log ends: its last row's number, hash and time; (0, zeros, None) for an empty one."""

    seq: int
    hash: str
    at: datetime | None


EMPTY = Head(0, ZERO_HASH, None)


class EventLog:
    """Every meeting's log in one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def append(
        self,
        meeting_id: str,
        expected_seq: int,
        rows: Sequence[NewRow],
        ballots: Sequence[SealedBallot] = (),
    ) -> list[StoredRow]:
        """Write `rows` after row `expected_seq`, all or none, and return them as stored.

        `ballots` go into the ballot box in the same transaction.

        Rows of several commands may come together (group commit). Raises Conflict when the log does not end
        at `expected_seq`, RepeatedCommand when a command is already there, StorageFailed when nothing could
        be written.
        """
        if not rows:
            return []

        async def work(connection: AsyncConnection) -> list[StoredRow]:
            head = await _head(connection, meeting_id)
            if head.seq != expected_seq:
                raise Conflict(expected_seq, head.seq)
            await _refuse_repeated(connection, meeting_id, rows)
            stored = _chain(meeting_id, head, rows)
            await connection.execute(insert(tables.events), [_values(row) for row in stored])
            answers = {row.command_id: row.seq for row in stored if row.command_id is not None}
            if answers:
                await connection.execute(
                    insert(tables.commands),
                    [
                        {"meeting_id": meeting_id, "command_id": command_id, "last_seq": seq}
                        for command_id, seq in answers.items()
                    ],
                )
            await _follow(connection, meeting_id, rows)
            await put(connection, meeting_id, ballots)
            if self._database.dialect == "postgresql":
                notice = json.dumps([meeting_id, stored[-1].seq])
                await connection.execute(
                    text("SELECT pg_notify(:channel, :notice)"), {"channel": CHANNEL, "notice": notice}
                )
            return stored

        try:
            written = await self._database.write(work)
        except IntegrityError as error:
            # Two nodes saw the same head; the primary key let one through. (SQLite cannot get here: BEGIN
            # IMMEDIATE.)
            head = await self.head(meeting_id)
            if (
                head.seq == expected_seq
            ):  # nobody was first: it is not a race, and trying again would not help
                raise StorageFailed("other", str(error.orig)) from error
            raise Conflict(expected_seq, head.seq) from error
        if ballots:
            with contextlib.suppress(Exception):  # the ballots are stored; the next turn clears what is left
                await clear_traces(self._database)
        return written

    async def read(self, meeting_id: str, after: int = 0, limit: int | None = None) -> list[StoredRow]:
        """The rows after row `after`, in order; at most `limit` of them."""
        query = (
            select(tables.events)
            .where(tables.events.c.meeting_id == meeting_id, tables.events.c.seq > after)
            .order_by(tables.events.c.seq)
            .limit(limit)
        )

        async def work(connection: AsyncConnection) -> list[StoredRow]:
            return [_stored(row) for row in (await connection.execute(query)).mappings()]

        return await self._database.read(work)

    async def find_command(self, meeting_id: str, command_id: str) -> int | None:
        """The last row an accepted command wrote, or None when the log does not know the command."""
        query = select(tables.commands.c.last_seq).where(
            tables.commands.c.meeting_id == meeting_id, tables.commands.c.command_id == command_id
        )

        async def work(connection: AsyncConnection) -> int | None:
            return (await connection.execute(query)).scalar_one_or_none()

        return await self._database.read(work)

    async def head(self, meeting_id: str) -> Head:
        """Where this meeting's log ends."""

        async def work(connection: AsyncConnection) -> Head:
            return await _head(connection, meeting_id)

        return await self._database.read(work)

    async def heads(self) -> dict[str, Head]:
        """Where every log ends, by meeting."""
        log = tables.events.c
        last = select(log.meeting_id, func.max(log.seq)).group_by(log.meeting_id)
        query = select(log.meeting_id, log.seq, log.hash, log.at).where(
            tuple_(log.meeting_id, log.seq).in_(last)
        )

        async def work(connection: AsyncConnection) -> dict[str, Head]:
            return {
                row.meeting_id: Head(row.seq, row.hash, row.at) for row in await connection.execute(query)
            }

        return await self._database.read(work)

    def listen(self) -> AsyncGenerator[Heard, None]:
        """What other nodes write, as it happens; see listening.py.

        On SQLite there is one node and it ends at once.
        """
        return listen(self._database)


async def _head(connection: AsyncConnection, meeting_id: str) -> Head:
    log = tables.events.c
    query = (
        select(log.seq, log.hash, log.at)
        .where(log.meeting_id == meeting_id)
        .order_by(log.seq.desc())
        .limit(1)
    )
    row = (await connection.execute(query)).one_or_none()
    return EMPTY if row is None else Head(row.seq, row.hash, row.at)


async def _refuse_repeated(connection: AsyncConnection, meeting_id: str, rows: Sequence[NewRow]) -> None:
    given = {row.command_id for row in rows if row.command_id is not None}
    if not given:
        return
    known = tables.commands.c
    query = select(known.command_id, known.last_seq).where(
        known.meeting_id == meeting_id, known.command_id.in_(given)
    )
    repeated = (await connection.execute(query)).first()
    if repeated is not None:
        raise RepeatedCommand(repeated.command_id, repeated.last_seq)


async def _follow(connection: AsyncConnection, meeting_id: str, rows: Sequence[NewRow]) -> None:
    changes = [STATUS_AFTER[row.type] for row in rows if row.type in STATUS_AFTER]
    if changes:
        await connection.execute(
            update(tables.meetings).where(tables.meetings.c.id == meeting_id).values(status=changes[-1])
        )


def _chain(meeting_id: str, head: Head, rows: Sequence[NewRow]) -> list[StoredRow]:
    stored: list[StoredRow] = []
    previous = head.hash
    for seq, row in enumerate(rows, start=head.seq + 1):
        stored.append(chained(meeting_id, seq, previous, row))
        previous = stored[-1].hash
    return stored


def _values(row: StoredRow) -> dict[str, object]:
    return {
        "meeting_id": row.meeting_id,
        "seq": row.seq,
        "at": row.at,
        "actor": row.actor,
        "command_id": row.command_id,
        "type": row.type,
        "version": row.version,
        "data": canonical(row.data),
        "previous_hash": row.previous_hash,
        "hash": row.hash,
    }


def _stored(row: RowMapping) -> StoredRow:
    return StoredRow(**{**row, "data": json.loads(row["data"])})
