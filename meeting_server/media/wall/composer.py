"""One room's wall: its places, its page, and the frames of it. Knows streams, not connections."""

from __future__ import annotations

import random
import time
from asyncio import AbstractEventLoop
from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass

from meeting_server.media.wall.canvas import Canvas
from meeting_server.media.wall.codec import CLOCK, Decoder, Encoder
from meeting_server.media.wall.grid import PAGE_SECONDS, Grid, grid_for, pages_of
from meeting_server.media.wall.rtp import Packetiser
from meeting_server.media.wall.wire import Plan, Show, Spot

MISSING_SECONDS = 3.0
"""Without a new thumbnail for this long words stand in its place: a face that stands still must not pass for
one that is there. Five come every second."""
KEY_SECONDS = 1.0
"""At most one key frame in this time, for all who wait: each is as large as ten other frames."""


@dataclass(slots=True)
class Feed:
    """One thumbnail as a wall sees it. at: when the newest picture came (time.monotonic)."""

    decoder: Decoder
    at: float = float("-inf")


class Composer:
    """The wall of one room."""

    def __init__(self, room: int, fps: float) -> None:
        self.room = room
        self.show = Show(room, (), "", False)
        self._fps = fps
        self._page = 0
        self._page_at = 0.0
        self._encoder: Encoder | None = None
        self._canvas: Canvas | None = None
        self._drawn: list[object] = []
        self._spots: tuple[Spot, ...] = ()
        self._wants_key = True
        self._key_at = float("-inf")
        self._timestamp = 0
        self._packetiser = Packetiser(random.getrandbits(14))

    def want_key(self) -> None:
        """Somebody cannot go on without a key frame."""
        self._wants_key = True

    def turn(self, now: float) -> Plan | None:
        """Choose the page and make room for it; the plan, when it has changed."""
        pages = pages_of(len(self.show.spots))
        if now - self._page_at > PAGE_SECONDS or self._page >= len(pages):
            self._page_at = now
            self._page = (self._page + 1) % len(pages) if pages else 0
        spots = tuple(self.show.spots[index] for index in pages[self._page]) if pages else ()
        former, self._spots = self._spots, spots
        if [_written(each) for each in former] == [_written(each) for each in spots]:
            return None
        self._drawn = []
        columns = 0
        if spots:
            grid = grid_for(len(spots))
            columns = grid.columns
            self._make(grid)
        else:
            self._encoder = self._canvas = None
        return Plan(
            self.room, columns, tuple(each.peer for each in spots), self._page + 1, max(1, len(pages))
        )

    def _make(self, grid: Grid) -> None:
        """A canvas for the grid; the encoder goes on if the size is the same."""
        if self._encoder is None or self._canvas is None or self._canvas.grid != grid:
            self._encoder = Encoder(grid, self._fps)
            self._wants_key = True
        self._canvas = Canvas(grid, self._encoder.planes)

    async def frame(
        self, feeds: Mapping[int, Feed], loop: AbstractEventLoop, executor: Executor
    ) -> list[bytes]:
        """The next frame's packets; nothing when nobody is on the wall or nobody looks."""
        if not self._spots or not self.show.is_watched or self._encoder is None:
            return []
        now = time.monotonic()
        for index, spot in enumerate(self._spots):
            self._draw(index, spot, feeds.get(spot.stream), now)
        is_key = self._wants_key and now - self._key_at >= KEY_SECONDS
        if is_key:
            self._wants_key, self._key_at = False, now
        self._timestamp = max(self._timestamp + 1, int(now * CLOCK))
        data = await loop.run_in_executor(executor, self._encoder.encode, self._timestamp, is_key)
        return self._packetiser.packets(data, self._timestamp)

    def _draw(self, index: int, spot: Spot, feed: Feed | None, now: float) -> None:
        """Draw one place if it does not look so already."""
        assert self._canvas is not None
        is_new = index >= len(self._drawn)
        if is_new:
            self._drawn.append(None)
            self._canvas.write_strip(index, spot.name, spot.party)
        look: object
        if spot.note or feed is None or feed.decoder.planes is None or now - feed.at > MISSING_SECONDS:
            look = spot.note or self.show.missing
        else:
            look = (spot.stream, feed.decoder.number)
        if not is_new and look == self._drawn[index]:
            return
        self._drawn[index] = look
        if isinstance(look, str):
            self._canvas.write_words(index, look)
        elif feed is not None and feed.decoder.planes is not None:
            self._canvas.put(index, feed.decoder.planes)


def _written(spot: Spot) -> tuple[str, str, str]:
    """What stays on the canvas as long as the place is somebody's."""
    return spot.peer, spot.name, spot.party
