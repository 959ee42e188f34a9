"""Reservations, minuted statements and immediate verification."""

from __future__ import annotations

from meeting_server.meeting import presence as pr
from meeting_server.meeting import reservations as rs
from meeting_server.meeting import sitting as st
from meeting_server.meeting import verification as vf
from tests.builders import matter, under_way


def test_one_who_took_part_in_the_decision_reserves_against_it_once() -> None:
    held = under_way(4)
    assert held.refusal(rs.Reserve("m1"), "m2").code == "not-decided"
    held.decided("m1")
    [announced] = held.give(rs.Reserve("m1", " För mitt yrkande. "), "m2")
    assert isinstance(announced, rs.ReservationAnnounced)
    assert (announced.text, announced.rulings[0].cites) == ("För mitt yrkande.", "KL 4:27")
    assert held.refusal(rs.Reserve("m1"), "m2").code == "already-reserved"
    held.in_room("m5")
    refused = held.refusal(rs.Reserve("m1"), "m5")
    assert (refused.code, refused.cites) == ("took-no-part", "KL 4:27")


def test_one_who_abstained_took_no_part() -> None:
    held = under_way().divided().votes(anna="yes", m2="no", m3="abstain").division_closed().gavel()
    assert held.refusal(rs.RecordReservation("m1", "m3"), "sara").code == "took-no-part"
    held.give(rs.RecordReservation("m1", "m2"), "sara")


def test_the_text_of_a_reservation_may_come_later_but_before_the_close() -> None:
    held = under_way().decided("m1")
    assert held.refusal(rs.AddReservationText("m1", "x"), "m2").code == "no-reservation"
    held.give(rs.Reserve("m1"), "m2")
    held.give(rs.Reserve("m1"), "m3")
    assert held.refusal(rs.AddReservationText("m1", " "), "m2").code == "text-missing"
    held.give(rs.AddReservationText("m1", "Skälen."), "m2")
    assert [n.text for n in held.meeting.matters["m1"].reservations] == ["Skälen.", None]
    held.give(st.AskForReservations())
    held.give(st.CloseMeeting())
    assert held.refusal(rs.Reserve("m1"), "m4").code == "meeting-closed"


def test_one_who_took_part_and_left_may_reserve_while_the_meeting_lasts() -> None:
    held = under_way().decided("m1")
    held.give(pr.Depart(), "m5")
    held.give(rs.Reserve("m1"), "m5")


def test_a_statement_has_its_place_in_a_matter_taken_up() -> None:
    held = under_way()
    assert held.refusal(rs.AddStatement("m1", "m2", "x"), "sara").code == "not-taken-up"
    held.takes_up("m1")
    refused = held.refusal(rs.AddStatement("m1", "m2", "Ett påpekande."), "sara")
    assert (refused.code, refused.cites) == ("minuted-statement", "KL 4:28")
    [said] = held.give(rs.AddStatement("m1", "m2", "Ett påpekande.", understood=True), "sara")
    assert isinstance(said, rs.StatementMinuted)
    assert [(r.code, r.outcome) for r in said.rulings] == [("minuted-statement", False)]
    [right] = held.give(rs.AddStatement("m1", "m3", "Medgivet.", granted=True), "sara")
    assert isinstance(right, rs.StatementMinuted)
    assert right.rulings[0].outcome is True
    assert held.meeting.matters["m1"].statements[0].text == "Ett påpekande."


def test_a_paragraph_is_verified_at_once_when_decided_and_allowed() -> None:
    held = under_way()
    assert held.refusal(vf.DeclareImmediateVerification("m1")).code == "not-decided"
    held.decided("m1")
    held.give(vf.DeclareImmediateVerification("m1"))
    assert held.meeting.matters["m1"].immediate
    assert held.refusal(vf.DeclareImmediateVerification("m1")).code == "already-immediate"
    elsewhere = under_way(immediate_verification=False, agenda=(matter("m1"),)).decided("m1")
    refused = elsewhere.refusal(vf.DeclareImmediateVerification("m1"))
    assert refused.code == "immediate-verification-not-allowed"
