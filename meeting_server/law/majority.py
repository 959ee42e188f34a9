"""Majorities in whole numbers: never a float, never a percentage."""

from typing import Literal, TypeAlias

Side: TypeAlias = Literal["yes", "no", "tie"]
"""Which way the votes fell."""


def more_than_half(part: int, *, of: int) -> bool:
    """Whether `part` is more than half of `of`: 31 of 61 and 31 of 60 are, 30 of 60 is not."""
    return 2 * part > of


def at_least_third(part: int, *, of: int) -> bool:
    """Whether `part` is at least a third of `of`: 20 of 60 is, 20 of 61 is not. Nobody is never a third."""
    return part > 0 and 3 * part >= of


def at_least_two_thirds(part: int, *, of: int) -> bool:
    """Whether `part` is at least two thirds of `of`: 40 of 60 is, 40 of 61 is not."""
    return part > 0 and 3 * part >= 2 * of


def quorum_needed(seats: int) -> int:
    """The fewest who are more than half of the seats: 31 of 61, 75 of 149."""
    return seats // 2 + 1


def third_needed(present: int) -> int:
    """The fewest who are at least a third of those present, at least one: 20 of 60, 21 of 61."""
    return max(1, -(-present // 3))


def two_thirds_needed(present: int) -> int:
    """The fewest who are at least two thirds of those present, at least one: 68 of 101."""
    return max(1, -(-2 * present // 3))


def share_needed(numerator: int, denominator: int, of: int) -> int:
    """The fewest who are at least that share of `of`, at least one: 46 of 61 for three quarters."""
    return max(1, -(-numerator * of // denominator))


def simple(yes: int, no: int) -> Side:
    """The outcome by simple majority (enkel majoritet) of the votes cast; abstentions are not votes cast."""
    if yes == no:
        return "tie"
    return "yes" if yes > no else "no"
