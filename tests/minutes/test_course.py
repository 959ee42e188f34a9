"""How the decision came about, told in the order it happened and as it ended."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from meeting_server.meeting.abstention import Abstain
from meeting_server.meeting.actors import SYSTEM
from meeting_server.meeting.conflicts import RecordConflict
from meeting_server.meeting.deferral import DecideMinorityReferral
from meeting_server.meeting.divisions import UseCastingVote
from meeting_server.meeting.elections import CastBallot, CloseBallot, ConfirmElection, CountBallots
from meeting_server.meeting.presence import RecordDeparture
from meeting_server.meeting.proposals import SupportProposal
from meeting_server.meeting.reservations import Reserve
from meeting_server.minutes import render
from meeting_server.minutes.archive import tables
from meeting_server.minutes.compose import compose
from meeting_server.minutes.editing import section_text
from tests.builders import SECRETARY, Hall, hall, members, person, under_way
from tests.meeting.electing import CODES, counted, opened
from tests.minutes import sample
from tests.minutes.test_pdf import text_of

ROSTER = (*members(7), SECRETARY)


def parts(held: Hall) -> dict[str, str]:
    """The sections of the first § as text, by their keys."""
    return {one.key: section_text(one) for one in compose(held.log).paragraphs[0].sections}


def asked_today(*no: str) -> tuple[Hall, str]:
    """An assembly of seven divides on whether the matter is decided today; these want it referred back."""
    held = under_way(kind="assembly", roster=ROSTER).takes_up()
    referral = held.proposal("m2", "refer_back", motivation="Utred mer.")
    held.debate_closed().put().found("today").demanded("m2").division_opened()
    for one in ROSTER[:-1]:
        held.votes(**{one.id: "no" if one.id in no else "yes"})
    return held.division_closed(), referral


class TestAThird:
    def test_after_a_division_it_is_not_said_that_the_assembly_decided_the_opposite(self) -> None:
        held, referral = asked_today("m2", "m3", "m4")
        held.give(DecideMinorityReferral(referral))
        text = parts(held)
        assert "därmed beslutat" not in text["division"]
        assert (
            "avges 4 ja-röster och 3 nej-röster; 0 ledamöter avstår och 0 är frånvarande. Omröstningen "
            "utfaller därmed för att ärendet avgörs i dag, men för återremiss räcker att minst en tredjedel "
            "av de närvarande begär det." in text["division"]
        )
        assert text["division"].index("avges 4 ja") < text["division"].index("3 av 7 närvarande ledamöter")
        assert "tredjedel" not in text["course"]

    @pytest.mark.parametrize("by_gavel", [True, False])
    def test_a_division_that_went_its_way_decided_it(self, by_gavel: bool) -> None:
        held, referral = asked_today("m2", "m3", "m4", "m5")
        if by_gavel:
            held.gavel()
        else:
            held.give(DecideMinorityReferral(referral))
        text = parts(held)["division"]
        assert "har därmed beslutat att återremittera ärendet." in text
        assert ("4 av 7 närvarande ledamöter" in text) != by_gavel

    def test_without_a_division_it_is_told_after_the_question_it_answers(self) -> None:
        held = under_way(kind="assembly", roster=ROSTER).takes_up()
        referral = held.proposal("m2", "refer_back", motivation="Utred mer.")
        held.give(SupportProposal(referral), "m3")
        held.debate_closed().put().found("today")
        held.give(RecordDeparture("m7"), "sara")  # two were too few of seven and are enough of six
        held.give(DecideMinorityReferral(referral))
        text = parts(held)
        assert text["course"].index("frågar först om") < text["course"].index("2 av 6 närvarande ledamöter")
        assert "division" not in text


def tied(chair: str | None) -> Hall:
    """Two against two; the chair abstains, says that she takes no part or says nothing, and then decides."""
    held = under_way(kind="assembly")
    held.divided()
    if chair == "aside":
        held.give(Abstain(), "anna")
    elif chair is not None:
        held.votes(anna=chair)
    held.votes(m2="no", m3="no", m4="yes", m5="yes").division_closed()
    held.give(UseCastingVote("yes"))
    return held.gavel()


class TestTheCastingVote:
    @pytest.mark.parametrize("chair", ["abstain", "aside", None])
    def test_whose_it_is_takes_part_in_the_decision(self, chair: str | None) -> None:
        held = tied(chair)
        text = parts(held)
        assert text["participation"].strip() == (
            "I beslutet deltar 5 ledamöter. Namnen framgår av förteckningen över beslutande."
        )
        assert "0 ledamöter avstår och 0 är frånvarande" in text["division"]
        minutes = compose(held.log)
        [votes] = minutes.paragraphs[0].vote_lists
        assert (votes.yes, votes.no, votes.abstain, votes.absent) == (2, 2, 0, 0)
        assert [row.vote for row in votes.rows] == ["casting_yes", "no", "no", "yes", "yes"]
        assert minutes.attendance[0].time_text == "§\u00a0140"

    async def test_it_is_written_as_such_in_the_lists_of_votes(self, tmp_path: Path) -> None:
        minutes = compose(tied(None).log)
        [first, *_] = csv.DictReader(io.StringIO(tables.vote_lists(minutes)))
        assert first["röst"] == "ja (utslagsröst)"
        pdf = await render.draft_pdf(minutes, sample.AT)
        assert "Anna A-son (A) ordförande i rummet Ja (utslagsröst)" in text_of(pdf, tmp_path)
        assert '<span class="mark ja">JA</span> <small class="meta">utslagsröst</small>' in render.fragment(
            minutes
        )


class TestWords:
    @pytest.mark.parametrize(
        ("carried", "act"),
        [("reject", "att avslå M3 B-sons (B) tilläggsyrkande."), (None, "att bifalla M3 B-sons (B) till")],
    )
    def test_an_addition_that_was_divided_on_is_itself_what_carried_or_fell(
        self, carried: str | None, act: str
    ) -> None:
        held = under_way(kind="assembly").takes_up()
        addition = held.proposal("m3", "add", "Svaret publiceras.")
        held.debate_closed().put().found("m1-p0").gavel().put().found(carried or addition).demanded("m3")
        held.division_opened().votes(anna="yes", m3="no", m4="yes").division_closed()
        text = parts(held.gavel())["division"]
        assert f"Kommunfullmäktige har därmed beslutat {act}" in text

    def test_a_proposal_that_fell_in_a_division_is_named(self) -> None:
        held = under_way(kind="assembly").takes_up().debate_closed().put().found("m1-p0").demanded("m3")
        held.division_opened().votes(m2="yes", m3="no", m4="no").division_closed()
        text = parts(held.gavel())["division"]
        assert "har därmed beslutat att avslå kommunstyrelsens förslag." in text


class TestBallots:
    def test_how_many_may_vote_and_how_many_do_are_told_apart(self) -> None:
        held = opened("Ada", "Bo", method="electronic")
        held.give(Abstain(), "m5")
        for one, code in zip(("anna", "m2", "m3"), CODES, strict=False):
            held.give(CastBallot(("m1-n1",), code), one)
        held.give(CloseBallot())
        held.give(CountBallots("m1-b1", (("m1-n1",),) * 3, CODES[:3]), SYSTEM)
        held.give(ConfirmElection())
        assert parts(held)["participation"].split("\n\n") == [
            "Röstberättigade är 4 ledamöter i salen, varav 3 lägger sin valsedel. Omröstningen är sluten.",
            "M5 B-son (B) avstår från att delta i beslutet.",
        ]

    def test_of_slips_only_how_many_may_vote_is_known(self) -> None:
        held = counted(3, 1)
        held.give(ConfirmElection())
        assert parts(held)["participation"].strip() == (
            "Röstberättigade är 5 ledamöter i salen. Omröstningen är sluten."
        )


class TestReservations:
    def test_one_whose_addition_carried_does_not_reserve_in_favour_of_it(self) -> None:
        held = under_way(kind="assembly").takes_up()
        addition = held.proposal("m3", "add", "Svaret publiceras.")
        held.proposal("m2", "reject")
        held.debate_closed().put().found("m1-p0").gavel().put().found(addition).gavel()
        for one in ("m3", "m2"):
            held.give(Reserve("m1"), one)
        assert parts(held)["reservations"].split("\n\n") == [
            "Mot beslutet reserverar sig M3 B-son (B).",
            "Mot beslutet reserverar sig M2 A-son (A) till förmån för eget yrkande.",
        ]


class TestConflicts:
    def test_only_one_who_came_is_away_for_a_conflict(self) -> None:
        held = hall(roster=(*members(5), person("inga", "B", "substitute"), SECRETARY))
        held.in_room("anna", "m2", "m4", "m5").roll_call()
        for one in ("m3", "inga", "m4"):
            held.give(RecordConflict("m1", one), "sara")
        held.give(RecordDeparture("m4"), "sara")
        minutes = compose(held.decided("m1").log)
        assert parts(held)["conflict"].strip() == (
            "På grund av jäv deltar M4 A-son (A) inte i handläggningen av ärendet och är inte närvarande."
        )
        notes = {row.person: row.note for row in minutes.attendance}
        assert notes["m3"] == "Frånvarande."
        assert notes["m4"] == "Jäv §\u00a0140."
        assert [one.person for one in minutes.paragraphs[0].facts.conflicts] == ["m4"]
