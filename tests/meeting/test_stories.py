"""Whole meetings: each story gives the log kept beside it, and the log gives the same meeting back."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from meeting_server.meeting import replay
from meeting_server.wire.events import decode_event
from meeting_server.wire.logfile import record_from_json, record_to_json
from tests.builders import Hall
from tests.meeting.stories import bodies, doors, fullmaktige, hard_evenings, kommunstyrelse, val

HERE = Path(__file__).parent / "stories"

STORIES: dict[str, Callable[[], Hall]] = {
    "kommunstyrelse": kommunstyrelse.held,
    "fullmaktige": fullmaktige.held,
    "val-med-lottning": val.tie,
    "val-proportionellt": val.proportional,
    "val-av-ersattare": val.worked,
    "val-bordlaggs": val.deferred,
    "fullmaktige-2026-06-30": fullmaktige.held_before_july,
    **bodies.STORIES,
    **doors.STORIES,
    **hard_evenings.STORIES,
}


@pytest.fixture(scope="module", params=list(STORIES))
def story(request: pytest.FixtureRequest) -> tuple[str, Hall]:
    """One story, told once."""
    return request.param, STORIES[request.param]()


def test_the_log_is_the_golden_log(story: tuple[str, Hall]) -> None:
    name, held = story
    told = [record_to_json(record) for record in held.log]
    path = HERE / f"{name}.log.json"
    if os.environ.get("REGOLD"):
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in told)
        path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    assert told == json.loads(path.read_text(encoding="utf-8"))


def test_replaying_the_golden_log_gives_the_same_meeting(story: tuple[str, Hall]) -> None:
    name, held = story
    rows = json.loads((HERE / f"{name}.log.json").read_text(encoding="utf-8"))
    assert replay(map(record_from_json, rows)) == held.meeting


def test_every_golden_event_reads_back_as_it_was_written(story: tuple[str, Hall]) -> None:
    _name, held = story
    for record in held.log:
        row = record_to_json(record)
        assert decode_event(row["type"], row["version"], row["data"]) == record.event


def test_kommunstyrelsen_votes_seven_to_six_and_six_reserve() -> None:
    held = kommunstyrelse.held().meeting
    division = held.held["d1"]
    assert (division.count("yes"), division.count("no")) == (7, 6)
    assert {note.person for note in held.matters["m4"].reservations} == set(kommunstyrelse.NO)
    assert held.matters["m4"].immediate
    assert held.matters["m4"].outcome_text == "Beslut enligt kommunledningskontorets förslag."


def test_six_are_verified_at_a_distance_and_the_substitute_counts() -> None:
    held = kommunstyrelse.held()
    roll = next(r.event for r in held.log if type(r.event).__name__ == "RollCallCompleted")
    assert set(roll.remote) == set(kommunstyrelse.REMOTE)  # type: ignore[attr-defined]
    assert "berit" in roll.present  # type: ignore[attr-defined]
    assert roll.absent == ("josef",)  # type: ignore[attr-defined]


def test_the_disqualified_member_is_not_among_those_taking_part() -> None:
    decision = kommunstyrelse.held().meeting.matters["m5"].decision
    assert decision is not None
    assert "leif" not in decision.taking_part
    assert "petra" in decision.taking_part
    assert len(decision.taking_part) == 13


def test_from_july_2026_a_vice_chair_at_home_is_a_viewer_and_never_counted() -> None:
    held = fullmaktige.held()
    names = [type(r.event).__name__ for r in held.log if getattr(r.event, "person", None) == "n2"]
    assert names[0] == "AdmittedAsViewer"
    roll = next(r.event for r in held.log if type(r.event).__name__ == "RollCallCompleted")
    assert "n2" not in roll.present  # type: ignore[attr-defined]


def test_on_30_june_2026_the_same_vice_chair_counts_at_home_and_twenty_are_no_third() -> None:
    held = fullmaktige.held_before_july()
    assert held.meeting.convened.regime == "kl-2018"
    roll = next(r.event for r in held.log if type(r.event).__name__ == "RollCallCompleted")
    assert "n2" in roll.remote  # type: ignore[attr-defined]
    assert held.meeting.matters["m3"].status == "decided"


def test_a_third_refers_the_footpath_back_and_the_ladder_decides_the_harbour() -> None:
    held = fullmaktige.held().meeting
    footpath, harbour, grants = (held.matters[m] for m in ("m3", "m4", "m5"))
    assert footpath.status == "referred_back"
    assert footpath.decision is not None
    assert footpath.decision.how == "minority"
    assert [c.kind for c in harbour.contests] == ["today", "main", "counter", "counter"]
    assert harbour.decision is not None
    assert harbour.decision.how == "division"
    assert grants.decision is not None
    assert held.held["d4"].by_casting_vote
    assert held.held["d3"].status == "voided"
    assert grants.decision.additions == ("m5-p1",)


def test_the_lot_falls_on_the_second_of_two_and_can_be_redone_from_the_log() -> None:
    election = val.tie().meeting.matters["m1"].election
    assert [b.status for b in election.ballots] == ["voided", "counted"]
    assert [e.called for e in election.elected] == ["Mirjam Myrvik (E)"]
    draw = election.ballots[1].draws[0]
    assert draw.total == 583217 + 4 + 7
    assert draw.lots[(draw.total - 1) % 2] == draw.drawn


def test_eleven_are_elected_proportionally_when_five_of_51_demand_it() -> None:
    held = val.proportional().meeting
    election = held.matters["m1"].election
    seats = [e.group for e in election.elected]
    assert len(seats) == 11
    assert [seats.count(g) for g in dict.fromkeys(seats)] == [6, 3, 2]
    assert election.how == "proportional"
    assert len(election.ballots[0].remote) == 6


def test_skrs_worked_election_gives_four_one_one_one_and_the_substitutes_follow() -> None:
    held = val.worked().meeting
    members, substitutes, ordered, post = (held.matters[f"m{n}"].election for n in range(1, 5))
    groups = [e.group for e in members.elected]
    assert [groups.count(name) for name, _ in val._WORKED] == [4, 1, 1, 1]
    assert members.returning_officer == "l13"
    assert (substitutes.how, len(substitutes.elected)) == ("proportional", 4)
    assert [g.designation for g in substitutes.ballots[0].groups][1:] == ["Samverkan", "Samverkan (2)"]
    assert [e.name.split()[0] for e in ordered.elected] == ["Ivar", "Hedvig", "Jonna"]
    assert post.how == "lots"


def test_the_strictest_of_three_standing_orders_is_pinned_and_somebody_is_in_the_room() -> None:
    held = bodies.joint_committee().meeting
    assert held.convened.standing_orders.distance == "some_may"
    assert len(held.convened.standing_orders.agreements) == 3
    decision = held.matters["m3"].decision
    assert decision is not None
    assert set(decision.remote) == {"erik", "bodil", "alva", "moa"}


def test_with_the_obligation_all_are_at_home_and_its_ruling_stands_in_the_opening() -> None:
    opened = next(r.event for r in bodies.obliged().log if type(r.event).__name__ == "MeetingOpened")
    assert [(r.code, r.outcome) for r in opened.rulings] == [  # type: ignore[attr-defined]
        ("physical-place", True),
        ("mandatory-remote", True),
    ]
    decision = bodies.obliged().meeting.matters["m3"].decision
    assert decision is not None
    assert decision.remote == decision.taking_part


def test_a_budget_meeting_is_announced_public_and_staff_leave_the_tender() -> None:
    held = bodies.budget()
    opened = next(r.event for r in held.log if type(r.event).__name__ == "MeetingOpened")
    codes = {r.code: r.outcome for r in opened.rulings}  # type: ignore[attr-defined]
    assert codes["budget-in-public"] is True
    assert codes["announced-in-time"] is True


@pytest.mark.parametrize(("story", "allowed"), [("namnd-2026-06-30", False), ("namnd-2026-07-01", True)])
def test_the_law_turns_on_1_july_2026(story: str, *, allowed: bool) -> None:
    log = bodies.STORIES[story]().log
    taken = next(r.event for r in log if type(r.event).__name__ == "MatterTakenUp")
    spread = next(r for r in taken.rulings if r.code == "fully-remote")  # type: ignore[attr-defined]
    assert spread.outcome is allowed


def test_one_member_stops_an_unannounced_matter_and_all_agree_on_another() -> None:
    matters = hard_evenings.one_says_no().meeting.matters
    assert (matters["m4"].number, matters["m4"].outcome_text) == (None, "Ärendet tas inte upp.")
    assert matters["m4"].opposed == "goran"
    assert matters["m5"].decision_agreed == ("m5-p0", hard_evenings.EVERYBODY)
    assert matters["m5"].status == "decided"


def test_only_the_third_of_three_divisions_counts_and_all_three_are_kept() -> None:
    held = hard_evenings.held_again().meeting
    assert [d.status for d in held.held.values()] == ["voided", "voided", "confirmed"]
    assert held.held["d2"].count("yes") == 4
    decision = held.matters["m3"].decision
    assert decision is not None
    assert (decision.proposal, decision.division) == ("m3-p1", "d3")


def test_four_proposals_take_three_divisions_and_the_tie_falls_to_the_chair() -> None:
    held = hard_evenings.four_proposals().meeting
    assert [c.kind for c in held.matters["m3"].contests] == ["main", "counter", "counter"]
    assert [(d.carried, d.by_casting_vote) for d in held.held.values()] == [
        ("m3-p2", True),
        ("m3-p1", True),
        ("m3-p0", False),
    ]


def test_a_third_puts_a_matter_off_once_and_not_again() -> None:
    matters = hard_evenings.a_third_twice().meeting.matters
    assert [matters[m].status for m in ("m3", "m4")] == ["referred_back", "decided"]


def test_a_conflict_breaks_the_quorum_of_a_committee_and_not_that_of_an_assembly() -> None:
    committee = hard_evenings.conflict_in_a_committee().meeting.matters["m3"].decision
    assembly = hard_evenings.conflict_in_an_assembly().meeting.matters["m3"].decision
    assert committee is not None
    assert assembly is not None
    assert set(committee.taking_part) == {"tora", "erik", "bodil", "inga"}
    assert set(assembly.taking_part) == {"tora", "erik", "bodil"}


def test_at_home_they_debate_behind_closed_doors_and_the_decision_is_made_with_open_ones() -> None:
    names = [type(r.event).__name__ for r in doors.closed_doors().log]
    closed, opened = names.index("DoorsClosed"), names.index("DoorsOpened")
    assert "FloorGiven" in names[closed:opened]
    assert "QuestionPut" not in names[:opened]


def test_the_webcast_stops_behind_closed_doors_and_with_the_meeting_and_starts_by_hand_alone() -> None:
    names = [type(r.event).__name__ for r in doors.webcast().log]
    told = [n for n in names if n in ("WebcastStarted", "WebcastStopped", "DoorsClosed", "DoorsOpened")]
    assert told == [
        "WebcastStarted",
        "DoorsClosed",
        "WebcastStopped",
        "DoorsOpened",
        "WebcastStarted",
        "WebcastStopped",
    ]
    assert names[-1] == "MeetingClosed"
    held = doors.webcast().meeting
    assert [span.ground for span in held.webcast.spans] == ["doors", "closed"]
    [mark] = held.webcast.marks
    assert (mark.ends_at - mark.begins_at).total_seconds() == 300
