"""Rows and people the store's tests use: small, named, made up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store import Store, tables
from meeting_server.store.chain import NewRow

NOON = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)


def at(minutes: float) -> datetime:
    """That many minutes after noon."""
    return NOON + timedelta(minutes=minutes)


def a_row(command_id: str | None = None, type: str = "vote-cast", **data: object) -> NewRow:
    """An event by Nilla Nordanäng at noon."""
    return NewRow(NOON, "nilla-nordanang", command_id, type, 1, data or {"vote": "yes"})


def rows(numbers: Iterable[int]) -> list[NewRow]:
    """One row per number, each by a command of its own."""
    return [a_row(f"c{number}", number=number) for number in numbers]


async def with_people(store: Store, *people: str) -> None:
    """Put people in the register of a made-up municipality, so that they can have accounts."""

    async def work(connection: AsyncConnection) -> None:
        execute = connection.execute
        await execute(
            insert(tables.organisations).values(id="ekhamra", name="Ekhamra kommun", kind="municipality")
        )
        people_rows = [{"id": person, "organisation_id": "ekhamra", "name": person} for person in people]
        if people_rows:
            await execute(insert(tables.persons), people_rows)

    await store.database.write(work)
