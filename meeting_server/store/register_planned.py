"""Planned meetings that a register file does not mention, and what its import would take from them."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.meeting.convening import MeetingConvened
from meeting_server.store import tables
from meeting_server.store.failures import NotFound
from meeting_server.store.pinning import pinned
from meeting_server.store.register_values import RegisterFile
from meeting_server.store.yaml_reading import Fault

Planned = Mapping[str, MeetingConvened]


async def planned_beside(connection: AsyncConnection, register: RegisterFile) -> dict[str, MeetingConvened]:
    """The planned meetings of the file's bodies that are not in it, each as it would be convened now.

    One that has nothing to stand on already is left out: the file cannot take more from it.
    """
    m = tables.meetings.c
    query = select(m.id).where(
        m.body_id.in_([body.id for body in register.bodies]),
        m.id.not_in([meeting.id for meeting in register.meetings]),
        m.status == "planned",
    )
    found = {}
    for meeting_id in (await connection.execute(query.order_by(m.starts_at, m.id))).scalars().all():
        if (convened := await _convened(connection, meeting_id)) is not None:
            found[meeting_id] = convened
    return found


async def emptied(connection: AsyncConnection, register: RegisterFile, before: Planned) -> list[Fault]:
    """A fault for each of these meetings that would lose its rules, all its presidium or too many members.

    Somebody who leaves is no fault; that nobody can lead, or that not more than half the seats are filled so
    that nothing can be decided (KL 5:42), is.
    """
    places = {body.id: body.place for body in register.bodies}
    faults = []
    for meeting_id, old in before.items():
        new = await _convened(connection, meeting_id)
        if new is None:
            lost = "utan bestämmelser"
        elif _presidium(old) and not _presidium(new):
            lost = f"utan presidium, med {_members(new)} av {new.body.seats} platser besatta"
        elif 2 * _members(new) <= new.body.seats < 2 * _members(old):
            lost = f"med {_members(new)} av {new.body.seats} platser besatta, som inte är fler än hälften"
        else:
            continue
        faults.append(
            places[old.body.id].fault(
                f"sammanträdet {meeting_id} den {old.starts_at[:10]} är planerat och skulle stå {lost}. "
                "Ta med i filen det som gäller den dagen, eller sammanträdet som det ska vara"
            )
        )
    return faults


async def _convened(connection: AsyncConnection, meeting_id: str) -> MeetingConvened | None:
    try:
        return await pinned(connection, meeting_id)
    except NotFound:
        return None


def _presidium(convened: MeetingConvened) -> int:
    return sum(person.role == "member" and person.presidium is not None for person in convened.roster)


def _members(convened: MeetingConvened) -> int:
    return sum(person.role == "member" for person in convened.roster)
