"""A real media process for each test that wants one, on a Unix socket and a UDP port of its own."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from meeting_server.live.media_link import MediaLink, MediaSettings, MediaUp
from meeting_server.media.port import Port
from tests.media.member import Ear, Invite, Member, use_loopback_only

use_loopback_only()


def free_udp_port() -> int:
    """A port nobody receives at just now; a media process that is started anew takes the same again."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
async def ear(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Ear]:
    """A link to a running media process, and what it says; with a wall where the parameter says how fast."""
    settings = MediaSettings(
        socket=tmp_path / "media.sock",
        udp_port=free_udp_port(),
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


@pytest.fixture
async def invite(ear: Ear) -> AsyncIterator[Invite]:
    """Lets a member in; everybody is sent home afterwards."""
    here: list[Member] = []

    async def let_in(name: str, publish: bool = True) -> Member:
        member = Member(ear, "m1", name)
        here.append(member)
        await member.join(publish)
        return member

    yield let_in
    for member in here:
        await member.leave()


@pytest.fixture
async def port() -> AsyncIterator[Port]:
    """An open port; datagrams are handed to it directly, with any address."""
    found = Port()
    await asyncio.get_running_loop().create_datagram_endpoint(lambda: found, ("127.0.0.1", 0))
    yield found
    found.close()
    await asyncio.sleep(0)
