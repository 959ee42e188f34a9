"""The webcast: only what the public may follow, and stopped by whatever shuts the public out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from meeting_server.meeting import agenda as ag
from meeting_server.meeting import conduct as od
from meeting_server.meeting import doors as do
from meeting_server.meeting import publicity as pu
from meeting_server.meeting import sitting as st
from meeting_server.meeting import webcasting as wc
from meeting_server.meeting.convening import WebcastTerms
from meeting_server.meeting.counting import is_public
from meeting_server.wire.events import visible
from meeting_server.wire.loglines import log_line
from meeting_server.wire.view import view
from meeting_server.wire.visibility import Viewer
from tests.builders import SECRETARY, Hall, hall, matter, members, person, under_way

TERMS = WebcastTerms(True, "Sammanträdet sänds på webben.", "Sändningen visar fullmäktige.", 365)
ROSTER = (*members(5), SECRETARY, person("gun", None, "attendee", 0))
START = wc.StartWebcast(gallery_clear=True)


def assembly(**about: Any) -> Hall:
    return under_way(roster=ROSTER, kind="assembly", **{"webcast": TERMS, **about}).takes_up()


def on_the_web(**about: Any) -> Hall:
    held = assembly(**about)
    held.give(START)
    return held


def seen(held: Hall, role: Any = "chair", one: str | None = "anna") -> Any:
    return view(held.meeting, Viewer(role, one), held.meeting.at)


def offers(held: Hall, role: Any = "chair", one: str = "anna") -> dict[str, Any]:
    return {step["label"]: step for step in seen(held, role, one)["steps"]["seconds"]}


def needs(held: Hall, role: Any = "chair", one: str = "anna") -> list[Any]:
    return [need for need in seen(held, role, one)["steps"]["needs"] if need["kind"] == "webcast"]


@pytest.mark.parametrize("by", ["anna", "sara"])
def test_the_chair_and_the_secretary_start_and_stop_it(by: str) -> None:
    held = assembly()
    assert not held.meeting.webcast.is_on
    [started] = held.give(START, by)
    assert isinstance(started, wc.WebcastStarted)
    assert [(r.code, r.outcome) for r in started.rulings] == [
        ("public-meeting", True),
        ("webcast-information", True),
        ("webcast-gallery", True),
        ("webcast-retention", "2027-11-24"),
    ]
    assert held.meeting.webcast.is_on
    assert held.refusal(START, by).code == "webcast-on"
    assert held.give(wc.StopWebcast(), by) == [wc.WebcastStopped("asked")]
    assert not held.meeting.webcast.is_on
    assert not held.meeting.webcast.is_interrupted
    assert held.refusal(wc.StopWebcast(), by).code == "webcast-off"
    assert held.refusal(START, "m2").code == "not-your-role"


@pytest.mark.parametrize("terms", [None, WebcastTerms(), WebcastTerms(information=None, retention_days=10)])
def test_without_a_text_for_those_present_it_starts_knowingly_and_that_is_recorded(
    terms: WebcastTerms | None,
) -> None:
    held = assembly(webcast=terms)
    refused = held.refusal(START)
    assert (refused.code, refused.cites) == ("webcast-information", "dataskyddsförordningen")
    [started] = held.give(wc.StartWebcast(gallery_clear=True, understood=True))
    assert isinstance(started, wc.WebcastStarted)
    assert {r.code: r.outcome for r in started.rulings}["webcast-information"] is False


def test_cameras_nobody_has_checked_are_warned_of_and_recorded() -> None:
    held = assembly()
    assert held.refusal(wc.StartWebcast()).code == "webcast-gallery"
    [started] = held.give(wc.StartWebcast(understood=True))
    assert isinstance(started, wc.WebcastStarted)
    assert {r.code: r.outcome for r in started.rulings}["webcast-gallery"] is False


def test_a_committee_that_does_not_meet_in_public_is_never_webcast() -> None:
    held = under_way(webcast=TERMS).takes_up()
    refused = held.refusal(START)
    assert (refused.code, refused.cites) == ("webcast-not-public", "KL 6:25")
    assert "Starta webbsändningen" not in offers(held)
    assert needs(held) == []


def test_an_advisory_council_is_bound_by_no_such_rule() -> None:
    held = under_way(kind="advisory_council", webcast=TERMS).takes_up()
    [started] = held.give(START)
    assert isinstance(started, wc.WebcastStarted)
    assert started.rulings[0].outcome is False
    assert held.meeting.webcast.is_on


def test_a_public_committee_is_webcast_but_for_what_the_law_closes() -> None:
    agenda = (matter("m1"), matter("m2", authority=True), matter("m3"))
    held = under_way(agenda=agenda, publicity="public", webcast=TERMS)
    held.give(START)
    held.decided("m1")
    *_, taken, stopped = held.give(ag.TakeUpMatter("m2"))
    assert isinstance(taken, ag.MatterTakenUp)
    assert stopped == wc.WebcastStopped("doors")
    refused = held.refusal(START)
    assert (refused.code, refused.cites) == ("webcast-behind-doors", "KL 6:25")
    assert needs(held)[0]["actions"] == []
    held.debate_closed().put().found("m2-p0").gavel()
    [again] = needs(held)[0]["actions"]
    assert (again["dialog"], again["blocked"]) == ("webcast", None)
    held.takes_up("m3").give(START)
    assert held.meeting.webcast.is_on


def test_a_committee_that_closes_its_meeting_stops_it() -> None:
    held = under_way(publicity="public", webcast=TERMS).takes_up()
    held.give(START)
    assert is_public(held.meeting)
    decided, stopped = held.give(pu.DecidePublicity(public=False))
    assert isinstance(decided, pu.PublicityDecided)
    assert stopped == wc.WebcastStopped("not_public")
    assert "inte längre var offentligt" in needs(held)[0]["text"]


def test_closing_the_doors_stops_it_by_the_same_act_and_opening_does_not_start_it() -> None:
    held = on_the_web()
    assert needs(held) == []
    closed, stopped = held.give(do.CloseDoors())
    assert isinstance(closed, do.DoorsClosed)
    assert stopped == wc.WebcastStopped("doors")
    assert visible(stopped, Viewer("hall"), held.meeting) == stopped
    refused = held.refusal(START)
    assert (refused.code, refused.cites) == ("webcast-behind-doors", "KL 5:42")
    assert offers(held)["Starta webbsändningen igen"]["blocked"]["code"] == "webcast-behind-doors"
    for role, one in (("chair", "anna"), ("secretary", "sara")):
        [told] = needs(held, role, one)
        assert (told["title"], told["actions"]) == ("Webbsändningen är stoppad", [])
    held.give(do.OpenDoors())
    assert not held.meeting.webcast.is_on
    for role, one in (("chair", "anna"), ("secretary", "sara")):
        [told] = needs(held, role, one)
        assert [step["label"] for step in told["actions"]] == ["Starta igen"]
    held.give(START)
    assert needs(held) == []
    assert len(held.meeting.webcast.spans) == 2


def test_doors_that_stay_open_stop_nothing() -> None:
    held = on_the_web()
    [kept] = held.give(do.CloseDoors(carried=False))
    assert isinstance(kept, do.DoorsKeptOpen)
    assert held.meeting.webcast.is_on


def test_it_ends_with_the_meeting_however_that_ends() -> None:
    held = on_the_web()
    held.debate_closed().put().found("m1-p0").gavel()
    held.give(st.AskForReservations())
    kinds = [type(event).__name__ for event in held.give(st.CloseMeeting())]
    assert kinds == ["MatterFinished", "WebcastStopped", "MeetingClosed"]
    dissolved = on_the_web()
    kinds = [type(event).__name__ for event in dissolved.give(od.DissolveMeeting("Läktaren stormar."))]
    assert kinds == ["MeetingDissolved", "WebcastStopped", "MeetingClosed"]
    assert dissolved.meeting.webcast.spans[-1].ground == "closed"
    assert dissolved.refusal(START).code == "meeting-closed"


def test_where_meetings_are_usually_webcast_that_is_asked_before_the_first_matter() -> None:
    held = under_way(roster=ROSTER, kind="assembly", webcast=TERMS)
    assert [need["title"] for need in needs(held)] == ["Webbsändning"]
    held.takes_up()
    assert needs(held) == []
    quiet = under_way(roster=ROSTER, kind="assembly", webcast=WebcastTerms(information="Sänds."))
    assert needs(quiet) == []
    assert "Starta webbsändningen" in offers(quiet)


def test_everybody_sees_that_it_is_on_and_the_officers_what_is_recorded() -> None:
    held = on_the_web()
    held.give(wc.MarkForRedaction("Ett namn nämns.", minutes=1), "sara")
    for role, one in (("member", "m2"), ("hall", None), ("member", "gun")):
        told = seen(held, role, one)["webcast"]
        assert set(told) == {"on", "since", "information"}
        assert (told["on"], told["information"]) == (True, TERMS.information)
    told = seen(held, "secretary", "sara")["webcast"]
    assert (told["for_viewers"], told["keep_until"]) == (TERMS.for_viewers, "2027-11-24")
    assert [mark["reason"] for mark in told["marks"]] == ["Ett namn nämns."]
    assert told["spans"][0]["stopped_at"] is None
    held.give(wc.StopWebcast())
    told = seen(held)["webcast"]
    assert (told["on"], told["since"], told["spans"][0]["ground"]) == (False, None, "asked")
    bare = seen(under_way(), "chair", "anna")["webcast"]
    assert (bare["for_viewers"], bare["retention_days"], bare["keep_until"]) == (None, None, None)


def test_why_something_is_masked_is_for_the_officers_and_whoever_said_it() -> None:
    held = on_the_web()
    [marked] = held.give(wc.MarkForRedaction("Ett namn nämns.", minutes=5), "sara")
    assert visible(marked, Viewer("chair", "anna"), held.meeting) == marked
    for viewer in (Viewer("member", "m2"), Viewer("hall")):
        assert visible(marked, viewer, held.meeting) is None
    assert log_line(held.meeting, marked) == "Inspelningen ska maskas: Ett namn nämns."


def test_the_last_minutes_are_counted_back_from_the_record_but_not_past_the_beginning() -> None:
    held = on_the_web()
    began = held.meeting.webcast.spans[0].started_at
    held.wait(minutes=10)
    held.give(wc.MarkForRedaction("Kort.", minutes=3))
    held.give(wc.MarkForRedaction("Långt.", minutes=60))
    short, long = held.meeting.webcast.marks
    assert (short.ends_at, short.ends_at - short.begins_at) == (short.marked_at, timedelta(minutes=3))
    assert (long.begins_at, long.marked_by) == (began, "anna")
    held.give(wc.StopWebcast())
    stopped = held.meeting.webcast.spans[-1].stopped_at
    held.wait(minutes=30)
    held.give(wc.MarkForRedaction("Efteråt.", minutes=2))
    assert held.meeting.webcast.marks[-1].ends_at == stopped


def test_a_stretch_may_be_given_from_and_to() -> None:
    held = on_the_web()
    held.wait(minutes=10)
    began = held.meeting.webcast.spans[0].started_at
    first, last = began + timedelta(minutes=2), began + timedelta(minutes=4)
    held.give(wc.MarkForRedaction("Adress.", begins_at=first.isoformat(), ends_at=last.isoformat()))
    [mark] = held.meeting.webcast.marks
    assert (mark.begins_at, mark.ends_at, mark.reason) == (first, last, "Adress.")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"reason": " ", "minutes": 2}, "text-missing"),
        ({}, "span-needed"),
        ({"minutes": 2, "begins_at": "2026-11-24T19:00:00+01:00"}, "span-needed"),
        ({"begins_at": "2026-11-24T19:00:00+01:00"}, "span-needed"),
        ({"ends_at": "2026-11-24T19:00:00+01:00"}, "span-needed"),
        ({"minutes": 0}, "redaction-length"),
        ({"minutes": wc.MOST_MINUTES + 1}, "redaction-length"),
        ({"begins_at": "19.05", "ends_at": "2026-11-24T19:00:00+01:00"}, "not-a-time"),
        ({"begins_at": "2026-11-24T19:00:00", "ends_at": "2026-11-24T19:10:00+01:00"}, "not-a-time"),
        (
            {"begins_at": "2026-11-24T19:00:00+01:00", "ends_at": "2026-11-24T19:00:00+01:00"},
            "span-backwards",
        ),
        (
            {"begins_at": "2026-11-24T08:00:00+01:00", "ends_at": "2026-11-24T08:10:00+01:00"},
            "not-webcast-then",
        ),
    ],
)
def test_a_mark_that_says_nothing_of_the_recording_is_refused(given: dict[str, Any], code: str) -> None:
    held = on_the_web()
    assert held.refusal(wc.MarkForRedaction(**{"reason": "Ett namn nämns.", **given})).code == code


@pytest.mark.parametrize("minutes", [1, wc.MOST_MINUTES])
def test_the_shortest_and_the_longest_count_are_taken(minutes: int) -> None:
    held = on_the_web()
    held.give(wc.MarkForRedaction("Ett namn nämns.", minutes=minutes))
    assert len(held.meeting.webcast.marks) == 1


def test_between_two_stretches_nothing_was_webcast() -> None:
    held = on_the_web()
    held.give(wc.StopWebcast())
    held.wait(minutes=20)
    gap = held.meeting.at
    held.wait(minutes=20).give(START)
    between: dict[str, Any] = {
        "begins_at": (gap - timedelta(minutes=5)).isoformat(),
        "ends_at": (gap + timedelta(minutes=5)).isoformat(),
    }
    assert held.refusal(wc.MarkForRedaction("Inget.", **between)).code == "not-webcast-then"


def test_nothing_is_masked_in_a_meeting_that_was_never_webcast() -> None:
    held = hall(roster=ROSTER, kind="assembly")
    assert held.refusal(wc.MarkForRedaction("Ett namn nämns.", minutes=2)).code == "never-webcast"


@pytest.mark.parametrize(
    ("ground", "line"),
    [
        ("asked", "Webbsändningen stoppas."),
        ("doors", "Webbsändningen stoppas, eftersom dörrarna är stängda."),
        ("not_public", "Webbsändningen stoppas, eftersom sammanträdet inte är offentligt."),
        ("closed", "Webbsändningen stoppas, eftersom sammanträdet avslutas."),
    ],
)
def test_the_log_says_what_stopped_it(ground: Any, line: str) -> None:
    held = on_the_web()
    assert log_line(held.meeting, wc.WebcastStopped(ground)) == line
    assert log_line(held.meeting, wc.WebcastStarted()) == "Sammanträdet sänds på webben."
