"""Proportional elections by lag (2022:629): who may demand one (2 §) and how the places fall.

Read as the bill (prop. 2021/22:125) and SKR describe it; the sections after 7 § are not confirmed here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class SlipGroup:
    """A group of ballots (valsedelsgrupp): same designation and the same names in the same order."""

    designation: str
    names: tuple[str, ...]
    ballots: int


@dataclass(frozen=True)
class Seat:
    """One place: the group it fell to, the name in turn there, the number compared, whether lots decided."""

    group: str
    name: str
    compared: Fraction
    by_lot: bool


@dataclass(frozen=True)
class Allocation:
    """The places given so far, in turn; `tied` are the groups lots must be drawn among for the next."""

    seats: tuple[Seat, ...]
    tied: tuple[str, ...] = ()


def needed(*, present: int, places: int) -> int:
    """How many must demand it: those present by one more than the places, rounded up (2 §).

    51 present and 11 places need 5, 51 and 7 need 7, 60 and 11 need exactly 5.
    """
    return -(-present // (places + 1))


def gather(piles: Iterable[SlipGroup]) -> tuple[SlipGroup, ...]:
    """The groups of ballots, in the order first met: same designation and the same names in the same order.

    Two lists under one designation are two groups, so that nobody rides on another's name; the later ones are
    called "S (2)", "S (3)" and so on, since a seat is given to a group by its name. Like piles are one.
    """
    counted: dict[tuple[str, tuple[str, ...]], int] = {}
    written: dict[str, str] = {}
    for pile in piles:
        designation = " ".join(pile.designation.split())
        designation = written.setdefault(designation.casefold(), designation)
        key = (designation, tuple(" ".join(name.split()) for name in pile.names))
        counted[key] = counted.get(key, 0) + pile.ballots
    groups: list[SlipGroup] = []
    called: set[str] = set()
    for (designation, names), ballots in counted.items():
        name, number = designation, 1
        while name in called:
            number += 1
            name = f"{designation} ({number})"
        called.add(name)
        groups.append(SlipGroup(name, names, ballots))
    return tuple(groups)


def allocate(*, groups: Sequence[SlipGroup], places: int, lots: Sequence[str] = ()) -> Allocation:
    """The places one by one to the group whose ballots by its places and one more is greatest.

    `lots` are the groups drawn so far, in turn. A group whose names are used up gets no more: a place may
    stay empty. ValueError for a lot that fell on a group that was not tied.
    """
    given: list[Seat] = []
    waiting = list(lots)
    won = {group.designation: 0 for group in groups}
    for _ in range(places):
        compared = {
            group.designation: Fraction(group.ballots, won[group.designation] + 1)
            for group in groups
            if group.ballots and won[group.designation] < len(group.names)
        }
        if not compared:
            break
        greatest = max(compared.values())
        alike = tuple(name for name, number in compared.items() if number == greatest)
        if len(alike) > 1 and not waiting:
            return Allocation(tuple(given), alike)
        winner = alike[0] if len(alike) == 1 else waiting.pop(0)
        if winner not in alike:
            raise ValueError(f"the lot fell on {winner!r}, which was not tied")
        group = next(g for g in groups if g.designation == winner)
        given.append(Seat(winner, group.names[won[winner]], greatest, len(alike) > 1))
        won[winner] += 1
    return Allocation(tuple(given))


def seated_twice(seats: Sequence[Seat]) -> Mapping[str, tuple[str, ...]]:
    """Names that several places fell to, as first written, with the group of each place.

    What the act then says is among the sections not confirmed here, so it is told and not solved.
    """
    written: dict[str, str] = {}
    fell: dict[str, list[str]] = {}
    for seat in seats:
        name = " ".join(seat.name.split())
        fell.setdefault(written.setdefault(name.casefold(), name), []).append(seat.group)
    return {name: tuple(groups) for name, groups in fell.items() if len(groups) > 1}
