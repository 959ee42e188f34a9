"""Where summonses are sent and that they have been: addresses, and for each letter the answer and when.

A meeting is called when everybody is: the day is that of the row without a person, written when the last
letter has been accepted or when the office records that the summons went out another way (KL 5:15).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store.engine import Database
from meeting_server.store.tables import Instant, metadata

addresses = Table(
    "addresses",
    metadata,
    Column("person_id", ForeignKey("persons.id", ondelete="CASCADE"), nullable=False),
    Column("address", Text, nullable=False, comment="e-mail address summonses are sent to"),
    PrimaryKeyConstraint("person_id"),
)

summons_sent = Table(
    "summons_sent",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column(
        "meeting_id", String(80), nullable=False, comment="no foreign key: the proof outlives the register"
    ),
    Column("scope", String(80), nullable=False, comment="meeting, or the urgent matter told of (5:15)"),
    Column("person_id", String(80), comment="whom the letter is to; null when everybody has been called"),
    Column("address", Text, comment="where it was sent; null when it went another way"),
    Column(
        "accepted", Boolean, nullable=False, comment="the mail server took it, or a person says it went out"
    ),
    Column("answer", Text, nullable=False, comment="what the mail server said, or how it went out"),
    Column("sent_on", String(10), nullable=False, comment="the Swedish date"),
    Column("sent_by", String(80), nullable=False, comment="person id"),
    Column("at", Instant, nullable=False),
    Column(
        "tells_of",
        String(25),
        nullable=False,
        server_default=text("''"),
        comment="when the meeting was to begin, with Swedish offset; empty for what tells of no meeting",
    ),
    Index(None, "meeting_id"),
)


@dataclass(frozen=True)
class Letter:
    """One letter, or with no person that everybody has been called; `answer` is the mail server's own.

    `tells_of` is when the meeting was to begin, as it is pinned.
    """

    scope: str
    person: str | None
    address: str | None
    accepted: bool
    answer: str
    sent_on: date
    sent_by: str
    at: datetime
    tells_of: str = ""


class SummonsSent:
    """The letters and addresses of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, meeting_id: str, letter: Letter) -> None:
        """Keep that a letter was sent, accepted or not."""
        row = {
            "meeting_id": meeting_id,
            "scope": letter.scope,
            "person_id": letter.person,
            "address": letter.address,
            "accepted": letter.accepted,
            "answer": letter.answer,
            "sent_on": letter.sent_on.isoformat(),
            "sent_by": letter.sent_by,
            "at": letter.at,
            "tells_of": letter.tells_of,
        }

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(insert(summons_sent).values(**row))

        await self._database.write(work)

    async def letters(self, meeting_id: str) -> list[Letter]:
        """Every letter of a meeting, in the order they were sent."""
        s = summons_sent.c
        query = (
            select(
                s.scope, s.person_id, s.address, s.accepted, s.answer, s.sent_on, s.sent_by, s.at, s.tells_of
            )
            .where(s.meeting_id == meeting_id)
            .order_by(s.id)
        )

        async def work(connection: AsyncConnection) -> list[Letter]:
            return [
                Letter(*row[:5], date.fromisoformat(row.sent_on), row.sent_by, row.at, row.tells_of)
                for row in await connection.execute(query)
            ]

        return await self._database.read(work)

    async def addresses(self) -> dict[str, str]:
        """The e-mail address of everybody who has one, by person."""

        async def work(connection: AsyncConnection) -> dict[str, str]:
            a = addresses.c
            return {
                row.person_id: row.address for row in await connection.execute(select(a.person_id, a.address))
            }

        return await self._database.read(work)


async def sent_days(connection: AsyncConnection, starts: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The ISO day everybody had been called, or told of an urgent matter, by meeting and scope.

    `starts` is when each meeting begins; whoever was called to another time was not called to it.
    """
    s = summons_sent.c
    query = (
        select(s.meeting_id, s.scope, s.tells_of, func.min(s.sent_on).label("sent_on"))
        .where(s.meeting_id.in_(starts), s.person_id.is_(None), s.accepted)
        .group_by(s.meeting_id, s.scope, s.tells_of)
    )
    found: dict[str, dict[str, str]] = {}
    for row in await connection.execute(query):
        if row.tells_of == starts[row.meeting_id]:
            found.setdefault(row.meeting_id, {})[row.scope] = row.sent_on
    return found
