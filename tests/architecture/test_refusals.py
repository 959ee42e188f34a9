"""The page of refusals holds every code the law and the meeting can raise, in plain Swedish.

What the tests heard said is compared with the page after the pure run (tests/seen); here the source is.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from meeting_server.law.ledger import codes
from tests.seen.language import faults
from tests.seen.page import READABLE, ROOT, Row, as_text, stored

SOURCES = [path for part in ("law", "meeting") for path in (ROOT / "meeting_server" / part).rglob("*.py")]
ROWS = stored()
RAISERS = ("Refusal", "no", "_refusal", "state_refusal")
"""What makes a refusal, with the code as its first argument."""


def raised(path: Path) -> Iterator[str]:
    """Every code written in the source of one module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in RAISERS
            and node.args
        ):
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value
            if isinstance(first, ast.IfExp):
                sides = (first.body, first.orelse)
                yield from (str(side.value) for side in sides if isinstance(side, ast.Constant))


def test_every_code_in_the_source_is_on_the_page() -> None:
    written = {code for path in SOURCES for code in raised(path)}
    assert len(written) > 100
    assert written - {row["code"] for row in ROWS} == set()


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
