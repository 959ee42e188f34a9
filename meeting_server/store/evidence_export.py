"""The measures of a meeting as files: all of it as JSON, the seconds alone as CSV. Pure."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import timedelta

from meeting_server.store.chain import instant_text
from meeting_server.store.evidence import FIELDS, Evidence, Minute


def as_json(meeting_id: str, kept: Iterable[Evidence], minutes: Iterable[Minute]) -> str:
    """decisions: the evidence with the hash that stands in the log; minutes: the seconds, by `fields`."""
    form = {
        "meeting": meeting_id,
        "decisions": [{"sha256": each.sha256, "evidence": each.data} for each in kept],
        "fields": FIELDS,
        "minutes": [
            {"person": each.person, "minute": instant_text(each.minute), "seconds": each.seconds}
            for each in minutes
        ],
    }
    return json.dumps(form, ensure_ascii=False, indent=1) + "\n"


def as_csv(minutes: Iterable[Minute]) -> str:
    """One line per person and second, in the order of FIELDS, with the time in place of the second's
    number."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(("person", "at", *FIELDS[1:]))
    for each in minutes:
        for second in each.seconds:
            at = instant_text(each.minute + timedelta(seconds=second[0]))
            rows.writerow((each.person, at, *(_cell(value) for value in second[1:])))
    return text.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    return "" if value is None else value
