"""Who comes back is told again only what might be told when it happened."""

from __future__ import annotations

import json

import pytest

from meeting_server.live.backlog import told_again
from meeting_server.live.chambers import may_watch
from meeting_server.live.clock import SystemClock
from meeting_server.live.hub import Hub
from meeting_server.live.hub import Viewer as Watching
from meeting_server.meeting import conflicts, doors, replay
from meeting_server.wire.visibility import Viewer, ViewerRole
from tests.builders import SECRETARY, Hall, hall, members
from tests.live.place import nobody_waits

SEEN_BY: dict[ViewerRole, str | None] = {"hall": None, "secretary": "sekr"}


def a_meeting_behind_doors() -> Hall:
    """A proposal is moved behind closed doors; m5 is disqualified in the matter."""
    held = hall(roster=(*members(7), SECRETARY), kind="assembly")
    held.in_room("anna", "m2", "m3", "m4", "m5", "m7").opened().roll_call()
    held.give(conflicts.DeclareConflict("m1", "Egen sak."), "m5")
    held.takes_up("m1")
    held.give(doors.CloseDoors(), "anna")
    held.proposal("m2")
    held.give(doors.OpenDoors(), "anna")
    return held


@pytest.mark.parametrize(
    ("viewer", "is_told"),
    [
        (Viewer("chair", "anna"), True),
        (Viewer("secretary", "sekr"), True),
        (Viewer("hall"), False),
        (Viewer("member", "m3"), False),
    ],
)
def test_what_was_said_behind_closed_doors_is_told_again_to_officers_only(
    viewer: Viewer, is_told: bool
) -> None:
    log = a_meeting_behind_doors().log
    names = {type(record.event).__name__ for record in told_again(log, 0, viewer)}
    assert ("ProposalMade" in names) is is_told
    assert {"DoorsClosed", "DoorsOpened"} <= names


def test_a_disqualified_person_is_not_told_of_the_matter_when_it_is_over() -> None:
    log = a_meeting_behind_doors().log
    taken_up = next(r.seq for r in log if type(r.event).__name__ == "MatterTakenUp")
    told = told_again(log, 0, Viewer("member", "m5"))
    assert [record.seq for record in told] == list(range(1, taken_up + 1))


def test_only_what_came_after_the_last_seen_is_told() -> None:
    log = a_meeting_behind_doors().log
    assert [record.seq for record in told_again(log, 3, Viewer("chair", "anna"))] == [
        record.seq for record in log[3:]
    ]


def test_events_of_one_commit_are_told_by_the_state_just_after_each() -> None:
    """A proposal moved behind closed doors and the doors opening may be stored together."""
    held = a_meeting_behind_doors()
    moved = next(i for i, r in enumerate(held.log) if type(r.event).__name__ == "ProposalMade")
    hub = Hub(SystemClock(), may_watch, replay(held.log[:moved]), nobody_waits)
    viewers = {role: Watching(Viewer(role, one), one or "sekr", role) for role, one in SEEN_BY.items()}
    for viewer in viewers.values():
        hub.join(viewer, [])
    hub.publish(held.log[moved:], held.meeting)
    names = {role: {json.loads(text)["name"] for text in v.take()} for role, v in viewers.items()}
    assert names == {"hall": {"doors-opened"}, "secretary": {"proposal-made", "doors-opened"}}
