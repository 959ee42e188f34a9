"""One row of the catalogue: what is enforced, warned of or recorded, on what ground, and what holds it."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Mode: TypeAlias = Literal["enforce", "warn", "record"]
"""Blocked or computed; shown to the chair who decides; kept as evidence or for the minutes."""


@dataclass(frozen=True)
class CatalogueRow:
    """A row: `rules` are codes in the ledger, `holders` the parts of the product that hold it beside them.

    Holders and `tests` are paths from the root of the repository. `missing` says in Swedish what is not
    yet in the product, "" when everything is.
    """

    number: int
    title: str
    mode: Mode
    sources: str
    rules: tuple[str, ...]
    tests: tuple[str, ...]
    holders: tuple[str, ...] = ()
    missing: str = ""

    @property
    def built(self) -> bool:
        """Whether the row works in the product and not only in the law."""
        return not self.missing
