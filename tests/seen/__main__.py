"""After the pure tests: whether every branch of law and meeting was run, and every refusal is on its page.

`python -m tests.seen` reads what the run left behind and fails on the first lack of either kind; with
REGOLD=1 it writes the page of refusals anew from what was heard.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator

import coverage

from tests.seen.language import faults, numbers_said
from tests.seen.page import ROOT, headings, rows_of, store, stored
from tests.seen.refusals import FOLDER, Seen, heard

WHOLE = ("meeting_server/law/*", "meeting_server/meeting/*", "meeting_server/wire/chair_seconds.py")
"""What the pure tests run every branch of."""

_UNCOUNTED = ("Ordföranden har redan röstat", "Ärendet har redan en gång")
_NO_RIGHT = "har en minoritet ingen rätt"
"""Refusals on other grounds than their numbers."""


def lacks(seen: Iterable[Seen]) -> Iterator[str]:
    """What is wrong with what was heard, as language and against the stored page."""
    seen, under = list(seen), headings()
    for one in seen:
        for fault in faults(one.because, one.short):
            yield f"{one.code}: “{one.because}” [{one.short}] {fault}"
        excused = one.because.startswith(_UNCOUNTED) or _NO_RIGHT in one.because
        if not excused and not numbers_said(one.cites, one.because, one.short, one.numbers):
            yield f"{one.code}: “{one.because}” says none of its numbers, {one.numbers}"
    kept = {(row["part"], row["code"], cites) for row in stored() for cites in row["cites"]}
    said = {way["because"] for row in stored() for way in row["says"]}
    for part, code, cites in sorted({(under[one.module], one.code, one.cites) for one in seen} - kept):
        yield f"{code} ({cites}) is not on the page under {part}"
    for because in sorted(said - {one.because for one in seen}):
        yield f"“{because}” is on the page, but no test hears it any longer"


def uncovered() -> float:
    """Per cent of the branches of WHOLE that the run left out; prints where."""
    run = coverage.Coverage(data_file=str(ROOT / ".coverage"))
    run.load()
    return 100.0 - run.report(
        include=[str(ROOT / path) for path in WHOLE], show_missing=True, skip_covered=True
    )


def main() -> int:
    """Both checks; 1 when either fails."""
    seen = heard(ROOT / ".pytest_cache" / "d" / FOLDER)
    if not seen:
        print("No refusals were written down: run the pure tests first (make test-pure).")
        return 1
    homeless = sorted({one.module for one in seen} - set(headings()))
    if homeless:
        print(f"Give a heading in tests/seen/page.py to {', '.join(homeless)}.")
        return 1
    if os.environ.get("REGOLD"):
        store(rows_of(seen))
    found = list(dict.fromkeys(lacks(seen)))
    for lack in found:
        print(lack)
    if found:
        print(f"{len(found)} lacks. REGOLD=1 python -m tests.seen writes the page anew; read the diff.")
    missing = uncovered()
    if missing:
        print(f"{missing:.2f} % of law and meeting is not run by the pure tests; every branch is to be.")
    return 1 if found or missing else 0


if __name__ == "__main__":
    sys.exit(main())
