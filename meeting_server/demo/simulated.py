"""Simulated remote members for the demonstration, so that one person alone can try a whole meeting.

They come in through the same doors as anybody: sign in, open the page's socket, answer the media offer, ask
to be let in, vote. They run in a process of their own, `python -m meeting_server.demo.simulated`, which ends
when its standard input is closed, and so with whoever started it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import logging
import random
import re
import sys
import uuid
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode, urljoin

import aiohttp

from meeting_server.demo import moving
from meeting_server.demo.remote_end import RemoteEnd, use_loopback

log = logging.getLogger(__name__)

RETRY_SECONDS = 2.0
THINKING_SECONDS = (1.5, 7.0)
"""How long a simulated member thinks before voting."""
SPEECH_SECONDS = (15.0, 30.0)
ASKS_FOR_FLOOR = 3
"""One in so many asks for the floor when a debate begins."""
VOTES = ("yes", "yes", "yes", "no", "no", "abstain")


class Member:
    """One simulated member of one meeting."""

    def __init__(self, url: str, meeting: str, person: str, drawing: asyncio.Lock) -> None:
        self.person = person
        self._url = url
        self._meeting = meeting
        self._drawing = drawing
        self._loops: dict[str, moving.Loop] = {}
        self._sections: dict[str, Any] = {}
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._end: RemoteEnd | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._lot = random.Random(person)
        self._voted: str | None = None
        self._asked_in: str | None = None
        self._speaks = False
        self._is_entering = False

    async def live(self) -> None:
        """Take part, and come back whenever the line breaks."""
        await self._draw(is_full=False)
        self._begin(self._draw(is_full=True))
        while True:
            try:
                await self._take_part()
            except (aiohttp.ClientError, OSError, ValueError, TimeoutError) as error:
                log.info("%s: %s", self.person, error)
            finally:
                await self._hang_up()
            await asyncio.sleep(RETRY_SECONDS * (0.5 + random.random()))

    async def _draw(self, *, is_full: bool) -> None:
        """Make the loops, one member at a time: drawing takes half a second of a core."""
        async with self._drawing:
            name = "full" if is_full else "thumb"
            self._loops[name] = await asyncio.to_thread(moving.picture, self.person, is_full=is_full)
            if is_full:
                self._loops["mic"] = await asyncio.to_thread(moving.voice, self.person)

    async def _take_part(self) -> None:
        jar = aiohttp.CookieJar(unsafe=True)  # the demonstration is reached by a number, not a name
        async with aiohttp.ClientSession(cookie_jar=jar) as web:
            page = f"/meetings/{self._meeting}/member"
            door = urljoin(self._url, f"/demo/as/{self.person}?" + urlencode({"next": page}))
            async with web.get(door, timeout=aiohttp.ClientTimeout(20)) as response:
                response.raise_for_status()
                start = read_start(await response.text())
            address = urljoin(self._url, f"/meetings/{self._meeting}/ws")
            query = {"role": "member", "csrf": str(start["csrf"])}
            origin = self._url.rstrip("/")
            async with web.ws_connect(
                f"{address}?{urlencode(query)}", origin=origin, max_msg_size=0
            ) as socket:
                self._socket = socket
                await self._say({"type": "hello", "versions": ["1"], "events": False})
                async for message in socket:
                    if message.type is not aiohttp.WSMsgType.TEXT:
                        break
                    if not await self._hear(json.loads(message.data)):
                        return

    async def _hear(self, message: dict[str, Any]) -> bool:
        """Act on one message. Returns whether to stay."""
        kind = message.get("type")
        if kind == "welcome":
            await self._say({"type": "media", "kind": "view", "view": "floor"})
            await self._say({"type": "media", "kind": "join"})
        elif kind == "media":
            await self._hear_media(message)
        elif kind == "view":
            self._sections.update(message["sections"])
            await self._act()
        elif kind == "refused":
            log.info("%s was refused: %s", self.person, message["refusal"].get("because"))
        return kind != "bye"

    async def _hear_media(self, message: dict[str, Any]) -> None:
        kind = message["kind"]
        if kind == "offer":
            await self._close_end()
            end = self._end = RemoteEnd(self._loops)
            answer = await end.answer(message["sdp"])
            self._begin(self._run(end))
            await self._say({"type": "media", "kind": "answer", "sdp": answer, "attempt": message["attempt"]})
        elif kind == "hint" and self._end is not None:
            wanted = {"thumb", *(name for name in ("full", "mic") if message[name])}
            self._end.sends = frozenset(wanted)
        elif kind in ("up", "lost", "failed"):
            await asyncio.sleep(0.3)
            await self._say({"type": "media", "kind": "join"})

    async def _run(self, end: RemoteEnd) -> None:
        with contextlib.suppress(ConnectionError):
            sending = asyncio.create_task(end.run())
            try:
                await asyncio.wait_for(end.connected.wait(), 15)
                await self._act()
                await sending
            except TimeoutError:
                log.info("%s: no media connection", self.person)
            finally:
                sending.cancel()

    # ---- in the meeting ----

    async def _act(self) -> None:
        """Do what a member does now: come in, ask for the floor, end a speech, vote."""
        me = self._sections.get("me")
        if not me or self._end is None or not self._end.connected.is_set():
            return
        can = me.get("can") or {}
        if (
            me.get("state") in ("expected", "absent", "left")
            and not self._is_entering
            and _may(can, "enter-lobby")
        ):
            self._is_entering = True
            await self._command("enter-lobby")
        elif me.get("state") not in ("expected", "absent", "left"):
            self._is_entering = False
        division = self._sections.get("division") or {}
        is_open = division.get("status") == "open"
        if is_open and me.get("votable") and not me.get("my_vote") and self._voted != division["id"]:
            self._voted = division["id"]
            self._begin(self._vote())
        matter = self._sections.get("matter") or {}
        if matter.get("stage") == "debate" and self._asked_in != matter["matter"] and me.get("counted"):
            self._asked_in = matter["matter"]
            if self._lot.randrange(ASKS_FOR_FLOOR) == 0 and _may(can, "request-floor"):
                self._begin(self._ask_for_floor(matter["matter"]))
        floor = (self._sections.get("debate") or {}).get("floor") or {}
        speaks = floor.get("person") == self.person
        if speaks and not self._speaks:
            self._begin(self._speak(floor["since"]))
        self._speaks = speaks

    async def _vote(self) -> None:
        await asyncio.sleep(self._lot.uniform(*THINKING_SECONDS))
        await self._command("cast-vote", {"vote": self._lot.choice(VOTES)})

    async def _ask_for_floor(self, matter: str) -> None:
        await asyncio.sleep(self._lot.uniform(*THINKING_SECONDS))
        now = self._sections.get("matter") or {}
        if (now.get("matter"), now.get("stage")) == (matter, "debate"):
            await self._command("request-floor", {"kind": "speech"})

    async def _speak(self, since: str) -> None:
        await asyncio.sleep(self._lot.uniform(*SPEECH_SECONDS))
        floor = (self._sections.get("debate") or {}).get("floor") or {}
        if (floor.get("person"), floor.get("since")) == (self.person, since):
            await self._command("end-floor")

    async def _command(self, name: str, data: dict[str, Any] | None = None) -> None:
        await self._say({"type": "command", "id": str(uuid.uuid4()), "name": name, "data": data or {}})

    async def _say(self, message: dict[str, Any]) -> None:
        if self._socket is not None and not self._socket.closed:
            with contextlib.suppress(ConnectionError):
                await self._socket.send_json(message)

    # ---- housekeeping ----

    def _begin(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _close_end(self) -> None:
        end, self._end = self._end, None
        if end is not None:
            await end.close()

    async def _hang_up(self) -> None:
        self._socket = None
        self._is_entering = False
        self._sections.clear()
        await self._close_end()


def _may(can: dict[str, Any], command: str) -> bool:
    """Whether the view says that the command would not be refused."""
    return command in can and can[command] is None


def read_start(page: str) -> dict[str, Any]:
    """The start data in a page. Raises ValueError."""
    found = re.search(r'<script[^>]*id="bootstrap"[^>]*>(.*?)</script>', page, re.S)
    if found is None:
        raise ValueError("the page has no start data: is this the member's page?")
    start = json.loads(found[1])
    if not isinstance(start, dict):
        raise ValueError("the start data is no object")
    return start


async def run(url: str, meeting: str, persons: Sequence[str]) -> None:
    """Let them live until standard input is closed."""
    use_loopback()
    drawing = asyncio.Lock()
    members = [Member(url, meeting, person, drawing) for person in persons]
    lives = [asyncio.create_task(member.live()) for member in members]
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    await reader.read()
    for life in lives:
        life.cancel()
    await asyncio.gather(*lives, return_exceptions=True)


def main(argv: Sequence[str] | None = None) -> None:
    """The command line of the process."""
    parser = argparse.ArgumentParser(prog="simulated", description="Simulated remote members of one meeting.")
    parser.add_argument("--url", required=True)
    parser.add_argument("--meeting", required=True)
    parser.add_argument("--log-level", default="warning")
    parser.add_argument("persons", nargs="+")
    given = parser.parse_args(argv)
    logging.basicConfig(
        level=given.log_level.upper(), format="simulated %(levelname)s: %(message)s", force=True
    )
    asyncio.run(run(given.url, given.meeting, given.persons))


if __name__ == "__main__":
    main()
