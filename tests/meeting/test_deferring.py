"""An election put off or held today: by acclamation, by closed ballot, by lot; never by a minority."""

from __future__ import annotations

from typing import Any

import pytest

from meeting_server.meeting import debate as db
from meeting_server.meeting import deciding as dc
from meeting_server.meeting import deferral as df
from meeting_server.meeting import divisions as dv
from meeting_server.meeting import elections as el
from meeting_server.meeting import proposals as pp
from meeting_server.meeting.actors import SYSTEM
from tests.builders import Hall, matter, under_way
from tests.meeting.electing import CODES, drawn, election, nominating, now


def proposed(**about: Any) -> Hall:
    """Ada is nominated, m3 proposes that the election be deferred, the nominations are closed."""
    held = nominating(**about)
    held.give(el.Nominate("Ada"), "m2")
    held.proposal("m3", "defer")
    return held.debate_closed()


def balloted(**about: Any) -> Hall:
    """The chair found that it is held today, m3 demanded a division, and a ballot by slips is open."""
    held = proposed(**about).put().found("today").demanded("m3")
    held.give(el.OpenBallot("slips", ("m2",)))
    return held


def counted(today: int, deferred: int, blank: int = 0) -> Hall:
    """The slips say so."""
    held = balloted()
    held.give(el.CloseBallot())
    held.give(el.EnterCount({"today": today, "defer": deferred}, blank, 0))
    return held


def test_only_deferral_may_be_proposed_in_an_election_and_once() -> None:
    held = nominating()
    for kind in ("counter", "reject", "refer_back"):
        assert held.refusal(pp.Propose(kind, "Något annat"), "m2").code == "no-decision-to-make"
    held.proposal("m3", "defer")
    assert held.refusal(pp.Propose("defer", ""), "m2").code == "already-proposed"


def test_the_election_waits_until_the_body_has_said_whether_it_is_held_today() -> None:
    held = proposed()
    assert held.refusal(el.FindElected(("m1-n1",))).code == "deferral-first"
    assert held.refusal(el.DemandBallot(), "m2").code == "deferral-first"
    assert held.refusal(el.OpenBallot("slips", ("m2",))).code == "deferral-first"
    assert held.refusal(el.ConfirmElection()).code == "deferral-first"
    held.put().found("today").gavel()
    held.give(el.FindElected(("m1-n1",)))
    held.give(el.ConfirmElection())
    assert held.meeting.matters["m1"].outcome_text == "Ada väljs."


def test_it_is_deferred_by_acclamation() -> None:
    held = proposed().put().found("m1-p1").gavel()
    matter = held.meeting.matters["m1"]
    assert (matter.status, matter.decision and matter.decision.how) == ("deferred", "acclamation")


@pytest.mark.parametrize(("kind", "forced"), [("election", False), ("employment", True)])
def test_a_third_gets_no_election_deferred_though_it_can_put_off_an_employment(
    kind: Any, forced: bool
) -> None:
    agenda = (election(kind=kind), matter("m2"))
    held = under_way(agenda=agenda, kind="assembly").takes_up()
    held.give(el.Nominate("Ada"), "m2")
    held.proposal("m3", "defer")
    held.give(pp.SupportProposal("m1-p1"), "m2")
    held.debate_closed()
    if forced:
        held.give(df.DecideMinorityReferral("m1-p1"))
        assert held.meeting.matters["m1"].status == "deferred"
    else:
        refused = held.refusal(df.DecideMinorityReferral("m1-p1"))
        assert (refused.code, refused.cites) == ("minority-deferral", "KL 5:50")
        assert refused.because.startswith("Vid val har en minoritet ingen rätt")


def test_a_division_on_deferral_is_closed_too() -> None:
    held = proposed().put().found("today").demanded("m3")
    refused = held.refusal(dv.OpenDivision())
    assert (refused.code, refused.cites) == ("open-division", "KL 5:54")
    assert held.refusal(el.OpenBallot("proportional", ("m2",))).code == "wrong-method"
    [opened] = held.give(el.OpenBallot("slips", ("m2",)))
    assert isinstance(opened, el.BallotOpened)
    assert (opened.nominations, opened.places, opened.contest) == (("today", "defer"), 1, "m1-c1")


def test_while_the_ballot_is_held_the_question_is_answered_in_no_other_way() -> None:
    held = balloted()
    for command in (dc.Gavel(), dc.FindCarried("m1-p1"), dc.WithdrawDemand()):
        assert held.refusal(command).code == "ballot-held"
    assert held.refusal(el.ConfirmElection()).code == "ballot-not-counted"
    assert held.refusal(db.ReopenDebate()).code == "ballot-demanded"


def test_most_slips_for_today_let_the_election_go_on_with_a_ballot_of_its_own() -> None:
    held = counted(3, 2)
    settled, carried = held.give(el.ConfirmElection())
    assert settled == el.BallotSettled("m1-b1", "today")
    assert isinstance(carried, dc.ContestCarried)
    assert (carried.candidate, carried.how, len(carried.taking_part)) == ("today", "ballot", 5)
    assert now(held).ballot is None
    held.give(el.DemandBallot(), "m2")
    held.give(el.OpenBallot("slips", ("m2",)))
    assert [b.id for b in now(held).ballots if b.status == "open"] == ["m1-b2"]


def test_most_slips_for_deferral_put_the_election_off() -> None:
    held = counted(2, 3)
    _settled, put_off = held.give(el.ConfirmElection())
    assert isinstance(put_off, df.MatterDeferred)
    assert (put_off.how, put_off.minority) == ("ballot", False)
    assert held.meeting.matters["m1"].status == "deferred"


def test_lots_decide_a_tie_between_today_and_deferral() -> None:
    held = counted(2, 2, blank=1)
    refused = held.refusal(el.ConfirmElection())
    assert (refused.code, refused.facts["tied"]) == ("tie", ("today", "defer"))
    drawn(held)
    held.give(el.ConfirmElection())
    assert held.meeting.matters["m1"].status == "deferred"


def test_nothing_but_blank_slips_decides_nothing() -> None:
    held = counted(0, 0, blank=5)
    assert held.refusal(el.ConfirmElection()).code == "no-votes"
    held.give(el.VoidBallot("Alla sedlar var blanka."))
    held.give(el.OpenBallot("slips", ("m2",)))


def test_the_ballot_on_deferral_may_be_by_device() -> None:
    held = proposed(electronic_ballot=True).put().found("today").demanded("m3")
    held.give(el.OpenBallot("electronic"))
    held.give(el.CastBallot(("defer",), CODES[0]), "m2")
    held.give(el.CastBallot(("today",), CODES[1]), "m3")
    held.give(el.CastBallot(("defer",), CODES[2]), "m4")
    held.give(el.CloseBallot())
    held.give(el.CountBallots("m1-b1", (("defer",), ("today",), ("defer",)), CODES[:3]), SYSTEM)
    held.give(el.ConfirmElection())
    decision = held.meeting.matters["m1"].decision
    assert decision is not None
    assert decision.taking_part == ("m2", "m3", "m4")


@pytest.mark.parametrize("kind", ["election", "employment"])
def test_a_counted_ballot_on_deferral_elects_nobody(kind: Any) -> None:
    held = proposed(kind=kind).put().found("m1-p1").demanded("m2")
    held.give(el.OpenBallot("slips", ("m2",)))
    held.give(el.CloseBallot())
    held.give(el.EnterCount({"today": 4, "defer": 1}, 0, 0))
    held.give(el.ConfirmElection())
    assert now(held).elected == ()
    assert not held.meeting.matters["m1"].settled
