"""A real page whose media process is killed: it joins again by itself, on the other one."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import acting
from tests.browser.conftest import PATIENCE_MS, Desk, Served, demonstration

pytestmark = pytest.mark.browser
SECRETARY, NILLA = "karin-kvarnlund", "nilla-nordanang"
CONNECTED = (
    """(times) => globalThis.remote.pictures.state === 'connected' && globalThis.went.length >= times"""
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    """The demonstration with two media processes."""
    with demonstration(folder, KLUBBAN_MEDIA_PROCESSES="2", KLUBBAN_MEDIA_PORT="0") as running:
        yield running


def written(folder: Path, query: str, *values: object) -> int:
    """The number that is written down, once there is one."""
    end = time.monotonic() + 2 * PATIENCE_MS / 1000
    while time.monotonic() < end:
        with contextlib.closing(sqlite3.connect(folder / "klubban.sqlite3")) as database:
            row = database.execute(query, values).fetchone()
        if row is not None:
            return int(row[0])
        time.sleep(0.1)
    raise AssertionError(f"nothing is written: {query} {values}")


def process_of(folder: Path, meeting: str, *, but: int = 0) -> int:
    """The process that the meeting is on, once it is another than one that has been."""
    query = "SELECT pid FROM media_nodes JOIN media_placements ON node = name WHERE room = ? AND pid <> ?"
    return written(folder, query, meeting, but)


def until_connected(page: Page, times: int) -> None:
    page.wait_for_function(CONNECTED, arg=times, timeout=PATIENCE_MS, polling=100)


def test_a_page_joins_again_by_itself_where_its_meeting_has_gone(desk: Desk, folder: Path) -> None:
    written(folder, "SELECT COUNT(*) FROM media_nodes HAVING COUNT(*) = 2")
    nilla = desk.open(NILLA, "/meetings")
    nilla.evaluate(acting.REMOTE, ["ks", "member"])
    nilla.evaluate("""() => {
      globalThis.went = [];
      remote.wire.on('media', ({ kind }) => { if (kind === 'down' || kind === 'up') went.push(kind); });
    }""")
    until_connected(nilla, 0)
    desk.open(SECRETARY, "/meetings/kf/minutes")  # the other meeting, which gets the other process
    killed, spared = process_of(folder, "ks"), process_of(folder, "kf")
    assert killed != spared, "each meeting has a process"
    os.kill(killed, signal.SIGKILL)
    until_connected(nilla, 2)
    assert nilla.evaluate("went") == ["down", "up"]
    assert process_of(folder, "ks", but=killed) == spared
