"""From RTP packets to whole VP8 frames, in order, with patience for what is sent again. Pure."""

from __future__ import annotations

import struct

from meeting_server.media.packets import BadPacket, payload_bounds, read_vp8

PATIENCE_SECONDS = 0.6
"""So long a missing packet is waited for; a retransmission takes one round trip and 0.1 s."""
MOST_WAITING = 64
"""Packets held back behind a missing one; a thumbnail of a second is ten."""
MAX_WIDTH, MAX_HEIGHT = 640, 480
"""A thumbnail is 160 wide. What is much larger is not decoded: it would cost the others."""
MAX_FRAME_BYTES = 1 << 17


class Assembler:
    """One thumbnail's packets. wants_key: cannot go on before a key frame. is_too_large: nor with one."""

    def __init__(self) -> None:
        self.wants_key = True
        self.is_too_large = False
        self._next: int | None = None
        self._waiting: dict[int, bytes] = {}
        self._waits_since = 0.0
        self._parts: list[bytes] = []
        self._size = 0

    def push(self, number: int, packet: bytes, now: float) -> list[bytes]:
        """Take a packet; number is its sequence number with roll-overs counted. Returns finished frames."""
        try:
            vp8 = read_vp8(packet)
        except BadPacket:
            return []
        if vp8.starts_key and (self._next is None or number > self._next):
            self._begin(number)
        if self._next is None or number < self._next:
            return []
        if not self._waiting:
            self._waits_since = now
        self._waiting[number] = packet
        frames = []
        while self._next in self._waiting:
            frame = self._take(self._waiting.pop(self._next))
            self._waits_since = now
            if self._next is None:
                break
            self._next += 1
            if frame:
                frames.append(frame)
        if self._waiting and (
            now - self._waits_since > PATIENCE_SECONDS or len(self._waiting) > MOST_WAITING
        ):
            self.give_up()
        return frames

    def give_up(self) -> None:
        """Wait for a key frame."""
        self.wants_key = True
        self._next = None
        self._waiting.clear()
        self._parts.clear()

    def _begin(self, number: int) -> None:
        self._next = number
        self._parts.clear()
        for each in [each for each in self._waiting if each < number]:
            del self._waiting[each]

    def _take(self, packet: bytes) -> bytes:
        """The packet that was next; the frame, if it was the last of one."""
        vp8 = read_vp8(packet)
        if not vp8.octets:
            return b""  # padding takes a number and carries nothing
        _, end = payload_bounds(packet)
        data = packet[end - vp8.octets : end]
        if vp8.starts_frame:
            self._parts.clear()
            self._size = 0
            if vp8.starts_key and not self._fits(data):
                self.give_up()
                return b""
        self._parts.append(data)
        self._size += len(data)
        if self._size > MAX_FRAME_BYTES:
            self.give_up()
            return b""
        if not packet[1] & 0x80:
            return b""
        frame = b"".join(self._parts)
        self._parts.clear()
        return frame

    def _fits(self, data: bytes) -> bool:
        """Whether a key frame is a thumbnail's (RFC 6386 9.1: size at bytes 6 to 9)."""
        self.wants_key = False
        if len(data) < 10:
            return False
        width, height = struct.unpack_from("<HH", data, 6)
        self.is_too_large = (width & 0x3FFF) > MAX_WIDTH or (height & 0x3FFF) > MAX_HEIGHT
        return not self.is_too_large
