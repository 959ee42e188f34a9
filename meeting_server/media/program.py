"""What a room's desired state means for one peer: what its page should send, and which pictures it is spared.

Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from meeting_server.media.lines import LINES
from meeting_server.media_protocol import PeerState, Room

PROGRAM = {
    line.name: index
    for index, line in enumerate(LINES)
    if line.kind == "video" and line.name in ("floor", "chair", "hall")
}
"""The pictures that go to everybody who shows them: the index of each line."""


def unshown(
    room: Room, peer: PeerState, sends_picture: Callable[[str], bool], *, has_wall: bool
) -> Collection[int]:
    """Lines of the PROGRAM that this peer is not sent, because its page shows something else.

    If nobody but itself feeds what it shows, it is sent all that there is: whoever takes part at a distance
    always gets some picture of the meeting. sends_picture: whether a peer, by name, is here and sends one.
    has_wall: whether a wall is made.
    """

    def comes(slot: str) -> bool:
        if slot == "wall":
            return has_wall and bool(room.wall)
        holder: str | None = getattr(room, slot) if slot in PROGRAM else None
        return holder is not None and holder != peer.peer and sends_picture(holder)

    if peer.shows is None or not any(map(comes, peer.shows)):
        return frozenset()
    return frozenset(index for slot, index in PROGRAM.items() if slot not in peer.shows)


def wanted_from(room: Room, peer: PeerState, watched: Collection[str]) -> tuple[bool, bool]:
    """Whether its page should send its full picture, and its sound. watched: whose picture is looked at."""
    if not peer.may_send:
        return False, False
    holds = peer.peer in (room.floor, room.chair, room.hall)
    interprets = any(each.peer == peer.peer for each in room.channels)
    return (
        holds or peer.peer == room.sign or peer.full or peer.peer in watched,
        holds or interprets or peer.mic,
    )
