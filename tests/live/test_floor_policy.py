"""Who is forwarded to whom: the floor, the chair and the hall, and nobody to one who must be without."""

from __future__ import annotations

import pytest

from meeting_server.live.floor_policy import Interpreting, View, desired_room
from meeting_server.media_protocol import Channel, PeerState, Room
from meeting_server.meeting import conflicts, debate, doors, presence, sitting, webcasting
from tests.builders import SECRETARY, Hall, hall, members, under_way


def room_of(held: Hall, *, halls: tuple[str, ...] = (), feeds: str | None = None, **watching: str) -> Room:
    return desired_room(
        held.meeting, lambda person: f"p-{person}", halls=halls, hall=feeds, watching=watching
    )


def peer(room: Room, person: str) -> PeerState:
    return next(each for each in room.peers if each.peer == f"p-{person}")


def some_remote(kind: str = "executive") -> Hall:
    """Anna presides in the room; m2 is remote, the rest in the room."""
    held = hall(roster=(*members(5), SECRETARY), kind=kind)
    return held.in_room("anna", "m3", "m4", "m5").remotely("m2").roll_call().takes_up()


def test_the_chair_feeds_the_chair_slot_and_nobody_has_the_floor_before_it_is_given() -> None:
    room = room_of(some_remote())
    assert (room.chair, room.floor, room.hall) == ("p-anna", None, None)


def test_a_remote_speaker_feeds_the_floor_slot_until_it_ends() -> None:
    held = some_remote()
    held.give(debate.GiveFloor(None, "m2"))
    assert room_of(held).floor == "p-m2"
    held.give(debate.EndFloor())
    assert room_of(held).floor is None


def test_a_speaker_in_the_room_is_heard_through_the_hall() -> None:
    held = some_remote()
    held.give(debate.GiveFloor(None, "m3"))
    room = room_of(held, halls=("h1", "h2"), feeds="h1")
    assert (room.floor, room.hall) == (None, "h1")


def test_the_microphone_is_wanted_from_who_is_on_the_list_and_nobody_else() -> None:
    held = some_remote()
    held.give(debate.RequestFloor("speech"), "m2")
    room = room_of(held)
    assert [each.peer for each in room.peers if each.mic] == ["p-anna", "p-m2"]


@pytest.mark.parametrize("phase", ["convened", "paused"])
def test_nothing_is_on_the_air_before_the_meeting_and_in_a_pause(phase: str) -> None:
    held = hall() if phase == "convened" else some_remote()
    if phase == "paused":
        held.give(sitting.PauseMeeting(10, None))
    assert held.meeting.phase == phase
    room = room_of(held, halls=("h1",), feeds="h1")
    assert (room.floor, room.chair, room.hall) == (None, None, None)
    assert not any(each.mic for each in room.peers)


@pytest.mark.parametrize(("kind", "follows"), [("executive", False), ("assembly", True)])
def test_in_a_committee_the_lobby_hears_nothing_and_an_assembly_is_public(kind: str, follows: bool) -> None:
    held = hall(roster=(*members(5), SECRETARY), kind=kind)
    held.give(presence.EnterLobby(), "m2")
    assert peer(room_of(held), "m2").may_receive is follows


def test_somebody_in_a_committees_lobby_hears_while_the_chair_looks_at_them() -> None:
    held = hall()
    held.give(presence.EnterLobby(), "m2")
    room = room_of(held, anna="m2")
    assert peer(room, "m2").may_receive
    assert peer(room, "anna").watch == "p-m2"


def test_only_the_chair_and_the_secretary_may_look_at_somebodys_own_picture() -> None:
    held = some_remote()
    room = room_of(held, m3="m2", sara="m2", anna="m3")
    assert peer(room, "m3").watch is None
    assert peer(room, "sara").watch == "p-m2"
    assert peer(room, "anna").watch is None, "m3 is in the room and has no picture of their own"


@pytest.mark.parametrize(("kind", "follows"), [("executive", False), ("assembly", True)])
def test_a_disqualified_member_of_a_committee_is_cut_off_and_one_of_an_assembly_is_not(
    kind: str, follows: bool
) -> None:
    held = some_remote(kind)
    assert peer(room_of(held), "m2").may_receive
    held.give(conflicts.DeclareConflict("m1", "Egen sak."), "m2")
    assert peer(room_of(held), "m2").may_receive is follows


def test_somebody_who_has_left_a_committee_hears_no_more() -> None:
    held = some_remote()
    held.give(presence.Depart(), "m2")
    assert not peer(room_of(held), "m2").may_receive


def test_the_hall_screens_always_follow() -> None:
    room = room_of(under_way(), halls=("h1", "h2"), feeds="h2")
    halls = [each for each in room.peers if each.peer.startswith("h")]
    assert [(each.peer, each.may_receive, each.mic) for each in halls] == [
        ("h1", True, False),
        ("h2", True, True),
    ]


def test_the_next_on_the_list_warms_up_the_full_picture_and_only_one_at_a_distance() -> None:
    held = some_remote()
    held.give(debate.RequestFloor("speech"), "m3")
    held.give(debate.RequestFloor("speech"), "m2")
    assert not any(each.full for each in room_of(held).peers)  # m3 is next, and in the room
    held.give(debate.GiveFloor(held.meeting.debate.queue[0].id))
    assert [each.peer for each in room_of(held).peers if each.full] == ["p-m2"]
    held.give(debate.GiveFloor(held.meeting.debate.queue[0].id))
    assert not any(each.full for each in room_of(held).peers)  # has the floor, which says it all


def test_the_wall_goes_to_the_pages_that_show_it() -> None:
    held = some_remote()
    room = desired_room(
        held.meeting,
        lambda person: f"p-{person}",
        halls=("h1", "h2"),
        hall=None,
        watching={},
        walls={"p-m3", "h2"},
    )
    assert [each.peer for each in room.peers if each.wall] == ["p-m3", "h2"]


@pytest.mark.parametrize(
    ("view", "speaker", "shows"),
    [
        (None, "m2", None),
        ("floor", None, ("chair",)),
        ("floor", "m2", ("floor",)),
        ("floor", "m3", ("hall",)),
        ("chair", "m2", ("chair",)),
        ("hall", "m2", ("hall",)),
        ("wall", "m2", ("wall",)),
    ],
)
def test_a_page_is_sent_the_picture_it_shows(
    view: View | None, speaker: str | None, shows: tuple[str, ...] | None
) -> None:
    held = some_remote()
    if speaker is not None:
        held.give(debate.GiveFloor(None, speaker))
    room = desired_room(
        held.meeting,
        lambda person: f"p-{person}",
        halls=("h1",),
        hall="h1",
        watching={},
        views={} if view is None else {"p-m4": view},
    )
    assert peer(room, "m4").shows == shows
    assert {each.shows for each in room.peers if each.peer != "p-m4"} == {None}


def encoder_of(held: Hall, feeds: str | None = "h1") -> tuple[PeerState, Room]:
    room = desired_room(
        held.meeting,
        lambda person: f"p-{person}",
        halls=("h1", "e1"),
        hall=feeds,
        watching={},
        encoders={"e1"},
    )
    return next(each for each in room.peers if each.peer == "e1"), room


def test_the_encoder_is_sent_nothing_before_the_webcast_is_started_nor_once_it_is_stopped() -> None:
    held = some_remote("assembly")
    before, room = encoder_of(held)
    assert (before.may_receive, room.webcast) == (False, ())
    held.give(webcasting.StartWebcast(understood=True))
    during, room = encoder_of(held)
    assert (during.may_receive, room.webcast) == (True, ("h1", "p-anna"))
    assert next(each for each in room.peers if each.peer == "h1").may_receive
    held.give(webcasting.StopWebcast())
    after, room = encoder_of(held)
    assert (after.may_receive, room.webcast) == (False, ())


def test_the_encoder_is_sent_who_has_the_floor_at_a_distance_else_the_hall_else_the_chair() -> None:
    held = some_remote("assembly")
    held.give(webcasting.StartWebcast(understood=True))
    held.give(debate.GiveFloor(None, "m3"))
    assert encoder_of(held)[1].webcast == ("h1", "p-anna")
    held.give(debate.EndFloor())
    held.give(debate.GiveFloor(None, "m2"))
    assert encoder_of(held)[1].webcast == ("p-m2", "h1", "p-anna")
    held.give(debate.EndFloor())
    assert encoder_of(held, feeds=None)[1].webcast == ("p-anna",)
    held.give(sitting.PauseMeeting(10, None))
    assert encoder_of(held)[1].webcast == ()


def test_closed_doors_stop_the_encoder_also_when_they_open_again() -> None:
    held = some_remote("assembly")
    held.give(webcasting.StartWebcast(understood=True))
    held.give(doors.CloseDoors())
    shut, room = encoder_of(held)
    assert (shut.may_receive, room.webcast) == (False, ())
    held.give(doors.OpenDoors())
    opened, room = encoder_of(held)
    assert (opened.may_receive, room.webcast) == (False, ())


INTERPRETING = Interpreting(
    sign="e1",
    channels=(Channel("engelska", "e2"),),
    listening={"p-m2": "engelska", "p-m3": "finska"},
    seeing=frozenset({"p-m2", "h1"}),
)


def interpreted(held: Hall) -> Room:
    return desired_room(
        held.meeting,
        lambda person: f"p-{person}",
        halls=("h1", "e1", "e2"),
        hall=None,
        watching={},
        interpreting=INTERPRETING,
    )


def test_interpreters_go_to_those_who_have_asked() -> None:
    room = interpreted(some_remote())
    assert (room.sign, room.channels) == ("e1", (Channel("engelska", "e2"),))
    assert [each.peer for each in room.peers if each.sign] == ["p-m2", "h1"]
    assert {each.peer: each.channel for each in room.peers if each.channel} == {
        "p-m2": "engelska",
        "p-m3": "finska",
    }


def test_nobody_interprets_in_a_pause() -> None:
    held = some_remote()
    held.give(sitting.PauseMeeting(10, None))
    room = interpreted(held)
    assert (room.sign, room.channels) == (None, ())


def test_who_is_cut_off_is_cut_off_from_the_interpreters_too() -> None:
    held = some_remote()
    held.give(conflicts.DeclareConflict("m1", "Egen sak."), "m2")
    m2 = peer(interpreted(held), "m2")
    assert m2.sign
    assert not m2.may_receive  # which is what the media process goes by, line by line


def test_behind_closed_doors_an_interpreter_is_sent_nothing_and_may_still_send() -> None:
    held = some_remote("assembly")
    held.give(doors.CloseDoors())
    room = interpreted(held)
    states = {each.peer: (each.may_receive, each.may_send) for each in room.peers if each.peer[0] in "he"}
    assert states == dict.fromkeys(("h1", "e1", "e2"), (False, True))
    assert room.sign == "e1"


def test_a_members_page_in_the_hall_takes_interpreters_alone_and_sends_nothing() -> None:
    held = some_remote()
    held.give(debate.RequestFloor("speech"), "m3")
    held.give(debate.RequestFloor("speech"), "m2")
    pages = {"p-anna": "console", "p-m2": "member", "p-m3": "member"}
    room = desired_room(
        held.meeting,
        lambda person: f"p-{person}",
        halls=(),
        hall=None,
        watching={},
        walls={"p-m2", "p-m3"},
        interpreting=Interpreting("s1", (Channel("finska", "f1"),), {"p-m3": "finska"}, {"p-m3"}),
        on_member_pages={each for each, page in pages.items() if page == "member"},
    )
    here = peer(room, "m3")
    assert here == PeerState("p-m3", True, False, sign=True, channel="finska", interpreters_only=True)
    home = peer(room, "m2")
    assert (home.may_send, home.mic, home.wall, home.interpreters_only) == (True, True, True, False)
    assert not peer(room, "anna").interpreters_only  # presides by the console
    assert peer(room, "anna").may_send
