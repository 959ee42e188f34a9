"""A second chance for tests whose parts are real and outside our hands: browsers, TURN servers, processes.

They meet a busy machine in ways that no wait can foresee. A second failure fails the run, and the summary
names whatever was run twice, so that what fails now and then is seen. Everything else has one chance.
"""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent
REAL = tuple(HERE / name for name in ("browser", "network", "media", "http", "live"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of the folders whose parts are real."""
    for item in items:
        if any(folder in item.path.parents for folder in REAL):
            item.add_marker(pytest.mark.flaky(reruns=1))
