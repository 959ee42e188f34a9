"""Conflicts of interest: declared, recorded, withdrawn, and what they do to the matter at hand."""

from __future__ import annotations

from meeting_server.meeting import conflicts as cf
from meeting_server.meeting import debate as db
from meeting_server.meeting import deciding as dc
from meeting_server.meeting import presiding as ps
from meeting_server.meeting.counting import counted, is_cut_off
from tests.builders import under_way


def test_a_conflict_takes_the_member_out_of_that_matter_alone() -> None:
    held = under_way()
    [declared] = held.give(cf.DeclareConflict("m1", " Ägare "), "m2")
    assert isinstance(declared, cf.ConflictDeclared)
    assert (declared.reason, [r.code for r in declared.rulings]) == (
        "Ägare",
        ["disqualified", "conflict-presence"],
    )
    held.takes_up("m1")
    assert "m2" not in counted(held.meeting)
    held.debate_closed().put().found("m1-p0").gavel()
    assert "m2" in counted(held.meeting)
    assert held.refusal(cf.DeclareConflict("m1"), "m3").code == "already-decided"


def test_in_a_committee_the_disqualified_are_cut_off_and_in_an_assembly_they_may_watch() -> None:
    for kind, cut_off in (("executive", True), ("assembly", False)):
        held = under_way(kind=kind)
        held.give(cf.DeclareConflict("m1"), "m2")
        held.takes_up("m1")
        assert is_cut_off(held.meeting, "m2") is cut_off


def test_a_conflict_is_declared_once_in_a_matter_that_exists() -> None:
    held = under_way()
    held.give(cf.RecordConflict("m1", "m2"), "sara")
    assert held.refusal(cf.DeclareConflict("m1"), "m2").code == "already-declared"
    assert held.refusal(cf.DeclareConflict("m9"), "m2").code == "unknown-matter"


def test_a_conflict_is_withdrawn_before_the_matter_by_the_person_or_an_officer() -> None:
    held = under_way()
    assert held.refusal(cf.WithdrawConflict("m1", "m2"), "m2").code == "no-conflict"
    held.give(cf.DeclareConflict("m1"), "m2")
    held.give(cf.DeclareConflict("m1"), "m3")
    assert held.refusal(cf.WithdrawConflict("m1", "m2"), "m3").code == "not-your-conflict"
    held.give(cf.WithdrawConflict("m1", "m2"), "m2")
    held.give(cf.WithdrawConflict("m1", "m3"), "sara")
    held.give(cf.DeclareConflict("m1"), "m4")
    held.takes_up("m1")
    assert held.refusal(cf.WithdrawConflict("m1", "m4"), "m4").code == "matter-taken-up"


def test_a_conflict_declared_in_the_matter_ends_the_persons_part_in_it() -> None:
    held = under_way().takes_up()
    held.proposal("m2")
    held.give(db.GiveFloor(person="m2"))
    held.give(db.RequestFloor(), "m3")
    held.give(cf.DeclareConflict("m1"), "m2")
    assert held.meeting.debate.floor is None
    held.give(db.DeclineRequest(held.meeting.debate.queue[0].id))
    held.debate_closed().put().found("m1-p0").demanded("m3")
    held.give(cf.DeclareConflict("m1"), "m3")
    assert held.meeting.matters["m1"].contests[0].demanded_by is None


def test_a_chair_who_becomes_disqualified_in_the_matter_hands_over() -> None:
    held = under_way().takes_up()
    held.give(cf.DeclareConflict("m1"), "anna")
    held.debate_closed()
    assert held.refusal(dc.PutQuestion()).code == "chair-disqualified"
    held.give(ps.HandOverChair("m2"))
    held.put()
