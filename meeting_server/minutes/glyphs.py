"""Which characters the fonts of the minutes can show, asked of the font files themselves."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from fontTools.ttLib import TTFont

from meeting_server.meeting.outcome import Refusal
from meeting_server.minutes.editing import Fault
from meeting_server.minutes.wording import listed

FONTS = Path(__file__).resolve().parent / "fonts"
SIGNS = ("NotoSansMath-Regular.ttf", "NotoSansSymbols2-Regular.ttf")
"""What the template falls back on where the text's own faces lack a sign: arrows, ≤, ✓."""
_LAYOUT = frozenset("\n\t")


@functools.cache
def shown() -> frozenset[int]:
    """Code points that every face of the text (regular, bold, italic, bold italic) has a glyph for, or a font
    of signs. Never a control character: fonts name some, which no reader of a log takes.
    """
    faces = frozenset.intersection(*(_glyphs(path) for path in FONTS.glob("NotoSans-*.ttf")))
    signs = frozenset[int]().union(*(_glyphs(FONTS / name) for name in SIGNS))
    text = frozenset(code for code in faces if unicodedata.category(chr(code)) not in ("Cc", "Co"))
    # A mark or a format sign of the fonts of signs would stand on a letter of another font.
    return text | frozenset(code for code in signs if unicodedata.category(chr(code))[0] in "LNPS")


def _glyphs(path: Path) -> frozenset[int]:
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


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
    signs = {sign for text in texts if not _is_plain(text) for sign in text}
    return tuple(sorted(sign for sign in signs if ord(sign) not in shown() and sign not in _LAYOUT))


def called(sign: str) -> str:
    """What a character is called in a refusal: itself and its code, or its name when it cannot be seen."""
    if unicodedata.category(sign)[0] in "CMZ":
        return _name(sign)
    return f"«{sign}» (U+{ord(sign):04X})"


def refusal_of(texts: Iterable[str]) -> Refusal | None:
    """Why texts that will stand in the minutes cannot be taken as they are, every such character once.

    None when all of them can be printed.
    """
    signs = unshown_in(texts)
    if not signs:
        return None
    which = "Tecknet" if len(signs) == 1 else "Tecknen"
    what = "det" if len(signs) == 1 else "dem"
    return Refusal(
        "text-glyphs",
        "system",
        f"{which} {listed([called(sign) for sign in signs])} kan inte skrivas i protokollet. "
        f"Ta bort {what} eller skriv med ord.",
        "tecken kan inte skrivas",
        {"characters": list(signs)},
    )


def unprintable(text: str) -> str | None:
    """Why one text cannot stand in the minutes, in Swedish; None when it can."""
    refusal = refusal_of((text,))
    return None if refusal is None else refusal.because


def spelled(text: str) -> str:
    """The text with each character that no font has as its code, `[U+1F600]`, so that it can be printed."""
    for sign in unshown_in((text,)):
        text = text.replace(sign, f"[U+{ord(sign):04X}]")
    return text


def _is_plain(text: str) -> bool:
    """Whether a text is so plain that no font need be opened to know that it can be shown."""
    return text.isascii() and text.isprintable()


def _name(sign: str) -> str:
    return f"U+{ord(sign):04X} {unicodedata.name(sign, 'utan namn')}"
