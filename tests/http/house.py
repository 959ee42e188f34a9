"""A running server and the browsers that come to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import aiohttp
from aiohttp import web

from meeting_server.app import make_app, open_store
from meeting_server.config import Settings
from meeting_server.demo.data import load_demo
from meeting_server.http.keys import CHAMBERS, DemoDoors
from meeting_server.live.chambers import Venue
from meeting_server.store import Store
from meeting_server.store.logins import Login
from tests.live.place import SetClock

DAY = date(2026, 11, 24)
OPENING = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
"""The morning of the day all three meetings of Ekhamra are held."""
SECONDS = 10.0
"""Longest a test waits for one message."""


async def load(folder: Path, today: date) -> None:
    """Put Ekhamra in a database in the folder."""
    store = await Store.open(f"sqlite:///{folder / 'klubban.sqlite3'}")
    await load_into(store, today)
    await store.close()


async def load_into(store: Store, today: date) -> None:
    """Put Ekhamra in an open store."""
    await load_demo(store, today)


class RunningClock(SetClock):
    """A clock that is set on the day of the meetings but runs as real seconds do."""

    def __init__(self) -> None:
        super().__init__()
        self.at = OPENING
        self._began = super().monotonic()

    def monotonic(self) -> float:
        """Real seconds."""
        import time

        return time.monotonic()


@dataclass
class House:
    """One server with its store. `by` opens a signed-in browser."""

    app: web.Application
    runner: web.AppRunner
    store: Store
    settings: Settings
    clock: SetClock
    url: str
    browsers: list[Browser] = field(default_factory=list)
    rosters: dict[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    async def open(cls, folder: Path, **override: Any) -> House:
        """Serve the database in the folder on a free port, by the `clock` if one is given; no media."""
        clock: SetClock = override.pop("clock", None) or RunningClock()
        chosen: dict[str, Any] = {
            "data_dir": folder,
            "port": 0,
            "media_external": True,
            "public_url": "http://klubban.test",
            **override,
        }
        settings = Settings.from_environment({}, **chosen)
        store = await open_store(settings)
        app = make_app(settings, store, clock=clock, demo=DemoDoors({}))
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        return cls(app, runner, store, settings, clock, f"http://127.0.0.1:{port}")

    async def close(self) -> None:
        """Close the browsers, then the server."""
        for browser in self.browsers:
            await browser.http.close()
        await self.runner.cleanup()
        await self.store.close()

    def visitor(self) -> Browser:
        """A browser nobody has signed in with."""
        browser = Browser(self, aiohttp.ClientSession(self.url, cookie_jar=aiohttp.CookieJar(unsafe=True)))
        self.browsers.append(browser)
        return browser

    async def by(self, person: str) -> Browser:
        """A browser signed in as the person."""
        browser = self.visitor()
        cookie, browser.login = await self.store.logins.open(person, method="password", now=self.clock.now())
        browser.person = person
        browser.http.cookie_jar.update_cookies({"klubban": cookie})
        return browser

    async def venue(self, meeting: str) -> Venue:
        """The open meeting inside the server."""
        return await self.app[CHAMBERS].get(meeting)

    async def roster(self, meeting: str) -> Mapping[str, str]:
        """Person id by what they are: chair, secretary, m1, m2 … (other members), s1 … (substitutes); asked
        for once.
        """
        if meeting not in self.rosters:
            self.rosters[meeting] = await self._read_roster(meeting)
        return self.rosters[meeting]

    async def _read_roster(self, meeting: str) -> Mapping[str, str]:
        found: dict[str, str] = {}
        members = substitutes = 0
        for person in (await self.store.register.convened(meeting)).roster:
            if person.presidium == "chair":
                found["chair"] = person.id
            elif person.role == "member":
                members += 1
                found[f"m{members}"] = person.id
            elif person.role == "substitute":
                substitutes += 1
                found[f"s{substitutes}"] = person.id
            else:
                found.setdefault(person.role, person.id)
        return found


@dataclass
class Browser:
    """One browser: its cookies, and the token of its login."""

    house: House
    http: aiohttp.ClientSession
    login: Login | None = None
    person: str = ""

    @property
    def csrf(self) -> str:
        """The token that forms and requests must carry."""
        assert self.login is not None
        return self.login.csrf

    async def get(self, path: str, **more: Any) -> aiohttp.ClientResponse:
        """GET without following redirects, body read."""
        return await self.ask("GET", path, **more)

    async def download(self, path: str) -> bytes:
        """The body of what is to be there."""
        async with self.http.get(path) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.read()

    async def post(self, path: str, *, csrf: bool = True, **more: Any) -> aiohttp.ClientResponse:
        """POST with the token in the header, body read."""
        return await self.ask("POST", path, **self._signed(csrf, more))

    async def put(self, path: str, **more: Any) -> aiohttp.ClientResponse:
        """PUT with the token in the header, body read."""
        return await self.ask("PUT", path, **self._signed(True, more))

    async def command(
        self, meeting: str, name: str, data: Mapping[str, object] | None = None, command_id: str | None = None
    ) -> dict[str, Any]:
        """Give a command over HTTP: the body of the answer."""
        count = len(self.house.browsers) * 1000 + id(data) % 1000
        body = {
            "id": command_id or f"{name}-{count}-{datetime.now(UTC).timestamp()}",
            "name": name,
            "data": data or {},
        }
        answer = await self.post(f"/meetings/{meeting}/commands", json=body)
        found: dict[str, Any] = await answer.json()
        return found

    async def must(self, meeting: str, name: str, **data: object) -> None:
        """Give a command that is to be done."""
        answer = await self.command(meeting, name, data)
        assert "done" in answer, answer

    async def follow(self, meeting: str, role: str, after: int | None = None) -> Page:
        """Open the page's socket and say hello; the welcome has been read."""
        page = await self.connect(meeting, role)
        await page.send({"type": "hello", "versions": ["1"], "after": after})
        page.welcome = await page.next("welcome")
        return page

    async def connect(self, meeting: str, role: str, csrf: str | None = None, **more: Any) -> Page:
        """Open the page's socket without a word."""
        token = self.csrf if csrf is None else csrf
        address = f"/meetings/{meeting}/ws?role={role}&csrf={token}"
        return Page(await self.http.ws_connect(address, max_msg_size=0, **more))

    async def ask(self, method: str, path: str, **more: Any) -> aiohttp.ClientResponse:
        """Any request, without following redirects, body read."""
        async with self.http.request(method, path, allow_redirects=False, **more) as answer:
            await answer.read()
            return answer

    def _signed(self, csrf: bool, more: dict[str, Any]) -> dict[str, Any]:
        if csrf and self.login is not None:
            more["headers"] = {"X-CSRF-Token": self.csrf, **more.get("headers", {})}
        return more


class Page:
    """The socket of one page, with the view it has put together."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.welcome: dict[str, Any] = {}
        self.sections: dict[str, Any] = {}
        self.events: list[dict[str, Any]] = []
        self.count = 0

    async def __aenter__(self) -> Page:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.socket.close()

    async def send(self, message: object) -> None:
        """Send a message."""
        await self.socket.send_str(json.dumps(message))

    async def read(self) -> dict[str, Any]:
        """The next message, whatever it is; {} when the socket has closed."""
        frame = await self.socket.receive(SECONDS)
        if frame.type is not aiohttp.WSMsgType.TEXT:
            return {}
        message: dict[str, Any] = json.loads(frame.data)
        if message["type"] == "view":
            self.sections |= message["sections"]
        elif message["type"] == "event":
            self.events.append(message)
        return message

    async def next(self, *kinds: str) -> dict[str, Any]:
        """The next message of one of the kinds; the others are taken in on the way."""
        while True:
            message = await self.read()
            assert message, f"the socket closed before {kinds}"
            if message["type"] in kinds:
                return message

    async def give(self, name: str, command_id: str | None = None, **data: object) -> dict[str, Any]:
        """Give a command and wait for its answer."""
        self.count += 1
        asked = command_id or f"c{id(self)}-{self.count}"
        await self.send({"type": "command", "id": asked, "name": name, "data": data})
        while True:
            answer = await self.next("done", "refused", "malformed")
            if answer["id"] == asked:
                return answer

    async def until(self, section: str, field_name: str, value: object) -> None:
        """Read views until a field of a section has the value."""
        while (self.sections.get(section) or {}).get(field_name) != value:
            await self.next("view")
