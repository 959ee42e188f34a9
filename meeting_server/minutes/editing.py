"""The plain form in which a secretary edits a paragraph: headings, blocks and runs to marked text and back.

`# Rubrik` opens a section, a blank line ends a block, `- ` and `1. ` are lists, `> ` a quotation, `**fet**`
and `*kursiv*` styles, `[Voteringslista d3]` the place of a list of votes; a backslash makes the next sign
literal. Reading never guesses: what cannot be read is a fault with its line and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from meeting_server.minutes.document import Block, Run, Section

VOTES = re.compile(r"\[Voteringslista (d\d+)\]")
NUMBERED = re.compile(r"\d{1,3}\. +")
_SPECIAL_START = re.compile(r"(#|-|>|\[|\d{1,3}\.)")


@dataclass(frozen=True)
class Fault:
    """Something in an edited text that cannot stand: where (line and column from 1) and why, in Swedish."""

    line: int
    column: int
    message: str
    character: str | None = None


@dataclass(frozen=True)
class Written:
    """One section as written: its heading, its blocks, and the line its heading stands on."""

    heading: str
    blocks: tuple[Block, ...]
    line: int


def section_text(section: Section) -> str:
    """A section's blocks in editing form, without the heading."""
    return blocks_text(section.blocks)


def blocks_text(blocks: Iterable[Block]) -> str:
    """Blocks in editing form; `read` gives equal blocks back."""
    return "\n\n".join(_block_text(block) for block in blocks)


def whole_text(sections: Iterable[Section]) -> str:
    """All sections with their headings, as the secretary sees them."""
    return "\n\n".join(f"# {one.heading}\n{section_text(one)}".rstrip() for one in sections) + "\n"


def _block_text(block: Block) -> str:
    match block.kind:
        case "list":
            return "\n".join(f"- {_runs_text(item)}" for item in block.items)
        case "numbered":
            return "\n".join(f"{n}. {_runs_text(item)}" for n, item in enumerate(block.items, 1))
        case "quote":
            return "> " + _runs_text(block.runs)
        case "votes":
            return f"[Voteringslista {block.division}]"
        case _:
            text = _runs_text(block.runs)
            start = _SPECIAL_START.match(text)
            if start and start.group(1)[0].isdigit():
                return text[: start.end() - 1] + "\\" + text[start.end() - 1 :]
            return "\\" + text if start else text


def _runs_text(runs: Sequence[Run]) -> str:
    made = []
    for run in runs:
        mark = "*" * (2 * run.bold + run.italic)
        made.append(mark + run.text.replace("\\", "\\\\").replace("*", "\\*") + mark)
    return "".join(made)


def read(text: str) -> tuple[tuple[Written, ...], tuple[Fault, ...]]:
    """Read a whole paragraph in editing form: its sections, and every fault found."""
    faults: list[Fault] = []
    sections: list[Written] = []
    heading: tuple[str, int] | None = None
    body: list[tuple[int, str]] = []

    def finish() -> None:
        if heading is not None:
            sections.append(Written(heading[0], _read_blocks(body, faults), heading[1]))
        else:
            first = next((n for n, line in body if line.strip()), None)
            if first is not None:
                faults.append(Fault(first, 1, "Texten måste stå under en rubrik, till exempel «# Beslut»."))

    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if line.startswith("#"):
            finish()
            title = line.lstrip("#").strip()
            if not title:
                faults.append(Fault(number, 1, "Rubriken är tom."))
            elif any(title.casefold() == one.heading.casefold() for one in sections):
                faults.append(Fault(number, 1, f"Rubriken «{title}» finns två gånger."))
            heading, body = (title, number), []
        else:
            body.append((number, line))
    finish()
    return tuple(sections), tuple(faults)


def read_section(text: str) -> tuple[Block, ...]:
    """Read one section's text; faults are ignored (the text was checked when it was saved)."""
    return _read_blocks(list(enumerate(text.split("\n"), 1)), [])


def _read_blocks(lines: Sequence[tuple[int, str]], faults: list[Fault]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    pending: list[tuple[str, int, str]] = []

    def finish() -> None:
        if not pending:
            return
        kind = pending[0][0]
        if kind in ("list", "numbered"):
            items = tuple(_read_runs(text, number, faults) for _, number, text in pending)
            blocks.append(Block("list" if kind == "list" else "numbered", items=items))
        else:
            joined = " ".join(text for _, _, text in pending)
            runs = _read_runs(joined, pending[0][1], faults)
            blocks.append(Block("quote" if kind == "quote" else "paragraph", runs=runs))
        pending.clear()

    for number, line in lines:
        stripped = line.strip()
        votes = VOTES.fullmatch(stripped)
        if not stripped or votes:
            finish()
            if votes:
                blocks.append(Block("votes", division=votes.group(1)))
            continue
        kind, rest = _kind_of(stripped)
        if kind == "paragraph" and pending and pending[0][0] in ("list", "numbered"):
            previous_kind, at, before = pending.pop()  # an item that goes on over the next line
            pending.append((previous_kind, at, f"{before} {rest}"))
            continue
        if pending and pending[0][0] != kind:
            finish()
        pending.append((kind, number, rest))
    finish()
    return tuple(blocks)


def _kind_of(line: str) -> tuple[Literal["list", "numbered", "quote", "paragraph"], str]:
    if line.startswith("- "):
        return "list", line[2:].strip()
    if numbered := NUMBERED.match(line):
        return "numbered", line[numbered.end() :].strip()
    if line.startswith(">"):
        return "quote", line[1:].strip()
    return "paragraph", line


def _read_runs(text: str, line: int, faults: list[Fault]) -> tuple[Run, ...]:
    runs: list[Run] = []
    held: list[str] = []
    bold = italic = False
    opened = 0
    at = 0

    def finish() -> None:
        if held:
            runs.append(Run("".join(held), bold, italic))
            held.clear()

    while at < len(text):
        sign = text[at]
        if sign == "\\" and at + 1 < len(text):
            held.append(text[at + 1])
            at += 2
        elif sign == "*":
            stars = len(text[at:]) - len(text[at:].lstrip("*"))
            if stars > 3:
                faults.append(Fault(line, at + 1, "Fler än tre stjärnor i rad går inte att tolka.", "*"))
            finish()
            opened = at + 1
            if stars >= 2:
                bold = not bold
            if stars in (1, 3):
                italic = not italic
            at += stars
        else:
            held.append(sign)
            at += 1
    if bold or italic:
        faults.append(
            Fault(line, opened, "En stjärna som inleder fet eller kursiv text saknar sin avslutning.", "*")
        )
    finish()
    return tuple(runs)
