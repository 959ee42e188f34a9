"""The meetings this node has open: finds them, opens them when somebody comes, closes them when all have
gone.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from datetime import timedelta

from meeting_server.live.chamber import Chamber
from meeting_server.live.checkin import CheckInCode
from meeting_server.live.clock import Clock
from meeting_server.live.election_watch import ElectionWatch
from meeting_server.live.evidence_keeper import EvidenceKeeper
from meeting_server.live.hub import Hub, Viewer
from meeting_server.live.media_room import MediaRoom
from meeting_server.live.switchboard import RoomEvent, Switchboard
from meeting_server.meeting import Meeting, Role, roles_of
from meeting_server.store import Store
from meeting_server.store.chain import NewRow
from meeting_server.store.failures import Conflict, StorageFailed
from meeting_server.store.verify import verify_rows
from meeting_server.wire.events import encode_event

log = logging.getLogger(__name__)

CONVENE_BEFORE = timedelta(hours=24)
"""How long before its start a meeting can be opened by a visit; until then the register may still change."""
IDLE_SECONDS = 900.0
"""A meeting nobody watches is put away after this; it is read from the log again when somebody comes."""
TICK_SECONDS = 1.0


class TooEarly(Exception):
    """The meeting is further ahead than CONVENE_BEFORE, so nothing is pinned yet."""


class NobodyCalled(Exception):
    """The register has no member for the meeting's day, so nothing is pinned: a roster is for good."""


class DamagedLog(Exception):
    """The meeting's log fails its own hash chain; it is not opened."""


def may_watch(meeting: Meeting, role: str, person_id: str) -> bool:
    """Whether somebody may see the meeting in the role asked for; asked again after every event."""
    person = meeting.people.get(person_id)
    if person is None:
        return False
    roles = roles_of(meeting, person_id)
    if role == "chair":
        return Role.CHAIR in roles
    if role == "secretary":
        return Role.SECRETARY in roles
    if (
        role == "hall"
    ):  # whoever could preside may have opened it, and it goes on when the chair is handed over
        return Role.SECRETARY in roles or Role.CHAIR in roles or person.presidium is not None
    return role == "member"


@dataclass(slots=True)
class Venue:
    """One open meeting as it lives on this node."""

    chamber: Chamber
    hub: Hub
    media: MediaRoom
    check_in: CheckInCode
    elections: ElectionWatch
    evidence: EvidenceKeeper
    slot: int = -1
    idle_since: float | None = None

    @property
    def meeting(self) -> Meeting:
        """The state of the meeting."""
        return self.chamber.meeting

    def code_message(self, at: float, public_url: str) -> dict[str, object]:
        """The rolling code as the hall screen gets it; at: wall-clock seconds."""
        slot = self.check_in.slot(at)
        code, meeting_id = self.check_in.code(slot), self.chamber.meeting_id
        return {
            "type": "code",
            "code": code,
            "url": f"{public_url}/c/{meeting_id}/{code}",
            "qr": f"/meetings/{meeting_id}/code.svg?slot={slot}",
            "seconds_left": self.check_in.seconds_left(at),
        }


class Chambers:
    """All open meetings of this node."""

    def __init__(
        self, store: Store, clock: Clock, switchboard: Switchboard, secret: bytes, public_url: str
    ) -> None:
        self.clock = clock
        self.switchboard = switchboard
        self.public_url = public_url
        self._store = store
        self._secret = secret
        self._open: dict[str, asyncio.Task[Venue]] = {}
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Open the meetings that are under way, and begin to look after them."""
        self.switchboard.listen(self._hear)
        for summary in await self._store.register.meetings():
            if summary.status == "open":
                try:
                    await self.get(summary.id)
                except Exception:  # one meeting that cannot be opened must not keep the others shut
                    log.exception("%s is under way and cannot be opened", summary.id)
        self._tasks = [asyncio.create_task(self._look_after(), name="chambers")]
        if self._store.database.dialect == "postgresql":
            self._tasks.append(asyncio.create_task(self._listen(), name="other nodes"))

    async def stop(self) -> None:
        """Finish what waits in every meeting and say goodbye to its viewers."""
        for task in self._tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        for meeting_id in list(self._open):
            await self._put_away(meeting_id)

    async def get(self, meeting_id: str) -> Venue:
        """The meeting, opened if it was not. Raises NotFound, TooEarly, NobodyCalled, DamagedLog and
        StorageFailed.
        """
        task = self._open.get(meeting_id)
        if task is None:
            task = self._open[meeting_id] = asyncio.create_task(
                self._bring_up(meeting_id), name=f"open {meeting_id}"
            )
        try:
            return await asyncio.shield(task)
        except BaseException:
            if task.done() and (task.cancelled() or task.exception()) and self._open.get(meeting_id) is task:
                del self._open[meeting_id]
            raise

    def sign_out(self, login: str) -> None:
        """Drop every page that came by this login."""
        for venue in self.venues():
            for viewer in list(venue.hub.viewers.values()):
                if viewer.login == login:
                    viewer.drop("signed-out")

    def venues(self) -> list[Venue]:
        """Those that are open now."""
        return [task.result() for task in self._open.values() if task.done() and not task.exception()]

    async def _bring_up(self, meeting_id: str) -> Venue:
        await self._convene(meeting_id)
        chamber = Chamber(meeting_id, self._store.log, self.clock)
        await chamber.open()
        hub = Hub(self.clock, may_watch, chamber.meeting, chamber.answered)
        media = MediaRoom(
            chamber,
            hub,
            self.switchboard,
            self.clock,
            self._secret,
            adopts_unseen=self._store.database.dialect == "sqlite",
        )
        chamber.listen(hub.publish)
        chamber.listen(media.follow)
        evidence = EvidenceKeeper(chamber, media.observation, self._store, self.clock)
        chamber.listen(evidence.follow)
        hub.start()
        media.apply()
        elections = ElectionWatch(chamber, self._store.ballots)
        return Venue(chamber, hub, media, CheckInCode(self._secret, meeting_id), elections, evidence)

    async def _convene(self, meeting_id: str) -> None:
        """See that the log begins, with the event that pins what the register says today."""
        rows = await self._store.log.read(meeting_id)
        if rows:
            faults = verify_rows(rows)
            if faults:
                log.critical("the log of %s is damaged: %s", meeting_id, faults[0])
                raise DamagedLog(meeting_id)
            return
        summary = await self._store.register.meeting(meeting_id)
        if summary.starts_at - self.clock.now() > CONVENE_BEFORE:
            raise TooEarly(meeting_id)
        convened = await self._store.register.convened(meeting_id)
        if not any(person.role == "member" for person in convened.roster):
            raise NobodyCalled(meeting_id)
        kind, version, data = encode_event(convened)
        with contextlib.suppress(Conflict):  # another node was first, with the same register
            await self._store.log.append(
                meeting_id, 0, [NewRow(self.clock.now(), "system", None, kind, version, data)]
            )

    async def _put_away(self, meeting_id: str) -> None:
        task = self._open.pop(meeting_id, None)
        if task is None:
            return
        with contextlib.suppress(Exception):
            venue = await task
            await venue.evidence.close()
            await venue.chamber.close()
            await venue.hub.stop()
            venue.media.close()

    # ---- what goes on by itself ----

    def _hear(self, event: RoomEvent) -> None:
        for venue in self.venues():
            venue.media.hear(event)

    async def _look_after(self) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            for venue in self.venues():
                try:
                    await self._tick(venue)
                except Exception:  # one meeting's fault must not stop the others
                    log.exception("looking after %s failed", venue.chamber.meeting_id)

    async def _tick(self, venue: Venue) -> None:
        venue.media.tick()
        await venue.elections.attend()
        await venue.evidence.attend()
        at = self.clock.now().timestamp()
        slot = venue.check_in.slot(at)
        if slot != venue.slot:
            venue.slot = slot
            venue.hub.tell(venue.code_message(at, self.public_url), "hall")
        now = self.clock.monotonic()
        if venue.hub.viewers or venue.meeting.phase not in ("convened", "closed"):
            venue.idle_since = None
        elif venue.idle_since is None:
            venue.idle_since = now
        elif now - venue.idle_since > IDLE_SECONDS:
            await self._put_away(venue.chamber.meeting_id)

    async def _listen(self) -> None:
        """Hear of what other nodes store."""
        while True:
            try:
                async for heard in self._store.log.listen():
                    for venue in self.venues():
                        if heard.meeting_id is None:
                            venue.chamber.heard_of(None)
                        elif heard.meeting_id == venue.chamber.meeting_id:
                            venue.chamber.heard_of(heard.seq)
            except StorageFailed as failure:
                log.warning("cannot listen for other nodes: %s", failure)
            await asyncio.sleep(1.0)

    def greet(self, venue: Venue, viewer: Viewer) -> None:
        """What a page needs besides the view when it comes: the code, and its media connection if it
        survived.
        """
        venue.media.arrived(viewer)
        if viewer.sight.role == "hall":
            viewer.send(venue.code_message(self.clock.now().timestamp(), self.public_url))
