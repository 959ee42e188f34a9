"""Equipment's tokens: known by their hash, taken back once, of one meeting; on both databases."""

from __future__ import annotations

from alembic import command
from sqlalchemy import Connection, select
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store import Store
from meeting_server.store.equipment import Use, equipment
from meeting_server.store.migrate import alembic_config
from tests.store.rows import at


async def test_a_token_finds_its_equipment_until_it_is_taken_back(store: Store) -> None:
    camera, token = await store.equipment.let_in("ks", "Kamera", Use(feeds="hall"), "karin", at(0))
    screen, other = await store.equipment.let_in("ks", "Skärm", Use(plays="floor"), "karin", at(1))
    assert token != other
    assert await store.equipment.by_token(token) == camera
    assert await store.equipment.by_token(token + "x") is None
    assert await store.equipment.piece(screen.id) == screen
    assert await store.equipment.of_meeting("ks") == (camera, screen)
    assert await store.equipment.of_meeting("kf") == ()
    assert not await store.equipment.revoke("kf", camera.id, at(2))
    assert await store.equipment.revoke("ks", camera.id, at(2))
    assert not await store.equipment.revoke("ks", camera.id, at(3))
    assert await store.equipment.by_token(token) is None
    assert (await store.equipment.of_meeting("ks"))[0].revoked_at == at(2)


async def test_the_token_itself_is_nowhere_in_the_database(store: Store) -> None:
    _, token = await store.equipment.let_in("ks", "Kamera", Use(feeds="hall"), "karin", at(0))

    async def work(connection: AsyncConnection) -> str:
        return repr([tuple(row) for row in await connection.execute(select(equipment))])

    assert token not in await store.database.read(work)


async def test_what_an_interpreter_sends_and_in_which_language_is_kept(store: Store) -> None:
    uses = [Use(feeds="sign"), Use(feeds="channel", language="meänkieli")]
    tokens = [(await store.equipment.let_in("ks", "Tolk", use, "karin", at(0)))[1] for use in uses]
    found = [await store.equipment.by_token(token) for token in tokens]
    assert [each and each.use for each in found] == uses


async def test_what_published_before_there_were_interpreters_feeds_the_hall(store: Store) -> None:
    for label, use in (
        ("kamera", Use(feeds="hall")),
        ("skärm", Use(plays="hall")),
        ("tolk", Use(feeds="channel", language="engelska")),
    ):
        await store.equipment.let_in("ks", label, use, "karin", at(0))

    def down_and_up(connection: Connection) -> None:
        command.downgrade(alembic_config(connection), "0008")
        command.upgrade(alembic_config(connection), "0009")

    async def work(connection: AsyncConnection) -> None:
        await connection.run_sync(down_and_up)

    await store.database.write(work)
    kept = await store.equipment.of_meeting("ks")
    assert [(each.label, each.use) for each in kept] == [
        ("kamera", Use(feeds="hall")),
        ("skärm", Use(plays="hall")),
    ]
