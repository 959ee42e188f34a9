"""Storing a register file: all of it in one transaction, or nothing; the same file twice changes nothing.

The file adds and changes. The mandates of its term, its parties, and its standing orders with those that came
later replace those stored; earlier terms and standing orders stay, since meetings of theirs do, and so do
persons, bodies and meetings that it does not mention. A meeting whose log has begun has pinned its own values
and may not be changed here any more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store import tables
from meeting_server.store.engine import Database
from meeting_server.store.register_file import read_register_file
from meeting_server.store.register_planned import emptied, planned_beside
from meeting_server.store.register_printed import printed_texts
from meeting_server.store.register_rows import (
    MEETING_TABLES,
    Row,
    body_particulars,
    mandate_rows,
    meeting_rows,
    order_rows,
    photo_row,
)
from meeting_server.store.register_told import announced_elsewise, told_otherwise
from meeting_server.store.register_values import MeetingEntry, RegisterFile
from meeting_server.store.summons_sent import addresses
from meeting_server.store.yaml_reading import BadRegister, Fault, Place

_STATUS_WORDS = {"convened": "är utlyst", "open": "pågår", "closed": "är avslutat"}


@dataclass(frozen=True)
class Imported:
    """What an import did: how many of each the file has, and which meetings it changed or left.

    `warnings` says, in Swedish, where a notice or summons that is out now tells something else.
    """

    organisation: str
    persons: int
    bodies: int
    mandates: int
    meetings_changed: tuple[str, ...]
    meetings_unchanged: tuple[str, ...]
    warnings: tuple[str, ...] = ()


class _OnlyChecked(Exception):
    def __init__(self, imported: Imported) -> None:
        self.imported = imported


async def import_file(
    database: Database,
    path: Path,
    *,
    check: bool = False,
    unprintable: Callable[[str], str | None] | None = None,
) -> Imported:
    """Read a register file and store it; with `check`, do all of it and undo it.

    `unprintable` says of a text that will stand in minutes why it cannot, None when it can.
    Raises BadRegister, StorageFailed.
    """
    register = read_register_file(path)
    if unprintable is not None:
        because = [(place, unprintable(text)) for place, text in printed_texts(register)]
        faults = [place.fault(why) for place, why in because if why is not None]
        if faults:
            raise BadRegister(faults)
    return await import_register(database, register, check=check)


async def import_register(database: Database, register: RegisterFile, *, check: bool = False) -> Imported:
    """Store a register that has been read.

    Raises BadRegister for what the stored data refuse, StorageFailed.
    """

    async def work(connection: AsyncConnection) -> Imported:
        faults = await _foreign(connection, register)
        warnings: list[str] = []
        changed: list[str] = []
        unchanged: list[str] = []
        if not faults:
            beside = await planned_beside(connection, register)
            await _organisation(connection, register)
            await _persons(connection, register)
            await _bodies(connection, register)
            for meeting in register.meetings:
                fault, is_new, told = await _meeting(connection, meeting)
                faults += fault
                warnings += told
                (changed if is_new else unchanged).append(meeting.id)
            faults += await emptied(connection, register, beside)
        if faults:
            raise BadRegister(faults)
        mandates = sum(len(body.members) + len(body.substitutes) for body in register.bodies)
        imported = Imported(
            register.organisation.id,
            len(register.persons),
            len(register.bodies),
            mandates,
            tuple(changed),
            tuple(unchanged),
            tuple(warnings),
        )
        if check:
            raise _OnlyChecked(imported)
        return imported

    try:
        return await database.write(work)
    except _OnlyChecked as checked:
        return checked.imported


async def _foreign(connection: AsyncConnection, register: RegisterFile) -> list[Fault]:
    """Ids of this file that another organisation of the installation already uses."""
    faults: list[Fault] = []
    entries: list[tuple[Table, Mapping[str, Place]]] = [
        (tables.persons, {person.id: person.place for person in register.persons}),
        (tables.bodies, {body.id: body.place for body in register.bodies}),
    ]
    for table, places in entries:
        for row in await connection.execute(select(table.c.id, table.c.organisation_id)):
            if row.id in places and row.organisation_id != register.organisation.id:
                faults.append(
                    places[row.id].fault(f"id {row.id} används av organisationen {row.organisation_id}")
                )
    meetings = {meeting.id: meeting for meeting in register.meetings}
    ours = {body.id for body in register.bodies}
    for row in await connection.execute(select(tables.meetings.c.id, tables.meetings.c.body_id)):
        if row.id in meetings and row.body_id not in ours:
            faults.append(meetings[row.id].place.fault(f"id {row.id} används av organet {row.body_id}"))
    return faults


async def _organisation(connection: AsyncConnection, register: RegisterFile) -> None:
    organisation = register.organisation
    row = {"id": organisation.id, "name": organisation.name, "kind": organisation.kind}
    await _put(connection, tables.organisations, {"id": organisation.id}, row)
    parties = [
        {"organisation_id": organisation.id, "letter": letter, "name": name}
        for letter, name in register.parties
    ]
    await _replace(connection, tables.parties, {"organisation_id": organisation.id}, parties)


async def _persons(connection: AsyncConnection, register: RegisterFile) -> None:
    for person in register.persons:
        row = {"id": person.id, "organisation_id": register.organisation.id, "name": person.name}
        row |= {"party": person.party, "title": person.title}  # type: ignore[dict-item]
        await _put(connection, tables.persons, {"id": person.id}, row)
        if person.address is not None:
            told = {"person_id": person.id, "address": person.address}
            await _put(connection, addresses, {"person_id": person.id}, told)
        if person.picture is not None:
            await _put(
                connection, tables.photos, {"person_id": person.id}, photo_row(person.id, person.picture)
            )


async def _bodies(connection: AsyncConnection, register: RegisterFile) -> None:
    party = {person.id: person.party for person in register.persons}
    for body in register.bodies:
        row = {
            "id": body.id,
            "organisation_id": register.organisation.id,
            "name": body.name,
            "kind": body.kind,
        }
        await _put(
            connection,
            tables.bodies,
            {"id": body.id},
            {
                **row,
                "definite": body.definite,
                "seats": body.seats,
                "particulars": body_particulars(body),
            },
        )
        o, n, orders = tables.standing_orders.c, tables.mandates.c, order_rows(body)
        earliest = min(str(each["in_force_on"]) for each in orders)
        again = or_(o.in_force_on >= earliest, o.version.in_([each["version"] for each in orders]))
        await _replace(connection, tables.standing_orders, {"body_id": body.id}, orders, again)
        this_term = n.until_on >= body.term[0].isoformat()
        await _replace(
            connection, tables.mandates, {"body_id": body.id}, mandate_rows(body, party), this_term
        )


async def _meeting(connection: AsyncConnection, meeting: MeetingEntry) -> tuple[list[Fault], bool, list[str]]:
    """Store one meeting; whether it was new or changed, and what people have been told that is no longer so.

    A fault when it is changed after its log has begun.
    """
    rows = meeting_rows(meeting)
    stored = await _stored(connection, meeting.id)
    if stored == rows:
        return [], False, []
    query = select(tables.meetings.c.status).where(tables.meetings.c.id == meeting.id)
    status = (await connection.execute(query)).scalar_one_or_none()
    if status not in (None, "planned"):
        part = next(word for table, word in MEETING_TABLES if stored[table.name] != rows[table.name])
        because = f"sammanträdet {_STATUS_WORDS[status]} och kan inte ändras ({part})"
        return [meeting.place.fault(because)], False, []
    faults = await announced_elsewise(connection, meeting, stored, rows)
    if faults:
        return faults, False, []
    warnings = await told_otherwise(connection, meeting, stored, rows)
    await _put(connection, tables.meetings, {"id": meeting.id}, {**rows["meetings"][0], "status": "planned"})
    children = [table for table, _ in MEETING_TABLES if table is not tables.meetings]
    for table in reversed(children):
        await connection.execute(delete(table).where(table.c.meeting_id == meeting.id))
    for table in children:
        if rows[table.name]:
            await connection.execute(insert(table), rows[table.name])
    return [], True, warnings


async def _stored(connection: AsyncConnection, meeting_id: str) -> dict[str, list[Row]]:
    """The meeting as it is stored, in the same form and order as `meeting_rows`."""
    stored: dict[str, list[Row]] = {}
    for table, _ in MEETING_TABLES:
        owner = table.c.id if table is tables.meetings else table.c.meeting_id
        columns = [column for column in table.columns if column.name != "status"]
        found = [
            dict(row)
            for row in (await connection.execute(select(*columns).where(owner == meeting_id))).mappings()
        ]
        stored[table.name] = sorted(found, key=lambda row: (row.get("position", 0), str(row.get("id"))))
    return stored


async def _put(connection: AsyncConnection, table: Table, key: Row, row: Row) -> None:
    """Insert the row, or change the one that is there; portable, and quiet when it is the same."""
    this = _where(table, key)
    existing = (await connection.execute(select(table).where(this))).mappings().one_or_none()
    if existing is None:
        await connection.execute(insert(table).values(**row))
    elif any(existing[name] != value for name, value in row.items()):
        await connection.execute(update(table).where(this).values(**row))


async def _replace(
    connection: AsyncConnection,
    table: Table,
    owner: Row,
    rows: Sequence[Row],
    which: ColumnElement[bool] | None = None,
) -> None:
    """Put the rows in the place of the owner's, or of `which` of them."""
    old = _where(table, owner) if which is None else and_(_where(table, owner), which)
    await connection.execute(delete(table).where(old))
    if rows:
        await connection.execute(insert(table), rows)


def _where(table: Table, key: Row) -> Any:
    return and_(*(table.c[name] == value for name, value in key.items()))
