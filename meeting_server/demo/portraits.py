"""Made-up portraits for the demonstration: simple drawings, always the same for the same person."""

from __future__ import annotations

import hashlib

_SKINS = ("#F2D9C6", "#F0D2BC", "#E9C3A6", "#E4B99A", "#D9A983", "#C4906A", "#8A5A3C", "#6B4430")
_HAIRS = ("#1F1B1A", "#4A3426", "#7A5233", "#B98A4E", "#8C8680", "#CFCBC4", "#6E2F1F")
_CLOTHES = ("#35506B", "#5B6B57", "#7A4B4B", "#3F4A58", "#6A5A7C", "#2F5D62", "#8A6A3A", "#46566E")

# Hair as paths over the same face; {hair} is its colour.
_STYLES = (
    "M248 196c-6-78 34-116 76-116s84 38 74 118c-8-40-30-66-74-66s-70 26-76 64z",
    "M236 282c-16-120 8-206 86-206s106 86 88 206c-18-20-26-60-26-96-28-4-66-18-84-42"
    "-12 24-26 40-40 46 2 40-6 72-24 92z",
    "M250 178c-4-64 30-96 74-96s80 30 72 98c-10-26-16-40-30-48-22 8-62 8-86-2-16 10-24 26-30 48z",
    "M246 200c-8-76 34-114 78-114s84 36 76 114c-8-34-26-58-40-66-40 14-78 10-84 4-14 10-24 32-30 62z",
    "M240 262c-12-108 14-184 84-184s98 76 84 184c-12-10-18-30-20-54-20-34-60-50-104-52"
    "-16 24-22 36-24 52-2 24-8 44-20 54z",
)


def portrait(person_id: str) -> bytes:
    """An SVG picture of a face, chosen by the person's id; not a likeness of anybody."""
    lot = hashlib.sha256(person_id.encode()).digest()
    skin, hair, clothes = (_chosen(_SKINS, lot[0]), _chosen(_HAIRS, lot[1]), _chosen(_CLOTHES, lot[2]))
    style = _chosen(_STYLES, lot[3])
    parts = [
        '<rect width="640" height="480" fill="#D8DEE2"/>',
        f'<path d="M290 250h68v70l-34 30-34-30z" fill="{skin}"/>',
        '<path d="M290 262c14 18 52 18 68 0v20c-16 16-52 16-68 0z" fill="#000" opacity=".10"/>',
        f'<path d="M120 480c4-110 76-150 168-166l36 30 36-30c92 16 164 56 168 166z" fill="{clothes}"/>',
        '<path d="M288 314l36 34 36-34 10 8-46 60-46-60z" fill="#fff" opacity=".75"/>',
        f'<ellipse cx="324" cy="196" rx="64" ry="80" fill="{skin}"/>',
        f'<path d="{style}" fill="{hair}"/>',
    ]
    if lot[4] % 3 == 0:
        lenses = "".join(f'<rect x="{x}" y="176" width="44" height="30" rx="13"/>' for x in (272, 332))
        frames = f'{lenses}<path d="M316 188h16"/>'
        parts.append(f'<g fill="none" stroke="#2b2f36" stroke-width="5" opacity=".75">{frames}</g>')
    drawn = "".join(parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="54 6 540 464">{drawn}</svg>'.encode()


def _chosen(among: tuple[str, ...], lot: int) -> str:
    return among[lot % len(among)]
