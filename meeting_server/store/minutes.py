"""What people do with the minutes: edited texts, prepared versions, approvals, remarks, sealed documents.

It stores and keeps order; what an approval means and when the minutes are verified is decided in `minutes`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store import tables
from meeting_server.store.engine import Database

WHOLE = "minutes"


@dataclass(frozen=True)
class MinutesText:
    """The secretary's text of one §, version 1, 2, 3 …; `text` is in the editing form of minutes/texts.py."""

    meeting_id: str
    matter: str
    text: str
    version: int
    by: str
    at: datetime


@dataclass(frozen=True)
class MinutesVersion:
    """A PDF prepared for approval.

    `scope` is "minutes" or the matter of a § verified by itself; `document` is JSON.
    """

    meeting_id: str
    scope: str
    sha256: str
    pdf: bytes
    document: str
    prepared_by: str
    prepared_at: datetime
    status: Literal["prepared", "replaced", "sealed"]


@dataclass(frozen=True)
class Approval:
    """A person has approved exactly the bytes whose hash is `sha256`."""

    meeting_id: str
    sha256: str
    scope: str
    person: str
    role: str
    method: str
    at: datetime


@dataclass(frozen=True)
class Remark:
    """A remark on a prepared version; `paragraph` is a matter, or None for the whole."""

    id: int
    meeting_id: str
    sha256: str
    person: str
    paragraph: str | None
    text: str
    at: datetime


@dataclass(frozen=True)
class SealedDocument:
    """The verified and sealed PDF of a scope, made from the approved version `prepared_sha256`.

    `shortfall`: in Swedish what validation data the seal was to have and has not, "" for none.
    """

    meeting_id: str
    scope: str
    prepared_sha256: str
    sha256: str
    pdf: bytes
    at: datetime
    shortfall: str = ""


class StaleText(Exception):
    """Somebody has saved this § since; `current` is what they saved (None: nothing is saved)."""

    def __init__(self, current: MinutesText | None) -> None:
        super().__init__("the text has changed since")
        self.current = current


class StaleVersion(Exception):
    """The version is not the current one of its scope, or is sealed; `current_sha256` is the one that is."""

    def __init__(self, current_sha256: str | None) -> None:
        super().__init__("another version is current")
        self.current_sha256 = current_sha256


@dataclass(frozen=True)
class _Key:
    meeting_id: str
    scope: str
    ordinal: int
    sha256: str


class MinutesStore:
    """The minutes of every meeting in one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def texts(self, meeting_id: str) -> dict[str, MinutesText]:
        """The newest text of each § that has one, by matter."""

        async def work(connection: AsyncConnection) -> dict[str, MinutesText]:
            return {
                text.matter: text for text in await _texts(connection, meeting_id)
            }  # later versions overwrite

        return await self._database.read(work)

    async def text_history(self, meeting_id: str, matter: str) -> list[MinutesText]:
        """Every version of one §'s text, oldest first."""

        async def work(connection: AsyncConnection) -> list[MinutesText]:
            return await _texts(connection, meeting_id, matter)

        return await self._database.read(work)

    async def save_text(
        self, meeting_id: str, matter: str, text: str, *, based_on: int, by: str, at: datetime
    ) -> MinutesText:
        """Save a new version on top of version `based_on` (0: the first).

        Raises StaleText, then nothing is saved.
        """

        async def work(connection: AsyncConnection) -> MinutesText:
            history = await _texts(connection, meeting_id, matter)
            current = history[-1] if history else None
            if (current.version if current else 0) != based_on:
                raise StaleText(current)
            saved = MinutesText(meeting_id, matter, text, based_on + 1, by, at)
            row = {"meeting_id": meeting_id, "matter": matter, "text": text, "version": saved.version}
            await connection.execute(insert(tables.minutes_texts).values(**row, written_by=by, at=at))
            return saved

        try:
            return await self._database.write(work)
        except IntegrityError as error:  # PostgreSQL: two saved the same version at once
            raise StaleText((await self.texts(meeting_id)).get(matter)) from error

    async def prepare(
        self, meeting_id: str, *, scope: str = WHOLE, pdf: bytes, document: str, by: str, at: datetime
    ) -> MinutesVersion:
        """Make `pdf` the current version of its scope; approvals of earlier ones no longer count.

        Raises StaleVersion when the scope is already sealed.
        """
        sha256 = hashlib.sha256(pdf).hexdigest()

        async def work(connection: AsyncConnection) -> MinutesVersion:
            if await _sealed(connection, meeting_id, scope) is not None:
                current = await _current(connection, meeting_id, scope)
                raise StaleVersion(current.sha256 if current else None)
            versions = tables.minutes_versions
            newest = select(func.max(versions.c.ordinal)).where(
                versions.c.meeting_id == meeting_id, versions.c.scope == scope
            )
            ordinal = ((await connection.execute(newest)).scalar_one() or 0) + 1
            row = {"meeting_id": meeting_id, "scope": scope, "ordinal": ordinal, "sha256": sha256, "pdf": pdf}
            row |= {"document": document, "prepared_by": by, "prepared_at": at}
            await connection.execute(insert(versions).values(**row))
            return MinutesVersion(meeting_id, scope, sha256, pdf, document, by, at, "prepared")

        return await self._database.write(work)

    async def current(self, meeting_id: str, scope: str = WHOLE) -> MinutesVersion | None:
        """The newest version of a scope, or None when none has been prepared."""

        async def work(connection: AsyncConnection) -> MinutesVersion | None:
            row = await _current(connection, meeting_id, scope)
            return None if row is None else await _version(connection, row)

        return await self._database.read(work)

    async def version(self, meeting_id: str, sha256: str) -> MinutesVersion | None:
        """The version with this hash, current or not."""

        async def work(connection: AsyncConnection) -> MinutesVersion | None:
            row = await _by_hash(connection, meeting_id, sha256)
            return None if row is None else await _version(connection, row)

        return await self._database.read(work)

    async def approve(
        self, meeting_id: str, sha256: str, *, person: str, role: str, method: str, at: datetime
    ) -> Approval:
        """Record the person's approval of the current version. Raises StaleVersion.

        Twice is the same approval.
        """

        async def work(connection: AsyncConnection) -> Approval:
            version = await _require_current(connection, meeting_id, sha256)
            for earlier in await _approvals(connection, version):
                if earlier.person == person:
                    return earlier
            key = {
                "meeting_id": meeting_id,
                "scope": version.scope,
                "ordinal": version.ordinal,
                "person": person,
            }
            await connection.execute(insert(tables.approvals).values(**key, role=role, method=method, at=at))
            return Approval(meeting_id, sha256, version.scope, person, role, method, at)

        return await self._database.write(work)

    async def approvals(self, meeting_id: str, sha256: str) -> list[Approval]:
        """Who has approved the version with this hash, in order of time."""

        async def work(connection: AsyncConnection) -> list[Approval]:
            version = await _by_hash(connection, meeting_id, sha256)
            return [] if version is None else await _approvals(connection, version)

        return await self._database.read(work)

    async def remark(
        self, meeting_id: str, sha256: str, *, person: str, paragraph: str | None, text: str, at: datetime
    ) -> Remark:
        """Record a remark on the current version. Raises StaleVersion."""

        async def work(connection: AsyncConnection) -> Remark:
            version = await _require_current(connection, meeting_id, sha256)
            row = {
                "meeting_id": meeting_id,
                "scope": version.scope,
                "ordinal": version.ordinal,
                "person": person,
            }
            added = insert(tables.remarks).values(**row, paragraph=paragraph, text=text, at=at)
            number = (await connection.execute(added.returning(tables.remarks.c.id))).scalar_one()
            return Remark(number, meeting_id, sha256, person, paragraph, text, at)

        return await self._database.write(work)

    async def remarks(self, meeting_id: str) -> list[Remark]:
        """Every remark on any version of the meeting's minutes, oldest first."""
        r, v = tables.remarks.c, tables.minutes_versions.c
        same = (r.meeting_id == v.meeting_id) & (r.scope == v.scope) & (r.ordinal == v.ordinal)
        query = (
            select(r.id, r.meeting_id, v.sha256, r.person, r.paragraph, r.text, r.at)
            .join_from(tables.remarks, tables.minutes_versions, same)
            .where(r.meeting_id == meeting_id)
            .order_by(r.id)
        )

        async def work(connection: AsyncConnection) -> list[Remark]:
            return [Remark(*row) for row in await connection.execute(query)]

        return await self._database.read(work)

    async def seal(
        self,
        meeting_id: str,
        *,
        scope: str = WHOLE,
        sha256: str,
        pdf: bytes,
        at: datetime,
        shortfall: str = "",
    ) -> SealedDocument:
        """Keep `pdf` as the sealed document of its scope, made from the current version `sha256`; once.

        Raises StaleVersion when that is not the current version or the scope is sealed already.
        """
        digest = hashlib.sha256(pdf).hexdigest()

        async def work(connection: AsyncConnection) -> SealedDocument:
            version = await _require_current(connection, meeting_id, sha256)
            if version.scope != scope:
                raise StaleVersion(None)
            row = {"meeting_id": meeting_id, "scope": scope, "ordinal": version.ordinal, "sha256": digest}
            row |= {"pdf": pdf, "at": at, "shortfall": shortfall or None}
            await connection.execute(insert(tables.sealed_documents).values(**row))
            return SealedDocument(meeting_id, scope, sha256, digest, pdf, at, shortfall)

        try:
            return await self._database.write(work)
        except IntegrityError as error:  # PostgreSQL: sealed twice at once
            raise StaleVersion(sha256) from error

    async def sealed(self, meeting_id: str, scope: str = WHOLE) -> SealedDocument | None:
        """The sealed document of a scope, or None."""

        async def work(connection: AsyncConnection) -> SealedDocument | None:
            return await _sealed(connection, meeting_id, scope)

        return await self._database.read(work)


async def _texts(
    connection: AsyncConnection, meeting_id: str, matter: str | None = None
) -> list[MinutesText]:
    t = tables.minutes_texts.c
    query = select(t.meeting_id, t.matter, t.text, t.version, t.written_by, t.at).where(
        t.meeting_id == meeting_id
    )
    if matter is not None:
        query = query.where(t.matter == matter)
    rows = await connection.execute(query.order_by(t.matter, t.version))
    return [MinutesText(*row) for row in rows]


async def _current(connection: AsyncConnection, meeting_id: str, scope: str) -> _Key | None:
    return await _newest(connection, meeting_id, tables.minutes_versions.c.scope == scope)


async def _by_hash(connection: AsyncConnection, meeting_id: str, sha256: str) -> _Key | None:
    return await _newest(connection, meeting_id, tables.minutes_versions.c.sha256 == sha256)


async def _newest(connection: AsyncConnection, meeting_id: str, which: ColumnElement[bool]) -> _Key | None:
    v = tables.minutes_versions.c
    query = select(v.meeting_id, v.scope, v.ordinal, v.sha256).where(v.meeting_id == meeting_id, which)
    row = (await connection.execute(query.order_by(v.ordinal.desc()).limit(1))).one_or_none()
    return None if row is None else _Key(*row)


async def _require_current(connection: AsyncConnection, meeting_id: str, sha256: str) -> _Key:
    version = await _by_hash(connection, meeting_id, sha256)
    if version is None:
        raise StaleVersion(None)
    current = await _current(connection, meeting_id, version.scope)
    sealed = await _sealed(connection, meeting_id, version.scope)
    if current is None or current.ordinal != version.ordinal or sealed is not None:
        raise StaleVersion(current.sha256 if current else None)
    return version


async def _version(connection: AsyncConnection, key: _Key) -> MinutesVersion:
    v = tables.minutes_versions.c
    query = select(v.pdf, v.document, v.prepared_by, v.prepared_at).where(
        v.meeting_id == key.meeting_id, v.scope == key.scope, v.ordinal == key.ordinal
    )
    row = (await connection.execute(query)).one()
    sealed = await _sealed(connection, key.meeting_id, key.scope)
    current = await _current(connection, key.meeting_id, key.scope)
    status: Literal["prepared", "replaced", "sealed"] = "prepared"
    if current is not None and current.ordinal != key.ordinal:
        status = "replaced"
    elif sealed is not None:
        status = "sealed"
    return MinutesVersion(
        key.meeting_id, key.scope, key.sha256, row.pdf, row.document, row.prepared_by, row.prepared_at, status
    )


async def _approvals(connection: AsyncConnection, version: _Key) -> list[Approval]:
    a = tables.approvals.c
    query = select(a.person, a.role, a.method, a.at).where(
        a.meeting_id == version.meeting_id, a.scope == version.scope, a.ordinal == version.ordinal
    )
    rows = await connection.execute(query.order_by(a.at, a.person))
    return [Approval(version.meeting_id, version.sha256, version.scope, *row) for row in rows]


async def _sealed(connection: AsyncConnection, meeting_id: str, scope: str) -> SealedDocument | None:
    s, v = tables.sealed_documents.c, tables.minutes_versions.c
    same = (s.meeting_id == v.meeting_id) & (s.scope == v.scope) & (s.ordinal == v.ordinal)
    query = (
        select(s.meeting_id, s.scope, v.sha256, s.sha256, s.pdf, s.at, s.shortfall)
        .join_from(tables.sealed_documents, tables.minutes_versions, same)
        .where(s.meeting_id == meeting_id, s.scope == scope)
    )
    row = (await connection.execute(query)).one_or_none()
    return None if row is None else SealedDocument(*row[:-1], shortfall=row.shortfall or "")
