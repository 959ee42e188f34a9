"""The ledger: every section of the chapters about meetings, with its rules or the reason it has none."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from meeting_server.law.beside import BESIDE, Binds
from meeting_server.law.body_rules import Written
from meeting_server.law.catalogue import CATALOGUE
from meeting_server.law.catalogue_sureness import sureness
from meeting_server.law.citation import Citation
from meeting_server.law.regime import KL_2026, REGIMES, Regime
from meeting_server.law.ruling import Force, Kind
from meeting_server.law.sections import ELSEWHERE, HEADINGS, KINDS, NOTES, OUTSIDE, PLACES
from meeting_server.law.sections import SectionKind as SectionKind

_OWN_PROFILES: Final = ("drafting_committee", "coordination_body")
"""The bodies with a rule that neither the assembly nor an ordinary committee has."""


@dataclass(frozen=True)
class LedgerRule:
    """One rule as the law page shows it; `body` says whom it binds."""

    code: str
    cites: str
    kind: Kind
    force: Force
    body: Binds
    quote: str
    confirmed: bool
    source: str | None
    question: str | None


@dataclass(frozen=True)
class Row:
    """One section of the statute: what kind of thing it is to us, its rules, and a Swedish note or "".

    `test` is the test file that holds it, from the root of the repository; None for one outside.
    """

    citation: Citation
    heading: str
    kind: SectionKind
    rules: tuple[LedgerRule, ...]
    note: str
    test: str | None

    @property
    def swedish(self) -> str:
        """The section as in a sentence: "5 kap. 45 § kommunallagen"."""
        return self.citation.swedish


def rows(regime: Regime = KL_2026) -> tuple[Row, ...]:
    """Every section in statute order with the rules that hold under the regime."""
    held = tuple(_held(regime))
    return tuple(_row(place, held) for place in PLACES)


def codes() -> frozenset[str]:
    """The code of every rule of every regime."""
    return frozenset(rule.code for regime in REGIMES.values() for _, rule in _held(regime))


def _row(section: Citation, held: tuple[tuple[Citation, LedgerRule], ...]) -> Row:
    heading = HEADINGS[max(first for first in HEADINGS if first <= section)]
    if section in OUTSIDE:
        return Row(section, heading, "outside", (), OUTSIDE[section], None)
    kind = KINDS.get(section, "rule")
    rules = tuple(rule for cites, rule in held if section.covers(cites))
    note, test = ELSEWHERE.get(section, (NOTES.get(section, ""), _test_of(section)))
    return Row(section, heading, kind, rules, note, test)


def _test_of(section: Citation) -> str:
    folder = f"kl/test_{section.chapter:02}_" if section.chapter else "proportional/test_"
    return f"tests/law/{folder}{section.section:02}{section.letter}.py"


def _held(regime: Regime) -> Iterator[tuple[Citation, LedgerRule]]:
    assembly, committee = regime.assembly.written(), regime.committee.written()
    for rule in assembly:
        yield rule.cites, _shown(rule, "both" if rule in committee else "assembly")
    for rule in committee:
        if rule not in assembly:
            yield rule.cites, _shown(rule, "committee")
    for kind in _OWN_PROFILES:
        for rule in regime.body(kind).written():
            if rule not in committee:
                yield rule.cites, _shown(rule, "committee")
    for rule, body in BESIDE:
        yield rule.cites, _shown(rule, body)


def _shown(rule: Written, body: Binds) -> LedgerRule:
    return LedgerRule(
        code=rule.code,
        cites=str(rule.cites),
        kind=rule.kind,
        force=rule.force,
        body=body,
        quote=rule.quote,
        confirmed=rule.confirmed,
        source=rule.source,
        question=rule.question,
    )


def print_rules() -> str:
    """The ledger for the `rules` command, as three tables with a blank line between; no last newline.

    Every rule of every regime in statute order; then the sections that have no rule of their own, with their
    notes; then the catalogue of what the product enforces, warns of and records.
    """
    return "\n\n".join(map(_aligned, (_rule_lines(), _section_lines(), _catalogue_lines())))


def _rule_lines() -> list[tuple[str, ...]]:
    regimes: dict[tuple[Citation, LedgerRule], list[str]] = {}
    for regime in REGIMES.values():
        for found in _held(regime):
            regimes.setdefault(found, []).append(regime.id)
    places = rows()
    lines: list[tuple[str, ...]] = [
        ("code", "citation", "kind", "force", "text", "binds", "regimes", "test", "quote")
    ]
    for (cites, rule), ids in sorted(regimes.items(), key=lambda item: (item[0][0], item[0][1].code)):
        text = "confirmed" if rule.confirmed else f"unconfirmed: {rule.source}"
        [test] = [row.test or "" for row in places if row.citation.covers(cites)]
        held = " ".join(ids)
        lines.append((rule.code, rule.cites, rule.kind, rule.force, text, rule.body, held, test, rule.quote))
    return lines


def _section_lines() -> list[tuple[str, ...]]:
    lines: list[tuple[str, ...]] = [("section", "kind", "test", "note")]
    lines += [(row.citation.short, row.kind, row.test or "-", row.note) for row in rows() if not row.rules]
    return lines


def _catalogue_lines() -> list[tuple[str, ...]]:
    lines: list[tuple[str, ...]] = [("row", "mode", "sure", "sources", "rules", "tests", "title")]
    for row in CATALOGUE:
        held = " ".join(row.tests) or "-"
        tests = held if row.built else f"{held} (missing: {row.missing})"
        rules, sure = " ".join(row.rules) or "-", sureness(row.number)
        lines.append((str(row.number), row.mode, sure, row.sources, rules, tests, row.title))
    return lines


def _aligned(lines: list[tuple[str, ...]]) -> str:
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]) - 1)]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(line, widths, strict=False)), line[-1]])
        for line in lines
    )
