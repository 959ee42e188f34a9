"""Keeps what is observed: each minute as it ends, and the evidence of each decision, bound to it in the log.

What was true is taken down at the moment of the decision; storing it comes after, and is tried again each
second. If this process is killed in between, the decision stands without evidence and the page says so.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any, Final

from meeting_server.live.chamber import Chamber
from meeting_server.live.clock import Clock
from meeting_server.live.observation import Observation
from meeting_server.meeting import SYSTEM, Event, Meeting, Record, Refusal
from meeting_server.meeting.agenda import MatterNoted, MatterTakenUp
from meeting_server.meeting.deciding import MatterDecided
from meeting_server.meeting.deferral import MatterDeferred, MatterReferredBack
from meeting_server.meeting.divisions import DivisionClosed
from meeting_server.meeting.elections import ElectionDecided
from meeting_server.meeting.observing import RecordEvidence
from meeting_server.meeting.presence import RollCallCompleted
from meeting_server.meeting.striking import MatterStruck
from meeting_server.store import Store
from meeting_server.store.evidence import Minute, as_evidence
from meeting_server.store.failures import StorageFailed

log = logging.getLogger(__name__)

DECISIVE: Final[tuple[type[Event], ...]] = (
    RollCallCompleted,
    MatterNoted,
    MatterStruck,
    DivisionClosed,
    MatterDecided,
    MatterDeferred,
    MatterReferredBack,
    ElectionDecided,
)
"""What evidence is kept of: who was found present, what was voted on, and what was decided."""


class EvidenceKeeper:
    """Looks at one meeting every second and stores what waits; doing it twice changes nothing."""

    def __init__(self, chamber: Chamber, observation: Observation, store: Store, clock: Clock) -> None:
        self._chamber = chamber
        self._observation = observation
        self._store = store
        self._clock = clock
        self._minutes: list[Minute] = []
        self._due: list[tuple[int, dict[str, Any]]] = []
        self._saving = asyncio.Lock()

    def follow(self, records: Sequence[Record], meeting: Meeting) -> None:
        """The meeting has moved on: take down what holds at its decisions."""
        for record in records:
            if isinstance(record.event, MatterTakenUp):
                self._observation.begin(record.at)
            elif isinstance(record.event, DECISIVE) and self._observation.has_seen(meeting):
                self._due.append((record.seq, self._observation.evidence(meeting, record)))

    async def attend(self) -> None:
        """Store what waits. Raises ChamberClosed."""
        self._minutes += self._observation.full_minutes(self._clock.now())
        await self._save()

    async def close(self) -> None:
        """Store all there is, the minute under way too."""
        self._minutes += self._observation.full_minutes()
        await self._save()

    async def _save(self) -> None:
        async with self._saving:  # the clock and the closing of the meeting may come at the same time
            try:
                while self._due:
                    await self._bind(*self._due[0])
                    del self._due[0]
                minutes, self._minutes = self._minutes, []
                try:
                    await self._store.evidence.keep_minutes(self._chamber.meeting_id, minutes)
                except StorageFailed:
                    self._minutes = minutes + self._minutes
                    raise
            except StorageFailed as failure:
                log.warning("%s: evidence waits: %s", self._chamber.meeting_id, failure)

    async def _bind(self, about: int, data: dict[str, Any]) -> None:
        """Keep the evidence, then let the log name it: a hash of what is nowhere would be worse than none."""
        meeting_id = self._chamber.meeting_id
        [row] = await self._store.log.read(meeting_id, after=about - 1, limit=1)
        data["about"]["hash"] = row.hash
        evidence = as_evidence(about, data)
        await self._store.evidence.keep(meeting_id, evidence)
        try:
            await self._chamber.execute(SYSTEM, RecordEvidence(about, evidence.sha256), f"evidence:{about}")
        except Refusal as refusal:
            if refusal.code in ("storage", "busy", "conflict", "fault"):
                raise StorageFailed("other", refusal.because) from refusal
            log.error("%s: evidence of row %d refused (%s)", meeting_id, about, refusal.code)
