"""Closed doors: decided for one matter's debate, who may stay, and open before anything is decided."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from meeting_server.live.floor_policy import desired_room, may_follow
from meeting_server.meeting import agenda as ag
from meeting_server.meeting import conflicts as cf
from meeting_server.meeting import debate as db
from meeting_server.meeting import deciding as dc
from meeting_server.meeting import doors as do
from meeting_server.meeting import elections as el
from meeting_server.meeting import presence as pr
from meeting_server.meeting import proposals as pp
from meeting_server.meeting.counting import is_cut_off
from meeting_server.minutes.compose import compose
from meeting_server.wire.events import visible
from meeting_server.wire.loglines import log_line
from meeting_server.wire.view import view
from meeting_server.wire.visibility import Viewer
from tests.builders import SECRETARY, Hall, hall, matter, members, person, under_way
from tests.minutes.reading_aloud import as_text

GUESTS = (person("gun", None, "attendee", 0), person("per", None, "attendee", 0))
ROSTER = (*members(5), person("eva", "A", "substitute", 1), SECRETARY, *GUESTS)


def assembly(**about: Any) -> Hall:
    return under_way(roster=ROSTER, kind="assembly", **about).in_room("eva", "gun", "per").takes_up()


def seen(held: Hall, role: Any, one: str | None = None) -> Any:
    return view(held.meeting, Viewer(role, one), held.meeting.at)


def test_members_and_substitutes_stay_and_of_the_others_those_let_stay() -> None:
    held = assembly()
    held.give(cf.DeclareConflict("m1"), "m2")
    assert not is_cut_off(held.meeting, "m2")
    [closed] = held.give(do.CloseDoors(("per",)))
    assert isinstance(closed, do.DoorsClosed)
    assert [(r.code, r.outcome) for r in closed.rulings] == [
        ("quorum-with-conflict", True),
        ("closed-doors", True),
    ]
    out = {one for one in held.meeting.people if is_cut_off(held.meeting, one)}
    assert out == {"gun", "m2"}
    assert not is_cut_off(held.meeting, "stranger")
    held.give(do.OpenDoors())
    assert not is_cut_off(held.meeting, "gun")


@pytest.mark.parametrize("one", ["m2", "m5", "m6", "m7"])
def test_whoever_has_not_come_to_the_meeting_is_of_the_public_when_the_doors_are_closed(one: str) -> None:
    first, *others = members(9)
    roster = (first, replace(others[0], presidium="first_vice_chair"), *others[1:], SECRETARY)
    held = hall(roster=roster, kind="assembly", remote_identity="eid")
    held.in_room("anna", "m3", "m4", "m8", "m9")
    held.give(pr.EnterLobby(), "m2")  # of the presidium, at home
    held.give(pr.FollowAsViewer(), "m5")  # with a login too weak to take part
    held.give(pr.RecordAbsence("m6"), "sara")
    held.roll_call().takes_up()
    assert held.meeting.presence[one].identity is None
    assert not is_cut_off(held.meeting, one)
    assert may_follow(held.meeting, one, is_watched=False)
    held.give(do.CloseDoors())
    assert is_cut_off(held.meeting, one)
    assert not may_follow(held.meeting, one, is_watched=False)
    assert seen(held, "member", one)["me"]["cut_off"]["doors"]
    assert seen(held, "member", one)["debate"] is None
    assert seen(held, "member", "m3")["debate"] is not None
    held.give(do.OpenDoors())
    assert not is_cut_off(held.meeting, one)


def test_the_body_may_let_a_viewer_stay_and_a_viewer_who_leaves_hears_no_more_than_before() -> None:
    held = hall(roster=ROSTER, kind="assembly", remote_identity="eid").in_room("anna", "m2", "m3")
    held.give(pr.FollowAsViewer(), "m4")
    held.give(pr.FollowAsViewer(), "eva")
    held.roll_call().takes_up().give(do.CloseDoors(("m4",)))
    assert (is_cut_off(held.meeting, "m4"), is_cut_off(held.meeting, "eva")) == (False, True)
    held.give(pr.Depart(), "eva")
    assert is_cut_off(held.meeting, "eva")


def test_the_hall_screen_and_the_shut_out_are_told_nothing_but_that_the_doors_are_closed() -> None:
    held = assembly()
    held.give(do.CloseDoors())
    [made] = held.give(pp.Propose("counter", "Hemligt."), "m2")
    for viewer in (Viewer("hall"), Viewer("member", "gun")):
        assert visible(made, viewer, held.meeting) is None
        assert visible(do.DoorsClosed("m1", (), ()), viewer, held.meeting) is not None
        sections = seen(held, viewer.role, viewer.person)
        assert sections["meeting"]["doors_closed"]
        assert (sections["debate"], sections["matter"]["proposals"]) == (None, [])
    assert visible(made, Viewer("member", "eva"), held.meeting) == made
    assert seen(held, "member", "gun")["me"]["cut_off"]["cites"] == "KL 5:42"
    assert len(seen(held, "member", "eva")["matter"]["proposals"]) == 2


def test_the_hall_screen_gets_no_pictures_and_still_sends_to_those_at_home() -> None:
    held = assembly()
    held.give(do.CloseDoors())
    room = desired_room(held.meeting, str, halls=("h1",), hall="h1", watching={})
    peers = {each.peer: each for each in room.peers}
    assert (peers["h1"].may_receive, peers["h1"].may_send, room.hall) == (False, True, "h1")
    assert (peers["gun"].may_receive, peers["m2"].may_receive) == (False, True)


def test_nothing_is_decided_behind_closed_doors_before_the_chair_has_been_warned() -> None:
    held = assembly()
    held.give(do.CloseDoors())
    held.debate_closed()
    refused = held.refusal(dc.PutQuestion())
    assert (refused.code, refused.cites, refused.short) == ("doors-closed", "KL 5:42", "Öppna dörrarna först")
    primary = seen(held, "chair", "anna")["steps"]["primary"]
    assert (primary["label"], primary["blocked"]) == ("Öppna dörrarna", None)
    held.give(do.OpenDoors())
    held.put()


def test_the_chair_may_go_on_to_the_decision_behind_closed_doors_and_it_carries_the_warning() -> None:
    held = assembly()
    held.give(do.CloseDoors())
    held.debate_closed()
    [passing] = [
        one for one in seen(held, "chair", "anna")["steps"]["seconds"] if one["label"].startswith("Gå vidare")
    ]
    assert (passing["key"], passing["blocked"]) == ("D", None)
    [left] = held.give(do.DecideBehindDoors())
    assert isinstance(left, do.DoorsLeftClosed)
    assert [(r.code, r.cites, r.outcome) for r in left.rulings] == [
        ("decided-in-public", "KL 5:42 st. 1", False)
    ]
    assert log_line(held.meeting, left) == "Beslut i § 140 fattas inom stängda dörrar."
    assert seen(held, "chair", "anna")["steps"]["primary"]["label"] == "Ställ proposition"
    assert held.refusal(do.DecideBehindDoors()).code == "nothing-to-pass"
    held.put().found("m1-p0")
    [decided] = held.give(dc.Gavel())
    assert isinstance(decided, dc.MatterDecided)
    assert ("decided-in-public", False) in [(r.code, r.outcome) for r in decided.rulings]
    told = as_text(compose(held.log))
    assert "går ordföranden till beslut utan att dörrarna har öppnats (5 kap. 42 §" in told.replace(
        "\xa0", " "
    )


def test_a_decision_with_open_doors_carries_no_such_ruling_and_the_doors_are_asked_about_anew() -> None:
    held = assembly()
    held.give(do.CloseDoors())
    held.debate_closed().give(do.DecideBehindDoors())
    held.give(do.OpenDoors())
    held.give(db.ReopenDebate())
    held.give(do.CloseDoors())
    held.debate_closed()
    assert held.refusal(dc.PutQuestion()).code == "doors-closed"
    held.give(do.OpenDoors())
    held.put().found("m1-p0")
    [decided] = held.give(dc.Gavel())
    assert isinstance(decided, dc.MatterDecided)
    assert "decided-in-public" not in [r.code for r in decided.rulings]


def test_only_where_the_doors_are_to_be_open_is_there_anything_to_pass() -> None:
    held = assembly()
    assert held.refusal(do.DecideBehindDoors()).code == "nothing-to-pass"
    committee = under_way(publicity="public").takes_up()
    committee.give(do.CloseDoors())
    assert committee.refusal(do.DecideBehindDoors()).code == "nothing-to-pass"
    committee.debate_closed().put()


def test_a_vote_taken_behind_closed_doors_is_confirmed_with_the_warning() -> None:
    held = assembly()
    held.proposal("m2")
    held.give(do.CloseDoors())
    held.debate_closed().give(do.DecideBehindDoors())
    held.put().found("m1-p0").demanded("m2").division_opened()
    held.votes(anna="yes", m2="no", m3="yes", m4="yes", m5="no").division_closed()
    _, decided = held.give(dc.Gavel())
    assert isinstance(decided, dc.MatterDecided)
    assert "decided-in-public" in [r.code for r in decided.rulings]


def test_an_election_behind_closed_doors_is_warned_of_too() -> None:
    held = assembly(agenda=(matter("m1", "election"),))
    held.give(el.Nominate("Ada"), "m2")
    held.give(do.CloseDoors())
    held.debate_closed()
    held.give(el.FindElected(("m1-n1",)))
    assert held.refusal(el.ConfirmElection()).code == "doors-closed"
    held.give(do.DecideBehindDoors())
    [decided] = held.give(el.ConfirmElection())
    assert isinstance(decided, el.ElectionDecided)
    assert "decided-in-public" in [r.code for r in decided.rulings]


def test_information_is_not_noted_behind_closed_doors_without_the_warning() -> None:
    held = assembly(agenda=(matter("m1", "information"),))
    held.give(do.CloseDoors())
    assert held.refusal(ag.NoteMatter()).code == "doors-closed"
    held.give(do.DecideBehindDoors())
    [noted] = held.give(ag.NoteMatter())
    assert isinstance(noted, ag.MatterNoted)
    assert [r.code for r in noted.rulings] == ["decided-in-public"]


def test_the_doors_are_closed_once_during_the_debate_and_only_where_the_public_may_come() -> None:
    held = assembly()
    assert held.refusal(do.OpenDoors()).code == "doors-open"
    assert held.refusal(do.CloseDoors(("nobody",))).code == "not-on-roster"
    held.give(do.CloseDoors())
    assert held.refusal(do.CloseDoors()).code == "doors-closed"
    held.give(do.OpenDoors())
    held.debate_closed()
    assert held.refusal(do.CloseDoors()).code == "debate-closed"
    committee = under_way().takes_up()
    assert committee.refusal(do.CloseDoors()).code == "not-public"
    labels = [step["label"] for step in seen(committee, "chair", "anna")["steps"]["seconds"]]
    assert "Stäng dörrarna" not in labels


def test_the_chair_is_offered_what_fits() -> None:
    held = assembly()
    for label, then in (("Stäng dörrarna", do.CloseDoors()), ("Öppna dörrarna", do.OpenDoors())):
        assert label in [step["label"] for step in seen(held, "chair", "anna")["steps"]["seconds"]]
        held.give(then)


def test_whoever_is_shut_out_gets_no_place_on_the_speakers_list() -> None:
    held = assembly()
    held.give(do.CloseDoors(("per",)))
    held.give(db.AddSpeaker("per", "speech"))
    refused = held.refusal(db.AddSpeaker("gun", "speech"))
    assert (refused.code, refused.cites) == ("shut-out", "KL 5:42")
    held.give(do.OpenDoors())
    held.give(db.AddSpeaker("gun", "speech"))
