"""What a page is spared because it shows something else, and that it is never left without a picture."""

from __future__ import annotations

from typing import Any

import pytest

from meeting_server import media_protocol as mp
from meeting_server.media.program import PROGRAM, unshown
from tests.media.member import Ear, Invite, Member, eventually

TILES = (mp.Tile("anna", "Anna"),)
PROGRAM_OF: dict[str, Any] = {"floor": "anna", "chair": "bo", "hall": "h1"}


@pytest.mark.parametrize(
    ("shows", "without_camera", "has_wall", "spared"),
    [
        (None, (), True, set()),
        (("floor",), (), True, {"chair", "hall"}),
        (("chair",), (), True, {"floor", "hall"}),
        (("hall",), (), True, {"floor", "chair"}),
        (("wall",), (), True, {"floor", "chair", "hall"}),
        (("wall",), (), False, set()),
        ((), (), True, set()),
        # Nobody feeds what it shows: everything there is.
        (("floor",), ("anna",), True, set()),
        (("chair",), ("bo",), True, set()),
        (("hall",), ("h1",), True, set()),
        (("floor",), ("bo", "h1"), True, {"chair", "hall"}),
    ],
)
def test_a_peer_is_spared_what_it_does_not_show_where_what_it_shows_comes(
    shows: tuple[str, ...] | None, without_camera: tuple[str, ...], has_wall: bool, spared: set[str]
) -> None:
    room = mp.Room("m1", (), wall=TILES, **PROGRAM_OF)
    cia = mp.PeerState("cia", True, True, shows=shows)
    found = unshown(room, cia, lambda peer: peer not in without_camera, has_wall=has_wall)
    assert set(found) == {PROGRAM[name] for name in spared}


@pytest.mark.parametrize(("holder", "spared"), [("anna", set()), ("cia", {"chair", "hall"})])
def test_who_feeds_what_he_shows_is_sent_the_others(holder: str, spared: set[str]) -> None:
    """`holder` is the peer asked about: anna is the one on the floor."""
    room = mp.Room("m1", (), **PROGRAM_OF)
    found = unshown(room, mp.PeerState(holder, True, True, shows=("floor",)), lambda _: True, has_wall=False)
    assert set(found) == {PROGRAM[name] for name in spared}


@pytest.mark.parametrize("without", ["floor", "chair", "hall", "wall"])
def test_what_nobody_holds_cannot_be_shown(without: str) -> None:
    held = {name: peer for name, peer in PROGRAM_OF.items() if name != without}
    room = mp.Room("m1", (), wall=() if without == "wall" else TILES, **held)
    cia = mp.PeerState("cia", True, True, shows=(without,))
    assert not unshown(room, cia, lambda _: True, has_wall=True)


# ---- with real members ----


def a_room(**shows: tuple[str, ...] | None) -> mp.Room:
    """Anna has the floor and bo presides; the others show what is said."""
    peers = tuple(mp.PeerState(name, True, True, shows=shown) for name, shown in shows.items())
    everybody = (mp.PeerState("anna", True, True), mp.PeerState("bo", True, True), *peers)
    return mp.Room("m1", everybody, floor="anna", chair="bo")


async def test_a_page_gets_every_sound_and_the_picture_it_shows(ear: Ear, invite: Invite) -> None:
    ear.link.set_room(a_room(cia=("chair",), dan=("floor",), eva=None, fia=("hall",)))
    anna, bo = await invite("anna"), await invite("bo")
    cia, dan, eva, fia = [await invite(name, publish=False) for name in ("cia", "dan", "eva", "fia")]

    async def talk(pictures: int) -> None:
        for member in (anna, bo):
            for index in range(pictures):
                await member.show("full", is_key=index == 0)
            await member.speak()

    def pictures(member: Member) -> tuple[int, int]:
        return len(member.received["floor", "video"]), len(member.received["chair", "video"])

    await talk(4)
    # There is no hall: who shows it gets everything, as does a page that has not said what it shows.
    expected = {"cia": (0, 8), "dan": (8, 0), "eva": (8, 8), "fia": (8, 8)}
    for member in (cia, dan, eva, fia):
        await eventually(lambda member=member: pictures(member) == expected[member.name])  # type: ignore[misc]
        for slot in ("floor", "chair"):
            await eventually(lambda m=member, s=slot: len(m.received[s, "audio"]) == 1)  # type: ignore[misc]

    asked = anna.wishes("full")
    ear.link.set_room(a_room(cia=("floor",), dan=("floor",), eva=None, fia=("hall",)))
    await eventually(lambda: anna.wishes("full") > asked)  # a newcomer begins at a key frame
    await talk(4)
    await eventually(lambda: pictures(eva) == (16, 16))
    await eventually(lambda: (pictures(cia), pictures(dan)) == ((8, 8), (16, 0)))
    asked = bo.wishes("full")
    ear.link.set_room(a_room(cia=("chair",), dan=("floor",), eva=None, fia=("hall",)))
    await eventually(lambda: bo.wishes("full") > asked)
    await talk(4)
    await eventually(lambda: (pictures(eva), pictures(cia)) == ((24, 24), (8, 16)))
    found = [each.sequence for each in cia.received["chair", "video"]]
    assert found == list(range(found[0], found[0] + 16))
