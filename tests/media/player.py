"""Equipment that plays: a WHEP client on real ICE and DTLS."""

from __future__ import annotations

from collections import Counter
from typing import Any

from aiortc import RTCBundlePolicy, RTCConfiguration, RTCPeerConnection, RTCSessionDescription

from meeting_server import media_protocol as mp
from tests.media.member import Ear, _never


class Player:
    """It counts what it is sent, by payload type. plays: the slot it is sent. stamps: RTP time, in order."""

    def __init__(self, ear: Ear, plays: str) -> None:
        self.ear = ear
        self.plays = plays
        self.stamps: list[int] = []
        self.got: Counter[int] = Counter()
        self._pc: Any = None

    async def play(self, room: str, name: str) -> None:
        """Offer, be answered, and wait until connected."""
        since = len(self.ear.events)
        configuration = RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        self._pc = RTCPeerConnection(configuration)
        for kind in ("audio", "video"):
            line: Any = self._pc.addTransceiver(kind, direction="recvonly")
            line.sender.send = line.receiver.receive = _never
        await self._pc.setLocalDescription(await self._pc.createOffer())
        self.ear.link.guest(room, name, self._pc.localDescription.sdp, self.plays)
        answer = await self.ear.until(mp.GuestAnswer, lambda each: each.peer == name, since)
        dtls = self._pc.getTransceivers()[0].receiver.transport
        dtls._handle_rtp_data = self._on_rtp
        dtls._handle_rtcp_data = _never
        await self._pc.setRemoteDescription(RTCSessionDescription(answer.sdp, "answer"))
        await self.ear.until(mp.Connected, lambda each: each.peer == name, since)

    async def _on_rtp(self, data: bytes, arrival_time_ms: int = 0) -> None:
        self.got[data[1] & 0x7F] += 1
        self.stamps.append(int.from_bytes(data[4:8], "big"))

    @property
    def packets(self) -> int:
        """Everything it has been sent."""
        return sum(self.got.values())

    async def leave(self) -> None:
        """Hang up."""
        await self._pc.close()
