"""Who is signed in: server-side logins whose cookie is known to the browser alone."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.meeting.actors import SignedIn
from meeting_server.meeting.words import SignInMethod
from meeting_server.store import tables
from meeting_server.store.engine import Database

_TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Login:
    """One browser signed in as one person. `id` may be shown and logged; the cookie may not.

    `csrf` goes in forms. `assurance` is the level the sign-in service stated and `is_strong` whether it
    counts as e-legitimation.
    """

    id: str
    person_id: str
    csrf: str
    method: SignInMethod
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    assurance: str | None = None
    is_strong: bool = False

    @property
    def signed_in(self) -> SignedIn:
        """How it was made, as the meeting is told it."""
        return SignedIn(self.method, self.assurance, self.is_strong)


class Logins:
    """Every login in one database. A login ends after `idle` without use, or `longest` after it began."""

    def __init__(
        self,
        database: Database,
        *,
        idle: timedelta = timedelta(hours=4),
        longest: timedelta = timedelta(hours=16),
    ) -> None:
        self._database = database
        self._idle = idle
        self._longest = longest

    async def open(
        self,
        person_id: str,
        *,
        method: SignInMethod,
        now: datetime,
        assurance: str | None = None,
        is_strong: bool = False,
    ) -> tuple[str, Login]:
        """Sign the person in: the value for the cookie, and the login. The value cannot be had again."""
        cookie = secrets.token_urlsafe(32)
        csrf = secrets.token_urlsafe(24)
        until = now + self._longest
        login = Login(secrets.token_hex(8), person_id, csrf, method, now, now, until, assurance, is_strong)

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(
                insert(tables.logins).values(cookie_hash=_hashed(cookie), **login.__dict__)
            )

        await self._database.write(work)
        return cookie, login

    async def find(self, cookie: str, *, now: datetime) -> Login | None:
        """The login this cookie opens, or None when there is none or it has ended.

        Marks it as seen, to the minute.
        """
        login = await self._look(cookie)
        if login is None:
            return None
        if now >= login.expires_at or now >= login.last_seen_at + self._idle:
            await self.close(cookie)
            return None
        if now >= login.last_seen_at + _TOUCH_EVERY:
            await self._touch(cookie, now)
        return login

    async def close(self, cookie: str) -> None:
        """Sign this browser out; nothing happens when it was not signed in."""
        await self._delete(tables.logins.c.cookie_hash == _hashed(cookie))

    async def close_all(self, person_id: str) -> None:
        """Sign the person out everywhere."""
        await self._delete(tables.logins.c.person_id == person_id)

    async def purge(self, *, now: datetime) -> None:
        """Forget logins that have ended."""
        ended = (tables.logins.c.expires_at <= now) | (tables.logins.c.last_seen_at <= now - self._idle)
        await self._delete(ended)

    async def _look(self, cookie: str) -> Login | None:
        query = select(*(tables.logins.c[name] for name in Login.__dataclass_fields__)).where(
            tables.logins.c.cookie_hash == _hashed(cookie)
        )

        async def work(connection: AsyncConnection) -> Login | None:
            row = (await connection.execute(query)).mappings().one_or_none()
            return None if row is None else Login(**row)

        return await self._database.read(work)

    async def _touch(self, cookie: str, now: datetime) -> None:
        async def work(connection: AsyncConnection) -> None:
            this = tables.logins.c.cookie_hash == _hashed(cookie)
            await connection.execute(update(tables.logins).where(this).values(last_seen_at=now))

        await self._database.write(work)

    async def _delete(self, which: ColumnElement[bool]) -> None:
        async def work(connection: AsyncConnection) -> None:
            await connection.execute(delete(tables.logins).where(which))

        await self._database.write(work)


def _hashed(cookie: str) -> str:
    return hashlib.sha256(cookie.encode("utf-8", "surrogatepass")).hexdigest()
