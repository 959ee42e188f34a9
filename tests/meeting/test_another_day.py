"""A meeting that goes on another day is called anew, and nothing of presence is carried over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from meeting_server.meeting import conduct as od
from meeting_server.meeting import debate as db
from meeting_server.meeting import elections as el
from meeting_server.meeting import presence as pr
from meeting_server.meeting import sitting as st
from meeting_server.meeting import substitutes as sb
from meeting_server.meeting import webcasting as wc
from meeting_server.meeting.counting import counted, is_locked_out
from meeting_server.wire.view import view
from meeting_server.wire.visibility import Viewer
from tests.builders import Hall, hall, members, person, under_way
from tests.meeting.electing import opened

DAY_TWO = datetime.fromisoformat("2026-11-25T13:00:00+01:00")


def until_tomorrow(held: Hall) -> Hall:
    held.give(st.PauseUntilDay(DAY_TWO, "Klockan är 23.30"), held.chair)
    return held.wait(hours=14)


@pytest.mark.parametrize(
    ("continues_at", "allowed"),
    [
        ("2026-11-24T23:59:59+01:00", False),
        ("2026-11-25T00:00:00+01:00", True),
        ("2026-11-24T23:00:00+00:00", True),
        ("2026-11-23T13:00:00+01:00", False),
    ],
)
def test_it_goes_on_after_today_by_the_swedish_calendar(continues_at: str, allowed: bool) -> None:
    held = under_way()
    command = st.PauseUntilDay(datetime.fromisoformat(continues_at))
    if allowed:
        held.give(command)
        assert held.meeting.phase == "paused"
    else:
        refused = held.refusal(command)
        assert refused.code == "pause-same-day"
        assert "2026-11-24" in refused.because


def test_the_day_is_counted_from_when_the_pause_began() -> None:
    held = under_way()
    held.give(st.PauseMeeting())
    held.wait(hours=16)
    held.give(st.PauseUntilDay(DAY_TWO))
    assert held.meeting.pause is not None
    assert held.meeting.pause.since < held.meeting.at - timedelta(hours=15)
    held.give(st.PauseUntilDay(DAY_TWO + timedelta(days=1)))
    assert held.meeting.pause.since < held.meeting.at - timedelta(hours=15)


def test_a_division_is_finished_the_same_day() -> None:
    held = under_way().divided()
    assert held.refusal(st.PauseUntilDay(DAY_TWO)).code == "division-running"
    held.division_closed()
    assert held.refusal(st.PauseUntilDay(DAY_TWO)).code == "division-running"


def test_a_ballot_is_finished_the_same_day() -> None:
    held = opened("Ada", "Bo")
    assert held.refusal(st.PauseUntilDay(DAY_TWO)).code == "ballot-held"
    held.give(el.CloseBallot())
    assert held.refusal(st.PauseUntilDay(DAY_TWO)).code == "ballot-held"
    decided = under_way().decided("m1")
    decided.give(st.PauseUntilDay(DAY_TWO))
    assert decided.meeting.phase == "paused"


def test_the_webcast_ends_with_the_day_and_not_with_a_pause() -> None:
    held = under_way(kind="assembly")
    held.give(wc.StartWebcast(gallery_clear=True, understood=True))
    held.give(st.PauseMeeting(10))
    assert held.meeting.webcast.is_on
    stopped, paused = held.give(st.PauseUntilDay(DAY_TWO))
    assert (stopped, type(paused)) == (wc.WebcastStopped("asked"), st.MeetingPausedUntilDay)
    assert not held.meeting.webcast.is_on


def test_nobody_is_present_until_called_again() -> None:
    held = hall(roster=(*members(5), person("inga", "B", "substitute"), person("sara", None, "secretary", 0)))
    held.in_room("anna", "m2", "m4", "inga").remotely("m5").roll_call().takes_up("m1")
    held.give(db.RequestFloor(), "m2")
    held.give(db.GiveFloor(person="m4"))
    held = until_tomorrow(held)
    assert counted(held.meeting) == ()
    assert (held.meeting.debate.floor, held.meeting.debate.queue) == (None, ())
    assert held.meeting.current == "m1"
    assert held.refusal(st.ResumeMeeting()).code == "chair-not-present"
    held.in_room("anna", "m2")
    held.give(st.ResumeMeeting())
    assert held.meeting.phase == "roll_call"
    assert held.refusal(pr.CompleteRollCall()).code == "quorum"
    assert held.refusal(db.CloseDebate()).code == "roll-call-not-done"
    held.in_room("m3").remotely("m5")
    held.give(pr.RecordAbsence("m4"), "sara")
    held.roll_call()
    assert counted(held.meeting) == ("anna", "m2", "m3", "m5")
    held.debate_closed().put().found("m1-p0").gavel()


def test_between_two_days_the_desk_misses_no_chair() -> None:
    def asked(held: Hall) -> list[Any]:
        steps: Any = view(held.meeting, Viewer("secretary", "sara"), held.meeting.at)["steps"]
        return [one["title"] for one in steps["needs"] if one["person"] == "anna"]

    held = until_tomorrow(under_way())
    assert asked(held) == []
    held.in_lobby("anna")
    assert asked(held) == ["Ordföranden väntar i lobbyn"]
    held = until_tomorrow(under_way())
    held.in_room("m2")  # the day has come
    assert asked(held) == ["Ordföranden är inte närvarande"]
    held.in_room("anna")
    assert asked(held) == []


def test_whoever_was_locked_out_the_first_day_serves_the_second() -> None:
    roster = (*members(5), person("inga", "B", "substitute"), person("sara", None, "secretary", 0))
    held = hall(kind="assembly", roster=roster)
    held.in_room("anna", "m2", "m3", "m4", "m5", "inga").roll_call().decided("m1")
    held.give(pr.RecordDeparture("m3"), "sara")
    held.give(sb.CallInSubstitute("inga", "m3"), "sara")
    held.in_room("m3")
    assert is_locked_out(held.meeting, "m3")
    held = until_tomorrow(held)
    held.in_room("anna", "m2", "m3", "m4")
    held.give(st.ResumeMeeting())
    held.roll_call()
    assert counted(held.meeting) == ("anna", "m2", "m3", "m4")
    assert not is_locked_out(held.meeting, "m3")
    assert held.meeting.presence["inga"].has_served


def test_whoever_was_shown_out_stays_out_until_let_in() -> None:
    held = under_way()
    held.give(od.Admonish("Ropar.", "m5"))
    held.give(od.Expel("Ropar ännu.", "m5"))
    held = until_tomorrow(held)
    assert held.meeting.presence["m5"].state == "expelled"


def test_a_pause_the_same_day_keeps_those_who_are_here() -> None:
    held = under_way()
    here = counted(held.meeting)
    held.give(st.PauseMeeting(10))
    held.give(st.ResumeMeeting())
    assert (held.meeting.phase, counted(held.meeting)) == ("open", here)
