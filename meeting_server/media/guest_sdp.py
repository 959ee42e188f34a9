"""The offer of hall equipment (WHIP, WHEP) and our answer: one transport, at most one sound and one picture.

Equipment brings its own payload types, which are kept on its connection and are ours inside the room. Of its
candidates nothing is read: its address is learnt from its first check. See RFC 9725 for WHIP.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from meeting_server.media.lines import SOUND_MS, Kind
from meeting_server.media.sdp import FINGERPRINTS, BadAnswer, Transport

_NAMES: Mapping[Kind, str] = {"audio": "opus/48000", "video": "VP8/90000"}


@dataclass(frozen=True, slots=True)
class Section:
    """One m-line of the offer. payload: the number of Opus or VP8 in it; None where the line is refused."""

    kind: str
    mid: str
    payload: int | None
    protocol: str
    formats: str


@dataclass(frozen=True, slots=True)
class GuestOffer:
    """What equipment offers: who it is on the network, and its sections in order."""

    name: str
    password: str
    is_passive: bool
    fingerprints: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    lines: Mapping[Kind, Section] = field(default_factory=dict)


def read_offer(sdp: str, *, plays: bool) -> GuestOffer:
    """Read the offer of equipment that plays (WHEP) or publishes (WHIP). Raises BadAnswer.

    Of several lines of a kind the first that can be used is; the others are refused.
    """
    if re.search(r"[^\r\n\t\x20-\x7e\u00a0-\uffff]", sdp):
        raise BadAnswer("control characters")
    above, *parts = re.split(r"(?=^m=)", sdp, flags=re.M)
    if not parts:
        raise BadAnswer("no m-line")
    sections, lines = [], dict[Kind, Section]()
    for part in parts:
        section = _section(part, above, plays=plays, taken=lines)
        sections.append(section)
        if section.payload is not None:
            lines["audio" if section.kind == "audio" else "video"] = section
    if not lines:
        raise BadAnswer("neither Opus nor VP8 is offered in the direction that is needed")
    used = next(part for part, section in zip(parts, sections, strict=True) if section.payload is not None)
    name, password = (_first(used, above, key) for key in ("ice-ufrag", "ice-pwd"))
    if not re.fullmatch(r"[A-Za-z0-9+/]{4,256}", name) or not re.fullmatch(
        r"[A-Za-z0-9+/]{22,256}", password
    ):
        raise BadAnswer("no ICE name and password")
    pairs = [each.partition(" ") for each in [*_all(used, "fingerprint"), *_all(above, "fingerprint")]]
    fingerprints = tuple((kind.lower(), value) for kind, _, value in pairs if kind.lower() in FINGERPRINTS)
    if not fingerprints:
        raise BadAnswer("no fingerprint")
    setup = _first(used, above, "setup")
    if setup not in ("actpass", "active", "passive"):
        raise BadAnswer(f"the DTLS role is {setup!r}")
    return GuestOffer(name, password, setup == "passive", fingerprints, tuple(sections), lines)


def write_answer(offer: GuestOffer, here: Transport, number: int, ssrcs: Mapping[Kind, int]) -> str:
    """Our answer. number: any below 2**62. ssrcs: what we send with, empty when equipment publishes."""
    host, port = here.candidates[0][:2]
    version = "IP6" if ":" in host else "IP4"
    bundled = " ".join(each.mid for each in offer.lines.values())
    text = [
        f"v=0\r\no=- {number} 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=group:BUNDLE {bundled}\r\n"
        "a=msid-semantic:WMS *\r\n"
    ]
    for section in offer.sections:
        if section not in offer.lines.values():
            text.append(f"m={section.kind} 0 {section.protocol} {section.formats}\r\nc=IN IP4 0.0.0.0\r\n")
            text.append(f"a=mid:{section.mid}\r\na=inactive\r\n")
            continue
        kind: Kind = "audio" if section.kind == "audio" else "video"
        text.append(f"m={kind} {port} {section.protocol} {section.payload}\r\nc=IN {version} {host}\r\n")
        text.append(f"a=mid:{section.mid}\r\na={'sendonly' if ssrcs else 'recvonly'}\r\na=rtcp-mux\r\n")
        text.extend(_codec(kind, section.payload))
        if ssrcs:
            text.append(f"a=msid:klubban {kind}\r\na=ssrc:{ssrcs[kind]} cname:{number}\r\n")
        for foundation, address, at, priority in ((c[2], c[0], c[1], c[3]) for c in here.candidates):
            text.append(f"a=candidate:{foundation} 1 udp {priority} {address} {at} typ host\r\n")
        text.append(
            f"a=end-of-candidates\r\na=ice-ufrag:{here.name}\r\na=ice-pwd:{here.password}\r\n"
            f"a=fingerprint:sha-256 {here.fingerprint}\r\n"
            f"a=setup:{'active' if offer.is_passive else 'passive'}\r\n"
        )
    return "".join(text)


def _codec(kind: Kind, payload: int | None) -> Iterator[str]:
    if kind == "audio":
        yield (
            f"a=rtpmap:{payload} opus/48000/2\r\na=fmtp:{payload} minptime=10;useinbandfec=1\r\n"
            f"a=ptime:{SOUND_MS}\r\n"
        )
    else:
        yield (
            f"a=rtpmap:{payload} VP8/90000\r\na=rtcp-fb:{payload} nack\r\na=rtcp-fb:{payload} nack pli\r\n"
            f"a=rtcp-fb:{payload} goog-remb\r\n"
        )


def _section(part: str, above: str, *, plays: bool, taken: Mapping[Kind, Section]) -> Section:
    head = re.match(r"m=(\w+) (\d{1,5})(?:/\d+)? (\S+) ([^\r\n]*)", part)
    if head is None:
        raise BadAnswer("an m-line that cannot be read")
    mid = _first(part, "", "mid")
    refused = Section(head[1], mid, None, head[3], head[4])
    kind: Kind | None = "audio" if head[1] == "audio" else "video" if head[1] == "video" else None
    wanted = ("recvonly", "sendrecv") if plays else ("sendonly", "sendrecv")
    direction = re.search(r"^a=(sendonly|recvonly|sendrecv|inactive)\r?$", part, re.M) or re.search(
        r"^a=(sendonly|recvonly|sendrecv|inactive)\r?$", above, re.M
    )
    if kind is None or kind in taken or (direction[1] if direction else "sendrecv") not in wanted or not mid:
        return refused
    if not re.search(r"^a=rtcp-mux\r?$", part, re.M):
        raise BadAnswer(f"{kind}: RTCP on a port of its own")
    found = re.search(rf"^a=rtpmap:(\d{{1,3}}) {_NAMES[kind]}(?:/2)?\r?$", part, re.M | re.I)
    if found is None or not 0 <= int(found[1]) < 128:
        return refused
    return Section(kind, mid, int(found[1]), head[3], head[4])


def _all(text: str, key: str) -> list[str]:
    return re.findall(rf"^a={key}:([^\r\n]*?)\s*$", text, re.M)


def _first(text: str, above: str, key: str) -> str:
    return next(iter([*_all(text, key), *_all(above, key)]), "")
