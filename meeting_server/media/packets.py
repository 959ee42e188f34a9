"""Reading RTP packets without copying them: header, VP8 payload descriptor, audio level, RTX."""

from __future__ import annotations

import struct
from dataclasses import dataclass

_unpack_from = struct.unpack_from


class BadPacket(ValueError):
    """Too short, or lengths inside that do not fit."""


@dataclass(slots=True)
class Vp8:
    """The VP8 payload descriptor of one packet (RFC 7741 4.2). Offsets are from the packet's start.

    starts_key: first packet of a key frame. starts_frame: first packet of any frame. picture_id is 7 or 15
    bits wide (is_wide); picture_at and tl0_at are None when the field is absent. octets: of VP8 data.
    """

    starts_key: bool
    starts_frame: bool
    picture_at: int | None
    is_wide: bool
    picture_id: int
    tl0_at: int | None
    tl0: int
    octets: int = 0


NO_PICTURE = Vp8(False, False, None, False, 0, None, 0)
"""A packet of padding only: it takes a sequence number but carries no part of a frame."""


def payload_bounds(packet: bytes | bytearray) -> tuple[int, int]:
    """Start and end of the payload, without header extension and padding (RFC 3550 5.1). Raises BadPacket."""
    size = len(packet)
    if size < 12:
        raise BadPacket("shorter than an RTP header")
    first = packet[0]
    start = 12 + 4 * (first & 15)
    if first & 0x10:
        if start + 4 > size:
            raise BadPacket("header extension is cut off")
        start += 4 + 4 * int(_unpack_from("!H", packet, start + 2)[0])
    end = size - packet[-1] if first & 0x20 else size
    if start > end:
        raise BadPacket("no room for the payload")
    return start, end


def read_vp8(packet: bytes | bytearray) -> Vp8:
    """The payload descriptor of a VP8 packet. Raises BadPacket."""
    at, end = payload_bounds(packet)
    if at == end:
        return NO_PICTURE
    try:
        first = packet[at]
        at += 1
        picture_at = tl0_at = None
        is_wide = False
        picture_id = tl0 = 0
        if first & 0x80:
            fields = packet[at]
            at += 1
            if fields & 0x80:
                picture_at = at
                if packet[at] & 0x80:
                    is_wide = True
                    picture_id = _unpack_from("!H", packet, at)[0] & 0x7FFF
                    at += 2
                else:
                    picture_id = packet[at]
                    at += 1
            if fields & 0x40:
                tl0_at = at
                tl0 = packet[at]
                at += 1
            if fields & 0x30:
                at += 1
        starts_frame = bool(first & 0x10) and not first & 0x07
        starts_key = starts_frame and not packet[at] & 1
    except (IndexError, struct.error):
        raise BadPacket("the VP8 descriptor is cut off") from None
    if at >= end:
        raise BadPacket("the VP8 descriptor fills the packet")
    return Vp8(starts_key, starts_frame, picture_at, is_wide, picture_id, tl0_at, tl0, end - at)


def read_audio_level(packet: bytes, extension_id: int) -> int | None:
    """Level in -dBov, 0 (loudest) to 127 (digital silence), or None when the packet has none (RFC 6464)."""
    if not packet[0] & 0x10:
        return None
    at = 12 + 4 * (packet[0] & 15)
    if len(packet) < at + 4:
        return None
    profile, words = _unpack_from("!HH", packet, at)
    at += 4
    end = at + 4 * words
    if profile != 0xBEDE or end > len(packet):
        return None
    while at < end:
        head = packet[at]
        if head == 0:  # padding between extensions
            at += 1
        elif head >> 4 == extension_id:
            return packet[at + 1] & 0x7F if at + 1 < end else None
        else:
            at += 2 + (head & 15)
    return None


def unwrap_rtx(packet: bytes, payload_type: int, ssrc: int) -> bytes | None:
    """The original packet inside a retransmission (RFC 4588 4), or None when it is only padding (probing)."""
    start, end = payload_bounds(packet)
    if end - start < 3:
        return None
    original = bytearray(packet[:end])
    original[0] &= 0xDF
    original[1] = (packet[1] & 0x80) | payload_type
    original[2:4] = packet[start : start + 2]
    struct.pack_into("!L", original, 8, ssrc)
    del original[start : start + 2]
    return bytes(original)


def wrap_rtx(packet: bytes | bytearray, payload_type: int, ssrc: int, sequence: int) -> bytes:
    """A retransmission of `packet` in a stream of its own (RFC 4588 4), without its padding."""
    start, end = payload_bounds(packet)
    wrapped = bytearray(packet[:end])
    wrapped[0] &= 0xDF
    wrapped[start:start] = packet[2:4]
    wrapped[1] = (packet[1] & 0x80) | payload_type
    struct.pack_into("!H", wrapped, 2, sequence)
    struct.pack_into("!L", wrapped, 8, ssrc)
    return bytes(wrapped)
