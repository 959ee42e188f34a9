"""A real media process for each test that wants one, on a Unix socket and a UDP port of its own."""

from __future__ import annotations

import itertools
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from meeting_server.live.media_link import MediaLink, MediaSettings, MediaUp
from tests.media.member import Ear, use_loopback_only

use_loopback_only()
_ports = itertools.count(47000 + 500 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")))
"""Each worker its own: two of them may hold a media process at the same time."""


@pytest.fixture
async def ear(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Ear]:
    """A link to a running media process, and what it says; with a wall where the parameter says how fast."""
    settings = MediaSettings(
        socket=tmp_path / "media.sock",
        udp_port=next(_ports),
        log_level="info",
        wall_fps=getattr(request, "param", 0.0),
    )
    link = MediaLink(settings)
    heard = Ear(link)
    await link.start()
    try:
        await heard.until(MediaUp)
        yield heard
    finally:
        await link.stop()
