"""Proportional demands given and taken back, who conducts the election, substitutes and their order."""

from __future__ import annotations

from typing import Any

import pytest

from meeting_server.law.proportional import SlipGroup
from meeting_server.meeting import elections as el
from meeting_server.meeting import presence as pr
from meeting_server.meeting import proportional as pn
from meeting_server.meeting.convening import ElectionTerms
from meeting_server.meeting.nominating import demanding_proportional
from meeting_server.wire.view import view
from meeting_server.wire.visibility import Viewer
from tests.builders import SECRETARY, Hall, hall, matter, members, under_way
from tests.meeting.electing import counted, nominated, nominating, now


def demanded(by: int, places: int = 2, present: int = 6) -> Hall:
    """Of that many present so many demand a proportional election; the nominations are closed."""
    held = nominating(places, proportional=True, roster=(*members(present), SECRETARY))
    for person in held.people[:by]:
        held.give(pn.DemandProportional(), person)
    return held.debate_closed()


def test_a_demand_is_taken_back_by_who_made_it_or_written_down() -> None:
    held = demanded(3)
    assert held.refusal(pn.WithdrawProportionalDemand("anna"), "m2").code == "not-your-demand"
    assert held.refusal(pn.WithdrawProportionalDemand("m6"), "sara").code == "nothing-demanded"
    assert held.refusal(pn.WithdrawProportionalDemand("nobody"), "sara").code == "nothing-demanded"
    [own] = held.give(pn.WithdrawProportionalDemand("m2"), "m2")
    assert own == pn.ProportionalDemandWithdrawn("m1", "m2", 2, 2, None)
    [written] = held.give(pn.WithdrawProportionalDemand("m3"), "sara")
    assert written == pn.ProportionalDemandWithdrawn("m1", "m3", 1, 2, "sara")
    assert now(held).proportional_by == ("anna",)


def test_when_too_few_are_left_the_election_is_one_by_majority_again() -> None:
    held = demanded(2)
    assert held.refusal(el.OpenBallot("slips", ("m2",))).code == "wrong-method"
    held.give(pn.WithdrawProportionalDemand("m2"), "m2")
    assert held.refusal(el.OpenBallot("proportional", ("m2",))).code == "nothing-demanded"
    held.give(pn.DemandProportional(), "m2")
    held.give(el.OpenBallot("proportional", ("m2",)))
    assert held.refusal(pn.WithdrawProportionalDemand("m2"), "m2").code == "ballot-held"


def test_a_demand_counts_only_while_the_one_who_made_it_does() -> None:
    held = demanded(3, places=1, present=7)
    held.give(pn.WithdrawProportionalDemand("m3"), "m3")
    held.give(pn.DemandProportional(), "m4")  # anna, m2 and m4 of seven; four are needed
    for gone in ("m2", "m4", "m5"):
        held.give(pr.RecordDeparture(gone), "sara")
    matter_now = held.meeting.matters["m1"]
    assert demanding_proportional(held.meeting, matter_now) == ("anna",)
    steps: Any = view(held.meeting, Viewer("secretary", "sara"), held.meeting.at)
    assert steps["election"]["proportional"]["demanded_by"] == ["anna"]
    assert "Proportionellt val återtas" in [one["label"] for one in steps["steps"]["seconds"]]
    refused = held.refusal(pn.ChooseReturningOfficer("m3"))
    assert (refused.code, refused.facts) == ("not-proportional-yet", {"demanding": 1, "needed": 2})
    [taken] = held.give(pn.WithdrawProportionalDemand("m2"), "sara")
    assert taken == pn.ProportionalDemandWithdrawn("m1", "m2", 1, 2, "sara")
    [again] = held.give(pn.DemandProportional(), "m3")
    assert again == pn.ProportionalDemanded("m1", "m3", 2, 2, None)
    [opened] = held.give(el.OpenBallot("proportional", ("m6",)))
    assert isinstance(opened, el.BallotOpened)
    facts = {r.code: r.facts for r in opened.rulings}["proportional-demand"]
    assert (facts["demanding"], facts["present"]) == (2, 4)


def test_those_who_have_gone_force_no_paper_ballots() -> None:
    held = nominated("Ada", "Bo", proportional=True)
    for one in ("m3", "m4"):
        held.give(pn.DemandProportional(), one)
    for one in ("m3", "m4"):
        held.give(pr.RecordDeparture(one), "sara")
    held.give(el.FindElected(("m1-n1",)))


def test_the_ballot_records_what_the_act_says_of_it() -> None:
    held = demanded(2)
    [opened] = held.give(el.OpenBallot("proportional", ("m2",)))
    assert isinstance(opened, el.BallotOpened)
    ruled = {r.code: (r.cites, r.outcome) for r in opened.rulings}
    assert ruled["proportional-demand"] == ("lag (2022:629) 2 §", True)
    assert ruled["returning-officer"] == ("lag (2022:629) 4 §", "anna")
    assert "ballots-secret" not in ruled


def test_another_member_in_the_room_conducts_the_election_when_chosen() -> None:
    held = demanded(1)
    refused = held.refusal(pn.ChooseReturningOfficer("m3"))
    assert (refused.code, refused.facts) == ("not-proportional-yet", {"demanding": 1, "needed": 2})
    held.give(pn.DemandProportional(), "m2")
    assert held.refusal(pn.ChooseReturningOfficer("sara")).code == "returning-officer-unfit"
    assert held.refusal(pn.ChooseReturningOfficer("nobody")).code == "not-on-roster"
    held.give(pn.ChooseReturningOfficer("m3"))
    [opened] = held.give(el.OpenBallot("proportional", ("m2",)))
    assert isinstance(opened, el.BallotOpened)
    assert [r.outcome for r in opened.rulings if r.code == "returning-officer"] == ["m3"]
    assert held.refusal(pn.ChooseReturningOfficer("m4")).code == "ballot-held"


def test_who_conducts_the_election_is_in_the_room_and_a_remote_elector_is_ruled_out() -> None:
    agenda = (matter("m1", "election", election=ElectionTerms(2, proportional=True)), matter("m2"))
    held = hall(roster=(*members(5), SECRETARY), regime="kl-2018", agenda=agenda)
    held.in_room("anna", "m2", "m3").remotely("m4", "m5").roll_call().takes_up().debate_closed()
    for person in ("anna", "m2"):
        held.give(pn.DemandProportional(), person)
    assert held.refusal(pn.ChooseReturningOfficer("m4")).code == "returning-officer-unfit"
    [opened] = held.give(el.OpenBallot("proportional", ("m2",)))
    assert isinstance(opened, el.BallotOpened)
    [secret] = [r for r in opened.rulings if r.code == "ballots-secret"]
    assert (secret.facts, secret.outcome) == ({"remote": True}, False)


def test_what_was_ruled_on_slips_and_that_they_were_not_alike_is_kept() -> None:
    held = demanded(2)
    held.give(el.OpenBallot("proportional", ("m2",)))
    held.give(el.CloseBallot())
    groups = (SlipGroup("M", ("Ada", "Bo"), 5),)
    held.give(el.EnterGroups(groups, 0, 0))
    ballot = now(held).ballot
    assert ballot is not None
    assert (ballot.alike, ballot.ruled) == (True, None)
    held.give(el.EnterGroups(groups, 0, 1, alike=False, ruled=" En sedel var märkt. "))
    ballot = now(held).ballot
    assert ballot is not None
    assert (ballot.alike, ballot.ruled) == (False, "En sedel var märkt.")


def substitutes(terms: ElectionTerms, kind: Any = "assembly") -> Hall:
    """Members are elected in m1 and substitutes by these terms in m2."""
    agenda = (
        matter("m1", "election", election=ElectionTerms(2, proportional=True)),
        matter("m2", "election", election=terms),
    )
    return under_way(agenda=agenda, kind=kind)


def elect_members(held: Hall, *, proportional: bool) -> Hall:
    """Two members, by groups of ballots or by acclamation."""
    held.takes_up("m1")
    held.give(el.Nominate("Ada"), "m2")
    held.debate_closed()
    if proportional:
        for person in ("anna", "m2"):
            held.give(pn.DemandProportional(), person)
        held.give(el.OpenBallot("proportional", ("m2",)))
        held.give(el.CloseBallot())
        held.give(el.EnterGroups((SlipGroup("M", ("Ada", "Bo"), 5),), 0, 0))
    else:
        held.give(el.FindElected(("m1-n1",)))
    held.give(el.ConfirmElection())
    return held


SAME_MEETING = ElectionTerms(2, True, "substitutes", members_in="m1")


def test_substitutes_may_be_elected_proportionally_when_the_members_were() -> None:
    held = elect_members(substitutes(SAME_MEETING), proportional=True).takes_up("m2")
    for person in ("anna", "m2"):
        held.give(pn.DemandProportional(), person)
    held.debate_closed()
    [opened] = held.give(el.OpenBallot("proportional", ("m2",)))
    assert isinstance(opened, el.BallotOpened)
    assert [r.outcome for r in opened.rulings if r.code == "substitutes-proportional"] == [True]
    held.give(el.CloseBallot())
    held.give(el.EnterGroups((SlipGroup("M", ("Cia", "Doa"), 5),), 0, 0))
    assert held.refusal(pn.OrderSubstitutes(())).code == "no-substitutes"
    [decided] = held.give(el.ConfirmElection())
    assert isinstance(decided, el.ElectionDecided)
    assert [(r.code, r.outcome) for r in decided.rulings if r.code == "service-order"] == [
        ("service-order", True)
    ]


def test_substitutes_are_not_elected_proportionally_when_the_members_were_not() -> None:
    held = elect_members(substitutes(SAME_MEETING), proportional=False).takes_up("m2")
    refused = held.refusal(pn.DemandProportional(), "m2")
    assert (refused.code, refused.cites) == ("substitutes-proportional", "lag (2022:629) 3 §")


def test_the_members_are_elected_before_the_substitutes_can_be_so() -> None:
    held = substitutes(SAME_MEETING).takes_up("m2")
    refused = held.refusal(pn.DemandProportional(), "m2")
    assert (refused.code, refused.facts) == ("members-not-elected", {"matter": "m1"})


@pytest.mark.parametrize("proportionally", [True, False])
def test_members_elected_at_an_earlier_meeting_are_told_of_by_the_register(proportionally: bool) -> None:
    terms = ElectionTerms(2, True, "substitutes", members_proportional=proportionally)
    held = substitutes(terms).takes_up("m2")
    if proportionally:
        held.give(pn.DemandProportional(), "m2")
    else:
        assert held.refusal(pn.DemandProportional(), "m2").code == "substitutes-proportional"


def two_found(terms: ElectionTerms = SAME_MEETING, kind: Any = "assembly") -> Hall:
    """Two substitutes are found elected by acclamation."""
    held = substitutes(terms, kind).takes_up("m2")
    for name in ("Ada", "Bo"):
        held.give(el.Nominate(name), "m2")
    held.debate_closed()
    held.give(el.FindElected(("m2-n1", "m2-n2")))
    return held


def test_the_gavel_waits_for_the_order_in_which_the_substitutes_serve() -> None:
    held = two_found()
    refused = held.refusal(el.ConfirmElection())
    assert (refused.code, refused.cites) == ("service-order", "KL 6:16")
    for wrong in ((), ("m2-n1",), ("m2-n1", "m2-n1"), ("m2-n1", "m2-n2", "m2-n3")):
        assert held.refusal(pn.OrderSubstitutes(wrong)).code == "not-the-elected"
    held.give(pn.OrderSubstitutes(("m2-n2", "m2-n1")))
    held.give(el.ConfirmElection())
    assert [e.name for e in held.meeting.matters["m2"].election.elected] == ["Bo", "Ada"]
    outcome = held.meeting.matters["m2"].outcome_text
    assert outcome == "Bo och Ada väljs. De tjänstgör i den ordningen."


def test_another_finding_asks_for_the_order_anew() -> None:
    held = two_found()
    held.give(pn.OrderSubstitutes(("m2-n2", "m2-n1")))
    held.give(el.FindElected(("m2-n1", "m2-n2")))
    assert held.refusal(el.ConfirmElection()).code == "service-order"


def test_one_substitute_needs_no_order_and_members_have_none() -> None:
    held = two_found()
    held.give(el.FindElected(("m2-n2",)))
    held.give(el.ConfirmElection())
    held = nominated("Ada", "Bo", places=2)
    held.give(el.FindElected(("m1-n1", "m1-n2")))
    assert held.refusal(pn.OrderSubstitutes(("m1-n1", "m1-n2"))).code == "no-substitutes"
    held.give(el.ConfirmElection())


def test_a_committee_is_asked_for_no_order_in_its_utskott() -> None:
    held = two_found(kind="committee")
    held.give(el.ConfirmElection())
    assert [e.name for e in held.meeting.matters["m2"].election.elected] == ["Ada", "Bo"]


def test_substitutes_elected_by_ballot_are_ordered_when_counted() -> None:
    held = two_found()
    held.give(el.DemandBallot(), "m3")
    held.give(el.OpenBallot("slips", ("m2",)))
    held.give(el.CloseBallot())
    assert held.refusal(pn.OrderSubstitutes(("m2-n1", "m2-n2"))).code == "no-substitutes"
    held.give(el.EnterCount({"m2-n1": 5, "m2-n2": 5}, 0, 0))
    assert held.refusal(el.ConfirmElection()).code == "service-order"
    held.give(pn.OrderSubstitutes(("m2-n2", "m2-n1")))
    [decided] = held.give(el.ConfirmElection())
    assert isinstance(decided, el.ElectionDecided)
    assert [(e.name, e.votes) for e in decided.elected] == [("Bo", 5), ("Ada", 5)]


def test_a_tie_has_nobody_to_order() -> None:
    held = counted(2, 2)
    assert held.refusal(pn.OrderSubstitutes(("m1-n1",))).code == "no-substitutes"
