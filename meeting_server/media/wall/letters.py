"""Names and words on the wall: drawn once, as brightness only."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Plane = NDArray[np.uint8]

BACKGROUND, STRIP, INK, DIM = 28, 40, 235, 190
"""Brightness of an empty place, of a strip under a picture, of its letters, of words instead of a picture."""
_LATIN = frozenset(map(chr, range(0x20, 0x100))) | {"…", "–", "’"}
"""What the first font has; the second has the rest of the letters in European names."""
_MARGIN = 3


def fonts_folder() -> Path:
    """Where the fonts are: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parents[2]
    installed = package / "_web"
    return (installed if installed.is_dir() else package.parent / "web") / "css" / "fonts"


@functools.cache
def _fonts(size: int, weight: int) -> tuple[ImageFont.FreeTypeFont, ImageFont.FreeTypeFont]:
    found = []
    for name in ("ahn-latin.woff2", "ahn-latin-ext.woff2"):
        font = ImageFont.truetype(str(fonts_folder() / name), size)
        font.set_variation_by_axes([weight])
        found.append(font)
    return found[0], found[1]


def _runs(text: str, size: int, weight: int) -> Iterator[tuple[str, ImageFont.FreeTypeFont]]:
    """The text in pieces that one font has."""
    latin, other = _fonts(size, weight)
    at = 0
    while at < len(text):
        is_latin = text[at] in _LATIN
        end = at + 1
        while end < len(text) and (text[end] in _LATIN) == is_latin:
            end += 1
        yield text[at:end], latin if is_latin else other
        at = end


def width_of(text: str, size: int, weight: int) -> float:
    """In samples."""
    return sum(font.getlength(part) for part, font in _runs(text, size, weight))


def _draw(
    draw: ImageDraw.ImageDraw, place: tuple[float, float], text: str, size: int, weight: int, ink: int
) -> None:
    x, baseline = place
    for part, font in _runs(text, size, weight):
        draw.text((x, baseline), part, fill=ink, font=font, anchor="ls")
        x += font.getlength(part)


def shortened(name: str, room: float, size: int, weight: int) -> str:
    """The longest form of a name that fits: whole, with an initial, the last name alone, and then cut."""
    parts = name.split()
    forms = [name]
    if len(parts) > 1:
        forms += [f"{parts[0][0]}. {parts[-1]}", parts[-1]]
    for form in forms:
        if width_of(form, size, weight) <= room:
            return form
    last = forms[-1]
    while last and width_of(last + "…", size, weight) > room:
        last = last[:-1]
    return last + "…"


def strip(name: str, party: str, width: int, height: int) -> Plane:
    """The strip under a picture: the name to the left, the party's letters to the right."""
    image = Image.new("L", (width, height), STRIP)
    draw = ImageDraw.Draw(image)
    size = height - 2 if height < 20 else height - 7
    baseline = height - max(3, height // 4)
    side = width_of(party, size, 800) if party else 0.0
    if party:
        _draw(draw, (width - _MARGIN - side, baseline), party, size, 800, INK)
    room = width - 2 * _MARGIN - (side + 2 * _MARGIN if party else 0)
    _draw(draw, (_MARGIN, baseline), shortened(name, room, size, 500), size, 500, INK)
    return np.asarray(image)


def words(text: str, width: int, height: int) -> Plane:
    """Words in place of a picture, in the middle, broken between words."""
    image = Image.new("L", (width, height), BACKGROUND)
    draw = ImageDraw.Draw(image)
    size = max(12, height // 6)
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer, size, 600) <= width - 4 * _MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    line_height = round(size * 1.25)
    top = (height - line_height * len(lines)) / 2
    for index, line in enumerate(lines):
        x = (width - width_of(line, size, 600)) / 2
        _draw(draw, (x, top + index * line_height + size), line, size, 600, DIM)
    return np.asarray(image)
