"""Abstaining from a decision (KL 4:25–27): who may, what it does to the decision, and when nobody may."""

from __future__ import annotations

from typing import Any

import pytest

from meeting_server.meeting import abstention as ab
from meeting_server.meeting import debate as db
from meeting_server.meeting import deciding as dc
from meeting_server.meeting import divisions as dv
from meeting_server.meeting import elections as el
from meeting_server.meeting import reservations as rs
from meeting_server.meeting.conflicts import RecordConflict
from tests.builders import Hall, hall, matter, under_way
from tests.meeting.electing import CODES, ballot, election, nominated, opened, tally

PERMIT = matter("m1", authority=True)


def handled(**about: Any) -> Hall:
    """The first matter is taken up among five."""
    return under_way(**about).takes_up()


def test_one_who_abstains_is_present_takes_no_part_and_cannot_reserve() -> None:
    held = handled()
    held.give(ab.Abstain(), "m2")
    held.debate_closed().put().found("m1-p0").gavel()
    decision = held.meeting.matters["m1"].decision
    assert decision is not None
    assert decision.taking_part == ("anna", "m3", "m4", "m5")
    assert held.refusal(rs.Reserve("m1"), "m2").code == "took-no-part"
    held.give(rs.Reserve("m1"), "m3")


def test_the_chair_writes_it_down_and_it_may_be_taken_back_until_the_gavel() -> None:
    held = handled()
    [declared] = held.give(ab.RecordAbstention("m3"), "sara")
    assert declared.recorded_by == "sara"  # type: ignore[attr-defined]
    assert held.refusal(ab.Abstain(), "m3").code == "already-abstaining"
    assert held.refusal(ab.WithdrawAbstention("m3"), "m2").code == "not-your-role"
    held.give(ab.WithdrawAbstention("m3"), "m3")
    assert held.refusal(ab.WithdrawAbstention("m3"), "m3").code == "no-abstention"
    held.debate_closed().put().found("m1-p0").gavel()
    assert held.refusal(ab.Abstain(), "m3").code == "already-decided"


def test_only_one_who_counts_may_abstain_and_only_from_a_decision_handled_now() -> None:
    held = under_way(4, agenda=(matter("m1", "information"), matter("m2"))).takes_up()
    assert held.refusal(ab.Abstain(), "m5").code == "not-present"
    assert held.refusal(ab.Abstain(), "m2").code == "no-decision-to-make"
    assert held.refusal(ab.Abstain("m2"), "m2").code == "not-taken-up"


def test_when_all_abstain_the_chair_is_obliged_to_take_part() -> None:
    held = handled().debate_closed().put().found("m1-p0")
    for one in ("m2", "m3", "m4", "m5"):
        held.give(ab.Abstain(), one)
    held.give(ab.Abstain())
    refused = held.refusal(dc.Gavel())
    assert (refused.code, refused.cites, refused.facts) == ("chair-must-vote", "KL 4:25", {"present": 5})
    held.give(ab.WithdrawAbstention("anna"))
    held.gavel()
    decision = held.meeting.matters["m1"].decision
    assert decision is not None
    assert decision.taking_part == ("anna",)


def test_in_a_division_the_one_who_abstains_stands_so_and_a_vote_takes_it_back() -> None:
    held = handled()
    held.proposal("m2")
    held.give(ab.Abstain(), "m4")
    held.debate_closed().put().found("m1-p0").demanded("m2")
    opened, cast = held.give(dv.OpenDivision())
    assert cast == dv.VoteCast("d1", "m4", "abstain", "oral", "anna")
    assert "m4" in opened.voters  # type: ignore[attr-defined]
    back, voted = held.give(dv.CastVote("no"), "m4")
    assert back == ab.AbstentionWithdrawn("m1", "m4", None)
    assert voted == dv.VoteCast("d1", "m4", "no", "device", None)
    assert not held.meeting.matters["m1"].abstaining
    said, aside = held.give(ab.Abstain(), "m5")
    assert isinstance(said, ab.AbstentionDeclared)
    assert aside == dv.VoteCast("d1", "m5", "abstain", "device", None)
    held.votes(anna="yes", m2="no").division_closed()
    assert held.refusal(ab.Abstain(), "m3").code == "division-closed"


def test_where_authority_is_exercised_in_a_committee_nobody_abstains_unless_the_chair_lets_it() -> None:
    held = handled(agenda=(PERMIT,), kind="committee")
    refused = held.refusal(ab.Abstain(), "m2")
    assert (refused.code, refused.cites) == ("must-take-part", "KL 4:26")
    assert held.refusal(ab.RecordAbstention("m2"), "anna").code == "must-take-part"
    reasoned = ab.RecordAbstention("m2", override_reason="Känner den sökande ytligt")
    assert held.refusal(reasoned, "sara").code == "not-your-role"
    [declared] = held.give(reasoned, "anna")
    assert isinstance(declared, ab.AbstentionDeclared)
    assert (declared.override_reason, declared.rulings[0].outcome) == ("Känner den sökande ytligt", False)


def test_in_the_assembly_everybody_may_abstain_whatever_the_matter() -> None:
    held = handled(agenda=(PERMIT,), kind="assembly")
    held.give(ab.Abstain(), "m2")
    assert list(held.meeting.matters["m1"].abstaining) == ["m2"]


@pytest.mark.parametrize(("authority", "may"), [(True, False), (False, True)])
def test_abstaining_in_the_division_itself_follows_the_same_rule(*, authority: bool, may: bool) -> None:
    held = under_way(agenda=(matter("m1", authority=authority),), kind="committee").divided()
    for command, by in ((dv.CastVote("abstain"), "m3"), (dv.RecordOralVote("m3", "abstain"), "sara")):
        if may:
            held.give(command, by)
        else:
            assert held.refusal(command, by).code == "must-take-part"
    held.votes(m2="no", anna="yes").division_closed()
    if not may:
        assert held.refusal(dv.CorrectVote("m2", "abstain"), "sara").code == "must-take-part"


def test_nobody_need_vote_for_more_than_one_proposal() -> None:
    held = handled(agenda=(PERMIT,), kind="committee")
    held.proposal("m2")
    held.proposal("m3")
    held.debate_closed().put().found("m1-p0").demanded("m2").put().found("m1-p1").demanded("m3")
    held.division_opened().votes(anna="abstain", m2="yes", m3="no", m4="yes", m5="abstain")
    held.division_closed().gavel().division_opened()
    assert held.refusal(dv.CastVote("abstain"), "anna").code == "must-take-part"
    held.votes(m3="abstain", m2="no", anna="yes", m4="yes", m5="yes")


def test_one_with_a_conflict_of_interest_does_not_abstain_and_leaves_those_who_do() -> None:
    held = handled(kind="assembly")
    held.give(ab.Abstain(), "m2")
    held.give(RecordConflict("m1", "m2"), "sara")
    assert held.refusal(ab.Abstain(), "m2").code == "disqualified"
    held.debate_closed().put().found("m1-p0").gavel()
    decision = held.meeting.matters["m1"].decision
    assert decision is not None
    assert decision.taking_part == ("anna", "m3", "m4", "m5")


@pytest.mark.parametrize("kind", ["election", "employment"])
def test_in_an_election_by_acclamation_too_nobody_must_take_part(kind: Any) -> None:
    held = nominated("Ada", kind=kind)
    held.give(ab.Abstain(), "m3")
    held.give(el.FindElected(("m1-n1",)))
    held.give(el.ConfirmElection())
    decision = held.meeting.matters["m1"].decision
    assert decision is not None
    assert decision.taking_part == ("anna", "m2", "m4", "m5")
    assert held.refusal(rs.Reserve("m1"), "m3").code == "took-no-part"
    assert held.refusal(ab.Abstain(), "m2").code == "already-decided"


def test_when_all_abstain_in_an_election_the_chair_is_obliged_to_take_part() -> None:
    held = nominated("Ada")
    for one in ("anna", "m2", "m3", "m4", "m5"):
        held.give(ab.RecordAbstention(one), "sara")
    held.give(el.FindElected(("m1-n1",)))
    assert held.refusal(el.ConfirmElection()).code == "chair-must-vote"
    held.give(el.DemandBallot(), "m3")
    assert held.refusal(el.OpenBallot("slips", ("m2",))).code == "no-voters"


def test_whoever_abstains_has_no_ballot_and_takes_no_part_in_what_it_decides() -> None:
    held = nominated("Ada", "Bo")
    held.give(ab.Abstain(), "m3")
    held.give(el.DemandBallot(), "m4")
    held.give(el.OpenBallot("slips", ("m2",)))
    assert ballot(held).voters == ("anna", "m2", "m4", "m5")
    held.give(ab.RecordAbstention("m4"), "sara")
    held.give(ab.WithdrawAbstention("m3"), "m3")
    assert ballot(held).voters == ("anna", "m2", "m3", "m5")
    held.give(el.CloseBallot())
    assert held.refusal(ab.Abstain(), "m2").code == "ballot-closed"
    assert held.refusal(ab.WithdrawAbstention("m4"), "m4").code == "ballot-closed"
    assert held.refusal(el.EnterCount(tally(3, 2), 0, 0)).code == "too-many-ballots"
    held.give(el.EnterCount(tally(3, 1), 0, 0))
    held.give(el.ConfirmElection())
    decision = held.meeting.matters["m1"].decision
    assert decision is not None
    assert decision.taking_part == ("anna", "m2", "m3", "m5")


def test_in_an_electronic_ballot_one_who_abstains_puts_none_in_and_one_in_the_box_stays_there() -> None:
    held = opened("Ada", "Bo", method="electronic")
    held.give(ab.Abstain(), "m3")
    assert held.refusal(el.CastBallot(("m1-n1",), CODES[0]), "m3").code == "already-abstaining"
    held.give(ab.WithdrawAbstention("m3"), "m3")
    held.give(el.CastBallot(("m1-n1",), CODES[0]), "m3")
    assert held.refusal(ab.Abstain(), "m3").code == "already-cast"
    assert held.refusal(ab.RecordAbstention("m3"), "sara").code == "already-cast"


def test_one_at_a_distance_who_takes_part_after_all_gets_no_ballot_in_the_room() -> None:
    agenda = (election(), matter("m2"))
    held = hall(agenda=agenda).in_room("anna", "m2", "m3", "m4").remotely("m5").roll_call().takes_up()
    held.give(el.Nominate("Ada", "A"), "m2")
    held.give(db.CloseDebate())
    held.give(ab.Abstain(), "m5")
    held.give(el.DemandBallot(), "m2")
    held.give(el.OpenBallot("slips", ("m2",)))
    assert (ballot(held).voters, ballot(held).remote) == (("anna", "m2", "m3", "m4"), ())
    held.give(ab.WithdrawAbstention("m5"), "m5")
    assert ballot(held).voters == ("anna", "m2", "m3", "m4")
