"""The refusals the tests of the meeting heard: written down where made, gathered from the workers."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from types import FrameType
from typing import NamedTuple

FOLDER = "refusals"
"""Where in pytest's cache each worker leaves what it heard."""
_PACKAGE = "meeting_server.meeting"
_SHARED = ("grounds", "uncounted")
"""Modules that refuse on behalf of the one that asked them."""

_CALLED = {
    "Anna": "Torgny Tallvik",
    "M2": "Alva Arsjö",
    "M3": "Bodil Bokby",
    "M4": "Moa Mossberg",
    "M5": "Göran Gullhed",
    "M6": "Erik Ekdal",
    "M7": "Per Pilby",
    "A1": "Inga Islöf",
    "A2": "Omar Olvemark",
    "B1": "Jonna Jansdal",
    "Eva": "Inga Islöf",
    "Gun": "Gun Grahn",
    "Kim": "Kim Kvist",
    "Ove": "Ove Olofsson",
    "Sara": "Siv Sandvik",
    "Viv": "Viv Vik",
    "Old": "Rut Rosenlöf",
    "Elder": "Erik Ekdal",
}
"""What the people of the tests are called on the page."""
_NAME = re.compile(r"\b(\w+) \w-son\b")
_MATTER = re.compile(r"”Ärende \d+”")


class Seen(NamedTuple):
    """One refusal as it was made, with the numbers among its facts and the module that refused."""

    code: str
    cites: str
    because: str
    short: str
    numbers: tuple[int, ...]
    module: str


def module_of(frame: FrameType | None) -> str | None:
    """The module of the meeting that refuses, from the frame that does; None outside the meeting."""
    own = None
    while frame is not None:
        name = str(frame.f_globals.get("__name__", ""))
        if not name.startswith(_PACKAGE):
            break
        own = name.removeprefix(_PACKAGE).lstrip(".") or "__init__"
        if own not in _SHARED:
            break
        frame = frame.f_back
    return own


def caller() -> FrameType | None:
    """The frame that made the refusal, seen from what listens to its making."""
    return sys._getframe(2)


def tidy(text: str) -> str:
    """The sentence with names and a title that a reader knows for such."""
    named = _NAME.sub(lambda found: _CALLED.get(found[1], found[0]), text)
    return _MATTER.sub("”Ny simhall”", named)


def heard(cache: Path) -> list[Seen]:
    """Everything the workers left in pytest's cache, once each, with readable names."""
    rows = [row for file in cache.glob("*.json") for row in json.loads(file.read_text(encoding="utf-8"))]
    return sorted({Seen(c, w, tidy(b), tidy(s), tuple(n), m) for c, w, b, s, n, m in rows})
