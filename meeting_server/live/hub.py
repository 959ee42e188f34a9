"""Who is watching a meeting, and what waits to be sent to each of them.

Events wait in a bounded queue: a viewer who does not read is dropped, comes back and resumes from its
last seq. Views do not queue: only the newest form of each changed section waits, so a slow phone skips
what is outdated.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Literal, TypeAlias

from meeting_server.live.clock import Clock
from meeting_server.live.sections import Sections
from meeting_server.live.text import dumps
from meeting_server.meeting import Event, Meeting, Record, evolve
from meeting_server.meeting.counting import is_cut_off
from meeting_server.meeting.doors import DoorsClosed, DoorsOpened
from meeting_server.wire.events import encode_event, visible
from meeting_server.wire.visibility import Viewer as Sight

log = logging.getLogger(__name__)

OUTBOX = 1024
"""Messages that may wait for one viewer. A division of 149 votes is some 300; a minute of any meeting is
less.
"""
GATHER_SECONDS = 0.03
"""Wait this long after the first news: votes come in crowds, and their answers go before pictures of them."""
VIEW_SECONDS = 0.1
"""A viewer gets at most one view in this time."""
YIELD_SECONDS = 0.25
"""Views wait while commands wait for their answers, but no longer than this together: acts that never end
must not keep everybody from seeing them.
"""

ByeReason: TypeAlias = Literal["slow", "signed-out", "elsewhere", "restart", "role", "identity"]


@dataclass(slots=True, eq=False)
class Viewer:
    """One watching connection.

    sight: as whom it sees; a hall screen sees as nobody. person: who signed in. key: tells it from every
    other. login: the id of the login it came by. outbox: whole messages, in order. sections: the parts of
    the view that wait to be sent, as JSON. wants_events: whether it is told events; a page that only draws
    views is not. bye: why it is being dropped, once it is.
    """

    sight: Sight
    person: str
    key: str
    login: str = ""
    outbox: deque[str] = field(default_factory=deque)
    sections: dict[str, str] = field(default_factory=dict)
    sections_seq: int = 0
    sections_at: str = ""
    known: dict[str, str] = field(default_factory=dict)
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    dropped: asyncio.Event = field(default_factory=asyncio.Event)
    wants_events: bool = True
    bye: ByeReason | None = None
    is_due: bool = True
    last_view: float = float("-inf")

    def send(self, message: Mapping[str, object]) -> None:
        """Put a message in line; drop the viewer if too many wait."""
        self.send_text(dumps(message))

    def send_text(self, text: str) -> None:
        """Put an encoded message in line; drop the viewer if too many wait."""
        if self.bye is not None:
            return
        if len(self.outbox) >= OUTBOX:
            self.drop("slow")
            return
        self.outbox.append(text)
        self.wake.set()

    def drop(self, reason: ByeReason) -> None:
        """Say goodbye: what waits is thrown away, the connection is closed by whoever serves it."""
        if self.bye is None:
            self.bye = reason
            self.dropped.set()
            self.outbox.clear()
            self.sections.clear()
            self.outbox.append(
                dumps({"type": "bye", "reason": reason, "again": reason in ("slow", "restart")})
            )
            self.wake.set()

    def take(self) -> list[str]:
        """Everything that waits, for the one who sends: events first, then the view they led to."""
        found = list(self.outbox)
        self.outbox.clear()
        if self.sections:
            parts = ",".join(f'"{name}":{text}' for name, text in self.sections.items())
            found.append(
                f'{{"type":"view","seq":{self.sections_seq},"at":"{self.sections_at}","sections":{{{parts}}}}}'
            )
            self.sections.clear()
        self.wake.clear()
        return found


class _Told:
    """What a record is to each viewer, worked out once for all of a role whom it does not name."""

    def __init__(self, record: Record, meeting: Meeting) -> None:
        self._record = record
        self._meeting = meeting
        self._names = _strings_in(record.event)
        self._to_role: dict[str, str | None] = {}

    def to(self, sight: Sight, *, is_cut_off: bool) -> str | None:
        """The message for this viewer, or None when it is not theirs to see."""
        if is_cut_off or sight.person in self._names:
            return self._encoded(sight)
        if sight.role not in self._to_role:
            self._to_role[sight.role] = self._encoded(Sight(sight.role, None))
        return self._to_role[sight.role]

    def _encoded(self, sight: Sight) -> str | None:
        event = visible(self._record.event, sight, self._meeting)
        if event is None:
            return None
        name, _, data = encode_event(event)
        at = self._record.at.isoformat()
        return dumps({"type": "event", "seq": self._record.seq, "at": at, "name": name, "data": data})


def _strings_in(event: Event) -> frozenset[str]:
    """Every text in the event's own fields: who is not among them is seen as anybody of the role."""
    found: set[str] = set()
    for part in fields(event):  # type: ignore[arg-type]  # every event is a dataclass
        value = getattr(event, part.name)
        found.update(
            each for each in (value if isinstance(value, tuple) else (value,)) if isinstance(each, str)
        )
    return frozenset(found)


class Hub:
    """All viewers of one meeting. answered: waits until no command waits for its answer."""

    def __init__(
        self,
        clock: Clock,
        may_watch: Callable[[Meeting, str, str], bool],
        meeting: Meeting,
        answered: Callable[[], Awaitable[None]],
    ) -> None:
        self.viewers: dict[str, Viewer] = {}
        self._clock = clock
        self._may_watch = may_watch
        self._meeting = meeting
        self._answered = answered
        self._news = asyncio.Event()
        self._pump: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to compute views."""
        self._pump = asyncio.create_task(self._compute_views(), name="views")

    async def stop(self) -> None:
        """Say `restart` to everybody and stop."""
        for viewer in list(self.viewers.values()):
            viewer.drop("restart")
        if self._pump is not None:
            self._pump.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._pump

    def join(self, viewer: Viewer, backlog: Sequence[Record]) -> None:
        """Begin to watch: first the events of the backlog that this viewer may see, then all that come."""
        self.viewers[viewer.key] = viewer
        self._tell_events(backlog, [viewer], self._meeting)
        self._news.set()

    def leave(self, viewer: Viewer) -> None:
        """Stop watching."""
        if self.viewers.get(viewer.key) is viewer:
            del self.viewers[viewer.key]

    def of(self, *roles: str) -> Iterable[Viewer]:
        """The viewers who watch in one of these roles."""
        return [viewer for viewer in self.viewers.values() if viewer.sight.role in roles]

    def tell(self, message: Mapping[str, object], *roles: str) -> None:
        """Send to everybody, or to those who watch in one of the roles."""
        text = dumps(message)
        for viewer in self.of(*roles) if roles else list(self.viewers.values()):
            viewer.send_text(text)

    def publish(self, records: Sequence[Record], meeting: Meeting) -> None:
        """New records, already stored, and the state after them."""
        before, self._meeting = self._meeting, meeting
        if before.chair != meeting.chair:  # nothing else changes which pages somebody may have
            for viewer in list(self.viewers.values()):
                if not self._may_watch(meeting, viewer.sight.role, viewer.person):
                    viewer.drop("role")
        if len(records) > 1 and any(
            isinstance(record.event, DoorsClosed | DoorsOpened) for record in records
        ):
            # Several commands in one commit: each event is for those who may see it just after it.
            for record in records:
                before = evolve(before, record)
                self._tell_events([record], self.viewers.values(), before)
        else:
            self._tell_events(records, self.viewers.values(), meeting)
        self._news.set()

    def _tell_events(self, records: Sequence[Record], viewers: Iterable[Viewer], meeting: Meeting) -> None:
        watching = list(viewers)
        for viewer in watching:
            viewer.is_due = True
        hearing = [viewer for viewer in watching if viewer.wants_events]
        if not hearing:
            return
        cut_off = {person for person in meeting.people if is_cut_off(meeting, person)}
        told = [_Told(record, meeting) for record in records]
        for viewer in hearing:
            for each in told:
                text = each.to(viewer.sight, is_cut_off=viewer.sight.person in cut_off)
                if text is not None:
                    viewer.send_text(text)

    # ---- views ----

    async def _compute_views(self) -> None:
        """Compute the view of each viewer who is due, one at a time, so that commands never wait for more."""
        while True:
            await self._news.wait()
            await asyncio.sleep(GATHER_SECONDS)
            self._news.clear()
            began = self._clock.monotonic()
            shared = Sections()
            yielded = 0.0
            for viewer in list(self.viewers.values()):
                yielded += await self._let_pass(YIELD_SECONDS - yielded)
                if not viewer.is_due or viewer.bye is not None:
                    continue
                if viewer.sections and viewer.last_view > began - 1.0:
                    self._news.set()  # has not read the last one; it will get a newer one instead of two
                    continue
                try:
                    self._compute_view(viewer, shared)
                except Exception:  # one viewer's fault must not stop the screens of the others
                    log.exception("the view of a %s failed", viewer.sight.role)
                await asyncio.sleep(0)
            worked = self._clock.monotonic() - began - yielded
            # As long a rest as the work took leaves half the processor to the commands.
            await asyncio.sleep(max(VIEW_SECONDS - GATHER_SECONDS, worked))

    async def _let_pass(self, at_most: float) -> float:
        """Wait while commands wait for their answers; how many seconds it took."""
        began = self._clock.monotonic()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(at_most):
                await self._answered()
        return self._clock.monotonic() - began

    def _compute_view(self, viewer: Viewer, shared: Sections) -> None:
        now = self._clock.now()
        viewer.is_due = False
        viewer.last_view = self._clock.monotonic()
        for name, text in shared.of(self._meeting, viewer.sight, now).items():
            if viewer.known.get(name) != text:
                viewer.known[name] = viewer.sections[name] = text
        viewer.sections_seq, viewer.sections_at = self._meeting.seq, now.isoformat()
        if viewer.sections:
            viewer.wake.set()
