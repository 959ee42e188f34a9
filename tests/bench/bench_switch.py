"""From the grant to the new picture at the others, in real pages: `python -m tests.bench.bench_switch`.

Four Chromium pages with the product's own media client and fake cameras; two of them have the floor in turn,
and the others watch. The grant is the core's message to the media process. The picture is there when a page
has presented its first frame (requestVideoFrameCallback); the two send pictures of different sizes, so that
it is seen whose it is. Everything, the browsers too, runs on this machine, which in a meeting everybody has
for himself: first with the two alone sending, then with chair and hall as well, from recordings, so that
nobody else's camera is coded here; at last from pages, which makes twelve pictures to be coded or decoded at
a time. What a full machine adds is its own, so its share is printed.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web
from playwright.async_api import Browser, Page, async_playwright

from meeting_server import media_protocol as mp
from meeting_server.demo.moving import picture
from meeting_server.demo.remote_end import RemoteEnd
from meeting_server.live.media_link import MediaLink, MediaSettings, MediaUp
from tests.chromium import CHROMIUM, with_camera
from tests.media.member import Ear, use_loopback_only
from tests.media.pages import Signalling

SWITCHES = 20
SPEAKERS = ("anna", "bo")
NAMES = (*SPEAKERS, "cia", "hall")
OTHERS = {
    "two send": (),
    "chair, hall recorded": ("chair-end", "hall-end"),
    "chair, hall as pages": ("cia", "hall"),
}
"""Who sends the pictures of chair and hall."""
AIM_MEDIAN_MS, AIM_WORST_MS = 120.0, 250.0
WATCH = """
() => {
  const video = document.getElementById('floor');
  window.shown = [];
  let last = null;
  const look = (now, meta) => {
    const who = `${meta.width}x${meta.height}`;
    if (who !== last) window.shown.push([performance.timeOrigin + meta.presentationTime, who]);
    last = who;
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
}
"""
FREEZES = """
async () => {
  const found = [];
  for (const each of (await room.pc.getStats()).values())
    if (each.type === 'inbound-rtp' && each.kind === 'video' && each.framesDecoded > 0)
      found.push([each.freezeCount, each.framesDecoded]);
  return found;
}
"""


@dataclass(frozen=True)
class Case:
    """others: see OTHERS. ready: who may be next sends already, as the product asks of the next one."""

    others: str
    ready: bool

    def room(self, floor: str | None) -> mp.Room:
        """The state with this one on the floor."""
        others = OTHERS[self.others]
        peers = tuple(
            mp.PeerState(name, True, name in NAMES, full=self.ready and name in SPEAKERS)
            for name in dict.fromkeys([*NAMES, *others])
        )
        chair, hall = others or (None, None)
        return mp.Room("m1", peers, floor=floor, chair=chair, hall=hall)


async def _enter(browser: Browser, address: str, name: str, publish: bool) -> Page:
    context = await browser.new_context(permissions=["camera", "microphone"])
    # Another shape of picture for one of the speakers: that is how the watcher knows whose frame it is.
    if name == "bo":
        await context.add_init_script(
            "const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);"
            "const video = {width: 640, height: 480};"
            "navigator.mediaDevices.getUserMedia = (wish) => ask({...wish, video});"
        )
    page = await context.new_page()
    await page.goto(f"{address}/?name={name}")
    await page.wait_for_function("window.isReady")
    await page.evaluate(f"room.start({{publish: {str(publish).lower()}}})")
    await page.wait_for_function("room.state === 'connected'", timeout=30_000)
    return page


async def _record(ear: Ear, name: str, stack: AsyncExitStack) -> None:
    """Let somebody send a recording as his full picture, until the stack ends."""
    end = RemoteEnd({"full": picture(name, is_full=True)})
    end.sends = frozenset({"full"})
    since = len(ear.events)
    ear.link.join("m1", name)
    offer = await ear.until(mp.Offer, lambda each: each.peer == name, since)
    ear.link.answer("m1", name, await end.answer(offer.sdp), offer.attempt)
    running = asyncio.create_task(end.run())
    stack.push_async_callback(asyncio.wait, [running])
    stack.push_async_callback(end.close)
    await end.connected.wait()


async def _switch(link: MediaLink, watchers: dict[str, Page], case: Case) -> list[float]:
    """Milliseconds from each grant to each watcher's first frame of the new speaker."""
    found = []
    for turn in range(SWITCHES + 1):
        before = {name: await page.evaluate("shown.length") for name, page in watchers.items()}
        granted = time.time() * 1000
        # The second round begins with the one who does not have the floor after the first.
        link.set_room(case.room(SPEAKERS[(turn + case.ready) % 2]))
        for name, page in watchers.items():
            await page.wait_for_function(f"shown.length > {before[name]}", timeout=20_000)
            shown: list[Any] = await page.evaluate(f"shown[{before[name]}]")
            if turn:  # the first has nothing to be switched from
                found.append(shown[0] - granted)
        await asyncio.sleep(1.0)
    return found


async def run() -> None:
    """Print the figures."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        link = MediaLink(MediaSettings(Path(folder) / "media.sock"))
        ear = Ear(link)
        await link.start()
        stack.push_async_callback(link.stop)
        await ear.until(MediaUp)
        use_loopback_only()
        link.set_room(Case("chair, hall recorded", False).room(None))
        runner = web.AppRunner(Signalling(ear).app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        playwright = await stack.enter_async_context(async_playwright())
        for others, senders in OTHERS.items():
            recordings = await stack.enter_async_context(AsyncExitStack())
            link.set_room(Case(others, False).room(None))
            for name in senders:
                if name not in NAMES:
                    await _record(ear, name, recordings)
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=with_camera(20))
            pages = {
                name: await _enter(browser, address, name, name in (*SPEAKERS, *senders)) for name in NAMES
            }
            watchers = {name: page for name, page in pages.items() if name not in SPEAKERS}
            for page in watchers.values():
                await page.wait_for_selector("#floor", state="attached")
                await page.evaluate(WATCH)
            for ready in (False, True):
                await _measure(link, watchers, Case(others, ready))
            await browser.close()
            await recordings.aclose()


async def _measure(link: MediaLink, watchers: dict[str, Page], case: Case) -> None:
    before = [await page.evaluate(FREEZES) for page in watchers.values()]
    (busy, idle), times = _processors(), await _switch(link, watchers, case)
    after = [await page.evaluate(FREEZES) for page in watchers.values()]
    frozen = sum(count for page in after for count, _ in page) - sum(
        count for page in before for count, _ in page
    )
    busy, idle = (later - earlier for later, earlier in zip(_processors(), (busy, idle), strict=True))
    median, worst = statistics.median(times), max(times)
    is_met = median <= AIM_MEDIAN_MS and worst <= AIM_WORST_MS and not frozen
    print(
        f"{case.others:20}, "
        f"{'next speaker warmed up' if case.ready else 'sender switched on by the grant':31}"
        f" {len(times)} pictures: median {median:.0f} ms, worst {worst:.0f} ms, freezes {frozen}"
        f"  (aim {AIM_MEDIAN_MS:.0f}, {AIM_WORST_MS:.0f}, 0: {'met' if is_met else 'NOT met'})"
        f"  machine {100 * busy / (busy + idle):.0f} % busy",
        flush=True,
    )


def _processors() -> tuple[int, int]:
    """Busy and idle time of the whole machine so far (proc(5))."""
    user, nice, system, idle, waiting, *interrupts = map(int, Path("/proc/stat").read_text().split()[1:8])
    return user + nice + system + sum(interrupts), idle + waiting


def main() -> int:
    """The command line."""
    if not Path(CHROMIUM).exists():
        print("Chromium is not installed, so no switch is measured (Debian: apt install chromium).")
        return 0
    asyncio.run(run())
    return 0


if __name__ == "__main__":
    sys.exit(main())
