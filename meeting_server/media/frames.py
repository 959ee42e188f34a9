"""The sizes of a thumbnail's frames since the last report: what tells a covered or frozen picture undecoded.

A moving face costs more bytes a frame than one that stands still, and a key frame of nothing costs almost
none. A key frame comes only when it is asked for; so one is asked for now and then as long as nobody measures
the pictures themselves.
"""

from __future__ import annotations

from statistics import median
from typing import NamedTuple

from meeting_server.media.key_header import KeyHeader

PROBE_SECONDS = 3.0
"""A key frame is asked for when the last is older than this: 1.3–3.4 kB of a face, 60 B of a covered lens."""
SETTLING_FRAMES = 5
"""Frames after a key frame in which the encoder refines it: they are larger though nothing moves."""


class FrameSizes(NamedTuple):
    """frames: whole frames since the last report. median: bytes of the middle one of those that are no key
    frame and not just after one, None without any. key: bytes of the last key frame, None before the first;
    it is told again. header: of that key frame, if it could be read.
    """

    frames: int
    median: int | None
    key: int | None
    header: KeyHeader | None = None


class Frames:
    """Adds up packets to frames by their timestamp, payload only. A frame counts when the next has begun."""

    def __init__(self) -> None:
        self.key_at: float | None = None
        self._timestamp: int | None = None
        self._octets = 0
        self._is_key = False
        self._sizes: list[int] = []
        self._frames = 0
        self._key: int | None = None
        self._header: KeyHeader | None = None
        self._coming: KeyHeader | None = None
        self._settled = SETTLING_FRAMES

    def add(
        self, timestamp: int, octets: int, starts_key: bool, now: float, header: KeyHeader | None = None
    ) -> None:
        """One new packet; octets: of VP8 data. header: what stands in it where it starts a key frame."""
        if timestamp != self._timestamp:
            self._end()
            self._timestamp = timestamp
        self._octets += octets
        if starts_key:
            self._is_key, self._coming = True, header
            self.key_at = now

    def take(self) -> FrameSizes:
        """The frames since the last call."""
        middle = round(median(self._sizes)) if self._sizes else None
        found = FrameSizes(self._frames, middle, self._key, self._header)
        self._sizes, self._frames = [], 0
        return found

    def wants_probe(self, now: float) -> bool:
        """Whether it is time to ask for a key frame."""
        return self._timestamp is not None and (self.key_at is None or now - self.key_at >= PROBE_SECONDS)

    def _end(self) -> None:
        if self._octets:
            self._frames += 1
            if self._is_key:
                self._key, self._header = self._octets, self._coming
                self._settled = 0
            elif self._settled < SETTLING_FRAMES:
                self._settled += 1
            else:
                self._sizes.append(self._octets)
        self._octets, self._is_key = 0, False
