"""A peer that costs little: real ICE checks, DTLS and SRTP on a socket of its own, and then it only counts.

It talks to anything that speaks WebRTC over one bundled transport, so that the media process and another
server can be given exactly the same load. One packet in SAMPLE is decrypted, as a check.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import os
import re
import secrets
import socket
import struct
import time
import zlib
from collections.abc import Callable, Mapping
from typing import Any

import pylibsrtp
from aiortc import RTCCertificate
from aiortc.rtcdtlstransport import SRTP_PROFILES
from OpenSSL import SSL

from meeting_server.media import rtcp
from tests.bench.batch_reader import BatchReader

SAMPLE = 211
GENEROUS = 20_000_000
"""Bits a second that it says it can take."""
_COOKIE = 0x2112A442
_REQUEST, _SUCCESS = 0x0001, 0x0101
_USE_CANDIDATE = b"\x00\x25\x00\x00"


class Identity:
    """One certificate for all peers of a run: making keys is not what is measured."""

    def __init__(self) -> None:
        certificate = RTCCertificate.generateCertificate()
        self.context: Any = certificate._create_ssl_context(SRTP_PROFILES)
        self.digest: str = certificate.getFingerprints()[0].value


class Stream:
    """What has come on one SSRC. lost: numbers that were skipped."""

    def __init__(self, sequence: int) -> None:
        self.first = self.highest = sequence
        self.packets = 0

    def count(self, sequence: int) -> None:
        """One packet more."""
        self.packets += 1
        delta = (sequence - self.highest) & 0xFFFF
        if delta < 0x8000:
            self.highest += delta

    @property
    def lost(self) -> int:
        """So far; a packet that is late counts as lost until it is here."""
        return max(0, self.highest - self.first + 1 - self.packets)


def _sealed(kind: int, transaction: bytes, attributes: bytes, key: bytes) -> bytes:
    """A STUN message with MESSAGE-INTEGRITY and FINGERPRINT (RFC 8489 14.5, 14.7)."""
    head = struct.pack("!HHL", kind, len(attributes) + 24, _COOKIE) + transaction
    signature = hmac.digest(key, head + attributes, hashlib.sha1)
    body = attributes + b"\x00\x08\x00\x14" + signature
    head = struct.pack("!HHL", kind, len(body) + 8, _COOKIE) + transaction
    check = zlib.crc32(head + body) ^ 0x5354554E
    return head + body + struct.pack("!HHL", 0x8028, 4, check)


def _section_values(sdp: str, key: str) -> str:
    found = re.search(rf"^a={key}:(\S+)", sdp, re.M)
    assert found is not None, f"no {key}"
    return found[1]


class LightPeer:
    """One peer. streams: what it has received, by SSRC. wishes: key frames asked of it."""

    def __init__(self, identity: Identity, reader: BatchReader, host: str) -> None:
        self.name = ""
        self.streams: dict[int, Stream] = {}
        self.packets = self.octets = self.good = self.bad = self.wishes = 0
        self.profile = ""
        self.connected: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.is_polled = False
        self.nacked: Callable[[rtcp.Nack], None] | None = None
        self._identity = identity
        self._reader = reader
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self._socket.bind((host, 0))
        self._socket.setblocking(False)
        self.fileno = self._socket.fileno()
        self._ice = (secrets.token_hex(4), secrets.token_hex(12))
        self._remote: tuple[str, str] = ("", "")
        self._address: tuple[str, int] | None = None
        self._is_controlling = self._is_active = False
        self._is_checked = self._is_nominated = False
        self._ssl: Any = None
        self._tx: Any = None
        self._rx: Any = None
        self._timers: set[asyncio.TimerHandle] = set()
        self._reports: asyncio.Task[None] | None = None
        asyncio.get_running_loop().add_reader(self.fileno, self.read)

    # ---- session descriptions ----

    def answer(self, offer: str, sends: Mapping[int, int]) -> str:
        """Answer an offer: receive all, and send these SSRCs by line index."""
        head, *parts = re.split(r"(?=^m=)", offer, flags=re.M)
        group = re.search(r"^a=group:BUNDLE.*$", head, re.M)
        assert group is not None
        text = (
            f"v=0\r\no=- {secrets.randbits(60)} 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n{group[0].strip()}\r\n"
        )
        for index, part in enumerate(parts):
            first = part.splitlines()[0].split(" ")
            text += f"{first[0]} 9 {' '.join(first[2:])}\r\nc=IN IP4 0.0.0.0\r\n{self._transport('active')}"
            text += f"a=mid:{_section_values(part, 'mid')}\r\na=rtcp-mux\r\n"
            text += "".join(
                f"{each}\r\n" for each in re.findall(r"^a=(?:rtpmap|fmtp|rtcp-fb).*$", part, re.M)
            )
            text = re.sub(r"\r+\n", "\r\n", text)
            if index in sends:
                text += f"a=sendonly\r\na=ssrc:{sends[index]} cname:light\r\n"
            else:
                text += "a=recvonly\r\n" if "a=sendonly" in part else "a=inactive\r\n"
        self._is_active = True
        self._take(offer)
        return text

    def offer(self, streams: Mapping[str, tuple[str, int]]) -> str:
        """Offer to send: SDP lines of the codec and the SSRC, by kind of line."""
        text = f"v=0\r\no=- {secrets.randbits(60)} 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"
        text += f"a=group:BUNDLE {' '.join(str(index) for index in range(len(streams)))}\r\n"
        for index, (kind, (codec, ssrc)) in enumerate(streams.items()):
            payload = re.findall(r"rtpmap:(\d+)", codec)[0]
            text += (
                f"m={kind} 9 UDP/TLS/RTP/SAVPF {payload}\r\nc=IN IP4 0.0.0.0\r\n{self._transport('actpass')}"
            )
            text += f"a=mid:{index}\r\na=rtcp-mux\r\na=sendonly\r\n{codec}a=ssrc:{ssrc} cname:light\r\n"
        self._is_controlling = True
        return text

    def accept(self, answer: str) -> None:
        """Take the answer to our offer."""
        self._is_active = "a=setup:passive" in answer
        self._take(answer)

    def _transport(self, setup: str) -> str:
        name, password = self._ice
        return (
            f"a=ice-ufrag:{name}\r\na=ice-pwd:{password}\r\na=setup:{setup}\r\n"
            f"a=fingerprint:sha-256 {self._identity.digest}\r\n"
        )

    def _take(self, sdp: str) -> None:
        self._remote = (_section_values(sdp, "ice-ufrag"), _section_values(sdp, "ice-pwd"))
        found = re.search(r"^a=candidate:\S+ 1 udp \d+ ([\d.]+) (\d+) ", sdp, re.M | re.I)
        assert found is not None
        self._address = (found[1], int(found[2]))
        self._ssl = SSL.Connection(self._identity.context)
        self._ssl.set_connect_state() if self._is_active else self._ssl.set_accept_state()
        self._check(0.05)

    # ---- ICE ----

    def _later(self, seconds: float, act: Callable[[], object]) -> None:
        def run() -> None:
            self._timers.discard(handle)
            act()

        handle = asyncio.get_running_loop().call_later(seconds, run)
        self._timers.add(handle)

    def _check(self, again: float) -> None:
        """Send a check until one has been answered."""
        if self._is_checked and (self._is_nominated or self._is_controlling):
            return
        user = f"{self._remote[0]}:{self._ice[0]}".encode()
        attributes = struct.pack("!HH", 6, len(user)) + user + bytes(-len(user) % 4)
        attributes += struct.pack("!HHL", 0x0024, 4, 1853824767)
        attributes += struct.pack("!HHQ", 0x802A if self._is_controlling else 0x8029, 8, 7)
        if self._is_controlling:
            attributes += _USE_CANDIDATE
        self.send(_sealed(_REQUEST, os.urandom(12), attributes, self._remote[1].encode()))
        self._later(again, lambda: self._check(min(1.0, again * 2)))

    def _on_stun(self, data: bytes) -> None:
        kind = int.from_bytes(data[:2], "big")
        if kind == _REQUEST and self._address is not None:
            host, port = self._address
            address = int.from_bytes(socket.inet_aton(host), "big") ^ _COOKIE
            mapped = struct.pack("!HHBBHL", 0x20, 8, 0, 1, port ^ (_COOKIE >> 16), address)
            self.send(_sealed(_SUCCESS, data[8:20], mapped, self._ice[1].encode()))
            self._is_nominated |= _USE_CANDIDATE in data
        elif kind == _SUCCESS:
            self._is_checked = True
        if self._is_checked and (self._is_nominated or self._is_controlling) and self._is_active:
            self._shake_hands()

    # ---- DTLS ----

    def _shake_hands(self) -> None:
        if self._tx is not None:
            return
        try:
            self._ssl.do_handshake()
        except SSL.WantReadError:
            self._flush()
            timeout = self._ssl.DTLSv1_get_timeout()
            if timeout is not None:
                self._later(timeout, self._hand_again)
            return
        self._flush()
        chosen = self._ssl.get_selected_srtp_profile()
        profile = next(each for each in SRTP_PROFILES if each.openssl_profile == chosen)
        self.profile = chosen.decode()
        material = self._ssl.export_keying_material(
            b"EXTRACTOR-dtls_srtp", 2 * (profile.key_length + profile.salt_length)
        )
        for ours in (True, False):
            key = profile.get_key_and_salt(material, int(ours is not self._is_active))
            direction = pylibsrtp.Policy.SSRC_ANY_OUTBOUND if ours else pylibsrtp.Policy.SSRC_ANY_INBOUND
            policy = pylibsrtp.Policy(key=key, ssrc_type=direction, srtp_profile=profile.libsrtp_profile)
            policy.window_size = 1024
            if ours:
                self._tx = pylibsrtp.Session(policy)
            else:
                self._rx = pylibsrtp.Session(policy)
        if not self.connected.done():
            self.connected.set_result(None)

    def _hand_again(self) -> None:
        if self._tx is None:
            self._ssl.DTLSv1_handle_timeout()
            self._flush()
            self._shake_hands()

    def _flush(self) -> None:
        with contextlib.suppress(SSL.WantReadError):
            while True:
                self.send(self._ssl.bio_read(1400))

    # ---- packets ----

    def send(self, datagram: bytes) -> None:
        """Send as it is."""
        assert self._address is not None
        with contextlib.suppress(OSError):  # a full buffer loses it, as a network may
            self._socket.sendto(datagram, self._address)

    def say(self, packet: bytes) -> None:
        """Encrypt and send RTP."""
        self.send(self._tx.protect(packet))

    def read(self) -> None:
        """Take everything that is there."""
        self._reader.read(self.fileno, self._on_media, self._on_other)

    def _on_media(self, view: memoryview, sequence: int, ssrc: int, size: int) -> None:
        self.packets += 1
        self.octets += size
        stream = self.streams.get(ssrc)
        if stream is None:
            stream = self.streams[ssrc] = Stream(sequence)
        stream.count(sequence)
        if self.packets % SAMPLE == 0 and self._rx is not None:
            try:
                self._rx.unprotect(bytes(view[:size]))
                self.good += 1
            except pylibsrtp.Error:
                self.bad += 1

    def _on_other(self, data: bytes) -> None:
        if self._socket.fileno() < 0:
            return
        if data[0] < 4:
            self._on_stun(data)
        elif 19 < data[0] < 64 and self._ssl is not None:
            self._ssl.bio_write(data)
            self._shake_hands()
        elif self._rx is not None and rtcp.is_rtcp(data):
            with contextlib.suppress(pylibsrtp.Error):
                for each in rtcp.read(self._rx.unprotect_rtcp(data)):
                    self.wishes += isinstance(each, rtcp.KeyframeWish)
                    if isinstance(each, rtcp.Nack) and self.nacked is not None:
                        self.nacked(each)

    def count_only(self) -> None:
        """From now on somebody calls `read` often, for all peers; and reports are sent as a browser does."""
        asyncio.get_running_loop().remove_reader(self.fileno)
        self.is_polled = True
        self._reports = asyncio.create_task(self._report())

    async def _report(self) -> None:
        while True:
            await asyncio.sleep(0.5 + secrets.randbelow(1000) / 1000)
            blocks = [
                rtcp.ReportBlock(ssrc, 0, each.lost & 0x7FFFFF, each.highest, 1, 0, 0)
                for ssrc, each in self.streams.items()
            ]
            packet = rtcp.receiver_report(7, blocks[:31])
            if self.streams:
                packet += rtcp.remb(7, GENEROUS, list(self.streams)[:31])
            self.send(self._tx.protect_rtcp(packet))

    def vanish(self) -> None:
        """Pull the cable."""
        if not self.is_polled and self._socket.fileno() >= 0:
            asyncio.get_running_loop().remove_reader(self.fileno)
        for each in self._timers:
            each.cancel()
        self._timers.clear()
        if self._reports is not None:
            self._reports.cancel()
        self._socket.close()

    def leave(self) -> None:
        """Say goodbye as a page does (DTLS close), and go."""
        if self._tx is not None and self._socket.fileno() >= 0:
            with contextlib.suppress(SSL.Error):
                self._ssl.shutdown()
            self._flush()
        self.vanish()


async def poll(peers: list[LightPeer], seconds: float = 0.01) -> None:
    """Read for all of them, until cancelled; peers may be added and taken away meanwhile."""
    while True:
        begun = time.monotonic()
        for each in list(peers):
            if each.is_polled:
                each.read()
        await asyncio.sleep(max(0.001, seconds - (time.monotonic() - begun)))
