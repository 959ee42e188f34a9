"""Real members, real media process: who gets what, and what happens when it is lost."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Mapping

import pytest

from meeting_server import media_protocol as mp
from meeting_server.media import rtcp
from meeting_server.media.keyframes import INTERVAL_SECONDS
from meeting_server.media.lines import VP8
from meeting_server.media.packets import read_vp8
from tests.media.member import PATIENCE, UP, Ear, Invite, Member, eventually


def a_room(
    *names: str,
    floor: str | None = None,
    chair: str | None = None,
    states: Mapping[str, mp.PeerState] | None = None,
) -> mp.Room:
    """A room where everybody may send and receive, but for those whose state is given."""
    given = states or {}
    peers = tuple(given.get(name, mp.PeerState(name, True, True)) for name in names)
    return mp.Room("m1", peers, floor=floor, chair=chair)


async def send(member: Member, pictures: int = 4, sound: int = 4, line: str = "full") -> None:
    """A key frame and some more, and some sound."""
    for index in range(pictures):
        await member.show(line, is_key=index == 0)
    for _ in range(sound):
        await member.speak()


async def has_arrived(ear: Ear, who: str) -> None:
    """Until media has had what he sent, and whoever it was sent on to has had it as well."""
    await ear.until(
        mp.QualityReport,
        lambda report: any(each.peer == who and each.video_in for each in report.peers),
        len(ear.events),
    )
    await ear.until(mp.QualityReport, since=len(ear.events))


async def test_the_one_with_the_floor_is_forwarded_to_everybody_but_himself(ear: Ear, invite: Invite) -> None:
    ear.link.set_room(a_room("anna", "bo", "cia", floor="anna"))
    anna, bo, cia = await invite("anna"), await invite("bo"), await invite("cia", publish=False)
    await send(anna)
    for other in (bo, cia):
        await eventually(lambda other=other: len(other.received["floor", "video"]) == 8)  # type: ignore[misc]
        await eventually(lambda other=other: len(other.received["floor", "audio"]) == 4)  # type: ignore[misc]
    assert not anna.received
    sequences = [each.sequence for each in bo.received["floor", "video"]]
    assert sequences == list(range(sequences[0], sequences[0] + 8))
    assert sequences[0] < 0x8000


async def test_without_the_floor_nothing_is_forwarded(ear: Ear, invite: Invite) -> None:
    ear.link.set_room(a_room("anna", "bo"))
    anna, bo = await invite("anna"), await invite("bo")
    await send(anna)
    ear.link.set_room(a_room("anna", "bo", floor="anna"))
    await ear.until(mp.Hint, lambda hint: hint.peer == "anna" and hint.full)
    await eventually(lambda: anna.wishes("full") > 0)
    assert not bo.received
    await send(anna)
    await eventually(lambda: len(bo.received["floor", "video"]) == 8)
    ear.link.set_room(a_room("anna", "bo"))
    await ear.until(mp.Hint, lambda hint: hint.peer == "anna" and not hint.full, len(ear.events))
    await send(anna)
    await send(anna, line="thumb")
    await has_arrived(ear, "anna")
    assert len(bo.received["floor", "video"]) == 8


@pytest.mark.parametrize(
    ("anna_may_send", "bo_may_receive", "flows"),
    [(True, True, True), (False, True, False), (True, False, False)],
)
async def test_the_grant_is_enforced_here_and_not_by_the_page(
    ear: Ear, invite: Invite, anna_may_send: bool, bo_may_receive: bool, flows: bool
) -> None:
    state = a_room(
        "anna",
        "bo",
        floor="anna",
        states={
            "anna": mp.PeerState("anna", True, anna_may_send),
            "bo": mp.PeerState("bo", bo_may_receive, True),
        },
    )
    ear.link.set_room(state)
    anna, bo = await invite("anna"), await invite("bo")
    await send(anna)
    if flows:
        await eventually(lambda: bool(bo.received))
    await has_arrived(ear, "anna")
    assert bool(bo.received) == flows


async def test_the_floor_changes_at_a_key_frame_in_one_unbroken_numbering(ear: Ear, invite: Invite) -> None:
    ear.link.set_room(a_room("anna", "bo", "cia", floor="anna"))
    anna, bo, cia = await invite("anna"), await invite("bo"), await invite("cia")
    await send(anna)
    await eventually(lambda: len(cia.received["floor", "video"]) == 8)
    ear.link.set_room(a_room("anna", "bo", "cia", floor="bo"))
    await eventually(lambda: bo.wishes("full") > 0)
    await bo.show("full")  # not a key frame: must not come through
    await send(bo)
    await eventually(lambda: len(cia.received["floor", "video"]) == 16)
    found = cia.received["floor", "video"]
    assert [each.sequence - found[0].sequence for each in found] == list(range(16))
    assert all(a.timestamp <= b.timestamp for a, b in itertools.pairwise(found))
    pictures = [int.from_bytes(each.packet[14:16], "big") & 0x7FFF for each in found]
    assert [each - pictures[0] for each in pictures] == [index // 2 for index in range(16)]
    # The former holder now sees the new one, and his own numbering begins.
    assert len(anna.received["floor", "video"]) == 8


async def test_a_key_frame_wish_travels_from_viewer_to_sender(ear: Ear, invite: Invite) -> None:
    ear.link.set_room(a_room("anna", "bo", floor="anna"))
    anna, bo = await invite("anna"), await invite("bo")
    await send(anna)
    await eventually(lambda: len(bo.received["floor", "video"]) == 8)
    before = anna.wishes("full")
    await bo.say(rtcp.pli(7, bo.down_ssrc["floor", "video"]))
    await eventually(lambda: anna.wishes("full") > before)


async def test_149_wishes_at_once_become_few(ear: Ear, invite: Invite) -> None:
    ear.link.set_room(a_room("anna", "bo", floor="anna"))
    anna, bo = await invite("anna"), await invite("bo")
    await send(anna)
    await eventually(lambda: len(bo.received["floor", "video"]) == 8)
    before, began = anna.wishes("full"), time.monotonic()
    for _ in range(149):
        await bo.say(rtcp.pli(7, bo.down_ssrc["floor", "video"]))
    await eventually(lambda: anna.wishes("full") > before)
    await anna.show("full", is_key=True)
    await eventually(lambda: len(bo.received["floor", "video"]) == 10)
    # Asked again until the key frame has come, but never faster than this.
    assert anna.wishes("full") - before <= 2 + (time.monotonic() - began) / INTERVAL_SECONDS


async def test_a_packet_lost_on_the_way_down_is_sent_again_on_the_rtx_stream(
    ear: Ear, invite: Invite
) -> None:
    ear.link.set_room(a_room("anna", "bo", floor="anna"))
    anna, bo = await invite("anna"), await invite("bo")
    await send(anna)
    await eventually(lambda: len(bo.received["floor", "video"]) == 8)
    lost = bo.received["floor", "video"][3]
    await bo.say(rtcp.nack(7, bo.down_ssrc["floor", "video"], [lost.sequence]))
    await eventually(lambda: len(bo.received["floor", "video"]) == 9)
    again = bo.received["floor", "video"][-1]
    assert again.is_repair
    assert again.packet[12:14] == lost.packet[2:4]
    assert again.packet[14:] == lost.packet[12:]


async def test_what_is_lost_on_the_way_up_is_asked_for_and_forwarded_late(ear: Ear, invite: Invite) -> None:
    ear.link.set_room(a_room("anna", "bo", floor="anna"))
    anna, bo = await invite("anna"), await invite("bo")
    anna.loses = lambda line, number: line == "full" and number % 9 == 0
    for index in range(20):
        await anna.show("full", is_key=index == 0)
        await asyncio.sleep(0.01)
    await eventually(lambda: len(bo.received["floor", "video"]) == 40)
    found = sorted(each.sequence for each in bo.received["floor", "video"])
    assert found == list(range(found[0], found[0] + 40))


async def test_with_every_seventh_packet_lost_both_ways_everything_arrives(ear: Ear, invite: Invite) -> None:
    ear.link.set_room(a_room("anna", "bo", floor="anna"))
    anna, bo = await invite("anna"), await invite("bo")
    anna.loses = lambda line, number: line == "full" and number % 7 == 5
    arrived = 0

    def drops(packet: bytes) -> bool:
        nonlocal arrived
        arrived += packet[1] & 0x7F == VP8
        return packet[1] & 0x7F == VP8 and arrived % 7 == 0

    bo.drops = drops
    for index in range(50):
        await anna.show("full", is_key=index == 0)
        await asyncio.sleep(0.005)

    def originals() -> set[int]:
        found = bo.received["floor", "video"]
        return {
            int.from_bytes(each.packet[12:14], "big") if each.is_repair else each.sequence for each in found
        }

    await eventually(lambda: bool(bo.received["floor", "video"]))
    first = bo.received["floor", "video"][0].sequence
    async with asyncio.timeout(PATIENCE):
        while missing := sorted(set(range(first, first + 100)) - originals()):
            await bo.say(rtcp.nack(7, bo.down_ssrc["floor", "video"], missing))
            await asyncio.sleep(0.1)
    assert originals() == set(range(first, first + 100))


async def test_someone_who_comes_late_begins_at_a_key_frame(ear: Ear, invite: Invite) -> None:
    ear.link.set_room(a_room("anna", "bo", floor="anna"))
    anna = await invite("anna")
    await send(anna)
    bo = await invite("bo")
    await eventually(lambda: anna.wishes("full") > 0)
    await anna.show("full")
    await anna.show("full", is_key=True)
    await eventually(lambda: len(bo.received["floor", "video"]) == 2)
    assert bo.received["floor", "video"][0].packet[16] & 1 == 0


async def test_the_chair_may_look_at_one_member_first_small_then_full(ear: Ear, invite: Invite) -> None:
    ear.link.set_room(a_room("chair", "bo", "cia", chair="chair", floor=None))
    chair, bo, cia = await invite("chair"), await invite("bo"), await invite("cia")
    looking = mp.PeerState("chair", True, True, watch="bo")
    ear.link.set_room(a_room("chair", "bo", "cia", chair="chair", states={"chair": looking}))
    await ear.until(mp.Hint, lambda hint: hint.peer == "bo" and hint.full)
    await eventually(lambda: bo.wishes("thumb") > 0)
    await send(bo, line="thumb", sound=0)
    await eventually(lambda: len(chair.received["look", "video"]) == 8)
    await send(bo, line="full")
    await eventually(lambda: len(chair.received["look", "video"]) == 16)
    assert not cia.received
    assert set(chair.received) == {("look", "video")}


async def test_looking_at_another_after_a_while_goes_on_in_the_same_numbering(
    ear: Ear, invite: Invite
) -> None:
    names = ("chair", "bo", "cia")
    ear.link.set_room(a_room(*names))
    chair, bo, cia = await invite("chair"), await invite("bo"), await invite("cia")
    for shown in (bo, cia):
        looking = mp.PeerState("chair", True, True, watch=shown.name)
        ear.link.set_room(a_room(*names, states={"chair": looking}))
        since, name = len(chair.received["look", "video"]), shown.name
        await eventually(lambda shown=shown: shown.wishes("full") > 0)  # type: ignore[misc]
        await send(shown, sound=0)
        await eventually(lambda since=since: len(chair.received["look", "video"]) == since + 8)  # type: ignore[misc]
        ear.link.set_room(a_room(*names))
        await ear.until(mp.Hint, lambda hint, name=name: hint.peer == name and not hint.full, len(ear.events))  # type: ignore[misc]
    heard = chair.received["look", "video"]
    pictures = [read_vp8(each.packet).picture_id for each in heard]
    assert pictures == sorted(pictures)
    assert len(set(pictures)) == 8
    assert [each.sequence for each in heard] == [heard[0].sequence + index for index in range(16)]
    stamps = [(each.timestamp - heard[0].timestamp) & 0xFFFFFFFF for each in heard]
    assert stamps == sorted(stamps)


async def test_sound_and_picture_keep_their_common_clock(ear: Ear, invite: Invite) -> None:
    ear.link.set_room(a_room("anna", "bo", floor="anna"))
    anna, bo = await invite("anna"), await invite("bo")
    await send(anna)
    await eventually(lambda: len(bo.received["floor", "video"]) == 8)
    sender = anna._lines[UP["full"]].sender._ssrc
    await anna.say(rtcp.sender_report(sender, 0x1234567890ABCDEF, 6000, 8, 3200))
    await eventually(lambda: any(isinstance(each, rtcp.SenderInfo) for each in bo.control))
    (report,) = [each for each in bo.control if isinstance(each, rtcp.SenderInfo)]
    second_picture = bo.received["floor", "video"][2]
    assert (report.ntp, report.ssrc) == (0x1234567890ABCDEF, bo.down_ssrc["floor", "video"])
    assert report.timestamp == second_picture.timestamp


async def test_quality_tells_what_flows_each_way_and_how_loud(ear: Ear, invite: Invite) -> None:
    ear.link.set_room(a_room("anna", "bo", floor="anna"))
    anna, _ = await invite("anna"), await invite("bo")
    since = len(ear.events)
    await send(anna)
    report = await ear.until(mp.QualityReport, lambda each: any(peer.audio_in for peer in each.peers), since)
    found = {each.peer: each for each in report.peers}
    assert (found["anna"].video_in, found["anna"].audio_out, found["anna"].audio_level) == (True, False, 30)
    assert (found["bo"].video_in, found["bo"].audio_out, found["bo"].video_out) == (False, True, True)
    assert found["anna"].kbit_in > 0
    assert found["bo"].kbit_out > 0
    assert found["bo"].rtt_ms is not None


async def test_someone_whose_cable_is_pulled_is_reported_lost(ear: Ear, invite: Invite) -> None:
    ear.link.set_room(a_room("anna"))
    anna = await invite("anna")
    anna.vanish()
    lost = await ear.until(mp.Lost)
    assert lost == mp.Lost("m1", "anna", "silent")


async def test_someone_who_hangs_up_is_reported_lost_at_once(ear: Ear, invite: Invite) -> None:
    ear.link.set_room(a_room("anna"))
    anna = await invite("anna")
    await anna.leave()
    assert await ear.until(mp.Lost) == mp.Lost("m1", "anna", "closed")


async def test_a_newer_join_takes_the_place_of_the_older(ear: Ear, invite: Invite) -> None:
    ear.link.set_room(a_room("anna", "bo", floor="bo"))
    first, bo = await invite("anna"), await invite("bo")
    second = await invite("anna")
    assert await ear.until(mp.Lost) == mp.Lost("m1", "anna", "replaced")
    await send(bo)
    await eventually(lambda: len(second.received["floor", "video"]) == 8)
    assert not first.received


async def test_a_receiver_on_a_narrow_line_loses_pictures_and_keeps_sound_and_the_others_lose_nothing(
    ear: Ear, invite: Invite
) -> None:
    ear.link.set_room(a_room("anna", "bo", "cia", chair="anna"))
    anna, bo, cia = await invite("anna"), await invite("bo"), await invite("cia")
    line = bo.down_ssrc["chair", "video"]
    lost = 0

    async def talk() -> None:
        """A second's worth, of which bo says that he has lost half."""
        nonlocal lost
        for index in range(40):
            await anna.show("full", is_key=index == 0)
            await anna.speak()
        await eventually(lambda: all(each.received["chair", "video"] for each in (bo, cia)))
        top = max(each.sequence for each in bo.received["chair", "video"])
        lost += 40
        await bo.say(rtcp.receiver_report(7, [rtcp.ReportBlock(line, 128, lost, top, 0, 0, 0)]))
        await ear.until(mp.QualityReport, since=len(ear.events))

    def held(report: mp.QualityReport) -> dict[str, tuple[str, ...]]:
        return {each.peer: each.held for each in report.peers}

    async with asyncio.timeout(PATIENCE):
        while held(report := await ear.until(mp.QualityReport, since=len(ear.events)))["bo"] != ("chair",):
            await talk()
    assert held(report) == {"anna": (), "bo": ("chair",), "cia": ()}
    got = {name: len(each.received["chair", "video"]) for name, each in (("bo", bo), ("cia", cia))}
    sounds = len(bo.received["chair", "audio"])
    await send(anna, pictures=5, sound=5)
    await eventually(lambda: len(bo.received["chair", "audio"]) == sounds + 5)
    await eventually(lambda: len(cia.received["chair", "video"]) == got["cia"] + 10)
    assert len(bo.received["chair", "video"]) == got["bo"]
    # After a while it is tried again, at the key frame it asks for.
    before = anna.wishes("full")
    await eventually(lambda: anna.wishes("full") > before)
    await send(anna)
    await eventually(lambda: len(bo.received["chair", "video"]) == got["bo"] + 8)


async def test_someone_not_in_the_room_gets_no_offer_and_is_closed_when_taken_out(
    ear: Ear, invite: Invite
) -> None:
    ear.link.set_room(a_room("anna"))
    ear.link.join("m1", "eve")
    failed = await ear.until(mp.Failed)
    assert (failed.peer, failed.reason) == ("eve", "not-admitted")
    ear.link.join("m2", "eve")
    assert (await ear.until(mp.Failed, lambda each: each.room == "m2")).reason == "not-admitted"
    await invite("anna")
    ear.link.set_room(a_room())
    await ear.until(mp.QualityReport, lambda report: not report.peers, len(ear.events))
