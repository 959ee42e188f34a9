"""Debian's Firefox, driven over WebDriver BiDi: as much of the protocol as a page with media needs."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

from tests.media.member import PATIENCE

PREFERENCES = {
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    "media.autoplay.default": 0,
    "media.peerconnection.ice.obfuscate_host_addresses": False,
    "media.gmp-manager.updateEnabled": False,
    "app.update.enabled": False,
    "app.normandy.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.telemetry.enabled": False,
}
"""A made-up camera and microphone without a question, and nothing sent to anybody but the page."""


class Failure(Exception):
    """The page threw, or Firefox refused a command."""


def program() -> str | None:
    """Where Firefox is."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


class Firefox:
    """One tab."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._context = ""

    async def _say(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        while True:
            message = await self._socket.receive()
            if message.type is not WSMsgType.TEXT:
                raise Failure(f"Firefox closed the line during {method}")
            found: dict[str, Any] = message.json()
            if found.get("id") == number:
                if found["type"] == "error":
                    raise Failure(f"{method}: {found['error']}: {found['message']}")
                return dict(found["result"])

    async def begin(self) -> None:
        """A session, and its first tab."""
        await self._say("session.new", capabilities={})
        tree = await self._say("browsingContext.getTree")
        self._context = tree["contexts"][0]["context"]

    async def goto(self, url: str) -> None:
        """Load a page wholly."""
        await self._say("browsingContext.navigate", context=self._context, url=url, wait="complete")

    async def evaluate(self, expression: str) -> Any:
        """The value of an expression in the page, by way of JSON; a promise is waited for. Raises Failure."""
        wrapped = f"(async () => JSON.stringify((await ({expression})) ?? null))()"
        found = await self._say(
            "script.evaluate",
            expression=wrapped,
            target={"context": self._context},
            awaitPromise=True,
            resultOwnership="none",
        )
        if found["type"] == "exception":
            raise Failure(found["exceptionDetails"]["text"])

        return json.loads(found["result"]["value"])

    async def wait(self, expression: str) -> None:
        """Until the expression is true in the page."""
        async with asyncio.timeout(PATIENCE):
            while not await self.evaluate(expression):
                await asyncio.sleep(0.1)


@contextlib.asynccontextmanager
async def firefox(folder: Path) -> AsyncIterator[Firefox]:
    """A Firefox of its own, with a new profile."""
    found = program()
    assert found is not None
    profile = folder / "firefox"
    profile.mkdir()
    lines = (
        f"user_pref({name!r}, {str(value).lower() if isinstance(value, bool) else repr(value)});"
        for name, value in PREFERENCES.items()
    )
    (profile / "user.js").write_text("\n".join(lines).replace("'", '"'))
    process = await asyncio.create_subprocess_exec(
        found, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0",
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        env={"HOME": str(folder), "PATH": "/usr/bin:/bin", "MOZ_HEADLESS": "1", "LANG": "C.UTF-8"},
    )  # fmt: skip
    assert process.stderr is not None
    drain: asyncio.Task[bytes] | None = None
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                line = (await process.stderr.readline()).decode()
                if not line:
                    raise Failure("Firefox ended at once")
                where = re.search(r"WebDriver BiDi listening on (ws://\S+)", line)
                if where:
                    break
        drain = asyncio.create_task(process.stderr.read())
        async with (
            ClientSession() as session,
            session.ws_connect(f"{where[1]}/session", max_msg_size=0) as socket,
        ):
            page = Firefox(socket)
            await page.begin()
            yield page
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()
        if drain is not None:
            await drain
