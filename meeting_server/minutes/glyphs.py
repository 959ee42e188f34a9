"""Which characters the fonts of the minutes can show, asked of the font files themselves."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from fontTools.ttLib import TTFont

from meeting_server.minutes.editing import Fault

FONTS = Path(__file__).resolve().parent / "fonts"
_LAYOUT = frozenset("\n\r\t")


@functools.cache
def shown() -> frozenset[int]:
    """Code points that every vendored face (regular, bold, italic, bold italic) has a glyph for."""
    faces = []
    for path in sorted(FONTS.glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            faces.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*faces)


def unshown(text: str) -> tuple[Fault, ...]:
    """Every character of a text that no font can show, with its line and column, once per place."""
    has = shown()
    if all(ord(sign) in has or sign in _LAYOUT for sign in set(text)):
        return ()
    faults = []
    for number, line in enumerate(text.split("\n"), 1):
        for column, sign in enumerate(line, 1):
            if ord(sign) not in has and sign not in _LAYOUT:
                faults.append(
                    Fault(
                        number,
                        column,
                        f"Tecknet «{sign}» ({_name(sign)}) kan inte skrivas i protokollet.",
                        sign,
                    )
                )
    return tuple(faults)


def unshown_in(texts: Iterable[str]) -> tuple[str, ...]:
    """The distinct characters in many texts that no font can show, in code point order."""
    has = shown()
    return tuple(sorted({s for text in texts for s in text if ord(s) not in has and s not in _LAYOUT}))


def _name(sign: str) -> str:
    return f"U+{ord(sign):04X} {unicodedata.name(sign, 'utan namn')}"
