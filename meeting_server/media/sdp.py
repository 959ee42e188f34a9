"""The two session descriptions: our offer is a filled-in form, and of the answer only what counts is read.

The lines never change (lines.py), so nothing need be negotiated about them. A full SDP engine on thirteen
lines is half of what a join costs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from meeting_server.media.lines import (
    AUDIO_LEVEL_ID,
    LINES,
    OPUS,
    RTX,
    SOUND_MS,
    VP8,
    Line,
    payload_type,
)

_AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
FINGERPRINTS = ("sha-256", "sha-384", "sha-512")
"""The digests of a certificate that can be checked (RFC 8122)."""


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


@dataclass(frozen=True, slots=True)
class Transport:
    """Where and as whom we are reached: ICE name and password, certificate digest, addresses as candidates.

    candidates: (address, port, foundation, priority), the first is the default one.
    """

    name: str
    password: str
    fingerprint: str
    candidates: Sequence[tuple[str, int, str, int]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page answered. is_active: it begins DTLS. fingerprints: (digest name, value).

    streams: what it sends, by line index; a line it does not send on is left out.
    """

    name: str
    password: str
    is_active: bool
    fingerprints: tuple[tuple[str, str], ...]
    streams: Mapping[int, UpStream]


def write_offer(number: int, transport: Transport, streams: Mapping[int, DownStream]) -> str:
    """Our SDP. number: any below 2**62; streams: by line index, for each line we send."""
    host, port = transport.candidates[0][:2]
    version = "IP6" if ":" in host else "IP4"
    where = "".join(
        f"a=candidate:{foundation} 1 udp {priority} {address} {at} typ host\r\n"
        for address, at, foundation, priority in transport.candidates
    )
    shared = (
        f"{where}a=end-of-candidates\r\na=ice-ufrag:{transport.name}\r\na=ice-pwd:{transport.password}\r\n"
        f"a=fingerprint:sha-256 {transport.fingerprint}\r\na=setup:actpass\r\n"
    )
    text = [
        f"v=0\r\no=- {number} 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"
        f"a=group:BUNDLE {' '.join(map(str, range(len(LINES))))}\r\na=msid-semantic:WMS *\r\n"
    ]
    for index, line in enumerate(LINES):
        payloads = f"{OPUS}" if line.kind == "audio" else f"{VP8} {RTX}"
        text.append(
            f"m={line.kind} {port} UDP/TLS/RTP/SAVPF {payloads}\r\nc=IN {version} {host}\r\n{_fixed(index)}"
        )
        if index in streams:
            text.append(_ours(line, streams[index], number))
        text.append(shared)
    return "".join(text)


@cache
def _fixed(index: int) -> str:
    """What is the same for everybody in one section."""
    line = LINES[index]
    text = f"a=mid:{index}\r\na={'recvonly' if line.is_up else 'sendonly'}\r\na=rtcp-mux\r\n"
    if line.kind == "audio":
        # Sound is repeated as it was, on its own stream; in-band correction covers single losses.
        return (
            f"{text}a=extmap:{AUDIO_LEVEL_ID} {_AUDIO_LEVEL}\r\na=rtpmap:{OPUS} opus/48000/2\r\n"
            f"a=rtcp-fb:{OPUS} nack\r\na=fmtp:{OPUS} minptime=10;useinbandfec=1\r\na=ptime:{SOUND_MS}\r\n"
        )
    return (
        f"{text}a=rtpmap:{VP8} VP8/90000\r\na=rtcp-fb:{VP8} nack\r\na=rtcp-fb:{VP8} nack pli\r\n"
        f"a=rtcp-fb:{VP8} goog-remb\r\na=rtpmap:{RTX} rtx/90000\r\na=fmtp:{RTX} apt={VP8}\r\n"
    )


def _ours(line: Line, stream: DownStream, number: int) -> str:
    """Name and SSRCs of a line we send; without MID in the packets, pages tell the lines apart by these."""
    text = f"a=msid:{line.name} {line.name}-{line.kind}\r\n"
    if stream.rtx is None:
        return f"{text}a=ssrc:{stream.ssrc} cname:{number}\r\n"
    return (
        f"{text}a=ssrc-group:FID {stream.ssrc} {stream.rtx}\r\na=ssrc:{stream.ssrc} cname:{number}\r\n"
        f"a=ssrc:{stream.rtx} cname:{number}\r\n"
    )


def read_answer(sdp: str) -> Answer:
    """Read a page's answer. Raises BadAnswer.

    Its candidates are not read: its address is learnt from its first check.
    """
    if re.search(r"[^\r\n\t\x20-\x7e\u00a0-\uffff]", sdp):
        raise BadAnswer("control characters")
    above, *parts = re.split(r"(?=^m=)", sdp, flags=re.M)
    if len(parts) != len(LINES):
        raise BadAnswer(f"{len(parts)} m-lines instead of {len(LINES)}")
    streams = {}
    for index, (line, part) in enumerate(zip(LINES, parts, strict=True)):
        if _value(part, "mid") != str(index):
            raise BadAnswer(f"line {index} is not where it was offered")
        stream = _stream(line, part)
        if stream is not None:
            streams[index] = stream
    used = [ssrc for each in streams.values() for ssrc in (each.ssrc, each.rtx) if ssrc is not None]
    if len(set(used)) != len(used) or not all(0 < ssrc < 1 << 32 for ssrc in used):
        raise BadAnswer("the SSRCs are not different numbers of 32 bits")
    # All lines are one transport: what is said of it in the first section, or above all, holds for all.
    first = parts[0]
    name, password = (_value(first, key) or _value(above, key) for key in ("ice-ufrag", "ice-pwd"))
    if not re.fullmatch(r"[A-Za-z0-9+/]{4,256}", name) or not re.fullmatch(
        r"[A-Za-z0-9+/]{22,256}", password
    ):
        raise BadAnswer("no ICE name and password")
    role = _value(first, "setup") or _value(above, "setup")
    if role not in ("active", "passive"):
        raise BadAnswer(f"the DTLS role is {role!r}, neither active nor passive")
    found = _all(first, "fingerprint") or _all(above, "fingerprint")
    pairs = [each.partition(" ") for each in found]
    fingerprints = tuple((kind.lower(), value) for kind, _, value in pairs if kind.lower() in FINGERPRINTS)
    if not fingerprints:
        raise BadAnswer("no fingerprint")
    return Answer(name, password, role == "active", fingerprints, streams)


def _stream(line: Line, part: str) -> UpStream | None:
    """What the page sends on this line, or None."""
    head = re.match(r"m=(\w+) (\d{1,5}) ", part)
    if head is None or head[1] != line.kind:
        raise BadAnswer(f"{line.name}: not a line of {line.kind}")
    if head[2] == "0":
        return None  # refused by the page
    if f"a=rtpmap:{payload_type(line.kind)} " not in part:
        raise BadAnswer(f"{line.name}: not the payload type that was offered")
    if not re.search(r"^a=rtcp-mux\r?$", part, re.M):
        raise BadAnswer(f"{line.name}: RTCP on a port of its own")
    if not line.is_up or not re.search(r"^a=sendonly\r?$", part, re.M):
        return None
    pair = re.search(r"^a=ssrc-group:FID (\d{1,10}) (\d{1,10})\s*$", part, re.M)
    first = re.search(r"^a=ssrc:(\d{1,10}) ", part, re.M)
    if pair:
        return UpStream(int(pair[1]), int(pair[2]))
    if first:
        return UpStream(int(first[1]), None)
    raise BadAnswer(f"{line.name}: no SSRC")


def _all(text: str, key: str) -> list[str]:
    return re.findall(rf"^a={key}:([^\r\n]*?)\s*$", text, re.M)


def _value(text: str, key: str) -> str:
    """The first value of an attribute, or an empty string."""
    return next(iter(_all(text, key)), "")
