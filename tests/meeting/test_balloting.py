"""The closed ballot: by slips the tellers count, by device without a trace, and proportionally."""

from __future__ import annotations

from typing import Any

import pytest

from meeting_server.law.proportional import SlipGroup
from meeting_server.meeting import elections as el
from meeting_server.meeting import presence as pr
from meeting_server.meeting import proportional as pn
from meeting_server.meeting.actors import SYSTEM
from tests.builders import SECRETARY, Hall, hall, matter, members
from tests.meeting.electing import (
    CODES,
    ballot,
    counted,
    drawn,
    election,
    nominated,
    nominating,
    now,
    opened,
    tally,
)


def test_a_ballot_is_opened_only_when_demanded_and_with_tellers() -> None:
    held = nominated("Ada", "Bo")
    assert held.refusal(el.OpenBallot("slips", ("m2",))).code == "nothing-demanded"
    held.give(el.DemandBallot(), "m3")
    assert held.refusal(el.OpenBallot("slips")).code == "tellers-missing"
    assert held.refusal(el.OpenBallot("slips", ("m2", "sara"))).code == "tellers-missing"
    assert held.refusal(el.OpenBallot("electronic")).code == "electronic-not-allowed"
    assert held.refusal(el.OpenBallot("proportional", ("m2",))).code == "wrong-method"
    held.give(el.OpenBallot("slips", ("m2",)))
    assert held.refusal(el.OpenBallot("slips", ("m2",))).code == "ballot-held"
    assert held.refusal(el.DemandBallot(), "m2").code == "ballot-held"


def test_a_ballot_needs_somebody_nominated() -> None:
    held = nominated()
    held.give(el.DemandBallot(), "m3")
    assert held.refusal(el.OpenBallot("slips", ("m2",))).code == "nobody-nominated"


def mixed(*, in_room: int, **about: Any) -> Hall:
    """Five members, so many of them in the room; the nominations are closed and a ballot demanded."""
    held = hall(roster=(*members(5), SECRETARY), regime="kl-2018", agenda=(election(), matter("m2")), **about)
    held.in_room(*held.people[:in_room]).remotely(*held.people[in_room:]).roll_call().takes_up()
    held.give(el.Nominate("Ada"), "m2")
    held.debate_closed()
    held.give(el.DemandBallot(), "m3")
    return held


def test_those_at_a_distance_are_present_and_take_no_part() -> None:
    held = mixed(in_room=3, electronic_ballot=True)
    held.give(el.OpenBallot("electronic"))
    assert (ballot(held).voters, ballot(held).remote) == (("anna", "m2", "m3"), ("m4", "m5"))
    assert held.refusal(el.CastBallot((), CODES[0]), "m4").code == "ballot-in-room-only"


def test_the_box_takes_one_ballot_each_and_the_log_says_only_that() -> None:
    held = opened("Ada", "Bo", method="electronic")
    [event] = held.give(el.CastBallot(("m1-n1",), CODES[0]), "m2")
    assert event == el.BallotReceived("m1-b1", "m2")
    assert held.refusal(el.CastBallot(("m1-n1",), CODES[1]), "m2").code == "already-cast"


@pytest.mark.parametrize("choices", [("m1-n1",), ("m1-n1", "m1-n1"), ("m1-n1", "m1-n9")])
def test_a_ballot_has_as_many_names_as_places_or_none(choices: tuple[str, ...]) -> None:
    held = opened("Ada", "Bo", "Cecilia", method="electronic", places=2)
    refused = held.refusal(el.CastBallot(choices, CODES[0]), "m2")
    assert refused.code == "ballot-incomplete"
    assert "m1-n1" not in f"{refused.because}{refused.facts}"
    held.give(el.CastBallot((), CODES[0]), "m2")
    held.give(el.CastBallot(("m1-n1", "m1-n3"), CODES[1]), "m3")


def test_a_code_has_its_form_and_one_who_has_left_cannot_vote() -> None:
    held = opened("Ada", method="electronic")
    assert held.refusal(el.CastBallot((), "hemligt"), "m2").code == "code-malformed"
    assert held.refusal(el.CloseBallot()).code == "nothing-received"
    held.give(pr.RecordDeparture("m5"), "sara")
    assert held.refusal(el.CastBallot((), CODES[0]), "m5").code == "not-present"


def voted(*choices: tuple[str, ...]) -> Hall:
    """These ballots are in the box, and it is closed."""
    held = opened("Ada", "Bo", method="electronic")
    for person, choice, code in zip(held.people, choices, CODES, strict=False):
        held.give(el.CastBallot(choice, code), person)
    held.give(el.CloseBallot())
    return held


def test_the_box_is_counted_when_closed_and_published_in_an_order_of_nobodys() -> None:
    cast = (("m1-n2",), ("m1-n1",), (), ("m1-n2",))
    held = voted(*cast)
    assert held.refusal(el.CastBallot((), CODES[9]), "m5").code == "ballot-closed"
    assert held.refusal(el.ConfirmElection()).code == "ballot-not-counted"
    held.give(el.CountBallots("m1-b1", cast, CODES[3::-1]), SYSTEM)
    found = ballot(held)
    assert found.slips == ((), ("m1-n1",), ("m1-n2",), ("m1-n2",))
    assert found.codes == CODES[:4]
    assert (found.votes, found.blank) == ({"m1-n1": 1, "m1-n2": 2}, 1)
    held.give(el.ConfirmElection())
    assert held.meeting.matters["m1"].outcome_text == "Bo (A) väljs."
    decision = held.meeting.matters["m1"].decision
    assert decision is not None
    assert decision.taking_part == ("anna", "m2", "m3", "m4")


def test_a_box_that_holds_another_number_than_were_received_is_not_counted() -> None:
    held = voted(("m1-n2",), ("m1-n1",))
    assert held.refusal(el.CountBallots("m1-b1", ((),), CODES[:1]), SYSTEM).code == "box-mismatch"
    assert held.refusal(el.CountBallots("m1-b2", ((), ()), CODES[:2]), SYSTEM).code == "box-mismatch"


@pytest.mark.parametrize("strange", [("m1-n9",), ("m1-n1", "m1-n2"), ("m1-n1", "m1-n1")])
def test_a_box_with_a_ballot_nobody_can_have_filled_in_is_not_counted(strange: tuple[str, ...]) -> None:
    held = voted(("m1-n2",), ("m1-n1",))
    refused = held.refusal(el.CountBallots("m1-b1", (strange, ()), CODES[:2]), SYSTEM)
    assert refused.code == "box-mismatch"
    assert "1 av 2 valsedlar" in refused.because
    held.give(el.CountBallots("m1-b1", ((), ()), CODES[:2]), SYSTEM)
    assert held.refusal(el.CountBallots("m1-b1", ((), ()), CODES[:2]), SYSTEM).code == "already-counted"


def test_the_tellers_numbers_must_be_able_to_be_true() -> None:
    held = opened("Ada", "Bo", places=1)
    assert held.refusal(el.CastBallot((), CODES[0]), "m2").code == "ballot-by-slips"
    assert held.refusal(el.EnterCount(tally(3, 2), 0, 0)).code == "ballot-open"
    held.give(el.CloseBallot())
    assert held.refusal(el.CloseBallot()).code == "ballot-closed"
    assert held.refusal(el.EnterCount({"m1-n1": 3}, 0, 0)).code == "not-the-nominated"
    assert held.refusal(el.EnterCount(tally(3, -1), 0, 0)).code == "count-negative"
    assert held.refusal(el.EnterCount(tally(3, 2), 1, 0)).code == "too-many-ballots"
    assert held.refusal(el.EnterCount(tally(0, 0), 0, 0)).code == "too-many-ballots"
    held.give(el.EnterCount(tally(3, 1), 1, 0))
    held.give(el.EnterCount(tally(2, 1), 1, 1), "sara")
    assert ballot(held).handed_in == 5


@pytest.mark.parametrize(("votes", "fits"), [((3, 3, 2), True), ((4, 4, 1), False), ((5, 2, 1), False)])
def test_two_places_ask_for_two_different_names_on_every_ballot(votes: tuple[int, ...], fits: bool) -> None:
    held = opened("Ada", "Bo", "Cecilia", places=2)
    held.give(el.CloseBallot())
    if fits:
        held.give(el.EnterCount(tally(*votes), 0, 0))
        assert ballot(held).handed_in == 4
    else:
        assert held.refusal(el.EnterCount(tally(*votes), 0, 0)).code == "count-impossible"


def test_a_ballot_is_voided_for_a_reason_and_may_be_held_again() -> None:
    held = counted(3, 2)
    assert held.refusal(el.VoidBallot(" ")).code == "text-missing"
    held.give(el.VoidBallot("En sedel för mycket"))
    assert now(held).ballot is None
    held.give(el.OpenBallot("slips", ("m2",)))
    assert ballot(held).id == "m1-b2"
    assert [b.status for b in now(held).ballots] == ["voided", "open"]


def test_a_ballot_without_one_is_refused() -> None:
    assert nominated("Ada").refusal(el.CloseBallot()).code == "no-ballot"


def test_the_numbers_stand_once_lots_have_been_asked_for() -> None:
    held = drawn(counted(2, 2, blank=1))
    assert held.refusal(el.EnterCount(tally(3, 2), 0, 0)).code == "already-counted"


def demanded(by: int, places: int = 2, present: int = 6) -> Hall:
    """Of that many present so many demand a proportional election."""
    held = nominating(places, proportional=True, roster=(*members(present), SECRETARY))
    for person in held.people[:by]:
        held.give(pn.DemandProportional(), person)
    held.give(el.Nominate("Ada"), "m2")
    held.debate_closed()
    return held


@pytest.mark.parametrize(("by", "reached"), [(1, False), (2, True), (3, True)])
def test_six_present_and_two_places_need_two(by: int, reached: bool) -> None:
    held = demanded(by)
    if reached:
        held.give(el.OpenBallot("proportional", ("m2",)))
        assert held.refusal(el.EnterCount(tally(3), 0, 0)).code == "ballot-open"
    else:
        assert held.refusal(el.OpenBallot("proportional", ("m2",))).code == "nothing-demanded"


GROUPS = (SlipGroup("Majoriteten", ("Ada", "Bo"), 4), SlipGroup("Minoriteten", ("Cecilia",), 2))


def test_a_proportional_ballot_is_counted_by_groups() -> None:
    held = demanded(2)
    assert held.refusal(el.OpenBallot("slips", ("m2",))).code == "wrong-method"
    held.give(el.OpenBallot("proportional", ("m2",)))
    held.give(el.CloseBallot())
    assert held.refusal(el.EnterGroups((), 0, 0)).code == "groups-incomplete"
    assert held.refusal(el.EnterGroups((SlipGroup("17", ("Ada",), 1),), 0, 0)).code == "groups-incomplete"
    assert held.refusal(el.EnterGroups((SlipGroup("A", (), 1),), 0, 0)).code == "groups-incomplete"
    assert held.refusal(el.EnterGroups(GROUPS, 1, 0)).code == "too-many-ballots"
    held.give(el.EnterGroups((SlipGroup("M", ("Ada", "Bo"), 5), SlipGroup("N", ("Cecilia",), 1)), 0, 0))
    held.give(el.ConfirmElection())
    assert [(e.name, e.group) for e in now(held).elected] == [("Ada", "M"), ("Bo", "M")]


def test_two_lists_under_one_designation_are_two_groups_and_piles_alike_are_one() -> None:
    held = demanded(2)
    held.give(el.OpenBallot("proportional", ("m2",)))
    held.give(el.CloseBallot())
    ada, bo = SlipGroup("M", ("Ada",), 2), SlipGroup("m ", ("Bo",), 1)
    held.give(el.EnterGroups((ada, bo, ada), 0, 0))
    assert ballot(held).groups == (SlipGroup("M", ("Ada",), 4), SlipGroup("M (2)", ("Bo",), 1))


def test_equal_numbers_between_groups_are_settled_by_lot() -> None:
    held = demanded(2)
    held.give(el.OpenBallot("proportional", ("m2",)))
    held.give(el.CloseBallot())
    held.give(el.EnterGroups(GROUPS, 0, 0))
    assert held.refusal(el.ConfirmElection()).code == "tie"
    drawn(held, secret=100001, numbers=(0, 1))
    held.give(el.ConfirmElection())
    assert [(e.name, e.by_lot) for e in now(held).elected] == [("Ada", False), ("Cecilia", True)]
    assert now(held).how == "proportional"


def test_a_proportional_ballot_too_waits_for_the_nominations_to_close() -> None:
    held = nominating(2, proportional=True)
    for person in held.people:
        held.give(pn.DemandProportional(), person)
    assert held.refusal(el.OpenBallot("proportional", ("m2",))).code == "debate-open"


def test_a_ballot_needs_somebody_in_the_room() -> None:
    held = hall(roster=(*members(5), SECRETARY), regime="kl-2018", agenda=(election(), matter("m2")))
    held.in_room("m5").remotely("anna", "m2", "m3", "m4").roll_call().takes_up()
    held.give(el.Nominate("Ada"), "m2")
    held.debate_closed()
    held.give(el.DemandBallot(), "m3")
    held.give(pr.RecordDeparture("m5"), "sara")
    assert held.refusal(el.OpenBallot("slips", ("m2",))).code == "no-voters"
