"""The only module that touches aiortc, aioice and pylibsrtp: ICE, DTLS and the SRTP keys, nothing else.

aiortc's session descriptions and its RTP machinery are not used: no SDP engine, no decoder thread, no jitter
buffer and no task per stream. Private names in use are listed in PRIVATE_NAMES, and
tests/media/test_aiortc_seam.py looks at each.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import aioice.ice
import pylibsrtp
from aioice.candidate import Candidate, candidate_foundation, candidate_priority
from aiortc import (
    RTCCertificate,
    RTCDtlsFingerprint,
    RTCDtlsParameters,
    RTCDtlsTransport,
    RTCIceGatherer,
    RTCIceParameters,
    RTCIceTransport,
)

from meeting_server.media import guest_sdp, sdp
from meeting_server.media.guest_sdp import GuestOffer
from meeting_server.media.lines import LINES, Kind
from meeting_server.media.port import Address, Place, Port
from meeting_server.media.sdp import DownStream, UpStream

log = logging.getLogger(__name__)

PRIVATE_NAMES = (
    "RTCCertificate._create_ssl_context",
    "RTCDtlsTransport._rx_srtp",
    "RTCDtlsTransport._set_role",
    "RTCDtlsTransport._tx_srtp",
    "RTCIceTransport._connection",
    "Connection._nominated",
    "Connection._protocols",
    "Connection.get_component_candidates",
    "Session._srtp",
)
CERTIFICATE_SECONDS = 86_400.0
"""One certificate serves everybody who joins within a day; aiortc's are good for thirty."""
SRTP_OK = 0
_library: Any = pylibsrtp
srtp_protect = _library.lib.srtp_protect
srtp_ffi = _library.ffi


class _Certificate(RTCCertificate):
    """A certificate whose TLS context is made once, not for each connection."""

    def __init__(self, key: Any, cert: Any) -> None:
        super().__init__(key=key, cert=cert)
        self.expires_at = time.monotonic() + CERTIFICATE_SECONDS
        self.digest: str = next(each.value for each in self.getFingerprints() if each.algorithm == "sha-256")
        self._context: Any = None

    def _create_ssl_context(self, srtp_profiles: Any) -> Any:
        if self._context is None:
            self._context = super()._create_ssl_context(srtp_profiles)
        return self._context


_certificate: _Certificate | None = None


def _identity() -> _Certificate:
    """The process's certificate of today. Each connection still agrees on keys of its own (ECDHE)."""
    global _certificate
    if _certificate is None or time.monotonic() > _certificate.expires_at:
        _certificate = _Certificate.generateCertificate()
    return _certificate


def machine_addresses() -> tuple[str, ...]:
    """This machine's own addresses of both families, without loopback and link-local."""
    return tuple(aioice.ice.get_host_addresses(use_ipv4=True, use_ipv6=True))


class Connection:
    """One browser's connection, offered by us. family: of the socket it goes through.

    on_state: called with `connected`, `failed` or `closed`. on_media: called with each SRTP and SRTCP packet.
    """

    def __init__(
        self,
        port: Port,
        addresses: Iterable[str],
        on_state: Callable[[str], None],
        on_media: Callable[[bytes, Address], None],
    ) -> None:
        # The name is the key on the shared port; aioice's own four letters could meet twice.
        gatherer = RTCIceGatherer(iceServers=[], local_username=secrets.token_hex(8))
        # Any: most of what is done here is not in the type of a public name.
        self._ice_transport: Any = RTCIceTransport(gatherer)
        self._dtls: Any = RTCDtlsTransport(self._ice_transport, [_identity()])
        self._digest = _identity().digest
        ice: Any = self._ice_transport._connection
        ice.ice_controlling = True  # who offers, controls (RFC 8445 6.1.1)
        self._ice = ice
        protocol: Any = aioice.ice.StunProtocol(ice)
        self.place = Place(port, ice.local_username, ice.local_password, protocol, on_media)
        self.family = port.family
        self._candidates = candidates = [
            _candidate(address, port.number, preference=65535 - index)
            for index, address in enumerate(addresses)
        ]

        async def share_port(component: int, addresses: list[str], timeout: int = 5) -> list[Candidate]:
            protocol.connection_made(self.place)
            protocol.local_candidate = candidates[0]
            ice._protocols.append(protocol)
            return candidates

        ice.get_component_candidates = share_port
        self._downs = _numbers()
        self._on_state: Callable[[str], None] | None = on_state
        self._starting: asyncio.Task[None] | None = None
        self._told = ""
        self._ice_transport.on("statechange", self._changed)
        self._dtls.on("statechange", self._changed)

    def _changed(self) -> None:
        if self._on_state is None:
            return
        states = (self._ice_transport.state, self._dtls.state)
        found = next((each for each in ("failed", "closed") if each in states), "")
        if not found and self._dtls.state == "connected":
            found = "connected"
        if found and found != self._told:
            self._told = found
            self._on_state(found)

    async def offer(self) -> str:
        """Our SDP, with our candidates in it."""
        return sdp.write_offer(secrets.randbits(61), await self._here(), self._downs)

    async def answer(self, offer: GuestOffer, ssrcs: Mapping[Kind, int]) -> str:
        """Our SDP to the offer of equipment; whoever offers controls (RFC 8445 6.1.1)."""
        self._ice.ice_controlling = False
        here = await self._here()
        self._dtls._set_role("client" if offer.is_passive else "server")
        self._starting = asyncio.create_task(self._start(offer))
        return guest_sdp.write_answer(offer, here, secrets.randbits(61), ssrcs)

    async def _here(self) -> sdp.Transport:
        await self._ice_transport.iceGatherer.gather()
        candidates = [(each.host, each.port, each.foundation, each.priority) for each in self._candidates]
        return sdp.Transport(self.place.name, self._ice.local_password, self._digest, candidates)

    async def accept(self, answer: str) -> dict[int, UpStream]:
        """Take the page's answer. Returns its streams by line index; a line it does not send on is left out.

        Raises BadAnswer.
        """
        found = sdp.read_answer(answer)
        self._dtls._set_role("server" if found.is_active else "client")
        self._starting = asyncio.create_task(self._start(found))
        return dict(found.streams)

    async def _start(self, answer: sdp.Answer | GuestOffer) -> None:
        fingerprints = [RTCDtlsFingerprint(kind, value) for kind, value in answer.fingerprints]
        try:
            await self._ice_transport.start(RTCIceParameters(answer.name, answer.password))
            if self._ice_transport.state == "completed":
                await self._dtls.start(RTCDtlsParameters(fingerprints))
        except Exception:  # a stranger's packets meet four libraries here: one connection may end, no more
            log.warning("a connection could not be made", exc_info=True)
            if self._on_state is not None:
                self._on_state("failed")

    def down_stream(self, line: int) -> DownStream:
        """SSRCs of a line we send."""
        return self._downs[line]

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

    def follow(self, address: Address) -> None:
        """Send to this address from now on, consent checks too: a router has given the browser another.

        Only for an address that has answered a check and from which authentic packets come.
        """
        found = aioice.ice.CandidatePair(self._ice._nominated[1].protocol, _candidate(*address, "prflx"))
        found.nominated, found.state = True, aioice.ice.CandidatePair.State.SUCCEEDED
        self._ice._nominated[1] = found

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
        if self._starting is not None:
            self._starting.cancel()
            await asyncio.gather(self._starting, return_exceptions=True)
        await self._dtls.stop()
        await self._ice_transport.stop()
        self.place.close()

    def dissolve(self) -> None:
        """Cut the rings between aiortc's objects, so that they are freed without the garbage collector.

        The collector is off in the media process: one run with everybody connected stops all sound for 0.1 s.
        Call it a moment after close, when aiortc's last callbacks have run.
        """
        for each in (self._dtls, self._ice_transport, self._ice_transport.iceGatherer, self._ice):
            each.__dict__.clear()
        self._dtls = self._ice = self._ice_transport = None


def _numbers() -> dict[int, DownStream]:
    """SSRCs for the lines we send, all different."""
    found: dict[int, None] = {}
    while len(found) < 2 * len(LINES):
        found[secrets.randbits(32) or 1] = None
    free = iter(found)
    return {
        index: DownStream(next(free), None if line.kind == "audio" else next(free))
        for index, line in enumerate(LINES)
        if not line.is_up
    }


def _candidate(address: str, port: int, kind: str = "host", preference: int = 65535) -> Candidate:
    return Candidate(
        foundation=candidate_foundation(kind, "udp", address),
        component=1,
        transport="udp",
        priority=candidate_priority(1, kind, preference),
        host=address,
        port=port,
        type=kind,
    )
