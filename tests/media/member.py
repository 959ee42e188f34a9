"""A member's end for tests: a real aiortc connection that answers the server's offer and speaks raw RTP."""

from __future__ import annotations

import asyncio
import re
import struct
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

import aioice.ice
import pytest
from aiortc import RTCBundlePolicy, RTCConfiguration, RTCPeerConnection, RTCSessionDescription

from meeting_server import media_protocol as mp
from meeting_server.live.media_link import MediaEvent, MediaLink
from meeting_server.media import rtcp
from meeting_server.media.addresses import open_socket
from meeting_server.media.lines import LINES, OPUS, RTX, VP8
from meeting_server.media.packets import wrap_rtx

Event = TypeVar("Event")
PATIENCE = 60.0
"""Seconds a fact may take on a machine that is busy with other tests; only a failure takes so long."""
UP = {line.name: index for index, line in enumerate(LINES) if line.is_up}


def has_ipv6() -> bool:
    """Whether this machine has IPv6 at all."""
    try:
        open_socket("::1", 0).close()
    except OSError:
        return False
    return True


needs_ipv6 = pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")
_HOST = ContextVar("host", default="127.0.0.1")


def use_loopback_only() -> None:
    """aioice leaves loopback out of its own addresses; tests have no other."""
    aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: [_HOST.get()]


async def _never(*_: Any) -> None:
    """aiortc's own RTP machinery stays off."""


class Ear:
    """Hears everything a link tells, in order."""

    def __init__(self, link: MediaLink) -> None:
        self.link = link
        self.events: list[MediaEvent] = []
        self._more = asyncio.Event()
        link.listen(self._hear)

    def _hear(self, event: MediaEvent) -> None:
        self.events.append(event)
        self._more.set()

    async def until(
        self,
        kind: type[Event],
        where: Callable[[Event], bool] = lambda _: True,
        since: int = 0,
        seconds: float = PATIENCE,
    ) -> Event:
        """The first such event after the first `since` events."""
        async with asyncio.timeout(seconds):
            at = since
            while True:
                while at < len(self.events):
                    event = self.events[at]
                    at += 1
                    if isinstance(event, kind) and where(event):
                        return event
                self._more.clear()
                await self._more.wait()


@dataclass(frozen=True, slots=True)
class Heard:
    """One packet as it came out of SRTP."""

    sequence: int
    timestamp: int
    is_repair: bool
    packet: bytes


class Member:
    """One member. host: his only address. received: packets by (slot, kind). drops: says which incoming RTP
    datagrams are lost.
    """

    def __init__(self, ear: Ear, room: str, name: str, host: str = "127.0.0.1") -> None:
        self.ear = ear
        self.room = room
        self.name = name
        self.host = host
        self.received: dict[tuple[str, str], list[Heard]] = defaultdict(list)
        self.control: list[rtcp.Report] = []
        self.drops: Callable[[bytes], bool] = lambda _: False
        self.loses: Callable[[str, int], bool] = lambda _line, _number: False
        self.answer_sdp = ""
        self.offer_sdp = ""
        self._pc: Any = None
        self._dtls: Any = None
        self._lines: list[Any] = []
        self._slots: dict[int, tuple[str, str, bool]] = {}
        self.down_ssrc: dict[tuple[str, str], int] = {}
        self._sequence: dict[str, int] = defaultdict(lambda: 100)
        self._sent: dict[str, dict[int, bytes]] = defaultdict(dict)
        self._picture: dict[str, int] = defaultdict(int)

    async def join(self, publish: bool = True) -> None:
        """Join and wait until the server says connected."""
        since = len(self.ear.events)
        self.ear.link.join(self.room, self.name)
        offer = await self.ear.until(mp.Offer, lambda each: each.peer == self.name, since)
        await self.take(offer, publish)
        self.ear.link.answer(self.room, self.name, self.answer_sdp, offer.attempt)
        await self.ear.until(mp.Connected, lambda each: each.peer == self.name, since)
        async with asyncio.timeout(PATIENCE):
            while self._dtls.state != "connected":
                await asyncio.sleep(0.01)

    async def take(self, offer: mp.Offer, publish: bool = True) -> None:
        """Make the answer, without sending it."""
        self.offer_sdp = offer.sdp
        configuration = RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        self._pc = RTCPeerConnection(configuration)
        await self._pc.setRemoteDescription(RTCSessionDescription(offer.sdp, "offer"))
        self._lines = self._pc.getTransceivers()
        for index, line in enumerate(self._lines):
            line.sender.send = line.receiver.receive = _never
            if index in UP.values() and publish:
                line.direction = "sendonly"
        self._read_slots(offer.sdp)
        self._dtls = self._lines[0].receiver.transport
        self._dtls._handle_rtp_data = self._on_rtp
        self._dtls._handle_rtcp_data = self._on_rtcp
        use_loopback_only()
        token = _HOST.set(self.host)
        await self._pc.setLocalDescription(await self._pc.createAnswer())
        _HOST.reset(token)
        self.answer_sdp = self._pc.localDescription.sdp

    def _read_slots(self, sdp: str) -> None:
        for line, section in zip(LINES, re.split(r"(?=^m=)", sdp, flags=re.M)[1:], strict=True):
            ssrcs = list(dict.fromkeys(int(each) for each in re.findall(r"a=ssrc:(\d+)", section)))
            for index, ssrc in enumerate(ssrcs):
                self._slots[ssrc] = (line.name, line.kind, index == 1)
            if ssrcs:
                self.down_ssrc[line.name, line.kind] = ssrcs[0]

    async def _on_rtp(self, data: bytes, arrival_time_ms: int = 0) -> None:
        if self.drops(data):
            return
        sequence, timestamp, ssrc = struct.unpack_from("!HLL", data, 2)
        name, kind, is_repair = self._slots[ssrc]
        self.received[name, kind].append(Heard(sequence, timestamp, is_repair, data))

    async def _on_rtcp(self, data: bytes) -> None:
        for each in rtcp.read(data):
            self.control.append(each)
            if isinstance(each, rtcp.Nack):
                await self._resend(each)

    async def _resend(self, nack: rtcp.Nack) -> None:
        for name, index in UP.items():
            sender = self._lines[index].sender
            if sender._ssrc != nack.ssrc:
                continue
            for sequence in nack.missing:
                packet = self._sent[name].get(sequence)
                if packet is not None:
                    repair = f"{name}-rtx"
                    self._sequence[repair] += 1
                    wrapped = wrap_rtx(packet, RTX, sender._rtx_ssrc, self._sequence[repair])
                    await self._dtls._send_rtp(wrapped)

    def wishes(self, line: str) -> int:
        """How often the server has asked for a key frame on this up-link."""
        ssrc = self._lines[UP[line]].sender._ssrc
        return sum(isinstance(each, rtcp.KeyframeWish) and each.ssrc == ssrc for each in self.control)

    async def speak(self, level: int = 30) -> None:
        """Send one packet of sound, 20 ms."""
        sequence = self._sequence["mic"] = (self._sequence["mic"] + 1) & 0xFFFF
        head = struct.pack("!BBHL", 0x90, OPUS, sequence, sequence * 960)
        ssrc = self._lines[UP["mic"]].sender._ssrc
        extension = struct.pack("!HHBBBB", 0xBEDE, 1, 2 << 4, 0x80 | level, 0, 0)
        await self._send("mic", sequence, head + struct.pack("!L", ssrc) + extension + bytes(40))

    async def show(self, line: str, is_key: bool = False, packets: int = 2, size: int = 400) -> None:
        """Send one picture of so many packets of about `size` bytes on `thumb` or `full`."""
        self._picture[line] += 1
        for index in range(packets):
            sequence = self._sequence[line] = (self._sequence[line] + 1) & 0xFFFF
            is_last = index == packets - 1
            stamp = self._picture[line] * 3000 & 0xFFFFFFFF
            head = struct.pack("!BBHL", 0x80, (is_last << 7) | VP8, sequence, stamp)
            ssrc = self._lines[UP[line]].sender._ssrc
            picture = 0x8000 | (self._picture[line] & 0x7FFF)
            descriptor = struct.pack("!BBH", 0x80 | (0x10 if index == 0 else 0), 0x80, picture)
            body = bytes([0 if is_key else 1]) + bytes([len(line)]) * size
            await self._send(line, sequence, head + struct.pack("!L", ssrc) + descriptor + body)

    async def _send(self, line: str, sequence: int, packet: bytes) -> None:
        self._sent[line][sequence] = packet
        if not self.loses(line, sequence):
            await self._dtls._send_rtp(packet)

    async def say(self, packet: bytes) -> None:
        """Send RTCP."""
        await self._dtls._send_rtp(packet)

    async def leave(self) -> None:
        """Hang up as a page does."""
        if self._pc is not None:
            await self._pc.close()

    def vanish(self) -> None:
        """Pull the cable: nothing is sent or heard any more, and nobody is told."""
        self._dtls.transport._connection._protocols[0].transport.abort()


async def eventually(check: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait until it is so."""
    async with asyncio.timeout(seconds):
        while not check():
            await asyncio.sleep(0.02)


Invite: TypeAlias = Callable[..., Awaitable[Member]]
"""Lets a member in by name, with or without (`publish`) camera and microphone; a fixture of conftest."""
