"""Which media process a room is placed on, and when it leaves one that is away. Pure: moments are given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

AWAY_SECONDS = 3.0
"""A process whose line has been broken for so long has lost its rooms to another, if there is one. Less than
what presence_watch forgives for our own faults (Thresholds.media_down), so that nobody is lost by a move.
"""
MOVE_PAUSE_SECONDS = 60.0
"""A room that has been moved stays as long as this, up or down. One that by itself ends every process it is
on then waits alone on the second, instead of ending them all in turn.
"""


@dataclass(frozen=True, slots=True)
class Load:
    """What one process that answers has now. late_ms: its event loop, as in mp.Health."""

    name: str
    peers: int = 0
    rooms: int = 0
    late_ms: float = 0.0


def least_loaded(loads: Iterable[Load]) -> str | None:
    """Where a new room goes: fewest peers, then fewest rooms (whose people are still to come), then least
    late, then by name. None when there is nowhere.
    """
    order = min(((each.peers, each.rooms, each.late_ms, each.name) for each in loads), default=None)
    return order[-1] if order is not None else None


def may_leave(now: float, *, down_since: float, has_ended: bool, moved_at: float | None) -> bool:
    """Whether a room may be moved from a process that is away; in seconds of a clock that never goes back.

    has_ended: it is certain that the process is gone, and its connections with it; then there is nothing to
    wait for. Otherwise the line alone may have broken, and the room may still be alive there.
    """
    if moved_at is not None and now - moved_at < MOVE_PAUSE_SECONDS:
        return False
    return has_ended or now - down_since >= AWAY_SECONDS
