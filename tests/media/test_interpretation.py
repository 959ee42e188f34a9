"""The sign language interpreter's picture and the spoken channels: to those who have asked and no others."""

from __future__ import annotations

import asyncio
import itertools
import socket
import struct
from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from aiortc import RTCPeerConnection, RTCSessionDescription

from meeting_server import media_protocol as mp
from meeting_server.media import rtcp
from meeting_server.media.downtrack import DownTrack
from meeting_server.media.fanout import Row, SendTable
from meeting_server.media.lines import CHANNEL, LINES
from meeting_server.media.reception import Arrival
from meeting_server.media.sdp import DownStream, UpStream
from meeting_server.media.slot import Slot
from meeting_server.media.uptrack import UpTrack
from tests.media.member import UP, Ear, Heard, Invite, Member, _never, eventually
from tests.media.player import Player

ENGLISH, FINNISH = mp.Channel("engelska", "erik"), mp.Channel("finska", "fia")
ROOM = mp.Room(
    "m1",
    tuple(mp.PeerState(name, True, True) for name in ("erik", "fia", "tage", "anna", "bo")),
    sign="tage",
    channels=(ENGLISH, FINNISH),
)
SOUND, SIGN = ("channel", "audio"), ("sign", "video")


def with_wishes(room: mp.Room = ROOM, **wishes: dict[str, Any]) -> mp.Room:
    """The room, where these people's states are changed so."""
    return replace(room, peers=tuple(replace(each, **wishes.get(each.peer, {})) for each in room.peers))


async def settled(ear: Ear) -> None:
    """Until the media process has taken what it was told before: a second's report comes after it."""
    await ear.until(mp.QualityReport, since=len(ear.events))


async def talk(interpreter: Member, times: int = 4) -> None:
    for _ in range(times):
        await interpreter.speak()


def is_unbroken(heard: list[Heard]) -> bool:
    """One numbering without a gap, and time that only goes forward."""
    steps = [(b.sequence - a.sequence) & 0xFFFF for a, b in itertools.pairwise(heard)]
    times = [(b.timestamp - a.timestamp) & 0xFFFFFFFF for a, b in itertools.pairwise(heard)]
    return set(steps) == {1} and all(0 < each < 0x80000000 for each in times)


async def test_a_channel_is_heard_by_who_has_chosen_it_and_by_nobody_else(ear: Ear, invite: Invite) -> None:
    ear.link.set_room(with_wishes(anna={"channel": "engelska"}, bo={"channel": "finska"}))
    erik, fia, anna, bo, tage = [await invite(name) for name in ("erik", "fia", "anna", "bo", "tage")]
    await settled(ear)
    await talk(erik)
    await talk(fia, 6)
    await eventually(lambda: len(anna.received[SOUND]) == 4 and len(bo.received[SOUND]) == 6)
    assert not any(each.received for each in (erik, fia, tage))
    assert set(anna.received) == set(bo.received) == {SOUND}


async def test_who_goes_to_another_channel_and_back_hears_one_stream(ear: Ear, invite: Invite) -> None:
    ear.link.set_room(with_wishes(anna={"channel": "engelska"}, bo={"channel": "engelska"}))
    erik, fia, anna, bo = [await invite(name) for name in ("erik", "fia", "anna", "bo")]
    await settled(ear)
    await talk(erik)
    await eventually(lambda: len(anna.received[SOUND]) == 4)
    for chosen, interpreter, expected in (
        ("finska", fia, 8),
        ("engelska", erik, 12),
        (None, erik, 12),
        ("finska", fia, 16),
    ):
        ear.link.set_room(with_wishes(anna={"channel": chosen}, bo={"channel": "engelska"}))
        await settled(ear)
        await talk(interpreter)
        await eventually(lambda expected=expected: len(anna.received[SOUND]) >= expected)  # type: ignore[misc]
        await settled(ear)
        assert len(anna.received[SOUND]) == expected
    assert is_unbroken(anna.received[SOUND])
    assert is_unbroken(bo.received[SOUND])
    assert len(bo.received[SOUND]) == 12  # erik's, also while nobody else listened
    # Reports tell the same time as the packets.
    stamp = struct.unpack_from("!L", fia._sent["mic"][fia._sequence["mic"]], 4)[0]
    await fia.say(rtcp.sender_report(fia._lines[UP["mic"]].sender._ssrc, 0x1234567890ABCDEF, stamp, 8, 320))
    await eventually(lambda: any(isinstance(each, rtcp.SenderInfo) for each in anna.control))
    told = [each for each in anna.control if isinstance(each, rtcp.SenderInfo) and each.ntp >> 60 == 1]
    assert told[0].timestamp == anna.received[SOUND][15].timestamp


class ATable:
    """Keeps what is sent, as one receiver gets it."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, int]] = []

    def batch(self, rows: list[Row]) -> Any:
        return SimpleNamespace(parts=rows)

    def send(self, packets: Sequence[bytearray], batch: Any) -> None:
        [packet] = packets
        number, stamp = struct.unpack_from("!HL", packet, 2)
        self.sent += [
            ((number + row.shift) & 0xFFFF, (stamp + row.time_shift) & 0xFFFFFFFF) for row in batch.parts
        ]


def test_what_was_lost_after_a_change_of_channel_is_repeated_as_it_was_sent() -> None:
    table = ATable()
    connection: Any = SimpleNamespace(remote_address=("127.0.0.1", 9), family=socket.AF_INET, outgoing=None)
    down = DownTrack(DownStream(5, None), connection, lambda _: None)
    for name, moment in (("erik", 10.0), ("fia", 13.0)):
        channel = Slot(LINES[CHANNEL], cast(SendTable, table))
        up = UpTrack(name, LINES[UP["mic"]], UpStream(3, None), lambda _: None, lambda _: None)
        channel.set_sources([up])
        channel.set_receivers([down])
        for number in range(3):
            packet = struct.pack("!BBHLL", 0x80, 96, number, len(name) * 1000 + number * 960, 3) + bytes(9)
            channel.feed(
                up,
                packet,
                Arrival(number, is_newest=True, is_gap=False, is_new=True),
                None,
                moment + number / 50,
            )
        number, stamp = table.sent[-1]
        again = down.repeat(number)
        assert again is not None
        assert struct.unpack_from("!HLL", again, 2) == (number, stamp, 5)
        channel.set_receivers([])
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(table.sent)]
    assert steps == [(1, 960), (1, 960), (1, int((13.0 - 10.04) * 48000)), (1, 960), (1, 960)]


async def test_one_interpreter_takes_over_from_another_in_one_stream(ear: Ear, invite: Invite) -> None:
    ear.link.set_room(with_wishes(anna={"channel": "engelska"}))
    erik, fia, anna = [await invite(name) for name in ("erik", "fia", "anna")]
    await settled(ear)
    await talk(erik)
    await eventually(lambda: len(anna.received[SOUND]) == 4)
    relieved = replace(ROOM, channels=(mp.Channel("engelska", "fia"),))
    ear.link.set_room(with_wishes(relieved, anna={"channel": "engelska"}))
    await settled(ear)
    await talk(erik)
    await talk(fia)
    await eventually(lambda: len(anna.received[SOUND]) == 8)
    await settled(ear)
    assert len(anna.received[SOUND]) == 8
    assert is_unbroken(anna.received[SOUND])


async def test_the_signs_are_seen_by_who_has_asked_from_the_next_key_frame(ear: Ear, invite: Invite) -> None:
    ear.link.set_room(with_wishes(anna={"sign": True}, tage={"sign": True}))
    tage, anna, bo = [await invite(name) for name in ("tage", "anna", "bo")]
    await eventually(lambda: tage.wishes("full") > 0)
    for index in range(4):
        await tage.show("full", is_key=index == 0)
    await eventually(lambda: len(anna.received[SIGN]) == 8)
    assert not bo.received
    assert not tage.received
    before = tage.wishes("full")
    ear.link.set_room(with_wishes(anna={"sign": True}, bo={"sign": True}))
    await eventually(lambda: tage.wishes("full") > before)
    await tage.show("full", is_key=True)
    await eventually(lambda: len(bo.received[SIGN]) == 2 and len(anna.received[SIGN]) == 10)


async def test_who_is_in_the_hall_is_sent_the_interpreters_and_no_other_line(
    ear: Ear, invite: Invite
) -> None:
    wishes = {"sign": True, "channel": "engelska", "wall": True}
    state = with_wishes(anna={**wishes, "may_send": False, "interpreters_only": True}, bo=wishes)
    ear.link.set_room(replace(state, chair="fia", floor="anna"))
    tage, erik, fia, anna, bo = [await invite(name) for name in ("tage", "erik", "fia", "anna", "bo")]
    await settled(ear)
    await tage.show("full", is_key=True)
    await talk(erik)
    for chair in (fia, anna):
        await chair.show("full", is_key=True)
        await chair.speak()
    both = {SOUND: 4, SIGN: 2}
    await eventually(lambda: {line: len(got) for line, got in anna.received.items()} == both)
    shown = {**both, ("chair", "video"): 2, ("chair", "audio"): 1}
    await eventually(lambda: {line: len(got) for line, got in bo.received.items()} == shown)
    await settled(ear)
    assert {line: len(got) for line, got in anna.received.items()} == both
    assert ("floor", "video") not in bo.received  # what is heard in the hall does not come from a page there


async def test_what_nobody_has_asked_for_is_neither_asked_for_nor_sent(ear: Ear, invite: Invite) -> None:
    ear.link.set_room(ROOM)
    tage, erik, anna = [await invite(name) for name in ("tage", "erik", "anna")]
    await settled(ear)
    await tage.show("full", is_key=True)
    await talk(erik)
    await settled(ear)
    assert tage.wishes("full") == 0
    assert not anna.received


@pytest.mark.parametrize("state", [{"may_receive": False}, {"sign": False, "channel": None}])
async def test_who_may_not_receive_gets_neither_signs_nor_channel_from_that_moment(
    ear: Ear, invite: Invite, state: dict[str, Any]
) -> None:
    wishes = {"sign": True, "channel": "engelska"}
    ear.link.set_room(with_wishes(anna=wishes, bo=wishes))
    tage, erik, anna, bo = [await invite(name) for name in ("tage", "erik", "anna", "bo")]

    async def send() -> None:
        await tage.show("full", is_key=True)
        await talk(erik)

    await settled(ear)
    await send()
    await eventually(lambda: len(anna.received[SIGN]) == 2 and len(anna.received[SOUND]) == 4)
    ear.link.set_room(with_wishes(anna={**wishes, **state}, bo=wishes))
    await settled(ear)
    await send()
    await eventually(lambda: len(bo.received[SIGN]) == 4 and len(bo.received[SOUND]) == 8)
    assert (len(anna.received[SIGN]), len(anna.received[SOUND])) == (2, 4)


async def test_an_interpreter_who_may_not_send_or_has_gone_is_not_heard(ear: Ear, invite: Invite) -> None:
    ear.link.set_room(with_wishes(anna={"channel": "engelska"}, erik={"may_send": False}))
    erik, anna = await invite("erik"), await invite("anna")
    await settled(ear)
    await talk(erik)
    await settled(ear)
    assert not anna.received
    await erik.leave()
    await ear.until(mp.Lost, lambda lost: lost.peer == "erik")
    ear.link.set_room(with_wishes(anna={"channel": "engelska"}))
    back = await invite("erik")
    await settled(ear)
    await talk(back)
    await eventually(lambda: len(anna.received[SOUND]) == 4)


@pytest.mark.parametrize(("kind", "line"), [("audio", SOUND), ("video", SIGN)])
async def test_equipment_may_publish_sound_alone_or_a_picture_alone(
    ear: Ear, invite: Invite, kind: str, line: tuple[str, str]
) -> None:
    wishes = {"sign": True, "channel": "engelska"}
    room = replace(with_wishes(anna=wishes), channels=(mp.Channel("engelska", "tage"),))
    ear.link.set_room(room)
    anna = await invite("anna")
    connection = RTCPeerConnection()
    one: Any = connection.addTransceiver(kind, "sendonly")
    one.sender.send = one.receiver.receive = _never
    await connection.setLocalDescription(await connection.createOffer())
    ear.link.guest("m1", "tage", connection.localDescription.sdp, None)
    answer = await ear.until(mp.GuestAnswer)
    await connection.setRemoteDescription(RTCSessionDescription(answer.sdp, "answer"))
    await ear.until(mp.Connected, lambda each: each.peer == "tage")
    await settled(ear)
    opus_or_vp8 = next(
        each.payloadType for each in one._codecs if each.mimeType.lower() in ("audio/opus", "video/vp8")
    )
    picture = struct.pack("!BBHB", 0x90, 0x80, 0x8001, 0) if kind == "video" else b""
    dtls = one.sender.transport
    await eventually(lambda: dtls.state == "connected")
    async with asyncio.timeout(10):
        for number in itertools.count(1):  # the first packet is what tells which stream it is
            head = struct.pack("!BBHLL", 0x80, 0x80 | opus_or_vp8, number, number * 960, one.sender._ssrc)
            await dtls._send_rtp(head + picture + bytes(40))
            if anna.received[line]:
                break
            await asyncio.sleep(0.05)
    assert set(anna.received) == {line}
    await connection.close()


async def test_equipment_plays_a_channel_and_goes_on_in_time_when_another_interpreter_takes_over(
    ear: Ear, invite: Invite
) -> None:
    def state(interpreter: str | None) -> mp.Room:
        channels = () if interpreter is None else (mp.Channel("engelska", interpreter),)
        return replace(with_wishes(anna={"channel": "engelska"}), channels=channels)

    loop = Player(ear, "channel")
    ear.link.set_room(state("erik"))
    erik, fia = await invite("erik"), await invite("fia")
    await loop.play("m1", "anna")
    await settled(ear)
    await talk(erik)
    await eventually(lambda: loop.packets == 4)
    ear.link.set_room(state(None))
    await settled(ear)
    await talk(erik)
    ear.link.set_room(state("fia"))
    await settled(ear)
    await talk(fia)
    await eventually(lambda: loop.packets == 8)
    steps = [(later - earlier) & 0xFFFFFFFF for earlier, later in itertools.pairwise(loop.stamps)]
    assert all(0 < step < 48_000 * 30 for step in steps), steps
    await loop.leave()


async def test_a_screen_plays_the_signs_from_the_next_key_frame(ear: Ear, invite: Invite) -> None:
    screen = Player(ear, "sign")
    ear.link.set_room(with_wishes(anna={"sign": True}))
    tage = await invite("tage")
    await screen.play("m1", "anna")
    await eventually(lambda: tage.wishes("full") > 0)
    await tage.show("full", is_key=True)
    await eventually(lambda: screen.packets == 2)
    await screen.leave()
