"""A page whose UDP is blocked takes part through a real TURN server: UDP on IPv4 and IPv6, TCP and TLS."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, async_playwright

from tests.chromium import CHROMIUM, with_camera
from tests.media.member import PATIENCE, Ear
from tests.media.pages import enter_page, room, served, until
from tests.network.conftest import Turn

pytestmark = pytest.mark.browser

IN_USE = """async () => {
  const found = [...(await room.pc.getStats()).values()];
  const pair = found.find((each) => each.type === 'candidate-pair' && each.nominated && each.bytesSent);
  const local = found.find((each) => each.id === pair?.localCandidateId);
  return local && {type: local.candidateType, protocol: local.relayProtocol};
}"""


async def in_use(page: Page) -> Any:
    """The kind of candidate the page sends from, as soon as it does, and how it reaches its relay."""
    async with asyncio.timeout(PATIENCE):
        while (found := await page.evaluate(IN_USE)) is None:
            await asyncio.sleep(0.1)
    return found


async def test_a_page_behind_relays_alone_is_seen_and_heard_over_each_transport(ear: Ear, turn: Turn) -> None:
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not installed")
    names = (*turn.urls, "hall")
    ear.link.set_room(room(*names))
    async with async_playwright() as playwright, served(ear) as address:
        # The certificate of this coturn is its own; a real one is signed by somebody the browser knows.
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*with_camera(), "--ignore-certificate-errors"]
        )
        hall = await enter_page(browser, address, "hall", publish=False)
        for transport in turn.urls:
            page = await enter_page(browser, address, transport, relays=turn.servers(transport))
            assert await in_use(page) == {"type": "relay", "protocol": transport.removesuffix("6")}
            ear.link.set_room(room(*names, floor=transport, chair="hall"))
            seen = (await until(hall, lambda flow: True))["down"]["floor"]
            await until(
                hall,
                lambda flow, seen=seen: (  # type: ignore[misc]
                    flow["down"]["floor"]["framesDecoded"] > seen["framesDecoded"] + 5
                    and flow["down"]["floor"]["audioPackets"] > seen["audioPackets"] + 20
                ),
            )
        await browser.close()
