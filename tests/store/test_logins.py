"""Logins: opened by a cookie, ended by idleness, by age and by the person; on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store import Store, tables
from meeting_server.store.logins import Logins
from tests.store.rows import at, with_people


@pytest.fixture
async def logins(store: Store) -> Logins:
    """An hour of idleness, three hours at most."""
    await with_people(store, "nilla", "bertil")
    return Logins(store.database, idle=timedelta(hours=1), longest=timedelta(hours=3))


async def test_the_cookie_opens_the_login_and_nothing_else_does(logins: Logins) -> None:
    cookie, login = await logins.open("nilla", method="password", now=at(0))
    assert await logins.find(cookie, now=at(0.5)) == login
    for other in (login.id, login.csrf, cookie[:-1], "", "\ud800"):
        assert await logins.find(other, now=at(0.5)) is None


async def test_the_database_does_not_hold_the_cookie(logins: Logins, store: Store) -> None:
    cookie, _ = await logins.open("nilla", method="demo", now=at(0))

    async def work(connection: AsyncConnection) -> str:
        return str((await connection.execute(select(tables.logins))).all())

    assert cookie not in await store.database.read(work)


@pytest.mark.parametrize(("minute", "found"), [(59, True), (60, False), (61, False)])
async def test_a_login_ends_when_it_is_not_used(logins: Logins, minute: float, found: bool) -> None:
    cookie, _ = await logins.open("nilla", method="password", now=at(0))
    assert (await logins.find(cookie, now=at(minute)) is not None) == found


@pytest.mark.parametrize(("minute", "found"), [(179, True), (180, False), (181, False)])
async def test_a_login_ends_after_three_hours_however_used(
    logins: Logins, minute: float, found: bool
) -> None:
    cookie, _ = await logins.open("nilla", method="password", now=at(0))
    for earlier in range(30, 180, 30):
        assert await logins.find(cookie, now=at(earlier)) is not None
    assert (await logins.find(cookie, now=at(minute)) is not None) == found


async def test_signing_out_ends_this_browser_and_signing_out_everywhere_all(logins: Logins) -> None:
    phone, _ = await logins.open("nilla", method="password", now=at(0))
    tablet, _ = await logins.open("nilla", method="password", now=at(0))
    bertil, _ = await logins.open("bertil", method="password", now=at(0))
    await logins.close(phone)
    assert [await logins.find(cookie, now=at(1)) is not None for cookie in (phone, tablet, bertil)] == [
        0,
        1,
        1,
    ]
    await logins.close_all("nilla")
    assert [await logins.find(cookie, now=at(1)) is not None for cookie in (phone, tablet, bertil)] == [
        0,
        0,
        1,
    ]


async def test_ended_logins_are_forgotten(logins: Logins, store: Store) -> None:
    await logins.open("nilla", method="password", now=at(0))
    later, _ = await logins.open("bertil", method="password", now=at(30))
    await logins.purge(now=at(60))

    async def work(connection: AsyncConnection) -> list[str]:
        return list((await connection.execute(select(tables.logins.c.person_id))).scalars())

    assert await store.database.read(work) == ["bertil"]
    assert await logins.find(later, now=at(61)) is not None
