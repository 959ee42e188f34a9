"""Accounts by password, the invitations that make them, and the limits on wrong guesses."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store import tables
from meeting_server.store.engine import Database
from meeting_server.store.failures import NotFound

Result = TypeVar("Result")

# Wrong guesses within the window before the next is not even tried. A whole town hall may share one address.
WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 5
PER_ADDRESS = 60

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200


@dataclass(frozen=True)
class Account:
    """A person's way to sign in."""

    person_id: str
    username: str


@dataclass(frozen=True)
class Invitation:
    """A link that lets `person_id` choose a user name and password, until `expires_at`."""

    person_id: str
    expires_at: datetime


class SignInRefused(Exception):
    """Not let in; the same answer for an unknown user and a wrong password."""

    def __init__(
        self, reason: Literal["wrong", "too-many"], because: str, retry_after_seconds: int = 0
    ) -> None:
        super().__init__(because)
        self.reason = reason
        self.because = because
        self.retry_after_seconds = retry_after_seconds


class InvitationRefused(Exception):
    """The link does not work, and why."""

    def __init__(self, reason: Literal["unknown", "used", "expired"], because: str) -> None:
        super().__init__(because)
        self.reason = reason
        self.because = because


class UsernameTaken(Exception):
    """Somebody else has that user name, or one that reads the same."""


class PasswordTooWeak(Exception):
    """The password is too short, too long or the user name itself; `because` is a Swedish sentence."""

    def __init__(self, because: str) -> None:
        super().__init__(because)
        self.because = because


class Accounts:
    """Every account in one database. `now` is always the caller's, aware."""

    def __init__(self, database: Database, hasher: PasswordHasher | None = None) -> None:
        self._database = database
        self._hasher = hasher or PasswordHasher()
        # Each hash takes 64 MiB and a core for a tenth of a second: a flood of sign-ins must queue, not
        # swell.
        self._hashing = asyncio.Semaphore(2)
        self._nobody: str | None = None

    async def create(self, person_id: str, username: str, password: str, *, now: datetime) -> Account:
        """Make the person's account, or replace it. Raises UsernameTaken, PasswordTooWeak, NotFound."""
        hashed = await self._hash(username, password)

        async def work(connection: AsyncConnection) -> Account:
            return await _put_account(connection, person_id, username, hashed, now)

        return await self._database.write(work)

    async def sign_in(self, username: str, password: str, *, address: str, now: datetime) -> Account:
        """The account that `username` and `password` open. Raises SignInRefused.

        The work and the answer are the same whether the user exists or not, so that neither tells who has an
        account.
        """
        subjects = [_subject("account", _key(username)), _subject("address", address)]
        wait, counted, row = await self._admit(username, subjects, now)
        if wait:
            minutes = -(-wait // 60)
            raise SignInRefused("too-many", f"För många försök. Vänta {minutes} min och försök igen.", wait)
        if self._nobody is None:
            self._nobody = await self._in_thread(self._hasher.hash, secrets.token_hex(16))
        right = await self._in_thread(self._matches, row[2] if row else self._nobody, password)
        if row is None or not right:
            raise SignInRefused("wrong", "Användarnamnet eller lösenordet stämmer inte.")
        await self._forgive(subjects[0], counted)
        return Account(row[0], row[1])

    async def invite(self, person_id: str, *, now: datetime, valid_days: int = 14) -> str:
        """The token of a new link for this person.

        Only its hash is kept; an older unused link stops working.
        """
        token = secrets.token_urlsafe(32)
        links = tables.invitations

        async def work(connection: AsyncConnection) -> str:
            await require_person(connection, person_id)
            unused = (links.c.person_id == person_id) & links.c.used_at.is_(None)
            await connection.execute(update(links).where(unused).values(used_at=now))
            row = {"token_hash": _hashed(token), "person_id": person_id, "created_at": now}
            await connection.execute(insert(links).values(**row, expires_at=now + timedelta(days=valid_days)))
            return token

        return await self._database.write(work)

    async def invitation(self, token: str, *, now: datetime) -> Invitation | None:
        """What the link is for, or None when it does not work (any more)."""

        async def work(connection: AsyncConnection) -> Invitation | None:
            try:
                return await _open_invitation(connection, token, now)
            except InvitationRefused:
                return None

        return await self._database.read(work)

    async def accept(self, token: str, username: str, password: str, *, now: datetime) -> Account:
        """Use the link once: the person gets this user name and password.

        Raises InvitationRefused and as `create`.
        """
        hashed = await self._hash(username, password)

        async def work(connection: AsyncConnection) -> Account:
            person_id = await use_invitation(connection, token, now)
            return await _put_account(connection, person_id, username, hashed, now)

        return await self._database.write(work)

    async def _hash(self, username: str, password: str) -> str:
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise PasswordTooWeak(
                f"Lösenordet ska ha minst {SHORTEST_PASSWORD} och högst {LONGEST_PASSWORD} tecken."
            )
        if _key(password) == _key(username):
            raise PasswordTooWeak("Lösenordet får inte vara detsamma som användarnamnet.")
        return await self._in_thread(self._hasher.hash, password)

    async def _in_thread(self, function: Callable[..., Result], *arguments: Any) -> Result:
        async with self._hashing:
            return await asyncio.to_thread(function, *arguments)

    def _matches(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password[: LONGEST_PASSWORD + 1])
        except (VerificationError, InvalidHashError):
            return False

    async def _admit(
        self, username: str, subjects: list[str], now: datetime
    ) -> tuple[int, list[int], tuple[str, str, str] | None]:
        """Seconds to wait, or the rows that count this try as failed, and the account if there is one.

        A try counts as failed before it is looked at, or a thousand at once would all be let in to guess.
        """
        failures, found = tables.sign_in_failures, tables.accounts.c
        query = select(found.person_id, found.username, found.password_hash)

        async def work(connection: AsyncConnection) -> tuple[int, list[int], tuple[str, str, str] | None]:
            if self._database.dialect == "postgresql":
                # One at a time, as on SQLite: tries that do not see each other would not count each other.
                await connection.execute(text("LOCK TABLE sign_in_failures IN SHARE ROW EXCLUSIVE MODE"))
            await connection.execute(delete(failures).where(failures.c.at <= now - WINDOW))
            wait = await _seconds_to_wait(connection, subjects, now)
            if wait:
                return wait, [], None
            counted = [
                (
                    await connection.execute(
                        insert(failures).values(subject=subject, at=now).returning(failures.c.id)
                    )
                )
                for subject in subjects
            ]
            row = (await connection.execute(query.where(found.username_key == _key(username)))).one_or_none()
            account = None if row is None else (row.person_id, row.username, row.password_hash)
            return 0, [result.scalar_one() for result in counted], account

        return await self._database.write(work)

    async def _forgive(self, account: str, counted: list[int]) -> None:
        """The try was right: forget this account's failures, and this one of its address."""
        failures = tables.sign_in_failures
        forgotten = (failures.c.subject == account) | failures.c.id.in_(counted)

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(delete(failures).where(forgotten))

        await self._database.write(work)


async def _seconds_to_wait(connection: AsyncConnection, subjects: list[str], now: datetime) -> int:
    failures = tables.sign_in_failures.c
    waits = [0]
    for subject, limit in zip(subjects, (PER_ACCOUNT, PER_ADDRESS), strict=True):
        query = select(func.count(), func.min(failures.at)).where(
            failures.subject == subject, failures.at > now - WINDOW
        )
        count, oldest = (await connection.execute(query)).one()
        if count >= limit:
            waits.append(max(1, int((oldest + WINDOW - now).total_seconds())))
    return max(waits)


async def _open_invitation(connection: AsyncConnection, token: str, now: datetime) -> Invitation:
    links = tables.invitations.c
    query = select(links.person_id, links.expires_at, links.used_at).where(links.token_hash == _hashed(token))
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        raise InvitationRefused("unknown", "Länken känns inte igen. Kontrollera att hela adressen kom med.")
    if row.used_at is not None:
        raise InvitationRefused("used", "Länken har redan använts.")
    if row.expires_at <= now:
        raise InvitationRefused("expired", "Länken gäller inte längre. Be kansliet om en ny.")
    return Invitation(row.person_id, row.expires_at)


async def use_invitation(connection: AsyncConnection, token: str, now: datetime) -> str:
    """Use the link within the caller's transaction: whom it is for. Raises InvitationRefused."""
    invitation, links = await _open_invitation(connection, token, now), tables.invitations
    this = (links.c.token_hash == _hashed(token)) & links.c.used_at.is_(None)
    used = await connection.execute(update(links).where(this).values(used_at=now))
    # On PostgreSQL the same link may be used twice at once; the second waits, then sees.
    if used.rowcount != 1:
        raise InvitationRefused("used", "Länken har redan använts.")
    return invitation.person_id


async def _put_account(
    connection: AsyncConnection, person_id: str, username: str, hashed: str, now: datetime
) -> Account:
    await require_person(connection, person_id)
    known = tables.accounts
    shown = username.strip()
    taken = select(known.c.person_id).where(
        known.c.username_key == _key(username), known.c.person_id != person_id
    )
    if not shown or len(shown) > 120 or (await connection.execute(taken)).first() is not None:
        raise UsernameTaken(username)
    await connection.execute(delete(known).where(known.c.person_id == person_id))
    row = {"person_id": person_id, "username": shown, "username_key": _key(username), "password_hash": hashed}
    await connection.execute(insert(known).values(**row, created_at=now))
    return Account(person_id, shown)


async def require_person(connection: AsyncConnection, person_id: str) -> None:
    """That the register has the person. Raises NotFound."""
    query = select(tables.persons.c.id).where(tables.persons.c.id == person_id)
    if (await connection.execute(query)).first() is None:
        raise NotFound(f"person {person_id}")


def _key(username: str) -> str:
    return unicodedata.normalize("NFKC", username.strip()).casefold()


def _subject(kind: str, name: str) -> str:
    return _hashed(f"{kind}:{name}")


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
