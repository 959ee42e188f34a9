"""What deciding can end in: events that happened, or a refusal that says why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


class Command:
    """An act somebody wants done; imperative, and nothing has happened yet."""

    __slots__ = ()


class Event:
    """Something that happened in the hall; past tense, and never undone, only followed."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One event as it stands in the log.

    `seq` counts from 1 through the meeting; `at` is an aware UTC instant and the only time there is;
    `actor` is a person id or "system"; `command_id` is the client's name for the command that led here.
    """

    seq: int
    at: datetime
    actor: str
    command_id: str | None
    event: Event


@dataclass
class Refusal(Exception):
    """A lawful no: an answer with its ground, not a fault.

    `code` is a stable English noun, `cites` the ground ("KL 5:45", "reglementet", "arbetsordningen" or
    "system"), `because` a Swedish sentence with the numbers, `short` at most six words for a grey button,
    `facts` the numbers and names by themselves.
    """

    code: str
    cites: str
    because: str
    short: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The sentence with its ground, as it would be read aloud."""
        return f"{self.because} ({self.cites}, {self.code})"


def kebab(kind: type[object]) -> str:
    """The stable wire name of a command or event class: `OpenDivision` is `open-division`."""
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in kind.__name__).lstrip("-")
