"""Divisions: opening, voting, closing, objecting, correcting, the casting vote, doing it again."""

from __future__ import annotations

from typing import Any

import pytest

from meeting_server.meeting import conflicts as cf
from meeting_server.meeting import deciding as dc
from meeting_server.meeting import divisions as dv
from meeting_server.meeting import presence as pr
from meeting_server.meeting import presiding as ps
from meeting_server.meeting import reservations as rs
from tests.builders import SECRETARY, Hall, hall, members, under_way


def dividing(**about: Any) -> Hall:
    """A division between the prepared proposal and m2's is open among the five."""
    return under_way(**about).divided()


def test_a_division_opens_on_demand_with_those_counted_and_what_yes_and_no_mean() -> None:
    held = under_way(4).takes_up()
    held.proposal("m2")
    held.debate_closed().put().found("m1-p0")
    assert held.refusal(dv.OpenDivision()).code == "nothing-demanded"
    held.demanded("m2")
    [opened] = held.give(dv.OpenDivision())
    assert isinstance(opened, dv.DivisionOpened)
    assert (opened.id, opened.voters, opened.remote) == ("d1", ("anna", "m2", "m3", "m4"), ())
    assert opened.question_text == (
        "Den som vill bifalla kommunstyrelsens förslag röstar ja. "
        "Den som vill bifalla M2 A-sons (A) yrkande röstar nej."
    )
    assert held.refusal(dv.OpenDivision()).code == "division-running"


def test_a_lost_link_is_settled_before_the_division_opens() -> None:
    held = hall().in_room("anna", "m3", "m4", "m5").remotely("m2").roll_call().takes_up()
    held.proposal("m3")
    held.debate_closed().put().found("m1-p0").demanded("m3").loses_link("m2")
    refused = held.refusal(dv.OpenDivision())
    assert (refused.code, refused.facts["persons"]) == ("link-undecided", ("m2",))
    held.give(pr.ContinueWithout("m2"))
    held.division_opened()
    held.returns("m2")
    refused = held.refusal(dv.CastVote("yes"), "m2")
    assert (refused.code, "kom efter" in refused.because) == ("not-a-voter", True)


def test_quorum_is_needed_to_open() -> None:
    held = under_way(3).takes_up()
    held.proposal("m2")
    held.debate_closed().put().found("m1-p0").demanded("m2")
    held.give(pr.Depart(), "m3")
    assert held.refusal(dv.OpenDivision()).code == "quorum"


def test_a_vote_may_be_changed_until_the_division_closes_and_counts_once() -> None:
    held = dividing().votes(m2="yes").votes(m2="no")
    assert (held.meeting.held["d1"].count("yes"), held.meeting.held["d1"].count("no")) == (0, 1)
    held.division_closed()
    refused = held.refusal(dv.CastVote("yes"), "m2")
    assert (refused.code, "0 ja och 1 nej" in refused.because) == ("division-closed", True)


def test_votes_are_given_in_a_division_only_and_by_its_voters_only() -> None:
    assert under_way().takes_up().refusal(dv.CastVote("yes"), "m2").code == "no-division"
    held = dividing(present=4)
    assert held.refusal(dv.CastVote("yes"), "m5").code == "not-present"
    held.in_room("m5")
    assert held.refusal(dv.RecordOralVote("m5", "yes"), "sara").code == "not-a-voter"


def test_a_voter_who_has_left_cannot_vote_but_the_vote_given_stands() -> None:
    held = dividing().votes(m3="no")
    held.give(pr.Depart(), "m3")
    held.give(pr.Depart(), "m4")
    assert held.refusal(dv.CastVote("yes"), "m4").code == "not-present"
    assert held.meeting.held["d1"].count("no") == 1


def test_an_oral_vote_is_written_down() -> None:
    held = dividing()
    [cast] = held.give(dv.RecordOralVote("m3", "abstain"), "sara")
    assert cast == dv.VoteCast("d1", "m3", "abstain", "oral", "sara")


def test_closing_gives_the_numbers_and_who_did_not_vote() -> None:
    held = dividing().votes(anna="yes", m2="no", m3="no", m4="abstain")
    [closed] = held.give(dv.CloseDivision())
    assert closed == dv.DivisionClosed("d1", 1, 2, 1, ("m5",), False)
    assert held.refusal(dv.CloseDivision()).code == "division-closed"


def test_the_gavel_waits_for_the_close() -> None:
    refused = dividing().votes(m2="no").refusal(dc.Gavel())
    assert (refused.code, refused.facts) == ("division-open", {"cast": 1, "voters": 5})


@pytest.mark.parametrize(
    ("chair", "needed"), [("yes", False), ("no", False), ("abstain", True), (None, True)]
)
def test_at_a_tie_the_casting_vote_follows_the_chairs_vote_if_there_is_one(chair: Any, needed: bool) -> None:
    held = dividing()
    side = {"yes": "no", "no": "yes"}.get(chair)
    held.votes(m2="yes", m3="no")
    if chair:
        held.votes(anna=chair)
    if side:
        held.votes(m4=side)
    held.division_closed()
    if needed:
        refused = held.refusal(dc.Gavel())
        assert (refused.code, refused.cites) == ("casting-vote-needed", "KL 5:56")
        held.give(dv.UseCastingVote("no"))
        assert held.refusal(dv.UseCastingVote("yes")).code == "casting-vote-not-needed"
    else:
        refused = held.refusal(dv.UseCastingVote("yes"))
        assert "följer den rösten" in refused.because
    held.gavel()
    division = held.meeting.held["d1"]
    assert division.by_casting_vote
    assert division.carried == ("m1-p0" if chair == "yes" else "m1-p1")
    decision = held.meeting.matters["m1"].decision
    assert decision is not None
    assert decision.taking_part == ("anna", "m2", "m3", *(["m4"] if side else []))
    held.give(rs.Reserve("m1"), "anna")


def test_whoever_took_over_the_chair_and_used_the_casting_vote_took_part() -> None:
    held = hall().in_lobby("anna")
    held.give(pr.ConfirmIdentity("anna", "known"), "sara")
    held.in_room("m2", "m3").roll_call()
    held.divided().in_room("m4").votes(m2="yes", m3="no").division_closed().loses_link("anna")
    held.give(ps.HandOverChair("m4"), "sara")
    held.give(dv.UseCastingVote("no"), "m4")
    for vote in ("no", "yes"):  # the numbers have changed: it no longer holds
        held.give(dv.CorrectVote("m2", vote), "sara")
    held.give(dv.UseCastingVote("yes"), "m4")
    held.give(dc.Gavel(), "m4")
    decision = held.meeting.matters["m1"].decision
    assert decision is not None
    assert (decision.proposal, decision.taking_part) == ("m1-p0", ("m2", "m3", "m4"))


def test_the_casting_vote_is_for_ties_only() -> None:
    held = dividing().votes(m2="no")
    assert held.refusal(dv.UseCastingVote("yes")).code == "no-preliminary-result"
    held.division_closed()
    assert "0 mot 1 och alltså inte lika" in held.refusal(dv.UseCastingVote("yes")).because


def test_the_confirmation_keeps_everybodys_vote_and_the_rulings() -> None:
    held = dividing().votes(anna="yes", m2="no", m3="yes", m4="abstain").division_closed()
    confirmed, decided = held.give(dc.Gavel())
    assert isinstance(confirmed, dv.DivisionConfirmed)
    assert confirmed.votes == {"anna": "yes", "m2": "no", "m3": "yes", "m4": "abstain"}
    assert confirmed.absent == ("m5",)
    assert [r.code for r in confirmed.rulings] == ["simple-majority"]
    assert isinstance(decided, dc.MatterDecided)
    assert decided.taking_part == ("anna", "m2", "m3")


def test_an_objection_stops_the_gavel_until_the_vote_is_set_right_or_let_stand() -> None:
    held = dividing(present=4).votes(m2="no", m3="yes", anna="yes").division_closed()
    assert held.refusal(dv.ObjectToVote(), "m5").code == "not-present"
    held.give(dv.ObjectToVote("Tryckte fel"), "m3")
    assert held.refusal(dv.ObjectToVote(), "m3").code == "already-objected"
    refused = held.refusal(dc.Gavel())
    assert (refused.code, refused.cites) == ("objection-open", "KL 5:67")
    [corrected] = held.give(dv.CorrectVote("m3", "no"), "sara")
    assert corrected == dv.VoteCorrected("d1", "m3", "yes", "no", "sara")
    held.gavel()
    assert held.meeting.held["d1"].carried == "m1-p1"


def test_a_missing_vote_is_filled_in_only_for_one_who_is_there() -> None:
    held = dividing().votes(anna="yes").division_closed()
    held.give(dv.CorrectVote("m3", "no"))
    assert held.meeting.held["d1"].given["m3"].channel == "oral"
    held.give(pr.Depart(), "m4")
    refused = held.refusal(dv.CorrectVote("m4", "no"))
    assert refused.because == "M4 A-son (A) är inte närvarande och kan därför inte rösta."


def test_a_voided_division_is_kept_and_held_again() -> None:
    held = dividing().votes(m2="no")
    assert held.refusal(dv.VoidDivision("")).code == "text-missing"
    held.give(dv.VoidDivision("Fel fråga lästes upp"))
    assert held.refusal(dv.VoidDivision("igen")).code == "no-division"
    held.division_opened()
    assert {d.id: d.status for d in held.meeting.held.values()} == {"d1": "voided", "d2": "open"}


def test_a_disqualified_member_is_no_voter_and_nobody_becomes_disqualified_meanwhile() -> None:
    held = under_way()
    held.give(cf.DeclareConflict("m1"), "m5")
    held.divided()
    assert "m5" not in held.meeting.held["d1"].voters
    assert held.refusal(cf.DeclareConflict("m1"), "m3").code == "division-running"
    held.give(cf.DeclareConflict("m2"), "m3")


def test_many_lost_links_are_cut_to_a_number() -> None:
    held = hall(roster=(*members(15), SECRETARY)).in_room("anna", *(f"m{n}" for n in range(9, 16)))
    remote = [f"m{n}" for n in range(2, 9)]
    held.remotely(*remote).roll_call().takes_up()
    held.proposal("m9")
    held.debate_closed().put().found("m1-p0").demanded("m9")
    for one in remote[:6]:
        held.loses_link(one)
    refused = held.refusal(dv.OpenDivision())
    assert "och 2 till är bruten" in refused.because
