"""What the store may answer instead of a result, and how a database's own complaint becomes one of these."""

from __future__ import annotations

import errno
import sqlite3
from typing import Literal

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

Cause = Literal["disk-full", "locked", "read-only", "unreachable", "damaged", "other"]

_SENTENCES: dict[Cause, str] = {
    "disk-full": "Lagringsutrymmet är fullt. Ingenting har sparats; frigör utrymme och gör om.",
    "locked": "Databasen är upptagen av ett annat program. Ingenting har sparats; försök igen.",
    "read-only": "Databasen kan inte skrivas till. Ingenting har sparats; kontrollera rättigheterna.",
    "unreachable": "Databasen går inte att nå. Försök igen om en stund.",
    "damaged": "Databasfilen är skadad. Ingenting har sparats; återställ en säkerhetskopia.",
    "other": "Databasen svarade med ett fel. Ingenting har sparats.",
}


class StorageFailed(Exception):
    """The database could not carry out a transaction; nothing of it was written, and nothing half.

    When the cause is "unreachable" the line may have broken between the commit and its receipt: then all of
    it was written. Read the log again before the next attempt; the same command id gives the same answer
    either way.

    `cause` is for programs, `because` a Swedish sentence for people, `detail` the database's own words for
    the log.
    """

    def __init__(self, cause: Cause, detail: str = "") -> None:
        super().__init__(f"{cause}: {detail}" if detail else cause)
        self.cause = cause
        self.because = _SENTENCES[cause]
        self.detail = detail


class Conflict(Exception):
    """Somebody else wrote to this meeting's log first; read from `expected` and decide again."""

    def __init__(self, expected: int, actual: int) -> None:
        super().__init__(f"expected to follow row {expected}, the log ends at {actual}")
        self.expected = expected
        self.actual = actual


class RepeatedCommand(Exception):
    """This command is already in the log; `last_seq` is the last row it wrote."""

    def __init__(self, command_id: str, last_seq: int) -> None:
        super().__init__(f"command {command_id} was carried out at row {last_seq}")
        self.command_id = command_id
        self.last_seq = last_seq


class NotFound(Exception):
    """There is no such thing in the register; the text says what was asked for."""


def translated(error: BaseException) -> StorageFailed | None:
    """The StorageFailed that a database error means, or None when it is not about storage."""
    if isinstance(error, PoolTimeout):
        return StorageFailed("locked", str(error))
    if isinstance(error, (ConnectionError, TimeoutError)):
        return StorageFailed("unreachable", str(error))
    if isinstance(error, OSError):
        return StorageFailed("disk-full" if error.errno == errno.ENOSPC else "unreachable", str(error))
    if isinstance(error, sqlite3.Error):
        return StorageFailed(_sqlite_cause(error), str(error))
    if isinstance(error, IntegrityError) or not isinstance(error, SQLAlchemyError):
        return None  # a broken key is an answer about the data; whoever wrote it knows what it means
    if isinstance(error, DBAPIError):
        original = error.orig
        if isinstance(original, sqlite3.Error):
            return StorageFailed(_sqlite_cause(original), str(original))
        state = getattr(original, "sqlstate", None) or ""
        return StorageFailed(_postgres_cause(state, error.connection_invalidated), str(original))
    return StorageFailed("other", str(error))


def _sqlite_cause(error: sqlite3.Error) -> Cause:
    name = getattr(error, "sqlite_errorname", "") or ""
    for prefix, cause in _SQLITE_CAUSES:
        if name.startswith(prefix):
            return cause
    return "other"


# By SQLite's own names of result codes; the first prefix that fits decides.
# A write the operating system refuses (file size limit, quota) comes as IOERR_WRITE, not as FULL.
_SQLITE_CAUSES: tuple[tuple[str, Cause], ...] = (
    ("SQLITE_FULL", "disk-full"),
    ("SQLITE_IOERR_WRITE", "disk-full"),
    ("SQLITE_BUSY", "locked"),
    ("SQLITE_LOCKED", "locked"),
    ("SQLITE_READONLY", "read-only"),
    ("SQLITE_PERM", "read-only"),
    ("SQLITE_CANTOPEN", "unreachable"),
    ("SQLITE_CORRUPT", "damaged"),
    ("SQLITE_NOTADB", "damaged"),
)


def _postgres_cause(state: str, invalidated: bool) -> Cause:
    # SQLSTATE classes, PostgreSQL manual appendix A.
    if state in ("53100", "53200"):
        return "disk-full"
    if state in ("55P03", "40001", "40P01", "53300"):
        return "locked"
    if state in ("25006", "42501"):
        return "read-only"
    if state.startswith(("08", "57P")) or invalidated:
        return "unreachable"
    if state.startswith("XX"):
        return "damaged"
    return "other"
