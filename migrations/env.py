"""Alembic's entry: uses the connection store/migrate.py hands it, or opens one for the alembic command."""

from __future__ import annotations

import asyncio
from typing import Literal

from alembic import context
from sqlalchemy import Connection

from meeting_server.config import Settings
from meeting_server.store.engine import Database
from meeting_server.store.tables import INSTANT_LENGTH, Instant, metadata


def as_plain_type(kind: str, thing: object, _context: object) -> str | Literal[False]:
    """Our own column types as the plain ones beneath: a migration must not change when tables.py does."""
    if kind == "type" and isinstance(thing, Instant):
        return f"sa.String(length={INSTANT_LENGTH})"
    return False


def run(connection: Connection) -> None:
    """Apply what the database lacks; the caller owns the transaction."""
    # Batch mode: SQLite cannot alter most things of a table in place, so a changed table is written anew.
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=as_plain_type,
    )
    context.run_migrations()


async def run_from_command_line() -> None:
    """`alembic …` in a checkout: the database that the environment's settings name."""
    database = Database(Settings.from_environment().database_url)
    try:
        await database.write(lambda connection: connection.run_sync(run))
    finally:
        await database.close()


handed = context.config.attributes.get("connection")
if handed is not None:
    run(handed)
else:
    asyncio.run(run_from_command_line())
