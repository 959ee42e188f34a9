"""The rows of a meeting's event log and the hash that chains each to the one before; pure.

The canonical form that is hashed is JSON with the keys sorted by code point, no spaces, UTF-8, no NaN or
infinity: the object {"actor", "at", "command_id", "data", "meeting_id", "previous_hash", "seq", "type",
"version"}. `at` is UTC with six decimals and a Z; `previous_hash` is 64 hex digits, zeros before the first
row. The hash is SHA-256 of those bytes in hex. Anybody can recompute it with a JSON library and sha256.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

ZERO_HASH = "0" * 64


@dataclass(frozen=True)
class NewRow:
    """An event about to be written.

    `at` is aware; `data` holds JSON values only; `actor` is a person id or "system".
    """

    at: datetime
    actor: str
    command_id: str | None
    type: str
    version: int
    data: Mapping[str, object]


@dataclass(frozen=True)
class StoredRow:
    """An event as it stands in the log: row `seq` (from 1, without gaps) of one meeting."""

    meeting_id: str
    seq: int
    at: datetime
    actor: str
    command_id: str | None
    type: str
    version: int
    data: Mapping[str, object]
    previous_hash: str
    hash: str


def canonical(value: object) -> str:
    """`value` as canonical JSON (see the module).

    Raises ValueError or TypeError for what JSON cannot hold.
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    text.encode("utf-8")  # a lone surrogate is not text; UnicodeEncodeError is a ValueError
    return text


def instant_text(at: datetime) -> str:
    """An aware instant as "2026-11-21T17:05:00.000000Z": fixed length, so that text order is time order."""
    if at.tzinfo is None:
        raise ValueError("an instant must know its time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def instant_of(text: str) -> datetime:
    """The instant that `instant_text` wrote."""
    return datetime.fromisoformat(text)


def row_hash(
    *,
    meeting_id: str,
    seq: int,
    at: str,
    actor: str,
    command_id: str | None,
    type: str,
    version: int,
    data: object,
    previous_hash: str,
) -> str:
    """SHA-256 over the canonical form of one row, in hex."""
    form = {
        "meeting_id": meeting_id,
        "seq": seq,
        "at": at,
        "actor": actor,
        "command_id": command_id,
        "type": type,
        "version": version,
        "data": data,
        "previous_hash": previous_hash,
    }
    return hashlib.sha256(canonical(form).encode()).hexdigest()


def chained(meeting_id: str, seq: int, previous_hash: str, new: NewRow) -> StoredRow:
    """`new` as row `seq`, following the row whose hash is `previous_hash`."""
    # Through JSON and back: what is hashed, stored and read again must be one and the same value (tuples are
    # lists).
    data = json.loads(canonical(dict(new.data)))
    at = instant_text(new.at)
    digest = row_hash(
        meeting_id=meeting_id,
        seq=seq,
        at=at,
        actor=new.actor,
        command_id=new.command_id,
        type=new.type,
        version=new.version,
        data=data,
        previous_hash=previous_hash,
    )
    return StoredRow(
        meeting_id,
        seq,
        instant_of(at),
        new.actor,
        new.command_id,
        new.type,
        new.version,
        data,
        previous_hash,
        digest,
    )


def rehashed(row: StoredRow) -> str:
    """The hash that `row` should have by its own content."""
    return row_hash(
        meeting_id=row.meeting_id,
        seq=row.seq,
        at=instant_text(row.at),
        actor=row.actor,
        command_id=row.command_id,
        type=row.type,
        version=row.version,
        data=row.data,
        previous_hash=row.previous_hash,
    )
