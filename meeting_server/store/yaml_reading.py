"""Reading YAML strictly and with places: every fault of a file at once, with line, column and path.

Every scalar is text until somebody asks for a number or a date, so that party N and version 1.10 stay what
was written. Anchors, aliases and tags are refused: a register needs none, and an alias can make a small file
huge.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

import yaml

from meeting_server.meeting.lengths import LONGEST_NAME, LONGEST_TITLE
from meeting_server.meeting.local_time import SWEDISH_TIME

Value = TypeVar("Value")

# What a question for a time answers beside a fault; never part of a register that is imported.
NO_DAY = date(2000, 1, 1)
NO_INSTANT = datetime(2000, 1, 1, tzinfo=SWEDISH_TIME)
MOST_LEVELS = 50
"""A register has ten; the readers of YAML call themselves for each, and one of them has no end of its own."""
_FAST: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""LibYAML's reader, which not every build of PyYAML has."""
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# A birth date and four more digits: nothing in the register may look like one. A co-ordination number has its
# day plus 60. An organisation number has a "month" of 20 or more and is let through.
_BIRTH = r"(\d\d)?\d\d(0[1-9]|1[0-2])([0-2]\d|3[01]|[6-8]\d|9[01])"
_IDENTITY_NUMBER = re.compile(rf"(?<!\d){_BIRTH}[-+ ]?\d{{4}}(?!\d)")


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in the file: where (line and column from 1, path from the top) and why, in Swedish."""

    line: int
    column: int
    path: str
    because: str

    def __str__(self) -> str:
        return f"{self.line}:{self.column} {self.path}: {self.because}"


class BadRegister(Exception):
    """The file cannot be imported; `faults` is everything that is wrong, in the order of the file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass(frozen=True)
class Place:
    """Where something stands in the file."""

    line: int
    column: int
    path: str

    def fault(self, because: str) -> Fault:
        """A fault at this place."""
        return Fault(self.line, self.column, self.path, because)


class Part:
    """A node of the file.

    Every question is answered with a value; when it cannot, a fault is noted as well.
    """

    def __init__(self, node: yaml.Node, path: str, faults: list[Fault]) -> None:
        self._node = node
        self._faults = faults
        self.place = Place(node.start_mark.line + 1, node.start_mark.column + 1, path or "filen")

    def fault(self, because: str) -> None:
        """Note that something is wrong here."""
        self._faults.append(self.place.fault(because))

    def fields(self, required: Iterable[str], optional: Iterable[str] = ()) -> Mapping[str, Part]:
        """The parts of a mapping with these keys; unknown, missing and repeated keys are faults."""
        required, known = list(required), [*required, *optional]
        found: dict[str, Part] = {}
        for key, part in self._pairs():
            if key not in known:
                near = difflib.get_close_matches(key, known, 1)
                hint = f"; menas {near[0]}?" if near else f"; här kan stå {', '.join(known)}"
                part.fault(f"{key} finns inte här{hint}")
            else:
                found[key] = part
        if isinstance(self._node, yaml.MappingNode):
            for key in required:
                if key not in found:
                    self.fault(f"{key} saknas")
        return found

    @property
    def has_fields(self) -> bool:
        """Whether it is fields with values, and not a single value or a list."""
        return isinstance(self._node, yaml.MappingNode)

    def entries(self) -> list[tuple[str, Part]]:
        """The keys and values of a mapping with keys of the writer's own."""
        return self._pairs()

    def items(self) -> list[Part]:
        """The parts of a list."""
        if not isinstance(self._node, yaml.SequenceNode):
            self.fault("ska vara en lista")
            return []
        path = "" if self.place.path == "filen" else self.place.path
        return [Part(node, f"{path}[{number}]", self._faults) for number, node in enumerate(self._node.value)]

    def text(self, longest: int = 20_000) -> str:
        """A text that is not empty."""
        if not isinstance(self._node, yaml.ScalarNode):
            self.fault("ska vara en text")
            return ""
        value = str(self._node.value).strip()
        if not value:
            self.fault("är tomt")
        elif len(value) > longest:
            self.fault(f"har {len(value)} tecken; högst {longest} får plats")
        elif unfit := [mark for mark in value if ord(mark) < 32 and mark not in "\n\t"]:
            self.fault(f"har ett styrtecken (U+{ord(unfit[0]):04X})")
        elif half := [mark for mark in value if "\ud800" <= mark <= "\udfff"]:
            self.fault(f"har ett halvt tecken (U+{ord(half[0]):04X}), som inte kan sparas")
        elif _IDENTITY_NUMBER.search(value):
            self.fault("ser ut att innehålla ett personnummer; sådana får inte finnas i registret")
        return value

    def line(self, longest: int) -> str:
        """A text on one line, which stands in headings, lists and the subjects of letters."""
        value = self.text(longest)
        if len(value.splitlines()) > 1 or "\t" in value:
            self.fault("ska stå på en rad, utan radbrytning och tabb")
            return " ".join(value.split())
        return value

    def name(self) -> str:
        """What somebody or something is called, as it stands in lists and on walls."""
        return self.line(LONGEST_NAME)

    def reference(self) -> str:
        """Where a decision is found, such as KF 2026-06-15 § 71."""
        return self.line(LONGEST_TITLE)

    def slug(self) -> str:
        """A name for programs: small letters a–z, digits and single hyphens, at most 80."""
        value = self.text(80)
        if value and not _SLUG.fullmatch(value):
            self.fault(f"{value!r} ska ha bara a–z, 0–9 och enkla bindestreck")
        return value

    def number(self, lowest: int, highest: int) -> int:
        """A whole number between the two, both included."""
        value = self.text(80)
        if not re.fullmatch(r"-?[0-9]{1,9}", value):
            if value:
                self.fault(f"ska vara ett heltal, inte {value!r}")
            return lowest
        if not lowest <= int(value) <= highest:
            self.fault(f"ska vara mellan {lowest} och {highest}, inte {value}")
            return lowest
        return int(value)

    def choice(self, words: Mapping[str, Value]) -> Value:
        """What one of these Swedish words stands for; the first when it is none of them."""
        value = self.text(200)
        if value and value not in words:
            self.fault(f"ska vara {_either(words)}, inte {value!r}")
        return words.get(value, next(iter(words.values())))

    def yes_or_no(self) -> bool:
        """ja or nej."""
        return self.choice({"nej": False, "ja": True})

    def day(self) -> date:
        """A date written 2026-11-23."""
        value = self.text(40)
        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            if value:
                self.fault(f"ska vara ett datum som 2026-11-23, inte {value!r}")
            return NO_DAY

    def instant(self) -> datetime:
        """A Swedish local time written 2026-11-23 16:00; aware, with the offset of that day."""
        value = self.text(40)
        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}", value):
                raise ValueError
            return datetime.fromisoformat(value).replace(tzinfo=SWEDISH_TIME)
        except ValueError:
            if value:
                self.fault(f"ska vara dag och tid som 2026-11-23 16:00, inte {value!r}")
            return NO_INSTANT

    def _pairs(self) -> list[tuple[str, Part]]:
        if not isinstance(self._node, yaml.MappingNode):
            self.fault("ska vara fält med värden (nyckel: värde)")
            return []
        path = "" if self.place.path == "filen" else self.place.path + "."
        pairs: dict[str, Part] = {}
        for key_node, node in self._node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            part = Part(node, path + key, self._faults)
            if key in pairs:
                part.fault(f"{key} står två gånger")
            pairs[key] = part
        return list(pairs.items())


def given(parts: Mapping[str, Part], key: str, ask: Callable[[Part], Value], otherwise: Value) -> Value:
    """What the part under `key` answers, or `otherwise` when it is not there."""
    return ask(parts[key]) if key in parts else otherwise


def listed(parts: Mapping[str, Part], key: str) -> list[Part]:
    """The entries of the list under `key`; none when it is not there."""
    return parts[key].items() if key in parts else []


def read_yaml(text: str, faults: list[Fault]) -> Part | None:
    """The top of a file, or None when it is no YAML we read; then `faults` says why."""
    try:
        found = _top(text, _FAST)
    except (yaml.YAMLError, UnicodeError):
        # The other reader is ten times slower, takes every escape as it is, and says better what is wrong.
        try:
            found = _top(text, yaml.BaseLoader)
        except yaml.MarkedYAMLError as error:
            place = _place_of(error.problem_mark or error.context_mark)
            found = place.fault(f"är inte giltig YAML: {error.problem}")
        except yaml.YAMLError as error:
            found = Fault(1, 1, "filen", f"är inte giltig YAML: {type(error).__name__}")
    if isinstance(found, Fault):
        faults.append(found)
        return None
    return Part(found, "", faults)


def _top(text: str, loader: Any) -> yaml.Node | Fault:
    """The top of a file, or what is not read though it is YAML. Raises YAMLError or UnicodeError."""
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        if (
            isinstance(event, yaml.AliasEvent)
            or getattr(event, "anchor", None)
            or getattr(event, "tag", None)
        ):
            return _place_of(event.start_mark).fault("ankare, alias och taggar läses inte")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MOST_LEVELS:
            return _place_of(event.start_mark).fault(f"har mer än {MOST_LEVELS} nivåer i varandra")
    node: yaml.Node | None = yaml.compose(text, Loader=loader)
    return node or Fault(1, 1, "filen", "är tom")


def _place_of(mark: Any) -> Place:
    return Place(1, 1, "filen") if mark is None else Place(mark.line + 1, mark.column + 1, "filen")


def _either(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} eller {last}" if first else last
