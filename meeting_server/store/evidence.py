"""What was measured of those at a distance: every second of everybody, and the evidence of each decision.

The seconds are packed per person and minute: one row of a few hundred bytes instead of sixty. The evidence
of a decision is JSON whose SHA-256 stands in the event log (`evidence-recorded`), so that neither can be
changed without the other; `faults` says where they differ.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Column,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store.chain import StoredRow, canonical
from meeting_server.store.engine import Database
from meeting_server.store.tables import Instant, metadata
from meeting_server.store.verify import LogFault

evidence_minutes = Table(
    "evidence_minutes",
    metadata,
    Column("meeting_id", String(80), nullable=False, comment="the meeting"),
    Column("person", String(80), nullable=False, comment="person id"),
    Column("minute", Instant, nullable=False, comment="the minute's first moment"),
    Column("seconds", LargeBinary, nullable=False, comment="as `pack` packs them: JSON, deflated"),
    PrimaryKeyConstraint("meeting_id", "person", "minute"),
)

evidence_of_decisions = Table(
    "evidence",
    metadata,
    Column("meeting_id", String(80), nullable=False, comment="the meeting"),
    Column("about", Integer, nullable=False, comment="seq of the decision in the log"),
    Column("sha256", String(64), nullable=False, comment="of data; the log has it too"),
    Column("data", Text, nullable=False, comment="canonical JSON, exactly the bytes that are hashed"),
    PrimaryKeyConstraint("meeting_id", "about"),
)

FIELDS: Final = (
    "second",
    "line",
    "picture",
    "sound",
    "sends_picture",
    "sends_sound",
    "gets_picture",
    "gets_sound",
    "level",
    "loss_in",
    "loss_out",
    "rtt_ms",
    "kbit_in",
    "kbit_out",
    "frames",
    "page",
)
"""What is kept of each second, in order. second: 0–59 of its minute. page: codes of what the page tells."""
Second = tuple[Any, ...]
"""The values of FIELDS."""


@dataclass(frozen=True)
class Minute:
    """The seconds of one person in the minute that begins at `minute`."""

    person: str
    minute: datetime
    seconds: tuple[Second, ...]


@dataclass(frozen=True)
class Evidence:
    """What was measured for the decision in row `about` of the log; `text` is the canonical JSON."""

    about: int
    sha256: str
    text: str

    @property
    def data(self) -> dict[str, Any]:
        """The JSON, read."""
        found: dict[str, Any] = json.loads(self.text)
        return found


def as_evidence(about: int, data: Mapping[str, Any]) -> Evidence:
    """The evidence with its hash."""
    text = canonical(dict(data))
    return Evidence(about, hashlib.sha256(text.encode()).hexdigest(), text)


def pack(seconds: Iterable[Second]) -> bytes:
    """Seconds as they are stored: JSON, deflated."""
    return zlib.compress(canonical([list(each) for each in seconds]).encode(), 9)


def unpack(stored: bytes) -> tuple[Second, ...]:
    """The seconds that `pack` packed."""
    return tuple(tuple(each) for each in json.loads(zlib.decompress(stored)))


def faults(rows: Sequence[StoredRow], kept: Iterable[Evidence]) -> list[LogFault]:
    """Where a log and the evidence kept beside it do not hold together."""
    by_row = {each.about: each for each in kept}
    by_seq = {row.seq: row for row in rows}
    found = []
    for row in rows:
        if row.type != "evidence-recorded":
            continue
        about, digest = row.data["about"], row.data["sha256"]
        assert isinstance(about, int)
        evidence = by_row.pop(about, None)
        if evidence is None:
            found.append(LogFault(row.seq, "no-evidence", f"Underlaget till rad {about} finns inte kvar."))
        elif hashlib.sha256(evidence.text.encode()).hexdigest() != digest or evidence.sha256 != digest:
            found.append(LogFault(row.seq, "other-evidence", f"Underlaget till rad {about} är ändrat."))
        elif about not in by_seq or evidence.data["about"]["hash"] != by_seq[about].hash:
            found.append(LogFault(row.seq, "other-row", f"Underlaget hör inte till rad {about} i loggen."))
    found += [
        LogFault(each.about, "unbound-evidence", f"Loggen nämner inget underlag till rad {each.about}.")
        for each in by_row.values()
    ]
    return found


class EvidenceStore:
    """The measures and the evidence of every meeting."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep_minutes(self, meeting_id: str, minutes: Sequence[Minute]) -> None:
        """Keep these minutes; one that is there already gets the new seconds added to it."""
        if not minutes:
            return
        table = evidence_minutes

        async def work(connection: AsyncConnection) -> None:
            for each in minutes:
                key = (
                    (table.c.meeting_id == meeting_id)
                    & (table.c.person == each.person)
                    & (table.c.minute == each.minute)
                )
                stored = (await connection.execute(select(table.c.seconds).where(key))).scalar_one_or_none()
                seconds = each.seconds if stored is None else (*unpack(stored), *each.seconds)
                if stored is not None:
                    await connection.execute(delete(table).where(key))
                await connection.execute(
                    insert(table).values(
                        meeting_id=meeting_id, person=each.person, minute=each.minute, seconds=pack(seconds)
                    )
                )

        await self._database.write(work)

    async def minutes(self, meeting_id: str) -> list[Minute]:
        """Every minute of a meeting, in order of time and person."""
        table = evidence_minutes
        query = select(table).where(table.c.meeting_id == meeting_id).order_by(table.c.minute, table.c.person)

        async def work(connection: AsyncConnection) -> list[Minute]:
            return [
                Minute(row.person, row.minute, unpack(row.seconds)) for row in await connection.execute(query)
            ]

        return await self._database.read(work)

    async def keep(self, meeting_id: str, evidence: Evidence) -> None:
        """Keep the evidence of a decision, in place of what a former attempt left."""
        table = evidence_of_decisions

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(
                delete(table).where(table.c.meeting_id == meeting_id, table.c.about == evidence.about)
            )
            await connection.execute(
                insert(table).values(
                    meeting_id=meeting_id, about=evidence.about, sha256=evidence.sha256, data=evidence.text
                )
            )

        await self._database.write(work)

    async def of(self, meeting_id: str) -> list[Evidence]:
        """The evidence of every decision of a meeting, in order."""
        table = evidence_of_decisions
        query = select(table).where(table.c.meeting_id == meeting_id).order_by(table.c.about)

        async def work(connection: AsyncConnection) -> list[Evidence]:
            return [Evidence(row.about, row.sha256, row.data) for row in await connection.execute(query)]

        return await self._database.read(work)
