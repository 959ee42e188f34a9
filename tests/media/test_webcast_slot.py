"""The webcast's encoder plays by WHEP: it gets the best of those who are heard, and nothing when told so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from meeting_server import media_protocol as mp
from tests.media.member import Ear, Member, eventually
from tests.media.player import Player

Invite = Callable[[str], Awaitable[Member]]


def a_room(*feeding: str, is_odd: bool = False, encoder_may: bool = True) -> mp.Room:
    """Anna has the floor; the hall; the encoder e1. `is_odd` turns the hall's hint, to be waited for."""
    peers = (
        mp.PeerState("anna", may_receive=True, may_send=True),
        mp.PeerState("hall", may_receive=True, may_send=True, full=is_odd),
        mp.PeerState("e1", may_receive=encoder_may, may_send=True),
    )
    return mp.Room("m1", peers, floor="anna", webcast=feeding)


async def become(ear: Ear, room: mp.Room) -> None:
    """Make it the state, and wait until media has it."""
    since = len(ear.events)
    [is_full] = [peer.full for peer in room.peers if peer.peer == "hall"]
    ear.link.set_room(room)
    await ear.until(mp.Hint, lambda hint: hint.peer == "hall" and hint.full == is_full, since)


@pytest.fixture
async def invite(ear: Ear) -> AsyncIterator[Invite]:
    """Lets a member in; everybody is sent home afterwards."""
    here: list[Member] = []

    async def let_in(name: str) -> Member:
        member = Member(ear, "m1", name)
        here.append(member)
        await member.join()
        return member

    yield let_in
    for member in here:
        await member.leave()


@pytest.fixture
async def encoder(ear: Ear) -> AsyncIterator[Player]:
    """An encoder that has not connected."""
    made = Player(ear, "webcast")
    yield made
    await made.leave()


async def sends(member: Member) -> None:
    """A key frame of two packets and four packets of sound."""
    await member.show("full", is_key=True)
    for _ in range(4):
        await member.speak()


async def hears(encoder: Player, number: int) -> None:
    await eventually(lambda: encoder.packets == number)


async def test_the_encoder_gets_picture_and_sound_of_the_best_that_is_heard(
    ear: Ear, invite: Invite, encoder: Player
) -> None:
    ear.link.set_room(a_room("anna", "hall"))
    anna, hall = await invite("anna"), await invite("hall")
    await encoder.play("m1", "e1")
    await sends(anna)
    await hears(encoder, 6)
    assert len(encoder.got) == 2, "one payload type for sound, one for pictures"
    await sends(hall)
    await sends(anna)
    await hears(encoder, 12)
    await become(ear, a_room("hall", is_odd=True))
    await sends(hall)
    await hears(encoder, 18)


async def test_when_the_best_falls_silent_the_next_is_seen(ear: Ear, invite: Invite, encoder: Player) -> None:
    ear.link.set_room(a_room("anna", "hall"))
    anna, hall = await invite("anna"), await invite("hall")
    await encoder.play("m1", "e1")
    await sends(anna)
    await hears(encoder, 6)
    before = dict(encoder.got)
    async with asyncio.timeout(15):  # the hall goes on sending; anna is given up after a second of silence
        while not all(encoder.got[kind] > number for kind, number in before.items()):
            await sends(hall)
            await asyncio.sleep(0.05)


async def test_nothing_goes_to_the_encoder_while_nothing_is_webcast_or_it_may_not_receive(
    ear: Ear, invite: Invite, encoder: Player
) -> None:
    ear.link.set_room(a_room("anna"))
    anna, hall = await invite("anna"), await invite("hall")
    await encoder.play("m1", "e1")
    await sends(anna)
    await hears(encoder, 6)
    for stopped in (a_room(is_odd=True), a_room("anna", encoder_may=False)):
        await become(ear, stopped)
        before = len(hall.received["floor", "audio"])
        await sends(anna)
        await eventually(lambda before=before: len(hall.received["floor", "audio"]) == before + 4)  # type: ignore[misc]
        assert encoder.packets == 6
    await become(ear, a_room("anna", is_odd=True))
    await sends(anna)
    await hears(encoder, 12)
