"""What the tests of the live layer stand on: a set clock, a stored meeting, logs that misbehave."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from meeting_server.live.chamber import Chamber, Log
from meeting_server.meeting.divisions import CastVote
from meeting_server.store import Store
from meeting_server.store.ballot_box import SealedBallot
from meeting_server.store.chain import NewRow, StoredRow
from meeting_server.store.failures import StorageFailed
from meeting_server.wire.events import encode_event
from tests.builders import SECRETARY, Hall, members, under_way

MEETING = "meeting-1"
YES, NO = CastVote("yes"), CastVote("no")


class SetClock:
    """A clock that shows what it was set to."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
        self.seconds = 1000.0

    def now(self) -> datetime:
        """The time it shows."""
        return self.at

    def monotonic(self) -> float:
        """Seconds that only go forward."""
        return self.seconds

    def step(self, seconds: float) -> None:
        """Somebody sets the clock; real time does not pass."""
        self.at += timedelta(seconds=seconds)


class BrokenLog:
    """The real log, behind storage that can be told to fail or to lose the answer."""

    def __init__(self, store: Store) -> None:
        self._log = store.log
        self.fails_before = False
        self.fails_after = False
        self.is_unreadable = False
        self.delay = 0.0
        self.appends = 0

    async def append(
        self,
        meeting_id: str,
        expected_seq: int,
        rows: Sequence[NewRow],
        ballots: Sequence[SealedBallot] = (),
    ) -> list[StoredRow]:
        """Store, slowly or not at all, or store and fail to say so."""
        self.appends += 1
        if self.fails_before:
            raise StorageFailed("disk-full")
        stored = await self._log.append(meeting_id, expected_seq, rows, ballots)
        await asyncio.sleep(self.delay)
        if self.fails_after:
            raise StorageFailed("unreachable")
        return stored

    async def read(self, meeting_id: str, after: int = 0, limit: int | None = None) -> list[StoredRow]:
        """Read, if reading works."""
        if self.is_unreadable:
            raise StorageFailed("unreachable")
        return await self._log.read(meeting_id, after, limit)


async def stored(hall: Hall, store: Store) -> None:
    """Put the hall's log in the store."""
    rows = []
    for record in hall.log:
        kind, version, data = encode_event(record.event)
        rows.append(NewRow(record.at, record.actor, record.command_id, kind, version, data))
    await store.log.append(MEETING, 0, rows)


def a_division(of: int = 5) -> Hall:
    """A meeting in the room with its first division open; the members are anna, m2, m3 …"""
    return under_way(roster=(*members(of), SECRETARY)).divided()


async def open_chamber(log: Log, clock: SetClock) -> Chamber:
    """A chamber of the stored meeting."""
    chamber = Chamber(MEETING, log, clock)
    await chamber.open()
    return chamber


async def nobody_waits() -> None:
    """For a hub without a chamber: no command waits for its answer."""
