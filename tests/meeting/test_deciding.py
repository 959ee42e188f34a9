"""Deciding: the order of questions, the finding, the demand, the gavel, the ladder, additions."""

from __future__ import annotations

import pytest

from meeting_server.meeting import debate as db
from meeting_server.meeting import deciding as dc
from meeting_server.meeting import deferral as df
from meeting_server.meeting import divisions as dv
from meeting_server.meeting import presence as pr
from meeting_server.meeting import proposals as pp
from meeting_server.meeting import refusing as rf
from meeting_server.meeting.naming import read_aloud
from tests.builders import SECRETARY, Hall, matter, members, under_way


def debated(*movers: str, **about: object) -> Hall:
    """Each mover has moved a counter-proposal in m1 and the debate is closed."""
    held = under_way(**about).takes_up()  # type: ignore[arg-type]
    for mover in movers:
        held.proposal(mover)
    return held.debate_closed()


def test_one_proposal_is_decided_by_acclamation_with_those_who_took_part() -> None:
    held = debated().put().found("m1-p0")
    [decided] = held.give(dc.Gavel())
    assert isinstance(decided, dc.MatterDecided)
    assert (decided.proposal, decided.how, decided.division) == ("m1-p0", "acclamation", None)
    assert decided.taking_part == ("anna", "m2", "m3", "m4", "m5")
    assert [r.code for r in decided.rulings] == ["quorum", "prepared"]


def test_questions_wait_for_the_debate_and_for_a_proposal() -> None:
    held = under_way(agenda=(matter("m1", proposal=None),)).takes_up()
    assert held.refusal(dc.PutQuestion()).code == "debate-open"
    held.debate_closed()
    assert held.refusal(dc.PutQuestion()).code == "no-proposal"
    assert held.refusal(dc.Gavel()).code == "nothing-found"
    assert held.refusal(dc.FindCarried("m1-p0")).code == "no-question"


def test_one_question_stands_at_a_time() -> None:
    held = debated().put()
    assert held.refusal(dc.PutQuestion()).code == "question-open"
    assert held.refusal(dc.Gavel()).code == "nothing-found"
    assert held.refusal(dc.FindCarried("m1-p7")).code == "not-a-candidate"


def test_the_chair_may_find_anew_until_a_division_is_demanded() -> None:
    held = debated("m2").put().found("m1-p1").found("m1-p0").demanded("m2")
    assert held.refusal(dc.FindCarried("m1-p1")).code == "division-demanded"
    assert held.refusal(dc.Gavel()).code == "division-demanded"


def test_the_order_of_questions_is_changed_before_anything_is_found() -> None:
    held = debated("m2").put()
    assert held.refusal(dc.ReorderQuestions(("m1-p0",))).code == "not-the-same-proposals"
    held.give(dc.ReorderQuestions(("m1-p1", "m1-p0")))
    assert held.meeting.matters["m1"].contests[0].candidates == ("m1-p1", "m1-p0")
    held.found("m1-p0")
    assert held.refusal(dc.ReorderQuestions(("m1-p0", "m1-p1"))).code == "already-found"


def test_a_division_is_demanded_between_the_finding_and_the_gavel() -> None:
    held = debated("m2")
    assert held.refusal(dc.DemandDivision(), "m2").code == "nothing-found"
    held.put()
    assert held.refusal(dc.DemandDivision(), "m2").code == "nothing-found"
    held.found("m1-p0")
    held.give(dc.RecordDemand("m2"), "sara")
    refused = held.refusal(dc.DemandDivision(), "m3")
    assert (refused.code, refused.cites) == ("division-demanded", "KL 5:53")
    held.give(dc.WithdrawDemand(), "sara")
    held.gavel()
    assert held.refusal(dc.RecordDemand("m2"), "sara").code == "already-decided"


def test_a_demand_after_the_gavel_of_a_question_on_the_way_is_too_late() -> None:
    held = under_way().takes_up()
    held.proposal("m2", "defer")
    held.debate_closed().put().found("today").gavel()
    refused = held.refusal(dc.DemandDivision(), "m2")
    assert (refused.code, refused.short) == ("division-demand", "Klubban har fallit")


def test_only_the_one_who_demanded_or_an_officer_takes_the_demand_back() -> None:
    held = debated("m2").put().found("m1-p0")
    assert held.refusal(dc.WithdrawDemand(), "m2").code == "nothing-demanded"
    held.demanded("m2")
    assert held.refusal(dc.WithdrawDemand(), "m3").code == "not-your-demand"
    [withdrawn] = held.give(dc.WithdrawDemand(), "m2")
    assert withdrawn == dc.DivisionDemandWithdrawn("m1-c1", "m2")


def test_quorum_holds_at_the_gavel_too() -> None:
    held = debated().put().found("m1-p0")
    for one in ("m3", "m4", "m5"):
        held.give(pr.Depart(), one)
    assert held.refusal(dc.Gavel()).code == "quorum"


@pytest.mark.parametrize(("yes", "no", "carried"), [(3, 2, "m1-p0"), (2, 3, "m1-p1")])
def test_a_division_decides_by_simple_majority(yes: int, no: int, carried: str) -> None:
    held = debated("m2").put().found("m1-p0").demanded("m2").division_opened()
    for place, one in enumerate(held.people):
        held.give(dv.CastVote("yes" if place < yes else "no"), one)
    held.division_closed().gavel()
    decision = held.meeting.matters["m1"].decision
    assert decision is not None
    assert (decision.proposal, decision.how, decision.division) == (carried, "division", "d1")
    assert (yes, no) == (held.meeting.held["d1"].count("yes"), held.meeting.held["d1"].count("no"))


def test_a_sole_proposal_divided_on_can_be_rejected() -> None:
    held = debated().put().found("m1-p0").demanded("m2").division_opened()
    for one in held.people:
        held.give(dv.CastVote("no"), one)
    held.division_closed().gavel()
    assert held.meeting.matters["m1"].outcome_text == "Förslaget avslås."


def test_three_proposals_make_a_ladder_each_step_of_which_can_be_divided_on() -> None:
    held = debated("m2", "m3", "m4").put().found("m1-p0").demanded("m2")
    assert held.refusal(dv.OpenDivision()).code == "counter-needed"
    held.put()
    assert held.meeting.matters["m1"].contests[-1].candidates == ("m1-p1", "m1-p2", "m1-p3")
    held.found("m1-p1").demanded("m3").put().found("m1-p3").gavel()
    held.division_opened()
    assert (held.meeting.held["d1"].yes, held.meeting.held["d1"].no) == ("m1-p1", "m1-p3")
    for one in held.people:
        held.give(dv.CastVote("yes"), one)
    held.division_closed().gavel()
    held.division_opened()
    assert (held.meeting.held["d2"].yes, held.meeting.held["d2"].no) == ("m1-p0", "m1-p1")
    held.votes(anna="yes").division_closed().gavel()
    assert held.meeting.matters["m1"].decision is not None


def test_additions_are_put_one_by_one_after_the_main_question() -> None:
    held = under_way().takes_up()
    first, second = held.proposal("m2", "add"), held.proposal("m3", "add")
    held.debate_closed().put().found("m1-p0").gavel()
    assert not held.meeting.matters["m1"].settled
    held.put().found(first).gavel().put().found("reject").gavel()
    decision = held.meeting.matters["m1"].decision
    assert decision is not None
    assert decision.additions == (first,)
    assert second not in decision.additions
    assert held.meeting.matters["m1"].outcome_text == "Beslut enligt kommunstyrelsens förslag med 1 tillägg."


def test_nothing_is_added_to_a_rejection() -> None:
    held = under_way().takes_up()
    held.proposal("m2", "add")
    rejection = held.proposal("m3", "reject")
    held.debate_closed().put().found(rejection).gavel()
    assert held.meeting.matters["m1"].settled


def test_an_unprepared_matter_in_an_assembly_is_never_decided_by_a_division() -> None:
    agenda = (matter("m1", prepared=False),)
    held = under_way(kind="assembly", agenda=agenda).takes_up().debate_closed().put().found("m1-p0")
    held.demanded("m2").division_opened().votes(anna="yes").division_closed()
    refused = held.refusal(dc.Gavel())
    assert (refused.code, refused.cites) == ("prepared", "KL 5:33")


def assembly(present: int, behind: int, kind: str = "refer_back", motivation: str | None = "Skäl.") -> Hall:
    """That many of 61 present; that many, the mover included, behind a deferral in m1; debate closed."""
    held = under_way(present, roster=(*members(61), SECRETARY), kind="assembly").takes_up()
    made = held.proposal("m2", kind, motivation=motivation)
    for one in held.people[2 : behind + 1]:
        held.give(pp.SupportProposal(made), one)
    return held.debate_closed()


@pytest.mark.parametrize(
    ("behind", "present", "forced"),
    [(19, 59, False), (20, 59, True), (20, 60, True), (20, 61, False), (21, 61, True)],
)
def test_a_third_of_those_present_forces_a_referral_back(behind: int, present: int, forced: bool) -> None:
    held = assembly(present, behind)
    command = df.DecideMinorityReferral("m1-p1")
    if forced:
        assert held.refusal(dc.PutQuestion()).code == "minority-reached"
        held.give(command)
        assert held.meeting.matters["m1"].status == "referred_back"
    else:
        refused = held.refusal(command)
        assert (refused.code, refused.cites) == ("minority-deferral", "KL 5:50")
        assert f"{behind} av {present} närvarande" in refused.because


def test_a_forced_referral_needs_a_motivation_and_a_deferral_none() -> None:
    held = assembly(60, 20, motivation=None)
    refused = held.refusal(df.DecideMinorityReferral("m1-p1"))
    assert (refused.code, refused.short) == ("referral-motivation", "Motivering saknas")
    deferred = assembly(60, 20, "defer", None)
    assert "bordläggning" in deferred.refusal(dc.PutQuestion()).because
    deferred.give(df.DecideMinorityReferral("m1-p1"))
    assert deferred.meeting.matters["m1"].status == "deferred"


def test_the_minority_right_is_used_once_per_matter() -> None:
    held = under_way(kind="assembly", agenda=(matter("m1", minority_used=True),)).takes_up()
    made = held.proposal("m2", "refer_back", motivation="Skäl.")
    held.give(pp.SupportProposal(made), "m3")
    held.debate_closed()
    assert "redan en gång" in held.refusal(df.DecideMinorityReferral(made)).because


def test_a_minority_has_no_such_right_in_a_committee_but_a_majority_may() -> None:
    held = under_way().takes_up()
    made = held.proposal("m2", "refer_back")
    assert held.refusal(df.DecideMinorityReferral(made)).code == "debate-open"
    held.debate_closed()
    refused = held.refusal(df.DecideMinorityReferral(made))
    assert (refused.code, refused.cites) == ("minority-deferral", "KL 6:33")
    assert held.refusal(df.DecideMinorityReferral("m1-p0")).code == "not-a-deferral"
    [back] = held.put().found(made).give(dc.Gavel())
    assert isinstance(back, df.MatterReferredBack)
    assert [r.code for r in back.rulings] == ["quorum", "referral-motivation"]
    assert held.meeting.matters["m1"].outcome_text == "Ärendet återremitteras."


def test_a_majority_referral_in_an_assembly_needs_a_motivation_too() -> None:
    held = assembly(61, 2, motivation=None).put().found("m1-p1")
    assert held.refusal(dc.Gavel()).code == "referral-motivation"
    held.give(pp.StateMotivation("m1-p1", "Skäl."), "m2")
    held.gavel()


def test_those_who_vote_for_the_deferral_request_it() -> None:
    held = assembly(60, 2).put().found("today").demanded("m2").division_opened()
    for place, one in enumerate(held.people[:60]):
        held.give(dv.CastVote("no" if place < 20 else "yes"), one)
    assert held.refusal(df.DecideMinorityReferral("m1-p1")).code == "division-running"
    held.division_closed()
    assert held.refusal(dc.Gavel()).code == "minority-reached"
    events = held.give(df.DecideMinorityReferral("m1-p1"))
    assert [type(e).__name__ for e in events] == [
        "DivisionConfirmed",
        "MinorityReferred",
        "MatterReferredBack",
    ]


def test_a_deferral_found_first_in_a_division_counts_the_yes_votes() -> None:
    held = assembly(60, 2).put().found("m1-p1").demanded("m3").division_opened()
    for place, one in enumerate(held.people[:60]):
        held.give(dv.CastVote("yes" if place < 19 else "no"), one)
    held.division_closed().gavel()
    assert held.meeting.matters["m1"].contests[0].outcome == "today"
    held.put().found("m1-p0")
    assert held.refusal(df.DecideMinorityReferral("m1-p1")).code == "question-put"
    held.gavel()


def test_support_that_reaches_a_third_after_the_finding_stops_the_gavel() -> None:
    held = assembly(60, 19).put().found("today")
    held.give(pp.SupportProposal("m1-p1"), "m50")
    assert held.refusal(dc.Gavel()).code == "minority-reached"
    held.give(df.DecideMinorityReferral("m1-p1"))
    assert held.meeting.matters["m1"].contests[0].how == "minority"


def test_a_deferral_carried_by_division_is_recorded_with_it() -> None:
    held = under_way().takes_up()
    made = held.proposal("m2", "defer")
    held.debate_closed().put().found(made).demanded("m3").division_opened()
    held.votes(anna="yes", m2="yes", m3="no").division_closed().gavel()
    decision = held.meeting.matters["m1"].decision
    assert decision is not None
    assert (decision.how, decision.division, decision.taking_part) == ("division", "d1", ("anna", "m2", "m3"))


def test_a_question_on_the_way_leaves_the_debate_reopenable() -> None:
    held = under_way().takes_up()
    held.proposal("m2", "defer")
    held.debate_closed().put().found("today").gavel()
    held.give(db.ReopenDebate())
    assert [c.kind for c in held.meeting.matters["m1"].contests] == ["today"]


def test_a_counter_proposal_among_ways_to_put_the_matter_off_is_asked_for_as_one() -> None:
    held = under_way().takes_up()
    for mover, kind in (("m2", "refer_back"), ("m3", "refer_back"), ("m4", "defer")):
        held.proposal(mover, kind, motivation="Utred mer.")
    [put] = held.debate_closed().give(dc.PutQuestion())
    assert isinstance(put, dc.QuestionsPut)
    assert put.order_text == (
        "Ordföranden frågar först om ärendet ska avgöras i dag, återremitteras eller bordläggas."
    )
    [among] = held.found("m1-p1").demanded("m5").give(dc.PutQuestion())
    assert isinstance(among, dc.QuestionsPut)
    assert among.order_text.startswith(
        "För att utse motförslag ställer ordföranden proposition på förslaget att ärendet avgörs i dag, "
    )
    contest = held.meeting.matters["m1"].contests[-1]
    aloud = read_aloud(held.meeting, held.meeting.matters["m1"], contest.kind, "today")
    assert aloud == (
        "Finner jag att kommunstyrelsen utser förslaget att ärendet avgörs i dag till motförslag?"
    )
    held.found("m1-p3").demanded("m5").put().found("today").gavel()
    [opened] = held.give(dv.OpenDivision())
    assert isinstance(opened, dv.DivisionOpened)
    assert opened.question_text == (
        "Den som vill ha M4 A-sons (A) yrkande om bordläggning som motförslag röstar ja. "
        "Den som vill ha förslaget att ärendet avgörs i dag som motförslag röstar nej."
    )


def test_what_no_means_where_the_matter_may_be_deferred_is_said_in_good_swedish() -> None:
    held = under_way().takes_up()
    held.proposal("m2", "defer")
    held.debate_closed().put().found("today").demanded("m2")
    [opened] = held.give(dv.OpenDivision())
    assert isinstance(opened, dv.DivisionOpened)
    assert opened.question_text.endswith("Den som vill att ärendet bordläggs röstar nej.")


def test_once_the_main_question_is_answered_nothing_is_moved_that_could_not_be_put() -> None:
    held = under_way(kind="assembly").takes_up()
    first, second = (held.proposal(mover, "add") for mover in ("m2", "m3"))
    held.debate_closed().put()
    held.give(db.ReopenDebate())
    held.debate_closed().put().found("m1-p0").gavel()
    refused = held.refusal(db.ReopenDebate())
    assert (refused.code, refused.facts["left"]) == ("question-put", 2)
    assert "2 tilläggsyrkanden återstår" in refused.because
    assert held.refusal(rf.RefuseProposal(second, "unlawful", "Strider mot lag.")).code == "question-put"
    held.put()
    assert held.refusal(db.ReopenDebate()).facts["left"] == 2
    held.found(first).gavel().put()
    assert "1 tilläggsyrkande återstår" in held.refusal(db.ReopenDebate()).because
    held.found(second).gavel()
    assert held.meeting.matters["m1"].settled


def test_a_referral_moved_after_the_question_of_today_was_answered_is_put_by_itself() -> None:
    held = under_way().takes_up()
    held.proposal("m2", "defer")
    held.debate_closed().put().found("today").gavel()
    held.give(db.ReopenDebate())
    referral = held.proposal("m3", "refer_back", motivation="Nya uppgifter har kommit.")
    [put] = held.debate_closed().give(dc.PutQuestion())
    assert isinstance(put, dc.QuestionsPut)
    assert put.candidates == ("today", referral)
    held.found("today").gavel().put().found("m1-p0").gavel()
    assert held.meeting.matters["m1"].status == "decided"
