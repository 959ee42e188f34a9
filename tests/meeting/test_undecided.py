"""Too few to handle anything: the matter is left undecided, the meeting closed, and the minutes say why."""

from __future__ import annotations

from typing import Any

import pytest

from meeting_server.meeting import agenda as ag
from meeting_server.meeting import conflicts as cf
from meeting_server.meeting import deciding as dc
from meeting_server.meeting import divisions as dv
from meeting_server.meeting import elections as el
from meeting_server.meeting import presence as pr
from meeting_server.meeting import presiding as ps
from meeting_server.meeting import reservations as rs
from meeting_server.meeting import sitting as st
from meeting_server.meeting import undecided as ud
from meeting_server.minutes.completeness import content
from meeting_server.minutes.compose import compose
from meeting_server.wire.loglines import log_line
from meeting_server.wire.view import view
from meeting_server.wire.visibility import Viewer
from tests.builders import Hall, hall, under_way
from tests.meeting.electing import opened
from tests.minutes.reading_aloud import as_text

KINDS = [("assembly", "KL 5:45"), ("executive", "KL 6:27")]


def gone(held: Hall, *people: str) -> Hall:
    for one in people:
        held.give(pr.RecordDeparture(one), "sara")
    return held


def told(held: Hall) -> str:
    return as_text(compose(held.log)).replace("\xa0", " ")


def steps(held: Hall) -> Any:
    return view(held.meeting, Viewer("chair", held.chair), held.meeting.at)["steps"]


def need(held: Hall) -> Any:
    [found] = [one for one in steps(held)["needs"] if one["kind"] == "quorum"]
    return found


@pytest.mark.parametrize(("kind", "cites"), KINDS)
def test_a_matter_is_left_undecided_when_too_few_remain_and_the_meeting_is_closed(
    kind: Any, cites: str
) -> None:
    held = gone(under_way(kind=kind).decided().takes_up("m2"), "m3", "m4")
    refusal = held.refusal(ud.LeaveMatter())
    assert refusal.code == "may-be-decided"
    assert "3 av 5 ledamöter är närvarande; minst 3 krävs." in refusal.because
    gone(held, "m5").debate_closed()
    assert held.refusal(dc.PutQuestion()).cites == cites
    assert "Lämna det oavgjort." in held.refusal(st.CloseMeeting()).because
    pause, leave = need(held)["actions"]
    assert (pause["label"], leave["label"]) == ("Ajournera", "Lämna ärendet oavgjort")
    assert (leave["blocked"], leave["dialog"]) == (None, "confirm")
    [warning] = leave["warns"]
    assert warning["code"] == "matter-left"
    assert "2 av 5 ledamöter är närvarande; minst 3 krävs" in warning["because"]
    left, finished = held.give(ud.LeaveMatter())
    assert isinstance(left, ud.MatterLeft)
    assert (left.present, finished) == (("anna", "m2"), ag.MatterFinished("m2"))
    assert [(r.code, r.outcome) for r in left.rulings] == [("quorum", False), ("fully-remote", True)]
    assert (held.meeting.matters["m2"].status, held.meeting.current) == ("left", None)
    assert log_line(held.meeting, left) == "§ 141 lämnas oavgjort."
    assert held.refusal(rs.Reserve("m2"), "m2").code == "not-decided"
    held.give(st.AskForReservations())
    assert [type(event).__name__ for event in held.give(st.CloseMeeting())] == ["MeetingClosed"]
    minutes = compose(held.log)
    [section, *_] = minutes.paragraphs[1].sections
    assert section.heading == "Inte avgjort"
    assert ("ok", "Att ärendet inte avgjordes framgår.") in [
        (one.state, one.text) for one in content(minutes.paragraphs[1], closed=True)
    ]
    assert "Ärendet i § 141 lämnas oavgjort. 2 av 5 ledamöter är närvarande; minst 3 krävs" in told(held)


def test_between_two_matters_the_meeting_is_closed_with_what_is_left_and_why() -> None:
    held = gone(under_way().decided(), "m3", "m4", "m5")
    pause, close = need(held)["actions"]
    assert (pause["label"], close["label"], close["dialog"]) == ("Ajournera", "Avsluta sammanträdet", "close")
    assert held.refusal(st.CloseMeeting()).code == "reservations-not-asked"
    held.give(st.AskForReservations())
    finished, missed, _ = held.give(st.CloseMeeting())
    assert isinstance(missed, ud.QuorumMissed)
    assert (finished, missed.unsettled, missed.present) == (ag.MatterFinished("m1"), ("m2",), ("anna", "m2"))
    assert log_line(held.meeting, missed) == (
        "Sammanträdet kan inte fortsätta. 2 av 5 ledamöter är närvarande; minst 3 krävs för att handlägga "
        "ärendet. 6 kap. 27 § kommunallagen."
    )
    assert "avslutar ordföranden sammanträdet, som inte kan fortsätta. 2 av 5" in told(held)
    assert "1 ärende är inte avgjort." in told(held)


def test_a_meeting_whose_matters_are_done_is_closed_without_a_word_of_who_has_gone() -> None:
    held = gone(under_way().decided().decided("m2"), "m3", "m4", "m5")
    held.give(st.AskForReservations())
    assert "QuorumMissed" not in [type(event).__name__ for event in held.give(st.CloseMeeting())]


@pytest.mark.parametrize(("kind", "cites"), KINDS)
def test_when_too_few_come_the_meeting_is_closed_in_the_roll_call(kind: Any, cites: str) -> None:
    held = hall(kind=kind).in_room("anna", "m2", "m3").opened()
    assert "Avsluta sammanträdet" not in [one["label"] for one in steps(held)["seconds"]]
    gone(held, "m3")
    assert held.refusal(pr.CompleteRollCall()).cites == cites
    assert "Avsluta sammanträdet" in [one["label"] for one in steps(held)["seconds"]]
    missed, _ = held.give(st.CloseMeeting())
    assert isinstance(missed, ud.QuorumMissed)
    assert missed.unsettled == ("m1", "m2")
    minutes = compose(held.log)
    assert "Inget ärende tas upp. 2 av 5 ledamöter är närvarande; minst 3 krävs" in minutes.form_text
    came = {row.person for row in minutes.attendance if row.place != "none"}
    assert {"anna", "m2"} <= came
    assert "m4" not in came


def test_nobody_leaves_a_matter_in_the_middle_of_a_vote() -> None:
    held = gone(under_way().divided(), "m3", "m4", "m5")
    assert held.refusal(ud.LeaveMatter()).code == "division-running"
    held.give(dv.VoidDivision("Inte beslutsför."))
    held.give(ud.LeaveMatter())
    electing = gone(opened("Ada", "Bo"), "m3", "m4", "m5")
    assert electing.refusal(ud.LeaveMatter()).code == "ballot-held"
    electing.give(el.VoidBallot("Inte beslutsför."))
    electing.give(ud.LeaveMatter())
    assert electing.refusal(ud.LeaveMatter()).code == "no-matter"


def test_a_committee_short_for_conflicts_leaves_the_matter_and_goes_on_with_the_next() -> None:
    held = under_way(3, seats=5).takes_up()
    held.give(cf.RecordConflict("m1", "anna"))
    held.give(ps.HandOverChair("m2", matter="m1"))
    assert need(held)["title"] == "Inte beslutsför"
    names = [type(event).__name__ for event in held.give(ud.LeaveMatter(), "m2")]
    assert names == ["MatterLeft", "MatterFinished", "ChairHandedOver"]
    held.decided("m2")
    assert held.meeting.chair == "anna"


def test_an_assembly_short_for_conflicts_may_decide_and_is_not_told_that_more_are_required() -> None:
    held = under_way(3, seats=5, kind="assembly").takes_up()
    held.give(cf.RecordConflict("m1", "m2"))
    refusal = held.refusal(ud.LeaveMatter())
    assert (refusal.code, refusal.cites) == ("may-be-decided", "KL 5:46")
    assert "2 av 5 ledamöter är närvarande. Fatta beslutet" in refusal.because


def test_nothing_is_decided_when_all_are_at_a_distance_where_somebody_must_be_in_the_room() -> None:
    held = hall(distance="some_may").in_room("anna", "m2").remotely("m3", "m4", "m5").roll_call().takes_up()
    held.give(ps.HandOverChair("m3"))
    gone(held, "anna").debate_closed().put().found("m1-p0")
    gone(held, "m2")
    assert held.refusal(dc.Gavel(), "m3").code == "fully-remote"
    assert need(held)["title"] == "Ingen är i salen"
    left, *_ = held.give(ud.LeaveMatter(), "m3")
    assert isinstance(left, ud.MatterLeft)
    assert [(r.code, r.outcome) for r in left.rulings] == [("quorum", True), ("fully-remote", False)]
    assert "Alla 3 närvarande deltar på distans." in left.outcome_text


@pytest.mark.parametrize("about", [{"distance": "all_may"}, {"distance": "some_may", "regime": "kl-2018"}])
def test_where_all_may_be_at_a_distance_they_go_on_deciding(about: Any) -> None:
    held = hall(**about).in_room("anna", "m2").remotely("m3", "m4", "m5").roll_call().takes_up()
    held.give(ps.HandOverChair("m3"))
    gone(held, "anna", "m2").debate_closed().put().found("m1-p0").gavel()
    assert held.meeting.matters["m1"].decision is not None
