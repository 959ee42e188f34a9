"""The fixed m-lines of every connection, in order; the index is the mid. They are never renegotiated."""

from typing import Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["audio", "video"]

OPUS, VP8, RTX = 96, 97, 98
"""Payload types, the same for everybody because the server always offers."""
SOUND_MS = 40
"""Sound in one packet, as we ask for it (ptime, RFC 8866 6.4): every packet is sent to everybody,
and browsers would make twice as many."""
CLOCK_RATE: dict[Kind, int] = {"audio": 48000, "video": 90000}
AUDIO_LEVEL_ID = 2
"""Id of the one header extension in use (RFC 6464), on microphones only. Without MID and send time in the
packets they can be forwarded as they are; SSRCs are told in the SDP."""


class Line(NamedTuple):
    """One m-line: the slot (down) or the up-link (up) it carries."""

    name: str
    kind: Kind
    is_up: bool


LINES = (
    Line("floor", "audio", False),
    Line("floor", "video", False),
    Line("chair", "audio", False),
    Line("chair", "video", False),
    Line("hall", "audio", False),
    Line("hall", "video", False),
    Line("wall", "video", False),
    Line("look", "video", False),
    Line("sign", "video", False),
    Line("channel", "audio", False),
    Line("mic", "audio", True),
    Line("thumb", "video", True),
    Line("full", "video", True),
)
WEBCAST = "webcast"
SLOT_LINES = (*LINES, Line(WEBCAST, "audio", False), Line(WEBCAST, "video", False))
"""The lines of a room: everybody's, and the two that only the webcast's encoder is sent."""
WALL = 6
"""Index of the line that is composed here and comes from nobody."""
LOOK = 7
"""Index of the line on which each member of a room may be shown somebody else."""
SIGN = 8
"""Index of the picture of the sign language interpreter, for those who have asked for it."""
CHANNEL = 9
"""Index of the line on which each member may hear another spoken channel, or none."""


def payload_type(kind: Kind) -> int:
    """The only payload type that is forwarded on lines of this kind."""
    return OPUS if kind == "audio" else VP8
