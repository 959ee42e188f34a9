"""Four Chromium pages with fake devices, the real media process, and a small signalling server between."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from playwright.async_api import Browser, Page, async_playwright

from meeting_server import media_protocol as mp
from meeting_server.demo import moving
from meeting_server.live.media_link import MediaDown, MediaEvent, MediaUp
from tests.media.member import Ear
from tests.media.test_simulated import a_simulated

pytestmark = pytest.mark.browser
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--use-fake-device-for-media-stream",
    "--disable-background-networking",
    "--autoplay-policy=no-user-gesture-required",
]
JS = Path(__file__).parents[2] / "web" / "js"
NAMES = ("anna", "bo", "cia", "hall")


class Signalling:
    """Relays between pages and media as the core does, without any meeting."""

    def __init__(self, ear: Ear) -> None:
        self.link = ear.link
        self.sockets: dict[str, web.WebSocketResponse] = {}
        self.tasks: set[asyncio.Task[None]] = set()
        self.app = web.Application()
        self.app.add_routes([web.get("/", self._page), web.get("/ws", self._talk), web.static("/js", JS)])
        ear.link.listen(self._hear)

    async def _page(self, _: web.Request) -> web.FileResponse:
        return web.FileResponse(Path(__file__).with_name("page.html"))

    async def _talk(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        name = request.query["name"]
        self._say(name, kind="replaced")
        self.sockets[name] = socket
        async for each in socket:
            message = json.loads(each.data)
            if message["kind"] == "join":
                self.link.join("m1", name)
            else:
                self.link.answer("m1", name, message["sdp"], message["attempt"])
        return socket

    def _hear(self, event: MediaEvent) -> None:
        match event:
            case mp.Offer(peer=peer, sdp=sdp, attempt=attempt):
                self._say(peer, kind="offer", sdp=sdp, attempt=attempt)
            case mp.Hint(peer=peer, full=full, mic=mic):
                self._say(peer, kind="hint", full=full, mic=mic)
            case mp.Failed(peer=peer, reason=reason):
                self._say(peer, kind="failed", reason=reason)
            case mp.Lost(peer=peer, reason=reason):
                self._say(peer, kind="lost", reason=reason)
            case MediaUp() | MediaDown():
                for peer in self.sockets:
                    self._say(peer, kind="up" if isinstance(event, MediaUp) else "down")

    async def _send(self, socket: web.WebSocketResponse, message: dict[str, Any]) -> None:
        with contextlib.suppress(ConnectionResetError):  # the page has gone
            await socket.send_json(message)

    def _say(self, peer: str, **message: Any) -> None:
        socket = self.sockets.get(peer)
        if socket is not None and not socket.closed:
            task = asyncio.create_task(self._send(socket, {"type": "media", **message}))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)


@pytest.fixture
async def address(ear: Ear) -> AsyncIterator[str]:
    """Where the pages are."""
    runner = web.AppRunner(Signalling(ear).app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    yield f"http://127.0.0.1:{port}"
    await runner.cleanup()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Chromium with a fake camera and a fake microphone."""
    if not os.path.exists(CHROMIUM):
        pytest.skip("Chromium is not installed")
    async with async_playwright() as playwright:
        found = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        await found.close()


Enter = Callable[..., Awaitable[Page]]


@pytest.fixture
async def enter(browser: Browser, address: str) -> Enter:
    """Opens a page of its own browser context and starts media on it."""

    async def let_in(name: str, publish: bool = True, allowed: bool = True) -> Page:
        context = await browser.new_context(permissions=["camera", "microphone"] if allowed else [])
        page = await context.new_page()
        await page.goto(f"{address}/?name={name}")
        await page.wait_for_function("window.isReady")
        await page.evaluate("publish => room.start({publish})", publish)
        if allowed or not publish:
            await page.wait_for_function("room.state === 'connected'", timeout=15_000)
        return page

    return let_in


async def flow(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = await page.evaluate("room.stats()")
    return found


async def until(page: Page, what: Callable[[dict[str, Any]], bool], seconds: float = 15) -> dict[str, Any]:
    """Wait until the page's figures are so."""
    async with asyncio.timeout(seconds):
        while True:
            found = await flow(page)
            if what(found):
                return found
            await asyncio.sleep(0.1)


def room(*names: str, **slots: str | None) -> mp.Room:
    return mp.Room("m1", tuple(mp.PeerState(name, True, True) for name in names), **slots)


async def quiet(page: Page) -> None:
    """Wait until nothing more is decoded or heard of the floor during a second."""
    seen: list[tuple[int, int]] = []
    while len(seen) < 2 or seen[-1] != seen[-2]:
        assert len(seen) < 20, seen
        floor = (await flow(page))["down"]["floor"]
        seen.append((floor["framesDecoded"], floor["audioPackets"]))
        await asyncio.sleep(1)


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
                and flow["down"]["floor"]["audioPackets"] >= 50
                and flow["down"]["floor"]["energy"] > 0
            ),
        )
    await until(bo, lambda flow: flow["down"]["chair"]["framesDecoded"] >= 10)
    found = await flow(anna)
    assert found["down"]["floor"]["framesDecoded"] == 0
    assert found["down"]["chair"]["framesDecoded"] >= 1
    assert found["up"]["full"]["active"]

    # The floor goes to and fro for those who only look on; freezes are counted by the bench.
    for holder in ("bo", "anna", "bo"):
        before = (await flow(hall))["down"]["floor"]
        ear.link.set_room(room(*NAMES, floor=holder, chair="cia"))
        found = await until(
            hall,
            lambda flow, before=before: (  # type: ignore[misc]
                flow["down"]["floor"]["framesDecoded"] >= before["framesDecoded"] + 20
                and flow["down"]["floor"]["audioPackets"] >= before["audioPackets"] + 50
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
    await bo.wait_for_function("room.state === 'reconnecting'")
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
    assert (found["down"]["floor"]["width"], found["down"]["floor"]["freezes"]) == (640, 0)
    await end.close()
    with contextlib.suppress(ConnectionError):
        await sending
