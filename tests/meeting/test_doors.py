"""Closed doors: decided for one matter's debate, who may stay, and open before anything is decided."""

from __future__ import annotations

from typing import Any

from meeting_server.live.floor_policy import desired_room
from meeting_server.meeting import agenda as ag
from meeting_server.meeting import conflicts as cf
from meeting_server.meeting import debate as db
from meeting_server.meeting import deciding as dc
from meeting_server.meeting import doors as do
from meeting_server.meeting import proposals as pp
from meeting_server.meeting.counting import is_cut_off
from meeting_server.wire.events import visible
from meeting_server.wire.view import view
from meeting_server.wire.visibility import Viewer
from tests.builders import SECRETARY, Hall, matter, members, person, under_way

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


def test_nothing_is_decided_behind_closed_doors() -> None:
    held = assembly()
    held.give(do.CloseDoors())
    held.debate_closed()
    refused = held.refusal(dc.PutQuestion())
    assert (refused.code, refused.cites, refused.short) == ("doors-closed", "KL 5:42", "Öppna dörrarna först")
    primary = seen(held, "chair", "anna")["steps"]["primary"]
    assert (primary["label"], primary["blocked"]) == ("Öppna dörrarna", None)
    held.give(do.OpenDoors())
    held.put()


def test_information_is_not_noted_behind_closed_doors() -> None:
    held = assembly(agenda=(matter("m1", "information"),))
    held.give(do.CloseDoors())
    assert held.refusal(ag.NoteMatter()).code == "doors-closed"


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
