"""A member far away: Chromium in a namespace, the relay between, and what is heard and seen at both ends."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from meeting_server.live.media_link import MediaLink, MediaSettings, MediaUp
from tests.chromium import CHROMIUM, with_camera
from tests.media.member import PATIENCE, Ear
from tests.media.pages import enter_page, flow, room, served
from tests.network.apart import Namespace
from tests.network.relay import Relay

NAMES = ("far", "near", "hall")


@dataclass
class Far:
    """far: the page behind the relay. near, hall: pages beside the server. ear: what media says."""

    relay: Relay
    ear: Ear
    far: Page
    near: Page
    hall: Page

    def floor(self, who: str | None) -> None:
        """Who has the floor; nobody else is forwarded."""
        self.ear.link.set_room(room(*NAMES, floor=who))

    async def heard(self, page: Page, seconds: float) -> dict[str, float]:
        """What a page decodes of the floor in so many seconds: frames, freezes, sound, and sound made up."""
        before = await _sound_and_picture(page)
        await asyncio.sleep(seconds)
        after = await _sound_and_picture(page)
        return {name: after[name] - before[name] for name in after}


_READ = """async () => {
  const found = {frames: 0, freezes: 0, frozen: 0, packets: 0, lost: 0, samples: 0, concealed: 0};
  for (const each of (await room.pc.getStats()).values()) {
    if (each.type !== 'inbound-rtp' || (each.mid !== '0' && each.mid !== '1')) continue;
    if (each.kind === 'video') {
      found.frames = each.framesDecoded ?? 0;
      found.freezes = each.freezeCount ?? 0;
      found.frozen = each.totalFreezesDuration ?? 0;
    } else {
      found.packets = each.packetsReceived ?? 0;
      found.lost = each.packetsLost ?? 0;
      found.samples = each.totalSamplesReceived ?? 0;
      found.concealed = each.concealedSamples ?? 0;
    }
  }
  return found;
}"""


async def _sound_and_picture(page: Page) -> dict[str, float]:
    found: dict[str, float] = await page.evaluate(_READ)
    return found


@contextlib.asynccontextmanager
async def far_away(apart: Namespace, folder: Path, port: int) -> AsyncIterator[Far]:
    """A media process on 127.0.0.1, the relay on our end of the wire at the same port, three pages."""
    link = MediaLink(
        MediaSettings(
            socket=folder / "media.sock",
            udp_port=port,
            public_addresses=(apart.outside, "127.0.0.1"),
            log_level="warning",
        )
    )
    ear = Ear(link)
    loop = asyncio.get_running_loop()
    _, relay = await loop.create_datagram_endpoint(
        lambda: Relay(("127.0.0.1", port)), local_addr=(apart.outside, port)
    )
    await link.start()
    try:
        await ear.until(MediaUp)
        way = {"far": apart.outside}
        async with (
            async_playwright() as playwright,
            served(ear, "0.0.0.0", lambda peer: way.get(peer, "127.0.0.1")) as address,
        ):
            web = address.rpartition(":")[2]
            outside = f"http://{apart.outside}:{web}"
            near = await playwright.chromium.launch(executable_path=CHROMIUM, args=with_camera())
            distant = await playwright.chromium.launch(
                executable_path=apart.wrapper(CHROMIUM),
                args=[*with_camera(), f"--unsafely-treat-insecure-origin-as-secure={outside}"],
            )
            link.set_room(room(*NAMES))
            inside = f"http://127.0.0.1:{web}"
            pages = await asyncio.gather(
                enter_page(distant, outside, "far"),
                enter_page(near, inside, "near"),
                enter_page(near, inside, "hall", publish=False),
            )
            yield Far(relay, ear, *pages)
            await _closed(near, distant)
    finally:
        await link.stop()
        await relay.close()


async def _closed(*browsers: Browser) -> None:
    for each in browsers:
        await each.close()


async def until_flows(page: Page, frames: int, packets: int, seconds: float = PATIENCE) -> dict[str, Any]:
    """Wait until the page has decoded and heard so much more of the floor."""
    before = (await flow(page))["down"]["floor"]
    async with asyncio.timeout(seconds):
        while True:
            now = (await flow(page))["down"]["floor"]
            enough = now["framesDecoded"] >= before["framesDecoded"] + frames
            if enough and now["audioPackets"] >= before["audioPackets"] + packets:
                return dict(now)
            await asyncio.sleep(0.05)
