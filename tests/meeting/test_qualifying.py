"""Qualified majorities in the meeting: what they are counted of, by acclamation and by division."""

from __future__ import annotations

from typing import Any

import pytest

from meeting_server.meeting import abstention as ab
from meeting_server.meeting import deciding as dc
from meeting_server.meeting import divisions as dv
from meeting_server.meeting.convening import QualifiedMajority
from meeting_server.meeting.qualifying import words_of
from tests.builders import SECRETARY, Hall, matter, members, under_way

EXTRA = QualifiedMajority("extra_election", treated_before=True, first_meeting="2026-04-20")


def handled(majority: QualifiedMajority, present: int | None = None, seats: int = 9, **about: Any) -> Hall:
    """A matter that needs the majority is taken up in an assembly."""
    return under_way(
        present,
        roster=(*members(seats), SECRETARY),
        kind=about.pop("kind", "assembly"),
        agenda=(matter("m1", majority=majority),),
        **about,
    ).takes_up()


def voted(held: Hall, yes: int, no: int, abstain: int = 0, demand: str = "m2", found: str = "m1-p0") -> Hall:
    """A division in which so many vote so, and the others not at all."""
    held.proposal(demand, "reject")
    held.debate_closed().put().found(found).demanded(demand).division_opened()
    answers = ["yes"] * yes + ["no"] * no + ["abstain"] * abstain
    for person, vote in zip(held.meeting.held["d1"].voters, answers, strict=False):
        held.give(dv.CastVote(vote), person)  # type: ignore[arg-type]
    return held.division_closed()


def carried(held: Hall) -> tuple[str, str | None]:
    """What the gavel decided, and the code of the rule that said so."""
    confirmed, *_rest = held.give(dc.Gavel())
    assert isinstance(confirmed, dv.DivisionConfirmed)
    assert not confirmed.by_casting_vote
    return confirmed.carried, confirmed.rulings[0].code


@pytest.mark.parametrize(
    ("yes", "no", "abstain", "carries"),
    [(6, 3, 0, True), (6, 0, 3, True), (6, 0, 0, True), (5, 4, 0, False), (5, 0, 4, False), (5, 0, 0, False)],
)
def test_two_thirds_of_the_nine_present_whoever_abstains(
    yes: int, no: int, abstain: int, *, carries: bool
) -> None:
    won, code = carried(voted(handled(EXTRA), yes, no, abstain))
    assert (won, code) == ("m1-p0" if carries else "m1-p1", "extra-election")


def test_the_same_holds_when_the_chair_finds_the_rejection_carried() -> None:
    held = voted(handled(EXTRA), yes=3, no=6, found="m1-p1")
    assert carried(held)[0] == "m1-p0"
    held = voted(handled(EXTRA), yes=4, no=5, found="m1-p1")
    assert carried(held)[0] == "m1-p1"


def test_a_tie_is_no_tie_when_two_thirds_are_needed() -> None:
    held = voted(handled(EXTRA, present=8), yes=4, no=4)
    assert held.refusal(dv.UseCastingVote("yes")).code == "casting-vote-not-needed"
    assert carried(held)[0] == "m1-p1"


def test_two_proposals_of_which_neither_has_two_thirds_both_fall() -> None:
    held = handled(EXTRA)
    held.proposal("m2", "counter", "Extra val hålls i mars.")
    held.debate_closed().put().found("m1-p0").demanded("m2").division_opened()
    for person, vote in zip(held.meeting.held["d1"].voters, "yyyyynnnn", strict=True):
        held.give(dv.CastVote("yes" if vote == "y" else "no"), person)
    held.division_closed()
    assert carried(held)[0] == "reject"
    assert held.meeting.matters["m1"].outcome_text == "Förslaget avslås."


@pytest.mark.parametrize(("against", "stopped"), [(5, False), (6, True), (7, True)])
def test_a_referendum_is_held_unless_two_thirds_of_those_present_are_against(
    against: int, *, stopped: bool
) -> None:
    terms = QualifiedMajority("stop_referendum", needed_to="reject")
    won, code = carried(voted(handled(terms), yes=9 - against, no=against))
    assert (won, code) == ("m1-p1" if stopped else "m1-p0", "stop-referendum")


@pytest.mark.parametrize(
    ("counted", "yes", "no", "carries"),
    [("present", 6, 0, False), ("present", 7, 2, True), ("cast", 6, 2, True), ("cast", 5, 2, False)],
)
def test_a_federations_own_share_is_of_those_present_or_of_the_votes_cast(
    counted: Any, yes: int, no: int, *, carries: bool
) -> None:
    terms = QualifiedMajority("charter", 3, 4, counted)
    won, code = carried(voted(handled(terms, kind="federation_assembly"), yes, no))
    assert (won, code) == ("m1-p0" if carries else "m1-p1", "qualified-majority")


@pytest.mark.parametrize(("abstaining", "may"), [(3, True), (4, False)])
def test_by_acclamation_enough_must_take_part(abstaining: int, *, may: bool) -> None:
    held = handled(EXTRA)
    for person in held.people[1 : abstaining + 1]:
        held.give(ab.Abstain(), person)
    held.debate_closed().put().found("m1-p0")
    if may:
        *_way, decided = held.give(dc.Gavel())
        assert isinstance(decided, dc.MatterDecided)
        assert "extra-election" in [r.code for r in decided.rulings]
    else:
        refused = held.refusal(dc.Gavel())
        assert (refused.code, refused.cites) == ("extra-election", "KL 5:10")
        assert refused.facts == {"needed": 6, "of": 9, "taking_part": 5}
        assert "minst två tredjedelar av de närvarande: 6 av 9. Bara 5" in refused.because


def test_what_needs_no_share_carries_by_acclamation_however_many_abstain() -> None:
    held = handled(QualifiedMajority("stop_referendum", needed_to="reject"))
    for person in held.people[1:6]:
        held.give(ab.Abstain(), person)
    held.debate_closed().put().found("m1-p0").gavel()
    assert held.meeting.matters["m1"].status == "decided"


def test_an_extra_election_is_always_deferred_the_first_time() -> None:
    held = handled(QualifiedMajority("extra_election")).debate_closed()
    refused = held.refusal(dc.PutQuestion())
    assert (refused.code, refused.cites) == ("extra-election-deferred", "KL 5:50")
    held = handled(QualifiedMajority("extra_election"))
    deferral = held.proposal("m2", "defer")
    held.debate_closed().put()
    assert held.refusal(dc.FindCarried("today")).code == "extra-election-deferred"
    held.found(deferral).gavel()
    assert held.meeting.matters["m1"].status == "deferred"


@pytest.mark.parametrize(("met", "may"), [("2026-05-24", True), ("2026-05-25", False), (None, True)])
def test_six_months_must_have_passed_since_the_newly_elected_first_met_when_that_day_is_known(
    met: str | None, *, may: bool
) -> None:
    terms = QualifiedMajority("extra_election", treated_before=True, first_meeting=met)
    held = handled(terms).debate_closed()
    if may:
        held.put()
    else:
        assert held.refusal(dc.PutQuestion()).code == "extra-election-not-before"


@pytest.mark.parametrize(
    ("share", "counted", "words"),
    [
        ((1, 1), "present", "samtliga de närvarande"),
        ((2, 3), "cast", "minst två tredjedelar av de avgivna rösterna"),
        ((5, 7), "present", "minst 5/7 av de närvarande"),
    ],
)
def test_a_share_is_said_in_words_where_there_are_any(
    share: tuple[int, int], counted: Any, words: str
) -> None:
    assert words_of(QualifiedMajority("charter", *share, counted)) == words


def test_a_division_that_rejects_nothing_asks_for_no_share_of_those_who_reject() -> None:
    held = handled(QualifiedMajority("stop_referendum", needed_to="reject"))
    held.proposal("m2", "counter")
    held.debate_closed().put().found("m1-p0").demanded("m2").division_opened()
    held.votes(anna="yes", m2="no", m3="yes", m4="no", m5="yes").division_closed()
    assert carried(held) == ("m1-p0", "simple-majority")
