"""A second chance for tests whose parts are real and outside our hands: browsers, TURN servers, processes.

They meet a busy machine in ways that no wait can foresee. A second failure fails the run, and the summary
names whatever was run twice, so that what fails now and then is seen. Everything else has one chance, the
pure tests beside them too: outside the pages, what has a real part waits for it and is a coroutine.
"""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PAGES = tuple(HERE / name for name in ("browser", "network"))
PROCESSES = tuple(HERE / name for name in ("media", "http", "live"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests whose parts are real."""
    for item in items:
        waits = inspect.iscoroutinefunction(getattr(item, "function", None))
        if _is_in(item, PAGES) or (waits and _is_in(item, PROCESSES)):
            item.add_marker(pytest.mark.flaky(reruns=1))


def _is_in(item: pytest.Item, folders: tuple[Path, ...]) -> bool:
    return any(folder in item.path.parents for folder in folders)
