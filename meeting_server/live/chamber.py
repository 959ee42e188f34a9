"""This node's copy of one open meeting, and the one task that changes it.

Commands wait in a queue; the worker takes those that wait, decides them one after the other, stores all their
events in one transaction, and only then moves the state on, tells the listeners and answers. The worker owns
the work: a caller who disappears leaves an unread answer and nothing else.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import reduce
from typing import Protocol, TypeAlias

from meeting_server.live.clock import Clock
from meeting_server.meeting import Actor, Command, Meeting, Record, Refusal, decide, evolve, replay
from meeting_server.meeting.elections import BallotReceived, CastBallot
from meeting_server.minutes.glyphs import refusal_of
from meeting_server.store.ballot_box import SealedBallot
from meeting_server.store.chain import NewRow, StoredRow
from meeting_server.store.failures import Conflict, RepeatedCommand, StorageFailed
from meeting_server.wire.events import decode_event, encode_event
from meeting_server.wire.json import encode

log = logging.getLogger(__name__)

BATCH = 64
"""Commands decided and stored together at most. Above this the first ones would wait for the last."""
WAITING = 2048
"""Commands that may wait for their turn; more than any hall of people can send in a second."""
ATTEMPTS = 8
"""Times a batch is decided again when another node wrote first."""
REMEMBERED_REFUSALS = 4096
MACHINERY = frozenset({"storage", "conflict", "busy", "fault"})
"""Codes of the refusals that say nothing about the command itself."""

Outcome: TypeAlias = int | Refusal
"""What a command came to: the seq of its last event, or why it was refused."""
Listener: TypeAlias = Callable[[Sequence[Record], Meeting], None]


class Log(Protocol):
    """What a chamber needs of the event log."""

    async def append(
        self,
        meeting_id: str,
        expected_seq: int,
        rows: Sequence[NewRow],
        ballots: Sequence[SealedBallot] = (),
    ) -> list[StoredRow]:
        """Store rows after expected_seq, and ballots, in one transaction, or raise Conflict and nothing."""
        ...

    async def read(self, meeting_id: str, after: int = 0, limit: int | None = None) -> list[StoredRow]:
        """The rows after a seq."""
        ...


class ChamberClosed(Exception):
    """The chamber no longer takes commands, because this node is stopping."""


@dataclass(slots=True)
class _Call:
    actor: Actor
    command: Command
    command_id: str | None
    answer: asyncio.Future[Outcome]


@dataclass(slots=True)
class _Plan:
    """A batch decided against the state, not yet stored."""

    meeting: Meeting
    records: list[Record] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    ballots: list[SealedBallot] = field(default_factory=list)


def command_key(actor: Actor, command_id: str) -> str:
    """The id a command has in the log: the sender's own id within the sender's, so that nobody can use up
    another's."""
    return f"{actor.name}/{command_id}"


def records_of(rows: Sequence[StoredRow]) -> list[Record]:
    """Stored rows as the meeting knows them."""
    return [
        Record(
            row.seq, row.at, row.actor, row.command_id, decode_event(row.type, row.version, dict(row.data))
        )
        for row in rows
    ]


def refused(code: str, because: str, short: str) -> Refusal:
    """A refusal by the machinery and not by the law."""
    return Refusal(code=code, cites="system", because=because, short=short, facts={})


class Chamber:
    """One open meeting on this node. `open` it, `execute` commands, `close` it."""

    def __init__(self, meeting_id: str, event_log: Log, clock: Clock) -> None:
        self.meeting_id = meeting_id
        self._meeting: Meeting | None = None
        self.records: list[Record] = []
        self.head_hash = ""
        self._log = event_log
        self._clock = clock
        self._last_at = datetime.min.replace(tzinfo=UTC)
        self._done: dict[str, int] = {}
        self._refused: OrderedDict[str, Refusal] = OrderedDict()
        self._waiting: asyncio.Queue[_Call | None] = asyncio.Queue(WAITING)
        self._listeners: list[Listener] = []
        self._worker: asyncio.Task[None] | None = None
        self._is_in_doubt = False
        self._is_closed = False

    @property
    def meeting(self) -> Meeting:
        """The state after the last record; there is one from `open` on."""
        assert self._meeting is not None
        return self._meeting

    @property
    def seq(self) -> int:
        """The last event this node knows; 0 before the first."""
        return self.records[-1].seq if self.records else 0

    async def answered(self) -> None:
        """Wait until nobody waits for an answer."""
        await self._waiting.join()

    def listen(self, listener: Listener) -> None:
        """Be told, in order and after they are stored, of new records and the state after them."""
        self._listeners.append(listener)

    async def open(self) -> None:
        """Read the log, which must have its first event, and begin to take commands. Raises StorageFailed."""
        await self._catch_up()
        self._worker = asyncio.create_task(self._work(), name=f"chamber {self.meeting_id}")

    async def close(self) -> None:
        """Finish what waits, then stop. Commands that come later are refused with ChamberClosed."""
        self._is_closed = True
        if self._worker is None:
            return
        await self._waiting.join()
        self._worker.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._worker

    async def execute(self, actor: Actor, command: Command, command_id: str | None) -> int:
        """Carry out one command: the seq of its last event once that is stored.

        The same command id from the same person again gets the same answer and does nothing.
        Raises Refusal (by law, or code `storage`, `conflict`, `busy`, `fault`, `text-glyphs`) and
        ChamberClosed.
        """
        if self._is_closed:
            raise ChamberClosed
        key = command_key(actor, command_id) if command_id is not None else None
        call = _Call(actor, command, key, asyncio.get_running_loop().create_future())
        try:
            self._waiting.put_nowait(call)
        except asyncio.QueueFull:
            raise refused(
                "busy",
                "Servern har för mycket att göra just nu. Inget registrerades; försök igen.",
                "Försök igen",
            ) from None
        outcome = await call.answer
        if isinstance(outcome, Refusal):
            raise replace(outcome)  # a fresh one: an exception raised twice drags the first caller along
        return outcome

    def heard_of(self, seq: int | None) -> None:
        """Another node has stored up to seq (None: perhaps); read what is missing, in turn."""
        if not self._is_closed and (seq is None or seq > self.seq):
            self._is_in_doubt = True
            with contextlib.suppress(asyncio.QueueFull):  # then the worker will come to it anyway
                self._waiting.put_nowait(None)

    # ---- the worker; nothing below is called by anybody else ----

    async def _work(self) -> None:
        while True:
            taken = [await self._waiting.get()]
            while len(taken) < BATCH and not self._waiting.empty():
                taken.append(self._waiting.get_nowait())
            batch = [call for call in taken if call is not None]
            try:
                await self._settle(batch)
            except Exception:  # the worker must outlive every fault; the callers are told
                log.exception("a batch of %d commands failed in %s", len(batch), self.meeting_id)
                self._is_in_doubt = True
                self._answer(batch, [_fault()] * len(batch))
            finally:
                for _ in taken:
                    self._waiting.task_done()

    async def _settle(self, batch: Sequence[_Call]) -> None:
        for _ in range(ATTEMPTS):
            try:
                if self._is_in_doubt:
                    await self._catch_up()
                plan = self._decide(batch)
                stored = await self._store(plan)
            except (Conflict, RepeatedCommand):
                self._is_in_doubt = True
                continue
            except StorageFailed as failure:
                await self._give_up(batch, failure)
                return
            self._move_on(plan.records, plan.meeting, stored)
            self._answer(batch, plan.outcomes)
            return
        self._answer(
            batch,
            [
                refused(
                    "conflict",
                    "Någon annan hann före flera gånger. Inget registrerades; försök igen.",
                    "Försök igen",
                )
            ]
            * len(batch),
        )

    def _decide(self, batch: Sequence[_Call]) -> _Plan:
        """Decide each command against the state as the ones before it leave it."""
        plan = _Plan(self.meeting)
        # A clock that is set back must not make the log run backwards.
        at = max(self._clock.now(), self._last_at)
        planned: dict[str, Outcome] = {}
        for call in batch:
            outcome = self._seen(call.command_id) or planned.get(call.command_id or "")
            if outcome is None:
                outcome = self._decide_one(plan, call, at)
                if call.command_id is not None:
                    planned[call.command_id] = outcome
            plan.outcomes.append(outcome)
        return plan

    def _decide_one(self, plan: _Plan, call: _Call, at: datetime) -> Outcome:
        meeting, records, seq = plan.meeting, [], self.seq + len(plan.records)
        try:
            if not call.actor.is_system:
                _require_printable(call.command)
            for event in decide(meeting, call.command, call.actor):
                seq += 1
                record = Record(seq, at, call.actor.name, call.command_id, event)
                meeting = evolve(meeting, record)
                records.append(record)
        except Refusal as refusal:
            return refusal
        except Exception:  # a fault in one command must not take its neighbours with it
            log.exception("%s failed in %s", type(call.command).__name__, self.meeting_id)
            return _fault()
        plan.meeting = meeting
        plan.records += records
        if isinstance(call.command, CastBallot):
            # What stands on a ballot goes to the box and nowhere else: the event says only whose came.
            [received] = [r.event for r in records if isinstance(r.event, BallotReceived)]
            plan.ballots.append(SealedBallot(received.ballot, call.command.choices, call.command.code))
        return seq

    def _seen(self, key: str | None) -> Outcome | None:
        if key is None:
            return None
        return self._done.get(key) or self._refused.get(key)

    async def _store(self, plan: _Plan) -> list[StoredRow]:
        if not plan.records:
            return []
        rows = [_as_row(record) for record in plan.records]
        return await self._log.append(self.meeting_id, self.seq, rows, plan.ballots)

    async def _give_up(self, batch: Sequence[_Call], failure: StorageFailed) -> None:
        """Storage failed. If it can still be read, what it holds decides the answers; otherwise all are
        refused.
        """
        log.error("storage failed in %s: %s", self.meeting_id, failure)
        self._is_in_doubt = True
        because = f"{failure.because} Inget registrerades; mötet står kvar där det var."
        try:
            await self._catch_up()
        except StorageFailed:
            if failure.cause == "unreachable":  # between the commit and its receipt the line may have broken
                because = f"{failure.because} Försök igen; det som hann registreras görs inte två gånger."
        refusal = refused("storage", because, "Lagringen svarar inte")
        self._answer(batch, [self._done.get(call.command_id or "", refusal) for call in batch])

    async def _catch_up(self) -> None:
        """Read what the log has and we lack, and move on to it."""
        rows = await self._log.read(self.meeting_id, after=self.seq)
        records = records_of(rows)
        self._is_in_doubt = False
        if records:
            meeting = replay(records) if self._meeting is None else reduce(evolve, records, self._meeting)
            self._move_on(records, meeting, rows)

    def _move_on(self, records: Sequence[Record], meeting: Meeting, rows: Sequence[StoredRow]) -> None:
        """The records are stored: make them the state and tell the listeners."""
        if not records:
            return
        self._meeting = meeting
        self.records.extend(records)
        self.head_hash = rows[-1].hash
        self._last_at = max(self._last_at, records[-1].at)
        for record in records:
            if record.command_id is not None:
                self._done[record.command_id] = record.seq
        for listener in self._listeners:
            try:
                listener(records, meeting)
            except Exception:  # what is stored is stored, whoever fails to hear of it
                log.exception("a listener of %s failed", self.meeting_id)

    def _answer(self, batch: Sequence[_Call], outcomes: Sequence[Outcome]) -> None:
        for call, outcome in zip(batch, outcomes, strict=True):
            if isinstance(outcome, Refusal):
                self._remember(call.command_id, outcome)
            if not call.answer.done():  # done already when the caller has gone
                call.answer.set_result(outcome)

    def _remember(self, key: str | None, refusal: Refusal) -> None:
        # A refusal by the machinery says nothing about the command: sent again, it is tried again.
        if key is None or refusal.code in MACHINERY:
            return
        self._refused[key] = refusal
        while len(self._refused) > REMEMBERED_REFUSALS:
            self._refused.popitem(last=False)


def _require_printable(command: Command) -> None:
    """Refuse a command whose texts the minutes cannot show: once in the log they can never be mended."""
    texts: list[str] = []
    waiting: list[object] = [encode(command)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, dict | list):
            waiting.extend(value.values() if isinstance(value, dict) else value)
    unprintable = refusal_of(texts)
    if unprintable is not None:
        raise unprintable


def _fault() -> Refusal:
    return refused("fault", "Något gick fel i programmet. Inget registrerades.", "Fel i programmet")


def _as_row(record: Record) -> NewRow:
    kind, version, data = encode_event(record.event)
    return NewRow(record.at, record.actor, record.command_id, kind, version, data)
