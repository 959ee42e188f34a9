"""Majority elections (majoritetsval): who is elected by the votes, and between whom lots must be drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Chosen:
    """Who is elected so far, most votes first; `tied` must be drawn among for the `left` places."""

    elected: tuple[str, ...]
    tied: tuple[str, ...] = ()
    left: int = 0


def chosen(*, votes: Mapping[str, int], places: int, lots: Sequence[str] = ()) -> Chosen:
    """The outcome of a majority election (KL 5:55, 5:56 st. 2).

    `votes` by name or id, `places` to fill, `lots` those drawn so far in turn. Nobody without a vote is
    elected: a place may stay empty. Ties between those who all have a place need no lot.
    """
    elected: list[str] = []
    for number in sorted({v for v in votes.values() if v > 0}, reverse=True):
        alike = tuple(name for name, v in votes.items() if v == number)
        left = places - len(elected)
        if len(alike) <= left:
            elected.extend(alike)
            continue
        by_lot = [name for name in lots if name in alike][:left]
        elected.extend(by_lot)
        left -= len(by_lot)
        return Chosen(tuple(elected), tuple(n for n in alike if n not in by_lot) if left else (), left)
    return Chosen(tuple(elected))


def fits(*, votes: Mapping[str, int], places: int, valid: int) -> bool:
    """Whether the votes can stand on that many valid ballots, each with `places` different names."""
    return sum(votes.values()) == valid * places and all(0 <= v <= valid for v in votes.values())
