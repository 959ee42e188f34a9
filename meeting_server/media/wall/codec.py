"""VP8 in and out: a decoder for each thumbnail, an encoder for each wall; and how a picture looks."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from meeting_server.media.wall.canvas import planes_of
from meeting_server.media.wall.grid import Grid

CLOCK = 90000
CHANGED = 12
"""A sample has changed when its brightness differs by more than this; the noise of a camera is below it."""
_KILOBITS = {16: 350, 64: 500, 156: 600}
"""At two pictures a second, by the most people on the wall: faces and names are readable."""


class Decoder:
    """One thumbnail. number: counts its pictures."""

    def __init__(self) -> None:
        self.number = 0
        self._frame: Any = None  # owns the memory of the planes
        self._planes: list[NDArray[np.uint8]] | None = None
        self._context = self._open()

    @property
    def planes(self) -> list[NDArray[np.uint8]] | None:
        """Of the newest picture, None before the first. Most pictures are decoded for the next one's sake and
        never asked for.
        """
        if self._planes is None and self._frame is not None:
            self._planes = planes_of(self._frame)
        return self._planes

    @staticmethod
    def _open() -> Any:
        context: Any = av.CodecContext.create("vp8", "r")
        context.thread_count = 1
        return context

    def decode(self, data: bytes) -> bool:
        """Take one frame. False when it cannot be decoded: a key frame is needed then."""
        try:
            for frame in self._context.decode(av.Packet(data)):
                if frame.format.name == "yuv420p":
                    self._frame, self._planes = frame, None
                    self.number += 1
        except av.FFmpegError:
            self._context = self._open()
            return False
        return True


class Encoder:
    """One wall. planes: the picture is written there; not while `encode` runs in another thread."""

    def __init__(self, grid: Grid, fps: float) -> None:
        frame: Any = av.VideoFrame(grid.width, grid.height, "yuv420p")
        self._frame = frame
        self.planes = planes_of(frame)
        bits = round(_KILOBITS[grid.place.most] * 1000 * (fps / 2) ** 0.5)
        context: Any = av.CodecContext.create("libvpx", "w")
        context.width, context.height, context.pix_fmt = grid.width, grid.height, "yuv420p"
        context.time_base, context.framerate = Fraction(1, CLOCK), Fraction(fps).limit_denominator(100)
        context.gop_size = 1_000_000  # key frames only when asked for
        context.bit_rate, context.thread_count = bits, 1
        context.options = {
            "deadline": "realtime",
            "cpu-used": "-12",  # a fixed speed; the adaptive ones take three times as long
            "lag-in-frames": "0",
            "error-resilient": "1",
            "minrate": str(bits),
            "maxrate": str(bits),
            "bufsize": str(2 * bits),
            "undershoot-pct": "95",
        }
        self._context = context
        self._pictures = av.video.frame.PictureType

    def encode(self, timestamp: int, is_key: bool) -> bytes:
        """The frame; timestamp in units of CLOCK, always growing."""
        self._frame.pts = timestamp
        self._frame.time_base = self._context.time_base
        self._frame.pict_type = self._pictures.I if is_key else self._pictures.NONE
        return b"".join(bytes(packet) for packet in self._context.encode(self._frame))


class Measurer:
    """How one thumbnail looks, on every other sample each way; compares with the time before."""

    def __init__(self) -> None:
        self._before: NDArray[np.uint8] | None = None

    def measure(self, brightness: NDArray[np.uint8]) -> tuple[float, float, float | None]:
        """Mean, standard deviation, and the share changed since the last call, None the first time."""
        now = brightness[::2, ::2].copy()
        before, self._before = self._before, now
        samples = now.astype(np.float32)
        change = None
        if before is not None and before.shape == now.shape:
            larger, smaller = np.maximum(now, before), np.minimum(now, before)
            change = round(float(np.count_nonzero(larger - smaller > CHANGED)) / now.size, 4)
        return round(float(samples.mean()), 1), round(float(samples.std()), 1), change
