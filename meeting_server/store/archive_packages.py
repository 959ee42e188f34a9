"""Which archive packages have been made of a meeting: when, by whom, and the checksum of each.

The package itself is not kept: it is made again from what it was made from, and is then the same file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Integer, String, Table, UniqueConstraint, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store.engine import Database
from meeting_server.store.tables import Instant, metadata

archive_packages = Table(
    "archive_packages",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column(
        "meeting_id", String(80), nullable=False, comment="no foreign key: the record outlives the register"
    ),
    Column(
        "contents",
        String(64),
        nullable=False,
        comment="SHA-256 over what went into the package, without when and by whom",
    ),
    Column("sha256", String(64), nullable=False, comment="of the package as a file"),
    Column("size", Integer, nullable=False, comment="bytes"),
    Column("files", Integer, nullable=False, comment="how many files it holds"),
    Column("made_by", String(80), nullable=False, comment="person id, or klubban: the command line"),
    Column("made_at", Instant, nullable=False),
    UniqueConstraint("meeting_id", "contents"),
)


@dataclass(frozen=True)
class PackageMade:
    """One package. `contents` names what went into it, `sha256` the file, `size` its bytes."""

    meeting_id: str
    contents: str
    sha256: str
    size: int
    files: int
    made_by: str
    made_at: datetime


class ArchivePackages:
    """The packages made in one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, made: PackageMade) -> PackageMade:
        """Keep that it was made; the one of the same contents that was made first, if there is one."""

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(insert(archive_packages).values(**made.__dict__))

        try:
            await self._database.write(work)
        except IntegrityError:  # two made it at once: theirs stands
            return next(each for each in await self.of(made.meeting_id) if each.contents == made.contents)
        return made

    async def of(self, meeting_id: str) -> list[PackageMade]:
        """Every package made of a meeting, the oldest first."""
        a = archive_packages.c
        query = (
            select(a.meeting_id, a.contents, a.sha256, a.size, a.files, a.made_by, a.made_at)
            .where(a.meeting_id == meeting_id)
            .order_by(a.id)
        )

        async def work(connection: AsyncConnection) -> list[PackageMade]:
            return [PackageMade(*row) for row in await connection.execute(query)]

        return await self._database.read(work)
