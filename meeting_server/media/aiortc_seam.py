"""The only module that touches aiortc, aioice and pylibsrtp: SDP, ICE, DTLS and the SRTP keys, nothing else.

aiortc's own RTP machinery is never started, so there is no decoder thread, no jitter buffer and no task per
stream. Private names in use are listed in PRIVATE_NAMES, and tests/media/test_aiortc_seam.py looks at each.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import aioice.ice
import aiortc.codecs
import aiortc.rtcrtpreceiver
import pylibsrtp
from aioice.candidate import Candidate, candidate_foundation, candidate_priority
from aiortc import RTCBundlePolicy, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.rtcrtpparameters import RTCRtcpFeedback, RTCRtpHeaderExtensionParameters

from meeting_server.media.lines import AUDIO_LEVEL_ID, LINES, OPUS, RTX, VP8, payload_type
from meeting_server.media.port import Address, Place, Port

PRIVATE_NAMES = (
    "RTCDtlsTransport._rx_srtp",
    "RTCDtlsTransport._tx_srtp",
    "RTCIceTransport._connection",
    "Connection._local_username",
    "Connection._nominated",
    "Connection._protocols",
    "Connection.get_component_candidates",
    "RTCRtpSender._ssrc",
    "RTCRtpSender._rtx_ssrc",
    "RTCRtpSender._stream_id",
    "rtcrtpreceiver.RemoteBitrateEstimator",
    "Session._srtp",
)
SRTP_OK = 0
_library: Any = pylibsrtp
srtp_protect = _library.lib.srtp_protect
srtp_ffi = _library.ffi
_AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"


class BadAnswer(ValueError):
    """The page's SDP cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class DownStream:
    """SSRCs we send one line with; rtx is None for sound."""

    ssrc: int
    rtx: int | None


@dataclass(frozen=True, slots=True)
class UpStream:
    """SSRCs the page sends one line with; rtx is None for sound and where it sends no retransmissions."""

    ssrc: int
    rtx: int | None


def prepare() -> None:
    """Limit what aiortc offers, once per process: Opus and VP8, and the audio level as only extension.

    aiortc has no other place for this than its module tables.
    """
    extensions = aiortc.codecs.HEADER_EXTENSIONS
    extensions["video"] = []
    extensions["audio"] = [RTCRtpHeaderExtensionParameters(id=AUDIO_LEVEL_ID, uri=_AUDIO_LEVEL)]
    opus = next(each for each in aiortc.codecs.CODECS["audio"] if each.mimeType == "audio/opus")
    opus.parameters = {"minptime": 10, "useinbandfec": 1}
    opus.rtcpFeedback = [RTCRtcpFeedback(type="nack")]
    vp8 = next(each for each in aiortc.codecs.CODECS["video"] if each.mimeType == "video/VP8")
    rtx = next(
        each for each in aiortc.codecs.CODECS["video"] if each.parameters.get("apt") == vp8.payloadType
    )
    if (opus.payloadType, vp8.payloadType, rtx.payloadType) != (OPUS, VP8, RTX):
        raise RuntimeError("aiortc numbers its payload types differently from lines.py")
    # A thousand objects and 0.3 ms per picture line, for an estimate that nobody asks for.
    receivers: Any = aiortc.rtcrtpreceiver
    receivers.RemoteBitrateEstimator = _no_estimator


def machine_addresses() -> tuple[str, ...]:
    """This machine's own IPv4 addresses, without loopback."""
    return tuple(aioice.ice.get_host_addresses(use_ipv4=True, use_ipv6=False))


def _no_estimator() -> None:
    """In place of aiortc's estimate of what a sender may send."""


async def _never(*_: Any) -> None:
    """In place of aiortc's start of its senders and receivers."""


class Connection:
    """One browser's connection, offered by us.

    on_state: called with `connected`, `failed` or `closed`. on_media: called with each SRTP and SRTCP packet.
    """

    def __init__(
        self,
        port: Port,
        addresses: Iterable[str],
        on_state: Callable[[str], None],
        on_media: Callable[[bytes], None],
    ) -> None:
        configuration = RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        # Any: most of what is done here is not in the type of a public name.
        self._pc: Any = RTCPeerConnection(configuration)
        for line in LINES:
            transceiver: Any = self._pc.addTransceiver(
                line.kind, direction="recvonly" if line.is_up else "sendonly"
            )
            transceiver.setCodecPreferences(_preferences(line.kind))
            transceiver.sender.send = transceiver.receiver.receive = _never
            if not line.is_up:
                transceiver.sender._stream_id = line.name
        self._transceivers: list[Any] = self._pc.getTransceivers()
        self._dtls: Any = self._transceivers[0].receiver.transport
        ice: Any = self._dtls.transport._connection
        ice._local_username = secrets.token_hex(8)  # key on the shared port; four letters could meet twice
        self._ice = ice
        protocol: Any = aioice.ice.StunProtocol(ice)
        self.place = Place(port, ice.local_username, ice.local_password, protocol, on_media)
        candidates = [_candidate(address, port.number) for address in addresses]

        async def share_port(component: int, addresses: list[str], timeout: int = 5) -> list[Candidate]:
            protocol.connection_made(self.place)
            protocol.local_candidate = candidates[0]
            ice._protocols.append(protocol)
            return candidates

        ice.get_component_candidates = share_port
        self._on_state: Callable[[str], None] | None = on_state
        self._pc.on("connectionstatechange", self._changed)

    def _changed(self) -> None:
        if self._on_state is not None and self._pc.connectionState in ("connected", "failed", "closed"):
            self._on_state(self._pc.connectionState)

    async def offer(self) -> str:
        """Our SDP, with our candidates in it."""
        await self._pc.setLocalDescription(await self._pc.createOffer())
        parts = _sections(self._pc.localDescription.sdp)
        # aiortc announces SSRCs of its own also on lines where it only receives.
        return parts[0] + "".join(
            re.sub(r"a=(?:ssrc|ssrc-group|msid):[^\r\n]*\r\n", "", part) if line.is_up else part
            for line, part in zip(LINES, parts[1:], strict=True)
        )

    async def accept(self, sdp: str) -> dict[int, UpStream]:
        """Take the page's answer. Returns its streams by line index; a line it does not send on is left out.

        Raises BadAnswer. Its candidates are thrown away: its address is learnt from its first check.
        """
        parts = _sections(sdp)[1:]
        if len(parts) != len(LINES):
            raise BadAnswer(f"{len(parts)} m-lines instead of {len(LINES)}")
        streams = {}
        for index, (line, part) in enumerate(zip(LINES, parts, strict=True)):
            if "a=fingerprint:" not in sdp:
                raise BadAnswer("no fingerprint")
            if line.is_up and re.search(r"^a=sendonly\r?$", part, re.M):
                streams[index] = _up_stream(part, line.name)
                if f"a=rtpmap:{payload_type(line.kind)} " not in part:
                    raise BadAnswer(f"{line.name}: not the payload type that was offered")
        used = [ssrc for each in streams.values() for ssrc in (each.ssrc, each.rtx) if ssrc is not None]
        if len(set(used)) != len(used) or not all(0 < ssrc < 1 << 32 for ssrc in used):
            raise BadAnswer("the SSRCs are not different numbers of 32 bits")
        stripped = re.sub(r"a=(?:candidate:[^\r\n]*|end-of-candidates)\r?\n", "", sdp)
        try:
            await self._pc.setRemoteDescription(RTCSessionDescription(stripped, "answer"))
        except asyncio.CancelledError:
            raise
        except Exception as error:  # aiortc's parser raises whatever the text makes it stumble over
            raise BadAnswer(f"{type(error).__name__}: {str(error)[:200]}") from None
        return streams

    def down_stream(self, line: int) -> DownStream:
        """SSRCs of a line we send."""
        sender = self._transceivers[line].sender
        return DownStream(sender._ssrc, None if LINES[line].kind == "audio" else sender._rtx_ssrc)

    @property
    def has_keys(self) -> bool:
        """Whether DTLS has given the SRTP keys."""
        return self._dtls is not None and self._dtls._rx_srtp is not None

    @property
    def outgoing(self) -> Any:
        """The SRTP context to protect with, for srtp_protect. Valid as long as this object is not closed."""
        return self._dtls._tx_srtp._srtp[0]

    @property
    def remote_address(self) -> Address:
        """Where to send. Only after `connected`."""
        found: Address = self._ice._nominated[1].remote_addr
        return found

    def unprotect(self, datagram: bytes, is_control: bool) -> bytes | None:
        """Decrypt SRTP or SRTCP; None when it is not authentic or was seen before."""
        keys = self._dtls._rx_srtp
        try:
            found: bytes = keys.unprotect_rtcp(datagram) if is_control else keys.unprotect(datagram)
        except (pylibsrtp.Error, ValueError):  # ValueError: longer than the library's buffer
            return None
        return found

    def protect(self, packet: bytes) -> bytes:
        """Encrypt one RTP packet."""
        protected: bytes = self._dtls._tx_srtp.protect(packet)
        return protected

    def protect_control(self, packet: bytes) -> bytes:
        """Encrypt one compound RTCP packet."""
        protected: bytes = self._dtls._tx_srtp.protect_rtcp(packet)
        return protected

    async def close(self) -> None:
        """Hang up. Afterwards nothing here may be called; `dissolve` frees the memory a little later."""
        self._on_state = None
        await self._pc.close()
        self.place.close()

    def dissolve(self) -> None:
        """Cut the rings between aiortc's objects, so that they are freed without the garbage collector.

        The collector is off in the media process: one run with everybody connected stops all sound for 0.2 s.
        Call it a moment after close, when aiortc's last callbacks have run.
        """
        ice_transport = self._dtls.transport
        rings = [self._pc, self._dtls, ice_transport, ice_transport.iceGatherer, self._ice]
        rings += self._transceivers
        for transceiver in self._transceivers:
            rings += [transceiver.sender, transceiver.receiver]
        for each in rings:
            each.__dict__.clear()
        self._pc = self._dtls = self._ice = None
        self._transceivers = []


def _preferences(kind: str) -> list[Any]:
    wanted = ("audio/opus",) if kind == "audio" else ("video/VP8", "video/rtx")
    return [each for each in aiortc.codecs.get_capabilities(kind).codecs if each.mimeType in wanted]


def _candidate(address: str, port: int) -> Candidate:
    return Candidate(
        foundation=candidate_foundation("host", "udp", address),
        component=1,
        transport="udp",
        priority=candidate_priority(1, "host"),
        host=address,
        port=port,
        type="host",
    )


def _sections(sdp: str) -> list[str]:
    return re.split(r"(?=^m=)", sdp, flags=re.M)


def _up_stream(section: str, name: str) -> UpStream:
    pair = re.search(r"^a=ssrc-group:FID (\d{1,10}) (\d{1,10})\s*$", section, re.M)
    first = re.search(r"^a=ssrc:(\d{1,10}) ", section, re.M)
    if pair:
        return UpStream(int(pair[1]), int(pair[2]))
    if first:
        return UpStream(int(first[1]), None)
    raise BadAnswer(f"{name}: no SSRC")
