"""Substitutes: whose turn, for whom, for how long, and the member who comes late or is locked out."""

from __future__ import annotations

from typing import Any

import pytest

from meeting_server.meeting import agenda as ag
from meeting_server.meeting import conflicts as cf
from meeting_server.meeting import presence as pr
from meeting_server.meeting import substitutes as sb
from meeting_server.meeting.actors import SYSTEM
from meeting_server.meeting.convening import Person
from meeting_server.meeting.counting import counted
from meeting_server.meeting.substitution import next_substitute
from meeting_server.wire.view import view
from meeting_server.wire.visibility import Viewer
from tests.builders import SECRETARY, Hall, hall, matter, members, person

ROSTER = (
    *members(5),
    person("a1", "A", "substitute", 1),
    person("a2", "A", "substitute", 2),
    person("b1", "B", "substitute", 1),
    SECRETARY,
)


def meeting(**about: Any) -> Hall:
    """Anna and m3–m5 are in the room with all substitutes; m2 (A) is not there."""
    return hall(roster=ROSTER, **about).in_room("anna", "m3", "m4", "m5", "a1", "a2", "b1").roll_call()


def remote_meeting(**about: Any) -> Hall:
    """As `meeting`, but m2 (A) is there at a distance."""
    held = hall(roster=ROSTER, **about).in_room("anna", "m3", "m4", "m5", "a1", "a2", "b1")
    return held.remotely("m2").roll_call()


def test_the_first_of_the_members_party_serves_with_the_rulings_that_let_it() -> None:
    held = meeting()
    [called] = held.give(sb.CallInSubstitute("a1", "m2"), "sara")
    assert isinstance(called, sb.SubstituteCalledIn)
    assert [r.code for r in called.rulings] == ["substitute-serves", "substitute-order"]
    assert "a1" in counted(held.meeting)


def test_out_of_turn_names_who_is_next_and_needs_a_reason() -> None:
    held = meeting()
    refused = held.refusal(sb.CallInSubstitute("a2", "m2"), "sara")
    assert (refused.code, refused.facts["next"]) == ("not-in-turn", "a1")
    assert "A1 A-son (A) står i tur" in refused.because
    held.give(sb.CallInSubstitute("a2", "m2", override_reason="A1 har inte läst handlingarna"), "sara")
    assert "a2" in counted(held.meeting)


def test_another_party_serves_only_with_a_reason_or_by_a_common_list() -> None:
    held = hall(roster=(*members(5), person("b1", "B", "substitute"), SECRETARY)).in_room("anna", "b1")
    refused = held.refusal(sb.CallInSubstitute("b1", "m2"), "sara")
    assert (refused.code, refused.short) == ("not-in-turn", "Annat parti")
    listed = hall(roster=(*members(5), person("b1", "B", "substitute"), SECRETARY), substitutes_by="list")
    listed.in_room("anna", "b1").give(sb.CallInSubstitute("b1", "m2"), "sara")
    assert "b1" in counted(listed.meeting)


def test_one_who_has_begun_to_serve_keeps_priority() -> None:
    held = meeting()
    held.give(sb.CallInSubstitute("a2", "m2", override_reason="skäl"), "sara")
    held.give(sb.StandDown("a2"), "sara")
    assert held.refusal(sb.CallInSubstitute("a1", "m2"), "sara").facts["next"] == "a2"


@pytest.mark.parametrize(
    ("substitute", "member", "code"),
    [
        ("a1", "anna", "member-present"),
        ("a1", "a2", "not-a-member"),
        ("m3", "m2", "not-a-substitute"),
    ],
)
def test_only_a_substitute_for_a_hindered_member(substitute: str, member: str, code: str) -> None:
    assert meeting().refusal(sb.CallInSubstitute(substitute, member), "sara").code == code


def test_one_seat_has_one_substitute_and_one_substitute_has_one_seat() -> None:
    held = meeting()
    held.give(sb.CallInSubstitute("a1", "m2"), "sara")
    assert held.refusal(sb.CallInSubstitute("a2", "m2"), "sara").code == "already-replaced"
    held.give(pr.RecordDeparture("m4"), "sara")
    assert held.refusal(sb.CallInSubstitute("a1", "m4"), "sara").code == "already-serving"


def test_a_substitute_who_is_not_there_does_not_serve() -> None:
    held = hall(roster=ROSTER).in_room("anna")
    assert held.refusal(sb.CallInSubstitute("a1", "m2"), "sara").code == "substitute-absent"


def test_a_member_at_a_distance_is_present_too() -> None:
    refused = remote_meeting().refusal(sb.CallInSubstitute("a1", "m2"), "sara")
    assert "på distans" in refused.because


def test_replacing_a_lost_member_needs_the_ticked_sentence_and_locks_the_member_out_for_the_day() -> None:
    held = remote_meeting().loses_link("m2")
    refused = held.refusal(sb.CallInSubstitute("a1", "m2"))
    assert (refused.code, refused.short) == ("understanding-needed", "Bocka i rutan först")
    [called] = held.give(sb.CallInSubstitute("a1", "m2", understood=True))
    assert isinstance(called, sb.SubstituteCalledIn)
    assert called.locks_out
    held.returns("m2")
    held.give(sb.StandDown("a1"))
    assert "m2" not in counted(held.meeting)


def test_without_a_local_rule_a_committee_member_may_come_back_the_same_day() -> None:
    held = remote_meeting(no_return_same_day=False).loses_link("m2")
    held.give(sb.CallInSubstitute("a1", "m2"))
    held.returns("m2")
    assert "m2" in counted(held.meeting)


def test_the_next_day_one_who_interrupted_service_may_serve_again() -> None:
    held = meeting()
    held.give(pr.RecordDeparture("m4"), "sara")
    held.wait(hours=20)
    held.in_room("m4")
    assert "m4" in counted(held.meeting)


def test_a_substitute_who_left_does_not_serve_again_that_day() -> None:
    held = meeting()
    held.give(sb.CallInSubstitute("a1", "m2"), "sara")
    held.give(pr.RecordDeparture("a1"), "sara")
    assert held.meeting.presence["m2"].replaced_by is None
    held.in_room("a1")
    assert held.refusal(sb.CallInSubstitute("a1", "m2"), "sara").code == "no-return-same-day"


def test_a_late_member_takes_the_seat_at_once_between_matters() -> None:
    held = meeting()
    held.give(sb.CallInSubstitute("a1", "m2"), "sara")
    events = held.give(pr.RecordArrival("m2"), "sara")
    assert [type(e).__name__ for e in events] == ["ArrivedInRoom", "MemberTookSeat"]
    assert "m2" in counted(held.meeting)
    assert "a1" not in counted(held.meeting)


def test_a_late_member_waits_for_the_next_matter_when_one_is_being_handled() -> None:
    held = meeting()
    held.give(sb.CallInSubstitute("a1", "m2"), "sara")
    held.takes_up("m1").in_room("m2")
    assert "a1" in counted(held.meeting)
    held.debate_closed().put().found("m1-p0").gavel().takes_up("m2")
    assert "m2" in counted(held.meeting)
    assert "a1" not in counted(held.meeting)


def test_a_substitute_for_one_matter_serves_while_it_lasts() -> None:
    held = meeting()
    held.in_room("m2")
    held.give(cf.DeclareConflict("m1"), "m2")
    held.takes_up("m1")
    assert held.refusal(sb.CallInSubstitute("a1", "m2")).code == "member-present"
    held.give(sb.CallInSubstitute("a1", "m2", only_matter=True))
    assert "a1" in counted(held.meeting)
    held.debate_closed().put().found("m1-p0").gavel().takes_up("m2")
    assert "a1" not in counted(held.meeting)
    assert "m2" in counted(held.meeting)


def test_a_lost_member_with_a_conflict_is_replaced_for_the_matter_without_losing_the_day() -> None:
    held = remote_meeting()
    held.give(cf.DeclareConflict("m1"), "m2")
    held.takes_up("m1").loses_link("m2")
    held.give(sb.CallInSubstitute("a1", "m2", only_matter=True))
    assert held.meeting.presence["m2"].interrupted_on is None


def test_a_lost_member_replaced_before_the_opening_loses_nothing() -> None:
    held = hall(roster=ROSTER).in_room("anna", "a1").remotely("m2").loses_link("m2")
    held.give(sb.CallInSubstitute("a1", "m2"))
    assert held.meeting.presence["m2"].interrupted_on is None


def test_a_disqualified_substitute_is_not_called_in_for_that_matter() -> None:
    held = meeting()
    held.give(cf.RecordConflict("m1", "a1"), "sara")
    held.takes_up("m1")
    assert held.refusal(sb.CallInSubstitute("a1", "m2"), "sara").code == "substitute-disqualified"


def test_only_a_serving_substitute_stands_down_and_not_in_the_middle_of_a_division() -> None:
    held = meeting()
    assert held.refusal(sb.StandDown("a1"), "sara").code == "not-serving"
    held.give(sb.CallInSubstitute("a1", "m2"), "sara")
    held.divided("m1", "m3")
    assert held.refusal(sb.StandDown("a1"), "sara").code == "division-running"


def test_only_matter_needs_a_matter() -> None:
    held = meeting(agenda=(matter("m1"),)).decided("m1")
    assert held.refusal(sb.CallInSubstitute("a1", "m2", only_matter=True)).code == "already-decided"


def constituencies() -> Hall:
    """Nobody of A but the chair is there; the turn differs between A's members, in two constituencies."""

    def stands_by(id: str, order: int, where: str) -> Person:
        return person(id, "A", "substitute", order, constituency=where, constituency_votes=_VOTES[where])

    roster = (
        person("anna", "B", order=1, presidium="chair"),
        person("n2", "A", order=2, constituency="norra", party_place=2, own_substitutes=("s2", "s1")),
        person("n1", "A", order=3, constituency="norra", party_place=1, own_substitutes=("s3", "s1")),
        person("w1", "A", order=4, constituency="västra", own_substitutes=("v2", "v1")),
        person("m5", "B", order=5),
        stands_by("s1", 1, "norra"),
        stands_by("s2", 2, "norra"),
        stands_by("s3", 3, "norra"),
        stands_by("s4", 4, "norra"),
        stands_by("v1", 5, "västra"),
        stands_by("v2", 6, "västra"),
        SECRETARY,
    )
    return hall(roster=roster, kind="assembly", seats=5)


_VOTES = {"norra": 900, "västra": 4000}


@pytest.mark.parametrize(
    ("here", "member", "in_turn"),
    [
        (("s1", "s2", "s3"), "n2", "s2"),
        (("s1", "s3"), "n2", "s1"),
        (("s3", "s4"), "n2", "s3"),
        (("s2", "s4"), "n1", "s2"),
        (("s4", "v1"), "n2", "s4"),
        (("v1", "v2"), "n2", "v2"),
        (("v1", "s3"), "w1", "v1"),
        (("s1", "s2", "s3"), "w1", "s3"),
        (("s4", "s2"), "w1", "s2"),
    ],
)
def test_each_member_has_an_order_then_that_of_the_first_place_then_other_constituencies(
    here: tuple[str, ...], member: str, in_turn: str
) -> None:
    held = constituencies().in_room("anna", "m5", *here)
    assert next_substitute(held.meeting, member) == in_turn
    held.give(sb.CallInSubstitute(in_turn, member), "sara")

    held = meeting(agenda=(matter("m1"),)).decided("m1")
    assert held.refusal(sb.CallInSubstitute("a1", "m2", only_matter=True)).code == "already-decided"


def needs_of(held: Hall) -> Any:
    told: Any = view(held.meeting, Viewer("chair", held.chair), held.meeting.at)
    return told["steps"]["needs"]


def test_one_is_called_for_the_next_matter_alone_and_holds_the_seat_only_there() -> None:
    held = hall(agenda=(matter("m1"), matter("m2"), matter("m3")), roster=ROSTER)
    held.in_room("anna", "m2", "m3", "a1").roll_call()
    held.give(cf.DeclareConflict("m2"), "m2")
    assert held.refusal(ag.TakeUpMatter("m2")).cites == "KL 6:27"
    assert not [n for n in needs_of(held) if n["kind"] == "conflict"]
    held.decided("m1")
    [need] = [n for n in needs_of(held) if n["kind"] == "conflict"]
    assert need["title"] == "Jävig i nästa ärende"
    assert need["actions"][0]["command"]["data"] == {"member": "m2", "substitute": "a1", "only_matter": True}
    [called] = held.give(sb.CallInSubstitute("a1", "m2", only_matter=True))
    assert isinstance(called, sb.SubstituteCalledIn)
    assert called.only_matter == "m2"
    assert counted(held.meeting) == ("anna", "m2", "m3")
    held.takes_up("m2")
    assert counted(held.meeting) == ("anna", "m3", "a1")
    held.debate_closed().put().found("m2-p0").gavel().takes_up("m3")
    assert counted(held.meeting) == ("anna", "m2", "m3")


THREE = (matter("m1"), matter("m2"), matter("m3"))


@pytest.mark.parametrize("kind", ["executive", "assembly"])
def test_a_lost_link_does_not_send_away_the_substitute_of_one_disqualified(kind: Any) -> None:
    held = remote_meeting(kind=kind, agenda=THREE)
    held.give(cf.DeclareConflict("m2"), "m2")
    held.decided()
    held.give(sb.CallInSubstitute("a1", "m2", only_matter=True))
    held.loses_link("m2").returns("m2")
    assert [type(e).__name__ for e in held.give(ag.TakeUpMatter("m2"))] == ["MatterFinished", "MatterTakenUp"]
    assert "a1" in counted(held.meeting)
    assert "m2" not in counted(held.meeting)
    held.debate_closed().put().found("m2-p0").gavel().takes_up("m3")
    assert "m2" in counted(held.meeting)
    assert "a1" not in counted(held.meeting)


def test_nor_when_no_matter_is_at_hand_and_not_for_a_matter_taken_up_before() -> None:
    held = remote_meeting(agenda=THREE)
    held.give(cf.DeclareConflict("m2"), "m2")
    held.decided()
    held.give(sb.CallInSubstitute("a1", "m2", only_matter=True))
    held.give(ag.FinishMatter())
    held.loses_link("m2").give(pr.RestoreLink("m2"), SYSTEM)
    assert [type(e).__name__ for e in held.give(pr.ConfirmIdentity("m2", "known"))] == ["IdentityConfirmed"]
    held.decided("m3")  # the seat is the member's own here
    decision = held.meeting.matters["m3"].decision
    assert decision is not None
    assert "m2" in decision.taking_part
    held.takes_up("m2")
    assert "a1" in counted(held.meeting)


def test_the_substitute_stays_for_a_late_member_until_a_matter_the_member_may_handle() -> None:
    held = meeting(agenda=THREE)
    held.give(sb.CallInSubstitute("a1", "m2"), "sara")
    held.give(cf.RecordConflict("m1", "m2"), "sara")
    assert [type(e).__name__ for e in held.give(pr.RecordArrival("m2"), "sara")] == ["ArrivedInRoom"]
    held.decided()
    decision = held.meeting.matters["m1"].decision
    assert decision is not None
    assert "a1" in decision.taking_part
    events = [type(e).__name__ for e in held.give(ag.TakeUpMatter("m2"))]
    assert events == ["MatterFinished", "MemberTookSeat", "MatterTakenUp"]


def test_called_in_for_a_lost_link_in_the_matter_ahead_the_substitute_gives_the_seat_back() -> None:
    held = remote_meeting(no_return_same_day=False)
    held.loses_link("m2").give(sb.CallInSubstitute("a1", "m2", only_matter=True))
    held.give(pr.RestoreLink("m2"), SYSTEM)
    events = [type(e).__name__ for e in held.give(pr.ConfirmIdentity("m2", "known"))]
    assert events == ["IdentityConfirmed", "MemberTookSeat"]
    last = remote_meeting(no_return_same_day=False, agenda=(matter("m1"),)).decided()
    last.give(ag.FinishMatter())
    last.loses_link("m2").give(sb.CallInSubstitute("a1", "m2"))
    last.give(pr.RestoreLink("m2"), SYSTEM)
    events = [type(e).__name__ for e in last.give(pr.ConfirmIdentity("m2", "known"))]
    assert events == ["IdentityConfirmed", "MemberTookSeat"]
