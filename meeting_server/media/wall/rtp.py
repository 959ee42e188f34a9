"""RTP packets of the wall's frames (RFC 7741)."""

from __future__ import annotations

import struct

from meeting_server.media.lines import VP8

MAX_PAYLOAD = 1100
"""Bytes of a frame in one packet: with all headers below what every network carries whole."""
WALL_SSRC = 2
"""The same for every wall: it is replaced by each receiver's own."""


class Packetiser:
    """One stream of packets, numbered on from frame to frame."""

    def __init__(self, first: int) -> None:
        self._sequence = first
        self._picture = 0

    def packets(self, frame: bytes, timestamp: int) -> list[bytes]:
        """The packets of one frame; timestamp in 1/90000 s, any size."""
        self._picture = (self._picture + 1) & 0x7FFF
        found = []
        for at in range(0, len(frame), MAX_PAYLOAD):
            is_last = at + MAX_PAYLOAD >= len(frame)
            head = struct.pack(
                "!BBHLL",
                0x80,
                (is_last << 7) | VP8,
                self._sequence,
                timestamp & 0xFFFFFFFF,
                WALL_SSRC,
            )
            descriptor = struct.pack("!BBH", 0x80 if at else 0x90, 0x80, 0x8000 | self._picture)
            found.append(head + descriptor + frame[at : at + MAX_PAYLOAD])
            self._sequence = (self._sequence + 1) & 0xFFFF
        return found
