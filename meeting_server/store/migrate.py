"""Bringing a database to the shape of tables.py, with Alembic; done at every start."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store.engine import Database

# Any number no other program uses as an advisory lock in this database.
_LOCK = 5_045_016


def migrations_folder() -> Path:
    """Where the migrations are: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent.parent
    installed = package / "_migrations"
    return installed if installed.is_dir() else package.parent / "migrations"


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration without an ini file; `connection` is what env.py works on."""
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


async def upgrade(database: Database, revision: str = "head") -> None:
    """Apply every migration the database lacks, all or none. Raises StorageFailed.

    Several processes may start at once: SQLite's write lock, and on PostgreSQL an advisory lock, make them
    take turns.
    """

    async def work(connection: AsyncConnection) -> None:
        if database.dialect == "postgresql":
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        await connection.run_sync(lambda same: command.upgrade(alembic_config(same), revision))

    await database.write(work)
