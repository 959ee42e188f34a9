"""The event log keeps one order, all of a batch or nothing, and one answer per command; on both databases."""

from __future__ import annotations

import asyncio
import contextlib

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store import Store, tables
from meeting_server.store.chain import ZERO_HASH, NewRow
from meeting_server.store.failures import Conflict, RepeatedCommand
from meeting_server.store.listening import Heard
from meeting_server.store.verify import verify_rows
from tests.store.rows import NOON, a_row, rows, with_people


async def test_what_is_appended_is_read_again_in_order(store: Store) -> None:
    stored = await store.log.append(
        "ks", 0, [a_row("c1", vote="yes"), a_row("c2", vote="no", när="ö – \u2028 \x00")]
    )
    assert await store.log.read("ks") == stored
    assert [row.seq for row in stored] == [1, 2]
    assert stored[0].at == NOON
    assert stored[0].previous_hash == ZERO_HASH
    assert stored[1].previous_hash == stored[0].hash
    assert verify_rows(stored) == []


async def test_reading_begins_after_the_row_one_has(store: Store) -> None:
    await store.log.append("ks", 0, rows(range(1, 6)))
    assert [row.seq for row in await store.log.read("ks", after=3)] == [4, 5]
    assert [row.seq for row in await store.log.read("ks", after=1, limit=2)] == [2, 3]
    assert await store.log.read("ks", after=5) == []


async def test_each_meeting_has_its_own_log(store: Store) -> None:
    await store.log.append("ks", 0, rows([1]))
    await store.log.append("kf", 0, rows([1]))
    heads = await store.log.heads()
    assert {meeting: head.seq for meeting, head in heads.items()} == {"ks": 1, "kf": 1}
    assert heads["ks"] == await store.log.head("ks")
    assert (await store.log.head("bn")).seq == 0


async def test_nothing_is_written_on_top_of_a_row_one_has_not_seen(store: Store) -> None:
    await store.log.append("ks", 0, rows([1, 2]))
    for expected in (0, 1, 3):
        with pytest.raises(Conflict) as conflict:
            await store.log.append("ks", expected, rows([9]))
        assert (conflict.value.expected, conflict.value.actual) == (expected, 2)
    assert (await store.log.head("ks")).seq == 2


async def test_two_writers_race(store: Store, url: str) -> None:
    other = await Store.open(url, migrate=False)
    try:
        for turn in range(10):
            answers = await asyncio.gather(
                store.log.append("ks", turn, [a_row(f"a{turn}")]),
                other.log.append("ks", turn, [a_row(f"b{turn}")]),
                return_exceptions=True,
            )
            assert sorted(type(answer).__name__ for answer in answers) == ["Conflict", "list"]
    finally:
        await other.close()
    written = await store.log.read("ks")
    assert len(written) == 10
    assert verify_rows(written) == []


async def test_a_repeated_command_is_refused_with_its_first_answer(store: Store) -> None:
    await store.log.append("ks", 0, [a_row("c1"), a_row("c1"), a_row("c2")])
    with pytest.raises(RepeatedCommand) as repeated:
        await store.log.append("ks", 3, [a_row("c3"), a_row("c1")])
    assert repeated.value.last_seq == 2
    assert await store.log.find_command("ks", "c1") == 2
    assert await store.log.find_command("ks", "c3") is None
    assert await store.log.find_command("kf", "c1") is None
    assert (await store.log.head("ks")).seq == 3


async def test_a_batch_is_all_or_nothing(store: Store) -> None:
    broken = NewRow(NOON, "nilla-nordanang", "c2", "vote-cast", 1, {"vote": float("nan")})
    with pytest.raises(ValueError):
        await store.log.append("ks", 0, [a_row("c1"), broken])
    assert await store.log.read("ks") == []
    assert await store.log.find_command("ks", "c1") is None


async def test_no_rows_is_no_transaction(store: Store) -> None:
    assert await store.log.append("ks", 7, []) == []


async def test_the_list_of_meetings_follows_the_log_in_the_same_transaction(store: Store) -> None:
    await with_people(store)
    await store.database.write(_a_meeting)
    for seq, (type, status) in enumerate(
        [
            ("meeting-convened", "convened"),
            ("meeting-opened", "open"),
            ("vote-cast", "open"),
            ("meeting-closed", "closed"),
        ]
    ):
        await store.log.append("ks", seq, [a_row(f"c{seq}", type=type)])
        assert await _status(store) == status
    with pytest.raises(Conflict):
        await store.log.append("ks", 0, [a_row("late", type="meeting-convened")])
    assert await _status(store) == "closed"


@pytest.mark.parametrize("steps", range(0, 40, 3))
async def test_cancelled_at_any_await_the_log_and_the_rows_agree(store: Store, steps: int) -> None:
    await with_people(store)
    await store.database.write(_a_meeting)
    caller = asyncio.create_task(store.log.append("ks", 0, [a_row("c1", type="meeting-convened")]))
    for _ in range(steps):
        await asyncio.sleep(0)
    caller.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await caller
    await store.database.settled()
    head = await store.log.head("ks")
    assert (await _status(store) == "convened") == (head.seq == 1)
    assert await store.log.find_command("ks", "c1") == (head.seq or None)
    await store.log.append("ks", head.seq, [a_row("c2")])  # and the next one is not in its way
    assert verify_rows(await store.log.read("ks")) == []


async def test_other_nodes_hear_of_new_rows(store: Store, url: str) -> None:
    if store.database.dialect == "sqlite":
        assert [heard async for heard in store.log.listen()] == []
        return
    heard = store.log.listen()
    assert await anext(heard) == Heard(None, 0)
    other = await Store.open(url, migrate=False)
    await other.log.append("ks", 0, rows([1, 2]))
    await other.close()
    assert await anext(heard) == Heard("ks", 2)
    await heard.aclose()


async def test_a_listener_whose_line_broke_is_told_to_look_at_everything(store: Store) -> None:
    if store.database.dialect == "sqlite":
        return
    heard = store.log.listen()
    await anext(heard)
    await store.database.write(_cut_listeners)
    assert await anext(heard) == Heard(None, 0)
    await store.log.append("ks", 0, rows([1]))
    assert await anext(heard) == Heard("ks", 1)
    await heard.aclose()


async def _cut_listeners(connection: AsyncConnection) -> None:
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
    await connection.execute(text(cut))


async def _a_meeting(connection: AsyncConnection) -> None:
    execute = connection.execute
    body = {
        "id": "ks",
        "organisation_id": "ekhamra",
        "name": "KS",
        "definite": "ks",
        "kind": "executive",
        "seats": 3,
    }
    await execute(insert(tables.bodies).values(**body))
    meeting = {
        "id": "ks",
        "body_id": "ks",
        "title": "KS",
        "starts_at": NOON,
        "local_start": "2026-11-23T13:00:00+01:00",
    }
    meeting |= {"form": "room", "first_minute_number": 1, "rehearsal": False, "status": "planned"}
    await execute(insert(tables.meetings).values(**meeting))


async def _status(store: Store) -> str:
    async def work(connection: AsyncConnection) -> str:
        row = await connection.execute(select(tables.meetings.c.status))
        return str(row.scalar_one())

    return await store.database.read(work)
