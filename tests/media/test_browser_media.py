"""Four Chromium pages with fake devices, the real media process, and a small signalling server between."""

from __future__ import annotations

import contextlib
import functools
import os
import signal
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

from meeting_server import media_protocol as mp
from meeting_server.demo import moving
from meeting_server.live.media_link import MediaDown, MediaUp
from meeting_server.media.lines import SOUND_MS
from tests.chromium import CHROMIUM, with_camera
from tests.media.member import Ear
from tests.media.pages import Enter, enter_page, flow, quiet, room, served, until
from tests.media.test_simulated import a_simulated

pytestmark = pytest.mark.browser
NAMES = ("anna", "bo", "cia", "hall")


@pytest.fixture
async def address(ear: Ear) -> AsyncIterator[str]:
    """Where the pages are."""
    async with served(ear) as found:
        yield found


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Chromium with a fake camera and a fake microphone."""
    if not os.path.exists(CHROMIUM):
        pytest.skip("Chromium is not installed")
    async with async_playwright() as playwright:
        found = await playwright.chromium.launch(executable_path=CHROMIUM, args=with_camera())
        yield found
        await found.close()


@pytest.fixture
async def enter(browser: Browser, address: str) -> Enter:
    """Opens a page of its own browser context and starts media on it."""
    return functools.partial(enter_page, browser, address)


async def test_a_meeting_of_four_pages(ear: Ear, enter: Enter) -> None:
    ear.link.set_room(room(*NAMES))
    pages = {name: await enter(name, publish=name != "hall") for name in NAMES}
    anna, bo, cia, hall = (pages[name] for name in NAMES)

    # Thumbnails always flow, full pictures do not, and without a grant nobody receives anything.
    for page in (anna, bo, cia):
        found = await until(page, lambda flow: flow["up"]["thumb"]["frames"] >= 10)
        assert (found["up"]["thumb"]["width"], found["up"]["thumb"]["height"]) == (160, 90)
        assert found["up"]["full"]["frames"] == 0
        assert found["up"]["mic"]["packets"] == 0
    for page in pages.values():
        assert all(
            slot["framesDecoded"] == 0 and slot["audioPackets"] == 0
            for slot in (await flow(page))["down"].values()
        )

    # The floor: everybody else decodes pictures and receives sound, also the page without a camera.
    ear.link.set_room(room(*NAMES, floor="anna", chair="cia"))
    for page in (bo, cia, hall):
        await until(
            page,
            lambda flow: (
                flow["down"]["floor"]["framesDecoded"] >= 30
                and flow["down"]["floor"]["audioPackets"] >= 25
                and flow["down"]["floor"]["energy"] > 0
            ),
        )
    await until(bo, lambda flow: flow["down"]["chair"]["framesDecoded"] >= 10)
    found = await until(anna, lambda flow: flow["down"]["chair"]["framesDecoded"] >= 1)
    assert found["down"]["floor"]["framesDecoded"] == 0
    assert found["up"]["full"]["active"]

    # The floor goes to and fro for those who only look on; freezes are counted by the bench.
    for holder in ("bo", "anna", "bo"):
        before = (await flow(hall))["down"]["floor"]
        ear.link.set_room(room(*NAMES, floor=holder, chair="cia"))
        found = await until(
            hall,
            lambda flow, before=before: (  # type: ignore[misc]
                flow["down"]["floor"]["framesDecoded"] >= before["framesDecoded"] + 20
                and flow["down"]["floor"]["audioPackets"] >= before["audioPackets"] + 25
            ),
        )
    assert found["down"]["floor"]["width"] == 1280

    # Taken back: the packets stop at the server.
    ear.link.set_room(room(*NAMES, chair="cia"))
    await quiet(hall)
    await until(bo, lambda flow: not flow["up"]["full"]["active"] and not flow["up"]["mic"]["active"])


async def test_the_chair_sees_a_members_full_picture_to_know_him(ear: Ear, enter: Enter) -> None:
    ear.link.set_room(room("chair", "bo"))
    chair, _ = await enter("chair", publish=False), await enter("bo")
    watching = mp.PeerState("chair", True, True, watch="bo")
    ear.link.set_room(mp.Room("m1", (watching, mp.PeerState("bo", True, True))))
    found = await until(chair, lambda flow: flow["down"]["look"]["width"] == 1280)
    assert found["down"]["floor"]["framesDecoded"] == 0


async def test_pictures_are_back_by_themselves_after_kill_9_of_media(ear: Ear, enter: Enter) -> None:
    ear.link.set_room(room("anna", "bo", floor="anna"))
    _, bo = await enter("anna"), await enter("bo")
    await until(bo, lambda flow: flow["down"]["floor"]["framesDecoded"] >= 10)
    assert ear.link.pid is not None
    before = ear.link.pid
    since = len(ear.events)
    os.kill(before, signal.SIGKILL)
    await ear.until(MediaDown, since=since)
    await bo.wait_for_function("states.some(([state]) => state === 'reconnecting')")
    await ear.until(MediaUp, since=since)
    assert ear.link.pid != before
    await ear.until(mp.Connected, lambda each: each.peer == "bo", since)
    await bo.wait_for_function("room.state === 'connected'")
    await until(bo, lambda flow: flow["down"]["floor"]["framesDecoded"] >= 10)


async def test_a_refused_camera_is_said_and_one_may_follow_without(ear: Ear, enter: Enter) -> None:
    ear.link.set_room(room("anna", "bo", floor="anna"))
    await enter("anna")
    bo = await enter("bo", allowed=False)
    assert await bo.evaluate("room.state") == "denied"
    assert (await bo.evaluate("states")).pop() == ["denied", "not-allowed"]
    await bo.evaluate("room.start({publish: false})")
    await until(bo, lambda flow: flow["down"]["floor"]["framesDecoded"] >= 10)
    assert (await flow(bo))["up"] == {}


async def test_a_line_that_breaks_is_made_anew(ear: Ear, enter: Enter) -> None:
    ear.link.set_room(room("anna", "bo", floor="anna"))
    _, bo = await enter("anna"), await enter("bo")
    await until(bo, lambda flow: flow["down"]["floor"]["framesDecoded"] >= 10)
    since = len(ear.events)
    ear.link.leave("m1", "bo")
    await ear.until(mp.Connected, lambda each: each.peer == "bo", since)
    await until(bo, lambda flow: flow["down"]["floor"]["framesDecoded"] >= 10)


async def test_a_second_tab_takes_over_and_the_first_does_not_fight_back(ear: Ear, enter: Enter) -> None:
    ear.link.set_room(room("anna", "bo", floor="anna"))
    await enter("anna")
    first = await enter("bo")
    second = await enter("bo")
    await first.wait_for_function("room.state === 'idle'")
    assert (await first.evaluate("states")).pop() == ["idle", "replaced"]
    await until(second, lambda flow: flow["down"]["floor"]["framesDecoded"] >= 10)
    offers = sum(isinstance(each, mp.Offer) and each.peer == "bo" for each in ear.events)
    assert offers == 2


async def test_another_camera_is_taken_without_a_new_connection(ear: Ear, enter: Enter) -> None:
    ear.link.set_room(room("anna", "bo", floor="anna"))
    anna, bo = await enter("anna"), await enter("bo")
    await until(bo, lambda flow: flow["down"]["floor"]["framesDecoded"] >= 10)
    assert await anna.evaluate("room.setDevices({})") is None
    before = await flow(bo)
    after = await until(
        bo,
        lambda flow: flow["down"]["floor"]["framesDecoded"] >= before["down"]["floor"]["framesDecoded"] + 20,
    )
    assert after["down"]["floor"]["audioPackets"] > before["down"]["floor"]["audioPackets"]
    assert await anna.evaluate("room.setDevices({camera: 'no such camera'})") == "no-device"
    assert await anna.evaluate("room.state") == "connected"
    assert sum(isinstance(each, mp.Offer) for each in ear.events) == 2


SOUND_SENT = """async () => {
  const sent = {seconds: 0, packets: 0};
  (await room.pc.getStats()).forEach((x) => {
    if (x.kind !== 'audio') return;
    if (x.type === 'media-source') sent.seconds = x.totalSamplesDuration;
    if (x.type === 'outbound-rtp') sent.packets = x.packetsSent;
  });
  return sent;
}"""


async def test_a_page_puts_as_much_sound_in_a_packet_as_it_is_asked_for(ear: Ear, enter: Enter) -> None:
    ear.link.set_room(room("anna", "bo", floor="anna"))
    anna = await enter("anna")
    await until(anna, lambda flow: flow["up"]["mic"]["packets"] > 0)
    before = await anna.evaluate(SOUND_SENT)
    await until(anna, lambda flow: flow["up"]["mic"]["packets"] >= before["packets"] + 50)
    after = await anna.evaluate(SOUND_SENT)
    each = (after["seconds"] - before["seconds"]) / (after["packets"] - before["packets"])
    assert each * 1000 == pytest.approx(SOUND_MS, rel=0.2)


async def test_a_simulated_member_is_seen_and_heard_in_a_browser(ear: Ear, enter: Enter) -> None:
    loops = {
        "thumb": moving.picture("astrid", is_full=False),
        "full": moving.picture("astrid", is_full=True),
        "mic": moving.voice("astrid"),
    }
    ear.link.set_room(room("sim", "bo", floor="sim"))
    bo = await enter("bo", publish=False)
    end, sending = await a_simulated(ear, "sim", loops)
    end.sends = frozenset({"thumb", "full", "mic"})
    found = await until(
        bo,
        lambda flow: flow["down"]["floor"]["framesDecoded"] > 100 and flow["down"]["floor"]["energy"] > 0.01,
    )
    # More than a whole loop: its end is no break.
    assert found["down"]["floor"]["width"] == 640
    await end.close()
    with contextlib.suppress(ConnectionError):
        await sending


@pytest.mark.parametrize("ear", [5.0], indirect=True, ids=["wall"])
async def test_a_page_that_shows_the_wall_sees_another_members_face_there(ear: Ear, enter: Enter) -> None:
    peers = (mp.PeerState("sim", True, True), mp.PeerState("bo", True, True, wall=True))
    ear.link.set_room(mp.Room("m1", peers, wall=(mp.Tile("sim", "Åsa Öberg", "S"),), missing="Ingen bild"))
    bo = await enter("bo", publish=False)
    end, sending = await a_simulated(ear, "sim", {"thumb": moving.picture("astrid", is_full=False)})
    await until(bo, lambda flow: flow["down"]["wall"]["framesDecoded"] >= 5)
    found = await until(bo, lambda flow: flow["down"]["wall"]["width"] == 320)
    assert found["down"]["floor"]["framesDecoded"] == 0
    # The middle of the picture: dark as long as there are words, bright when there is a face before a wall.
    await bo.wait_for_function(
        """() => {
            const canvas = new OffscreenCanvas(320, 180).getContext('2d');
            canvas.drawImage(document.getElementById('wall'), 0, 0, 320, 180);
            const {data} = canvas.getImageData(20, 20, 280, 110);
            return data.reduce((sum, value, at) => sum + (at % 4 === 1 ? value : 0), 0) / (280 * 110) > 90;
        }"""
    )
    await end.close()
    with contextlib.suppress(ConnectionError):
        await sending
