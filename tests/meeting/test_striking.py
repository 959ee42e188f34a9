"""A matter is struck from the agenda: when it may be, what is kept, and how the minutes tell of it."""

from __future__ import annotations

from typing import Any

import pytest

from meeting_server.meeting import agenda as ag
from meeting_server.meeting import conflicts as cf
from meeting_server.meeting import divisions as dv
from meeting_server.meeting import elections as el
from meeting_server.meeting import matter_facts as mf
from meeting_server.meeting import presence as pr
from meeting_server.meeting import replay
from meeting_server.meeting import reservations as rs
from meeting_server.meeting import sitting as st
from meeting_server.meeting import striking as sk
from meeting_server.meeting import undecided as ud
from meeting_server.meeting import urgency as ur
from meeting_server.minutes.compose import compose
from meeting_server.wire.loglines import log_line
from meeting_server.wire.view import view
from meeting_server.wire.visibility import Viewer
from tests.builders import Hall, hall, matter, under_way
from tests.meeting.electing import opened
from tests.minutes.reading_aloud import as_text

LABEL = "Ärendet utgår"


def seconds(held: Hall) -> list[str]:
    """What the console offers beside the primary."""
    steps: Any = view(held.meeting, Viewer("chair", held.chair), held.meeting.at)["steps"]
    return [one["label"] for one in steps["seconds"]]


@pytest.mark.parametrize("kind", ["assembly", "executive"])
def test_a_matter_is_struck_and_the_meeting_goes_on(kind: Any) -> None:
    held = under_way(kind=kind).decided().takes_up("m2")
    assert LABEL in seconds(held)
    [struck] = held.give(sk.StrikeMatter(" Utredningen är inte klar. "))
    assert isinstance(struck, sk.MatterStruck)
    assert struck.present == ("anna", "m2", "m3", "m4", "m5")
    assert ("quorum", True) in [(ruling.code, ruling.outcome) for ruling in struck.rulings]
    text = "Ärendet utgår ur dagordningen. Skäl: Utredningen är inte klar."
    assert log_line(held.meeting, struck) == f"§ 141: {text}"
    state = held.meeting.matters["m2"]
    assert (state.status, state.stage, state.decision) == ("struck", "decided", None)
    assert state.outcome_text == text
    assert LABEL not in seconds(held)
    assert held.refusal(sk.StrikeMatter()).code == "already-decided"
    assert held.refusal(rs.Reserve("m2"), "m2").code == "not-decided"
    held.give(ag.FinishMatter())
    assert held.meeting.matters["m2"].status == "struck"
    held.give(st.AskForReservations())
    held.give(st.CloseMeeting())
    minutes = compose(held.log)
    [section, *_] = minutes.paragraphs[1].sections
    assert section.heading == "Beslut"
    assert text in as_text(minutes)
    assert minutes.paragraphs[1].facts.took_part == struck.present
    assert replay(held.log) == held.meeting


def test_without_a_reason_none_is_minuted() -> None:
    held = under_way().takes_up()
    [struck] = held.give(sk.StrikeMatter("  "))
    assert isinstance(struck, sk.MatterStruck)
    assert struck.outcome_text == "Ärendet utgår ur dagordningen."


@pytest.mark.parametrize("kind", ["information", "interpellation", "member_motion", "election"])
def test_any_kind_of_matter_may_be_struck(kind: Any) -> None:
    held = under_way(agenda=(matter("m1", kind), matter("m2"))).takes_up()
    assert LABEL in seconds(held)
    held.give(sk.StrikeMatter())
    held.decided("m2")
    assert held.meeting.matters["m1"].status == "struck"


def test_where_verifiers_are_appointed_nothing_is_struck() -> None:
    held = under_way(agenda=(matter("m1", "verifiers"),)).takes_up()
    assert LABEL not in seconds(held)
    refusal = held.refusal(sk.StrikeMatter())
    assert (refusal.code, refusal.cites) == ("verifiers-needed", "KL 5:69")


def test_a_question_that_is_put_is_answered() -> None:
    held = under_way().takes_up().debate_closed()
    assert LABEL in seconds(held)
    held.put()
    assert LABEL not in seconds(held)
    refusal = held.refusal(sk.StrikeMatter())
    assert (refusal.code, refusal.short) == ("question-put", "Proposition är ställd")


def test_nothing_is_struck_in_the_middle_of_a_vote() -> None:
    held = under_way().divided()
    assert held.refusal(sk.StrikeMatter()).code == "division-running"
    held.give(dv.VoidDivision("Fel ställd."))
    assert held.refusal(sk.StrikeMatter()).code == "question-put"
    electing = opened("Ada", "Bo")
    assert LABEL not in seconds(electing)
    assert electing.refusal(sk.StrikeMatter()).code == "ballot-held"
    electing.give(el.VoidBallot("Sedlarna blandades."))
    assert LABEL in seconds(electing)
    electing.give(sk.StrikeMatter())


@pytest.mark.parametrize(("gone", "is_struck"), [(1, True), (2, True), (3, False)])
def test_as_many_are_needed_as_to_put_it_off(gone: int, is_struck: bool) -> None:
    held = under_way().takes_up()
    for one in ("m3", "m4", "m5")[:gone]:
        held.give(pr.RecordDeparture(one), "sara")
    if is_struck:
        held.give(sk.StrikeMatter())
    else:
        assert held.refusal(sk.StrikeMatter()).cites == "KL 6:27"
        held.give(ud.LeaveMatter())


def test_a_disqualified_chair_strikes_nothing() -> None:
    held = under_way().takes_up()
    held.give(cf.RecordConflict("m1", "anna"))
    assert held.refusal(sk.StrikeMatter()).code == "chair-disqualified"


def test_without_a_matter_or_a_gavel_nothing_is_struck() -> None:
    held = under_way()
    assert held.refusal(sk.StrikeMatter()).code == "no-matter"
    held.takes_up()
    assert held.refusal(sk.StrikeMatter(), "m2").code == "not-your-role"
    assert hall().in_room("anna", "m2", "m3").opened().refusal(sk.StrikeMatter()).code != "no-matter"


# ---- what was only added ----


def added(held: Hall) -> str:
    """The added matter's id."""
    [event] = held.give(ur.AddMatter("Ny bro", points=("Bron byggs.",)), "sara")
    assert isinstance(event, ur.MatterAdded)
    return event.matter.id


@pytest.mark.parametrize("by", ["anna", "sara"])
def test_a_matter_added_by_mistake_is_taken_back_and_closes_nothing_in(by: str) -> None:
    held = under_way().decided().decided("m2")
    matter_id = added(held)
    agenda: Any = view(held.meeting, Viewer("secretary", "sara"), held.meeting.at)["agenda"]
    row = agenda[-1]
    assert (row["matter"], row["may_take_back"]) == (matter_id, True)
    [back] = held.give(sk.TakeBackMatter(matter_id), by)
    assert log_line(held.meeting, back) == "Ärendet ”Ny bro” läggs inte fram."
    state = held.meeting.matters[matter_id]
    assert (state.status, state.stage, state.number) == ("struck", "finished", None)
    assert held.refusal(sk.TakeBackMatter(matter_id), by).code == "not-taken-back"
    assert held.refusal(ag.TakeUpMatter(matter_id)).code == "already-handled"
    held.give(st.AskForReservations())
    assert "QuorumMissed" not in [type(event).__name__ for event in held.give(st.CloseMeeting())]
    text = as_text(compose(held.log))
    assert "anmäls ärendet ”Ny bro”, som inte är kungjort." in text
    assert "återtas ärendet ”Ny bro”." in text
    assert replay(held.log) == held.meeting


def test_it_may_be_taken_back_before_the_meeting_and_added_again() -> None:
    held = hall()
    first = added(held)
    held.give(sk.TakeBackMatter(first), "sara")
    second = added(held)
    assert first != second
    assert held.meeting.matters[second].status == "coming"


def test_what_was_announced_agreed_on_or_taken_up_is_not_taken_back() -> None:
    held = under_way(kind="assembly").decided()
    assert held.refusal(sk.TakeBackMatter("m2")).code == "not-taken-back"
    told, agreed = added(held), added(held)
    held.give(mf.RecordAnnouncement(told, "2026-11-24"), "sara")
    assert held.refusal(sk.TakeBackMatter(told), "sara").code == "not-taken-back"
    held.give(ur.RecordUnanimity(agreed, "taking_up"))
    refusal = held.refusal(sk.TakeBackMatter(agreed), "sara")
    assert (refusal.code, refusal.cites) == ("not-taken-back", "KL 5:52")
    held.takes_up(agreed)
    assert held.refusal(sk.TakeBackMatter(agreed), "sara").code == "not-taken-back"
    held.give(sk.StrikeMatter())
    assert held.refusal(sk.TakeBackMatter("m9"), "sara").code == "unknown-matter"
    assert held.refusal(sk.TakeBackMatter(told), "m2").code == "not-your-role"
