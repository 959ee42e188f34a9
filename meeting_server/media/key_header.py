"""What the head of a VP8 key frame tells undecoded: how finely it is coded, and what its prediction costs.

An encoder with bits to spare codes the noise of a covered lens as well, so that its key frame is as large as
one of a plain picture. But an even surface is predicted alike everywhere, and that is cheap to say.
"""

from __future__ import annotations

from typing import NamedTuple

_START_CODE = b"\x9d\x01\x2a"


class KeyHeader(NamedTuple):
    """quantizer: 0 (finest) to 127. modes: bytes of the first partition, most of it prediction modes."""

    quantizer: int
    modes: int


def read_key_header(data: bytes) -> KeyHeader | None:
    """Read the beginning of a key frame (RFC 6386 9.1-9.6); None when it is none or is cut short."""
    if len(data) < 12 or data[0] & 1 or data[3:6] != _START_CODE:
        return None
    modes = int.from_bytes(data[:3], "little") >> 5
    coded = _Bits(data[10:])
    try:
        coded.number(2)  # colour space, clamping
        if coded.flag():
            _pass_segments(coded)
        coded.number(10)  # loop filter: kind, level, sharpness
        if coded.flag() and coded.flag():
            for _ in range(8):
                coded.pass_signed(6)
        coded.number(2)  # partitions
        return KeyHeader(coded.number(7), modes)
    except IndexError:
        return None


def _pass_segments(coded: _Bits) -> None:
    has_map, has_values = coded.flag(), coded.flag()
    if has_values:
        coded.flag()
        for bits in (7, 7, 7, 7, 6, 6, 6, 6):
            coded.pass_signed(bits)
    if has_map:
        for _ in range(3):
            if coded.flag():
                coded.number(8)


class _Bits:
    """Bits of even odds from VP8's arithmetic coder (RFC 6386 7.3). Raises IndexError at the end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 2
        self._value = int.from_bytes(data[:2], "big")
        self._range = 255
        self._shifted = 0

    def flag(self) -> bool:
        """One bit."""
        split = 1 + ((self._range - 1) >> 1)
        found = self._value >= split << 8
        if found:
            self._range -= split
            self._value -= split << 8
        else:
            self._range = split
        while self._range < 128:
            self._range <<= 1
            self._value <<= 1
            self._shifted += 1
            if self._shifted == 8:
                self._shifted = 0
                self._value |= self._data[self._at]
                self._at += 1
        return found

    def number(self, bits: int) -> int:
        """A number of so many bits."""
        found = 0
        for _ in range(bits):
            found = found << 1 | self.flag()
        return found

    def pass_signed(self, bits: int) -> None:
        """Leave out a number with its sign, if it is there."""
        if self.flag():
            self.number(bits + 1)
