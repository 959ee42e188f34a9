"""A whole server for each test: real store, real sockets, Ekhamra in the register, media not started."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from meeting_server.http.keys import CHAMBERS
from tests.http.house import DAY, House, load
from tests.http.walk import hold_meeting


@pytest.fixture(scope="session")
def ekhamra(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with Ekhamra in it, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("ekhamra")
    asyncio.run(load(folder, DAY))
    return folder


@pytest.fixture
async def house(ekhamra: Path, tmp_path: Path) -> AsyncIterator[House]:
    """The server, running."""
    shutil.copy(ekhamra / "klubban.sqlite3", tmp_path / "klubban.sqlite3")
    opened = await House.open(tmp_path)
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def held(ekhamra: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which the executive's meeting has been held and closed, for the tests of its minutes."""
    folder = tmp_path_factory.mktemp("held")
    shutil.copy(ekhamra / "klubban.sqlite3", folder / "klubban.sqlite3")

    async def hold() -> None:
        house = await House.open(folder)
        await hold_meeting(house)
        await house.close()

    asyncio.run(hold())
    return folder


@pytest.fixture
async def closed(held: Path, tmp_path: Path) -> AsyncIterator[House]:
    """The server after that meeting, with the demonstration's seal."""
    shutil.copy(held / "klubban.sqlite3", tmp_path / "klubban.sqlite3")
    opened = await House.open(tmp_path, demo=True)
    yield opened
    await opened.close()


@pytest.fixture
async def live(ekhamra: Path, tmp_path: Path) -> AsyncIterator[House]:
    """The server with its own media process."""
    shutil.copy(ekhamra / "klubban.sqlite3", tmp_path / "klubban.sqlite3")
    house = await House.open(tmp_path, demo=True, media_external=False, media_host="127.0.0.1", media_port=0)
    (link,) = house.app[CHAMBERS].switchboard.links
    async with asyncio.timeout(60):
        while not link.is_up:
            await asyncio.sleep(0.02)
    yield house
    await house.close()
