"""Moving pictures and sound of made-up people for the demonstration: made once, then repeated.

A loop begins with a key frame, so a wish for one is answered by beginning again. The person is the one of the
register's portrait, by its colours. The voice is no language.
"""

from __future__ import annotations

import hashlib
import re
import struct
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from meeting_server.demo.portraits import portrait
from meeting_server.media.lines import SOUND_MS

LOOP_SECONDS = 6
FULL_SIZE, FULL_FPS, FULL_BITS = (640, 360), 15, 500_000
THUMB_SIZE, THUMB_FPS, THUMB_BITS = (160, 90), 5, 50_000
SAMPLE_RATE = 48000
SOUND_SAMPLES = SAMPLE_RATE * SOUND_MS // 1000
"""Of one packet."""
MAX_PAYLOAD = 1100
"""Bytes of one RTP payload."""

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Loop:
    """Encoded pictures or sound. frames: for each, its RTP payloads without descriptors."""

    frames: tuple[tuple[bytes, ...], ...]
    ticks: int
    """RTP timestamp units from one frame to the next."""
    per_second: float


def _lot(person: str) -> bytes:
    return hashlib.sha256(f"moving {person}".encode()).digest()


def _speech(person: str) -> Floats:
    """How far the mouth is open through the loop, 0 to 1, at 100 values a second."""
    lot = np.random.default_rng(int.from_bytes(_lot(person)[:8], "big"))
    steps = LOOP_SECONDS * 100
    opening = np.zeros(steps)
    at = 20
    while at < steps - 60:
        for _ in range(lot.integers(4, 9)):  # syllables of a phrase
            length = int(lot.integers(12, 24))
            end = min(steps - 20, at + length)
            opening[at:end] = np.maximum(
                opening[at:end], np.sin(np.linspace(0, np.pi, end - at)) * lot.uniform(0.5, 1)
            )
            at = end
        at += int(lot.integers(20, 50))
    return opening


def voice(person: str) -> Loop:
    """Sound: a voice's harmonics under two moving formants, silent between the phrases."""
    lot = _lot(person)
    count = LOOP_SECONDS * SAMPLE_RATE
    time = np.arange(count) / SAMPLE_RATE
    opening = np.interp(time * 100, np.arange(LOOP_SECONDS * 100), _speech(person))
    pitch = (95 + lot[8] / 2) * (
        1 + 0.06 * np.sin(2 * np.pi * 0.7 * time) + 0.02 * np.sin(2 * np.pi * 2.3 * time)
    )
    phase = 2 * np.pi * np.cumsum(pitch) / SAMPLE_RATE
    first = 350 + 450 * opening
    second = 1300 + 500 * np.sin(2 * np.pi * 1.7 * time + lot[9])
    sound = np.zeros(count)
    for harmonic in range(1, 24):
        tone = pitch * harmonic
        weight = np.exp(-(((tone - first) / 160) ** 2)) + 0.5 * np.exp(-(((tone - second) / 220) ** 2))
        sound += (weight + 0.03 / harmonic) * np.sin(harmonic * phase)
    samples = (sound / np.abs(sound).max() * opening * 9000).astype(np.int16)
    encoder: Any = av.CodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format = SAMPLE_RATE, "mono", "s16"
    encoder.bit_rate = 32000
    encoder.options = {"application": "voip", "frame_duration": str(SOUND_MS)}
    frames = []
    for start in range(0, count, SOUND_SAMPLES):
        frame = av.AudioFrame.from_ndarray(samples[None, start : start + SOUND_SAMPLES], "s16", "mono")
        frame.sample_rate, frame.pts = SAMPLE_RATE, start
        frames += [(bytes(packet),) for packet in encoder.encode(frame)]
    return Loop(tuple(frames), SOUND_SAMPLES, SAMPLE_RATE / SOUND_SAMPLES)


def picture(person: str, *, is_full: bool) -> Loop:
    """The person, head and shoulders, moving a little and speaking in time with the voice."""
    (width, height), fps = (FULL_SIZE, FULL_FPS) if is_full else (THUMB_SIZE, THUMB_FPS)
    bits = FULL_BITS if is_full else THUMB_BITS
    encoder: Any = av.CodecContext.create("libvpx", "w")
    encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuv420p"
    encoder.bit_rate, encoder.gop_size = bits, 10_000
    encoder.time_base, encoder.framerate = Fraction(1, fps), Fraction(fps, 1)
    encoder.options = {"deadline": "realtime", "cpu-used": "-5", "lag-in-frames": "0", "error-resilient": "1"}
    drawing = _Drawing(person, width, height)
    frames = []
    for index in range(LOOP_SECONDS * fps):
        frame = av.VideoFrame.from_ndarray(drawing.at(index / fps), "rgb24").reformat(format="yuv420p")
        frame.pts = index
        for packet in encoder.encode(frame):
            data = bytes(packet)
            frames.append(tuple(data[at : at + MAX_PAYLOAD] for at in range(0, len(data), MAX_PAYLOAD)))
    return Loop(tuple(frames), 90000 // fps, fps)


def describe(payload: bytes, picture_id: int, is_first: bool) -> bytes:
    """A VP8 payload with its descriptor (RFC 7741 4.2): a 15-bit PictureID and nothing else."""
    return struct.pack("!BBH", 0x90 if is_first else 0x80, 0x80, 0x8000 | (picture_id & 0x7FFF)) + payload


class _Drawing:
    """Draws one person on a canvas that is 640 wide in its own units."""

    def __init__(self, person: str, width: int, height: int) -> None:
        found = re.findall(r'fill="#([0-9A-Fa-f]{6})"', portrait(person).decode())
        back, self._skin, self._clothes, _, self._hair = (
            np.array([int(each[at : at + 2], 16) for at in (0, 2, 4)], dtype=np.float64) for each in found[:5]
        )
        rows, columns = np.mgrid[0:height, 0:width]
        self._x: Floats = (columns * (640 / width)).astype(np.float32)
        self._y: Floats = (rows * (640 / width)).astype(np.float32)
        light = 1.04 - 0.16 * self._y / 360 - 0.1 * np.abs(self._x - 320) / 320
        self._back: Floats = (back[None, None, :] * light[:, :, None]).astype(np.float32)
        self._speech = _speech(person)
        self._phase = _lot(person)[10] / 40

    def at(self, seconds: float) -> NDArray[np.uint8]:
        """The picture at this time; every movement makes whole turns, so that the loop has no jump."""
        turn = 2 * np.pi * seconds / LOOP_SECONDS
        x = 320 + 9 * np.sin(turn + self._phase) + 4 * np.sin(3 * turn)
        y = 165 + 4 * np.sin(2 * turn + self._phase)
        mouth = self._speech[min(len(self._speech) - 1, int(seconds * 100))]
        is_blinking = (seconds + self._phase) % 3 < 0.16
        canvas = self._back.copy()
        self._disc(canvas, 320 + (x - 320) * 0.4, 415, 190, 150, self._clothes)
        self._disc(canvas, x, 248, 34, 44, self._skin * 0.9)
        self._disc(canvas, x, y - 14, 84, 96, self._hair)
        self._disc(canvas, x, y + 6, 70, 86, self._skin)
        self._disc(canvas, x, y - 74, 70, 34, self._hair)
        for side in (-27, 27):
            self._disc(
                canvas, x + side, y - 8, 11, 1.6 if is_blinking else 6.5, np.array([250.0, 250.0, 248.0])
            )
            if not is_blinking:
                self._disc(canvas, x + side + 2 * np.sin(turn), y - 8, 5, 5, np.array([40.0, 34.0, 30.0]))
            self._disc(canvas, x + side, y - 24 - 2 * mouth, 15, 3, self._hair)
        self._disc(canvas, x, y + 16, 7, 10, self._skin * 0.88)
        self._disc(canvas, x, y + 48, 19 - 3 * mouth, 3 + 11 * mouth, np.array([120.0, 44.0, 48.0]))
        return np.clip(canvas, 0, 255, out=canvas).astype(np.uint8)

    def _disc(self, canvas: Floats, x: float, y: float, wide: float, high: float, colour: Floats) -> None:
        """An ellipse with soft edges, drawn only where it is."""
        scale = canvas.shape[1] / 640
        top, bottom = max(0, int((y - high) * scale)), max(0, int((y + high) * scale) + 2)
        left, right = max(0, int((x - wide) * scale)), max(0, int((x + wide) * scale) + 2)
        place = (slice(top, bottom), slice(left, right))
        distance = np.sqrt(((self._x[place] - x) / wide) ** 2 + ((self._y[place] - y) / high) ** 2)
        cover = np.clip((1 - distance) * min(wide, high) / 1.5, 0, 1)[:, :, None]
        canvas[place] += cover * (colour.astype(np.float32) - canvas[place])
