"""The frame and the agenda: open, pause, resume, hand over, appoint, take up, note, finish, close."""

from __future__ import annotations

from typing import Any

import pytest

from meeting_server.meeting import Actor, Record, convene, decide, evolve, replay
from meeting_server.meeting import agenda as ag
from meeting_server.meeting import conflicts as cf
from meeting_server.meeting import deciding as dc
from meeting_server.meeting import presence as pr
from meeting_server.meeting import presiding as ps
from meeting_server.meeting import sitting as st
from meeting_server.meeting.commands import COMMANDS
from meeting_server.meeting.counting import counted
from tests.builders import SECRETARY, Hall, hall, matter, members, person, under_way

TWO_CHAIRS = (*members(4), person("viv", "B", order=5, presidium="first_vice_chair"), SECRETARY)


def test_the_chair_opens_when_recorded_as_present() -> None:
    held = hall()
    assert held.refusal(st.OpenMeeting()).code == "chair-not-present"
    held.in_room("anna").opened()
    assert held.meeting.phase == "roll_call"


def test_an_assembly_has_a_place_and_a_committee_need_not() -> None:
    assert (
        hall(kind="assembly", place=None).in_room("anna").refusal(st.OpenMeeting()).code == "physical-place"
    )
    assert hall(place=None).in_room("anna").opened().meeting.phase == "roll_call"


@pytest.mark.parametrize(
    ("distance", "decided", "regime", "allowed"),
    [
        ("all_may", True, "kl-2026", False),
        ("all_may_be_obliged", False, "kl-2026", False),
        ("all_may_be_obliged", True, "kl-2018", False),
        ("all_may_be_obliged", True, "kl-2026", True),
    ],
)
def test_mandatory_distance_needs_both_decisions(
    distance: str, decided: bool, regime: str, allowed: bool
) -> None:
    held = hall(
        form="mandatory_remote", distance=distance, committee_uses_obligation=decided, regime=regime
    ).in_room("anna")
    if allowed:
        held.opened()
    else:
        assert held.refusal(st.OpenMeeting()).code == "mandatory-remote"


@pytest.mark.parametrize(
    ("prepare", "command", "code"),
    [
        (lambda h: h, ag.TakeUpMatter("m1"), "meeting-not-opened"),
        (lambda h: h.in_room("anna").opened(), ag.TakeUpMatter("m1"), "roll-call-not-done"),
        (lambda h: h.in_room(*h.people).roll_call(), st.OpenMeeting(), "meeting-open"),
        (lambda h: paused(h.in_room(*h.people).roll_call()), ag.TakeUpMatter("m1"), "meeting-paused"),
        (lambda h: closed(h.in_room(*h.people).roll_call()), ag.TakeUpMatter("m1"), "meeting-closed"),
    ],
)
def test_every_act_has_its_phase(prepare: Any, command: Any, code: str) -> None:
    assert prepare(hall()).refusal(command).code == code


def paused(held: Hall) -> Hall:
    held.give(st.PauseMeeting(10, "paus"))
    return held


def closed(held: Hall) -> Hall:
    held.give(st.AskForReservations())
    held.give(st.CloseMeeting())
    return held


@pytest.mark.parametrize(
    ("minutes", "allowed"), [(0, False), (1, True), (1440, True), (1441, False), (None, True)]
)
def test_a_pause_has_a_sensible_length_or_none(minutes: int | None, allowed: bool) -> None:
    held = under_way()
    if allowed:
        held.give(st.PauseMeeting(minutes))
    else:
        assert held.refusal(st.PauseMeeting(minutes)).code == "pause-length"


def test_no_pause_in_an_open_division_but_before_its_gavel() -> None:
    held = under_way().divided()
    assert held.refusal(st.PauseMeeting(5)).code == "division-running"
    held.division_closed()
    held.give(st.PauseMeeting(5))


def test_the_meeting_resumes_where_it_was_with_those_who_are_there() -> None:
    held = paused(hall().in_room("anna", "m2").opened())
    [resumed] = held.give(st.ResumeMeeting())
    assert (resumed, held.meeting.phase) == (st.MeetingResumed(("anna", "m2"), ()), "roll_call")
    assert paused(under_way()).give(st.ResumeMeeting()) != []


def test_the_chair_is_handed_to_a_serving_member_by_the_chair_or_the_secretary() -> None:
    held = hall(roster=TWO_CHAIRS).in_room("viv")
    assert held.refusal(ps.HandOverChair("anna"), "sara").code == "already-chair"
    assert held.refusal(ps.HandOverChair("m2"), "sara").code == "not-counted"
    held.give(ps.HandOverChair("viv", "Ordföranden är sjuk"), "sara")
    held.opened()
    assert held.meeting.chair == "viv"


def test_one_at_a_distance_does_not_preside_in_an_assembly_after_june_2026() -> None:
    held = hall(kind="assembly").in_room("anna").remotely("m2")
    assert held.refusal(ps.HandOverChair("m2")).code == "presidium-remote"
    committee = hall().in_room("anna").remotely("m2")
    committee.give(ps.HandOverChair("m2"))


def test_nobody_takes_over_in_the_middle_of_a_division() -> None:
    held = under_way().divided()
    assert held.refusal(ps.HandOverChair("m2")).code == "division-running"


def test_a_vice_chair_presides_where_the_roster_has_no_chair_and_nobody_where_there_is_none() -> None:
    only_vice = (person("viv", presidium="second_vice_chair"), SECRETARY)
    assert hall(roster=only_vice).meeting.chair == "viv"
    nobody = hall(roster=(person("m1"), SECRETARY))
    assert nobody.meeting.chair is None
    nobody.in_room("m1").give(ps.HandOverChair("m1"), "sara")


@pytest.mark.parametrize(
    ("persons", "place", "code"),
    [
        (("m2", "m3"), "digitalt", "verifier-count"),
        (("anna",), "digitalt", "verifier-unfit"),
        (("m5",), "digitalt", "verifier-unfit"),
        (("m2",), "  ", "text-missing"),
    ],
)
def test_verifiers_are_as_many_as_decided_and_serve(persons: tuple[str, ...], place: str, code: str) -> None:
    assert under_way(4).refusal(st.AppointVerifiers(persons, place)).code == code


def test_appointing_verifiers_settles_the_matter_about_it() -> None:
    held = under_way(agenda=(matter("m1", "verifiers"), matter("m2", "information")))
    held.takes_up("m1")
    assert held.refusal(ag.NoteMatter()).code == "decision-needed"
    held.give(st.AppointVerifiers(("m2",), "Digitalt den 3 december"))
    assert held.meeting.matters["m1"].settled
    held.takes_up("m2")
    held.give(st.AppointVerifiers(("m3",), "Digitalt den 4 december"))
    assert held.meeting.verifiers == ("m3",)


@pytest.mark.parametrize(("present", "code"), [(2, "quorum"), (3, None)])
def test_a_matter_is_taken_up_only_with_quorum(present: int, code: str | None) -> None:
    held = under_way(3)
    for one in held.people[present:3]:
        held.give(pr.RecordDeparture(one), "sara")
    if code is None:
        held.takes_up()
    else:
        assert held.refusal(ag.TakeUpMatter("m1")).code == code


def test_a_conflict_breaks_quorum_in_a_committee_and_not_in_an_assembly() -> None:
    committee = under_way(3)
    committee.give(cf.DeclareConflict("m1"), "m2")
    refused = committee.refusal(ag.TakeUpMatter("m1"))
    assert (refused.code, refused.cites) == ("quorum-with-conflict", "KL 6:27")
    assert "1 är jävig" in refused.because
    assembly = under_way(3, kind="assembly")
    assembly.give(cf.DeclareConflict("m1"), "m2")
    assembly.takes_up("m1")
    assert counted(assembly.meeting) == ("anna", "m3")


def test_one_matter_at_a_time_once_and_from_the_agenda() -> None:
    held = under_way()
    assert held.refusal(ag.TakeUpMatter("m9")).code == "unknown-matter"
    held.takes_up("m1")
    assert held.refusal(ag.TakeUpMatter("m2")).code == "matter-unfinished"
    assert held.refusal(ag.TakeUpMatter("m1")).code == "already-handled"


def test_a_matter_taken_up_while_all_are_remote_needs_leave_for_all() -> None:
    held = hall(distance="some_may").in_room("anna", "m2").remotely("m3", "m4").roll_call()
    held.give(pr.RecordDeparture("m2"), "sara")
    held.give(ps.HandOverChair("m3"))
    held.give(pr.RecordDeparture("anna"), "sara")
    held.in_lobby("m5")
    held.give(pr.ConfirmIdentity("m5", "known"), "m3")
    assert held.refusal(ag.TakeUpMatter("m1"), "m3").code == "fully-remote"


def test_an_unannounced_matter_is_not_taken_up_in_an_assembly() -> None:
    agenda = (matter("m1", announced=False),)
    refused = under_way(kind="assembly", agenda=agenda).refusal(ag.TakeUpMatter("m1"))
    assert (refused.code, refused.cites) == ("announced", "KL 5:52")
    under_way(agenda=agenda).takes_up("m1")


def test_a_disqualified_chair_hands_over_before_the_matter() -> None:
    held = under_way()
    held.give(cf.DeclareConflict("m1"), "anna")
    assert held.refusal(ag.TakeUpMatter("m1")).code == "chair-disqualified"
    held.give(ps.HandOverChair("m2"))
    held.takes_up("m1")
    held.debate_closed().put().found("m1-p0").gavel()
    held.give(ps.HandOverChair("anna"), "m2")


def test_information_is_noted_and_then_left() -> None:
    held = under_way(agenda=(matter("m1", "information"), matter("m2")))
    assert held.refusal(ag.FinishMatter()).code == "no-matter"
    held.takes_up("m1")
    assert held.refusal(ag.FinishMatter()).code == "matter-unfinished"
    held.give(ag.NoteMatter())
    assert held.refusal(ag.NoteMatter()).code == "already-decided"
    held.give(ag.FinishMatter())
    assert (held.meeting.current, held.meeting.matters["m1"].status) == (None, "done")
    assert held.refusal(ag.NoteMatter()).code == "no-matter"
    held.takes_up("m2")
    assert held.refusal(ag.NoteMatter()).code == "decision-needed"


def test_the_meeting_closes_when_reservations_are_asked_for_after_the_last_decision() -> None:
    held = under_way()
    held.takes_up("m1")
    assert held.refusal(st.AskForReservations()).code == "matter-unfinished"
    held.debate_closed().put().found("m1-p0").gavel()
    held.give(st.AskForReservations())
    held.takes_up("m2").debate_closed().put().found("m2-p0").gavel()
    assert held.refusal(st.CloseMeeting()).code == "reservations-not-asked"
    held.give(st.AskForReservations())
    events = held.give(st.CloseMeeting())
    assert [type(e).__name__ for e in events] == ["MatterFinished", "MeetingClosed"]
    assert held.meeting.matters["m2"].status == "decided"


def test_a_meeting_cannot_close_over_a_running_division() -> None:
    assert under_way().divided().refusal(st.CloseMeeting()).code == "division-running"


def test_the_table_names_every_command_by_its_class() -> None:
    assert COMMANDS["open-division"].command.__name__ == "OpenDivision"
    assert [name for name, row in COMMANDS.items() if not row.wire] == [
        "check-in",
        "lose-link",
        "restore-link",
        "record-evidence",
        "count-ballots",
        "seal-draw",
        "reveal-draw",
    ]


def test_a_log_begins_by_convening_and_is_never_empty() -> None:
    held = hall()
    assert replay(held.log) == held.meeting
    with pytest.raises(ValueError, match="empty log"):
        replay([])
    stray = Record(1, held.meeting.at, "anna", None, st.MeetingPaused())
    with pytest.raises(TypeError, match="meeting-paused"):
        convene(stray)
    assert evolve(None, held.log[0]) == held.meeting


def test_a_chair_whose_link_is_lost_does_not_wield_the_gavel() -> None:
    held = hall()
    held.in_lobby("anna")
    held.give(pr.ConfirmIdentity("anna", "known"), "sara")
    held.in_room("m2", "m3", "m4").roll_call().takes_up().debate_closed().put().found("m1-p0")
    held.loses_link("anna")
    refused = held.refusal(dc.Gavel())
    assert refused.code == "chair-not-present"
    assert str(refused).endswith("(reglementet, chair-not-present)")


def test_deciding_records_nothing_by_itself() -> None:
    held = under_way()
    before = held.meeting
    decide(held.meeting, ag.TakeUpMatter("m1"), Actor("anna"))
    assert held.meeting is before
