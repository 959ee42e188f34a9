"""Migrations bring any database to the shape of tables.py, once, whoever starts first; on both databases."""

from __future__ import annotations

import asyncio

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store import Store
from meeting_server.store.migrate import alembic_config, migrations_folder, upgrade
from meeting_server.store.tables import metadata


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
