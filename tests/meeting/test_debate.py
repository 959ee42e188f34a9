"""The debate: the speakers' list, the floor, the line, the end."""

from __future__ import annotations

from typing import Any

import pytest

from meeting_server.meeting import conflicts as cf
from meeting_server.meeting import debate as db
from meeting_server.meeting import deciding as dc
from meeting_server.meeting import presence as pr
from meeting_server.meeting.speaking import floor_extended
from tests.builders import SECRETARY, Hall, hall, matter, members, person, under_way

ROSTER = (*members(5), person("eva", "A", "substitute"), person("gun", None, "attendee", 0), SECRETARY)


def debating(**about: Any) -> Hall:
    """The debate in m1, all five members in the room, with a substitute and a guest."""
    held = hall(roster=ROSTER, **about)
    return held.in_room(*held.people, "eva", "gun").roll_call().takes_up()


def queue(held: Hall) -> list[str]:
    return [request.person for request in held.meeting.debate.queue]


def test_points_of_order_go_first_then_replies_then_speeches_in_the_order_asked() -> None:
    held = debating()
    held.give(db.RequestFloor("speech"), "m2")
    held.give(db.RequestFloor("speech"), "m3")
    held.give(db.RequestFloor("reply"), "m4")
    held.give(db.RequestFloor("order"), "m5")
    held.give(db.RequestFloor("information"), "gun")
    assert queue(held) == ["m5", "m4", "gun", "m2", "m3"]


def test_a_request_is_made_once_per_kind_and_taken_back() -> None:
    held = debating()
    [asked] = held.give(db.RequestFloor(), "m2")
    assert asked == db.FloorRequested(f"f{held.meeting.seq}", "m2", "speech")
    assert held.refusal(db.RequestFloor(), "m2").code == "already-listed"
    held.give(db.WithdrawRequest(), "m2")
    assert held.refusal(db.WithdrawRequest(), "m2").code == "no-request"


def test_the_floor_is_asked_for_in_a_matter_by_one_who_serves_and_is_there() -> None:
    held = hall(roster=ROSTER).in_room("anna", "m2", "m3", "eva").roll_call()
    assert held.refusal(db.RequestFloor(), "m2").code == "no-matter"
    assert held.refusal(db.RequestFloor("order"), "m2").code == "no-matter"
    held.takes_up()
    assert held.refusal(db.RequestFloor(), "m4").code == "not-present"
    assert held.refusal(db.RequestFloor(), "eva").code == "not-serving"
    held.give(db.AddSpeaker("eva"))
    assert queue(held) == ["eva"]


def test_a_disqualified_member_does_not_speak() -> None:
    held = debating()
    held.give(db.RequestFloor(), "m2")
    held.give(cf.DeclareConflict("m1"), "m2")
    assert queue(held) == []
    assert held.refusal(db.RequestFloor(), "m2").code == "disqualified"
    assert held.refusal(db.GiveFloor(person="m2")).code == "disqualified"


def test_the_chair_gives_the_floor_and_whoever_had_it_loses_it() -> None:
    held = debating()
    held.give(db.RequestFloor(), "m2")
    held.give(db.RequestFloor("reply"), "m3")
    [given] = held.give(db.GiveFloor())
    assert isinstance(given, db.FloorGiven)
    assert (given.person, given.kind, given.limit_seconds) == ("m3", "reply", 120)
    events = held.give(db.GiveFloor(held.meeting.debate.queue[0].id))
    assert [type(e).__name__ for e in events] == ["FloorEnded", "FloorGiven"]
    assert held.meeting.debate.floor is not None
    assert held.meeting.debate.floor.limit_seconds == 240
    assert held.refusal(db.GiveFloor()).code == "nobody-listed"
    assert held.refusal(db.GiveFloor("f0")).code == "no-request"
    held.give(db.GiveFloor(person="gun"))


def test_the_chair_or_the_speaker_ends_the_speech() -> None:
    held = debating()
    assert held.refusal(db.EndFloor()).code == "floor-empty"
    held.give(db.GiveFloor(person="m2"))
    assert held.refusal(db.EndFloor(), "m3").code == "not-your-floor"
    held.give(db.EndFloor(), "m2")
    held.give(db.GiveFloor(person="m2"))
    held.give(db.EndFloor())
    assert held.meeting.debate.floor is None


@pytest.mark.parametrize(("seconds", "allowed"), [(0, False), (1, True), (3600, True), (3601, False)])
def test_a_speech_with_a_limit_can_be_extended(seconds: int, allowed: bool) -> None:
    held = debating()
    held.give(db.GiveFloor(person="m2"))
    if allowed:
        held.give(db.ExtendFloor(seconds))
        assert held.meeting.debate.floor is not None
        assert held.meeting.debate.floor.limit_seconds == 240 + seconds
    else:
        assert held.refusal(db.ExtendFloor(seconds)).code == "extension-length"


def test_a_speech_without_a_limit_cannot() -> None:
    held = debating(speech_seconds=None)
    held.give(db.GiveFloor(person="m2"))
    assert held.refusal(db.ExtendFloor(60)).code == "no-time-limit"


def test_a_late_extension_of_a_speech_that_has_ended_changes_nothing() -> None:
    held = debating()
    event = db.FloorExtended("m2", 60, 300)
    assert floor_extended(held.meeting, event, held.meeting.at) is held.meeting


def test_the_line_stops_speeches_but_not_replies_or_the_chair() -> None:
    held = debating()
    assert held.refusal(db.ReopenSpeakersList()).code == "list-open"
    held.give(db.CloseSpeakersList())
    assert held.refusal(db.CloseSpeakersList()).code == "list-closed"
    assert held.refusal(db.RequestFloor(), "m2").code == "list-closed"
    held.give(db.RequestFloor("reply"), "m2")
    held.give(db.AddSpeaker("m3"))
    held.give(db.ReopenSpeakersList())
    held.give(db.RequestFloor(), "m4")


def test_the_list_is_moved_and_cleared_by_the_chair() -> None:
    held = debating()
    for one in ("m2", "m3", "m4"):
        held.give(db.RequestFloor(), one)
    last = held.meeting.debate.queue[2].id
    held.give(db.MoveSpeaker(last, 0))
    assert queue(held) == ["m4", "m2", "m3"]
    assert held.refusal(db.MoveSpeaker(last, 3)).code == "no-such-position"
    assert held.refusal(db.MoveSpeaker(last, -1)).code == "no-such-position"
    held.give(db.DeclineRequest(last))
    assert queue(held) == ["m2", "m3"]
    assert held.refusal(db.DeclineRequest(last)).code == "no-request"


def test_the_debate_closes_when_nobody_waits_and_nobody_speaks() -> None:
    held = debating()
    held.give(db.RequestFloor(), "m2")
    held.give(db.RequestFloor(), "m3")
    held.give(db.GiveFloor())
    assert held.refusal(db.CloseDebate()).code == "floor-taken"
    held.give(db.EndFloor())
    refused = held.refusal(db.CloseDebate())
    assert (refused.code, refused.short) == ("speakers-remain", "1 står kvar på talarlistan")
    held.give(db.WithdrawRequest(), "m3")
    held.debate_closed()
    assert held.refusal(db.CloseDebate()).code == "debate-closed"
    assert held.refusal(db.RequestFloor(), "m2").code == "debate-closed"
    held.give(db.RequestFloor("order"), "m2")
    held.give(db.GiveFloor())


def test_only_a_matter_for_decision_has_a_debate_to_close() -> None:
    held = under_way(agenda=(matter("m1", "information"),)).takes_up()
    assert held.refusal(db.CloseDebate()).code == "no-decision-to-make"


def test_the_debate_opens_again_until_a_division_is_demanded() -> None:
    held = debating()
    assert held.refusal(db.ReopenDebate()).code == "debate-open"
    held.debate_closed().put()
    held.give(db.ReopenDebate())
    assert held.meeting.matters["m1"].contests == ()
    held.debate_closed().put().found("m1-p0").demanded("m2")
    assert held.refusal(db.ReopenDebate()).code == "division-demanded"
    held.division_opened()
    assert held.refusal(db.ReopenDebate()).code == "division-running"


def test_nothing_is_debated_after_the_decision() -> None:
    held = under_way().decided()
    assert held.refusal(db.RequestFloor(), "m2").code == "already-decided"
    held.give(db.RequestFloor("order"), "m2")


def test_closing_the_debate_asks_anew_about_lost_links() -> None:
    held = hall().in_room("anna", "m3", "m4").remotely("m2").roll_call().takes_up().loses_link("m2")
    held.give(pr.ContinueWithout("m2"))
    held.debate_closed()
    assert not held.meeting.presence["m2"].continued_without
    held.put().found("m1-p0")
    held.give(dc.Gavel())
