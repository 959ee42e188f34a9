"""The register as it is read: meetings, who belongs to them, and what a meeting's first event pins."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.meeting.convening import MeetingConvened, Notice
from meeting_server.store import tables
from meeting_server.store.engine import Database
from meeting_server.store.failures import NotFound
from meeting_server.store.notices import WHOLE_MEETING, announced_days
from meeting_server.store.pinning import called, pinned
from meeting_server.store.summons_sent import sent_days
from meeting_server.store.swedish_days import notice_of

RegisterRole = Literal["chair", "secretary", "member", "substitute", "attendee"]


@dataclass(frozen=True)
class MeetingSummary:
    """A meeting in a list.

    `role` is the asking person's by the register; who presides is the meeting's own matter.
    """

    id: str
    organisation: str
    body: str
    body_kind: str
    title: str
    starts_at: datetime
    place: str | None
    form: str
    status: Literal["planned", "convened", "open", "closed"]
    role: RegisterRole | None = None
    notice: Notice | None = None


@dataclass(frozen=True)
class RegisteredPerson:
    """A person in the register; `party` is the letter, `title` an official's."""

    id: str
    organisation: str
    name: str
    party: str | None
    title: str | None
    has_photo: bool


@dataclass(frozen=True)
class Photo:
    """The picture the chair compares a remote person with."""

    content_type: str
    content: bytes
    sha256: str


@dataclass(frozen=True)
class Document:
    """A document of a matter, kept by us."""

    id: str
    matter: str
    title: str
    content_type: str
    content: bytes


class Register:
    """The register of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def meetings(self) -> list[MeetingSummary]:
        """Every meeting, by when it begins."""

        async def work(connection: AsyncConnection) -> list[MeetingSummary]:
            return await _summaries(connection, true())

        return await self._database.read(work)

    async def meeting(self, meeting_id: str) -> MeetingSummary:
        """One meeting. Raises NotFound."""

        async def work(connection: AsyncConnection) -> list[MeetingSummary]:
            return await _summaries(connection, tables.meetings.c.id == meeting_id)

        for meeting in await self._database.read(work):
            return meeting
        raise NotFound(f"meeting {meeting_id}")

    async def meetings_of(self, person_id: str) -> list[MeetingSummary]:
        """The meetings this person belongs to, with the role, by when they begin."""

        async def work(connection: AsyncConnection) -> list[MeetingSummary]:
            roles = await _roles(connection, person_id)
            found = await _summaries(connection, tables.meetings.c.id.in_(roles))
            return [replace(meeting, role=roles[meeting.id]) for meeting in found]

        return await self._database.read(work)

    async def convened(self, meeting_id: str) -> MeetingConvened:
        """What the first event of the meeting pins, from the register as it is now. Raises NotFound.

        Mandates and standing orders are those in force on the meeting's day; the regime is the law of that
        day.
        """

        async def work(connection: AsyncConnection) -> MeetingConvened:
            return await pinned(connection, meeting_id)

        return await self._database.read(work)

    async def called(self, meeting_id: str) -> MeetingConvened | None:
        """What the meeting was called to: by its log when that has begun, whatever the register says since.

        None when a planned meeting has nothing left to stand on.
        """

        async def work(connection: AsyncConnection) -> MeetingConvened | None:
            return await called(connection, meeting_id)

        return await self._database.read(work)

    async def persons(self) -> list[RegisteredPerson]:
        """Everybody in the register, by name."""

        async def work(connection: AsyncConnection) -> list[RegisteredPerson]:
            return await _persons(connection, true())

        return await self._database.read(work)

    async def person(self, person_id: str) -> RegisteredPerson | None:
        """One person, or None."""

        async def work(connection: AsyncConnection) -> list[RegisteredPerson]:
            return await _persons(connection, tables.persons.c.id == person_id)

        return next(iter(await self._database.read(work)), None)

    async def photo(self, person_id: str) -> Photo | None:
        """The person's picture, or None."""
        p = tables.photos.c
        query = select(p.content_type, p.content, p.sha256).where(p.person_id == person_id)

        async def work(connection: AsyncConnection) -> Photo | None:
            row = (await connection.execute(query)).one_or_none()
            return None if row is None else Photo(*row)

        return await self._database.read(work)

    async def document(self, meeting_id: str, document_id: str) -> Document | None:
        """A document we keep, or None. Whether the person asking may see it is the caller's question."""
        d = tables.documents.c
        query = select(d.id, d.matter, d.title, d.content_type, d.content)

        async def work(connection: AsyncConnection) -> Document | None:
            row = (
                await connection.execute(query.where(d.meeting_id == meeting_id, d.id == document_id))
            ).one_or_none()
            return None if row is None else Document(*row)

        return await self._database.read(work)


async def _summaries(connection: AsyncConnection, which: ColumnElement[bool]) -> list[MeetingSummary]:
    m, b, o = tables.meetings.c, tables.bodies.c, tables.standing_orders.c
    of_the_day = (
        select(o.choices)
        .where(o.body_id == m.body_id, o.in_force_on <= func.substr(m.local_start, 1, 10))
        .order_by(o.in_force_on.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(
            m.id,
            tables.organisations.c.name,
            b.name,
            b.kind,
            m.title,
            m.starts_at,
            m.place,
            m.form,
            m.status,
            m.local_start,
            m.particulars,
            of_the_day.label("choices"),
        )
        .join_from(tables.meetings, tables.bodies)
        .join(tables.organisations, tables.organisations.c.id == b.organisation_id)
        .where(which)
        .order_by(m.starts_at, m.id)
    )
    found = []
    rows = (await connection.execute(query)).all()
    starts = {row.id: row.local_start for row in rows}
    announced = await announced_days(connection, starts)
    sent = await sent_days(connection, starts)
    for row in rows:
        summary, about = MeetingSummary(*row[:9]), json.loads(row.particulars or "{}")
        if WHOLE_MEETING in announced.get(row.id, {}):  # our own notice board knows better than the file
            about["announced_on"] = announced[row.id][WHOLE_MEETING]
        if WHOLE_MEETING in sent.get(row.id, {}):
            about["called_on"] = sent[row.id][WHOLE_MEETING]
        day = date.fromisoformat(row.local_start[:10])
        call_days = json.loads(row.choices or "{}").get("call_days")
        found.append(replace(summary, notice=notice_of(summary.body_kind, day, about, call_days)))
    return found


async def _roles(connection: AsyncConnection, person_id: str) -> dict[str, RegisterRole]:
    """The person's role in each meeting, by mandates that hold on its day and by its officials.

    A meeting whose log has begun keeps the roster it was called with, whoever the register lists since.
    """
    m, n, o = tables.meetings.c, tables.mandates.c, tables.meeting_officials.c
    day = func.substr(m.local_start, 1, 10)
    seated = (
        select(m.id, n.role, n.presidium)
        .join_from(tables.meetings, tables.mandates, m.body_id == n.body_id)
        .where(n.person_id == person_id, n.from_on <= day, n.until_on >= day)
    )
    officials = select(o.meeting_id, o.role).where(o.person_id == person_id)
    roles: dict[str, RegisterRole] = {}
    for meeting_id, role, presidium in await connection.execute(seated):
        roles[meeting_id] = "chair" if presidium == "chair" else role
    for meeting_id, role in await connection.execute(officials):
        roles[meeting_id] = role
    return roles | await _pinned_roles(connection, person_id)


async def _pinned_roles(connection: AsyncConnection, person_id: str) -> dict[str, RegisterRole]:
    """The person's role by the first event of each meeting that has one with the person in it."""
    m, e = tables.meetings.c, tables.events.c
    first = (e.meeting_id == m.id) & (e.seq == 1)
    query = (
        select(m.id, e.data)
        .join_from(tables.meetings, tables.events, first)
        .where(e.type == "meeting-convened", e.data.contains(f'"{person_id}"', autoescape=True))
    )
    found: dict[str, RegisterRole] = {}
    for meeting_id, data in await connection.execute(query):
        for each in json.loads(data).get("roster", ()):
            if each["id"] == person_id:
                found[meeting_id] = "chair" if each["presidium"] == "chair" else each["role"]
    return found


async def _persons(connection: AsyncConnection, which: ColumnElement[bool]) -> list[RegisteredPerson]:
    p = tables.persons.c
    query = (
        select(
            p.id,
            tables.organisations.c.name,
            p.name,
            p.party,
            p.title,
            tables.photos.c.person_id.is_not(None),
        )
        .join_from(tables.persons, tables.organisations)
        .join(tables.photos, tables.photos.c.person_id == p.id, isouter=True)
        .where(which)
        .order_by(p.name, p.id)
    )
    return [RegisteredPerson(*row) for row in await connection.execute(query)]
