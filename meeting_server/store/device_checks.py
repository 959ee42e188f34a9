"""How it went when people tried their camera, microphone and line: the newest check of each person.

It belongs to the person and to no meeting. Neither picture, sound, address nor the name of a device is kept.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ForeignKey, PrimaryKeyConstraint, String, Table, Text, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store.engine import Database
from meeting_server.store.tables import Instant, metadata

device_checks = Table(
    "device_checks",
    metadata,
    Column("person_id", ForeignKey("persons.id", ondelete="CASCADE"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("grade", String(8), nullable=False, comment="ok, weak or bad"),
    Column("findings", Text, nullable=False, comment="what was found, codes by space, the worst first"),
    Column("figures", Text, nullable=False, comment="what was measured, JSON"),
    PrimaryKeyConstraint("person_id"),
)


@dataclass(frozen=True)
class DeviceCheck:
    """One check. grade: `ok`, `weak` or `bad`; findings: codes of live/check_verdict.py, the worst first."""

    person: str
    at: datetime
    grade: str
    findings: tuple[str, ...]
    figures: Mapping[str, object]


class DeviceChecks:
    """The checks of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, check: DeviceCheck) -> None:
        """Keep it in the place of the person's former one. Raises StorageFailed for a person not known."""
        row = {
            "person_id": check.person,
            "at": check.at,
            "grade": check.grade,
            "findings": " ".join(check.findings),
            "figures": json.dumps(dict(check.figures), ensure_ascii=False, sort_keys=True),
        }

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(delete(device_checks).where(device_checks.c.person_id == check.person))
            await connection.execute(insert(device_checks).values(**row))

        await self._database.write(work)

    async def of(self, persons: Collection[str]) -> dict[str, DeviceCheck]:
        """The newest check of each of them who has made one."""
        query = select(device_checks).where(device_checks.c.person_id.in_(list(persons)))

        async def work(connection: AsyncConnection) -> dict[str, DeviceCheck]:
            return {
                row.person_id: DeviceCheck(
                    row.person_id, row.at, row.grade, tuple(row.findings.split()), json.loads(row.figures)
                )
                for row in await connection.execute(query)
            }

        return await self._database.read(work)
