"""One meeting's side of the line to the media process.

Joins, answers and hints are passed between the pages and media; the desired state follows the meeting;
what media reports becomes facts of attendance. A person has one peer, named so that media learns no
names; a newer page of the same person takes it over. Every hall screen has a peer of its own.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from meeting_server import media_protocol as mp
from meeting_server.live.chamber import Chamber, ChamberClosed
from meeting_server.live.clock import Clock
from meeting_server.live.equipment_desk import EquipmentDesk
from meeting_server.live.floor_policy import View, desired_room, is_in_the_hall
from meeting_server.live.hub import Hub, Viewer
from meeting_server.live.interpretation import Interpretation
from meeting_server.live.media_messages import failed, hint, left_out, offer, wall
from meeting_server.live.observation import Observation
from meeting_server.live.page_report import PageReport
from meeting_server.live.presence_watch import Change, PresenceWatch
from meeting_server.live.switchboard import RoomDown, RoomEvent, RoomUp, Switchboard
from meeting_server.meeting import Actor, Meeting, Record, Refusal
from meeting_server.meeting.presence import LoseLink, RestoreLink
from meeting_server.meeting.state import Link, Presence
from meeting_server.meeting.strong_identity import acts_unidentified

log = logging.getLogger(__name__)

APPLY_SECONDS = 0.02
"""Changes of the meeting within this time become one desired state."""
REASONS = {
    "transport": "förbindelsen bröts",
    "silent": "förbindelsen tystnade",
    "no-picture": "bilden frös",
    "media-down": "ljud- och bildservern svarar inte",
}


class MediaRoom:
    """The peers of one meeting, who they are, and which page each belongs to."""

    def __init__(
        self,
        chamber: Chamber,
        hub: Hub,
        switchboard: Switchboard,
        clock: Clock,
        secret: bytes,
        *,
        adopts_unseen: bool,
    ) -> None:
        self.watch = PresenceWatch(adopts_unseen=adopts_unseen)
        self.observation = Observation(self.watch.thresholds)
        self._chamber = chamber
        self._hub = hub
        self._switchboard = switchboard
        self._clock = clock
        self._secret = secret
        self._peers: dict[str, str] = {}
        self._persons: dict[str, str] = {}
        self._pages: dict[str, Viewer] = {}
        self._hints: dict[str, mp.Hint] = {}
        self.equipment = EquipmentDesk(chamber.meeting_id, switchboard, self._equipment_changed)
        self.interpretation = Interpretation(self.equipment, hub)
        self._halls: list[str] = []
        self._hall: str | None = None
        self._watching: dict[str, str] = {}
        self._walls: dict[str, Viewer] = {}
        self._views: dict[str, tuple[Viewer, View]] = {}
        self._plan: mp.WallPlan | None = None
        self._shed: tuple[str, ...] = ()
        self._apply_soon: asyncio.TimerHandle | None = None
        self._reporting: dict[str, asyncio.Task[None]] = {}

    # ---- from the pages ----

    def peer_of(self, person: str) -> str:
        """What the person is called in the media plane: the same through restarts, and no name."""
        peer = self._peers.get(person)
        if peer is None:
            text = f"peer {self._chamber.meeting_id} {person}".encode()
            peer = self._peers[person] = "p" + hmac.digest(self._secret, text, hashlib.sha256).hex()[:16]
            self._persons[peer] = person
        return peer

    def arrived(self, viewer: Viewer) -> None:
        """A page has connected. Whose media connection survived its socket goes on where it was."""
        peer = self._peer(viewer)
        page = self._pages.get(peer)
        if page is not None and self._hub.viewers.get(page.key) is not page:
            self._pages[peer] = viewer
            if peer in self._hints:
                viewer.send(hint(self._hints[peer]))
        if self._plan is not None:
            viewer.send(wall(self._plan, self._persons))
        if self._shed:
            viewer.send(left_out(self._shed))
        self.interpretation.greet(viewer)

    def departed(self, viewer: Viewer) -> None:
        """A page's socket is gone. A person's pictures may outlive it; a hall screen's do not."""
        peer = self._peer(viewer)
        self.interpretation.forget(viewer)
        self.interpretation.tell()
        if self._walls.get(peer) is viewer:
            self.look_at_wall(viewer, False)
        if peer in self._views and self._views[peer][0] is viewer:
            del self._views[peer]
        if peer in self._halls:
            self._halls.remove(peer)
            self._pages.pop(peer, None)
            self._choose_hall({})
            self.apply()
        if self._pages.get(peer) is viewer and viewer.bye in ("signed-out", "role"):
            self.leave(viewer)
        if not any(v.person == viewer.person for v in self._hub.viewers.values()):
            self._watching.pop(viewer.person, None)

    def join(self, viewer: Viewer) -> None:
        """The page wants a connection: an offer will be sent to it, and an older page of the same person
        stops. Who takes part at a distance by e-legitimation does not send a picture by another login.
        """
        if acts_unidentified(self._chamber.meeting, viewer.sight.person, viewer.sight.signed_in):
            viewer.drop("identity")
            return
        peer = self._peer(viewer)
        older = self._pages.get(peer)
        if older is not None and older is not viewer:
            is_console = older.sight.role != "member" and viewer.sight.role == "member"
            if is_console and is_in_the_hall(self._chamber.meeting, viewer.person):
                viewer.send(failed("console"))  # earphones end no console
                return
            older.drop("elsewhere")
        self._pages[peer] = viewer
        if viewer.sight.role == "hall" and peer not in self._halls:
            self._halls.append(peer)
        self.apply()
        if self._switchboard.is_up(self._chamber.meeting_id):
            self._switchboard.join(self._chamber.meeting_id, peer)
        else:
            viewer.send({"type": "media", "kind": "down"})

    def _equipment_changed(self) -> None:
        self._choose_hall({})
        self.interpretation.follow()
        self.apply()
        self.interpretation.tell()

    def answer(self, viewer: Viewer, sdp: str, attempt: int | None) -> None:
        """The page's answer to the offer, relayed unread."""
        self._switchboard.answer(self._chamber.meeting_id, self._peer(viewer), sdp, attempt)

    def leave(self, viewer: Viewer) -> None:
        """The page hangs up."""
        peer = self._peer(viewer)
        if self._pages.get(peer) is viewer:
            if viewer.sight.role != "hall":
                self._lost(viewer.person, self._clock.monotonic())
            del self._pages[peer]
            self._hints.pop(peer, None)
            self._switchboard.leave(self._chamber.meeting_id, peer)
            if peer in self._halls:
                self._halls.remove(peer)
                self._choose_hall({})
                self.apply()

    def page_reports(self, viewer: Viewer, report: PageReport) -> None:
        """What the page that has the person's media tells of itself; other pages of the person have none."""
        is_here = viewer.sight.role != "hall" and self._pages.get(self._peer(viewer)) is viewer
        if is_here and not self._is_beside(viewer.person):
            self.observation.page(viewer.person, report, self._clock.monotonic())

    def look(self, viewer: Viewer, person: str | None) -> None:
        """The chair or secretary looks at somebody's own picture, or stops."""
        if viewer.sight.role not in ("chair", "secretary"):
            return
        if person is None:
            self._watching.pop(viewer.person, None)
        else:
            self._watching[viewer.person] = person
        self.apply()

    def look_at_wall(self, viewer: Viewer, is_shown: bool) -> None:
        """The page shows the wall now, or no more."""
        if is_shown:
            self._walls[self._peer(viewer)] = viewer
        elif self._walls.get(self._peer(viewer)) is viewer:
            del self._walls[self._peer(viewer)]
        self.apply()

    def view(self, viewer: Viewer, view: View) -> None:
        """The member's page shows this picture, and no other."""
        if viewer.sight.role == "member":
            peer = self._peer(viewer)
            self._views[peer] = (viewer, view)
            if self._pages.get(peer) is viewer:
                self.apply_soon()

    def interpret(self, viewer: Viewer, channel: str | None, sign: bool) -> None:
        """The page wants this spoken channel, and to show the sign language interpreter, from now on."""
        self.interpretation.choose(self._peer(viewer), viewer, channel, sign)
        self.apply()
        self.interpretation.tell()

    def ask_to_wave(self, viewer: Viewer, person: str) -> None:
        """The chair or secretary asks whether somebody's picture is alive; the person's page says it."""
        if viewer.sight.role in ("chair", "secretary") and person in self._chamber.meeting.people:
            page = self._pages.get(self.peer_of(person))
            if page is not None:
                page.send({"type": "media", "kind": "wave"})

    # ---- from the meeting ----

    def follow(self, records: Sequence[Record], meeting: Meeting) -> None:
        """The meeting has moved on; the media room follows in a moment."""
        del records, meeting
        self.apply_soon()

    def apply_soon(self) -> None:
        """Apply once for all that happens within a moment."""
        if self._apply_soon is None:
            self._apply_soon = asyncio.get_running_loop().call_later(APPLY_SECONDS, self.apply)

    def apply(self) -> None:
        """Make the media room what the meeting says it should be."""
        if self._apply_soon is not None:
            self._apply_soon.cancel()
            self._apply_soon = None
        self._switchboard.set_room(
            desired_room(
                self._chamber.meeting,
                self.peer_of,
                halls=(*self._halls, *self.equipment.peers),
                hall=self._hall,
                watching=self._watching,
                encoders=self.equipment.encoders,
                walls={peer for peer, page in self._walls.items() if self._pages.get(peer) is page},
                views={peer: v for peer, (page, v) in self._views.items() if self._pages.get(peer) is page},
                interpreting=self.interpretation.now(self._pages),
                on_member_pages={peer for peer, page in self._pages.items() if page.sight.role == "member"},
            )
        )
        if self.watch.media_up_at is None and self._switchboard.is_up(self._chamber.meeting_id):
            self.watch.media_up(self._clock.monotonic())  # a new room, on a process that was up

    def close(self) -> None:
        """This node no longer holds the meeting; its media connections end."""
        if self._apply_soon is not None:
            self._apply_soon.cancel()
        self._switchboard.close_room(self._chamber.meeting_id)

    # ---- from media ----

    def hear(self, event: RoomEvent) -> None:
        """Something a media process says; what concerns another room is passed over."""
        now = self._clock.monotonic()
        if event.room != self._chamber.meeting_id:
            return
        if isinstance(event, RoomUp):
            self.watch.media_up(now)
            self._hub.tell({"type": "media", "kind": "up"})
        elif isinstance(event, RoomDown):
            self.watch.media_down(now)
            self.observation.media_down(now)
            self.equipment.media_down()
            self._equipment_changed()
            self._hints.clear()
            self._plan = None
            self._shed = ()
            self._hub.tell({"type": "media", "kind": "down"})
        elif isinstance(event, mp.QualityReport):
            self.watch.media_heard(now)
            if event.shed != self._shed:
                self._shed = event.shed
                self._hub.tell(left_out(self._shed))
            for quality in event.peers:
                person = self._persons.get(quality.peer)
                if person is not None and not self._is_beside(person):
                    self.watch.quality(person, quality, now)
                    self.observation.read(person, quality, now)
            self._choose_hall({quality.peer: quality for quality in event.peers})
            if self.interpretation.follow(event.peers):
                self.apply()
        elif self.equipment.hear(event) or isinstance(event, mp.GuestAnswer):
            return
        elif isinstance(event, mp.WallPlan):
            self._plan = event
            self._hub.tell(wall(self._plan, self._persons))
        else:
            self._hear_of_peer(event, now)

    def _hear_of_peer(
        self, event: mp.Offer | mp.Failed | mp.Connected | mp.Lost | mp.Hint, now: float
    ) -> None:
        person = self._persons.get(event.peer)
        page = self._pages.get(event.peer)
        if isinstance(event, mp.Connected):
            if person is not None and not self._is_beside(person):
                self.watch.connected(person, now)
            return
        message: dict[str, object]
        if isinstance(event, mp.Offer):
            message = offer(event)
        elif isinstance(event, mp.Hint):
            self._hints[event.peer] = event
            message = hint(event)
        elif isinstance(event, mp.Failed):
            message = failed(event.reason)
        else:
            message = {"type": "media", "kind": "lost", "reason": event.reason}
            if person is not None:
                self._lost(person, now)
        if page is not None:
            page.send(message)

    def _lost(self, person: str, now: float) -> None:
        """The person's line is gone; somebody who has only listened to interpreters in the hall had none."""
        if person in self.watch.lines or not self._is_beside(person):
            self.watch.lost(person, now)
            self.observation.lost(person, now)

    def _is_beside(self, person: str) -> bool:
        """Whether the person is in the hall and takes interpreters alone: nobody is told, nothing follows."""
        page = self._pages.get(self.peer_of(person))
        is_member = page is not None and page.sight.role == "member"
        return is_member and is_in_the_hall(self._chamber.meeting, person)

    def _choose_hall(self, report: dict[str, mp.Quality]) -> None:
        """The hall slot shows what sends: the present one goes on; else equipment, else the newest screen."""
        here = (*self._halls, *self.equipment.publishers)
        sending = [
            peer for peer in here if peer in report and (report[peer].video_in or report[peer].audio_in)
        ]
        goes_on = self._hall in (sending if report else here)
        chosen = self._hall if goes_on else (sending[-1] if sending else None)
        if chosen != self._hall:
            self._hall = chosen
            self.apply()

    # ---- once a second ----

    def tick(self) -> None:
        """Tell the meeting what the lines say, and the pages how each line is."""
        meeting, now = self._chamber.meeting, self._clock.monotonic()
        if meeting.phase != "closed":
            present = {person: _line_state(presence) for person, presence in meeting.presence.items()}
            for change in self.watch.step(present, now):
                if change.person not in self._reporting:
                    task = asyncio.create_task(self._report(change), name=f"link {change.person}")
                    self._reporting[change.person] = task
                    task.add_done_callback(partial(self._reported, change.person))
            states = {person: line.state for person, line in self.watch.lines.items()}
            pages = {viewer.person for viewer in self._hub.viewers.values()}
            self.observation.second(meeting, states, pages, now, self._clock.now())
        origin = self._clock.now() - timedelta(seconds=now)
        links = self.watch.links(origin)
        for person, seen in self.observation.links(origin).items():
            if person in links:
                links[person].update(seen)
        if links:
            self._hub.tell({"type": "links", "links": links}, "chair", "secretary")
            for viewer in self._hub.of("member"):
                if viewer.person in links:
                    viewer.send({"type": "links", "links": {viewer.person: links[viewer.person]}})

    def _reported(self, person: str, _: asyncio.Task[None]) -> None:
        self._reporting.pop(person, None)

    async def _report(self, change: Change) -> None:
        command = (
            LoseLink(change.person, change.audio, change.video, REASONS[change.reason or "transport"])
            if change.is_lost
            else RestoreLink(change.person)
        )
        try:
            await self._chamber.execute(Actor(None, is_system=True), command, None)
        except Refusal as refusal:  # the meeting has moved on meanwhile; the next look decides
            log.info("%s: %s refused (%s)", self._chamber.meeting_id, type(command).__name__, refusal.code)
        except ChamberClosed:
            pass

    def _peer(self, viewer: Viewer) -> str:
        if viewer.sight.role == "hall":
            return f"h{viewer.key}"
        return self.peer_of(viewer.person)


def _line_state(presence: Presence) -> str:
    """The state of presence, told apart by what the meeting knows to arrive."""
    if presence.state == "lobby" and presence.link != Link():
        return "waiting-sound" if presence.link.audio else "waiting"
    return "remote-sound" if presence.state == "remote" and not presence.link.video else presence.state
