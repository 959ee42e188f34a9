"""One continuous numbering for a slot whose source changes: sequence, timestamp, VP8 PictureID and TL0PICIDX.

Without the last two a decoder stalls for seconds after a change of source. Pure: the time is passed in.
"""

from __future__ import annotations

import struct

from meeting_server.media.packets import Vp8


class PacketMap:
    """Maps packets of the chosen source into the slot's own numbering.

    clock_rate: RTP clock in Hz. first: first sequence number given out; it must be below 0x8000, otherwise a
    receiver that misses the beginning of a stream that wraps guesses the wrong roll-over counter (RFC 3711
    3.3.1) and can never decrypt it.

    highest, timestamp, at: number and time stamp of the newest packet given out, and the moment of it.
    """

    def __init__(self, clock_rate: int, first: int) -> None:
        if not 0 <= first < 0x8000:
            raise ValueError("the first sequence number must be below 0x8000")
        self.clock_rate = clock_rate
        self.source: object | None = None
        self.highest = (first - 1) & 0xFFFF
        self.timestamp = 0
        self.at = 0.0
        self.timestamp_shift = 0
        self._has_begun = False
        self._from = 0
        self._shift = 0
        self._picture_shift = self._picture = 0
        self._tl0_shift = self._tl0 = 0

    def release(self) -> None:
        """Forget the source; the next one, also if it is the same, begins with a change."""
        self.source = None

    def forward(
        self, source: object, packet: bytes, number: int, vp8: Vp8 | None, is_newest: bool, now: float
    ) -> bytearray | None:
        """The packet in the slot's numbering, or None when it must not be sent.

        number: the packet's sequence number with its roll-overs counted. vp8: None for sound. is_newest: no
        packet of this source with a higher number has been seen. now: seconds on any steady clock.
        A new source comes in at the first packet of a key frame (sound: at any packet).
        """
        timestamp = struct.unpack_from("!L", packet, 4)[0]
        if source is not self.source:
            if not is_newest or (vp8 is not None and not vp8.starts_key):
                return None
            self._change(source, number, timestamp, vp8, now)
        elif number < self._from:
            return None  # from before the change: its number belongs to the former source
        sequence = (number + self._shift) & 0xFFFF
        stamped = (timestamp + self.timestamp_shift) & 0xFFFFFFFF
        if (sequence - self.highest) & 0xFFFF < 0x8000:
            self.highest = sequence
            self.timestamp = stamped
            self.at = now
        mapped = bytearray(packet)
        struct.pack_into("!HL", mapped, 2, sequence, stamped)
        if vp8 is not None:
            self._map_picture(mapped, vp8)
        return mapped

    def _change(self, source: object, number: int, timestamp: int, vp8: Vp8 | None, now: float) -> None:
        self.source = source
        self._from = number
        self._shift = self.highest + 1 - number
        if self._has_begun:
            elapsed = max(1, int((now - self.at) * self.clock_rate))
            self.timestamp_shift = (self.timestamp + elapsed - timestamp) & 0xFFFFFFFF
        if vp8 is not None:
            self._picture_shift = (self._picture + 1 - vp8.picture_id) & 0x7FFF
            self._tl0_shift = (self._tl0 + 1 - vp8.tl0) & 0xFF
        self._has_begun = True

    def _map_picture(self, mapped: bytearray, vp8: Vp8) -> None:
        if vp8.picture_at is not None:
            picture = (vp8.picture_id + self._picture_shift) & 0x7FFF
            if (picture - self._picture) & 0x7FFF < 0x4000:
                self._picture = picture
            if vp8.is_wide:
                struct.pack_into("!H", mapped, vp8.picture_at, 0x8000 | picture)
            else:
                mapped[vp8.picture_at] = picture & 0x7F
        if vp8.tl0_at is not None:
            tl0 = (vp8.tl0 + self._tl0_shift) & 0xFF
            if (tl0 - self._tl0) & 0xFF < 0x80:
                self._tl0 = tl0
            mapped[vp8.tl0_at] = tl0
