"""The messages between the core and the media process: newline-delimited JSON over a Unix socket or TCP.

Both sides import this module and nothing else of each other. `room` is the complete desired state of one
room and may be repeated at any time; after a crash of either side one `room` heals everything. "Up" is from
the member to the server, "down" is from the server to the member.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from meeting_server.typed_json import BadMessage as BadMessage
from meeting_server.typed_json import build, plain

VERSION = "3"
MAX_SDP_BYTES = 16 * 1024
"""An answer is about 5 kB and an offer 11 kB; anything above this is refused before it is parsed."""
MAX_LINE_BYTES = 1 << 20
"""Longest line either side accepts. A quality report of 150 peers is about 50 kB."""


@dataclass(frozen=True, slots=True)
class PeerState:
    """What one peer may do in a room.

    peer: opaque id chosen by the core, unique in the room.
    may_receive: false means that nothing is forwarded to it (jäv, closed doors).
    may_send: false means that nothing from it is forwarded to anybody.
    watch: the peer whose picture it is shown in the `look` slot, or None.
    mic: the page should have its microphone open (a hint; forwarding is decided by floor, chair and hall).
    full: the page should send its full picture already, so that the floor is given without a wait.
    wall: the page shows the wall, and is sent it.
    shows: which of the pictures of `floor`, `chair`, `hall` and `wall` it shows, None if all or unknown. It
        is sent the others only if none of these has a source that is not itself.
    sign: the page shows the sign language interpreter, and is sent that picture.
    channel: name of the spoken channel it listens to, or None.
    interpreters_only: it is in the hall, where the rest is seen and heard: it is sent these two lines alone.
    """

    peer: str
    may_receive: bool
    may_send: bool
    watch: str | None = None
    mic: bool = False
    full: bool = False
    wall: bool = False
    shows: tuple[str, ...] | None = None
    sign: bool = False
    channel: str | None = None
    interpreters_only: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """One place on the wall.

    name and party are written there. note: words instead of a picture. The core decides who may be seen: a
    peer without a tile, or with a note on it, is measured and never shown.
    """

    peer: str
    name: str
    party: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """A spoken channel: its name, and the peer whose microphone feeds it."""

    name: str
    peer: str


@dataclass(frozen=True, slots=True)
class Room:
    """Core to media: the complete desired state of a room. A peer that is not listed is closed.

    floor, chair, hall: whose microphone and full picture feed those slots; None feeds nothing. wall: the
    places of the wall, in order; none of them is no wall. missing: written where no picture comes. webcast:
    who feeds the webcast's encoder, best first; the next one does while the better is silent. sign: whose
    full picture is shown to those who want the sign language interpreter. channels: the spoken channels, each
    with a name of its own.
    """

    room: str
    peers: tuple[PeerState, ...]
    floor: str | None = None
    chair: str | None = None
    hall: str | None = None
    wall: tuple[Tile, ...] = ()
    missing: str = ""
    webcast: tuple[str, ...] = ()
    sign: str | None = None
    channels: tuple[Channel, ...] = ()


@dataclass(frozen=True, slots=True)
class CoreHello:
    """Core to media, first on every connection: the versions the core speaks, best first.

    core: which web node it is, the same after a restart. One that is connected is replaced by itself alone.
    """

    versions: tuple[str, ...] = (VERSION,)
    core: str = ""


@dataclass(frozen=True, slots=True)
class Join:
    """Core to media: make a connection and an offer for this peer; an older connection of it is closed."""

    room: str
    peer: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Core to media: the page's answer; attempt repeats the number of the offer it answers."""

    room: str
    peer: str
    sdp: str
    attempt: int | None = None


@dataclass(frozen=True, slots=True)
class Guest:
    """Core to media: equipment with its own offer (WHIP, WHEP). Answered by `guest-answer` or `failed`.

    plays: the slot it wants (`floor`, `chair`, `hall`, `webcast`), or None when it publishes.
    """

    room: str
    peer: str
    sdp: str
    plays: str | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """Core to media: close this peer's connection. Not answered by `lost`."""

    room: str
    peer: str


@dataclass(frozen=True, slots=True)
class Close:
    """Core to media: close every connection of the room and forget it."""

    room: str


@dataclass(frozen=True, slots=True)
class Stop:
    """Core to media: close everything and end the process."""


@dataclass(frozen=True, slots=True)
class MediaHello:
    """Media to core, in answer to `hello`: the chosen version, the UDP port in use and who answers."""

    version: str
    udp_port: int
    addresses: tuple[str, ...]
    pid: int


@dataclass(frozen=True, slots=True)
class Offer:
    """Media to core: SDP to be relayed to the page. attempt counts the offers made to this peer."""

    room: str
    peer: str
    sdp: str
    attempt: int


@dataclass(frozen=True, slots=True)
class GuestAnswer:
    """Media to core: SDP to be given to the equipment."""

    room: str
    peer: str
    sdp: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Media to core: a join or an answer could not be used.

    reason is one of `not-admitted`, `unknown-peer`, `late-answer`, `sdp-too-large`, `sdp-invalid`;
    detail is English text for the log.
    """

    room: str
    peer: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Connected:
    """Media to core: the transport is up. Repeated for each connected peer when the core has reconnected."""

    room: str
    peer: str


@dataclass(frozen=True, slots=True)
class Lost:
    """Media to core: the transport is gone.

    reason is one of `silent` (no datagram for 8 s), `closed` (by the page), `replaced` (a newer join of the
    same peer), `unreachable` (never connected).
    """

    room: str
    peer: str
    reason: str


@dataclass(frozen=True, slots=True)
class Hint:
    """Media to core, relayed to the page: what it should send now. Saves bandwidth, enforces nothing."""

    room: str
    peer: str
    full: bool
    mic: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """What the last second's thumbnail looks like, measured by the wall on every other sample of brightness.

    luma_mean: 0..255, black is 16 by convention and 0 when the page has switched the picture off. luma_dev:
    standard deviation; a covered lens is below 3. change: share (0..1) of samples that differ by more than 12
    from the thumbnail measured a second or so before, None for the first.
    """

    luma_mean: float
    luma_dev: float
    change: float | None = None


@dataclass(frozen=True, slots=True)
class Quality:
    """One connected peer, measured where the packets are.

    audio_in, video_in, audio_out, video_out: whether packets flowed that way in the last two seconds.
    audio_level: loudest in the last second in -dBov (0 loudest, 127 digital silence, RFC 6464), or None.
    silent_for_ms: since any datagram from it. video_age_ms: since its last picture packet, None before the
    first. loss_in, loss_out: share of packets lost in the last report interval, 0..1. rtt_ms: round trip of
    its latest receiver report about something sent to it, or of the last STUN check (renewed about every five
    seconds) when nothing is, or None. kbit_in, kbit_out: RTP with headers.

    mic_open: it has been asked to open its microphone; without that, silence says nothing. frames: thumbnail
    frames in the last second. frame_bytes: the middle size of those that are no key frame. key_bytes: size of
    the last key frame; key_quantizer: how coarsely it is coded, 0..127; key_modes: bytes of its prediction
    modes. picture: measured by the wall in the last second; None without a wall, or without a
    picture decoded by it. held: slots whose picture is held back because its line does not take it.
    """

    peer: str
    audio_in: bool
    video_in: bool
    audio_out: bool
    video_out: bool
    audio_level: int | None
    silent_for_ms: int
    video_age_ms: int | None
    loss_in: float
    loss_out: float
    rtt_ms: float | None
    kbit_in: int
    kbit_out: int
    picture: Picture | None = None
    mic_open: bool = False
    frames: int = 0
    frame_bytes: int | None = None
    key_bytes: int | None = None
    key_quantizer: int | None = None
    key_modes: int | None = None
    held: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QualityReport:
    """Media to core, once a second and room: every connected peer.

    shed: slots whose picture nobody is sent, because the process cannot keep up.
    """

    room: str
    peers: tuple[Quality, ...]
    shed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WallPlan:
    """Media to core: what the wall of a room shows from now on. Said again at a change, and to a new core.

    peers: who is where, row by row; columns: places in a row, 0 when there is no wall. page, pages: more
    people than one wall holds are shown in turn.
    """

    room: str
    columns: int
    peers: tuple[str, ...] = ()
    page: int = 1
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Health:
    """Media to core, once a second, also without rooms: the process itself.

    late_ms: the longest its event loop was late in the last second; sound and picture stood still as long.
    own_ms: how much of that at most was its own work; the rest it waited for a processor.
    tasks: of the event loop. peers: connected or connecting, in all rooms. unsent: datagrams that were not
    sent in the last second because the kernel did not take them.
    """

    late_ms: float
    own_ms: float
    tasks: int
    peers: int
    unsent: int


FromCore: TypeAlias = CoreHello | Room | Join | Answer | Guest | Leave | Close | Stop
FromMedia: TypeAlias = (
    MediaHello | Offer | GuestAnswer | Failed | Connected | Lost | Hint | QualityReport | WallPlan | Health
)

_FROM_CORE: Mapping[str, type[Any]] = {
    "hello": CoreHello,
    "room": Room,
    "join": Join,
    "answer": Answer,
    "guest": Guest,
    "leave": Leave,
    "close": Close,
    "stop": Stop,
}
_FROM_MEDIA: Mapping[str, type[Any]] = {
    "hello": MediaHello,
    "offer": Offer,
    "guest-answer": GuestAnswer,
    "failed": Failed,
    "connected": Connected,
    "lost": Lost,
    "hint": Hint,
    "quality": QualityReport,
    "wall": WallPlan,
    "health": Health,
}
_NAMES: Mapping[type[Any], str] = {
    kind: name for names in (_FROM_CORE, _FROM_MEDIA) for name, kind in names.items()
}


def encode(message: FromCore | FromMedia) -> bytes:
    """One line, newline included."""
    found = {"type": _NAMES[type(message)], **plain(message)}
    return json.dumps(found, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


def decode_from_core(line: bytes) -> FromCore:
    """What the media process reads. Raises BadMessage."""
    message: FromCore = _decode(line, _FROM_CORE)
    return message


def decode_from_media(line: bytes) -> FromMedia:
    """What the core reads. Raises BadMessage."""
    message: FromMedia = _decode(line, _FROM_MEDIA)
    return message


def _decode(line: bytes, kinds: Mapping[str, type[Any]]) -> Any:
    try:
        found = json.loads(line)
    except ValueError as error:  # covers UnicodeDecodeError and JSONDecodeError
        raise BadMessage(f"not JSON: {error}") from None
    except RecursionError:
        raise BadMessage("nested too deep") from None
    if not isinstance(found, dict):
        raise BadMessage("not an object")
    name = found.pop("type", None)
    kind = kinds.get(name) if isinstance(name, str) else None
    if kind is None:
        raise BadMessage(f"unknown type {str(name)[:40]!r}")
    return build(kind, found, str(name))
