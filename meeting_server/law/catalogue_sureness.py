"""How sure each row of the catalogue is: where its ground was read, or that nobody has read it anywhere."""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

Sureness: TypeAlias = Literal["statute", "bill", "practice", "reading"]
"""The statute was read; the bill or its report was; only others' practice was; it is our own reading."""

SURENESS: Final[Mapping[Sureness, str]] = {
    "statute": "Läst i lagen",
    "bill": "Läst i förarbetena, ännu inte i lagen",
    "practice": "Praxis, inte lag",
    "reading": "Vår tolkning",
}
"""What each is called on the page about the rules."""

_OTHERS: Final[Mapping[Sureness, frozenset[int]]] = {
    "bill": frozenset({2, 3, 4, 5, 6, 8}),
    "practice": frozenset({13, 45, 58, 60, 67, 69}),
    "reading": frozenset({7, 14, 70}),
}


def sureness(number: int) -> Sureness:
    """How sure the row of that number is; what is not said otherwise was read in the statute."""
    return next((sure for sure, rows in _OTHERS.items() if number in rows), "statute")
