"""Who has a place on the wall, with a picture or without."""

from __future__ import annotations

import pytest

from meeting_server.live.floor_policy import desired_room
from meeting_server.live.wall_policy import MISSING, WITHOUT_PART
from meeting_server.media_protocol import Room
from meeting_server.meeting import Actor, conflicts, presence, sitting
from tests.builders import SECRETARY, Hall, hall, members


def room_of(held: Hall) -> Room:
    return desired_room(held.meeting, lambda person: f"p-{person}", halls=(), hall=None, watching={})


def wall(held: Hall) -> dict[str, str]:
    """The notes on the wall by peer; an empty one is a picture."""
    return {tile.peer: tile.note for tile in room_of(held).wall}


def some_remote(kind: str = "executive") -> Hall:
    """Anna presides in the room; m2 and m3 are remote, the rest in the room."""
    held = hall(roster=(*members(6), SECRETARY), kind=kind)
    return held.in_room("anna", "m4", "m5").remotely("m2", "m3").roll_call().takes_up()


def test_those_at_a_distance_are_seen_in_the_order_of_the_roll_and_those_in_the_room_are_not() -> None:
    held = some_remote()
    assert wall(held) == {"p-m2": "", "p-m3": ""}
    assert list(wall(held)) == ["p-m2", "p-m3"]
    assert room_of(held).missing == MISSING


def test_a_place_bears_name_and_party() -> None:
    tile = room_of(some_remote()).wall[0]
    person = some_remote().meeting.people["m2"]
    assert (tile.name, tile.party) == (person.name, person.party)


@pytest.mark.parametrize("kind", ["executive", "assembly"])
def test_whoever_waits_in_the_lobby_has_no_place(kind: str) -> None:
    held = some_remote(kind).in_lobby("m6")
    assert held.meeting.presence["m6"].state == "lobby"
    assert "p-m6" not in wall(held)


def test_a_broken_line_leaves_a_place_without_a_picture_until_the_chair_has_confirmed_again() -> None:
    held = some_remote().loses_link("m2")
    assert wall(held) == {"p-m2": "Bruten", "p-m3": ""}
    held.give(presence.RestoreLink("m2"), Actor(None, is_system=True))
    assert wall(held) == {"p-m2": "Återkommer", "p-m3": ""}
    held.give(presence.ConfirmIdentity("m2", "known"))
    assert wall(held) == {"p-m2": "", "p-m3": ""}


@pytest.mark.parametrize("kind", ["executive", "assembly"])
def test_a_disqualified_member_is_not_seen(kind: str) -> None:
    held = some_remote(kind)
    held.give(conflicts.DeclareConflict("m1", "Egen sak."), "m2")
    assert wall(held)["p-m2"] == WITHOUT_PART


def test_whoever_has_left_has_no_place() -> None:
    held = some_remote()
    held.give(presence.Depart(), "m2")
    assert list(wall(held)) == ["p-m3"]


def test_there_is_no_wall_in_a_pause() -> None:
    held = some_remote()
    held.give(sitting.PauseMeeting(10, None))
    assert not room_of(held).wall
