"""Matters in a block: what may stand in one, lifting out, one gavel and a decision for each."""

from __future__ import annotations

from typing import Any

import pytest

from meeting_server.meeting import abstention as ab
from meeting_server.meeting import agenda as ag
from meeting_server.meeting import blocks as bl
from meeting_server.meeting import reservations as rs
from meeting_server.meeting.conflicts import RecordConflict
from meeting_server.meeting.convening import QualifiedMajority
from tests.builders import SECRETARY, Hall, matter, members, person, under_way

THREE = tuple(matter(f"m{n}") for n in (1, 2, 3))


def block(agenda: Any = THREE, kind: str = "assembly", **about: Any) -> Hall:
    """Three matters are taken up in a block."""
    held = under_way(agenda=agenda, kind=kind, **about)
    held.give(bl.TakeUpBlock(("m1", "m2", "m3")))
    return held


def test_one_gavel_decides_each_matter_with_a_number_and_a_decision_of_its_own() -> None:
    held = block()
    events = held.give(bl.DecideBlock())
    assert [type(e).__name__ for e in events][:7] == [
        "BlockDecided",
        "MatterTakenUp",
        "DebateClosed",
        "QuestionsPut",
        "CarriedFound",
        "MatterDecided",
        "MatterFinished",
    ]
    matters = held.meeting.matters
    assert [matters[m].number for m in ("m1", "m2", "m3")] == [140, 141, 142]
    assert all(
        m.decision is not None and m.decision.proposal == f"{m.matter.id}-p0" for m in matters.values()
    )
    assert [m.block for m in matters.values()] == [("m1", "m2", "m3")] * 3
    assert held.meeting.block == ()
    held.give(rs.Reserve("m2"), "m3")


def test_any_member_has_a_matter_lifted_out_and_it_is_then_handled_by_itself() -> None:
    held = block()
    assert held.refusal(bl.LiftFromBlock("m9"), "m4").code == "unknown-matter"
    held.give(bl.LiftFromBlock("m2"), "m4")
    assert held.refusal(bl.LiftFromBlock("m2"), "m4").code == "not-in-block"
    assert held.refusal(ag.TakeUpMatter("m2")).code == "block-open"
    held.give(bl.DecideBlock())
    assert held.meeting.matters["m2"].status == "coming"
    held.takes_up("m2")


def test_a_block_of_one_is_no_block() -> None:
    held = block()
    held.give(bl.LiftFromBlock("m2"), "m4")
    lifted, dropped = held.give(bl.RecordLift("m1", "m3"), "sara")
    assert (lifted, dropped) == (bl.LiftedFromBlock("m1", "m3", "sara"), bl.BlockDropped())
    assert held.refusal(bl.DecideBlock()).code == "no-block"
    held.takes_up("m1")


def test_the_chair_may_take_them_one_by_one_and_abstentions_are_then_said_anew() -> None:
    held = block()
    held.give(ab.Abstain("m1"), "m2")
    held.give(bl.DropBlock())
    assert not held.meeting.matters["m1"].abstaining
    assert held.refusal(bl.LiftFromBlock("m1"), "m2").code == "no-block"


def test_abstentions_and_conflicts_hold_for_the_matter_they_concern() -> None:
    held = block()
    held.give(ab.Abstain("m1"), "m2")
    held.give(RecordConflict("m2", "m3"), "sara")
    assert held.refusal(ab.Abstain("m2"), "m3").code == "disqualified"
    held.give(bl.DecideBlock())
    took_part = [m.decision.taking_part for m in held.meeting.matters.values() if m.decision is not None]
    assert took_part == [
        ("anna", "m3", "m4", "m5"),
        ("anna", "m2", "m4", "m5"),
        ("anna", "m2", "m3", "m4", "m5"),
    ]


def test_in_a_committee_one_who_must_leave_keeps_the_matter_out_of_the_block() -> None:
    held = block(kind="committee")
    held.give(RecordConflict("m2", "m3"), "sara")
    refused = held.refusal(bl.DecideBlock())
    assert (refused.code, refused.cites, refused.facts["person"]) == ("not-for-block", "KL 6:30", "m3")
    held.give(bl.LiftFromBlock("m2"), "anna")
    held.give(bl.DecideBlock())


@pytest.mark.parametrize(
    "odd",
    [
        matter("m2", proposal=None),
        matter("m2", announced=False),
        matter("m2", prepared=False),
        matter("m2", majority=QualifiedMajority("other_than_party")),
    ],
)
def test_only_what_has_a_prepared_proposal_and_needs_nothing_more_may_stand_in_a_block(odd: Any) -> None:
    held = under_way(agenda=(THREE[0], odd, THREE[2]), kind="assembly")
    refused = held.refusal(bl.TakeUpBlock(("m1", "m2")))
    assert (refused.code, refused.facts["matter"]) == ("not-for-block", "m2")
    assert not bl.fits(held.meeting, held.meeting.matters["m2"])
    assert bl.fits(held.meeting, held.meeting.matters["m3"])


@pytest.mark.parametrize("about", [{"authority": True}, {"secrecy": True}])
def test_what_a_committee_handles_behind_closed_doors_is_handled_by_itself(about: Any) -> None:
    agenda = (THREE[0], matter("m2", **about), THREE[2])
    refused = under_way(agenda=agenda, kind="committee").refusal(bl.TakeUpBlock(("m1", "m2")))
    assert (refused.code, refused.facts["matter"]) == ("not-for-block", "m2")
    under_way(agenda=agenda, kind="assembly").give(bl.TakeUpBlock(("m1", "m2")))


def test_what_staff_may_not_attend_is_handled_by_itself_when_they_are_here() -> None:
    staff = person("stina", None, "attendee", 0, attends="staff")
    agenda = (THREE[0], matter("m2", staff_excluded=True), THREE[2])
    held = under_way(agenda=agenda, kind="committee", roster=(*members(5), SECRETARY, staff))
    held.give(bl.TakeUpBlock(("m1", "m2")))
    held.give(bl.DropBlock())
    held.in_room("stina")
    assert held.refusal(bl.TakeUpBlock(("m1", "m2"))).code == "not-for-block"


def test_matters_alike_at_least_two_and_nothing_unfinished() -> None:
    held = under_way(agenda=(*THREE, matter("m4", "member_motion")), kind="assembly")
    assert held.refusal(bl.TakeUpBlock(("m1", "m1"))).code == "block-too-small"
    assert held.refusal(bl.TakeUpBlock(("m1", "m4"))).code == "block-unlike"
    held.takes_up("m1")
    assert held.refusal(bl.TakeUpBlock(("m2", "m3"))).code == "matter-unfinished"
    held.debate_closed().put().found("m1-p0").gavel()
    events = held.give(bl.TakeUpBlock(("m2", "m3")))
    assert [type(e).__name__ for e in events] == ["MatterFinished", "BlockTakenUp"]
    assert held.refusal(bl.TakeUpBlock(("m2", "m3"))).code == "block-open"


def test_a_chair_who_is_disqualified_in_a_matter_takes_it_by_itself() -> None:
    held = under_way(agenda=THREE, kind="assembly")
    held.give(RecordConflict("m2", "anna"), "sara")
    assert held.refusal(bl.TakeUpBlock(("m1", "m2"))).code == "not-for-block"
    held.give(bl.TakeUpBlock(("m1", "m3")))


def test_a_matter_already_taken_up_is_no_part_of_a_block() -> None:
    held = under_way(agenda=THREE, kind="assembly").decided("m1")
    refused = held.refusal(bl.TakeUpBlock(("m1", "m2")))
    assert refused.code == "not-for-block"
    assert "är redan upptaget" in refused.because
