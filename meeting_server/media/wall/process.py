"""The wall process: thumbnails in, walls out, and how each looks. Ends when the media process does."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import logging
import os
import socket
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import av.logging
import uvloop

from meeting_server.media.wall import wire
from meeting_server.media.wall.assembler import Assembler
from meeting_server.media.wall.codec import Decoder, Measurer
from meeting_server.media.wall.composer import Composer, Feed

log = logging.getLogger(__name__)

NICENESS = 5
"""The wall may be late; sound, the meeting itself and the pages may not."""
MEASURE_SECONDS = 1.0
WISH_SECONDS = 1.0
"""A key frame of one stream is wished for at most this often."""
PACE_PACKETS, PACE_SECONDS = 4, 0.01
"""So many packets at a time and a pause: a key frame of 60 packets to 149 receivers is 10 MB."""
COLLECT_SECONDS = 60.0
READ_AT_ONCE = 256
REST_SECONDS = 0.02
"""After a reading: what comes meanwhile is read at one waking, and waits for nobody who could tell."""


class Stream:
    """One thumbnail: its frames, its pictures, how they look."""

    def __init__(self) -> None:
        self.feed = Feed(Decoder())
        self.assembler = Assembler()
        self._measurer = Measurer()
        self._measured = 0
        self.wished_at = float("-inf")

    def take(self, number: int, packet: bytes, now: float) -> bool:
        """Take one packet. Returns whether to wish for a key frame."""
        for frame in self.assembler.push(number, packet, now):
            if not self.feed.decoder.decode(frame):
                self.assembler.give_up()
                break
            self.feed.at = now
        if not self.assembler.wants_key or self.assembler.is_too_large:
            return False
        if now - self.wished_at < WISH_SECONDS:
            return False
        self.wished_at = now
        return True

    def measure(self) -> tuple[float, float, float | None] | None:
        """How its newest picture looks; None when there is none since the last call."""
        number, planes = self.feed.decoder.number, self.feed.decoder.planes
        if number == self._measured or planes is None:
            return None
        self._measured = number
        return self._measurer.measure(planes[0])


class WallProcess:
    """Serves one media process over one socket."""

    def __init__(self, line: socket.socket, fps: float) -> None:
        self._line = line
        self._fps = fps
        self._streams: dict[int, Stream] = {}
        self._feeds: dict[int, Feed] = {}
        self._composers: dict[int, Composer] = {}
        self._ended = asyncio.Event()
        self._executor = ThreadPoolExecutor(1, "encode")
        self.late = 0

    async def run(self) -> None:
        """Until the media process has gone."""
        loop = asyncio.get_running_loop()
        self._line.setblocking(False)
        loop.add_reader(self._line.fileno(), self._read)
        # What is made from here on is small and has few rings: it is collected by the clock, between frames.
        gc.collect()
        gc.freeze()
        gc.disable()
        works = [asyncio.create_task(work) for work in (self._compose(), self._measure())]
        for each in works:
            each.add_done_callback(lambda _: self._ended.set())
        await self._ended.wait()
        loop.remove_reader(self._line.fileno())
        for each in works:
            each.cancel()
        for outcome in await asyncio.gather(*works, return_exceptions=True):
            if isinstance(outcome, Exception):
                log.critical("the wall stopped", exc_info=outcome)

    # ---- in ----

    def _await_more(self) -> None:
        if not self._ended.is_set():
            asyncio.get_running_loop().add_reader(self._line.fileno(), self._read)

    def _read(self) -> None:
        for _ in range(READ_AT_ONCE):
            try:
                data = self._line.recv(wire.MAX_MESSAGE)
            except BlockingIOError:
                loop = asyncio.get_running_loop()
                loop.remove_reader(self._line.fileno())
                loop.call_later(REST_SECONDS, self._await_more)
                return
            except OSError:
                data = b""
            if not data:
                self._ended.set()
                return
            if data[0] == wire.PACKET:
                self._take(*wire.carried(data))
            else:
                self._obey(wire.hear(data))

    def _take(self, key: int, number: int, packet: bytes) -> None:
        stream = self._streams.get(key)
        if stream is None:
            stream = self._streams[key] = Stream()
            self._feeds[key] = stream.feed
        if stream.take(number, packet, time.monotonic()):
            self._say(wire.Wish(key))

    def _obey(self, message: object) -> None:
        match message:
            case wire.Show(room=room):
                # Kept also while nobody is shown: a new one would number its packets anew, and the media
                # process, which knows one stream, would take them for late ones.
                if room not in self._composers:
                    self._composers[room] = Composer(room, self._fps)
                self._composers[room].show = message
            case wire.Over(room=room):
                self._composers.pop(room, None)
            case wire.Key(room=room) if room in self._composers:
                self._composers[room].want_key()
            case wire.Gone(stream=stream):
                self._streams.pop(stream, None)
                self._feeds.pop(stream, None)

    # ---- out ----

    def _say(self, message: wire.FromWall) -> None:
        with contextlib.suppress(OSError):  # full, or gone, which the reader sees
            self._line.send(wire.say(message))

    async def _compose(self) -> None:
        loop = asyncio.get_running_loop()
        interval = 1 / self._fps
        due = collect_at = loop.time()
        while True:
            due += interval
            if due < loop.time():
                self.late += 1
                due = loop.time()
            await asyncio.sleep(due - loop.time())
            sending = []
            for composer in list(self._composers.values()):
                plan = composer.turn(time.monotonic())
                if plan is not None:
                    self._say(plan)
                packets = await composer.frame(self._feeds, loop, self._executor)
                sending.append(self._send(composer.room, packets))
            await asyncio.gather(*sending)
            if loop.time() >= collect_at:
                collect_at = loop.time() + COLLECT_SECONDS
                gc.collect()

    async def _send(self, room: int, packets: Sequence[bytes]) -> None:
        # A frame must be out before the next is due, however large.
        pauses = max(1, int(0.5 / self._fps / PACE_SECONDS))
        at_once = max(PACE_PACKETS, -(-len(packets) // pauses))
        for at in range(0, len(packets), at_once):
            if at:
                await asyncio.sleep(PACE_SECONDS)
            for packet in packets[at : at + at_once]:
                with contextlib.suppress(OSError):
                    self._line.send(wire.carry(room, 0, packet))

    async def _measure(self) -> None:
        while True:
            await asyncio.sleep(MEASURE_SECONDS)
            measures = ((key, stream.measure()) for key, stream in self._streams.items())
            found = tuple((key, *measured) for key, measured in measures if measured is not None)
            self._say(wire.Measures(found))


def main(argv: Sequence[str] | None = None) -> None:
    """The command line of the process."""
    parser = argparse.ArgumentParser(
        prog="wall", description="Compose the walls (started by the media process)."
    )
    parser.add_argument("--fd", type=int, required=True, help="the socket to the media process")
    parser.add_argument("--fps", type=float, required=True, help="pictures of each wall a second")
    parser.add_argument("--log-level", default="warning")
    given = parser.parse_args(argv)
    logging.basicConfig(
        level=given.log_level.upper(), format="wall %(levelname)s %(name)s: %(message)s", force=True
    )
    av.logging.set_level(av.logging.PANIC)  # a broken thumbnail is no news: a key frame is wished for
    os.setpriority(os.PRIO_PROCESS, 0, NICENESS)
    line = socket.socket(fileno=given.fd)
    with contextlib.suppress(KeyboardInterrupt), asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(WallProcess(line, given.fps).run())
