"""Migrations bring any database to the shape of tables.py, once, whoever starts first; on both databases."""

from __future__ import annotations

import asyncio
from datetime import date

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store import Store
from meeting_server.store.migrate import alembic_config, migrations_folder, upgrade
from meeting_server.store.notices import Contents
from meeting_server.store.register_file import read_register
from meeting_server.store.register_import import import_register
from meeting_server.store.summons_sent import Letter
from meeting_server.store.tables import metadata
from tests.store.rows import at
from tests.store.small_register import REGISTER


async def test_a_migrated_database_has_exactly_the_shape_of_tables(store: Store) -> None:
    def differences(connection: Connection) -> list[object]:
        options = {"compare_type": True, "compare_server_default": True}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))

    async def work(connection: AsyncConnection) -> list[object]:
        return await connection.run_sync(differences)

    assert await store.database.read(work) == []


async def test_migrating_again_does_nothing(store: Store) -> None:
    await upgrade(store.database)


async def test_several_processes_may_start_at_once(empty_url: str) -> None:
    stores = await asyncio.gather(*(Store.open(empty_url) for _ in range(3)))
    for opened in stores:
        await opened.close()


async def test_every_migration_can_be_taken_back(store: Store) -> None:
    async def work(connection: AsyncConnection) -> list[str]:
        await connection.run_sync(lambda same: command.downgrade(alembic_config(same), "base"))
        return await connection.run_sync(lambda same: inspect(same).get_table_names())

    assert await store.database.write(work) == ["alembic_version"]
    await upgrade(store.database)


def test_the_migrations_are_found_beside_the_package() -> None:
    assert (migrations_folder() / "env.py").is_file()


async def test_a_notice_from_before_tells_of_the_time_its_meeting_has(store: Store) -> None:
    start = "2026-11-24T18:30:00+01:00"
    await import_register(store.database, read_register(REGISTER))
    for kind, tells_of in (("assembly_meeting", start), ("how_to_appeal", "")):
        await store.notice_board.post(
            organisation="Ekhamra kommun",
            meeting_id="kf-nov",
            scope="meeting",
            kind=kind,
            title="Anslag",
            contents=Contents(),
            on=date(2026, 11, 10),
            by="karin",
            at=at(0),
            tells_of=tells_of,
        )
    letter = Letter("meeting", None, None, True, "Brev", date(2026, 11, 11), "karin", at(0), start)
    await store.summons.record("kf-nov", letter)
    await store.summons.record("gone", letter)  # its meeting is no longer in the register
    before = await store.notice_board.of_meeting("kf-nov")

    async def back(connection: AsyncConnection) -> None:
        await connection.run_sync(lambda same: command.downgrade(alembic_config(same), "0012"))

    await store.database.write(back)
    await upgrade(store.database)
    assert await store.notice_board.of_meeting("kf-nov") == before
    assert await store.summons.letters("kf-nov") == [letter]
    assert [each.tells_of for each in await store.summons.letters("gone")] == [""]


async def test_of_several_notices_of_a_meeting_that_moved_the_last_stays_when_taken_back(
    store: Store,
) -> None:
    for day in (24, 25, 26):
        number = await store.notice_board.post(
            organisation="Ekhamra kommun",
            meeting_id="kf-nov",
            scope="meeting",
            kind="assembly_meeting",
            title=f"Den {day}",
            contents=Contents(),
            on=date(2026, 11, 10),
            by="karin",
            at=at(0),
            tells_of=f"2026-11-{day}T18:30:00+01:00",
        )

    async def back(connection: AsyncConnection) -> None:
        await connection.run_sync(lambda same: command.downgrade(alembic_config(same), "0012"))

    await store.database.write(back)
    await upgrade(store.database)
    [left] = await store.notice_board.of_meeting("kf-nov")
    assert (left.id, left.title, len(left.postings)) == (number, "Den 26", 1)
