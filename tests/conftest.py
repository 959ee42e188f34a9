"""A second chance for tests whose parts are real and outside our hands: browsers, TURN servers, processes.

They meet a busy machine in ways that no wait can foresee. A second failure fails the run, and the summary
names whatever was run twice, so that what fails now and then is seen. Everything else has one chance, the
pure tests beside them too: outside the pages, what has a real part waits for it and is a coroutine.
"""

from __future__ import annotations

import gc
import inspect
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PAGES = tuple(HERE / name for name in ("browser", "network"))
PROCESSES = tuple(HERE / name for name in ("media", "http", "live"))
FIRST = (
    "test_story",
    "test_pages",
    "test_browser_liveness",
    "test_scripts",
    "test_hall",
    "test_browser_media",
)
"""Modules of pages in the order they are begun in: the longest first, so that no worker is left alone with
one at the end, and those full of pictures beside such as have none.
"""
LAST = ("test_bad_lines",)
"""What measures a line and is best let alone."""


gc.disable()


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: five per cent of a run went to looking through it
    for rubbish.
    """
    gc.collect()
    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests whose parts are real, and put those first that are begun first."""
    items.sort(key=_turn)
    for item in items:
        waits = inspect.iscoroutinefunction(getattr(item, "function", None))
        if _is_in(item, PAGES) or (waits and _is_in(item, PROCESSES)):
            item.add_marker(pytest.mark.flaky(reruns=1))


def _turn(item: pytest.Item) -> int:
    name = item.path.stem
    return FIRST.index(name) if name in FIRST else len(FIRST) + (name in LAST)


def _is_in(item: pytest.Item, folders: tuple[Path, ...]) -> bool:
    return any(folder in item.path.parents for folder in folders)
