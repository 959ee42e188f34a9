"""Checks of devices and lines: the newest of each person, on both databases."""

from __future__ import annotations

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store import Store
from meeting_server.store.device_checks import DeviceCheck
from meeting_server.store.tables import organisations, persons
from tests.store.rows import at

GOOD = DeviceCheck("asa", at(0), "ok", (), {"kbit_up": 1500, "paths": {"direct": True}})
BAD = DeviceCheck("asa", at(60), "bad", ("no-path", "unheard"), {"kbit_up": None})


async def known(store: Store, *names: str) -> None:
    async def work(connection: AsyncConnection) -> None:
        await connection.execute(insert(organisations).values(id="o", name="Ekhamra", kind="municipality"))
        for name in names:
            await connection.execute(insert(persons).values(id=name, name=name, organisation_id="o"))

    await store.database.write(work)


async def test_the_newest_check_of_each_person_is_kept(store: Store) -> None:
    await known(store, "asa", "bo", "cia")
    await store.device_checks.keep(GOOD)
    assert await store.device_checks.of(["asa", "bo"]) == {"asa": GOOD}
    await store.device_checks.keep(BAD)
    of_bo = DeviceCheck("bo", at(1), "weak", ("loss",), {})
    await store.device_checks.keep(of_bo)
    assert await store.device_checks.of(["asa", "bo", "cia"]) == {"asa": BAD, "bo": of_bo}
    assert await store.device_checks.of([]) == {}
