"""The media processes that have been heard of, and which of them each room is on.

Written every few seconds by the web node that a process is connected to. A web node that starts reads where
its rooms are: they are still there, with their sound and picture, when only the web node was away.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import (
    Column,
    Float,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    delete,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store.engine import Database
from meeting_server.store.tables import Instant, metadata

media_nodes = Table(
    "media_nodes",
    metadata,
    Column("name", String(200), nullable=False, comment="host and socket, or host:port"),
    Column("address", String(200), nullable=False, comment="addresses browsers are told, by space"),
    Column("udp_port", Integer, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("core", String(200), nullable=False, comment="the web node it is connected to"),
    Column("seen_at", Instant, nullable=False, comment="the latest heartbeat"),
    Column("peers", Integer, nullable=False, comment="connected or connecting"),
    Column("late_ms", Float, nullable=False, comment="its event loop, the longest in the last second"),
    PrimaryKeyConstraint("name"),
)

media_placements = Table(
    "media_placements",
    metadata,
    Column("room", String(80), nullable=False, comment="the meeting, or a check; no foreign key"),
    Column("node", String(200), nullable=False, comment="name in media_nodes"),
    Column("since", Instant, nullable=False, comment="when it was placed or moved there"),
    PrimaryKeyConstraint("room"),
)


@dataclass(frozen=True)
class MediaNode:
    """One media process as it was when it was last heard of."""

    name: str
    address: str
    udp_port: int
    pid: int
    core: str
    seen_at: datetime
    peers: int
    late_ms: float


@dataclass(frozen=True)
class Placement:
    """Where a room is, or, when has_left, no longer is."""

    room: str
    node: str
    since: datetime
    has_left: bool = False


class MediaNodes:
    """The media processes and placements of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def beat(self, nodes: Collection[MediaNode], forgotten: datetime) -> None:
        """Keep what these processes say now; forget those not heard of since a moment."""

        async def work(connection: AsyncConnection) -> None:
            # In the same order by everybody: two web nodes must not wait for each other.
            for node in sorted(nodes, key=lambda each: each.name):
                await connection.execute(self._put(media_nodes, asdict(node)))
            await connection.execute(delete(media_nodes).where(media_nodes.c.seen_at < forgotten))

        await self._database.write(work)

    async def place(self, placements: Collection[Placement]) -> None:
        """Keep where these rooms are. One that has left is forgotten only where it was."""
        p = media_placements.c

        async def work(connection: AsyncConnection) -> None:
            for each in sorted(placements, key=lambda each: each.room):
                if each.has_left:
                    await connection.execute(
                        delete(media_placements).where(p.room == each.room, p.node == each.node)
                    )
                    continue
                row = {"room": each.room, "node": each.node, "since": each.since}
                await connection.execute(self._put(media_placements, row))

        await self._database.write(work)

    async def gone(self, names: Collection[str]) -> None:
        """These processes have been ended; nothing is on them any more."""

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(delete(media_nodes).where(media_nodes.c.name.in_(list(names))))
            await connection.execute(delete(media_placements).where(media_placements.c.node.in_(list(names))))

        await self._database.write(work)

    async def nodes(self) -> tuple[MediaNode, ...]:
        """Every process that has been heard of, by name."""
        query = select(media_nodes).order_by(media_nodes.c.name)

        async def work(connection: AsyncConnection) -> tuple[MediaNode, ...]:
            return tuple(MediaNode(**row._mapping) for row in await connection.execute(query))

        return await self._database.read(work)

    async def placements(self) -> Mapping[str, str]:
        """The process each room is on, by room."""
        query = select(media_placements.c.room, media_placements.c.node)

        async def work(connection: AsyncConnection) -> dict[str, str]:
            return {row.room: row.node for row in await connection.execute(query)}

        return await self._database.read(work)

    async def forget_placements(self, before: datetime) -> None:
        """Forget rooms placed before a moment; no meeting goes on for so long."""

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(delete(media_placements).where(media_placements.c.since < before))

        await self._database.write(work)

    def _put(self, table: Table, row: Mapping[str, object]) -> postgresql.Insert | sqlite.Insert:
        """The row in the place of a former one with its key, also when another web node is first."""
        key = list(table.primary_key)
        if self._database.dialect == "postgresql":
            return postgresql.insert(table).values(**row).on_conflict_do_update(index_elements=key, set_=row)
        return sqlite.insert(table).values(**row).on_conflict_do_update(index_elements=key, set_=row)
