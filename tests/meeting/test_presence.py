"""Who is here: the lobby, identity, arrivals, departures, lost links, the roll call."""

from __future__ import annotations

import pytest

from meeting_server.meeting import Actor
from meeting_server.meeting import conflicts as cf
from meeting_server.meeting import debate as db
from meeting_server.meeting import presence as pr
from meeting_server.meeting import sitting as st
from meeting_server.meeting import substitutes as sb
from meeting_server.meeting.actors import SYSTEM
from meeting_server.meeting.counting import counted, counted_remote
from tests.builders import SECRETARY, Hall, hall, members, person, under_way

GUEST = person("gun", None, "attendee", 0)


def state(held: Hall, one: str) -> str:
    return held.meeting.presence[one].state


def test_a_member_comes_to_the_lobby_and_counts_when_the_chair_has_confirmed_who_it_is() -> None:
    held = hall().in_room("anna")
    held.in_lobby("m2")
    assert counted(held.meeting) == ("anna",)
    [confirmed] = held.give(pr.ConfirmIdentity("m2", "eid"), "anna")
    assert counted_remote(held.meeting) == ("m2",)
    assert isinstance(confirmed, pr.IdentityConfirmed)
    assert [(r.code, r.outcome) for r in confirmed.rulings] == [
        ("identity-established", True),
        ("remote-live", True),
        ("remote-permitted", True),
        ("presidium-remote", True),
    ]


def test_nobody_takes_part_at_a_distance_where_the_assembly_has_not_decided_so() -> None:
    refused = hall(distance="not_allowed").refusal(pr.EnterLobby(), "m2")
    assert (refused.code, refused.cites) == ("remote-permitted", "KL 6:24")


def test_a_meeting_convened_to_the_room_has_no_lobby_for_members() -> None:
    assert hall(form="room").refusal(pr.EnterLobby(), "m2").code == "meeting-in-room"


def test_a_guest_may_come_to_the_lobby_of_any_meeting() -> None:
    held = hall(roster=(*members(3), GUEST, SECRETARY), form="room", distance="not_allowed")
    held.in_lobby("gun")
    held.in_room("anna").give(pr.ConfirmIdentity("gun", "known"))
    assert state(held, "gun") == "remote"
    assert counted(held.meeting) == ("anna",)


@pytest.mark.parametrize(
    ("regime", "kind", "expected"),
    [("kl-2026", "assembly", "viewer"), ("kl-2018", "assembly", "lobby"), ("kl-2026", "executive", "lobby")],
)
def test_the_presidium_is_a_viewer_only_in_an_assembly_after_june_2026(
    regime: str, kind: str, expected: str
) -> None:
    held = hall(regime=regime, kind=kind)
    held.in_lobby("anna")
    assert state(held, "anna") == expected


def test_one_who_is_already_there_does_not_come_again() -> None:
    held = hall().in_room("m2")
    refused = held.refusal(pr.EnterLobby(), "m2")
    assert (refused.code, refused.short) == ("already-here", "Redan antecknad i salen")
    assert held.refusal(pr.RecordArrival("m2"), "sara").code == "already-here"


def test_only_the_chair_confirms_and_only_the_secretary_confirms_the_chair() -> None:
    held = hall()
    held.in_lobby("anna")
    held.in_lobby("m2")
    assert held.refusal(pr.ConfirmIdentity("m2", "known"), "sara").code == "not-your-role"
    held.give(pr.ConfirmIdentity("anna", "known"), "sara")
    assert state(held, "anna") == "remote"


def test_identity_is_confirmed_in_the_lobby_by_an_allowed_method_over_a_live_link() -> None:
    held = hall(identity_methods=("eid",)).in_room("anna")
    assert held.refusal(pr.ConfirmIdentity("m2", "eid")).code == "not-in-lobby"
    held.in_lobby("m2")
    assert held.refusal(pr.ConfirmIdentity("m2", "known")).code == "identity-method"
    held.give(pr.LoseLink("m2", True, False, "frozen"), SYSTEM)
    refused = held.refusal(pr.ConfirmIdentity("m2", "eid"))
    assert (refused.code, refused.short) == ("remote-live", "Bild saknas")
    assert held.refusal(pr.LoseLink("m2", True, False, "frozen"), SYSTEM).code == "already-lost"
    held.give(pr.RestoreLink("m2"), SYSTEM)
    held.give(pr.ConfirmIdentity("m2", "eid"))
    assert state(held, "m2") == "remote"


@pytest.mark.parametrize(
    ("audio", "video", "missing"), [(False, False, "Bild och ljud saknas"), (True, False, "Bild saknas")]
)
def test_a_member_who_is_not_seen_is_never_let_in_whatever_the_reason(
    audio: bool, video: bool, missing: str
) -> None:
    held = hall().in_room("anna")
    held.give(pr.EnterLobby(), "m2")
    if audio:
        held.give(pr.LoseLink("m2", audio, video, "bilden frös"), SYSTEM)
    for reason in (None, "Jag känner igen rösten."):
        refused = held.refusal(pr.ConfirmIdentity("m2", "known", reason))
        assert (refused.code, refused.cites, refused.short) == ("remote-live", "KL 5:16", missing)
        assert refused.facts == {"sends_picture": video, "sends_sound": audio}
    assert counted(held.meeting) == ("anna",)


def test_a_guest_without_picture_is_let_in_only_for_a_stated_reason_and_is_not_lost_again_for_it() -> None:
    held = hall(roster=(*members(3), GUEST, SECRETARY)).in_room("anna")
    held.give(pr.EnterLobby(), "gun")
    held.give(pr.LoseLink("gun", True, False, "ingen kamera"), SYSTEM)
    for reason in (None, "  "):
        refused = held.refusal(pr.ConfirmIdentity("gun", "known", reason))
        assert (refused.code, refused.short) == ("remote-live-reason", "Bild saknas")
    [confirmed] = held.give(pr.ConfirmIdentity("gun", "known", " Hon har ingen kamera. "))
    assert isinstance(confirmed, pr.IdentityConfirmed)
    assert confirmed.override_reason == "Hon har ingen kamera."
    assert [(r.code, r.outcome) for r in confirmed.rulings][1] == ("remote-live", False)
    assert held.refusal(pr.LoseLink("gun", True, False, "ingen kamera"), SYSTEM).code == "already-lost"
    held.give(pr.LoseLink("gun", False, False, "tyst"), SYSTEM)
    assert state(held, "gun") == "dropped"


def test_where_the_law_lets_sound_alone_do_the_chair_says_why() -> None:
    held = hall(kind="coordination_body").in_room("anna")
    held.give(pr.EnterLobby(), "m2")
    held.give(pr.LoseLink("m2", True, False, "ingen kamera"), SYSTEM)
    assert held.refusal(pr.ConfirmIdentity("m2", "known")).code == "remote-live-reason"
    held.give(pr.ConfirmIdentity("m2", "known", "Nätet bär bara ljudet."))
    assert counted_remote(held.meeting) == ("m2",)


def test_the_wrong_person_is_sent_away_and_a_dark_picture_asked_for_again() -> None:
    held = hall().in_room("anna")
    held.in_lobby("m2")
    held.give(pr.AskNewPicture("m2"))
    assert held.meeting.presence["m2"].new_picture_asked
    held.give(pr.RejectFromLobby("m2", "Fel person"))
    assert (state(held, "m2"), held.meeting.presence["m2"].note) == ("expected", "Fel person")
    assert held.refusal(pr.RejectFromLobby("m2", "igen")).code == "not-in-lobby"
    assert held.refusal(pr.AskNewPicture("m2")).code == "not-in-lobby"


def test_a_code_from_the_hall_screen_checks_in() -> None:
    held = hall()
    held.give(pr.CheckIn("m2"), SYSTEM)
    assert state(held, "m2") == "room"
    assert held.refusal(pr.CheckIn("m3"), "anna").code == "not-your-role"


def test_absence_is_recorded_of_one_who_has_not_come_and_can_be_undone_in_the_roll_call() -> None:
    held = hall()
    held.give(pr.RecordAbsence("m2", "sjuk"), "sara")
    assert held.refusal(pr.RecordAbsence("m2"), "sara").code == "attendance-recorded"
    held.give(pr.UndoAttendance("m2"), "sara")
    assert state(held, "m2") == "expected"
    assert held.refusal(pr.UndoAttendance("m2"), "sara").code == "nothing-to-undo"
    held.in_room("anna", "m2", "m3").roll_call()
    assert held.refusal(pr.UndoAttendance("m2"), "sara").code == "roll-call-done"


def test_one_who_has_left_interrupts_service_only_in_an_open_meeting() -> None:
    held = hall().in_room("anna", "m2")
    [before] = held.give(pr.RecordDeparture("m2"), "sara")
    assert before == pr.Departed("m2", interrupts_service=False)
    held.in_room("m2", "m3", "m4").roll_call()
    [after] = held.give(pr.Depart(), "m2")
    assert after == pr.Departed("m2", interrupts_service=True)
    assert held.refusal(pr.Depart(), "m2").code == "not-present"
    held.in_room("m2")
    assert "m2" not in counted(held.meeting)


def test_the_chair_hands_over_before_leaving() -> None:
    assert under_way().refusal(pr.Depart(), "anna").code == "chair-leaves"


def test_one_who_leaves_is_off_the_speakers_list_and_off_the_floor() -> None:
    held = under_way().takes_up()
    held.give(db.RequestFloor(), "m2")
    held.give(db.RequestFloor(), "m3")
    held.give(db.GiveFloor())
    held.give(pr.Depart(), "m3")
    assert held.meeting.debate.floor is not None
    held.give(pr.Depart(), "m2")
    assert held.meeting.debate.floor is None
    assert held.meeting.debate.queue == ()


def test_a_lost_link_takes_the_member_out_of_the_count_until_confirmed_anew() -> None:
    held = hall().in_room("anna", "m3", "m4").remotely("m2").roll_call()
    held.loses_link("m2")
    assert "m2" not in counted(held.meeting)
    held.give(pr.RestoreLink("m2"), SYSTEM)
    assert (state(held, "m2"), "m2" in counted(held.meeting)) == ("returning", False)
    held.give(pr.ConfirmIdentity("m2", "known"))
    assert "m2" in counted(held.meeting)


def test_a_lost_member_comes_back_by_the_link_and_not_by_the_lobby() -> None:
    held = hall().in_room("anna").remotely("m2").loses_link("m2")
    assert held.refusal(pr.EnterLobby(), "m2").code == "link-lost"
    held.give(pr.RestoreLink("m2"), SYSTEM)
    assert held.refusal(pr.EnterLobby(), "m2").code == "already-here"
    held.loses_link("m2")
    assert state(held, "m2") == "dropped"


def test_links_are_facts_about_those_at_a_distance_only() -> None:
    held = hall().in_room("anna").remotely("m2")
    assert held.refusal(pr.LoseLink("anna", False, False, "x"), SYSTEM).code == "not-remote"
    assert held.refusal(pr.LoseLink("m2", True, True, "x"), SYSTEM).code == "link-live"
    assert held.refusal(pr.RestoreLink("m2"), SYSTEM).code == "link-not-lost"


def test_the_chair_goes_on_without_a_lost_member_once() -> None:
    held = hall().in_room("anna", "m3", "m4").remotely("m2").roll_call()
    assert held.refusal(pr.ContinueWithout("m2")).code == "link-not-lost"
    held.loses_link("m2")
    held.give(pr.ContinueWithout("m2"))
    assert held.meeting.presence["m2"].continued_without
    assert held.refusal(pr.ContinueWithout("m2")).code == "link-not-lost"


@pytest.mark.parametrize(("present", "code"), [(30, "quorum"), (31, None), (32, None)])
def test_the_roll_call_needs_more_than_half_of_the_seats(present: int, code: str | None) -> None:
    held = hall(roster=(*members(61), SECRETARY), kind="assembly")
    held.in_room(*held.people[:present]).opened()
    if code is None:
        [done] = held.give(pr.CompleteRollCall())
        assert isinstance(done, pr.RollCallCompleted)
        assert (len(done.present), len(done.absent)) == (present, 61 - present)
    else:
        assert held.refusal(pr.CompleteRollCall()).code == code


def test_the_roll_call_is_done_once() -> None:
    assert under_way().refusal(pr.CompleteRollCall()).code == "roll-call-done"


@pytest.mark.parametrize(("distance", "allowed"), [("some_may", False), ("all_may", True)])
def test_all_may_be_remote_only_where_all_may(distance: str, allowed: bool) -> None:
    held = hall(distance=distance, form="remote")
    held.in_lobby("anna")
    held.give(pr.ConfirmIdentity("anna", "known"), "sara")
    held.remotely("m2", "m3", "m4", "m5").opened()
    if allowed:
        held.give(pr.CompleteRollCall())
    else:
        assert held.refusal(pr.CompleteRollCall()).code == "fully-remote"


def test_strangers_and_people_who_are_not_on_the_roster_are_refused() -> None:
    held = hall()
    assert held.refusal(pr.RecordArrival("nobody"), "sara").code == "not-on-roster"
    assert held.refusal(pr.EnterLobby(), "nobody").code == "not-your-role"
    assert held.refusal(pr.EnterLobby(), Actor(None)).code == "not-your-role"


def test_a_serving_substitute_stands_down_before_the_attendance_is_undone() -> None:
    held = hall(roster=(*members(5), person("eva", "A", "substitute"), SECRETARY)).in_room("eva", "anna")
    held.give(sb.CallInSubstitute("eva", "m2"), "sara")
    assert held.refusal(pr.UndoAttendance("eva"), "sara").code == "substitute-serving"


def test_a_conflict_declared_before_the_meeting_changes_no_presence() -> None:
    held = hall().in_room("m2")
    held.give(cf.DeclareConflict("m1"), "m2")
    assert "m2" in counted(held.meeting)


def test_a_viewer_who_comes_to_the_room_counts() -> None:
    held = hall(kind="assembly")
    held.in_lobby("anna")
    held.in_room("anna")
    assert counted(held.meeting) == ("anna",)
    assert held.give(st.OpenMeeting()) != []
