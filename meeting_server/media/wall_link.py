"""The media process's line to its wall process: starts it, feeds it, and takes the walls it sends back.

The meeting does not depend on it: what cannot be given to the wall is dropped, and a wall that has died or
hangs is started again and told everything.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from meeting_server import media_protocol as mp
from meeting_server.media import rtcp
from meeting_server.media.lines import LINES, WALL
from meeting_server.media.packets import Vp8
from meeting_server.media.reception import Arrival
from meeting_server.media.rtcp import SenderInfo
from meeting_server.media.sdp import UpStream
from meeting_server.media.uptrack import UpTrack
from meeting_server.media.wall import wire
from meeting_server.media.wall.rtp import WALL_SSRC

log = logging.getLogger(__name__)

BACKOFF_SECONDS = (0.2, 0.5, 1.0, 2.0, 5.0)
"""Pause before it is started again; the last one repeats."""
HANG_SECONDS = 10.0
"""It says something every second."""
BUFFER_BYTES = 4 << 20
READ_AT_ONCE = 256


class Wall:
    """One room's part: what it wants shown, and its source for the room's wall slot.

    planned: called with the plan. renewed: called when the source is another: the process has begun anew.
    """

    def __init__(
        self,
        link: WallLink,
        number: int,
        planned: Callable[[wire.Plan], None],
        renewed: Callable[[], None],
        attend: Callable[[UpTrack], None],
    ) -> None:
        self.number = number
        self.planned = planned
        self.renewed = renewed
        self.plan: wire.Plan | None = None
        self.shown: wire.Show | None = None
        self.is_told = True
        """False while the wall process has not taken what is shown; it is told again."""
        self._link = link
        self._attend = attend
        self.source = self.make_source()

    def make_source(self) -> UpTrack:
        """The wall as a source like any other; a wish for a key frame goes to the wall process."""
        stream = UpStream(WALL_SSRC, None)
        self.source = UpTrack("wall", LINES[WALL], stream, self._on_control, self._attend)
        return self.source

    def _on_control(self, packet: bytes) -> None:
        if any(isinstance(each, rtcp.KeyframeWish) for each in rtcp.read(packet)):
            self._link.say(wire.Key(self.number))

    def show(self, spots: tuple[wire.Spot, ...], missing: str, is_watched: bool) -> None:
        """Show this. Repeating the same says nothing."""
        wanted = wire.Show(self.number, spots, missing, is_watched)
        if wanted != self.shown:
            self.shown = wanted
            self.say()

    def say(self) -> None:
        """Tell the wall process what is shown, if it does not know."""
        self.is_told = self.shown is None or self._link.say(self.shown)


@dataclass(slots=True)
class Feed:
    """One thumbnail on its way to the wall; a sink like a slot. picture: what the wall measured last."""

    link: WallLink
    up: UpTrack
    number: int
    picture: mp.Picture | None = None

    def feed(self, up: UpTrack, packet: bytes, arrival: Arrival, vp8: Vp8 | None, now: float) -> None:
        """Pass a packet on."""
        self.link.carry(self.number, arrival.number, packet)

    def relay(self, up: UpTrack, report: SenderInfo, now: float) -> None:
        """The wall needs no clock of its members."""

    def lose(self, up: UpTrack) -> None:
        """The stream has ended."""
        self.link.end_feed(self)


class WallLink:
    """The wall process of this media process; fps 0 means that there is none."""

    def __init__(self, fps: float, log_level: str = "warning") -> None:
        self.fps = fps
        self.dropped = 0
        """Messages and packets the wall did not take in time."""
        self._log_level = log_level
        self._walls: dict[int, Wall] = {}
        self._feeds: dict[int, Feed] = {}
        self._numbers = itertools.count(1)
        self._line: socket.socket | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._starting: asyncio.Task[None] | None = None
        self._heard_at = 0.0
        self._failures = 0
        self._is_closed = False

    @property
    def is_enabled(self) -> bool:
        """Whether there is to be a wall."""
        return self.fps > 0

    @property
    def pid(self) -> int | None:
        """Of the wall process, while there is one."""
        return self._process.pid if self._process is not None else None

    # ---- for the rooms ----

    def wall(
        self,
        planned: Callable[[wire.Plan], None],
        renewed: Callable[[], None],
        attend: Callable[[UpTrack], None],
    ) -> Wall:
        """A new room's wall."""
        wall = Wall(self, next(self._numbers), planned, renewed, attend)
        self._walls[wall.number] = wall
        return wall

    def close_wall(self, wall: Wall) -> None:
        """The room is no more."""
        self._walls.pop(wall.number, None)
        self.say(wire.Over(wall.number))

    def feed(self, up: UpTrack) -> Feed:
        """A new thumbnail; starts the process with the first one."""
        found = Feed(self, up, next(self._numbers))
        self._feeds[found.number] = found
        if self._line is None and self._starting is None and not self._is_closed:
            self._begin(0)
        return found

    def end_feed(self, feed: Feed) -> None:
        """The thumbnail has ended."""
        if self._feeds.pop(feed.number, None) is not None:
            self.say(wire.Gone(feed.number))

    # ---- the line ----

    def say(self, message: wire.ToWall) -> bool:
        """Send a message, if there is a process. Returns whether it was taken."""
        return self._send(wire.say(message))

    def carry(self, number: int, sequence: int, packet: bytes) -> None:
        """Send a packet of a thumbnail."""
        self._send(wire.carry(number, sequence & 0xFFFFFFFFFFFFFFFF, packet))

    def _send(self, data: bytes) -> bool:
        if self._line is None:
            return False
        try:
            self._line.send(data)
        except BlockingIOError:
            self.dropped += 1
        except OSError:
            self._lost()
        else:
            return True
        return False

    def _begin(self, pause: float) -> None:
        self._starting = asyncio.create_task(self._start(pause), name="wall")
        self._starting.add_done_callback(self._started)

    def _started(self, task: asyncio.Task[None]) -> None:
        self._starting = None
        if not task.cancelled() and task.exception() is not None:
            log.error("the wall cannot be started: %s", task.exception())
            self._again()

    async def _start(self, pause: float) -> None:
        await asyncio.sleep(pause)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            for each in (ours, theirs):
                each.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER_BYTES)
            ours.setblocking(False)
            command = [sys.executable, "-m", "meeting_server.media.wall", "--fd", str(theirs.fileno())]
            command += ["--fps", str(self.fps), "--log-level", self._log_level]
            self._process = await asyncio.create_subprocess_exec(
                *command, pass_fds=(theirs.fileno(),), stdin=asyncio.subprocess.DEVNULL
            )
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        self._line = ours
        self._heard_at = time.monotonic()
        asyncio.get_running_loop().add_reader(ours.fileno(), self._read)
        for wall in self._walls.values():
            wall.make_source()
            wall.renewed()
            wall.say()
        for feed in self._feeds.values():
            feed.up.want_keyframe()

    def _read(self) -> None:
        for _ in range(READ_AT_ONCE):
            if self._line is None:
                return
            try:
                data = self._line.recv(wire.MAX_MESSAGE)
            except BlockingIOError:
                return
            except OSError:
                data = b""
            if not data:
                self._lost()
                return
            if data[0] == wire.PACKET:
                room, _, packet = wire.carried(data)
                if (wall := self._walls.get(room)) is not None:
                    wall.source.receive(packet, time.monotonic(), is_repair=False)
            else:
                self._hear(wire.hear(data))

    def _hear(self, message: object) -> None:
        match message:
            case wire.Wish(stream=number) if (feed := self._feeds.get(number)) is not None:
                feed.up.want_keyframe()
            case wire.Plan(room=room) if (wall := self._walls.get(room)) is not None:
                wall.plan = message
                wall.planned(message)
            case wire.Measures(of=measures):
                self._heard_at = time.monotonic()
                self._failures = 0
                for number, mean, deviation, change in measures:
                    if (feed := self._feeds.get(number)) is not None:
                        feed.picture = mp.Picture(mean, deviation, change)

    # ---- its end ----

    def tick(self, now: float) -> None:
        """Once a second: end a wall that hangs."""
        if self._line is not None and now - self._heard_at > HANG_SECONDS:
            log.error("the wall hangs")
            self._lost()
        for wall in self._walls.values():
            if not wall.is_told:
                wall.say()

    def _lost(self) -> None:
        """The process has gone, or must go; another takes its place."""
        if not self._is_closed:
            log.warning("the wall is gone and is started again")
        self._hang_up()
        if not self._is_closed:
            self._again()

    def _again(self) -> None:
        pause = BACKOFF_SECONDS[min(self._failures, len(BACKOFF_SECONDS) - 1)]
        self._failures += 1
        self._begin(pause)

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            asyncio.get_running_loop().remove_reader(line.fileno())
            line.close()
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        for feed in self._feeds.values():
            feed.picture = None

    def close(self) -> None:
        """End the process for good."""
        self._is_closed = True
        if self._starting is not None:
            self._starting.cancel()
        self._hang_up()
