"""The server as a process of its own, to be killed, and clients that never give up."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp

from meeting_server.store import Store
from tests.http.house import Page

START_SECONDS = 30.0


def free_port() -> int:
    """A port nobody listens on now; the server is told its number, since it may have to start twice on it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """`python -m meeting_server serve` on a folder, to be killed and started again. at: the host of url."""

    def __init__(self, folder: Path, host: str = "127.0.0.1", at: str = "127.0.0.1") -> None:
        self.folder = folder
        self.host = host
        self.port = free_port()
        self.url = f"http://{at}:{self.port}"
        self.process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start, and wait until it answers."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("KLUBBAN_")}
        environment |= {
            "KLUBBAN_DATA": str(self.folder),
            "KLUBBAN_HOST": self.host,
            "KLUBBAN_PORT": str(self.port),
            "KLUBBAN_MEDIA_EXTERNAL": "yes",
            "KLUBBAN_LOG_LEVEL": "warning",
        }
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "meeting_server", "serve", env=environment
        )
        async with aiohttp.ClientSession() as http:
            for _ in range(int(START_SECONDS / 0.05)):
                try:
                    async with http.get(f"{self.url}/healthz") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    if self.process.returncode is not None:
                        break
                    await asyncio.sleep(0.05)
        raise TimeoutError("the server did not start")

    @property
    def pid(self) -> int:
        """The number of the running process."""
        assert self.process is not None
        return self.process.pid

    async def kill(self) -> None:
        """SIGKILL: no goodbye."""
        await self.end(signal.SIGKILL)

    async def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send the signal and wait; the exit status."""
        assert self.process is not None
        if self.process.returncode is None:
            self.process.send_signal(number)
        return await self.process.wait()


class Client:
    """A page that never gives up: reconnects, resumes, and sends the unanswered again with the same id."""

    def __init__(
        self,
        server: Server,
        http: aiohttp.ClientSession,
        meeting: str,
        csrf: str,
        role: str,
        *,
        events: bool = True,
    ) -> None:
        self.server = server
        self.http = http
        self.address = f"{server.url}/meetings/{meeting}/ws?role={role}&csrf={csrf}"
        self.events = events
        self.unanswered: dict[str, dict[str, Any]] = {}
        self.answers: dict[str, dict[str, Any]] = {}
        self.seen: int | None = None
        self.page: Page | None = None
        self.reconnects = 0
        self.count = 0
        self.sending: set[asyncio.Task[None]] = set()
        self.progress = asyncio.Event()
        self.task = asyncio.create_task(self._run())

    async def give(self, name: str, **data: object) -> dict[str, Any]:
        """Give a command; its answer, whatever happens to the line meanwhile."""
        return await self.answer(self.ask(name, **data))

    async def answer(self, asked: str) -> dict[str, Any]:
        """The answer to a command that has been given."""
        while asked not in self.answers:
            self.progress.clear()
            await self.progress.wait()
        return self.answers[asked]

    def ask(self, name: str, **data: object) -> str:
        """Give a command without waiting; its id."""
        self.count += 1
        asked = f"{name}-{self.count}"
        frame = {"type": "command", "id": asked, "name": name, "data": data}
        self.unanswered[asked] = frame
        if self.page is not None:
            sending = asyncio.create_task(self._send(self.page, frame))
            self.sending.add(sending)
            sending.add_done_callback(self.sending.discard)
        return asked

    @property
    def voted(self) -> int | None:
        """The seq this page was told its vote has."""
        return next((a["seq"] for asked, a in self.answers.items() if asked.startswith("cast-vote")), None)

    async def _send(self, page: Page, frame: dict[str, Any]) -> None:
        # When the line has broken it is sent again on the next one.
        with contextlib.suppress(ConnectionError, aiohttp.ClientError):
            await page.send(frame)

    async def _run(self) -> None:
        while True:
            with contextlib.suppress(aiohttp.ClientError, ConnectionError):
                await self._follow()
            self.page = None
            self.reconnects += 1
            await asyncio.sleep(0.05)

    async def _follow(self) -> None:
        async with self.http.ws_connect(self.address, max_msg_size=0) as line:
            page = Page(line)
            await page.send({"type": "hello", "versions": ["1"], "after": self.seen, "events": self.events})
            async for frame in line:
                message = frame.json()
                if message["type"] == "welcome":
                    self.page = page
                    for waiting in list(self.unanswered.values()):
                        await page.send(waiting)
                elif message["type"] in ("done", "refused", "malformed"):
                    self.unanswered.pop(message["id"], None)
                    self.answers[message["id"]] = message
                    self.progress.set()
                elif message["type"] in ("event", "view"):
                    self.seen = max(self.seen or 0, message["seq"])


async def signed_in(
    server: Server, meeting: str, people: dict[str, str], *, events: bool = True
) -> dict[str, Client]:
    """One client per person, each with a login of its own; people says who opens which page. events: whether
    they want more than views, as our pages do not.
    """
    store = await Store.open(f"sqlite:///{server.folder / 'klubban.sqlite3'}")
    clients = {}
    for person, role in people.items():
        cookie, login = await store.logins.open(person, method="password", now=datetime.now(UTC))
        http = aiohttp.ClientSession(headers={"Cookie": f"klubban={cookie}"})
        clients[person] = Client(server, http, meeting, login.csrf, role, events=events)
    await store.close()
    return clients
