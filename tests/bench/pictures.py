"""Takes pictures of large meetings for README: `python -m tests.bench.pictures 60 149 --to docs/pictures`.

A real server, real media, so many simulated members at a distance, and Chromium at the console, at the hall's
screen and at a member's page.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import sys
import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
from playwright.async_api import Browser, Page, async_playwright

from meeting_server.demo.moving import Loop
from meeting_server.demo.portraits import portrait
from meeting_server.demo.remote_end import use_loopback
from meeting_server.demo.simulated import Member
from meeting_server.store import Store
from meeting_server.store.register_file import read_register
from meeting_server.store.register_import import import_register
from meeting_server.store.register_values import Picture
from tests.chromium import CHROMIUM, PLAIN
from tests.http.process import free_port

FIRST = ["Åsa", "Björn", "Cecilia", "David", "Ebba", "Fatima", "Göran", "Hillevi", "Ismail", "Jytte"]
LAST = ["Alström", "Björklöf", "Cederhamn", "Dahlbäck", "Ekdal", "Furuhed", "Granberg-Östlind", "Isgren"]
LAST += ["Junehag", "Kvistgren", "Ödman"]
PARTIES = "ABEGHNTÖ"
AT_ONCE = 12
"""Members let in at a time."""
SPEAKER = "m3"
FACES = 24
"""Different faces among them."""
_thumbs: list[Loop] = []


def register_of(remote: int) -> str:
    """An assembly with a chair in the room and so many members at a distance, which meets today.

    Of the organisation that is the demonstration's: it lets nobody into another.
    """
    now = datetime.now().astimezone()
    seats = (remote + 1) | 1
    names = [f"{FIRST[n % len(FIRST)]} {LAST[n * 7 % len(LAST)]}" for n in range(seats)]
    people = "\n".join(
        f"  - {{id: m{n}, namn: {names[n]}, parti: {PARTIES[n % len(PARTIES)]}}}" for n in range(seats)
    )
    members = "\n".join(
        f"      - {{person: m{n}{', uppdrag: ordförande' if n == 0 else ''}}}" for n in range(seats)
    )
    parties = "\n".join(f"  {letter}: Partiet {letter}" for letter in PARTIES)
    return f"""
organisation: {{id: ekhamra, namn: Ekhamra kommun, slag: region}}
partier:
{parties}
personer:
  - {{id: sekreterare, namn: Siv Sköld, titel: sekreterare}}
{people}
organ:
  - id: fullmaktige
    namn: Regionfullmäktige
    bestämd_form: regionfullmäktige
    slag: fullmäktige
    platser: {seats}
    mandatperiod: {{från: {now.year - 1}-10-15, till: {now.year + 3}-10-14}}
    bestämmelser:
      - {{version: 1, gäller_från: 2018-01-01, beslutad: 2017-12-11, beslut: RF § 1, distans: alla,
         justerare: 2, identitet: [känd]}}
    ledamöter:
{members}
sammanträden:
  - id: rf
    organ: fullmaktige
    rubrik: Regionfullmäktige
    börjar: {now:%Y-%m-%d %H:%M}
    plats: Regionens hus
    form: hybrid
    första_paragraf: 1
    sekreterare: sekreterare
    ärenden:
      - rubrik: Budget och verksamhetsplan för nästa år
        slag: beslut
        förslag: {{från: Regionstyrelsens förslag, inledning: Fullmäktige beslutar, punkter: [Ja.]}}
"""


class Quiet(Member):
    """Shows a face and does nothing else; once let in it leaves the page and only the picture goes on."""

    async def live(self) -> None:
        """Until cancelled."""
        try:
            await self._draw(is_full=False)
            if self.person == SPEAKER:
                await self._draw(is_full=True)
            await self._take_part()
            await asyncio.Event().wait()
        finally:
            await self._close_end()

    async def _draw(self, *, is_full: bool) -> None:
        if is_full or len(_thumbs) <= FACES:
            await super()._draw(is_full=is_full)
            _thumbs.append(self._loops["thumb"])
        else:
            self._loops["thumb"] = _thumbs[int(self.person[1:]) % FACES]

    async def _hear(self, message: dict[str, Any]) -> bool:
        stays = await super()._hear(message)
        state = (self._sections.get("me") or {}).get("state")
        return stays and (state != "remote" or self.person == SPEAKER)

    async def _vote(self) -> None:
        return

    async def _ask_for_floor(self, matter: str) -> None:
        return


async def give(page: Page, name: str, **data: object) -> None:
    """Give a command from the console."""
    await page.evaluate("([name, data]) => klubban.desk.wire.send(name, data)", [name, data])


async def let_in(console: Page, person: str) -> None:
    """Confirm one in the lobby when their picture has come."""
    await console.wait_for_function(
        "who => klubban.meeting.presenceOf(who)?.state === 'lobby'"
        " && klubban.meeting.link(who)?.state === 'live'",
        arg=person,
        timeout=120_000,
    )
    for _ in range(100):
        try:
            await give(console, "confirm-identity", person=person, method="known")
        except Exception:  # the picture has not come for two seconds yet
            await asyncio.sleep(0.3)
        else:
            return
    raise TimeoutError(f"{person} was not let in")


async def let_back(console: Page, remote: int) -> None:
    """Confirm again whoever was lost meanwhile; a machine that is busy loses some. Then whoever is there."""
    for _ in range(60):
        back = await console.evaluate("klubban.meeting.inState('returning').map((row) => row.person)")
        for person in back:
            with contextlib.suppress(Exception):  # the picture has not come for two seconds yet
                await give(console, "confirm-identity", person=person, method="known")
        if await console.evaluate("klubban.meeting.inState('remote').length") == remote:
            return
        await asyncio.sleep(1)


async def opened(browser: Browser, url: str, person: str, page: str, *, width: int, height: int) -> Page:
    """A page of its own browser context, signed in as this person."""
    context = await browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True)
    found = await context.new_page()
    await found.goto(f"{url}/demo/as/{person}?next=/meetings/rf{page}")
    return found


async def take(remote: int, to: Path) -> None:
    """Hold the meeting and take the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open(f"sqlite:///{folder}/klubban.sqlite3")
        register = read_register(register_of(remote))
        persons = tuple(
            replace(each, picture=Picture("image/svg+xml", portrait(each.id))) for each in register.persons
        )
        await import_register(store.database, replace(register, persons=persons))
        await store.close()
        port = free_port()
        environment = {name: text for name, text in os.environ.items() if not name.startswith("KLUBBAN_")}
        environment |= {"KLUBBAN_DATA": folder, "KLUBBAN_MEDIA_PORT": "0", "KLUBBAN_LOG_LEVEL": "warning"}
        server = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "meeting_server", "demo", "--port", str(port), env=environment, stdout=-3
        )
        try:
            await _hold(f"http://127.0.0.1:{port}", remote, to)
        finally:
            server.terminate()
            await server.wait()


async def _hold(url: str, remote: int, to: Path) -> None:
    async with aiohttp.ClientSession() as web:
        for _ in range(300):
            try:
                async with web.get(f"{url}/healthz") as answer:
                    if answer.status == 200:
                        break
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)
    drawing = asyncio.Lock()
    members = [f"m{n}" for n in range(1, remote + 1)]
    lives = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=PLAIN)
        try:
            console = await opened(browser, url, "m0", "/chair", width=1920, height=1080)
            await console.wait_for_function("globalThis.klubban?.meeting.ready")
            await give(console, "record-arrival", person="m0")
            for start in range(0, remote, AT_ONCE):
                group = members[start : start + AT_ONCE]
                lives += [asyncio.create_task(Quiet(url, "rf", each, drawing).live()) for each in group]
                for person in group:
                    await let_in(console, person)
                print(f"{start + len(group)} let in", flush=True)
                if start == 0:
                    await console.screenshot(path=to / f"console-{remote}-lobby.png")
            await let_back(console, remote)
            await _picture(browser, console, url, remote, to)
        finally:
            for each in lives:
                each.cancel()
            await asyncio.gather(*lives, return_exceptions=True)
            await browser.close()


async def _picture(browser: Browser, console: Page, url: str, remote: int, to: Path) -> None:
    await give(console, "open-meeting")
    await give(console, "complete-roll-call")
    matter = await console.evaluate("klubban.desk.s.agenda[0].matter")
    await give(console, "take-up-matter", matter=matter)
    await give(console, "give-floor", person=SPEAKER)
    hall = await opened(browser, url, "m0", "/hall", width=1920, height=1080)
    await hall.wait_for_function("globalThis.klubban?.meeting.ready")
    await hall.evaluate("klubban.hall.toggleWall()")
    await console.screenshot(path=to / f"console-{remote}.png")
    await console.evaluate("klubban.desk.open('wall')")
    for page in (console, hall):
        await page.wait_for_function("document.querySelector('.places')", timeout=60_000)
    await asyncio.sleep(6)
    await console.screenshot(path=to / f"console-wall-{remote}.png")
    await hall.screenshot(path=to / f"wall-{remote}.png")
    await console.evaluate("klubban.desk.open('presence')")
    await asyncio.sleep(1)
    await console.screenshot(path=to / f"console-presence-{remote}.png")
    await console.evaluate("klubban.desk.open('look', {person: 'm3', from: 'wall'})")
    await asyncio.sleep(4)
    await console.screenshot(path=to / f"console-look-{remote}.png")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("remote", type=int, nargs="+")
    parser.add_argument("--to", type=Path, default=Path())
    given = parser.parse_args()
    use_loopback()
    given.to.mkdir(parents=True, exist_ok=True)
    for remote in given.remote:
        asyncio.run(take(remote, given.to))


if __name__ == "__main__":
    main()
