"""How long a text that somebody writes may be: what pages, minutes and lists can show."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Final

from meeting_server.meeting.outcome import Command, Refusal

LONGEST_TITLE: Final = 300
LONGEST_REFERENCE: Final = 60
LONGEST_NAME: Final = 120
LONGEST_TEXT: Final = 10_000

LONGEST: Final[Mapping[str, tuple[str, int]]] = {
    "title": ("Rubriken", LONGEST_TITLE),
    "reference": ("Diarienumret", LONGEST_REFERENCE),
    "name": ("Namnet", LONGEST_NAME),
    "listener": ("Namnet", LONGEST_NAME),
    "party": ("Partibeteckningen", 20),
    "place_and_time": ("Tid och plats", 300),
    "reason": ("Skälet", 1_000),
    "override_reason": ("Skälet", 1_000),
    "ruled": ("Skälet", 1_000),
    "points": ("En beslutspunkt", 4_000),
    "text": ("Texten", LONGEST_TEXT),
    "motivation": ("Motiveringen", LONGEST_TEXT),
    "background": ("Bakgrunden", LONGEST_TEXT),
}
"""A command's field of free text → what it is called, and how many characters it may have."""


def require_lengths(command: Command) -> None:
    """That every text of the command has room. Raises Refusal with its length and the limit."""
    for field in dataclasses.fields(command):  # type: ignore[arg-type]  # every command is a dataclass
        if field.name not in LONGEST:
            continue
        called, longest = LONGEST[field.name]
        for text in _texts(getattr(command, field.name)):
            length = len(text.strip())
            if length > longest:
                raise Refusal(
                    "text-too-long",
                    "system",
                    f"{called} har {length} tecken; högst {longest} får plats.",
                    f"Högst {longest} tecken",
                    {"length": length, "longest": longest},
                )


def _texts(value: str | tuple[str, ...] | None) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif value is not None:
        yield from value
