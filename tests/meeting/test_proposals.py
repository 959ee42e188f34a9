"""Proposals: who may move what, support it, motivate it, take it back."""

from __future__ import annotations

from typing import Any

import pytest

from meeting_server.meeting import conflicts as cf
from meeting_server.meeting import presence as pr
from meeting_server.meeting import proposals as pp
from meeting_server.meeting.convening import PreparedProposal
from meeting_server.meeting.naming import candidate_label, candidate_text, genitive
from tests.builders import Hall, matter, person, under_way


def debating(**about: Any) -> Hall:
    return under_way(**about).takes_up()


def test_the_prepared_proposal_stands_from_the_start_and_members_add_theirs() -> None:
    held = debating()
    assert held.proposal("m2") == "m1-p1"
    [made] = held.give(pp.RecordProposal("m3", "amend", "Ändras så."), "sara")
    assert made == pp.ProposalMade("m1-p2", "m1", "m3", "amend", "Ändras så.", None, "sara")
    assert [p.id for p in held.meeting.matters["m1"].standing] == ["m1-p0", "m1-p1", "m1-p2"]


def test_only_one_who_serves_moves_a_proposal() -> None:
    held = debating(present=4)
    refused = held.refusal(pp.Propose("counter", "x"), "m5")
    assert refused.because == "Du är inte närvarande och kan därför inte göra det."
    assert held.refusal(pp.RecordProposal("m5", "counter", "x"), "sara").code == "not-present"
    held.give(cf.DeclareConflict("m1"), "m2")
    assert held.refusal(pp.RecordProposal("m2", "counter", "x"), "sara").code == "disqualified"


@pytest.mark.parametrize("kind", ["reject", "amend", "add"])
def test_what_is_not_prepared_cannot_be_rejected_amended_or_added_to(kind: Any) -> None:
    held = debating(agenda=(matter("m1", proposal=None),))
    assert held.refusal(pp.Propose(kind, "x"), "m2").code == "nothing-to-change"
    held.give(pp.Propose("counter", "x"), "m2")


def test_only_matters_for_decision_have_proposals() -> None:
    held = debating(agenda=(matter("m1", "information"),))
    assert held.refusal(pp.Propose("counter", "x"), "m2").code == "no-decision-to-make"


def test_a_proposal_needs_words_unless_its_kind_says_enough() -> None:
    held = debating()
    assert held.refusal(pp.Propose("counter", " "), "m2").code == "text-missing"
    held.give(pp.Propose("reject", " "), "m2")
    assert held.meeting.matters["m1"].standing[-1].text == "Förslaget avslås."
    assert held.refusal(pp.Propose("reject", ""), "m3").code == "already-proposed"


def test_support_is_given_once_by_others_before_the_question_is_put() -> None:
    held = debating()
    made = held.proposal("m2")
    assert held.refusal(pp.SupportProposal(made), "m2").code == "already-supported"
    held.give(pp.SupportProposal(made), "m3")
    assert held.refusal(pp.SupportProposal(made), "m3").code == "already-supported"
    held.give(pp.RecordSupport(made, "m4"), "sara")
    assert held.meeting.matters["m1"].standing[1].supporters == ("m3", "m4")
    assert held.refusal(pp.SupportProposal("m1-p9"), "m3").code == "unknown-proposal"
    held.debate_closed().put()
    assert held.refusal(pp.SupportProposal(made), "m5").code == "question-put"


def test_the_mover_takes_the_proposal_back_before_the_debate_closes() -> None:
    held = debating()
    made = held.proposal("m2")
    assert held.refusal(pp.WithdrawProposal(made), "m3").code == "not-the-mover"
    assert held.refusal(pp.WithdrawProposal("m1-p0"), "m3").code == "not-the-mover"
    held.give(pp.WithdrawProposal(made), "m2")
    assert held.refusal(pp.WithdrawProposal(made), "m2").code == "unknown-proposal"
    assert held.proposal("m2") == "m1-p2"
    held.debate_closed()
    assert held.refusal(pp.WithdrawProposal("m1-p2"), "m2").code == "debate-closed"


def test_a_referral_is_motivated_by_its_mover_or_written_down() -> None:
    held = debating()
    referral = held.proposal("m2", "refer_back")
    assert held.refusal(pp.StateMotivation(referral, "x"), "m3").code == "not-the-mover"
    assert held.refusal(pp.StateMotivation(referral, ""), "m2").code == "text-missing"
    assert held.refusal(pp.StateMotivation("m1-p0", "x"), "anna").code == "not-a-deferral"
    [own] = held.give(pp.StateMotivation(referral, "Underlaget är ofullständigt."), "m2")
    [written] = held.give(pp.StateMotivation(referral, "Kostnaden saknas."), "sara")
    assert (own, written) == (
        pp.MotivationStated(referral, "Underlaget är ofullständigt."),
        pp.MotivationStated(referral, "Kostnaden saknas.", "sara"),
    )


def test_a_proposal_is_named_after_its_mover_and_numbered_when_there_are_more() -> None:
    held = debating(
        agenda=(
            matter("m1", proposal=PreparedProposal("Nämndens förslag", "Nämnden beslutar", ("A.", "B."))),
        )
    )
    first, second = held.proposal("m2"), held.proposal("m2")
    state = held.meeting.matters["m1"]
    assert candidate_label(held.meeting, state, first) == "M2 A-sons (A) yrkande 1"
    assert candidate_label(held.meeting, state, second) == "M2 A-sons (A) yrkande 2"
    assert candidate_text(held.meeting, state, "m1-p0") == "1. A. 2. B."
    assert candidate_text(held.meeting, state, "today") == "Kommunstyrelsen avgör ärendet i dag."
    assert candidate_text(held.meeting, state, "reject") == "Förslaget avslås."


@pytest.mark.parametrize(
    ("name", "party", "whose"),
    [
        ("Nilla Nordanäng", "N", "Nilla Nordanängs (N)"),
        ("Klas Ess", "E", "Klas Ess (E)"),
        ("Bo B", None, "Bo Bs"),
    ],
)
def test_whose_it_is_in_swedish(name: str, party: str | None, whose: str) -> None:
    assert genitive(person("x", party).__class__("x", name, party, None, "member", 1)) == whose


def test_one_who_has_left_does_not_support() -> None:
    held = debating()
    made = held.proposal("m2")
    held.give(pr.Depart(), "m5")
    assert held.refusal(pp.RecordSupport(made, "m5"), "sara").code == "not-present"
