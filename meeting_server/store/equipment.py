"""Hall equipment that may connect by a token of its own: cameras and mixers, screens, interpreters.

Of the token only the SHA-256 is kept: whoever reads the database cannot put a picture into a meeting.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import (
    Column,
    ColumnElement,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store.engine import Database
from meeting_server.store.tables import Instant, metadata

MAX_LANGUAGE = 30
"""Letters in the name of a spoken channel."""

equipment = Table(
    "equipment",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("meeting_id", String(80), nullable=False, comment="no foreign key: who fed the hall is kept"),
    Column("label", String(80), nullable=False, comment="what it is called, by whoever let it in"),
    Column("plays", String(8), comment="the slot it is sent; null when it publishes"),
    Column(
        "feeds", String(8), comment="where what it publishes goes: hall, sign or channel; null when it plays"
    ),
    Column("language", String(MAX_LANGUAGE), comment="of a spoken channel; null for all else"),
    Column("token_hash", LargeBinary(32), nullable=False, unique=True, comment="SHA-256 of the token"),
    Column("made_by", String(80), nullable=False, comment="person id"),
    Column("made_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Index(None, "meeting_id"),
)


@dataclass(frozen=True)
class Use:
    """What a piece is for. plays: its slot, or None: `floor`, `chair`, `hall`, `webcast`, `sign` or
    `channel`.

    feeds: where what it publishes goes: `hall`, `sign` (the sign language interpreter's picture) or
    `channel`; None when it plays. language: names the spoken channel that is played or fed.
    """

    plays: str | None = None
    feeds: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Equipment:
    """One piece of a meeting, known by its number."""

    id: int
    meeting: str
    label: str
    use: Use
    made_by: str
    made_at: datetime
    revoked_at: datetime | None


class AlreadyLetIn(Exception):
    """Some piece has or has had the token."""


class EquipmentStore:
    """The equipment of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def let_in(
        self, meeting: str, label: str, use: Use, by: str, at: datetime, token: str | None = None
    ) -> tuple[Equipment, str]:
        """Make a token for a piece of equipment; it is told here and never again.

        token: as hard to guess as a random one, for who must be able to ask twice. Raises AlreadyLetIn when
        some piece has or has had it.
        """
        token = token or secrets.token_urlsafe(24)
        query = insert(equipment).values(
            meeting_id=meeting, label=label, **asdict(use), token_hash=_hashed(token), made_by=by, made_at=at
        )

        async def work(connection: AsyncConnection) -> int:
            key = (await connection.execute(query)).inserted_primary_key
            assert key is not None
            return int(key[0])

        try:
            number = await self._database.write(work)
        except IntegrityError:
            raise AlreadyLetIn from None
        return Equipment(number, meeting, label, use, by, at, None), token

    async def has_been(self, token: str) -> bool:
        """Whether some piece has or has had this token."""
        return bool(await self._found(equipment.c.token_hash == _hashed(token)))

    async def of_meeting(self, meeting: str) -> tuple[Equipment, ...]:
        """Every piece that has been let in, the newest last."""
        return await self._found(equipment.c.meeting_id == meeting)

    async def by_token(self, token: str) -> Equipment | None:
        """The piece whose token this is, unless it has been revoked."""
        found = await self._found(equipment.c.token_hash == _hashed(token))
        return next((each for each in found if each.revoked_at is None), None)

    async def piece(self, number: int) -> Equipment | None:
        """The piece of that number."""
        return next(iter(await self._found(equipment.c.id == number)), None)

    async def revoke(self, meeting: str, number: int, at: datetime) -> bool:
        """Take the token back. Returns False when there is no such piece, or it was taken back before."""
        query = (
            update(equipment)
            .where(equipment.c.id == number, equipment.c.meeting_id == meeting)
            .where(equipment.c.revoked_at.is_(None))
            .values(revoked_at=at)
        )

        async def work(connection: AsyncConnection) -> bool:
            return (await connection.execute(query)).rowcount == 1

        return await self._database.write(work)

    async def _found(self, where: ColumnElement[bool]) -> tuple[Equipment, ...]:
        e = equipment.c
        query = (
            select(
                e.id,
                e.meeting_id,
                e.label,
                e.plays,
                e.feeds,
                e.language,
                e.made_by,
                e.made_at,
                e.revoked_at,
            )
            .where(where)
            .order_by(e.id)
        )

        async def work(connection: AsyncConnection) -> tuple[Equipment, ...]:
            found = await connection.execute(query)
            return tuple(
                Equipment(row[0], row[1], row[2], Use(row[3], row[4], row[5]), *row[6:]) for row in found
            )

        return await self._database.read(work)


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
