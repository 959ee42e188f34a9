"""Short ways to make blocks and sections of plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from meeting_server.minutes.document import Block, Run, Section


def paragraph(text: str) -> Block:
    """A paragraph of plain text."""
    return Block("paragraph", runs=(Run(text),))


def quote(text: str) -> Block:
    """A quotation of plain text."""
    return Block("quote", runs=(Run(text),))


def numbered(items: Iterable[str]) -> Block:
    """A numbered list of plain texts."""
    return Block("numbered", items=tuple((Run(item),) for item in items))


def bullets(items: Iterable[str]) -> Block:
    """A list of plain texts."""
    return Block("list", items=tuple((Run(item),) for item in items))


def points(items: Sequence[str]) -> tuple[Block, ...]:
    """The points of a proposal or decision: numbered when there are several, else one paragraph."""
    if not items:
        return ()
    return (numbered(items),) if len(items) > 1 else (paragraph(items[0]),)


def prose(text: str) -> tuple[Block, ...]:
    """A written text as blocks: a blank line parts paragraphs, single line breaks are spaces."""
    parts = (" ".join(part.split()) for part in text.replace("\r\n", "\n").split("\n\n"))
    return tuple(paragraph(part) for part in parts if part)


def section(key: str, heading: str, *blocks: Block) -> tuple[Section, ...]:
    """One section, or none when there is nothing in it."""
    return (Section(key, heading, blocks),) if blocks else ()
