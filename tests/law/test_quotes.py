"""Every quoted sentence stands verbatim in the statute, or in the account of the bill it comes from."""

import os
import re
from pathlib import Path

import pytest

from meeting_server.law.beside import BESIDE
from meeting_server.law.bodies import PROFILES
from meeting_server.law.body_rules import Written
from meeting_server.law.kommunallagen.minutes import MATTER_CONTENT, MEETING_CONTENT
from meeting_server.law.kommunallagen.notice import SUMMONS_CONTENT
from meeting_server.law.posting import NOTICE_CONTENT
from meeting_server.law.regime import REGIMES
from meeting_server.law.sections import PLACES

HOUSE = Path(__file__).parents[3] / "shared"
SOURCES = Path(os.environ.get("KLUBBAN_SOURCES", HOUSE / "sources"))


def quoted() -> list[Written]:
    seen: list[Written] = []
    for regime in REGIMES.values():
        for kind in PROFILES:
            if kind != "advisory_council":
                seen += [rule for rule in regime.body(kind).written() if rule not in seen]
    seen += [rule for rule, _ in BESIDE if rule not in seen]
    return seen


def text(path: Path) -> str:
    """The file as running text: links, emphasis and line breaks taken away."""
    if not path.exists():
        pytest.skip(f"{path.name} is not here; set KLUBBAN_SOURCES to the folder of the statute text")
    unlinked = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", path.read_text(encoding="utf-8"))
    return re.sub(r"\s+", " ", unlinked.replace("**", ""))


def section(chapter: int, number: int) -> str:
    """One section of kommunallagen as running text."""
    path = SOURCES / "kommunallag-2017-725.md"
    text(path)
    statute = path.read_text(encoding="utf-8")
    [part] = re.findall(rf"^## {chapter} kap\..*?(?=^## |\Z)", statute, re.DOTALL | re.MULTILINE)
    [body] = re.findall(rf"^#### {number} §\n(.*?)(?=^#|\Z)", part, re.DOTALL | re.MULTILINE)
    return re.sub(r"\s+", " ", re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", body))


@pytest.mark.parametrize(
    "rule", [r for r in quoted() if r.confirmed], ids=lambda rule: f"{rule.cites} {rule.code}"
)
def test_a_confirmed_quote_stands_verbatim_in_its_section(rule: Written) -> None:
    assert rule.quote in section(rule.cites.chapter, rule.cites.section)


@pytest.mark.parametrize(
    "rule", [r for r in quoted() if not r.confirmed], ids=lambda rule: f"{rule.cites} {rule.code}"
)
def test_an_unconfirmed_quote_stands_in_the_account_of_the_bill(rule: Written) -> None:
    account = text(SOURCES.parent / "law.md")
    assert rule.quote in account


def test_the_points_of_the_minutes_are_the_statutes_words() -> None:
    for words in MEETING_CONTENT.values():
        assert words in section(5, 66)
    for words in MATTER_CONTENT.values():
        assert words in section(5, 67)


def test_the_points_of_the_summons_and_of_the_notice_are_the_statutes_words() -> None:
    for words in SUMMONS_CONTENT.values():
        assert words in section(5, 15)
    for words in NOTICE_CONTENT.values():
        assert words in section(8, 12)


@pytest.mark.parametrize("chapter", [4, 5, 6, 8, 9, 13])
def test_the_ledger_has_every_section_the_statute_has(chapter: int) -> None:
    path = SOURCES / "kommunallag-2017-725.md"
    text(path)
    [part] = re.findall(
        rf"^## {chapter} kap\..*?(?=^## |\Z)", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    there = re.findall(r"^#### (\d+(?: [a-z])?) §", part, re.MULTILINE)
    ours = [place for place in PLACES if place.act == "KL" and place.chapter == chapter]
    assert [f"{p.section} {p.letter}".strip() for p in ours] == there
