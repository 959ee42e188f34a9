"""Two real media processes behind one switchboard: a meeting on each, and what the death of one means."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from meeting_server import media_protocol as mp
from meeting_server.live.clock import SystemClock
from meeting_server.live.media_link import MediaLink, MediaSettings
from meeting_server.live.switchboard import RoomDown, RoomUp, Switchboard
from meeting_server.store import Store
from tests.media.conftest import free_udp_port
from tests.media.member import Ear, Member, eventually

PATIENCE = 120.0
"""Seconds that a test waits at most; a process loads a long time on a busy machine."""


def room(name: str) -> mp.Room:
    return mp.Room(name, tuple(mp.PeerState(each, True, True) for each in ("anna", "bo")), floor="anna")


class Board(Ear):
    """Hears a switchboard, which is used as a line is."""

    def __init__(self, switchboard: Switchboard) -> None:
        self.board = switchboard
        super().__init__(switchboard)  # type: ignore[arg-type]


def two_processes(folder: Path, store: Store) -> Board:
    """The switchboard of a web node with two processes of its own, and all it says."""
    names = ("media.sock", "media-2.sock")
    links = [MediaLink(MediaSettings(socket=folder / name, udp_port=free_udp_port())) for name in names]
    return Board(Switchboard(links, SystemClock(), store.media_nodes))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await Store.open(f"sqlite:///{tmp_path / 'klubban.sqlite3'}")
    yield opened
    await opened.close()


@pytest.fixture
async def ear(tmp_path: Path, store: Store) -> AsyncIterator[Board]:
    made = two_processes(tmp_path, store)
    await made.board.start()
    await eventually(lambda: all(link.is_up for link in made.board.links), PATIENCE)
    yield made
    await made.board.stop()
    assert await store.media_nodes.nodes() == ()


async def shown(sender: Member, watcher: Member, count: int = 5) -> None:
    """What the sender shows reaches the watcher."""
    had = len(watcher.received["floor", "video"])
    for index in range(count):
        await sender.show("full", is_key=index == 0)
    await eventually(lambda: len(watcher.received["floor", "video"]) >= had + 2 * count)


async def until_up(ear: Board, name: str, since: int = 0) -> MediaLink:
    await ear.until(RoomUp, lambda event: event.room == name, since, PATIENCE)
    return place(ear, name)


def place(ear: Board, name: str) -> MediaLink:
    """Where the room is."""
    link = ear.board.link_of(name)
    assert link is not None
    return link


async def test_kill_9_of_one_moves_its_meeting_and_leaves_the_other_alone(ear: Board) -> None:
    for name in ("ks", "kf"):
        ear.board.set_room(room(name))
    ks, kf = place(ear, "ks"), place(ear, "kf")
    assert ks is not kf, "one each"
    anna, bo = (Member(ear, "kf", name) for name in ("anna", "bo"))
    lost = Member(ear, "ks", "anna")
    for member in (anna, bo, lost):
        await member.join()
    await shown(anna, bo)
    killed, spared, since = ks.pid, kf.pid, len(ear.events)
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    await ear.until(RoomDown, lambda event: event.room == "ks", since)
    assert await until_up(ear, "ks", since) is kf
    again = Member(ear, "ks", "anna")
    await again.join()
    watcher = Member(ear, "ks", "bo")
    await watcher.join()
    await shown(again, watcher)

    await shown(anna, bo)
    assert kf.pid == spared
    said = [each for each in ear.events[since:] if getattr(each, "room", "") == "kf"]
    assert not [each for each in said if isinstance(each, mp.Lost | RoomDown | RoomUp)]
    # The dead one is started again, and a new meeting goes there.
    await eventually(lambda: ks.is_up and ks.pid != killed, PATIENCE)
    ear.board.set_room(room("bun"))
    assert ear.board.link_of("bun") is ks
    for member in (anna, bo, lost, again, watcher):
        await member.leave()


async def test_after_a_crash_of_the_core_each_meeting_goes_on_where_it_is(
    ear: Board, tmp_path: Path, store: Store
) -> None:
    for name in ("ks", "kf"):
        ear.board.set_room(room(name))
    places = {name: place(ear, name).settings.label for name in ("ks", "kf")}
    members = {(name, who): Member(ear, name, who) for name in places for who in ("anna", "bo")}
    for member in members.values():
        await member.join()
    async with asyncio.timeout(PATIENCE):
        while dict(await store.media_nodes.placements()) != places:
            await asyncio.sleep(0.02)
    running = {link.settings.label: link.pid for link in ear.board.links}

    # The core dies: its lines end, and its processes go on.
    for link in ear.board.links:
        assert link._task is not None
        assert link._writer is not None
        link._stopping = True
        link._writer.transport.abort()
        await link._task
    # Another order, so that only what was written down can say where they are.
    second = Board(Switchboard(list(reversed(again(ear))), SystemClock(), store.media_nodes))
    for name in ("kf", "ks"):
        second.board.set_room(room(name))
    await second.board.start()
    for name in places:
        assert (await until_up(second, name)).settings.label == places[name]
        await second.until(mp.Connected, lambda event, name=name: event.room == name)  # type: ignore[misc]
        await shown(members[name, "anna"], members[name, "bo"])
    assert {link.settings.label: link.pid for link in second.board.links} == running
    assert not [each for each in second.events if isinstance(each, mp.Lost | RoomDown)]
    for member in members.values():
        await member.leave()
    await second.board.stop()


def again(ear: Board) -> list[MediaLink]:
    """New lines to the same processes."""
    return [MediaLink(replace(link.settings)) for link in ear.board.links]
