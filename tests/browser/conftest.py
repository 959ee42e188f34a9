"""A real server of the demonstration and a real Chromium for the tests of the screens."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.chromium import SCREENS, with_camera

ROOT = Path(__file__).parents[2]
START_SECONDS = 180
PATIENCE_MS = 60_000
"""How long a page may take to show what is expected, on a machine that is busy with other tests."""

expect.set_options(timeout=PATIENCE_MS)


@dataclass(frozen=True)
class Served:
    """A running demonstration: its address and its process."""

    url: str
    process: subprocess.Popen[bytes]

    def view(self, context: BrowserContext, meeting: str, role: str) -> dict[str, Any]:
        """The sections the server gives the signed-in person in a role."""
        answer = context.request.get(f"{self.url}/meetings/{meeting}/view?role={role}")
        assert answer.ok, answer.text()
        value: dict[str, Any] = json.loads(answer.text())
        return value.get("sections", value)  # type: ignore[no-any-return]


def free_port(kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    """A port nobody listens on just now."""
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def demonstration(
    folder: Path, host: str = "127.0.0.1", media_host: str = "127.0.0.1", **more: str
) -> Iterator[Served]:
    """`python -m meeting_server demo` in a folder of its own; `more` are settings."""
    port = free_port()
    environment = {
        **os.environ,
        "KLUBBAN_DATA": str(folder),
        "KLUBBAN_MEDIA_PORT": str(free_port(socket.SOCK_DGRAM)),
        "KLUBBAN_HOST": host,
        "KLUBBAN_MEDIA_HOST": media_host,
        "KLUBBAN_LOG_LEVEL": "warning",
        **more,
    }
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "meeting_server", "demo", "--port", str(port)],
            cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        await_answer(process, url, folder)
        yield Served(url, process)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def await_answer(process: subprocess.Popen[bytes], url: str, folder: Path) -> None:
    """Until the server answers; its log in the failure when it does not."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, (folder / "server.log").read_text()
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{url}/healthz", timeout=2):
            return
        time.sleep(0.2)
    raise AssertionError((folder / "server.log").read_text())


class House:
    """The demonstration of a test module."""

    def __init__(self, folders: pytest.TempPathFactory) -> None:
        self.folders = folders
        self.running: Served | None = None
        self.ending = contextlib.ExitStack()

    def open(self, *, anew: bool) -> Served:
        """Its server; `anew` one whose meetings have not begun."""
        if anew:
            self.close()
        if self.running is None:
            self.running = self.ending.enter_context(demonstration(self.folders.mktemp("demo")))
        return self.running

    def close(self) -> None:
        """End the server."""
        self.ending.close()
        self.running = None


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One demonstration per test module, so that its meetings begin from the beginning."""
    opened = House(tmp_path_factory)
    yield opened
    opened.close()


@pytest.fixture
def served(house: House, request: pytest.FixtureRequest) -> Served:
    """The module's server; a new one when a test that is alone in its module is given its second chance,
    since the meeting it began cannot begin again.
    """
    is_second = getattr(request.node, "execution_count", 1) > 1
    is_alone = sum(item.path == request.node.path for item in request.session.items) == 1
    return house.open(anew=is_second and is_alone)


@pytest.fixture(scope="module")
def chromium(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """One Chromium with a made-up camera and microphone; for a module, since Playwright holds the event loop
    of the thread until it stops, and the asynchronous tests of other folders need it. A module may name
    another EXECUTABLE.
    """
    executable = getattr(request.module, "EXECUTABLE", SCREENS)
    if not Path(executable).exists():
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=[*with_camera(), "--use-fake-ui-for-media-stream"]
        )
        yield browser
        browser.close()


class Desk:
    """Opens signed-in pages, each in a browser context of its own, and keeps what went wrong in them."""

    def __init__(self, browser: Browser, served: Served) -> None:
        self.browser = browser
        self.served = served
        self.contexts: list[BrowserContext] = []
        self.faults: list[str] = []

    def open(self, person: str, path: str, **options: Any) -> Page:
        """A page as a person; `options` go to the browser context (viewport, bypass_csp …)."""
        context = self.browser.new_context(
            **{
                "viewport": {"width": 1280, "height": 800},
                "locale": "sv-SE",
                "reduced_motion": "reduce",
                **options,
            }
        )
        context.grant_permissions(["camera", "microphone"], origin=self.served.url)
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)

        def hear(said: ConsoleMessage) -> None:
            if said.type == "error":
                self.faults.append(f"{path}: {said.text}")

        page.on("pageerror", lambda error: self.faults.append(f"{path}: {error}"))
        page.on("console", hear)
        answer = context.request.get(f"{self.served.url}/demo/as/{person}?next={quote(path)}")
        assert answer.ok, answer.text()
        page.goto(self.served.url + path)
        return page

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture
def desk(chromium: Browser, served: Served) -> Iterator[Desk]:
    """Signed-in pages that are closed after the test, which fails if a script failed in any of them."""
    opened = Desk(chromium, served)
    yield opened
    opened.close()
    assert not opened.faults, opened.faults
