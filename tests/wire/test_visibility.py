"""Who sees what: votes are secret until the close, and a committee's disqualified see nothing."""

from __future__ import annotations

import pytest

from meeting_server.meeting import Event
from meeting_server.meeting import agenda as ag
from meeting_server.meeting import conflicts as cf
from meeting_server.meeting import debate as db
from meeting_server.meeting import divisions as dv
from meeting_server.meeting import presence as pr
from meeting_server.wire.events import visible
from meeting_server.wire.visibility import Viewer
from tests.builders import hall, under_way

CHAIR, SECRETARY = Viewer("chair", "anna"), Viewer("secretary", "sara")
M2, M3, SCREEN = Viewer("member", "m2"), Viewer("member", "m3"), Viewer("hall")
ALL = (CHAIR, SECRETARY, M2, M3, SCREEN)


def seen_by(event: Event) -> set[Viewer]:
    meeting = under_way().meeting
    return {viewer for viewer in ALL if visible(event, viewer, meeting) is not None}


@pytest.mark.parametrize("channel", ["device", "oral"])
def test_a_vote_is_seen_by_the_voter_alone(channel: str) -> None:
    event = dv.VoteCast("d1", "m2", "yes", channel)  # type: ignore[arg-type]
    assert seen_by(event) == {M2}


@pytest.mark.parametrize(
    "event",
    [
        pr.LobbyEntered("m2"),
        pr.IdentityConfirmed("m2", "known"),
        pr.LinkLost("m2", False, False, "ice"),
        pr.AbsenceRecorded("m2", "sjuk"),
        dv.VoteObjected("d1", "m2", "fel"),
    ],
)
def test_the_lobby_links_and_objections_are_for_the_officers_and_the_person(event: Event) -> None:
    assert seen_by(event) == {CHAIR, SECRETARY, M2}


def test_what_happens_in_the_hall_is_seen_by_all() -> None:
    assert seen_by(db.FloorGiven("m2", "speech", 240)) == set(ALL)


def test_all_see_who_is_disqualified_and_the_officers_why() -> None:
    meeting = under_way().meeting
    event = cf.ConflictDeclared("m1", "m2", "Ägare")
    reasons = {viewer: visible(event, viewer, meeting) for viewer in ALL}
    assert {v for v, e in reasons.items() if isinstance(e, cf.ConflictDeclared) and e.reason} == {
        CHAIR,
        SECRETARY,
        M2,
    }
    assert all(seen is not None for seen in reasons.values())


def test_in_a_committee_the_disqualified_are_told_only_when_the_matter_ends() -> None:
    held = under_way()
    held.give(cf.DeclareConflict("m1"), "m2")
    held.takes_up("m1")
    assert visible(db.FloorGiven("m3", "speech", 240), M2, held.meeting) is None
    assert visible(ag.MatterFinished("m1"), M2, held.meeting) is not None
    assert visible(pr.Departed("m2", False), M2, held.meeting) is not None
    assert visible(db.FloorGiven("m3", "speech", 240), M3, held.meeting) is not None


def test_in_an_assembly_the_disqualified_may_watch() -> None:
    held = under_way(kind="assembly")
    held.give(cf.DeclareConflict("m1"), "m2")
    held.takes_up("m1")
    assert visible(db.FloorGiven("m3", "speech", 240), M2, held.meeting) is not None


def test_nobody_is_cut_off_before_the_meeting() -> None:
    held = hall()
    assert visible(pr.ArrivedInRoom("m3", "code"), M2, held.meeting) is not None
