"""A simulated member's end of the media plane: answers the server's offer and sends prepared loops.

aiortc makes the connection; the loops are sent as raw RTP, so that a dozen members cost next to nothing.
"""

from __future__ import annotations

import asyncio
import random
import struct
import time
from typing import Any

import aioice.ice
from aiortc import RTCBundlePolicy, RTCConfiguration, RTCPeerConnection, RTCSessionDescription

from meeting_server.demo.moving import Loop, describe
from meeting_server.media import rtcp
from meeting_server.media.lines import AUDIO_LEVEL_ID, LINES, OPUS, VP8

UP = {line.name: index for index, line in enumerate(LINES) if line.is_up}
VOICE_LEVEL = 25
"""Told in every sound packet, in -dBov."""
NTP_EPOCH = 2208988800
"""Seconds from 1900 to 1970 (RFC 5905)."""


def use_loopback() -> None:
    """Connect from loopback: simulated members always run on the server's own machine."""
    aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: ["::1", "127.0.0.1"]


async def _never(*_: Any, **__: Any) -> None:
    """In place of aiortc's own RTP machinery, and of listening: nobody looks at what is received."""


class _Stream:
    """One loop on one m-line."""

    def __init__(self, loop: Loop, ssrc: int, payload_type: int) -> None:
        self.ssrc = ssrc
        self._loop = loop
        self._payload_type = payload_type
        self._sequence = random.getrandbits(14)
        self._begun = random.getrandbits(31)
        self._frames = 0
        self._at = 0
        self._packets = self._octets = 0
        self._clock: float | None = None

    def rewind(self) -> None:
        """Begin again, at a key frame."""
        self._at = 0

    def pause(self) -> None:
        """Nothing is sent for now; afterwards it begins at a key frame."""
        self._clock = None
        self._at = 0

    def due(self, now: float) -> list[bytes]:
        """The packets whose time has come."""
        if self._clock is None:
            self._clock = now - self._frames / self._loop.per_second
        found: list[bytes] = []
        while self._clock + self._frames / self._loop.per_second <= now and len(found) < 200:
            found += self._next()
        return found

    def _next(self) -> list[bytes]:
        payloads = self._loop.frames[self._at]
        self._at = (self._at + 1) % len(self._loop.frames)
        stamp = (self._begun + self._frames * self._loop.ticks) & 0xFFFFFFFF
        self._frames += 1
        found = []
        for index, payload in enumerate(payloads):
            self._sequence = (self._sequence + 1) & 0xFFFF
            is_sound = self._payload_type == OPUS
            is_last = index == len(payloads) - 1 and not is_sound
            first = 0x90 if is_sound else 0x80
            head = struct.pack(
                "!BBHLL", first, (is_last << 7) | self._payload_type, self._sequence, stamp, self.ssrc
            )
            if is_sound:
                head += struct.pack("!HHBBH", 0xBEDE, 1, AUDIO_LEVEL_ID << 4, 0x80 | VOICE_LEVEL, 0)
            else:
                payload = describe(payload, self._frames, index == 0)
            found.append(head + payload)
            self._packets += 1
            self._octets += len(payload)
        return found

    def report(self) -> bytes:
        """An SR for the frame sent last, so that sound and picture are played together."""
        now = time.time() + NTP_EPOCH
        stamp = (self._begun + max(0, self._frames - 1) * self._loop.ticks) & 0xFFFFFFFF
        return rtcp.sender_report(self.ssrc, int(now * 2**32), stamp, self._packets, self._octets)


class RemoteEnd:
    """One connection. Set `sends` to the names of the up-links that should flow now."""

    def __init__(self, loops: dict[str, Loop]) -> None:
        self.sends: frozenset[str] = frozenset({"thumb"})
        self.connected = asyncio.Event()
        self.ended = asyncio.Event()
        self._loops = loops
        configuration = RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        self._pc: Any = RTCPeerConnection(configuration)
        self._dtls: Any = None
        self._streams: dict[str, _Stream] = {}
        self._ssrcs: dict[str, int] = {}

    async def answer(self, offer: str) -> str:
        """Take the server's offer; returns the answer to it."""
        await self._pc.setRemoteDescription(RTCSessionDescription(offer, "offer"))
        lines = self._pc.getTransceivers()
        for line in lines:
            line.sender.send = line.receiver.receive = _never
        for name, index in UP.items():
            lines[index].direction = "sendonly"
            self._ssrcs[name] = lines[index].sender._ssrc
        self._dtls = lines[0].receiver.transport
        self._dtls._handle_rtp_data = _never
        self._dtls._handle_rtcp_data = self._on_control
        self._pc.on("connectionstatechange", self._changed)
        await self._pc.setLocalDescription(await self._pc.createAnswer())
        answer: str = self._pc.localDescription.sdp
        return answer

    def _changed(self) -> None:
        if self._pc.connectionState == "connected":
            self.connected.set()
        elif self._pc.connectionState in ("failed", "closed"):
            self.ended.set()

    async def _on_control(self, packet: bytes) -> None:
        wished = {each.ssrc for each in rtcp.read(packet) if isinstance(each, rtcp.KeyframeWish)}
        for stream in self._streams.values():
            if stream.ssrc in wished:
                stream.rewind()

    async def run(self) -> None:
        """Send until the connection ends."""
        await self.connected.wait()
        report_at = 0.0
        while not self.ended.is_set():
            now = time.monotonic()
            for name, ssrc in self._ssrcs.items():
                await self._send(name, ssrc, now)
            if now >= report_at:
                report_at = now + 1
                for name in self.sends & self._streams.keys():
                    await self._dtls._send_rtp(self._streams[name].report())
            await asyncio.sleep(0.02 if len(self.sends) > 1 else 0.1)

    async def _send(self, name: str, ssrc: int, now: float) -> None:
        stream = self._streams.get(name)
        if name not in self.sends or name not in self._loops:
            if stream is not None:
                stream.pause()
            return
        if stream is None:
            kind = OPUS if LINES[UP[name]].kind == "audio" else VP8
            stream = self._streams[name] = _Stream(self._loops[name], ssrc, kind)
        for packet in stream.due(now):
            await self._dtls._send_rtp(packet)

    async def close(self) -> None:
        """Hang up."""
        self.ended.set()
        await self._pc.close()
