"""Every row of the house's catalogue of the law is there, with what holds it and a test that exists."""

import os
import re
from pathlib import Path

import pytest

from meeting_server.law.catalogue import CATALOGUE, MODES, CatalogueRow, row
from meeting_server.law.catalogue_sureness import SURENESS, sureness
from meeting_server.law.ledger import codes

ROOT = Path(__file__).parents[2]
ACCOUNT = Path(os.environ.get("KLUBBAN_SOURCES", ROOT.parent / "shared" / "sources")).parent / "law.md"


def test_the_seventy_rows_are_there_in_order() -> None:
    assert [each.number for each in CATALOGUE] == list(range(1, 71))
    assert [row(number).number for number in (1, 40, 41, 70)] == [1, 40, 41, 70]


@pytest.mark.parametrize("number", [0, 71])
def test_there_are_no_other_rows(number: int) -> None:
    with pytest.raises(IndexError, match=f"no row {number}"):
        row(number)


@pytest.mark.parametrize("each", CATALOGUE, ids=lambda each: str(each.number))
def test_a_row_names_rules_that_exist_or_the_part_that_holds_it(each: CatalogueRow) -> None:
    assert set(each.rules) <= codes()
    assert each.rules or each.holders or each.missing
    assert all((ROOT / holder).exists() for holder in each.holders)
    assert each.title
    assert each.sources


@pytest.mark.parametrize("each", CATALOGUE, ids=lambda each: str(each.number))
def test_a_row_has_tests_that_exist_or_says_what_is_missing(each: CatalogueRow) -> None:
    assert each.tests or not each.built
    assert all((ROOT / test).exists() for test in each.tests)


@pytest.mark.parametrize(
    "each", [each for each in CATALOGUE if each.built], ids=lambda each: str(each.number)
)
def test_a_built_row_is_held_by_a_test_of_the_product(each: CatalogueRow) -> None:
    assert each.mode in MODES
    assert [test for test in each.tests if not test.startswith("tests/law/")]


@pytest.mark.parametrize("each", CATALOGUE, ids=lambda each: str(each.number))
def test_the_mode_is_the_one_the_account_of_the_law_gives(each: CatalogueRow) -> None:
    if not ACCOUNT.exists():
        pytest.skip(
            "the account of the law is not here; set KLUBBAN_SOURCES to the folder of the statute text"
        )
    chapter = ACCOUNT.read_text(encoding="utf-8").split("## 11.")[1].split("## 12.")[0]
    [cells] = re.findall(rf"^\| {each.number} \|(.*)\|$", chapter, re.MULTILINE)
    assert each.mode in cells.split("|")[2]


@pytest.mark.parametrize("each", CATALOGUE, ids=lambda each: str(each.number))
def test_a_row_is_no_surer_than_the_account_of_the_law(each: CatalogueRow) -> None:
    if not ACCOUNT.exists():
        pytest.skip(
            "the account of the law is not here; set KLUBBAN_SOURCES to the folder of the statute text"
        )
    chapter = ACCOUNT.read_text(encoding="utf-8").split("## 11.")[1].split("## 12.")[0]
    [cells] = re.findall(rf"^\| {each.number} \|(.*)\|$", chapter, re.MULTILINE)
    marks = set(re.findall(r"\[(V2|I|M|V:S\d+)\]", cells.split("|")[3]))
    sure = sureness(each.number)
    assert sure in SURENESS
    if marks & {"I", "M"}:
        assert sure == "reading"
    elif "V2" in marks:
        assert sure == "practice"
    elif marks & {"V:S2", "V:S4"}:
        assert sure == "bill"
    elif marks:
        assert sure == "statute"
