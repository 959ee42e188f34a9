"""The heartbeats of media processes and the places of rooms, on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from meeting_server.store import Store
from meeting_server.store.media_nodes import MediaNode, Placement

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
FIRST = MediaNode("here:/run/media.sock", "192.0.2.1 2001:db8::1", 8081, 100, "here:8080", AT, 12, 1.5)
SECOND = MediaNode("far.example:7000", "192.0.2.2", 8081, 200, "here:8080", AT, 0, 0.0)
DAY = timedelta(days=1)


async def test_the_newest_heartbeat_of_each_is_kept(store: Store) -> None:
    await store.media_nodes.beat([FIRST, SECOND], AT - DAY)
    assert await store.media_nodes.nodes() == (SECOND, FIRST)
    later = replace(FIRST, pid=101, seen_at=AT + timedelta(seconds=5), peers=30, late_ms=0.25)
    await store.media_nodes.beat([later], AT - DAY)
    assert await store.media_nodes.nodes() == (SECOND, later)


@pytest.mark.parametrize(("after", "is_kept"), [(-1, True), (0, True), (1, False)])
async def test_one_not_heard_of_since_a_moment_is_forgotten(store: Store, after: int, is_kept: bool) -> None:
    await store.media_nodes.beat([FIRST], AT - DAY)
    await store.media_nodes.beat([], AT + timedelta(seconds=after))
    assert bool(await store.media_nodes.nodes()) is is_kept


async def test_a_room_is_in_one_place_and_leaves_only_from_there(store: Store) -> None:
    nodes = store.media_nodes
    await nodes.place([Placement("ks", "a", AT), Placement("kf", "b", AT)])
    await nodes.place([Placement("ks", "b", AT)])
    assert await nodes.placements() == {"ks": "b", "kf": "b"}
    await nodes.place([Placement("ks", "a", AT, has_left=True)])
    assert await nodes.placements() == {"ks": "b", "kf": "b"}, "it had been moved on by another"
    await nodes.place([Placement("ks", "b", AT, has_left=True)])
    assert await nodes.placements() == {"kf": "b"}


async def test_what_has_been_ended_has_no_rooms(store: Store) -> None:
    nodes = store.media_nodes
    await nodes.beat([FIRST, SECOND], AT - DAY)
    await nodes.place([Placement("ks", FIRST.name, AT), Placement("kf", SECOND.name, AT)])
    await nodes.gone([FIRST.name])
    assert await nodes.nodes() == (SECOND,)
    assert await nodes.placements() == {"kf": SECOND.name}


@pytest.mark.parametrize(("after", "is_kept"), [(-1, True), (0, True), (1, False)])
async def test_old_placements_are_forgotten(store: Store, after: int, is_kept: bool) -> None:
    await store.media_nodes.place([Placement("ks", "a", AT)])
    await store.media_nodes.forget_placements(AT + timedelta(seconds=after))
    assert bool(await store.media_nodes.placements()) is is_kept


async def test_two_web_nodes_write_at_once(store: Store, url: str) -> None:
    other = await Store.open(url)
    mine = [replace(each, core="one") for each in (FIRST, SECOND)]
    yours = [replace(each, core="two") for each in (SECOND, FIRST)]
    for _ in range(5):
        await asyncio.gather(store.media_nodes.beat(mine, AT - DAY), other.media_nodes.beat(yours, AT - DAY))
    assert {each.name for each in await store.media_nodes.nodes()} == {FIRST.name, SECOND.name}
    await other.close()
