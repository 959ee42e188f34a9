"""Disputed conflicts of interest: one is questioned, and the body decides before anything goes on."""

from __future__ import annotations

from typing import Any

import pytest

from meeting_server.meeting import conflicts as cf
from meeting_server.meeting import deciding as dc
from meeting_server.meeting import disputes as dp
from meeting_server.meeting import divisions as dv
from meeting_server.meeting import presiding as ps
from meeting_server.meeting import substitutes as sb
from meeting_server.meeting.counting import counted
from meeting_server.wire.events import visible
from meeting_server.wire.view import view
from meeting_server.wire.visibility import Viewer
from tests.builders import SECRETARY, Hall, members, person, under_way


def told(held: Hall) -> Any:
    return view(held.meeting, Viewer("chair", held.chair), held.meeting.at)


def questioned(**about: Any) -> Hall:
    held = under_way(**about).takes_up()
    held.give(dp.QuestionConflict("m2", " Äger bolaget "), "m3")
    return held


@pytest.mark.parametrize(("disqualified", "counts"), [(True, 4), (False, 5)])
def test_the_body_decides_without_the_one_concerned(disqualified: bool, counts: int) -> None:
    held = questioned()
    tested, *declared = held.give(dp.DecideConflict(disqualified))
    assert isinstance(tested, dp.ConflictTested)
    assert tested.taking_part == ("anna", "m3", "m4", "m5")
    assert [(r.code, r.outcome) for r in tested.rulings] == [
        ("quorum-with-conflict", True),
        ("conflict-test", False),
        ("disqualified", disqualified),
    ]
    assert [type(event) for event in declared] == ([cf.ConflictDeclared] if disqualified else [])
    assert len(counted(held.meeting)) == counts
    assert held.meeting.matters["m1"].dispute is None


def test_the_one_concerned_takes_part_when_a_committee_is_not_quorate_otherwise() -> None:
    held = questioned(present=3)
    [tested] = held.give(dp.DecideConflict(disqualified=False))
    assert isinstance(tested, dp.ConflictTested)
    assert tested.taking_part == ("anna", "m2", "m3")


def test_a_substitute_who_can_be_called_keeps_the_one_concerned_out_of_it() -> None:
    roster = (*members(5), person("eva", "A", "substitute", 1), SECRETARY)
    held = under_way(3, roster=roster).in_room("eva").takes_up()
    held.give(dp.QuestionConflict("m2"), "m3")
    assert held.refusal(dp.DecideConflict(disqualified=True)).code == "quorum-with-conflict"
    held.give(sb.CallInSubstitute("eva", "m4", understood=True), "sara")
    [tested, _declared] = held.give(dp.DecideConflict(disqualified=True))
    assert isinstance(tested, dp.ConflictTested)
    assert tested.taking_part == ("anna", "m3", "eva")


def test_nothing_is_put_decided_or_divided_on_before_the_answer() -> None:
    held = questioned()
    held.debate_closed()
    refused = held.refusal(dc.PutQuestion())
    assert (refused.code, refused.cites) == ("conflict-disputed", "KL 6:30")
    primary = told(held)["steps"]["primary"]
    assert (primary["label"], primary["dialog"], primary["blocked"]) == (
        "Pröva jävsfrågan",
        "conflict-test",
        None,
    )
    assert "conflict-disputed" in [need["kind"] for need in told(held)["steps"]["needs"]]
    held.give(dp.DecideConflict(disqualified=False))
    held.put().found("m1-p0")
    held.give(dp.RecordDispute("m4", "m5"), "sara")
    assert held.refusal(dc.Gavel()).code == "conflict-disputed"
    held.demanded("m5")
    assert held.refusal(dv.OpenDivision()).code == "conflict-disputed"
    held.give(dp.DecideConflict(disqualified=False))
    held.division_opened()
    assert held.refusal(dp.QuestionConflict("m3"), "m2").code == "division-running"


def test_one_question_at_a_time_about_one_not_yet_disqualified_by_one_who_counts() -> None:
    held = questioned()
    assert held.refusal(dp.QuestionConflict("m4"), "m5").code == "conflict-disputed"
    held.give(dp.DecideConflict(disqualified=True))
    assert held.refusal(dp.QuestionConflict("m2"), "m5").code == "already-declared"
    assert held.refusal(dp.RecordDispute("m4", "m2"), "sara").code == "disqualified"
    assert held.refusal(dp.DecideConflict(disqualified=True)).code == "nothing-disputed"


def test_a_chair_who_is_questioned_hands_over_meanwhile() -> None:
    held = under_way().takes_up()
    held.give(dp.QuestionConflict("anna"), "m3")
    assert held.refusal(dp.DecideConflict(disqualified=False)).code == "chair-disqualified"
    held.give(ps.HandOverChair("m2"))
    held.give(dp.DecideConflict(disqualified=False), "m2")


def test_why_is_for_the_officers_and_the_one_concerned() -> None:
    held = questioned()
    event = dp.ConflictQuestioned("m1", "m2", "m3", "Äger bolaget")
    seen = {one: visible(event, Viewer("member", one), held.meeting) for one in ("m2", "m4")}
    assert seen["m2"] == event
    assert getattr(seen["m4"], "reason", "?") is None


def test_a_member_who_serves_may_question_somebody_from_the_own_page_while_the_matter_is_open() -> None:
    held = under_way()

    def barred(one: str) -> Any:
        me: Any = view(held.meeting, Viewer("member", one), held.meeting.at)["me"]
        return me["can"]["question-conflict"]

    assert barred("m2")["code"] == "no-matter"
    held.takes_up()
    assert barred("m2") is None
    held.give(dp.QuestionConflict("m3"), "m2")
    assert barred("m2")["code"] == "conflict-disputed"
