"""The notice board (anslagstavlan): every notice as it was posted, and when it has been up and where.

Nothing is edited or deleted: a notice that has been taken down stays here, since the appeal time is counted
from these rows (13:5) and a proof of posting is owed on request (8:10).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    insert,
    select,
    text,
    true,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store import tables
from meeting_server.store.engine import Database
from meeting_server.store.tables import Instant, metadata

WHOLE_MEETING = "meeting"
"""The scope of the notice of a whole meeting; an urgent matter has its own, the matter's id (5:14)."""

notices = Table(
    "notices",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("organisation", Text, nullable=False, comment="whose own notice board it was posted on first"),
    Column(
        "meeting_id", String(80), nullable=False, comment="no foreign key: a notice outlives its register"
    ),
    Column("scope", String(80), nullable=False, comment="meeting, minutes, a matter, or a number of its own"),
    Column("kind", String(40), nullable=False, comment="a Posting of law/posting.py"),
    Column("title", Text, nullable=False),
    Column("contents", Text, nullable=False, comment="JSON {facts, matters, text}: as it was posted"),
    Column(
        "tells_of",
        String(25),
        nullable=False,
        server_default=text("''"),
        comment="when the meeting was to begin, with Swedish offset; empty for what tells of no meeting",
    ),
    UniqueConstraint("meeting_id", "kind", "scope", "tells_of"),
)

notice_postings = Table(
    "notice_postings",
    metadata,
    Column("notice_id", ForeignKey("notices.id"), nullable=False),
    Column("organisation", Text, nullable=False, comment="the municipality whose notice board it stands on"),
    Column("posted_on", String(10), nullable=False, comment="the day appeal time is counted from"),
    Column(
        "posted_by", String(80), nullable=False, comment="person id: who posted it or recorded that it is up"
    ),
    Column("posted_at", Instant, nullable=False, comment="when that was done here"),
    Column("removed_on", String(10), comment="the day it was taken down; null while it is up"),
    Column("removed_by", String(80), comment="person id"),
    Column("removed_at", Instant),
    PrimaryKeyConstraint("notice_id", "organisation"),
    Index(None, "removed_on"),
)


class AlreadyPosted(Exception):
    """The meeting has a notice of that kind, scope and time already, or it stands on that board already."""


@dataclass(frozen=True)
class Posted:
    """That a notice stands, or stood, on one municipality's notice board, with who did it and when."""

    organisation: str
    posted_on: date
    posted_by: str
    posted_at: datetime
    removed_on: date | None = None
    removed_by: str | None = None
    removed_at: datetime | None = None


@dataclass(frozen=True)
class Contents:
    """What a notice says: labelled facts in order, the matters it lists, and a text of its own."""

    facts: tuple[tuple[str, str], ...] = ()
    matters: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class StoredNotice:
    """One notice with where it stands; `postings` begins with the organisation's own notice board."""

    id: int
    organisation: str
    meeting_id: str
    scope: str
    kind: str
    title: str
    contents: Contents
    postings: tuple[Posted, ...]
    tells_of: str = ""

    @property
    def own(self) -> Posted:
        """Where it was posted first: the own notice board."""
        return next(each for each in self.postings if each.organisation == self.organisation)

    @property
    def is_up(self) -> bool:
        """Whether it stands on the own notice board now."""
        return self.own.removed_at is None


@dataclass(frozen=True)
class Verified:
    """Minutes, or a § by itself, verified and sealed: their machine-readable text, and when."""

    scope: str
    document: str
    at: datetime


class NoticeBoard:
    """The notices of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def post(
        self,
        *,
        organisation: str,
        meeting_id: str,
        scope: str,
        kind: str,
        title: str,
        contents: Contents,
        on: date,
        by: str,
        at: datetime,
        tells_of: str = "",
    ) -> int:
        """Put a notice up on the organisation's own notice board; its id. Raises AlreadyPosted.

        `tells_of` is when the meeting that it announces begins, as it is pinned.
        """
        said = {"facts": contents.facts, "matters": contents.matters, "text": contents.text}
        row = {
            "organisation": organisation,
            "meeting_id": meeting_id,
            "scope": scope,
            "kind": kind,
            "title": title,
            "contents": json.dumps(said, ensure_ascii=False),
            "tells_of": tells_of,
        }

        async def work(connection: AsyncConnection) -> int:
            added = insert(notices).values(**row).returning(notices.c.id)
            number = int((await connection.execute(added)).scalar_one())
            await _add(connection, number, organisation, on, by, at)
            return number

        try:
            return await self._database.write(work)
        except IntegrityError as error:
            raise AlreadyPosted from error

    async def also_posted(
        self, notice_id: int, organisation: str, *, on: date, by: str, at: datetime
    ) -> None:
        """Record that it stands on another municipality's notice board since `on`. Raises AlreadyPosted."""

        async def work(connection: AsyncConnection) -> None:
            await _add(connection, notice_id, organisation, on, by, at)

        try:
            await self._database.write(work)
        except IntegrityError as error:
            raise AlreadyPosted from error

    async def take_down(self, notice_id: int, *, on: date, by: str, at: datetime) -> None:
        """Take it down everywhere it still stands; whether it may be is decided before. Once is enough."""
        p = notice_postings.c
        which = (p.notice_id == notice_id) & p.removed_at.is_(None)
        change = update(notice_postings).where(which)

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(change.values(removed_on=on.isoformat(), removed_by=by, removed_at=at))

        await self._database.write(work)

    async def up(self) -> list[StoredNotice]:
        """Every notice that stands on its own notice board now, the newest first."""
        found = await self._read(true())
        return [each for each in reversed(found) if each.is_up]

    async def of_meeting(self, meeting_id: str) -> list[StoredNotice]:
        """Every notice of a meeting, taken down or not, in the order they were posted."""
        return await self._read(notices.c.meeting_id == meeting_id)

    async def notice(self, notice_id: int) -> StoredNotice | None:
        """One notice, or None."""
        return next(iter(await self._read(notices.c.id == notice_id)), None)

    async def verified(self, meeting_id: str) -> list[Verified]:
        """What of the meeting's minutes has been verified, in order of time."""
        s, v = tables.sealed_documents.c, tables.minutes_versions.c
        same = (s.meeting_id == v.meeting_id) & (s.scope == v.scope) & (s.ordinal == v.ordinal)
        query = (
            select(s.scope, v.document, s.at)
            .join_from(tables.sealed_documents, tables.minutes_versions, same)
            .where(s.meeting_id == meeting_id)
            .order_by(s.at, s.scope)
        )

        async def work(connection: AsyncConnection) -> list[Verified]:
            return [Verified(*row) for row in await connection.execute(query)]

        return await self._database.read(work)

    async def _read(self, which: ColumnElement[bool]) -> list[StoredNotice]:
        n, p = notices.c, notice_postings.c
        about = select(notices).where(which).order_by(n.id)
        stood = select(notice_postings).join_from(notice_postings, notices).where(which)

        async def work(connection: AsyncConnection) -> list[StoredNotice]:
            postings: dict[int, list[Posted]] = {}
            for row in await connection.execute(stood.order_by(p.posted_at, p.organisation)):
                postings.setdefault(row.notice_id, []).append(
                    Posted(
                        row.organisation,
                        date.fromisoformat(row.posted_on),
                        row.posted_by,
                        row.posted_at,
                        row.removed_on and date.fromisoformat(row.removed_on),
                        row.removed_by,
                        row.removed_at,
                    )
                )
            return [
                StoredNotice(
                    row.id,
                    row.organisation,
                    row.meeting_id,
                    row.scope,
                    row.kind,
                    row.title,
                    _contents(row.contents),
                    tuple(postings[row.id]),
                    row.tells_of,
                )
                for row in await connection.execute(about)
            ]

        return await self._database.read(work)


async def announced_days(connection: AsyncConnection, starts: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """When meetings and their urgent matters were announced on the own notice board.

    ISO dates by meeting and scope; `starts` is when each meeting begins, and a notice that tells of another
    time has not announced it. A meeting that was never announced is not there.
    """
    n, p = notices.c, notice_postings.c
    query = (
        select(n.meeting_id, n.scope, n.tells_of, p.posted_on)
        .join_from(notices, notice_postings)
        .where(n.meeting_id.in_(starts), n.kind == "assembly_meeting", n.organisation == p.organisation)
    )
    found: dict[str, dict[str, str]] = {}
    for row in await connection.execute(query):
        if row.tells_of == starts[row.meeting_id]:
            found.setdefault(row.meeting_id, {})[row.scope] = row.posted_on
    return found


async def _add(
    connection: AsyncConnection, notice_id: int, organisation: str, on: date, by: str, at: datetime
) -> None:
    row = {"notice_id": notice_id, "organisation": organisation, "posted_on": on.isoformat()}
    await connection.execute(insert(notice_postings).values(**row, posted_by=by, posted_at=at))


def _contents(text: str) -> Contents:
    said = json.loads(text)
    facts = tuple((label, value) for label, value in said["facts"])
    return Contents(facts, tuple(said["matters"]), said["text"])
