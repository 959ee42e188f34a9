"""What the pages are told of picture and sound: the messages of kind `media` (wire/PROTOCOL.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from meeting_server import media_protocol as mp

Message = dict[str, object]


def offer(event: mp.Offer) -> Message:
    """A connection to answer."""
    return {"type": "media", "kind": "offer", "sdp": event.sdp, "attempt": event.attempt}


def failed(reason: str) -> Message:
    """The page's connection could not be made."""
    return {"type": "media", "kind": "failed", "reason": reason}


def hint(event: mp.Hint) -> Message:
    """What the page should send now."""
    return {"type": "media", "kind": "hint", "full": event.full, "mic": event.mic}


def wall(plan: mp.WallPlan | None, persons: Mapping[str, str]) -> Message:
    """Where everybody is on the wall, columns 0 without one. persons: by peer."""
    shown = plan or mp.WallPlan("", 0)
    return {
        "type": "media",
        "kind": "wall",
        "columns": shown.columns,
        "persons": [persons.get(peer) for peer in shown.peers],
        "page": shown.page,
        "pages": shown.pages,
    }


def left_out(slots: Sequence[str]) -> Message:
    """Which pictures nobody is sent: it is the server, and not the pages' lines."""
    return {"type": "media", "kind": "shed", "lines": list(slots)}
