"""One stream from a member: counts it, repairs it, and hands it to the slots it feeds now."""

from __future__ import annotations

import struct
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from meeting_server.media import rtcp
from meeting_server.media.frames import Frames
from meeting_server.media.key_header import read_key_header
from meeting_server.media.keyframes import KeyframeRequests
from meeting_server.media.lines import AUDIO_LEVEL_ID, CLOCK_RATE, Line, payload_type
from meeting_server.media.packets import (
    BadPacket,
    Vp8,
    payload_bounds,
    read_audio_level,
    read_vp8,
    unwrap_rtx,
)
from meeting_server.media.reception import Arrival, Reception
from meeting_server.media.sdp import UpStream

OUR_SSRC = 1
"""Sender of our reports and requests; we have no stream of our own."""


class Sink(Protocol):
    """Where packets go; see Slot."""

    def feed(self, up: UpTrack, packet: bytes, arrival: Arrival, vp8: Vp8 | None, now: float) -> None: ...
    def relay(self, up: UpTrack, report: rtcp.SenderInfo, now: float) -> None: ...
    def lose(self, up: UpTrack) -> None: ...


class UpTrack:
    """One up-link of one peer.

    owner: his name in the room. send_control: encrypts and sends RTCP to him. attend: asks that `look_after`
    be called soon, because something is missing or a key frame is wanted.
    """

    def __init__(
        self,
        owner: str,
        line: Line,
        stream: UpStream,
        send_control: Callable[[bytes], None],
        attend: Callable[[UpTrack], None],
    ) -> None:
        self.owner = owner
        self.line = line
        self.ssrc = stream.ssrc
        self.rtx = stream.rtx
        self.slots: Sequence[Sink] = ()
        self.heard_at: float | None = None
        self.octets = 0
        self.level: int | None = None
        """Loudest since the caller set it to None, in -dBov."""
        self.loss = 0.0
        self.counted = (0, 0)
        """Packets expected and lost in the last report interval."""
        self.frames = Frames() if line.name == "thumb" else None
        self.report: rtcp.SenderInfo | None = None
        self._report_at = 0.0
        self._reception = Reception(CLOCK_RATE[line.kind])
        self._keyframes = KeyframeRequests()
        self._send_control = send_control
        self._attend = attend
        self._payload_type = payload_type(line.kind)

    def is_heard(self, now: float, within: float) -> bool:
        """Whether a packet came in the last `within` seconds."""
        return self.heard_at is not None and now - self.heard_at <= within

    def want_keyframe(self) -> None:
        """Somebody cannot go on without a key frame: it is asked for at once. For sound this is nothing."""
        if self.line.kind == "video":
            self._keyframes.want()
            self._ask(time.monotonic())
            self._attend(self)

    def receive(self, packet: bytes, now: float, is_repair: bool) -> None:
        """Take one decrypted packet; is_repair when it came on the retransmission stream."""
        self.octets += len(packet)
        if is_repair:
            original = unwrap_rtx(packet, self._payload_type, self.ssrc)
            if original is None:
                return
            packet = original
        elif packet[1] & 0x7F != self._payload_type:
            return
        sequence, timestamp = struct.unpack_from("!HL", packet, 2)
        arrival = self._reception.arrive(sequence, timestamp, now, is_repair)
        if arrival.is_gap:
            self.look_after(now)
            self._attend(self)
        if not arrival.is_new:
            return
        self.heard_at = now
        vp8 = None
        if self.line.kind == "video":
            try:
                vp8 = read_vp8(packet)
            except BadPacket:
                return
            if vp8.starts_key and arrival.is_newest:
                self._keyframes.seen()
            if self.frames is not None and vp8.octets:
                header = None
                if vp8.starts_key:
                    end = payload_bounds(packet)[1]
                    header = read_key_header(packet[end - vp8.octets : end])
                self.frames.add(timestamp, vp8.octets, vp8.starts_key, now, header)
        else:
            level = read_audio_level(packet, AUDIO_LEVEL_ID)
            if level is not None and (self.level is None or level < self.level):
                self.level = level
        for slot in self.slots:
            slot.feed(self, packet, arrival, vp8, now)

    def probe(self, now: float) -> None:
        """Every second while nobody measures the pictures: ask for a key frame now and then, for its size."""
        if self.frames is not None and self.is_heard(now, 1.0) and self.frames.wants_probe(now):
            self.want_keyframe()

    def take_report(self, report: rtcp.SenderInfo, now: float) -> None:
        """His SR about this stream."""
        self.report, self._report_at = report, now
        for slot in self.slots:
            slot.relay(self, report, now)

    def look_after(self, now: float) -> bool:
        """Ask for what is missing. Returns whether to come back soon."""
        missing = self._reception.due(now)
        if missing:
            self._send_control(rtcp.nack(OUR_SSRC, self.ssrc, missing))
        if self._reception.is_broken:
            self._reception.is_broken = False
            if self.slots:
                self._keyframes.want()
        self._ask(now)
        return self._reception.is_waiting or self._keyframes.is_wanted

    def _ask(self, now: float) -> None:
        if self.line.kind == "video" and self._keyframes.due(now):
            self._send_control(rtcp.pli(OUR_SSRC, self.ssrc))

    def report_block(self, now: float) -> rtcp.ReportBlock | None:
        """How this stream is received, for the RR; None before its first packet."""
        found = self._reception.report()
        if found is None:
            return None
        self.loss = found.share
        self.counted = (found.expected, found.lost)
        last_sr = delay = 0
        if self.report is not None:
            last_sr = (self.report.ntp >> 16) & 0xFFFFFFFF
            delay = min(0xFFFFFFFF, int((now - self._report_at) * 65536))
        return rtcp.ReportBlock(
            self.ssrc, found.fraction, found.cumulative, found.highest, found.jitter, last_sr, delay
        )
