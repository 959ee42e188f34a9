"""Whoever holds a log file can see whether it is whole and unchanged, without us."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest

from meeting_server.store.chain import ZERO_HASH, NewRow, StoredRow, chained
from meeting_server.store.verify import (
    BadLogFile,
    from_ndjson,
    known_row,
    to_ndjson,
    verify_ndjson,
    verify_rows,
)
from tests.store.rows import NOON, a_row


def _log(length: int = 4) -> list[StoredRow]:
    rows: list[StoredRow] = []
    for seq in range(1, length + 1):
        rows.append(
            chained(
                "ks", seq, rows[-1].hash if rows else ZERO_HASH, a_row(f"c{seq}", number=seq, ord="på\u2028")
            )
        )
    return rows


def _codes(rows: list[StoredRow], head: str | None = None) -> list[tuple[int, str]]:
    return [(fault.seq, fault.code) for fault in verify_rows(rows, head)]


def test_an_untouched_log_has_no_faults() -> None:
    assert _codes(_log()) == []
    assert _codes([]) == []


def test_a_known_hash_tells_how_far_nothing_is_missing() -> None:
    rows = _log()
    assert known_row(rows, rows[-1].hash) == 4
    assert known_row(rows[:3], rows[2].hash.upper() + "\n") == 3
    assert known_row(rows[:3], rows[-1].hash) is None


def test_a_fault_is_said_in_words() -> None:
    [fault] = verify_rows(_log(), "0" * 64)
    assert str(fault) == "Rad 4: Sista raden är inte den som angetts: loggen är kapad eller en annan."


def test_the_hash_can_be_computed_by_anybody_from_the_file() -> None:
    form = json.loads(to_ndjson(_log(1)))
    digest = form.pop("hash")
    text = json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == digest


def test_a_hash_once_published_stays_what_it_is() -> None:
    row = NewRow(NOON, "nilla-nordanang", "c1", "vote-cast", 1, {"röst": "ja", "a": [1, None, True]})
    expected = "c092a1ab147bc71d78d49893fc4d335d1e7e75335aacd5ea893e59137d970de0"
    assert chained("ks", 1, ZERO_HASH, row).hash == expected


def test_a_changed_vote_shows() -> None:
    rows = _log()
    rows[1] = replace(rows[1], data={**rows[1].data, "number": 99})
    assert _codes(rows) == [(2, "bad-hash")]


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "bertil"},
        {"at": NOON.replace(hour=13)},
        {"command_id": None},
        {"type": "vote-corrected"},
        {"version": 2},
        {"data": {"number": float("nan")}},
        {"data": {"number": "\ud800"}},
    ],
)
def test_any_changed_field_shows(change: dict[str, object]) -> None:
    rows = _log()
    rows[2] = replace(rows[2], **change)  # type: ignore[arg-type]
    assert _codes(rows) == [(3, "bad-hash")]


def test_a_changed_row_with_its_hash_recomputed_breaks_the_chain_after_it() -> None:
    rows = _log()
    rows[1] = chained("ks", 2, rows[0].hash, a_row("c2", number=99))
    assert _codes(rows) == [(3, "broken-chain")]


def test_a_removed_row_shows() -> None:
    rows = _log()
    del rows[1]
    assert (3, "gap") in _codes(rows)
    assert (3, "broken-chain") in _codes(rows)


def test_a_row_of_another_meeting_shows() -> None:
    rows = _log(1)
    rows.append(chained("kf", 2, rows[0].hash, a_row("c2")))
    assert _codes(rows) == [(2, "other-meeting")]


def test_a_log_cut_off_at_the_end_shows_only_against_the_head_in_the_minutes() -> None:
    rows = _log()
    printed = rows[-1].hash
    assert _codes(rows, printed) == []
    assert _codes(rows[:3]) == []
    assert _codes(rows[:3], printed) == [(3, "other-head")]
    assert _codes([], printed) == [(0, "other-head")]


def test_the_file_form_keeps_everything() -> None:
    rows = _log()
    assert from_ndjson(to_ndjson(rows)) == rows
    assert verify_ndjson(to_ndjson(rows), rows[-1].hash) == []


@pytest.mark.parametrize(
    ("line", "because"),
    [
        ("{", "Rad 2 i filen är inte JSON"),
        ("[" * 100_000, "Rad 2 i filen är inte JSON"),
        ("[]", "Rad 2 i filen har inte de fält en loggrad har."),
        ('{"seq": 2}', "Rad 2 i filen har inte de fält en loggrad har."),
    ],
)
def test_what_is_not_a_log_file_is_said_with_its_line(line: str, because: str) -> None:
    with pytest.raises(BadLogFile) as bad:
        from_ndjson(to_ndjson(_log(1)) + line)
    assert str(bad.value).startswith(because)


@pytest.mark.parametrize(
    ("field", "value", "because"),
    [
        ("seq", "2", "av fel slag"),
        ("seq", True, "av fel slag"),
        ("version", 1.5, "av fel slag"),
        ("data", [], "av fel slag"),
        ("actor", None, "av fel slag"),
        ("command_id", 7, "av fel slag"),
        ("at", "kl. 12", "ingen tidpunkt"),
        ("at", "2026-11-23T12:00:00", "ingen tidpunkt"),
    ],
)
def test_a_field_of_the_wrong_kind_is_said(field: str, value: object, because: str) -> None:
    form = json.loads(to_ndjson(_log(1)))
    with pytest.raises(BadLogFile, match=because):
        from_ndjson(json.dumps({**form, field: value}))
