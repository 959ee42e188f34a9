"""What a refusal must be as language: a Swedish sentence of its own with no machine in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 200
"""Characters a tired person reads in one go."""
_ENGLISH = re.compile(
    r"\b(the|is|are|was|not|and|of|with|cannot|must|meeting|vote|member|chair|already|missing|error|yes)\b"
)
_MACHINE = re.compile(r"[{}<>_]|\b(None|True|False|null)\b|\b[mdpfbn]\d+\b|\b[a-z]+-[pnb]\d+\b|-son\b|  ")


def faults(because: str, short: str) -> Iterator[str]:
    """What is wrong with the sentence and with the words on the button."""
    if not re.match(r"[A-ZÅÄÖ0-9§”]", because):
        yield "does not begin as a sentence"
    if not because.endswith(".") or because.endswith(".."):
        yield "does not end with one full stop"
    if len(because) > LONGEST:
        yield f"is {len(because)} characters, more than {LONGEST}"
    for found in (*_MACHINE.finditer(f"{because} {short}"), *_ENGLISH.finditer(because)):
        yield f"holds {found[0]!r}"
    if not 0 < len(short.split()) <= 6 or short.endswith("."):
        yield "has a button text that is no button text"


def numbers_said(cites: str, because: str, short: str, numbers: tuple[int, ...]) -> bool:
    """Whether a refusal by law says one of the numbers it was refused on, when there are any."""
    if not cites.startswith(("KL", "lag")):
        return True
    said = {int(found) for found in re.findall(r"\d+", f"{because} {short}")}
    return not numbers or bool(said & set(numbers))
