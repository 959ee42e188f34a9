"""Nominations, the finding by acclamation, and the demands for a ballot."""

from __future__ import annotations

import pytest

from meeting_server.meeting import debate as db
from meeting_server.meeting import elections as el
from meeting_server.meeting import proportional as pn
from tests.meeting.electing import nominated, nominating, now


def test_anybody_who_serves_may_nominate_and_the_secretary_may_write_it_down() -> None:
    held = nominating()
    held.give(el.Nominate("  Ada   Alm ", "A"), "m2")
    held.give(el.RecordNomination("m3", "Bo Berg"), "sara")
    assert [(n.called, n.by) for n in now(held).standing] == [("Ada Alm (A)", "m2"), ("Bo Berg", "m3")]
    assert held.refusal(el.Nominate("ada alm", "a"), "m3").code == "already-nominated"
    assert held.refusal(el.Nominate(" "), "m3").code == "text-missing"


def test_a_nomination_is_taken_back_by_who_made_it_or_by_the_secretary() -> None:
    held = nominating()
    for name in ("Ada", "Bo"):
        held.give(el.Nominate(name), "m2")
    assert held.refusal(el.WithdrawNomination("m1-n1"), "m3").code == "not-your-nomination"
    held.give(el.WithdrawNomination("m1-n1"), "m2")
    held.give(el.WithdrawNomination("m1-n2"), "sara")
    assert now(held).standing == ()
    assert held.refusal(el.WithdrawNomination("m1-n2"), "m2").code == "not-nominated"


def test_nominations_belong_to_elections_and_end_when_they_are_closed() -> None:
    held = nominated("Ada")
    assert held.refusal(el.Nominate("Bo"), "m2").code == "debate-closed"
    held.give(el.FindElected(("m1-n1",)))
    held.give(el.ConfirmElection())
    held.takes_up("m2")
    assert held.refusal(el.Nominate("Bo"), "m2").code == "no-election"


def test_one_is_found_elected_and_the_gavel_falls() -> None:
    held = nominated("Ada", "Bo")
    assert held.refusal(el.ConfirmElection()).code == "nothing-found"
    held.give(el.FindElected(("m1-n2",)))
    held.give(el.ConfirmElection())
    decided = held.meeting.matters["m1"]
    assert decided.outcome_text == "Bo (A) väljs."
    assert decided.decision is not None
    assert decided.decision.taking_part == held.people


@pytest.mark.parametrize(
    ("names", "code"),
    [((), "not-nominated"), (("m1-n9",), "not-nominated"), (("m1-n1", "m1-n2", "m1-n3"), "too-many-names")],
)
def test_only_the_nominated_and_no_more_than_the_places_are_found(names: tuple[str, ...], code: str) -> None:
    held = nominated("Ada", "Bo", "Cecilia", places=2)
    assert held.refusal(el.FindElected(names)).code == code
    held.give(el.FindElected(("m1-n1", "m1-n2")))


def test_a_place_that_nobody_fills_is_vacant() -> None:
    held = nominated("Ada", "Bo", places=4)
    held.give(el.FindElected(("m1-n1", "m1-n2")))
    held.give(el.ConfirmElection())
    assert held.meeting.matters["m1"].outcome_text == "Ada (A) och Bo (A) väljs. 2 platser är vakanta."


def test_an_employment_is_decided_in_the_same_way_in_its_own_word() -> None:
    held = nominated("Ada", kind="employment")
    held.give(el.FindElected(("m1-n1",)))
    held.give(el.ConfirmElection())
    assert held.meeting.matters["m1"].outcome_text == "Ada (A) anställs."


def test_nobody_nominated_is_an_election_of_nobody() -> None:
    held = nominated()
    assert held.refusal(el.FindElected(())).code == "not-nominated"
    held.give(db.ReopenDebate())
    held.give(el.Nominate("Ada"), "m2")


def test_a_ballot_is_demanded_after_the_nominations_and_stops_the_gavel() -> None:
    held = nominating()
    held.give(el.Nominate("Ada"), "m2")
    assert held.refusal(el.DemandBallot(), "m3").code == "debate-open"
    held.give(db.CloseDebate())
    held.give(el.FindElected(("m1-n1",)))
    held.give(el.DemandBallot(), "m3")
    assert held.refusal(el.ConfirmElection()).code == "ballot-demanded"
    assert held.refusal(el.FindElected(("m1-n1",))).code == "ballot-demanded"
    assert held.refusal(el.DemandBallot(), "m2").code == "ballot-demanded"
    assert held.refusal(db.ReopenDebate()).code == "ballot-demanded"


def test_the_demand_is_taken_back_by_the_one_who_made_it_or_written_down() -> None:
    held = nominated("Ada")
    assert held.refusal(el.WithdrawBallotDemand(), "m3").code == "nothing-demanded"
    held.give(el.RecordBallotDemand("m3"), "sara")
    assert held.refusal(el.WithdrawBallotDemand(), "m2").code == "not-your-demand"
    held.give(el.WithdrawBallotDemand(), "m3")
    held.give(el.DemandBallot(), "m2")
    held.give(el.WithdrawBallotDemand(), "sara")
    assert now(held).demanded_by is None


def test_a_finding_is_forgotten_when_the_nominations_open_again() -> None:
    held = nominated("Ada")
    held.give(el.FindElected(("m1-n1",)))
    held.give(db.ReopenDebate())
    assert now(held).found == ()


def test_a_proportional_election_can_be_demanded_only_where_the_law_says() -> None:
    held = nominating()
    assert held.refusal(pn.DemandProportional(), "m2").code == "not-proportional"
    held = nominating(2, proportional=True)
    held.give(pn.DemandProportional(), "m2")
    assert held.refusal(pn.DemandProportional(), "m2").code == "already-demanded"
    held.give(pn.RecordProportionalDemand("m3"), "sara")
    assert now(held).proportional_by == ("m2", "m3")


@pytest.mark.parametrize(("asking", "stops"), [(1, False), (2, True), (3, True)])
def test_a_demand_that_is_enough_stops_the_finding_by_acclamation(asking: int, stops: bool) -> None:
    held = nominated("Ada", places=2, proportional=True)
    for person in held.people[:asking]:
        held.give(pn.DemandProportional(), person)
    if stops:
        refused = held.refusal(el.FindElected(("m1-n1",)))
        assert (refused.code, refused.facts) == ("proportional-demanded", {"demanding": asking, "present": 5})
    else:
        held.give(el.FindElected(("m1-n1",)))
