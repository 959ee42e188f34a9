"""The ballot box against one who has everything: every table there is, the log, what the program wrote.

The voters come in a known order with known times, as the log tells. The attacks join them to the ballots by
every order and every column there is, over n = 500 ballots when seven come in a transaction (ten boxes of 50)
and n = 200 when they come one by one (four boxes). None may be right more often, or more seldom, than six
standard deviations of tossing a coin: 250 ± 67, 100 ± 42. Chance breaks that for one attack in 500 million;
a leak that makes an attack right for 70 of 100 voters is found in all but one run of a thousand (n = 500).
"""

from __future__ import annotations

import json
import math
import random
import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store import Store
from meeting_server.store.ballot_box import SealedBallot
from meeting_server.store.failures import Conflict
from tests.store.rows import a_row

VOTERS = 50
BOXES = {1: 4, 7: 10}
"""How many boxes, by how many voters come in the same transaction."""
DEVIATIONS = 6
OPENED = datetime(2026, 11, 24, 19, 30, tzinfo=UTC)
BOX = "m1-b1"
YES, NO = ("m1-n1",), ("m1-n2",)
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def cast(seed: int = 1) -> list[SealedBallot]:
    """As many ballots for one as for the other, in a random order that the test knows."""
    chance = random.Random(seed)
    choices = [YES, NO] * (VOTERS // 2)
    chance.shuffle(choices)
    codes = ["".join(chance.choices(SIGNS, k=4)) + "-" + "".join(chance.choices(SIGNS, k=4)) for _ in choices]
    return [SealedBallot(BOX, choice, code) for choice, code in zip(choices, codes, strict=True)]


async def voted(
    store: Store, given: list[SealedBallot], at_once: int = 1, meeting: str = "meeting-1"
) -> None:
    """The voters come one after the other, or some in the same transaction."""
    for first in range(0, len(given), at_once):
        some = given[first : first + at_once]
        marks = [
            replace(
                a_row(f"c{number}", "ballot-received", ballot=BOX, person=f"v{number}"),
                at=OPENED + timedelta(seconds=7 * number),
            )
            for number in range(first, first + len(some))
        ]
        await store.log.append(meeting, first, marks, some)


async def everything(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table there is, in the order the database has them."""

    async def work(connection: AsyncConnection) -> dict[str, list[dict[str, Any]]]:
        found = {}
        for name in await connection.run_sync(lambda sync: inspect(sync).get_table_names()):
            rows = (await connection.execute(text(f"SELECT * FROM {name}"))).mappings()
            found[name] = [dict(row) for row in rows]
        return found

    return await store.database.read(work)


def orders(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The rows as they lie, and by each column that tells them apart."""
    told = {"as they lie": rows}
    for column in rows[0]:
        if len({str(row[column]) for row in rows}) > 1:
            told[column] = sorted(rows, key=lambda row: str(row[column]).zfill(40))
    return told


def attacks(found: dict[str, list[dict[str, Any]]], given: list[SealedBallot]) -> Iterator[tuple[str, int]]:
    """Every way to join the voters of one box to its ballots, with how many voters it is right for.

    The voters stand in the order of each column of each table that has a row for each of them, the ballots
    and the codes in each of theirs. And every bit of a ballot's key is tried as if it told the choice.
    """
    choice_of = {f"v{n}": one.choices for n, one in enumerate(given)}
    choice_of |= {one.code: one.choices for one in given}
    for table, rows in found.items():
        if table == "ballots" or len(rows) != VOTERS:
            continue
        for column, in_order in orders(rows).items():
            whose = [choice_of[_whose(table, row)] for row in in_order]
            for how, slips in orders(found["ballots"]).items():
                right = sum(
                    1
                    for mine, slip in zip(whose, slips, strict=True)
                    if tuple(json.loads(slip["choices"])) == mine
                )
                yield f"{table} by {column} against ballots by {how}", right
    for slip_bit in range(128):
        right = sum(
            1
            for row in found["ballots"]
            if bool(int(row["key"], 16) >> slip_bit & 1) == (tuple(json.loads(row["choices"])) == YES)
        )
        yield f"bit {slip_bit} of the key", right


def _whose(table: str, row: dict[str, Any]) -> str:
    """The voter a row is about, or the code whose choice the test knows."""
    if table == "events":
        return str(json.loads(row["data"])["person"])
    return str(row["code"]) if table == "ballot_codes" else "v" + str(row["command_id"])[1:]


def better_than_chance(total: Counter[str], at_once: int) -> set[str]:
    """The attacks that are not within six standard deviations of tossing a coin for each of the ballots."""
    n = VOTERS * BOXES[at_once]
    return {name for name, right in total.items() if abs(right - n / 2) >= DEVIATIONS * math.sqrt(n / 4)}


async def attacked(store: Store, at_once: int) -> Counter[str]:
    """For how many of all the ballots each attack is right."""
    total: Counter[str] = Counter()
    for box in range(BOXES[at_once]):
        given = cast(box)
        await voted(store, given, at_once, f"meeting-{box}")
        mine = {
            name: [row for row in rows if row.get("meeting_id") == f"meeting-{box}"]
            for name, rows in (await everything(store)).items()
        }
        total.update(dict(attacks(mine, given)))
    return total


@pytest.mark.parametrize("at_once", [1, 7])
async def test_no_order_and_no_column_of_any_table_tells_who_voted_what(store: Store, at_once: int) -> None:
    total = await attacked(store, at_once)
    tried = {name.split(" against")[0].split(" bit")[0] for name in total}
    assert {"events by seq", "events by at", "events by hash", "commands by command_id"} <= tried
    assert {"ballot_codes by key", "ballot_codes by code", "ballot_codes by as they lie"} <= tried
    assert better_than_chance(total, at_once) == set()


async def test_the_tables_share_no_value_but_the_box_they_belong_to(store: Store) -> None:
    await voted(store, cast())
    found = await everything(store)
    values = {name: {str(v) for row in rows for v in row.values()} for name, rows in found.items()}
    assert values["ballots"] & values["ballot_codes"] == {"meeting-1", BOX}
    for other in found.keys() - {"ballots", "ballot_codes"}:
        assert values["ballots"] & values[other] <= {"meeting-1"}
        assert values["ballot_codes"] & values[other] <= {"meeting-1"}
    told = json.dumps(found["events"], default=str)
    assert not any(row["code"] in told for row in found["ballot_codes"])
    assert "m1-n1" not in told


async def test_every_row_was_written_in_the_same_transaction_as_every_other(store: Store) -> None:
    await voted(store, cast())
    if store.database.dialect == "postgresql":

        async def work(connection: AsyncConnection) -> list[Any]:
            query = text("SELECT DISTINCT xmin::text FROM ballots UNION SELECT xmin::text FROM ballot_codes")
            return list((await connection.execute(query)).scalars())

        assert len(await store.database.read(work)) == 1


async def test_what_stood_in_the_box_before_is_not_left_in_the_file(store: Store) -> None:
    if store.database.dialect != "sqlite":
        pytest.skip("about the SQLite file and what lies beside it")
    given, keys = cast(), set[str]()
    for number, one in enumerate(given[:12]):
        mark = a_row(f"c{number}", "ballot-received", ballot=BOX, person=f"v{number}")
        await store.log.append("meeting-1", number, [mark], [one])
        now = {row["key"] for row in (await everything(store))["ballots"]}
        assert not now & keys, "a key is used again"
        await _nothing_beside(store)
        stored = Path(str(store.database.url.database)).read_bytes()
        assert not [key for key in keys if key.encode() in stored]
        keys |= now
    await store.ballots.empty("meeting-1", BOX)
    await _nothing_beside(store)
    stored = Path(str(store.database.url.database)).read_bytes()
    assert not [key for key in keys if key.encode() in stored]
    assert not [one.code for one in given[:12] if one.code.encode() in stored]


async def _nothing_beside(store: Store) -> None:
    beside = Path(f"{store.database.url.database}-wal")
    assert not beside.exists() or beside.stat().st_size == 0


async def test_the_program_writes_no_ballot_to_its_log(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    given = cast()
    await voted(store, given[:3])
    assert not [one.code for one in given if one.code in caplog.text]
    assert "m1-n" not in caplog.text
    assert store.database.engine.sync_engine.hide_parameters
    assert "m1-n" not in f"{given[0]!r}{given[0]}"


async def test_the_box_opens_in_alphabetical_order_and_is_emptied(store: Store) -> None:
    given = cast()
    await voted(store, given)
    opened = await store.ballots.open("meeting-1", BOX)
    assert opened.slips == (*[YES] * 25, *[NO] * 25)
    assert list(opened.codes) == sorted(one.code for one in given)
    await store.ballots.empty("meeting-1", BOX)
    assert (await store.ballots.open("meeting-1", BOX)).slips == ()


async def test_a_mark_without_its_ballot_or_a_ballot_without_its_mark_is_never_stored(
    store: Store,
) -> None:
    given = cast()
    await voted(store, given[:1])
    with pytest.raises(Conflict):
        await store.log.append("meeting-1", 0, [a_row("c9", "ballot-received")], given[1:2])
    assert len((await store.ballots.open("meeting-1", BOX)).slips) == 1
    assert len(await store.log.read("meeting-1")) == 1


async def test_the_sealed_number_is_made_once_and_has_six_digits(store: Store, url: str) -> None:
    first = await store.ballots.sealed_number("meeting-1", "m1-b1-l1")
    assert await store.ballots.sealed_number("meeting-1", "m1-b1-l1") == first
    other = await store.ballots.sealed_number("meeting-1", "m1-b1-l2")
    assert other != first
    assert all(100_000 <= number <= 999_999 and len(nonce) == 32 for number, nonce in (first, other))


async def test_the_control_finds_a_box_that_keeps_the_order(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same attacks do find the voters when rows are written as they come: the test above can fail."""

    class Orderly:
        def shuffle(self, contents: list[str]) -> None:
            """Leaves the order as it was."""

    keys = iter(range(10**9))
    monkeypatch.setattr(secrets, "SystemRandom", Orderly)
    monkeypatch.setattr(secrets, "token_hex", lambda size: f"{next(keys):0{2 * size}x}")
    total = await attacked(store, 7)
    caught = better_than_chance(total, 7)
    assert {"events by seq against ballots by key", "ballot_codes by key against ballots by key"} <= caught
