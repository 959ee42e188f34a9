"""The page of refusals: one row per code and part of the meeting, kept for the product and for reading."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

from tests.seen.refusals import Seen

ROOT: Final = Path(__file__).parents[2]
STORED: Final = ROOT / "web" / "refusals.json"
READABLE: Final = ROOT / "docs" / "refusals.md"

Row: TypeAlias = dict[str, Any]

_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "Vem som gör vad, och när": ("__init__",),
    "Närvaro och distans": (
        "attendance",
        "taking_back",
        "observing",
        "summons",
        "lobby",
        "strong_identity",
        "presence",
        "presence_changes",
        "uncounted",
        "remote",
    ),
    "Ersättare": ("substitution", "substitutes"),
    "Ordningen": ("conduct",),
    "Sammanträdets gång": (
        "proceeding",
        "another_day",
        "undecided",
        "striking",
        "presiding",
        "procedural",
        "sitting",
        "verification",
        "grounds",
        "lengths",
    ),
    "Brådskande ärenden": ("urgency", "matter_facts"),
    "Överläggning": ("speaking", "floor_rights", "doors", "publicity", "undisturbed", "webcasting"),
    "Interpellationer och frågor": ("asking",),
    "Yrkanden": ("proposing", "refusing", "minority"),
    "Beslut": ("questions", "gavel", "deciding", "abstention", "blocks", "reordering", "qualifying"),
    "Votering": ("voting", "tally"),
    "Val": ("nominating", "electing", "proportioning", "deferring"),
    "Slutna omröstningar och lottning": ("balloting", "drawing"),
    "Jäv": ("conflicts", "disputes"),
    "Reservationer": ("reservations",),
}
"""Heading → the modules whose refusals stand under it; a module not named here has a heading to get."""

_NAME = r"[A-ZÅÄÖ][\w-]+( [A-ZÅÄÖ][\w-]+)*( \(\w\))"
_VARYING = re.compile(rf"\d+|”[^”]*”|{_NAME}(?:, {_NAME})*")


def headings() -> dict[str, str]:
    """Module → heading."""
    return {module: heading for heading, modules in _PARTS.items() for module in modules}


def parts() -> tuple[str, ...]:
    """The headings in the order of a meeting."""
    return tuple(_PARTS)


def rows_of(seen: Iterable[Seen]) -> list[Row]:
    """The rows of the page: each way to say a no once, in the order of the meeting."""
    under = headings()
    rows: dict[tuple[str, str], dict[str, Seen]] = {}
    grounds: dict[tuple[str, str], set[str]] = {}
    for one in seen:
        grounds.setdefault((under[one.module], one.code), set()).add(one.cites)
        ways = rows.setdefault((under[one.module], one.code), {})
        shape = _VARYING.sub("#", one.because)
        ways[shape] = min(ways.get(shape, one), one, key=lambda s: (len(s.because), s.because))
    order = list(_PARTS)
    return [
        {
            "part": part,
            "code": code,
            "cites": sorted(grounds[part, code]),
            "says": [{"because": one.because, "short": one.short} for one in _by_text(ways.values())],
        }
        for (part, code), ways in sorted(rows.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
    ]


def _by_text(ways: Iterable[Seen]) -> list[Seen]:
    return sorted(ways, key=lambda one: one.because)


def stored() -> list[Row]:
    """The rows as they are kept in the product."""
    rows: list[Row] = json.loads(STORED.read_text(encoding="utf-8"))
    return rows


def store(rows: Sequence[Row]) -> None:
    """Keep the rows in the product and beside it as text."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    STORED.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    READABLE.write_text(as_text(rows), encoding="utf-8")


def as_text(rows: Sequence[Row]) -> str:
    """The page in Markdown."""
    made = [
        "# Varför det inte går",
        "",
        "Alla avslag som systemet kan ge under ett sammanträde, så som de sägs. Exemplen är hämtade ur",
        "testerna: varje mening har sagts av det riktiga systemet. Namn och tal är påhittade. Till vänster",
        "står koden, därefter grunden: ett lagrum, organets egna regler eller systemet självt.",
    ]
    for part in _PARTS:
        under = [row for row in rows if row["part"] == part]
        if not under:
            continue
        made += ["", f"## {part}", "", "| Kod | Grund | Så sägs det | På knappen |", "|---|---|---|---|"]
        for row in under:
            for number, way in enumerate(row["says"]):
                code = f"`{row['code']}`" if not number else ""
                ground = ", ".join(row["cites"]) if not number else ""
                made.append(f"| {code} | {ground} | {way['because']} | {way['short']} |")
    return "\n".join([*made, ""])
