"""Who is whom at the organisation's sign-in service (OpenID Connect).

What the service calls a person may be a personal identity number: only an HMAC of it, made with the
installation's secret, comes here. A person has one identity at each service, and an identity one person.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import (
    Column,
    ForeignKey,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store.accounts import require_person, use_invitation
from meeting_server.store.engine import Database
from meeting_server.store.summons_sent import addresses
from meeting_server.store.tables import Instant, metadata

BoundBy = Literal["invitation", "address", "own"]
"""What bound it to the person: an invitation, the address in the register, or the person's own login."""

identities = Table(
    "identities",
    metadata,
    Column("issuer", String(300), nullable=False, comment="the service, as it calls itself"),
    Column(
        "subject_mac",
        String(64),
        nullable=False,
        comment="HMAC of what the service calls the person; never in clear, it may be a personal number",
    ),
    Column("person_id", ForeignKey("persons.id", ondelete="CASCADE"), nullable=False),
    Column("bound_by", String(12), nullable=False, comment="invitation, address or own"),
    Column("bound_at", Instant, nullable=False),
    PrimaryKeyConstraint("issuer", "subject_mac"),
    UniqueConstraint("issuer", "person_id"),
)


class IdentityTaken(Exception):
    """The identity belongs to somebody else already."""


class Identities:
    """Every identity in one database. `now` is always the caller's, aware."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def person_of(self, issuer: str, subject_mac: str) -> str | None:
        """Whose identity it is, or None when nobody's."""

        async def work(connection: AsyncConnection) -> str | None:
            return await _person_of(connection, issuer, subject_mac)

        return await self._database.read(work)

    async def bound_at(self, issuer: str, person_id: str) -> datetime | None:
        """Since when the person has an identity at the service, or None."""
        known = identities.c
        query = select(known.bound_at).where(known.issuer == issuer, known.person_id == person_id)

        async def work(connection: AsyncConnection) -> datetime | None:
            return (await connection.execute(query)).scalar_one_or_none()

        return await self._database.read(work)

    async def bind(self, issuer: str, subject_mac: str, person_id: str, *, now: datetime) -> None:
        """Bind the identity to the person who is signed in, in the place of an older one.

        Raises IdentityTaken, NotFound.
        """

        async def work(connection: AsyncConnection) -> None:
            await _put(connection, issuer, subject_mac, person_id, "own", now)

        await self._database.write(work)

    async def accept(self, token: str, issuer: str, subject_mac: str, *, now: datetime) -> str:
        """Use an invitation once: the invited person gets this identity. The person's id.

        Raises IdentityTaken and InvitationRefused; the invitation is then unused.
        """

        async def work(connection: AsyncConnection) -> str:
            person_id = await use_invitation(connection, token, now)
            await _put(connection, issuer, subject_mac, person_id, "invitation", now)
            return person_id

        return await self._database.write(work)

    async def by_address(self, issuer: str, subject_mac: str, address: str, *, now: datetime) -> str | None:
        """Bind the identity to the one person whose address in the register it is: the person's id.

        The service must have verified the address. None when nobody or several have it, or the person has
        another identity at the service already: then somebody must judge.
        """
        same = func.lower(addresses.c.address) == address.strip().lower()
        query = select(addresses.c.person_id).where(same).limit(2)

        async def work(connection: AsyncConnection) -> str | None:
            found = list((await connection.execute(query)).scalars())
            if len(found) != 1:
                return None
            held = select(identities.c.person_id).where(
                identities.c.issuer == issuer, identities.c.person_id == found[0]
            )
            if (await connection.execute(held)).first() is not None:
                return None
            await _put(connection, issuer, subject_mac, found[0], "address", now)
            return str(found[0])

        return await self._database.write(work)

    async def release(self, issuer: str, person_id: str) -> None:
        """The person has no identity at the service any more."""
        known = identities.c
        query = delete(identities).where(known.issuer == issuer, known.person_id == person_id)

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(query)

        await self._database.write(work)


async def _person_of(connection: AsyncConnection, issuer: str, subject_mac: str) -> str | None:
    known = identities.c
    query = select(known.person_id).where(known.issuer == issuer, known.subject_mac == subject_mac)
    return (await connection.execute(query)).scalar_one_or_none()


async def _put(
    connection: AsyncConnection, issuer: str, subject_mac: str, person_id: str, by: BoundBy, now: datetime
) -> None:
    await require_person(connection, person_id)
    holder = await _person_of(connection, issuer, subject_mac)
    if holder not in (None, person_id):
        raise IdentityTaken
    known = identities.c
    await connection.execute(delete(identities).where(known.issuer == issuer, known.person_id == person_id))
    row = {"issuer": issuer, "subject_mac": subject_mac, "person_id": person_id, "bound_by": by}
    await connection.execute(insert(identities).values(**row, bound_at=now))
