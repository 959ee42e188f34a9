"""A real store on SQLite for each test of the live layer, and a clock that the test sets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from meeting_server.store import Store
from tests.live.place import SetClock


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """An empty installation."""
    opened = await Store.open(f"sqlite:///{tmp_path / 'klubban.sqlite3'}")
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands still until it is moved."""
    return SetClock()
