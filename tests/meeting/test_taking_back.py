"""A departure pressed by mistake: it is stated that the service was not broken off, and the vote is kept."""

from __future__ import annotations

from typing import Any

import pytest

from meeting_server.meeting import agenda as ag
from meeting_server.meeting import conduct as od
from meeting_server.meeting import deciding as dc
from meeting_server.meeting import presence as pr
from meeting_server.meeting import substitutes as sb
from meeting_server.meeting import taking_back as tb
from meeting_server.meeting.actors import SYSTEM
from meeting_server.meeting.counting import counted, is_locked_out
from meeting_server.minutes.compose import compose
from meeting_server.wire.loglines import log_line
from meeting_server.wire.view import view
from meeting_server.wire.visibility import Viewer
from tests.builders import SECRETARY, Hall, hall, members, person, under_way
from tests.minutes.reading_aloud import as_text

ROSTER = (*members(5), person("b1", "B", "substitute", 1), SECRETARY)


def row(held: Hall, one: str, role: Any = "secretary", by: str = "sara") -> Any:
    sections: Any = view(held.meeting, Viewer(role, by), held.meeting.at)
    return next(each for each in sections["presence"] if each["person"] == one)


def test_one_who_never_left_the_room_counts_again_at_once() -> None:
    held = under_way(kind="assembly").takes_up().debate_closed().put()
    held.give(pr.Depart(), "m3")
    assert row(held, "m3")["may_take_back"]
    assert not row(held, "m3", "member", "m2")["may_take_back"]
    assert held.refusal(tb.TakeBackDeparture("m3"), "m3").code == "not-your-role"
    [back] = held.give(tb.TakeBackDeparture("m3"), "sara")
    assert back == tb.DepartureTakenBack("m3", stayed=True)
    assert (
        log_line(held.meeting, back) == "M3 B-son (B) antecknades av misstag som att ha lämnat sammanträdet."
    )
    assert "m3" in counted(held.meeting)
    assert not row(held, "m3")["may_take_back"]
    held.found("m1-p0")
    held.give(dc.DemandDivision(), "m3")
    text = as_text(compose(held.log)).replace("\xa0", " ")
    assert "M3 B-son (B) av misstag har antecknats som att ha lämnat sammanträdet." in text
    assert "Tjänstgöringen är inte avbruten." in text


@pytest.mark.parametrize("one", ["m4", "anna", "b1"])
def test_there_must_be_a_departure_that_ended_service(one: str) -> None:
    held = hall(roster=ROSTER).in_room("anna", "m2", "m3", "m4", "b1").roll_call()
    held.give(pr.Depart(), "b1")  # was not serving, and may come back as it is
    refused = held.refusal(tb.TakeBackDeparture(one), "sara")
    assert refused.code == "nothing-to-take-back"


def test_one_at_a_distance_may_serve_again_and_comes_in_through_the_lobby() -> None:
    held = hall().in_room("anna", "m3", "m4").remotely("m2").roll_call().takes_up()
    held.give(pr.Depart(), "m2")
    [back] = held.give(tb.TakeBackDeparture("m2"))
    assert back == tb.DepartureTakenBack("m2", stayed=False)
    assert (held.meeting.presence["m2"].state, is_locked_out(held.meeting, "m2")) == ("left", False)
    held.remotely("m2")
    assert "m2" in counted(held.meeting)


def test_it_may_be_stated_of_one_who_has_come_back_already() -> None:
    held = under_way().takes_up()
    held.give(pr.Depart(), "m3")
    held.in_room("m3")
    assert is_locked_out(held.meeting, "m3")
    [back] = held.give(tb.TakeBackDeparture("m3"))
    assert back == tb.DepartureTakenBack("m3", stayed=False)
    assert "m3" in counted(held.meeting)


def test_of_one_who_left_again_only_the_first_departure_is_taken_back() -> None:
    held = under_way().takes_up()
    held.give(pr.Depart(), "m3")
    held.in_room("m3").give(pr.Depart(), "m3")
    [back] = held.give(tb.TakeBackDeparture("m3"))
    assert back == tb.DepartureTakenBack("m3", stayed=False)
    assert held.meeting.presence["m3"].state == "left"


def test_a_seat_that_was_filled_meanwhile_is_taken_back_as_by_one_who_comes_late() -> None:
    held = hall(roster=ROSTER).in_room("anna", "m2", "m3", "m4", "b1").roll_call().decided()
    held.give(pr.Depart(), "m3")
    held.give(sb.CallInSubstitute("b1", "m3"))
    held.in_room("m3").give(tb.TakeBackDeparture("m3"))
    assert "b1" in counted(held.meeting)
    events = [type(one).__name__ for one in held.give(ag.TakeUpMatter("m2"))]
    assert events == ["MatterFinished", "MemberTookSeat", "MatterTakenUp"]
    between = hall(roster=ROSTER).in_room("anna", "m2", "m3", "m4", "b1").roll_call()
    between.give(pr.Depart(), "m3")
    between.give(sb.CallInSubstitute("b1", "m3"))
    events = [type(one).__name__ for one in between.give(tb.TakeBackDeparture("m3"))]
    assert events == ["DepartureTakenBack", "MemberTookSeat"]


def test_what_the_chair_has_decided_is_not_a_mistake_to_take_back() -> None:
    held = under_way(kind="assembly").takes_up()
    held.give(od.Admonish("Ropar.", "m3"))
    held.give(od.Expel("Ropar.", "m3"))
    held.give(od.LetBackIn("m3"))
    assert held.refusal(tb.TakeBackDeparture("m3")).code == "nothing-to-take-back"
    lost = hall(kind="assembly", roster=ROSTER).in_room("anna", "m2", "m4", "b1").remotely("m3").roll_call()
    lost.give(pr.Depart(), "m3")
    lost.remotely("m3").loses_link("m3")
    lost.give(sb.CallInSubstitute("b1", "m3", understood=True))
    lost.give(pr.RestoreLink("m3"), SYSTEM)
    assert lost.refusal(tb.TakeBackDeparture("m3")).code == "nothing-to-take-back"
