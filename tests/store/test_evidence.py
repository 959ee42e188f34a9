"""What was measured: packed minutes, and evidence that holds together with the log; on both databases."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from meeting_server.store import Store
from meeting_server.store.chain import NewRow, StoredRow, chained
from meeting_server.store.evidence import (
    FIELDS,
    Evidence,
    Minute,
    as_evidence,
    faults,
    pack,
    unpack,
)
from meeting_server.store.evidence_export import as_csv, as_json
from meeting_server.store.verify import from_ndjson, verify_rows

AT = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)


def a_second(number: int) -> tuple[object, ...]:
    return (number, "live", "live", "closed", True, False, True, True, None, 0.0, 0.0, 31.5, 60, 900, 5, "")


def test_a_second_has_every_field_and_a_minute_packs_to_a_few_hundred_bytes() -> None:
    seconds = tuple(a_second(number) for number in range(60))
    assert {len(each) for each in seconds} == {len(FIELDS)}
    packed = pack(seconds)
    assert unpack(packed) == seconds
    assert len(packed) < 600


async def test_minutes_are_kept_and_a_minute_in_two_parts_becomes_one(store: Store) -> None:
    first = Minute("anna", AT, (a_second(0), a_second(1)))
    other = Minute("bo", AT + timedelta(minutes=1), (a_second(0),))
    await store.evidence.keep_minutes("m", [other, first])
    await store.evidence.keep_minutes("m", [Minute("anna", AT, (a_second(2),))])
    await store.evidence.keep_minutes("another", [first])
    whole = Minute("anna", AT, (a_second(0), a_second(1), a_second(2)))
    assert await store.evidence.minutes("m") == [whole, other]


async def test_evidence_is_kept_once_per_decision(store: Store) -> None:
    await store.evidence.keep("m", as_evidence(7, {"about": {"seq": 7}, "people": []}))
    kept = as_evidence(7, {"about": {"seq": 7}, "people": ["anna"]})
    await store.evidence.keep("m", kept)
    assert await store.evidence.of("m") == [kept]
    assert await store.evidence.of("another") == []


def a_log() -> tuple[list[StoredRow], Evidence]:
    """A decision, and the row that binds its evidence."""
    decided = chained("m", 1, "0" * 64, NewRow(AT, "anna", None, "matter-decided", 1, {}))
    evidence = as_evidence(1, {"about": {"seq": 1, "hash": decided.hash}, "people": []})
    data = {"about": 1, "sha256": evidence.sha256}
    bound = chained("m", 2, decided.hash, NewRow(AT, "system", None, "evidence-recorded", 1, data))
    return [decided, bound], evidence


def test_evidence_that_is_whole_has_no_faults() -> None:
    rows, evidence = a_log()
    assert faults(rows, [evidence]) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda each: [], "no-evidence"),
        (lambda each: [replace(each, text=each.text.replace("[]", '["bo"]'))], "other-evidence"),
        (lambda each: [replace(each, sha256="ab" * 32)], "other-evidence"),
        (lambda each: [each, as_evidence(2, {"about": {"seq": 2, "hash": ""}})], "unbound-evidence"),
    ],
)
def test_evidence_that_was_touched_is_found(change: object, code: str) -> None:
    rows, evidence = a_log()
    assert callable(change)
    assert [each.code for each in faults(rows, change(evidence))] == [code]


def test_evidence_of_another_row_is_found() -> None:
    rows, evidence = a_log()
    other = chained("m", 1, "0" * 64, NewRow(AT, "bo", None, "matter-decided", 1, {}))
    assert [each.code for each in faults([other, rows[1]], [evidence])] == ["other-row"]


def test_the_seconds_are_exported_as_csv_and_all_of_it_as_json() -> None:
    minutes = [Minute("anna", AT, (a_second(0), a_second(59)))]
    _, evidence = a_log()
    [head, first, last] = list(csv.reader(io.StringIO(as_csv(minutes))))
    assert head == ["person", "at", *FIELDS[1:]]
    assert (first[0], first[1], last[1]) == (
        "anna",
        "2026-11-24T18:00:00.000000Z",
        "2026-11-24T18:00:59.000000Z",
    )
    assert dict(zip(head, first, strict=True))["sends_picture"] == "1"
    assert dict(zip(head, first, strict=True))["level"] == ""
    whole = json.loads(as_json("m", [evidence], minutes))
    assert whole["decisions"] == [{"sha256": evidence.sha256, "evidence": evidence.data}]
    assert whole["minutes"][0]["seconds"] == [list(a_second(0)), list(a_second(59))]


def test_the_sample_of_a_real_meeting_holds_together() -> None:
    folder = Path(__file__).parents[2] / "docs" / "evidence"
    rows = from_ndjson((folder / "ks-log.ndjson").read_text(encoding="utf-8"))
    sample = json.loads((folder / "ks-underlag.json").read_text(encoding="utf-8"))
    kept = [as_evidence(each["evidence"]["about"]["seq"], each["evidence"]) for each in sample["decisions"]]
    assert [each.sha256 for each in kept] == [each["sha256"] for each in sample["decisions"]]
    assert verify_rows(rows) == faults(rows, kept) == []
    seen = {
        state for each in kept[-1].data["people"] if each["observed"] for state in each["observed"]["seconds"]
    }
    assert {"live", "covered", "still"} <= seen
