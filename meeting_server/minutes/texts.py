"""The secretary's own text of a paragraph: what is kept of it, how it meets the log, and how the two differ.

Only the sections that the secretary has changed are kept; every other section goes on following the log. A
kept section carries the composed text it was written against (`base`), so that something that happens later
is seen as *outdated* and shown, and never overwrites what a person wrote.
"""

from __future__ import annotations

import dataclasses
import difflib
import itertools
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from meeting_server.meeting.outcome import Refusal
from meeting_server.minutes.document import Block, Minutes, Paragraph, Section
from meeting_server.minutes.editing import (
    Fault,
    Written,
    blocks_text,
    read,
    read_section,
    section_text,
    whole_text,
)
from meeting_server.minutes.glyphs import called, unshown, unshown_in
from meeting_server.minutes.wording import listed
from meeting_server.wire.json import is_unkeepable

LIMIT = 60_000
_WORDS = re.compile(r"\s+|[^\s]+")


class TextRefused(Exception):
    """An edited text that cannot stand; `faults` says where and why."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(faults[0].message)
        self.faults = faults

    def refusal(self) -> Refusal:
        """The answer to the secretary: the first fault and every character that cannot be printed in words.

        All of them are in the facts.
        """
        signs: dict[str, list[int]] = {}
        other: list[Fault] = []
        for one in self.faults:
            if one.character is not None and unshown_in((one.character,)):
                lines = signs.setdefault(one.character, [])
                lines.extend([] if one.line in lines else [one.line])
            else:
                other.append(one)
        said = []
        if other:
            more = f" Ytterligare {len(other) - 1} fel finns." if len(other) > 1 else ""
            said.append(f"Rad {other[0].line}, tecken {other[0].column}: {other[0].message}{more}")
        if signs:
            named = [
                f"{called(sign)} på rad {listed([str(line) for line in lines])}"
                for sign, lines in signs.items()
            ]
            which = "Tecknet" if len(named) == 1 else "Tecknen"
            said.append(f"{which} {listed(named)} kan inte skrivas i protokollet.")
        return Refusal(
            "minutes-text",
            "system",
            " ".join(said),
            "texten kan inte sparas",
            {"faults": [dataclasses.asdict(one) for one in self.faults]},
        )


@dataclass(frozen=True)
class Kept:
    """One section the secretary has written: its text, and the composed text it was written against.

    `text` is None when the secretary took the section out; `base` is None for a section of the secretary's
    own.
    """

    key: str
    heading: str
    text: str | None
    base: str | None


@dataclass(frozen=True)
class Segment:
    """A stretch of a comparison.

    In both, only in the composed text (`del`), only in the secretary's (`ins`).
    """

    op: Literal["same", "del", "ins"]
    text: str


@dataclass(frozen=True)
class Difference:
    """A section where the secretary's text and the log part.

    `outdated`: the log moved after the text was written.
    """

    section: str
    heading: str
    kind: Literal["changed", "removed", "added", "outdated"]
    note: str
    segments: tuple[Segment, ...]


NOTES: Mapping[str, str] = {
    "changed": "Texten skiljer sig från det som har hänt.",
    "removed": "Avsnittet är borttaget men finns i det som har hänt.",
    "added": "Avsnittet är sekreterarens eget.",
    "outdated": "Något har hänt efter att texten skrevs.",
}


def editing_text(paragraph: Paragraph) -> str:
    """The whole paragraph in editing form, as the secretary sees it."""
    return whole_text(paragraph.sections)


def save(composed: Paragraph, text: str, previous: str = "", seen: str | None = None) -> str:
    """Turn a saved text into what is stored: opaque to the store, "" when nothing differs from the log.

    `previous` is what was stored before and `seen` the text the secretary began from: a section that is the
    same in `seen` and `text` was not touched and keeps its standing, even when the log has moved meanwhile,
    and a section that is in neither was never shown and keeps its own.
    Raises TextRefused with every fault, characters that no font can show in what the secretary has changed
    included: what members wrote stands in the log, and must not stop the secretary. A line may end as
    Windows ends it; any other control character is such a fault.
    """
    text, seen = _lines(text), None if seen is None else _lines(seen)
    if len(text) > LIMIT:
        raise TextRefused((Fault(1, 1, f"Texten är {len(text)} tecken; högst {LIMIT} ryms i en paragraf."),))
    written, faults = read(text)
    before = {one.key: one for one in _load(previous)}
    untouched = _by_heading(seen)
    drawn = {section.key: section for section in composed.sections}
    from_log = {section.heading.casefold(): section_text(section) for section in composed.sections}
    odd = [
        one for one in _unprintable(text) if not _is_not_the_secretarys(one, written, (untouched, from_log))
    ]
    faults = tuple(sorted((*faults, *odd), key=lambda one: (one.line, one.column)))
    if faults:
        raise TextRefused(faults)
    kept: list[Kept] = []
    order: list[str] = []
    free = (f"own-{n}" for n in itertools.count(1))
    for part in written:
        key = _key_of(part.heading, composed, before)
        if key is None:
            key = next(one for one in free if one not in before)
        order.append(key)
        body = blocks_text(part.blocks)
        old = before.get(key)
        if untouched.get(part.heading.casefold()) == body:
            kept.extend([old] if old is not None else [])
        elif key not in drawn:
            kept.append(Kept(key, part.heading, body, None))
        elif body != section_text(drawn[key]):
            kept.append(Kept(key, part.heading, body, section_text(drawn[key])))
    for key, section in drawn.items():
        if key in order:
            continue
        if seen is None or section.heading.casefold() in untouched:
            kept.append(Kept(key, section.heading, None, section_text(section)))
        elif key in before:
            kept.append(before[key])
    if seen is not None:  # a section of the secretary's own, saved from another window since
        kept.extend(
            old
            for key, old in before.items()
            if key not in drawn and key not in order and old.heading.casefold() not in untouched
        )
    return _dump(kept, order, [section.key for section in composed.sections])


def restore(composed: Paragraph, stored: str, section: str) -> str:
    """Let one section follow the log again; "" when nothing of the secretary's is left."""
    kept = [one for one in _load(stored) if one.key != section]
    drawn = [one.key for one in composed.sections]
    known = {*drawn, *(one.key for one in kept)}
    return _dump(kept, [key for key in _merged_order(stored, drawn) if key in known], drawn)


def apply(composed: Minutes, stored: Mapping[str, str]) -> Minutes:
    """The minutes with the secretary's sections in place.

    `stored` is by matter; "" or missing means as composed.
    """
    return dataclasses.replace(
        composed,
        paragraphs=tuple(merge(one, stored.get(one.matter, "")) for one in composed.paragraphs),
    )


def merge(composed: Paragraph, stored: str) -> Paragraph:
    """One paragraph with the secretary's sections in place.

    Lists of votes are put back if they were taken out.
    """
    if not stored:
        return composed
    kept = {one.key: one for one in _load(stored)}
    drawn = {one.key: one for one in composed.sections}
    made: list[Section] = []
    for key in _merged_order(stored, [one.key for one in composed.sections]):
        mine, ours = kept.get(key), drawn.get(key)
        if mine is None:
            made.extend([ours] if ours is not None else [])
        elif mine.text is not None:
            made.append(Section(key, mine.heading, read_section(mine.text), "secretary"))
    return dataclasses.replace(composed, sections=_with_votes(made, composed))


def differences(composed: Paragraph, stored: str) -> tuple[Difference, ...]:
    """Every section where the secretary's text and the log part, with the words that differ."""
    drawn = {one.key: section_text(one) for one in composed.sections}
    found = []
    for mine in _load(stored):
        now = drawn.get(mine.key)
        text = mine.text or ""
        if mine.base is not None and mine.base != (now or "") and text != (now or ""):
            kind: Literal["changed", "removed", "added", "outdated"] = "outdated"
        elif mine.text is None and now is None:
            continue
        elif mine.text is None:
            kind = "removed"
        elif now is None:
            kind = "added"
        elif text == now:
            continue
        else:
            kind = "changed"
        found.append(Difference(mine.key, mine.heading, kind, NOTES[kind], compare(now or "", text)))
    return tuple(found)


def compare(composed: str, text: str) -> tuple[Segment, ...]:
    """Word by word what was taken out of the composed text and what was put in."""
    left, right = _WORDS.findall(composed), _WORDS.findall(text)
    segments: list[Segment] = []
    for op, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if op == "equal":
            segments.append(Segment("same", "".join(left[a:b])))
            continue
        if b > a:
            segments.append(Segment("del", "".join(left[a:b])))
        if d > c:
            segments.append(Segment("ins", "".join(right[c:d])))
    return tuple(segments)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")


def _unprintable(text: str) -> list[Fault]:
    """What no font can show, and the control characters, which minutes that are read again cannot hold."""
    found = list(unshown(text))
    places = {(one.line, one.column) for one in found}
    for number, line in enumerate(text.split("\n"), 1):
        for column, sign in enumerate(line, 1):
            if is_unkeepable(sign) and (number, column) not in places:
                because = f"Tecknet {called(sign)} kan inte skrivas i protokollet."
                found.append(Fault(number, column, because, sign))
    return found


def _key_of(heading: str, composed: Paragraph, before: Mapping[str, Kept]) -> str | None:
    folded = heading.casefold()
    for section in composed.sections:
        if section.heading.casefold() == folded:
            return section.key
    return next((key for key, one in before.items() if one.heading.casefold() == folded), None)


def _is_not_the_secretarys(
    fault: Fault, written: Sequence[Written], standing: Sequence[Mapping[str, str]]
) -> bool:
    """Whether the fault is in a section that is as it stood, in the log or before the secretary began."""
    section = next((one for one in reversed(written) if one.line <= fault.line), None)
    return section is not None and any(
        each.get(section.heading.casefold()) == blocks_text(section.blocks) for each in standing
    )


def _by_heading(text: str | None) -> dict[str, str]:
    if text is None:
        return {}
    return {
        one.heading.casefold(): section_text(Section("", one.heading, one.blocks)) for one in read(text)[0]
    }


def _with_votes(sections: list[Section], composed: Paragraph) -> tuple[Section, ...]:
    """Put back the lists of votes an edited text lost: the law wants them (KL 5:67 p.

    5), so they cannot go.
    """
    present = {block.division for section in sections for block in section.blocks if block.kind == "votes"}
    for source in composed.sections:
        lost = tuple(b for b in source.blocks if b.kind == "votes" and b.division not in present)
        if not lost:
            continue
        at = next((n for n, one in enumerate(sections) if one.key == source.key), None)
        if at is None:
            sections.append(Section(source.key, source.heading, lost))
        else:
            sections[at] = dataclasses.replace(sections[at], blocks=(*sections[at].blocks, *lost))
    known = {b.division for section in composed.sections for b in section.blocks if b.kind == "votes"}
    return tuple(
        dataclasses.replace(one, blocks=tuple(b for b in one.blocks if _stands(b, known))) for one in sections
    )


def _stands(block: Block, known: set[str | None]) -> bool:
    return block.kind != "votes" or block.division in known


def _merged_order(stored: str, drawn: list[str]) -> list[str]:
    """The secretary's order; sections that came later stand after the one they follow when composed."""
    order = _order(stored) or list(drawn)
    kept = [one.key for one in _load(stored)]
    order += [key for key in kept if key not in order and key not in drawn]
    for at, key in enumerate(drawn):
        if key not in order:
            before = next((one for one in reversed(drawn[:at]) if one in order), None)
            order.insert(order.index(before) + 1 if before is not None else 0, key)
    return order


def _load(stored: str) -> tuple[Kept, ...]:
    if not stored:
        return ()
    data: Any = json.loads(stored)
    return tuple(Kept(**one) for one in data["kept"])


def _order(stored: str) -> list[str]:
    if not stored:
        return []
    data: Any = json.loads(stored)
    return [str(one) for one in data["order"]]


def _dump(kept: list[Kept], order: list[str], drawn: list[str]) -> str:
    if not kept and (not order or order == drawn):
        return ""
    data = {"kept": [dataclasses.asdict(one) for one in kept], "order": order}
    return json.dumps(data, ensure_ascii=False, sort_keys=True)
