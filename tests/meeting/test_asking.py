"""Interpellations and questions: let be put, debated by whom, answered, ended; replies counted."""

from __future__ import annotations

from typing import Any

import pytest

from meeting_server.meeting import agenda as ag
from meeting_server.meeting import asking as ak
from meeting_server.meeting import debate as db
from meeting_server.meeting import presence as pr
from tests.builders import Hall, hall, matter, under_way


def asked(kind: str = "interpellation", present: int | None = None, **about: Any) -> Hall:
    """An interpellation or question from m2 to m3, taken up in an assembly of five."""
    one = matter("m1", kind, asked_by="m2", answered_by="m3", asking_permitted=about.pop("earlier", False))
    return under_way(present, kind="assembly", agenda=(one, matter("m2")), **about).takes_up()


def test_it_is_let_be_put_before_anybody_has_debated_it_and_only_once() -> None:
    held = asked()
    refused = held.refusal(db.RequestFloor(), "m4")
    assert (refused.code, refused.cites) == ("asking-permitted", "KL 5:62")
    assert held.refusal(ak.RecordAnswer(), "anna").code == "asking-permitted"
    assert held.refusal(ag.NoteMatter(), "anna").code == "asking-permitted"
    held.give(db.RequestFloor("order"), "m4")
    [decided] = held.give(ak.PermitAsking(), "anna")
    assert isinstance(decided, ak.AskingDecided)
    assert decided.rulings[0].facts == {"present": 5, "seats": 5}
    assert held.refusal(ak.PermitAsking(), "anna").code == "asking-decided"
    held.give(db.RequestFloor(), "m4")


def test_one_that_may_not_be_put_ends_there() -> None:
    held = asked()
    held.give(ak.PermitAsking(False), "anna")
    assert held.refusal(db.RequestFloor(), "m2").short == "Får inte ställas"
    held.give(ag.NoteMatter(), "anna")
    assert held.meeting.matters["m1"].outcome_text == "Interpellationen får inte ställas."


def test_it_is_answered_by_the_one_asked_once_and_then_ended() -> None:
    held = asked()
    held.give(ak.PermitAsking(), "anna")
    assert held.refusal(ag.NoteMatter(), "anna").code == "not-answered"
    held.give(ak.RecordAnswer(), "sara")
    assert held.refusal(ak.RecordAnswer(), "anna").code == "already-answered"
    held.give(ag.NoteMatter(), "anna")
    text = held.meeting.matters["m1"].outcome_text
    assert text == "Interpellationen är besvarad och överläggningen förklaras avslutad."


def test_nobody_answers_who_is_not_there_or_not_named() -> None:
    held = asked()
    held.give(ak.PermitAsking(), "anna")
    held.give(pr.RecordDeparture("m3"), "sara")
    assert held.refusal(ak.RecordAnswer(), "anna").code == "answerer-absent"
    unnamed = under_way(kind="assembly", agenda=(matter("m1", "question"),)).takes_up()
    unnamed.give(ak.PermitAsking(), "anna")
    assert unnamed.refusal(ak.RecordAnswer(), "anna").because.startswith("Den som ska svara")


def test_a_question_is_debated_by_the_two_alone() -> None:
    held = asked("question")
    held.give(ak.PermitAsking(), "anna")
    held.give(db.RequestFloor(), "m2")
    held.give(db.RequestFloor(), "m3")
    for command, by in (
        (db.RequestFloor(), "m4"),
        (db.AddSpeaker("m4"), "sara"),
        (db.GiveFloor(None, "m4"), "anna"),
    ):
        refused = held.refusal(command, by)
        assert (refused.code, refused.cites) == ("question-debate", "KL 5:64")
    held.give(db.RequestFloor("order"), "m4")
    assert held.meeting.debate.queue[0].person == "m4"


def test_nothing_is_asked_in_a_matter_for_decision() -> None:
    held = under_way().takes_up()
    assert held.refusal(ak.PermitAsking(), "anna").code == "nothing-asked"


@pytest.mark.parametrize(
    ("present", "decided", "may"), [(2, True, True), (2, False, False), (3, False, True)]
)
def test_fewer_than_half_may_hear_an_answer_if_the_assembly_has_said_so(
    present: int, *, decided: bool, may: bool
) -> None:
    one = matter("m1", "question", asked_by="anna", answered_by="m2", asking_permitted=True)
    held = under_way(3, kind="assembly", agenda=(one,), answers_below_quorum=decided)
    if present < 3:
        held.give(pr.RecordDeparture("m3"), "sara")
    if not may:
        refused = held.refusal(ag.TakeUpMatter("m1"), "anna")
        assert refused.cites == "KL 5:45"
        return
    held.takes_up().give(ak.RecordAnswer(), "anna")
    held.give(ag.NoteMatter(), "anna")
    assert held.meeting.matters["m1"].status == "current"


def test_a_question_let_be_put_earlier_is_not_asked_about_again() -> None:
    held = asked("question", earlier=True)
    assert held.refusal(ak.PermitAsking(), "anna").code == "asking-decided"
    held.give(ak.RecordAnswer(), "anna")


def test_replies_are_counted_and_the_chair_may_give_one_more() -> None:
    held = under_way(replies=1).takes_up()
    for _ in range(2):
        held.give(db.AddSpeaker("m2", "reply"), "anna")
        held.give(db.GiveFloor(), "anna")
        held.give(db.EndFloor(), "anna")
    refused = held.refusal(db.RequestFloor("reply"), "m2")
    assert (refused.code, refused.facts) == ("replies-used", {"made": 2, "most": 1})
    held.give(db.RequestFloor("reply"), "m3")
    held.give(db.RequestFloor(), "m2")


def test_a_members_motion_is_decided_like_any_proposal() -> None:
    held = hall(agenda=(matter("m1", "member_motion", raised_on="2025-11-24", asked_by="m2", proposal=None),))
    held.in_room(*held.people).roll_call().takes_up()
    mine = held.proposal("m2", text="Motionen bifalls.")
    held.debate_closed().put().found(mine).gavel()
    assert held.meeting.matters["m1"].decision is not None
