"""The page of refusals holds every code the law and the meeting can raise, in plain Swedish.

What the tests heard said is compared with the page after the fast run (tests/seen); here the source is.
"""

from __future__ import annotations

import pytest

from meeting_server.law.ledger import codes
from tests.seen.language import faults
from tests.seen.page import READABLE, ROOT, Row, as_text, stored

SOURCES = [path for part in ("law", "meeting") for path in (ROOT / "meeting_server" / part).rglob("*.py")]
ROWS = stored()


def test_every_code_on_the_page_is_in_the_source_or_is_a_rule() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    on_page = {row["code"] for row in ROWS}
    assert {code for code in on_page if f'"{code}"' not in source and code not in codes()} == set()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['part']}-{row['code']}")
def test_a_row_is_plain_swedish_with_its_ground(row: Row) -> None:
    assert row["cites"]
    assert row["says"]
    for way in row["says"]:
        assert list(faults(way["because"], way["short"])) == []


@pytest.mark.parametrize(
    ("because", "short"),
    [
        ("Bara ordföranden kan göra det", "Inte din uppgift"),
        ("The meeting is closed.", "Avslutat"),
        ("Ärendet m3 är redan avgjort.", "Redan avgjort"),
        ("Förslaget {proposal} finns inte.", "Finns inte"),
        ("None är inte närvarande.", "Inte här"),
        ("ärendet är avgjort.", "Redan avgjort"),
        ("Ärendet är avgjort.", "Ärendet är redan avgjort sedan länge i dag"),
        (f"{'Ä' * 200}.", "För långt"),
    ],
)
def test_what_is_no_plain_swedish_is_found(because: str, short: str) -> None:
    assert list(faults(because, short))


def test_the_text_beside_the_product_is_the_same_page() -> None:
    assert READABLE.read_text(encoding="utf-8") == as_text(ROWS)
