"""All media processes of this web node, and which of them each room is on.

A new room goes to the least loaded and stays there as long as the process lives; the rooms of one that has
died go to the others. Rooms are desired state: the switchboard keeps them and repeats them where they are.
With one process nothing is moved: its rooms wait for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TypeAlias

from meeting_server import media_protocol as mp
from meeting_server.live.clock import Clock
from meeting_server.live.media_link import MediaDown, MediaEnded, MediaEvent, MediaLink, MediaUp, OfRoom
from meeting_server.live.placement import AWAY_SECONDS, Load, least_loaded, may_leave
from meeting_server.store.failures import StorageFailed
from meeting_server.store.media_nodes import MediaNode, MediaNodes, Placement

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.25
HEARTBEAT_SECONDS = 5.0
"""How often the processes' health and the placements are written down."""
FORGOTTEN_AFTER = timedelta(days=1)
"""A process not heard of for so long is no longer listed; a placement as old is of a meeting that is over."""


@dataclass(frozen=True, slots=True)
class RoomUp:
    """The room's process answers and has been told the room; its pages join, again or for the first time."""

    room: str


@dataclass(frozen=True, slots=True)
class RoomDown:
    """The room's process is gone; every connection of the room is lost until RoomUp."""

    room: str


RoomEvent: TypeAlias = OfRoom | RoomUp | RoomDown


@dataclass(slots=True)
class _Node:
    """One process. down_since: of the monotonic clock, while it does not answer."""

    link: MediaLink
    down_since: float
    has_ended: bool = False
    health: mp.Health | None = None
    rooms: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        return self.link.settings.label

    @property
    def load(self) -> Load:
        health = self.health
        late = health.late_ms if health else 0.0
        return Load(self.name, health.peers if health else 0, len(self.rooms), late)


class Switchboard:
    """records: where heartbeats and placements are kept; without any, nothing is found after a restart."""

    def __init__(self, links: Sequence[MediaLink], clock: Clock, records: MediaNodes | None = None) -> None:
        self._clock = clock
        self._records = records
        self._nodes = {link.settings.label: _Node(link, clock.monotonic()) for link in links}
        self._states: dict[str, mp.Room] = {}
        self._places: dict[str, _Node] = {}
        self._moved_at: dict[str, float] = {}
        self._recorded: dict[str, str] = {}
        self._unwritten: dict[str, Placement] = {}
        self._write_now = asyncio.Event()
        self._began: float | None = None
        self._listeners: list[Callable[[RoomEvent], None]] = []
        self._tasks: list[asyncio.Task[None]] = []
        for node in self._nodes.values():
            node.link.listen(partial(self._hear, node))

    # ---- what the meetings and checks use ----

    @property
    def links(self) -> tuple[MediaLink, ...]:
        """The line to each process."""
        return tuple(node.link for node in self._nodes.values())

    @property
    def is_ready(self) -> bool:
        """Whether a new room can be placed now, on a process that answers."""
        up = [node for node in self._nodes.values() if node.link.is_up]
        # At the start the others are waited for a moment: the first must not get everything.
        return bool(up) and (len(up) == len(self._nodes) or self._waited_since_start >= AWAY_SECONDS)

    def is_up(self, room: str) -> bool:
        """Whether the room's process answers now."""
        node = self._places.get(room)
        return node is not None and node.link.is_up

    def link_of(self, room: str) -> MediaLink | None:
        """The line to the process the room is on, once it has been placed."""
        node = self._places.get(room)
        return node.link if node is not None else None

    def listen(self, callback: Callable[[RoomEvent], None]) -> None:
        """Call back, in the event loop, for everything that is said of a room, and when it comes and goes."""
        self._listeners.append(callback)

    def set_room(self, state: mp.Room) -> None:
        """Make this the desired state of its room, which is placed if it is new."""
        self._states[state.room] = state
        node = self._places.get(state.room) or self._place(state.room)
        if node is not None:
            node.link.set_room(state)

    def close_room(self, room: str) -> None:
        """Close every connection of the room and forget it."""
        self._states.pop(room, None)
        self._moved_at.pop(room, None)
        node = self._places.pop(room, None)
        if node is not None:
            node.rooms.discard(room)
            node.link.close_room(room)
            self._write(room, node, has_left=True)

    def join(self, room: str, peer: str) -> None:
        """Ask for an offer for this peer. Answered by Offer or Failed; by nothing while the room is down."""
        if (link := self.link_of(room)) is not None:
            link.join(room, peer)

    def answer(self, room: str, peer: str, sdp: str, attempt: int | None = None) -> None:
        """Relay the page's answer."""
        if (link := self.link_of(room)) is not None:
            link.answer(room, peer, sdp, attempt)

    def guest(self, room: str, peer: str, sdp: str, plays: str | None) -> None:
        """Connect equipment by its own offer. Answered by GuestAnswer or Failed; by nothing when down."""
        if (link := self.link_of(room)) is not None:
            link.guest(room, peer, sdp, plays)

    def leave(self, room: str, peer: str) -> None:
        """Close this peer's connection."""
        if (link := self.link_of(room)) is not None:
            link.leave(room, peer)

    # ---- starting and stopping ----

    async def start(self) -> None:
        """Find where the rooms were, then begin; RoomUp tells when a room's process answers."""
        if self._records is not None:
            try:
                await self._records.forget_placements(self._clock.now() - FORGOTTEN_AFTER)
                self._recorded = dict(await self._records.placements())
            except StorageFailed as failure:
                log.warning("where the rooms were cannot be read: %s", failure)
        self._began = self._clock.monotonic()
        for node in self._nodes.values():
            node.down_since = self._began
            await node.link.start()
        self._look()
        self._tasks = [asyncio.create_task(self._look_after(), name="switchboard")]
        if self._records is not None:
            self._tasks.append(asyncio.create_task(self._keep_records(self._records), name="heartbeats"))

    async def stop(self) -> None:
        """End the lines, and the processes that are our own; they are known no more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        await asyncio.gather(*(node.link.stop() for node in self._nodes.values()))
        if self._records is not None:
            await self._record(self._records)
            own = [node.name for node in self._nodes.values() if node.link.settings.own_process]
            with contextlib.suppress(StorageFailed):
                await self._records.gone(own)

    # ---- placing and moving ----

    @property
    def _waited_since_start(self) -> float:
        return self._clock.monotonic() - self._began if self._began is not None else 0.0

    def _place(self, room: str) -> _Node | None:
        """Put a room that has no place yet somewhere; None as long as it cannot be said where."""
        node = self._choose(room)
        if node is not None:
            self._put(room, node)
        return node

    def _choose(self, room: str) -> _Node | None:
        if len(self._nodes) == 1:
            return next(iter(self._nodes.values()))
        if self._began is None:
            return None
        known = self._nodes.get(self._recorded.get(room, ""))
        if known is not None and (known.link.is_up or not self._may_leave(room, known)):
            return known
        return self._least_loaded() if self.is_ready else None

    def _least_loaded(self) -> _Node | None:
        name = least_loaded(node.load for node in self._nodes.values() if node.link.is_up)
        return self._nodes[name] if name is not None else None

    def _may_leave(self, room: str, node: _Node) -> bool:
        return may_leave(
            self._clock.monotonic(),
            down_since=node.down_since,
            has_ended=node.has_ended,
            moved_at=self._moved_at.get(room),
        )

    def _put(self, room: str, node: _Node) -> None:
        node.rooms.add(room)
        self._places[room] = node
        self._write(room, node)

    def _look(self) -> None:
        """Place the rooms that wait for a place, and move those whose process is gone."""
        for room in [each for each in self._states if each not in self._places]:
            if room in self._states and (placed := self._place(room)) is not None:
                placed.link.set_room(self._states[room])
                if placed.link.is_up:
                    self._tell(RoomUp(room))
        for node in self._nodes.values():
            if not node.link.is_up:
                for room in sorted(node.rooms):
                    if room in node.rooms and self._may_leave(room, node):
                        self._move(room, node)

    def _move(self, room: str, node: _Node) -> None:
        target = self._least_loaded()
        if target is None:
            return
        log.warning("%s is away; a room of it is moved to %s", node.name, target.name)
        node.rooms.discard(room)
        node.link.close_room(room)  # said to it when it is back, should the room be alive there
        self._put(room, target)
        self._moved_at[room] = self._clock.monotonic()
        target.link.set_room(self._states[room])
        self._tell(RoomUp(room))

    async def _look_after(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                self._look()
            except Exception:  # a fault with one room must not leave the others where they are
                log.exception("looking after the media processes failed")

    # ---- what the processes say ----

    def _hear(self, node: _Node, event: MediaEvent) -> None:
        if isinstance(event, MediaUp):
            node.has_ended = False
            for room in sorted(node.rooms):
                self._tell(RoomUp(room))
            self._look()
        elif isinstance(event, MediaDown):
            node.down_since, node.has_ended, node.health = self._clock.monotonic(), False, None
            for room in sorted(node.rooms):
                self._tell(RoomDown(room))
        elif isinstance(event, MediaEnded):
            node.has_ended = True
            self._look()
        elif isinstance(event, mp.Health):
            node.health = event
        elif self._places.get(event.room) is node:  # else it speaks of a room that has been moved from it
            self._tell(event)

    def _tell(self, event: RoomEvent) -> None:
        for callback in self._listeners:
            try:
                callback(event)
            except Exception:  # one listener's fault must not keep the others from hearing
                log.exception("a listener failed on %s", type(event).__name__)

    # ---- what is written down ----

    def _write(self, room: str, node: _Node, *, has_left: bool = False) -> None:
        self._unwritten[room] = Placement(room, node.name, self._clock.now(), has_left)
        self._write_now.set()

    async def _keep_records(self, records: MediaNodes) -> None:
        while True:
            await self._record(records)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(HEARTBEAT_SECONDS):
                    await self._write_now.wait()
            self._write_now.clear()

    async def _record(self, records: MediaNodes) -> None:
        """Write what has changed and how the processes are; what cannot be written waits its turn again."""
        changes, self._unwritten = self._unwritten, {}
        now = self._clock.now()
        try:
            if changes:
                await records.place(list(changes.values()))
            changes = {}
            await records.beat(self._seen(), now - FORGOTTEN_AFTER)
            self._recorded = dict(await records.placements())
        except StorageFailed as failure:
            self._unwritten = changes | self._unwritten
            log.warning("the media processes cannot be written down: %s", failure)

    def _seen(self) -> list[MediaNode]:
        return [
            MediaNode(
                name=node.name,
                address=" ".join(hello.addresses),
                udp_port=hello.udp_port,
                pid=hello.pid,
                core=node.link.settings.core,
                seen_at=self._clock.now(),
                peers=node.load.peers,
                late_ms=node.load.late_ms,
            )
            for node in self._nodes.values()
            if (hello := node.link.hello) is not None
        ]
