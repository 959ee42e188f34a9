"""Firefox joins, sees and is seen, and hears and sees interpreters."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from meeting_server import media_protocol as mp
from meeting_server.live.media_link import MediaLink, MediaSettings, MediaUp
from tests.chromium import CHROMIUM, with_camera
from tests.media.member import Ear
from tests.media.pages import enter_page, flow, room, served, until
from tests.network.apart import namespace, why_not
from tests.network.firefox import firefox, program

pytestmark = pytest.mark.browser


@pytest.fixture
async def ear(tmp_path: Path) -> AsyncIterator[Ear]:
    """A media process in a namespace: Firefox knows no way to 127.0.0.1 but to itself."""
    reason = why_not()
    if reason is not None:
        pytest.skip(reason)
    with namespace(tmp_path) as apart:
        link = MediaLink(
            MediaSettings(
                socket=tmp_path / "media.sock",
                udp_host=apart.inside,
                log_level="warning",
                command=(*apart.enter, sys.executable, "-m", "meeting_server.media"),
            )
        )
        heard = Ear(link)
        await link.start()
        try:
            await heard.until(MediaUp)
            yield heard
        finally:
            await link.stop()


async def test_firefox_joins_sees_and_is_seen(ear: Ear, tmp_path: Path) -> None:
    if program() is None or not Path(CHROMIUM).exists():
        pytest.skip("Firefox or Chromium is not installed")
    ear.link.set_room(room("fox", "bo"))
    async with async_playwright() as playwright, served(ear) as address, firefox(tmp_path) as fox:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=with_camera())
        bo = await enter_page(browser, address, "bo")
        await fox.goto(f"{address}/?name=fox")
        await fox.wait("window.isReady")
        await fox.evaluate("room.start({publish: true})")
        await fox.wait("room.state === 'connected'")

        # Its thumbnail always flows, and it sees and hears whoever has the floor.
        ear.link.set_room(room("fox", "bo", floor="bo"))
        await fox.wait("room.stats().then((flow) => flow.up.thumb.frames > 10)")
        await fox.wait(
            "room.stats().then(({down}) => down.floor.framesDecoded > 20 && down.floor.audioPackets > 50)"
        )
        # With the floor it is seen and heard.
        before = (await flow(bo))["down"]["floor"]
        ear.link.set_room(room("fox", "bo", floor="fox"))
        await until(
            bo,
            lambda flow: (
                flow["down"]["floor"]["framesDecoded"] > before["framesDecoded"] + 10
                and flow["down"]["floor"]["audioPackets"] > before["audioPackets"] + 50
            ),
        )
        # Bo interprets, by voice and by signs; it has chosen both and hears and sees them.
        state = room("fox", "bo", sign="bo", channels=(mp.Channel("engelska", "bo"),))
        chosen = tuple(
            replace(peer, channel="engelska", sign=True) if peer.peer == "fox" else peer
            for peer in state.peers
        )
        ear.link.set_room(replace(state, peers=chosen))
        await fox.wait(
            "room.stats().then(({down}) => down.sign.framesDecoded > 20 && down.channel.audioPackets > 50)"
        )
        await browser.close()
