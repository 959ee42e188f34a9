"""Every section of the chapters about meetings is accounted for, and every rule has a test."""

from pathlib import Path

import pytest

from meeting_server.law.beside import BESIDE
from meeting_server.law.bodies import PROFILES
from meeting_server.law.catalogue import CATALOGUE
from meeting_server.law.citation import kl
from meeting_server.law.ledger import Row, codes, print_rules, rows
from meeting_server.law.regime import KL_2018, KL_2026, REGIMES, Regime
from meeting_server.law.sections import ELSEWHERE, HEADINGS, KINDS, NOTES, OUTSIDE, PLACES

ROOT = Path(__file__).parents[2]
ROWS = rows()


@pytest.mark.parametrize(("chapter", "last"), [(4, 34), (5, 72), (6, 44), (8, 18), (9, 38), (13, 14)])
def test_every_section_of_the_chapter_is_there_in_order(chapter: int, last: int) -> None:
    repealed = {(4, 8)}
    numbers = [r.citation.section for r in ROWS if r.citation.chapter == chapter and not r.citation.letter]
    assert numbers == [n for n in range(1, last + 1) if (chapter, n) not in repealed]


def test_the_rows_stand_in_statute_order() -> None:
    assert list(ROWS) == sorted(ROWS, key=lambda row: row.citation)
    assert len({row.citation for row in ROWS}) == len(ROWS)


def test_the_inserted_sections_and_those_of_other_acts_are_there() -> None:
    others = {row.citation.short for row in ROWS if row.citation.letter or not row.citation.chapter}
    read = {f"lag (2022:629) {section} §" for section in range(1, 8)}
    assert others == {"KL 4:18 a", "KL 8:16 a", "lag (2003:1210) 19 a §", "dataskyddsförordningen", *read}


def test_a_section_is_accounted_for_in_one_place() -> None:
    assert not OUTSIDE.keys() & (ELSEWHERE.keys() | KINDS.keys() | NOTES.keys())
    assert not ELSEWHERE.keys() & NOTES.keys()
    assert set(PLACES) >= OUTSIDE.keys() | ELSEWHERE.keys() | KINDS.keys() | NOTES.keys() | HEADINGS.keys()


@pytest.mark.parametrize("regime", REGIMES.values(), ids=list(REGIMES))
def test_every_rule_stands_under_its_section(regime: Regime) -> None:
    shown = {(rule.code, rule.cites) for row in rows(regime) for rule in row.rules}
    bodies = [rule for kind in PROFILES for rule in regime.body(kind).written()]
    assert shown == {(rule.code, str(rule.cites)) for rule in (*bodies, *(rule for rule, _ in BESIDE))}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.citation.short)
def test_a_section_has_rules_or_says_why_not(row: Row) -> None:
    if row.kind == "outside":
        assert row.note
        assert not row.rules
    else:
        assert row.rules or row.note
    if row.kind in ("judgement", "duty") and row.rules:
        assert row.kind in {rule.kind for rule in row.rules}


@pytest.mark.parametrize("row", [r for r in ROWS if r.kind != "outside"], ids=lambda row: row.citation.short)
def test_a_section_that_is_not_outside_has_a_test_file_that_exists(row: Row) -> None:
    assert row.test is not None
    assert (ROOT / row.test).exists()


@pytest.mark.parametrize("row", [r for r in ROWS if r.test is None], ids=lambda row: row.citation.short)
def test_only_what_is_outside_has_no_test(row: Row) -> None:
    assert row.kind == "outside"


@pytest.mark.parametrize(
    "row", [r for r in ROWS if r.rules and r.citation.chapter], ids=lambda row: row.citation.short
)
def test_a_section_with_rules_has_its_test_file_headed_by_its_text(row: Row) -> None:
    chapter, section = row.citation.chapter, row.citation.section
    first_line = (ROOT / str(row.test)).read_text(encoding="utf-8").splitlines()[0]
    assert first_line.startswith(f'"""{chapter} kap. {section} §: ')


@pytest.mark.parametrize("folder", ["kl", "proportional"])
def test_no_test_file_is_left_without_a_section(folder: str) -> None:
    held = {ROOT / row.test for row in ROWS if row.test}
    assert set((ROOT / "tests" / "law" / folder).glob("test_*.py")) <= held


def test_a_row_reads_as_a_heading_and_a_place() -> None:
    [quorum] = [row for row in ROWS if row.citation == kl(5, 45)]
    assert (quorum.swedish, quorum.heading, quorum.kind) == (
        "5 kap. 45 § kommunallagen",
        "Beslutsförhet",
        "rule",
    )
    [rule, answers] = quorum.rules
    assert answers.code == "answer-quorum"
    assert (rule.code, rule.body, rule.confirmed) == ("quorum", "assembly", True)


def test_whom_a_rule_binds_is_told() -> None:
    bodies = {rule.body for row in ROWS for rule in row.rules}
    assert bodies == {"assembly", "committee", "both"}


def test_the_old_law_shows_its_own_words_on_distance() -> None:
    def words(regime: Regime) -> set[str]:
        [section] = [row for row in rows(regime) if row.citation == kl(5, 16)]
        return {rule.quote for rule in section.rules}

    assert any("lika villkor" in quote for quote in words(KL_2018))
    assert not any("lika villkor" in quote for quote in words(KL_2026))


def test_the_printed_rules_have_a_line_each_and_mark_the_unconfirmed() -> None:
    head, *lines = print_rules().split("\n\n")[0].splitlines()
    titles = ["code", "citation", "kind", "force", "text", "binds", "regimes", "test", "quote"]
    assert head.split() == titles
    assert {line.split()[0] for line in lines} == codes()
    [ban] = [line for line in lines if line.startswith("presidium-remote") and "kl-2018" not in line]
    assert "unconfirmed: prop. 2025/26:164" in ban
    [old] = [line for line in lines if line.startswith("presidium-remote") and "KL 5:16 st. 2" in line]
    assert "confirmed" in old


def test_the_printed_sections_without_rules_give_a_reason_or_a_test() -> None:
    head, *lines = print_rules().split("\n\n")[1].splitlines()
    assert head.split() == ["section", "kind", "test", "note"]
    assert len(lines) == len([row for row in ROWS if not row.rules])


def test_the_printed_catalogue_has_a_line_for_each_row() -> None:
    head, *lines = print_rules().split("\n\n")[2].splitlines()
    assert head.split() == ["row", "mode", "sure", "sources", "rules", "tests", "title"]
    assert [int(line.split()[0]) for line in lines] == [row.number for row in CATALOGUE]


def test_what_is_not_read_in_the_statute_never_stops_anything_but_where_the_house_says_so() -> None:
    """The bill is law since July 2026; the sums of lag (2022:629) are SKR's own. All else is only shown."""
    hard = {
        rule.cites for row in ROWS for rule in row.rules if not rule.confirmed and rule.force == "enforce"
    }
    assert {cites.split(" st.")[0] for cites in hard} == {
        "KL 5:16",
        "KL 6:24",
        "lag (2003:1210) 19 a §",
        "lag (2022:629) 2 §",
        "lag (2022:629) 3 §",
        "lag (2022:629) 4 §",
        "lag (2022:629) 7 §",
    }
