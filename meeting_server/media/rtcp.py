"""RTCP packets, only the kinds in use: SR, RR, generic NACK, PLI, FIR and REMB (RFC 3550, 4585, 5104)."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

SENDER_REPORT, RECEIVER_REPORT, RTP_FEEDBACK, PAYLOAD_FEEDBACK = 200, 201, 205, 206
NACK, PLI, FIR, APPLICATION = 1, 1, 4, 15


class ReportBlock(NamedTuple):
    """How one stream is received. fraction: lost, of 256. delay: since that SR, in 1/65536 s."""

    ssrc: int
    fraction: int
    cumulative: int
    highest: int
    jitter: int
    last_sr: int
    delay: int


class SenderInfo(NamedTuple):
    """From an SR: which RTP timestamp belongs to which NTP time (64 bit fixed point)."""

    ssrc: int
    ntp: int
    timestamp: int


class Nack(NamedTuple):
    """Packets of our stream that a receiver misses."""

    ssrc: int
    missing: tuple[int, ...]


class KeyframeWish(NamedTuple):
    """A receiver of our stream needs a key frame (PLI or FIR)."""

    ssrc: int


class Estimate(NamedTuple):
    """What a receiver believes its line takes (REMB), for these streams together."""

    bits_per_second: int
    ssrcs: tuple[int, ...]


Report: TypeAlias = SenderInfo | ReportBlock | Nack | KeyframeWish | Estimate


def is_rtcp(datagram: bytes) -> bool:
    """Whether a datagram of the RTP family is RTCP (RFC 5761 4)."""
    return len(datagram) >= 2 and 192 <= datagram[1] <= 223


def read(compound: bytes) -> Iterator[Report]:
    """What a compound packet tells, packet by packet; stops at the first that does not fit."""
    at = 0
    while at + 8 <= len(compound):
        first, kind, words = struct.unpack_from("!BBH", compound, at)
        end = at + 4 + 4 * words
        if first >> 6 != 2 or end > len(compound) or words < 1:
            return
        body = compound[at + 4 : end]
        count = first & 31
        if kind == SENDER_REPORT and len(body) >= 24:
            ssrc, ntp, timestamp = struct.unpack_from("!LQL", body)
            yield SenderInfo(ssrc, ntp, timestamp)
            yield from _blocks(body, 24, count)
        elif kind == RECEIVER_REPORT:
            yield from _blocks(body, 4, count)
        elif kind == RTP_FEEDBACK and count == NACK and len(body) >= 8:
            (ssrc,) = struct.unpack_from("!L", body, 4)
            yield Nack(ssrc, tuple(_missing(body)))
        elif kind == PAYLOAD_FEEDBACK and count == PLI and len(body) >= 8:
            yield KeyframeWish(struct.unpack_from("!L", body, 4)[0])
        elif kind == PAYLOAD_FEEDBACK and count == FIR:
            for entry in range(8, len(body) - 7, 8):
                yield KeyframeWish(struct.unpack_from("!L", body, entry)[0])
        elif kind == PAYLOAD_FEEDBACK and count == APPLICATION and body[8:12] == b"REMB":
            yield from _estimate(body)
        at = end


def _blocks(body: bytes, at: int, count: int) -> Iterator[ReportBlock]:
    for start in range(at, min(at + 24 * count, len(body) - 23), 24):
        ssrc, loss, highest, jitter, last_sr, delay = struct.unpack_from("!LLLLLL", body, start)
        yield ReportBlock(ssrc, loss >> 24, loss & 0xFFFFFF, highest, jitter, last_sr, delay)


def _estimate(body: bytes) -> Iterator[Estimate]:
    if len(body) >= 16 and len(body) >= 16 + 4 * body[12]:
        (packed,) = struct.unpack_from("!L", body, 12)
        bits = (packed & 0x3FFFF) << (packed >> 18 & 0x3F)
        yield Estimate(bits, struct.unpack_from(f"!{body[12]}L", body, 16))


def _missing(body: bytes) -> Iterator[int]:
    for start in range(8, len(body) - 3, 4):
        first, mask = struct.unpack_from("!HH", body, start)
        yield first
        for bit in range(16):
            if mask >> bit & 1:
                yield (first + bit + 1) & 0xFFFF


def _packet(kind: int, count: int, body: bytes) -> bytes:
    return struct.pack("!BBH", 0x80 | count, kind, len(body) // 4) + body


def sender_report(ssrc: int, ntp: int, timestamp: int, packets: int, octets: int) -> bytes:
    """An SR without report blocks."""
    counts = (packets & 0xFFFFFFFF, octets & 0xFFFFFFFF)
    return _packet(SENDER_REPORT, 0, struct.pack("!LQLLL", ssrc, ntp, timestamp, *counts))


def receiver_report(ssrc: int, blocks: Iterable[ReportBlock]) -> bytes:
    """An RR."""
    body = struct.pack("!L", ssrc)
    count = 0
    for block in blocks:
        loss = (block.fraction << 24) | block.cumulative
        body += struct.pack("!LLLLLL", block.ssrc, loss, *block[3:])
        count += 1
    return _packet(RECEIVER_REPORT, count, body)


def nack(sender: int, ssrc: int, missing: Iterable[int]) -> bytes:
    """A generic NACK for these 16-bit sequence numbers (RFC 4585 6.2.1)."""
    body = struct.pack("!LL", sender, ssrc)
    first: int | None = None
    mask = 0
    for number in missing:
        if first is not None and 0 < (number - first) & 0xFFFF <= 16:
            mask |= 1 << (((number - first) & 0xFFFF) - 1)
            continue
        if first is not None:
            body += struct.pack("!HH", first, mask)
        first, mask = number, 0
    if first is not None:
        body += struct.pack("!HH", first, mask)
    return _packet(RTP_FEEDBACK, NACK, body)


def pli(sender: int, ssrc: int) -> bytes:
    """A picture loss indication: please send a key frame (RFC 4585 6.3.1)."""
    return _packet(PAYLOAD_FEEDBACK, PLI, struct.pack("!LL", sender, ssrc))


def remb(sender: int, bits_per_second: int, ssrcs: Iterable[int]) -> bytes:
    """The send budget for all these streams together (draft-alvestrand-rmcat-remb)."""
    streams = list(ssrcs)
    exponent = max(0, bits_per_second.bit_length() - 18)
    packed = (len(streams) << 24) | (exponent << 18) | (bits_per_second >> exponent)
    body = struct.pack("!LL4sL", sender, 0, b"REMB", packed)
    body += struct.pack(f"!{len(streams)}L", *streams)
    return _packet(PAYLOAD_FEEDBACK, APPLICATION, body)
