"""The demonstration's simulated members: what they send is real, and is sent when it should be."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import av
import pytest

from meeting_server import media_protocol as mp
from meeting_server.demo import moving
from meeting_server.demo.company import company
from meeting_server.demo.crowd import SimulatedMembers
from meeting_server.demo.data import load_demo
from meeting_server.demo.remote_end import RemoteEnd
from meeting_server.demo.simulated import read_start
from meeting_server.media.lines import OPUS, SOUND_MS
from meeting_server.store import Store
from tests.media.member import Ear, Member, eventually

PERSON = "astrid"


@pytest.fixture(scope="module")
def loops() -> dict[str, moving.Loop]:
    """Everything one member sends."""
    full, thumb = (moving.picture(PERSON, is_full=each) for each in (True, False))
    return {"full": full, "thumb": thumb, "mic": moving.voice(PERSON)}


@pytest.mark.parametrize(("name", "size"), [("thumb", (160, 90)), ("full", (640, 360))])
def test_a_picture_loop_begins_with_its_only_key_frame_and_is_decodable(
    loops: dict[str, moving.Loop], name: str, size: tuple[int, int]
) -> None:
    loop = loops[name]
    decoder: Any = av.CodecContext.create("vp8", "r")
    whole = [b"".join(frame) for frame in loop.frames]
    assert [index for index, frame in enumerate(whole) if not frame[0] & 1] == [0]
    pictures = [picture for frame in [*whole, *whole] for picture in decoder.decode(av.Packet(frame))]
    assert len(pictures) == 2 * len(whole)
    assert (pictures[0].width, pictures[0].height) == size
    first, later = (pictures[index].to_ndarray(format="gray") for index in (0, len(whole) // 2))
    assert (abs(first.astype(int) - later.astype(int)) > 12).mean() > 0.011  # it moves, as live pictures do
    bits = sum(map(len, whole)) * 8 / moving.LOOP_SECONDS
    assert bits < (80_000 if name == "thumb" else 700_000)


def test_a_voice_is_packets_as_long_as_a_pages_and_can_be_heard(loops: dict[str, moving.Loop]) -> None:
    loop = loops["mic"]
    assert len(loop.frames) == moving.LOOP_SECONDS * 1000 // SOUND_MS
    decoder: Any = av.CodecContext.create("libopus", "r")
    decoder.sample_rate, decoder.layout = 48000, "mono"
    heard = [frame for (payload,) in loop.frames for frame in decoder.decode(av.Packet(payload))]
    assert max(abs(frame.to_ndarray()).max() for frame in heard) > 1000


def test_two_people_do_not_look_alike() -> None:
    one, other = (moving._Drawing(person, 160, 90).at(0.0) for person in ("astrid", "bertil"))
    assert (abs(one.astype(int) - other.astype(int)) > 12).mean() > 0.05


async def a_simulated(
    ear: Ear, name: str, loops: dict[str, moving.Loop]
) -> tuple[RemoteEnd, asyncio.Task[None]]:
    since = len(ear.events)
    ear.link.join("m1", name)
    offer = await ear.until(mp.Offer, lambda each: each.peer == name, since)
    end = RemoteEnd(loops)
    ear.link.answer("m1", name, await end.answer(offer.sdp), offer.attempt)
    await ear.until(mp.Connected, lambda each: each.peer == name, since)
    return end, asyncio.create_task(end.run())


async def test_a_simulated_member_sends_a_thumbnail_always_and_the_rest_on_the_floor(
    ear: Ear, loops: dict[str, moving.Loop]
) -> None:
    peers = tuple(mp.PeerState(name, True, True) for name in ("sim", "bo"))
    ear.link.set_room(mp.Room("m1", peers))
    bo = Member(ear, "m1", "bo")
    await bo.join(publish=False)
    end, sending = await a_simulated(ear, "sim", loops)
    report = await ear.until(mp.QualityReport, lambda each: any(peer.video_in for peer in each.peers))
    assert not any(peer.audio_in for peer in report.peers)
    assert not bo.received
    ear.link.set_room(mp.Room("m1", peers, floor="sim"))
    end.sends = frozenset({"thumb", "full", "mic"})
    await eventually(lambda: len(bo.received["floor", "video"]) > 20)
    await eventually(lambda: len(bo.received["floor", "audio"]) > 50)
    assert bo.received["floor", "audio"][0].packet[1] == OPUS
    await eventually(lambda: len(bo.control) >= 2)  # sender reports: sound and picture are played together
    end.sends = frozenset({"thumb"})
    ear.link.set_room(mp.Room("m1", peers))
    await bo.leave()
    await end.close()
    with contextlib.suppress(ConnectionError):
        await sending


def test_the_start_data_of_a_page_is_found() -> None:
    page = '<p>x</p><script type="application/json" id="bootstrap">{"csrf":"a\\u0026b"}</script>'
    assert read_start(page) == {"csrf": "a&b"}
    for bad in ("<p>nothing</p>", page.replace('{"csrf"', '["csrf"').replace("}", "]").replace(":", ",")):
        with pytest.raises(ValueError, match="start data"):
            read_start(bad)


async def test_they_are_the_last_ordinary_members_of_a_meeting_that_allows_distance(tmp_path: Path) -> None:
    store = await Store.open(
        f"sqlite+aiosqlite:///{tmp_path}/k.db", idle=timedelta(hours=1), longest=timedelta(hours=1)
    )
    try:
        assert await company(store, 3) == ("", ())
        links = await load_demo(store, date(2026, 11, 21))
        executive = next(each for each in links.meetings if each.id == "ks")
        assert await company(store, 0) == ("ks", ())
        assert await company(store, 3) == ("ks", executive.members[-3:])
        _, everybody = await company(store, 100)
        assert executive.chair not in everybody
        assert len(everybody) < len(executive.members)
    finally:
        await store.close()


async def test_they_come_and_go_with_the_server_that_started_them() -> None:
    crowd = SimulatedMembers("http://127.0.0.1:9")  # nobody answers there; they try again until told to stop
    assert await crowd.show("ks", ["astrid", "bertil"]) == 2
    process = crowd._process
    assert process is not None
    assert await crowd.show("ks", []) == 0
    assert process.returncode is not None
    assert crowd.running == 0
