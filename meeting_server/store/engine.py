"""The database of an installation, SQLite or PostgreSQL, and the one way to run a transaction on it."""

from __future__ import annotations

import asyncio
import logging
import re
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, closing
from pathlib import Path
from typing import Any, Literal, TypeVar
from urllib.parse import urlencode

from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from meeting_server.store.failures import StorageFailed, translated

Result = TypeVar("Result")
Work = Callable[[AsyncConnection], Awaitable[Result]]
Dialect = Literal["sqlite", "postgresql"]

BUSY_SECONDS = 5
_HIGHEST_PORT = 65535
# The driver tells of every statement with its values when the program's log is most talkative: a ballot would
# stand there in the order it came. For the same reason the engines hide values in their messages.
logging.getLogger("aiosqlite").setLevel(logging.WARNING)
_IMMEDIATE = "klubban_immediate"


class Database:
    """An open database. Every use of it is one transaction: `read(work)` or `write(work)`.

    The transaction runs in a task of its own, so that a caller who is cancelled in the middle neither
    interrupts it nor leaves a connection in an unknown state; `close` waits for those that still run.
    """

    def __init__(self, url: str) -> None:
        parsed = _parsed(url)
        self.dialect: Dialect = _dialect(parsed)
        self.url = parsed.set(drivername=_DRIVERS[self.dialect])
        self.engine: AsyncEngine = _ENGINES[self.dialect](self.url)
        self._running: set[asyncio.Task[Any]] = set()
        # SQLite lets one write at a time; waiting here is fairer and cheaper than waiting in its busy loop.
        self._turn = asyncio.Lock()

    async def read(self, work: Work[Result]) -> Result:
        """Run `work` in a transaction that sees one state of the database. Raises StorageFailed."""
        return await self._shielded(self._transaction(work, write=False))

    async def write(self, work: Work[Result]) -> Result:
        """Run `work` in a transaction that is committed when it returns and undone when it raises."""
        return await self._shielded(self._transaction(work, write=True))

    async def close(self) -> None:
        """Wait for the transactions that run, then close every connection."""
        await self.settled()
        await self.engine.dispose()

    async def settled(self) -> None:
        """Wait until no transaction runs, also those whose caller has left."""
        while self._running:
            await asyncio.wait(self._running)

    async def _shielded(self, running: Awaitable[Result]) -> Result:
        task = asyncio.ensure_future(running)
        self._running.add(task)
        task.add_done_callback(self._finished)
        return await asyncio.shield(task)

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # a caller who left is not there to read it; asking marks it as read

    async def _transaction(self, work: Work[Result], *, write: bool) -> Result:
        try:
            async with AsyncExitStack() as stack:
                if write and self.dialect == "sqlite":
                    await stack.enter_async_context(self._turn)
                connection = await stack.enter_async_context(self.engine.connect())
                if write:
                    # SQLite: take the write lock at BEGIN, so that nothing read inside can be out of date.
                    connection = await connection.execution_options(**{_IMMEDIATE: True})
                await stack.enter_async_context(connection.begin())
                return await work(connection)
        except StorageFailed:
            raise
        except Exception as error:
            failed = translated(error)
            if failed is None:
                raise
            raise failed from error


def file_of(url: str) -> Path | None:
    """The file of an SQLite database, None of another kind. Raises ValueError for a URL we cannot use."""
    parsed = _parsed(url)
    return Path(str(parsed.database)) if _dialect(parsed) == "sqlite" else None


def _parsed(url: str) -> URL:
    """The URL by parts. Raises ValueError without repeating it: it may hold a password."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise ValueError("adressen går inte att läsa; postgresql://namn:lösenord@värd:5432/databas") from None
    if parsed.port is not None and not 1 <= parsed.port <= _HIGHEST_PORT:
        raise ValueError(f"porten ska vara mellan 1 och {_HIGHEST_PORT}, inte {parsed.port}")
    if _dialect(parsed) == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise ValueError("en SQLite-databas ska vara en fil: en logg i minnet går förlorad med processen")
    _require_known(parsed)
    return parsed


def _require_known(url: URL) -> None:
    """What stands after ? is passed to a driver, which ends the program at what it does not know."""
    known = _QUERY[_dialect(url)]
    for name, values in url.normalized_query.items():
        if name not in known:
            may = f"här kan stå {', '.join(known)}" if known else "efter ? kan ingenting stå"
            raise ValueError(f"{name[:40]!r} läses inte; {may}")
        if name in _TLS and len(values) > 1:
            raise ValueError(f"{name} står {len(values)} gånger")
        if name == "port" and not all(re.fullmatch("[0-9]{1,5}", value) for value in values):
            raise ValueError(f"porten ska vara mellan 1 och {_HIGHEST_PORT}")
        if name in _TLS_FILES and not Path(values[0]).is_file():
            raise ValueError(f"{name}: filen {values[0]} finns inte")
    mode = url.normalized_query.get("sslmode", ("prefer",))[0]
    if mode not in _TLS_MODES:
        raise ValueError(f"sslmode ska vara något av {', '.join(_TLS_MODES)}, inte {mode[:40]!r}")
    if mode.startswith("verify") and "sslrootcert" not in url.query:
        raise ValueError(f"sslmode={mode} behöver sslrootcert, filen med utfärdarens certifikat")


def _dialect(url: URL) -> Dialect:
    name = url.get_backend_name()
    if name == "sqlite":
        return "sqlite"
    if name == "postgresql":
        return "postgresql"
    raise ValueError(f"Klubban använder sqlite eller postgresql, inte {name}")


def _sqlite(url: URL) -> AsyncEngine:
    path = Path(str(url.database))
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _make_wal(path)
    engine = create_async_engine(
        url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS}, pool_size=4, max_overflow=0
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we begin ourselves, below; the driver would begin too late
        cursor = connection.cursor()
        wait = f"busy_timeout={BUSY_SECONDS * 1000}"
        # secure_delete: a ballot taken out of the box must not stay readable in the file.
        for pragma in (wait, "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get(_IMMEDIATE, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _make_wal(path: Path) -> None:
    """Put the file in write-ahead mode, which it keeps: readers and the writer never wait for each other."""
    last_try = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            with closing(sqlite3.connect(path)) as connection:
                connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.Error as error:
            # The change of mode does not wait its turn as other statements do.
            failed = translated(error) or StorageFailed("other", str(error))
            if failed.cause != "locked" or time.monotonic() > last_try:
                raise failed from error
            time.sleep(0.01)


def _postgresql(url: URL) -> AsyncEngine:
    # SQLAlchemy would give these to the driver as arguments, which has them in an address alone.
    tls = {name: values[0] for name, values in url.normalized_query.items() if name in _TLS}
    return create_async_engine(
        url.difference_update_query(tls),
        pool_pre_ping=True,
        hide_parameters=True,
        pool_size=8,
        connect_args={
            "dsn": f"postgresql://?{urlencode(tls)}" if tls else None,
            "timeout": 2 * BUSY_SECONDS,
            "server_settings": {"lock_timeout": str(BUSY_SECONDS * 1000), "application_name": "klubban"},
        },
    )


_TLS_FILES = ("sslrootcert", "sslcert", "sslkey")
_TLS = ("sslmode", *_TLS_FILES)
_TLS_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_QUERY: dict[Dialect, tuple[str, ...]] = {"sqlite": (), "postgresql": ("host", "port", *_TLS)}
_DRIVERS: dict[Dialect, str] = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
_ENGINES: dict[Dialect, Callable[[URL], AsyncEngine]] = {"sqlite": _sqlite, "postgresql": _postgresql}
