"""The ballot box against one who has everything: the whole database, the log, what the program wrote.

The voters come in a known order with known times, as the log tells. Each test tries a way to join them to
the ballots; none may do better than chance.
"""

from __future__ import annotations

import json
import math
import random
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store import Store
from meeting_server.store.ballot_box import SealedBallot, ballots
from meeting_server.store.failures import Conflict
from tests.store.rows import a_row

VOTERS = 60
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


async def voted(store: Store, given: list[SealedBallot], at_once: int = 1) -> None:
    """The voters come one after the other, or some in the same transaction."""
    for first in range(0, len(given), at_once):
        some = given[first : first + at_once]
        marks = [
            a_row(f"c{first + n}", "ballot-received", ballot=BOX, person=f"v{first + n}")
            for n in range(len(some))
        ]
        await store.log.append("meeting-1", first, marks, some)


async def everything(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, in the order the database has them."""

    async def work(connection: AsyncConnection) -> dict[str, list[dict[str, Any]]]:
        found = {}
        for name in ("events", "commands", "ballots", "ballot_codes", "draws"):
            rows = (await connection.execute(text(f"SELECT * FROM {name}"))).mappings()
            found[name] = [dict(row) for row in rows]
        return found

    return await store.database.read(work)


def hits(guess: list[str], truth: list[SealedBallot]) -> int:
    """For how many voters the guess is what they voted."""
    return sum(1 for said, one in zip(guess, truth, strict=True) if tuple(json.loads(said)) == one.choices)


def no_better_than_chance(found: int) -> bool:
    """Within five standard deviations of tossing a coin for each: a fault here is one run in a million."""
    return abs(found - VOTERS / 2) < 5 * math.sqrt(VOTERS / 4)


@pytest.mark.parametrize("at_once", [1, 7])
async def test_no_order_of_the_rows_tells_who_voted_what(store: Store, at_once: int) -> None:
    given = cast()
    await voted(store, given, at_once)
    rows = (await everything(store))["ballots"]
    as_stored = [row["choices"] for row in rows]
    by_key = [row["choices"] for row in sorted(rows, key=lambda row: row["key"])]
    codes = (await everything(store))["ballot_codes"]
    by_code_key = [row["code"] for row in sorted(codes, key=lambda row: row["key"])]
    for guess in (as_stored, as_stored[::-1], by_key, by_key[::-1]):
        assert no_better_than_chance(hits(guess, given))
    in_place = sum(1 for code, one in zip(by_code_key, given, strict=True) if code == one.code)
    assert in_place < 10, "a code stands where its voter came"


async def test_no_order_of_the_rows_joins_a_code_to_its_choice(store: Store) -> None:
    given = cast(2)
    await voted(store, given)
    found = await everything(store)
    choice_of = {one.code: one for one in given}
    for key in ("key", "code"):
        in_order = sorted(found["ballot_codes"], key=lambda row: row[key])
        guess = [row["choices"] for row in sorted(found["ballots"], key=lambda row: row["key"])]
        assert no_better_than_chance(hits(guess, [choice_of[row["code"]] for row in in_order]))


async def test_the_tables_share_no_value_but_the_box_they_belong_to(store: Store) -> None:
    await voted(store, cast())
    found = await everything(store)
    values = {name: {str(v) for row in rows for v in row.values()} for name, rows in found.items()}
    assert values["ballots"] & values["ballot_codes"] == {"meeting-1", BOX}
    for other in ("events", "commands"):
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
    assert opened.slips == (*[YES] * 30, *[NO] * 30)
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


async def test_the_control_finds_a_box_that_keeps_the_order(store: Store) -> None:
    """The same attack does find the voters when rows are written as they come: the tests above can fail."""
    given = cast()

    async def work(connection: AsyncConnection) -> None:
        rows = [
            {"key": f"{n:032}", "meeting_id": "meeting-1", "ballot": BOX, "choices": json.dumps(one.choices)}
            for n, one in enumerate(given)
        ]
        await connection.execute(insert(ballots), rows)

    await store.database.write(work)
    rows = sorted((await everything(store))["ballots"], key=lambda row: row["key"])
    assert not no_better_than_chance(hits([row["choices"] for row in rows], given))
