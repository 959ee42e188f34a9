"""Urgent matters: added at the meeting, taken up when all present say so, decided when all agree."""

from __future__ import annotations

from typing import Any

from meeting_server.meeting import agenda as ag
from meeting_server.meeting import deciding as dc
from meeting_server.meeting import urgency as ur
from meeting_server.wire.view import view
from meeting_server.wire.visibility import Viewer
from tests.builders import Hall, hall, matter, under_way


def assembly(**about: bool) -> Hall:
    return under_way(4, kind="assembly", agenda=(matter("m1", **about),))


def test_a_matter_added_stands_last_and_waits_for_everybody_to_agree_in_an_assembly() -> None:
    held = assembly()
    [added] = held.give(ur.AddMatter(" Ny bro ", "KS 2026/9", " ", ("Bron byggs.", " ")), "sara")
    assert isinstance(added, ur.MatterAdded)
    assert (added.matter.id, added.matter.title, added.matter.kind) == ("m2", "Ny bro", "decision")
    assert added.matter.proposal is not None
    assert added.matter.proposal.points == ("Bron byggs.",)
    held.decided("m1")
    assert held.refusal(ag.TakeUpMatter("m2")).code == "announced"
    [found] = held.give(ur.RecordUnanimity("m2", "taking_up"))
    assert isinstance(found, ur.UnanimityFound)
    assert [(r.code, r.outcome) for r in found.rulings] == [("quorum", True), ("announced", True)]
    held.takes_up("m2")


def test_a_matter_without_a_proposal_is_information_and_one_without_a_title_is_nothing() -> None:
    held = hall(agenda=(matter("m2"),)).in_room("anna", "m2", "m3", "m4", "m5").roll_call()
    [added] = held.give(ur.AddMatter("Rapport"))
    assert isinstance(added, ur.MatterAdded)
    assert (added.matter.id, added.matter.kind, added.matter.proposal) == ("m3", "information", None)
    assert held.refusal(ur.AddMatter("  ")).code == "text-missing"
    assert held.refusal(ur.AddMatter("Rapport"), "m2").code == "not-your-role"


def test_a_committee_takes_up_what_was_not_announced_without_asking() -> None:
    held = under_way(agenda=(matter("m1", announced=False, prepared=False),))
    assert held.refusal(ur.RecordUnanimity("m1", "taking_up")).code == "nothing-to-agree-on"
    held.decided("m1")


def test_one_who_says_no_is_enough_and_the_matter_is_left() -> None:
    held = assembly(announced=False)
    refused = held.refusal(ur.RecordUnanimity("m1", "taking_up", "m5"))
    assert refused.code == "not-present"
    [denied] = held.give(ur.RecordUnanimity("m1", "taking_up", "m3"))
    assert isinstance(denied, ur.UnanimityDenied)
    assert (denied.rulings[0].cites, denied.rulings[0].outcome) == ("KL 5:52", False)
    left = held.meeting.matters["m1"]
    assert (left.status, left.opposed, left.outcome_text) == ("done", "m3", "Ärendet tas inte upp.")
    assert held.refusal(ag.TakeUpMatter("m1")).code == "already-handled"
    assert held.refusal(ur.RecordUnanimity("m1", "taking_up")).code == "nothing-to-agree-on"


def test_one_who_has_come_since_has_not_agreed() -> None:
    held = assembly(announced=False)
    held.give(ur.RecordUnanimity("m1", "taking_up"))
    held.in_room("m5")
    assert held.refusal(ag.TakeUpMatter("m1")).code == "announced"
    held.give(ur.RecordUnanimity("m1", "taking_up"))
    held.takes_up("m1")


def test_the_decision_in_an_unprepared_matter_is_asked_apart_and_about_what_was_found() -> None:
    held = assembly(prepared=False).takes_up()
    assert held.refusal(ur.RecordUnanimity("m1", "decision")).code == "nothing-to-agree-on"
    other = held.proposal("m2")
    held.debate_closed().put().found("m1-p0")
    assert held.refusal(dc.Gavel()).code == "prepared"
    [denied] = held.give(ur.RecordUnanimity("m1", "decision", "m2"))
    assert isinstance(denied, ur.UnanimityDenied)
    assert held.refusal(dc.Gavel()).code == "prepared"
    held.give(ur.RecordUnanimity("m1", "decision"))
    held.found(other)
    assert held.refusal(dc.Gavel()).code == "prepared"
    held.give(ur.RecordUnanimity("m1", "decision"))
    held.in_room("m5")
    assert held.refusal(dc.Gavel()).code == "prepared"
    held.give(ur.RecordUnanimity("m1", "decision"))
    held.gavel()
    assert held.meeting.matters["m1"].settled


def test_nobody_is_asked_to_agree_while_a_division_is_demanded() -> None:
    held = assembly(prepared=False).takes_up().debate_closed().put().found("m1-p0").demanded("m2")
    assert held.refusal(ur.RecordUnanimity("m1", "decision")).code == "nothing-to-agree-on"


def primary(held: Hall) -> Any:
    told: Any = view(held.meeting, Viewer("chair", held.chair), held.meeting.at)
    return told["steps"]["primary"]


def test_the_chair_is_led_to_both_questions() -> None:
    held = assembly(announced=False, prepared=False)
    step = primary(held)
    assert (step["label"], step["dialog"]) == ("Fråga om ärendet får tas upp", "unanimity")
    assert step["command"] == {"name": "record-unanimity", "data": {"matter": "m1", "about": "taking_up"}}
    held.give(ur.RecordUnanimity("m1", "taking_up"))
    assert primary(held)["label"] == "Ta upp § 140"
    held.takes_up().debate_closed().put().found("m1-p0")
    assert primary(held)["label"] == "Fråga om alla är ense om beslutet"
    held.give(ur.RecordUnanimity("m1", "decision", "m2"))
    assert primary(held)["sub"] == "M2 A-son (A) sade nej"
    held.give(ur.RecordUnanimity("m1", "decision"))
    assert primary(held)["label"] == "Klubba: bifall till förslag 1"
