"""How fast the pure core is at 149 members: replay, decide, evolve, the views of one round.

Run: python -m tests.bench.bench_core
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable

from meeting_server.meeting import Actor, decide, replay
from meeting_server.meeting import divisions as dv
from meeting_server.meeting import presence as pr
from meeting_server.wire.events import decode_event, encode_event
from meeting_server.wire.view import Views
from meeting_server.wire.visibility import Viewer
from tests.builders import SECRETARY, Hall, hall, members, person

MEMBERS = 149
SUBSTITUTES = 74


def assembly() -> Hall:
    """149 members and 74 substitutes, a division open, everybody has voted and changed twenty times."""
    substitutes = tuple(person(f"e{n}", "AB"[n % 2], "substitute", n) for n in range(SUBSTITUTES))
    held = hall(roster=(*members(MEMBERS), *substitutes, SECRETARY), kind="assembly", distance="all_may")
    held.in_room(*held.people[:100])
    held.opened()
    held.remotely(*held.people[100:])
    held.roll_call().divided()
    for turn in range(20):
        for one in held.people:
            held.give(dv.CastVote("yes" if turn % 2 else "no"), one)
    return held


def seconds(act: Callable[[], object], times: int = 1) -> float:
    """The best of five runs, per act."""
    best = float("inf")
    for _ in range(5):
        begun = time.perf_counter()
        for _ in range(times):
            act()
        best = min(best, (time.perf_counter() - begun) / times)
    return best


def main() -> None:
    """Print the numbers."""
    held = assembly()
    rows = [encode_event(record.event) for record in held.log]
    stored = [(name, version, json.dumps(data)) for name, version, data in rows]
    meeting, now = held.meeting, held.meeting.at
    chair, voter = Actor(held.chair), Actor("m2")
    print(f"log of {len(held.log)} events, {MEMBERS} members, {SUBSTITUTES} substitutes")
    print(f"replay            {len(held.log) / seconds(lambda: replay(held.log)):10,.0f} events/s")
    decoded = seconds(lambda: [decode_event(n, v, json.loads(d)) for n, v, d in stored])
    print(f"decode from JSON  {len(stored) / decoded:10,.0f} events/s")
    print(
        f"decide a vote     {seconds(lambda: decide(meeting, dv.CastVote('yes'), voter), 200) * 1e3:10.3f} ms"
    )
    print(
        f"decide the close  {seconds(lambda: decide(meeting, dv.CloseDivision(), chair), 50) * 1e3:10.3f} ms"
    )
    absence = pr.RecordDeparture("m149")
    print(f"decide departure  {seconds(lambda: decide(meeting, absence, chair), 50) * 1e3:10.3f} ms")

    def one_round() -> None:
        views = Views(meeting, now)
        views.of(Viewer("chair", held.chair))
        views.of(Viewer("secretary", "sara"))
        views.of(Viewer("hall"))
        for one in held.people:
            views.of(Viewer("member", one))

    print(f"views, {MEMBERS + 3} viewers {seconds(one_round) * 1e3:8.1f} ms")


if __name__ == "__main__":
    main()
