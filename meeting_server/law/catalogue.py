"""The catalogue: the seventy things the product enforces, warns of or records, with what holds each.

The rows follow the house's account of the law; their Swedish titles are shown on the page about the rules.
"""

from collections.abc import Mapping
from typing import Final

from meeting_server.law.catalogue_row import CatalogueRow as CatalogueRow
from meeting_server.law.catalogue_row import Mode
from meeting_server.law.catalogue_rows_deciding import DECIDING
from meeting_server.law.catalogue_rows_meeting import MEETING

CATALOGUE: Final[tuple[CatalogueRow, ...]] = (*MEETING, *DECIDING)
"""Rows 1–70 in order."""

MODES: Final[Mapping[Mode, str]] = {
    "enforce": "Systemet hindrar eller räknar ut",
    "warn": "Systemet varnar och ordföranden bestämmer",
    "record": "Systemet bevarar",
}
"""What each mode is called on the page about the rules."""


def row(number: int) -> CatalogueRow:
    """The row of that number, 1 to 70; IndexError otherwise."""
    if not 1 <= number <= len(CATALOGUE):
        raise IndexError(f"the catalogue has no row {number}")
    return CATALOGUE[number - 1]
