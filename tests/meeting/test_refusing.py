"""Proposals the chair refuses to put (KL 5:57), and what the body may decide about that."""

from __future__ import annotations

import pytest

from meeting_server.meeting import refusing as rf
from tests.builders import Hall, under_way


def moved(kind: str = "assembly") -> Hall:
    """A counter-proposal stands beside the prepared one."""
    held = under_way(kind=kind).takes_up()
    held.proposal("m2")
    return held


def test_a_new_matter_is_not_put_and_the_assembly_cannot_have_it_put() -> None:
    held = moved()
    [refused] = held.give(rf.RefuseProposal("m1-p1", "new_matter", "Gäller en annan väg"))
    assert isinstance(refused, rf.ProposalRefused)
    assert [(r.code, r.outcome) for r in refused.rulings] == [("new-matter", True)]
    no = held.refusal(rf.OverruleRefusal("m1-p1"))
    assert (no.code, no.cites) == ("new-matter", "KL 5:57")
    held.debate_closed().put()
    assert held.meeting.matters["m1"].contests[0].candidates == ("m1-p0",)


def test_an_unlawful_one_is_put_when_the_assembly_decides_so() -> None:
    held = moved()
    held.give(rf.RefuseProposal("m1-p1", "unlawful", "Bryter mot likställighetsprincipen"))
    assert held.refusal(rf.RefuseProposal("m1-p1", "unlawful", "Igen")).code == "already-refused"
    [overruled] = held.give(rf.OverruleRefusal("m1-p1"), "sara")
    assert isinstance(overruled, rf.RefusalOverruled)
    assert overruled.present == ("anna", "m2", "m3", "m4", "m5")
    assert held.refusal(rf.OverruleRefusal("m1-p1")).code == "not-refused"
    held.debate_closed().put()
    assert held.meeting.matters["m1"].contests[0].candidates == ("m1-p0", "m1-p1")


@pytest.mark.parametrize("ground", ["new_matter", "unlawful"])
def test_in_a_committee_which_the_section_does_not_bind_the_body_has_the_last_word(ground: str) -> None:
    held = moved("committee")
    held.give(rf.RefuseProposal("m1-p1", ground, "Hör inte hit"))  # type: ignore[arg-type]
    held.give(rf.OverruleRefusal("m1-p1"))
    assert [p.id for p in held.meeting.matters["m1"].standing] == ["m1-p0", "m1-p1"]


def test_only_with_a_reason_only_before_the_question_and_never_the_matter_itself() -> None:
    held = moved()
    assert held.refusal(rf.RefuseProposal("m1-p1", "unlawful", " ")).code == "text-missing"
    assert held.refusal(rf.RefuseProposal("m1-p0", "new_matter", "Nytt")).code == "not-a-new-matter"
    assert held.refusal(rf.RefuseProposal("m1-p1", "unlawful", "Nej"), "sara").code == "not-your-role"
    held.debate_closed().put()
    assert held.refusal(rf.RefuseProposal("m1-p1", "unlawful", "Nej")).code == "question-put"


def test_what_was_refused_before_the_question_cannot_be_put_after_it() -> None:
    held = moved()
    held.give(rf.RefuseProposal("m1-p1", "unlawful", "Bryter mot lagen"))
    held.debate_closed().put()
    assert held.refusal(rf.OverruleRefusal("m1-p1")).code == "question-put"
