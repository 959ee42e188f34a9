"""Equipment's tokens: known by their hash, taken back once, of one meeting; on both databases."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store import Store
from meeting_server.store.equipment import equipment
from tests.store.rows import at


async def test_a_token_finds_its_equipment_until_it_is_taken_back(store: Store) -> None:
    camera, token = await store.equipment.let_in("ks", "Kamera", None, "karin", at(0))
    screen, other = await store.equipment.let_in("ks", "Skärm", "floor", "karin", at(1))
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
    _, token = await store.equipment.let_in("ks", "Kamera", None, "karin", at(0))

    async def work(connection: AsyncConnection) -> str:
        return repr([tuple(row) for row in await connection.execute(select(equipment))])

    assert token not in await store.database.read(work)
