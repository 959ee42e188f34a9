"""Two web nodes on one PostgreSQL: each hears of what the other stores, and all pages show the same."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from meeting_server.live.chambers import Chambers, Venue
from meeting_server.live.hub import Viewer
from meeting_server.live.media_link import MediaLink, MediaSettings
from meeting_server.live.switchboard import Switchboard
from meeting_server.meeting import Actor, Command
from meeting_server.meeting.presence import RecordArrival
from meeting_server.store import Store
from meeting_server.wire.visibility import Viewer as Sight
from tests.http.house import DAY, OPENING, load_into
from tests.live.place import SetClock
from tests.store.conftest import empty_postgres_database
from tests.store.conftest import postgres_folder as postgres_folder

pytestmark = pytest.mark.postgres
SECRET = b"s" * 32


class Node:
    """One web node, without HTTP."""

    def __init__(self, store: Store, folder: Path) -> None:
        clock = SetClock()
        clock.at = OPENING
        link = MediaLink(MediaSettings(folder / "none.sock", own_process=False))
        self.store = store
        self.chambers = Chambers(store, clock, Switchboard([link], clock), SECRET, "http://klubban.test")

    async def venue(self) -> Venue:
        """The executive's meeting on this node."""
        return await self.chambers.get("ks")

    async def give(self, command: Command, person: str, command_id: str) -> int:
        """Give a command on this node."""
        return await (await self.venue()).chamber.execute(Actor(person), command, command_id)

    async def until(self, seq: int) -> Venue:
        """Wait until this node knows of an event."""
        venue = await self.venue()
        async with asyncio.timeout(60):
            while venue.chamber.seq < seq:
                await asyncio.sleep(0.01)
        return venue


@pytest.fixture
async def nodes(postgres_folder: Path, tmp_path: Path) -> AsyncIterator[tuple[Node, Node]]:
    async with empty_postgres_database(postgres_folder) as url:
        first = Node(await Store.open(url), tmp_path)
        await load_into(first.store, DAY)
        second = Node(await Store.open(url), tmp_path)
        for node in (first, second):
            await node.chambers.start()
        yield first, second
        for node in (first, second):
            await node.chambers.stop()
            await node.store.close()


async def test_a_page_on_one_node_is_told_of_what_is_done_on_the_other(nodes: tuple[Node, Node]) -> None:
    one, other = nodes
    venue = await other.venue()
    people = list(venue.meeting.people.values())
    secretary = next(person.id for person in people if person.role == "secretary")
    viewer = Viewer(Sight("secretary", secretary), secretary, "k1")
    venue.hub.join(viewer, [])
    seq = await one.give(RecordArrival(people[0].id), secretary, "a1")
    await other.until(seq)
    assert any('"arrived-in-room"' in text for text in viewer.take())


async def test_commands_on_both_nodes_make_one_order_and_none_is_lost(nodes: tuple[Node, Node]) -> None:
    one, other = nodes
    people = list((await one.venue()).meeting.people.values())
    secretary = next(person.id for person in people if person.role == "secretary")
    members = [person.id for person in people if person.role == "member"]
    seqs = await asyncio.gather(
        *(
            (one if n % 2 else other).give(RecordArrival(person), secretary, f"a{n}")
            for n, person in enumerate(members)
        )
    )
    assert sorted(seqs) == list(range(2, 2 + len(members)))
    first, second = [await node.until(max(seqs)) for node in nodes]
    assert first.meeting == second.meeting


async def test_the_same_command_on_both_nodes_is_done_once(nodes: tuple[Node, Node]) -> None:
    one, other = nodes
    people = list((await one.venue()).meeting.people.values())
    secretary = next(person.id for person in people if person.role == "secretary")
    act = RecordArrival(people[0].id)
    seqs = await asyncio.gather(one.give(act, secretary, "a"), other.give(act, secretary, "a"))
    assert len(set(seqs)) == 1
    assert len(await one.store.log.read("ks")) == 2
