"""Real pages with fake devices, the real media process, and a small signalling server between."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import web
from playwright.async_api import Browser, Page

from meeting_server import media_protocol as mp
from meeting_server.live.media_link import MediaDown, MediaEvent, MediaUp
from tests.media.member import PATIENCE, Ear

JS = Path(__file__).parents[2] / "web" / "js"


class Signalling:
    """Relays between pages and media as the core does, without any meeting.

    reach: at which of the advertised addresses a page reaches the server; at all when it is None.
    """

    def __init__(self, ear: Ear, reach: Callable[[str], str] | None = None) -> None:
        self.link = ear.link
        self.reach = reach
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
                if self.reach is not None:
                    only = re.escape(self.reach(peer))
                    sdp = re.sub(rf"a=candidate:(?!.* {only} \d+ typ)[^\r\n]*\r\n", "", sdp)
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


Enter = Callable[..., Awaitable[Page]]


async def flow(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = await page.evaluate("room.stats()")
    return found


async def until(page: Page, what: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Wait until the page's figures are so."""
    async with asyncio.timeout(PATIENCE):
        while True:
            found = await flow(page)
            if what(found):
                return found
            await asyncio.sleep(0.1)


def room(*names: str, **slots: Any) -> mp.Room:
    return mp.Room("m1", tuple(mp.PeerState(name, True, True) for name in names), **slots)


async def quiet(page: Page) -> None:
    """Wait until nothing more is decoded or heard of the floor during a second."""
    seen: list[tuple[int, int]] = []
    while len(seen) < 2 or seen[-1] != seen[-2]:
        assert len(seen) < 20, seen
        floor = (await flow(page))["down"]["floor"]
        seen.append((floor["framesDecoded"], floor["audioPackets"]))
        await asyncio.sleep(1)


@contextlib.asynccontextmanager
async def served(
    ear: Ear, host: str = "127.0.0.1", reach: Callable[[str], str] | None = None
) -> AsyncIterator[str]:
    """Where the pages are, as long as the context lasts."""
    runner = web.AppRunner(Signalling(ear, reach).app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    site = web.TCPSite(runner, host, 0)
    await site.start()
    port = runner.addresses[0][1]
    yield f"http://{host}:{port}"
    await runner.cleanup()


RELAY_ONLY = """((servers) => {
  window.iceServers = servers;
  const Plain = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Plain {
    constructor(options) { super({...options, iceTransportPolicy: 'relay'}); }
  };
})"""
"""A page that can reach nobody but through the relays it is given."""


async def enter_page(
    browser: Browser,
    address: str,
    name: str,
    publish: bool = True,
    allowed: bool = True,
    relays: list[dict[str, object]] | None = None,
) -> Page:
    """Opens a page of its own browser context and starts media on it; with `relays` only through them."""
    context = await browser.new_context(permissions=["camera", "microphone"] if allowed else [])
    page = await context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    if relays is not None:
        await page.add_init_script(f"{RELAY_ONLY}({json.dumps(relays)})")
    await page.goto(f"{address}/?name={name}")
    await page.wait_for_function("window.isReady")
    await page.evaluate("publish => room.start({publish})", publish)
    if allowed or not publish:
        await page.wait_for_function("room.state === 'connected'")
    return page
