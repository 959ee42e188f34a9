"""Checking a log that somebody hands over: is it whole and unchanged? Pure; needs no database.

The file form is NDJSON, UTF-8, one row per line in order, an object with exactly the keys of `FILE_KEYS`;
chain.py says what is hashed. A log cut off at the end is a whole chain too: compare the last hash with the
one printed in the minutes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from meeting_server.store.chain import ZERO_HASH, StoredRow, canonical, instant_of, instant_text, rehashed

FILE_KEYS = frozenset(
    {"meeting_id", "seq", "at", "actor", "command_id", "type", "version", "data", "previous_hash", "hash"}
)


@dataclass(frozen=True)
class LogFault:
    """One thing wrong at row `seq`; `code` is gap, other-meeting, bad-hash, broken-chain or other-head."""

    seq: int
    code: str
    because: str

    def __str__(self) -> str:
        return f"Rad {self.seq}: {self.because}"


class BadLogFile(Exception):
    """The text is not a log file; the Swedish sentence names the line."""


def verify_rows(rows: Sequence[StoredRow], head: str | None = None) -> list[LogFault]:
    """Every fault of a log read from its first row. `head`: the hash the last row should have, when known."""
    faults: list[LogFault] = []
    previous = ZERO_HASH
    for expected, row in enumerate(rows, start=1):
        if row.seq != expected:
            faults.append(LogFault(row.seq, "gap", f"Rad {expected} väntades men rad {row.seq} kom."))
        if row.meeting_id != rows[0].meeting_id:
            faults.append(
                LogFault(row.seq, "other-meeting", f"Raden hör till sammanträdet {row.meeting_id}.")
            )
        if row.previous_hash != previous:
            faults.append(LogFault(row.seq, "broken-chain", "Raden följer inte på raden före den."))
        if not _holds(row):
            faults.append(
                LogFault(row.seq, "bad-hash", "Radens innehåll stämmer inte med dess kontrollsumma.")
            )
        previous = row.hash
    if head is not None and previous != head:
        last = rows[-1].seq if rows else 0
        faults.append(
            LogFault(
                last, "other-head", "Sista raden är inte den som angetts: loggen är kapad eller en annan."
            )
        )
    return faults


def known_row(rows: Sequence[StoredRow], digest: str) -> int | None:
    """The number of the row that has this hash, so that nothing up to it is missing; None when none has."""
    return next((row.seq for row in rows if row.hash == digest.strip().lower()), None)


def to_ndjson(rows: Iterable[StoredRow]) -> str:
    """The rows as a log file."""
    return "".join(
        canonical({**row.__dict__, "at": instant_text(row.at), "data": dict(row.data)}) + "\n" for row in rows
    )


def from_ndjson(text: str) -> list[StoredRow]:
    """The rows of a log file, unverified. Raises BadLogFile when it is not one."""
    rows: list[StoredRow] = []
    # Not splitlines: a text inside a row may hold line separators of other kinds, unescaped.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            rows.append(_row(number, line))
    return rows


def verify_ndjson(text: str, head: str | None = None) -> list[LogFault]:
    """`verify_rows` over a log file. Raises BadLogFile."""
    return verify_rows(from_ndjson(text), head)


def _holds(row: StoredRow) -> bool:
    try:
        return rehashed(row) == row.hash
    except ValueError:
        return False  # NaN, half a character: nothing that our canonical form can hold, so nothing we wrote


def _row(number: int, line: str) -> StoredRow:
    try:
        form = json.loads(line)
    except (ValueError, RecursionError):
        raise BadLogFile(f"Rad {number} i filen är inte JSON.") from None
    if not isinstance(form, dict) or form.keys() != FILE_KEYS:
        raise BadLogFile(f"Rad {number} i filen har inte de fält en loggrad har.")
    texts = ("meeting_id", "actor", "type", "previous_hash", "hash", "at")
    if (
        not all(isinstance(form[key], str) for key in texts)
        or not all(type(form[key]) is int for key in ("seq", "version"))
        or not isinstance(form["data"], dict)
        or not isinstance(form["command_id"], str | None)
    ):
        raise BadLogFile(f"Rad {number} i filen har ett fält av fel slag.")
    try:
        at = instant_of(form["at"])
        if at.tzinfo is None:
            raise ValueError
    except ValueError:
        raise BadLogFile(f"Rad {number} i filen har ingen tidpunkt i fältet at.") from None
    return StoredRow(**{**form, "at": at})
