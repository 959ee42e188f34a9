"""Members in real Chromium pages whose cameras and microphones can be made to fail, and what is told of them.

The fake camera shows a file made here: a head that moves before a textured wall. Each member has a browser
of its own, so that its renderer can be stopped as a laptop that is suspended stops it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
import wave
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from aiohttp import web
from playwright.async_api import Browser, Page, Playwright, async_playwright

from meeting_server import media_protocol as mp
from meeting_server.live.liveness import Liveness
from meeting_server.live.media_link import MediaEvent, MediaLink
from meeting_server.live.observation import PAGE_GONE
from meeting_server.live.page_report import Pages, read_report
from meeting_server.live.thresholds import Thresholds
from tests.chromium import CHROMIUM, PLAIN
from tests.media.member import PATIENCE

HERE = Path(__file__).parent
JS = HERE.parents[1] / "web" / "js"
WIDTH, HEIGHT, FPS = 320, 180, 10


def make_camera(path: Path, seconds: int = 8) -> None:
    """A Y4M file of somebody who speaks: the head sways, the mouth moves, there and back without a cut."""
    lot = np.random.default_rng(7)
    wall = np.kron(lot.integers(60, 190, (9, 16)), np.ones((20, 20))).astype(np.float64)
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    frames = seconds * FPS
    with path.open("wb") as file:
        file.write(b"YUV4MPEG2 W%d H%d F%d:1 Ip A1:1 C420\n" % (WIDTH, HEIGHT, FPS))
        for number in range(frames):
            turn = 2 * np.pi * number / frames
            left, top = WIDTH / 2 + 16 * np.sin(turn * 3), HEIGHT * 0.42 + 5 * np.sin(turn * 5)
            luma = wall.copy()
            luma[((x - left) / 80) ** 2 + ((y - HEIGHT) / 75) ** 2 < 1] = 70
            luma[((x - left) / 38) ** 2 + ((y - top) / 50) ** 2 < 1] = 175
            mouth = 3 + 7 * abs(np.sin(turn * 24))
            luma[((x - left) / 15) ** 2 + ((y - top - 24) / mouth) ** 2 < 1] = 60
            for side in (-14, 14):
                luma[((x - left - side) / 5) ** 2 + ((y - top + 10) / 4) ** 2 < 1] = 40
            file.write(b"FRAME\n" + luma.astype(np.uint8).tobytes())
            file.write(np.full(WIDTH * HEIGHT // 2, 128, np.uint8).tobytes())


def make_microphone(path: Path, seconds: int = 6) -> None:
    """A WAV file of a voice in phrases, over the noise of a quiet room."""
    lot = np.random.default_rng(8)
    at = np.arange(seconds * 48000) / 48000
    phrase = (np.sin(2 * np.pi * 0.7 * at) > -0.3) * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * at))
    voice = np.sin(2 * np.pi * 140 * at) + 0.5 * np.sin(2 * np.pi * 700 * at) + lot.normal(0, 0.3, at.size)
    sound = 0.15 * phrase * voice + lot.normal(0, 10 ** (-62 / 20), at.size)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48000)
        file.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())


@dataclass
class Told:
    """One change of what is told of a member. at: time.monotonic."""

    at: float
    member: str
    about: str
    state: str


@dataclass
class Stage:
    """One room: the pages' server, and the same conclusions as the core draws from what media reports."""

    link: MediaLink
    playwright: Playwright
    folder: Path
    url: str = ""
    table: Thresholds = field(default_factory=Thresholds)
    told: list[Told] = field(default_factory=list)
    sockets: dict[str, web.WebSocketResponse] = field(default_factory=dict)
    browsers: dict[str, Browser] = field(default_factory=dict)
    pages_of: dict[str, Page] = field(default_factory=dict)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    more: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.liveness = Liveness(self.table)
        self.pages = Pages(self.table)
        self.link.listen(self.hear)

    # ---- the pages' server ----

    async def page(self, _: web.Request) -> web.FileResponse:
        """The member's page."""
        return web.FileResponse(HERE / "liveness.html")

    async def talk(self, request: web.Request) -> web.WebSocketResponse:
        """Signals, and what the page tells of itself."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        name = request.query["name"]
        self.sockets[name] = socket
        async for each in socket:
            message = each.json()
            if message["kind"] == "join":
                self.link.join("m1", name)
            elif message["kind"] == "answer":
                self.link.answer("m1", name, message["sdp"], message["attempt"])
            elif (report := read_report(message)) is not None:
                self.pages.take(name, report, time.monotonic())
        return socket

    def say(self, name: str, **message: Any) -> None:
        """To a page that is there."""
        socket = self.sockets.get(name)
        if socket is not None and not socket.closed:
            task = asyncio.create_task(self._say(socket, message))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def _say(self, socket: web.WebSocketResponse, message: dict[str, Any]) -> None:
        with contextlib.suppress(ConnectionResetError):
            await socket.send_json({"type": "media", **message})

    # ---- what media says ----

    def hear(self, event: MediaEvent) -> None:
        """As the core's media room does."""
        now = time.monotonic()
        match event:
            case mp.Offer(peer=peer, sdp=sdp, attempt=attempt):
                self.say(peer, kind="offer", sdp=sdp, attempt=attempt)
            case mp.Hint(peer=peer, full=full, mic=mic):
                self.say(peer, kind="hint", full=full, mic=mic)
            case mp.Lost(peer=peer):
                self.liveness.lost(peer, now)
            case mp.QualityReport(peers=peers):
                for quality in peers:
                    self.liveness.read(quality.peer, quality, now)
                self.liveness.step(now)
                self._note(now)

    def _note(self, now: float) -> None:
        for name, member in self.liveness.members.items():
            codes = " ".join(self.pages.told(name, member, now, somebody_speaks=False))
            if self.sockets[name].closed:
                codes = PAGE_GONE
            for about, state in (
                ("picture", member.picture.state),
                ("sound", member.sound.state),
                ("page", codes),
            ):
                if self.state(name, about) != state:
                    self.told.append(Told(now, name, about, state))
        self.more.set()

    def state(self, member: str, about: str) -> str:
        """What is told now."""
        return next(
            (each.state for each in reversed(self.told) if (each.member, each.about) == (member, about)), ""
        )

    async def until(self, member: str, about: str, states: tuple[str, ...], seconds: float = PATIENCE) -> str:
        """Wait until one of these is told, and which."""
        async with asyncio.timeout(seconds):
            while self.state(member, about) not in states:
                self.more.clear()
                await self.more.wait()
        return self.state(member, about)

    async def after(self, member: str, about: str, states: tuple[str, ...]) -> float:
        """Seconds from now until one of these is told."""
        began = time.monotonic()
        await self.until(member, about, states)
        return time.monotonic() - began

    # ---- members ----

    async def enter(self, *names: str) -> dict[str, Page]:
        """These members, connected and seen to be live."""
        self.link.set_room(mp.Room("m1", tuple(mp.PeerState(name, True, True, mic=True) for name in names)))
        pages = dict(zip(names, await asyncio.gather(*map(self._enter, names)), strict=True))
        for name in names:
            await self.until(name, "picture", ("live",))
            await self.until(name, "sound", ("speaking",))
        return pages

    async def _enter(self, name: str) -> Page:
        browser = self.browsers[name] = await self.playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                *PLAIN,
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-video-capture={self.folder / 'camera.y4m'}",
                f"--use-file-for-fake-audio-capture={self.folder / 'microphone.wav'}",
                "--autoplay-policy=no-user-gesture-required",
            ],
        )
        context = await browser.new_context(permissions=["camera", "microphone"])
        page = self.pages_of[name] = await context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        await page.goto(f"{self.url}/?name={name}")
        await page.wait_for_function("window.isReady")
        await page.evaluate("room.start({publish: true})")
        await page.wait_for_function("room.state === 'connected'")
        return page

    async def renderers(self, member: str) -> list[int]:
        """The processes that run a member's page, to be stopped as a suspended laptop stops them."""
        session = await self.browsers[member].new_browser_cdp_session()
        found = await session.send("SystemInfo.getProcessInfo")
        return [each["id"] for each in found["processInfo"] if each["type"] == "renderer"]


@asynccontextmanager
async def a_stage(link: MediaLink, folder: Path, table: Thresholds | None = None) -> AsyncIterator[Stage]:
    """A stage over a running media process."""
    make_camera(folder / "camera.y4m")
    make_microphone(folder / "microphone.wav")
    async with AsyncExitStack() as stack:
        playwright = await stack.enter_async_context(async_playwright())
        stage = Stage(link, playwright, folder, table=table or Thresholds())
        app = web.Application()
        app.add_routes([web.get("/", stage.page), web.get("/ws", stage.talk), web.static("/js", JS)])
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        stage.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield stage
        finally:
            await asyncio.gather(*(each.close() for each in stage.browsers.values()), return_exceptions=True)


@contextlib.contextmanager
def suspended(processes: list[int]) -> Any:
    """These processes stand still; afterwards they go on."""
    for each in processes:
        os.kill(each, signal.SIGSTOP)
    try:
        yield
    finally:
        for each in processes:
            with contextlib.suppress(ProcessLookupError):
                os.kill(each, signal.SIGCONT)
