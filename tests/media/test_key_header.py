"""What is read of a key frame's head, against the encoder that wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import av
import numpy as np
import pytest

from meeting_server.media.key_header import KeyHeader, read_key_header

WIDTH, HEIGHT = 160, 90


def coded(luma: np.ndarray[Any, Any], quantizer: int, count: int = 1) -> Iterator[bytes]:
    """Frames of libvpx. quantizer: 0..63, the scale of its settings."""
    encoder: Any = av.CodecContext.create("libvpx", "w")
    encoder.width, encoder.height, encoder.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    encoder.time_base = Fraction(1, 5)
    encoder.options = {
        "deadline": "realtime",
        "cpu-used": "-6",
        "b": "2000000",
        "qmin": str(quantizer),
        "qmax": str(quantizer),
    }
    picture = np.full((HEIGHT * 3 // 2, WIDTH), 128, np.uint8)
    picture[:HEIGHT] = luma
    for number in range(count):
        frame = av.VideoFrame.from_ndarray(picture, "yuv420p")
        frame.pts = number
        for packet in encoder.encode(frame):
            yield bytes(packet)


def noisy(mean: int = 70, deviation: float = 1.0) -> np.ndarray[Any, Any]:
    return np.random.default_rng(3).normal(mean, deviation, (HEIGHT, WIDTH)).round().clip(0, 255)


def face() -> np.ndarray[Any, Any]:
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    luma = noisy(190)
    luma[((x - 80) / 22) ** 2 + ((y - 40) / 28) ** 2 < 1] = 150
    for left in (72, 88):
        luma[((x - left) / 3) ** 2 + ((y - 34) / 2) ** 2 < 1] = 40
    luma[((x - 80) / 45) ** 2 + ((y - 92) / 25) ** 2 < 1] = 60
    return luma


def header_of(luma: np.ndarray[Any, Any], quantizer: int) -> KeyHeader:
    found = read_key_header(next(coded(luma, quantizer)))
    assert found is not None
    return found


@pytest.mark.parametrize(("given", "index"), [(0, 0), (2, 2), (10, 12), (30, 39), (56, 106), (63, 127)])
def test_the_quantizer_is_the_encoders(given: int, index: int) -> None:
    assert header_of(face(), given).quantizer == index


def test_noise_costs_bytes_but_no_modes() -> None:
    cover, picture = noisy(), face()
    assert len(next(coded(cover, 2))) > 400  # so that its size alone looks like a picture's
    assert header_of(cover, 2).modes < 120 <= header_of(picture, 2).modes


def test_a_frame_that_is_no_key_frame_or_is_cut_short_says_nothing() -> None:
    key, later = coded(face(), 10, count=2)
    whole = read_key_header(key)
    assert whole is not None
    assert read_key_header(later) is None
    assert read_key_header(key[:3] + b"\x00\x00\x00" + key[6:]) is None
    found = [read_key_header(key[:size]) for size in range(len(key))]
    assert set(found) == {None, whole}
    assert found == sorted(found, key=lambda each: each is not None)


def test_anything_at_all_may_stand_there() -> None:
    lot = np.random.default_rng(4)
    for size in range(64):
        read_key_header(b"\x10\x02\x00\x9d\x01\x2a" + lot.bytes(size))
