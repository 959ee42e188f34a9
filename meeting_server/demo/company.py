"""Who the simulated members are: in which meeting, and which of its members."""

from __future__ import annotations

from meeting_server.store import Store

_ORDER = ("open", "convened", "planned")
MOST = 12
"""Two cores carry more, but a dozen fill the screen."""


async def company(store: Store, count: int) -> tuple[str, tuple[str, ...]]:
    """A meeting that allows distance, the one under way first, and so many of its ordinary members.

    They are taken from the end of the roll, so that the doors of the first names stay free. Nobody when no
    meeting allows it.
    """
    meetings = [each for each in await store.register.meetings() if each.status in _ORDER]
    for summary in sorted(meetings, key=lambda each: (_ORDER.index(each.status), each.starts_at)):
        convened = await store.register.convened(summary.id)
        if convened.standing_orders.distance == "not_allowed":
            continue
        ordinary = [each.id for each in convened.roster if each.role == "member" and each.presidium is None]
        return summary.id, tuple(ordinary[-count:] if count else ())
    return "", ()
