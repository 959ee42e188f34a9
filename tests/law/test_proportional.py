"""Lag (2022:629): who may demand a proportional election, and where the places fall."""

from fractions import Fraction

import pytest

from meeting_server.law.proportional import SlipGroup, allocate, gather, needed, seated_twice


@pytest.mark.parametrize(
    ("present", "places", "expected"),
    [(51, 11, 5), (48, 11, 4), (49, 11, 5), (51, 7, 7), (60, 11, 5), (61, 11, 6), (59, 11, 5), (1, 1, 1)],
)
def test_those_present_by_one_more_than_the_places_rounded_up(
    present: int, places: int, expected: int
) -> None:
    assert needed(present=present, places=places) == expected


WORKED = tuple(
    SlipGroup(letter, tuple(f"{letter}{n}" for n in range(1, 8)), ballots)
    for letter, ballots in (("A", 17), ("B", 5), ("C", 5), ("G", 4))
)


def test_the_worked_example_waits_for_lots_at_the_fourth_place() -> None:
    found = allocate(groups=WORKED, places=7)
    assert [seat.compared for seat in found.seats] == [17, Fraction(17, 2), Fraction(17, 3)]
    assert found.tied == ("B", "C")


@pytest.mark.parametrize("lot", ["B", "C"])
def test_the_worked_example_gives_four_one_one_one_whatever_the_lot(lot: str) -> None:
    found = allocate(groups=WORKED, places=7, lots=(lot,))
    assert found.tied == ()
    assert [seat.name for seat in found.seats if seat.group == "A"] == ["A1", "A2", "A3", "A4"]
    assert sorted(seat.group for seat in found.seats) == ["A", "A", "A", "A", "B", "C", "G"]
    assert [seat.group for seat in found.seats if seat.by_lot] == [lot]


def test_a_group_without_names_left_gets_no_more_and_a_place_may_be_empty() -> None:
    found = allocate(groups=(SlipGroup("A", ("Ada",), 9), SlipGroup("B", ("Bo",), 0)), places=3)
    assert [seat.name for seat in found.seats] == ["Ada"]


def seats(ballots: dict[str, int], places: int, *lots: str) -> dict[str, int]:
    """How many places each group has got so far."""
    groups = [SlipGroup(name, tuple(f"{name}{n}" for n in range(1, 9)), n) for name, n in ballots.items()]
    given = [seat.group for seat in allocate(groups=groups, places=places, lots=lots).seats]
    return {name: given.count(name) for name in ballots}


@pytest.mark.parametrize(
    ("ballots", "places", "lots", "expected"),
    [
        ({"A": 17, "B": 5, "C": 5, "G": 4}, 6, ("B",), (4, 1, 1, 0)),
        ({"A": 17, "B": 5, "C": 5, "G": 4}, 7, ("B",), (4, 1, 1, 1)),
        ({"A": 17, "B": 5, "C": 5, "G": 4}, 8, ("C",), (5, 1, 1, 1)),
        ({"A": 17, "B": 6, "C": 5, "G": 3}, 7, (), (5, 1, 1, 0)),
        ({"A": 16, "B": 5, "C": 5, "G": 4}, 6, ("B", "A"), (4, 1, 1, 0)),
        ({"A": 16, "B": 5, "C": 5, "G": 4}, 6, ("B", "G"), (3, 1, 1, 1)),
        ({"A": 16, "B": 5, "C": 5, "G": 4}, 7, ("B", "G"), (4, 1, 1, 1)),
        ({"A": 17, "B": 5, "C": 5, "G": 5}, 7, ("G", "B"), (4, 1, 1, 1)),
        ({"A": 20, "B": 5, "C": 5, "G": 1}, 7, ("A", "B", "C"), (5, 1, 1, 0)),
    ],
)
def test_the_neighbours_of_the_worked_example(
    ballots: dict[str, int], places: int, lots: tuple[str, ...], expected: tuple[int, ...]
) -> None:
    assert tuple(seats(ballots, places, *lots).values()) == expected


def test_shares_are_compared_exactly_however_large() -> None:
    big = 3 * 10**17
    assert seats({"A": big, "B": big // 3 - 1, "C": 1}, 3) == {"A": 3, "B": 0, "C": 0}
    assert seats({"A": big, "B": big // 3 + 1, "C": 1}, 3) == {"A": 2, "B": 1, "C": 0}


def test_a_lot_can_only_fall_on_a_group_that_is_tied() -> None:
    with pytest.raises(ValueError, match="'G', which was not tied"):
        allocate(groups=WORKED, places=7, lots=("G",))


def test_piles_of_one_designation_and_one_list_are_one_group() -> None:
    piles = (
        SlipGroup("A", ("Ek", "Al"), 2),
        SlipGroup("B", ("Björk",), 1),
        SlipGroup("a ", ("Ek", " Al"), 3),
    )
    assert gather(piles) == (SlipGroup("A", ("Ek", "Al"), 5), SlipGroup("B", ("Björk",), 1))


def test_another_list_or_another_order_under_the_same_designation_is_a_group_of_its_own() -> None:
    lists = (("Ek", "Al"), ("Al", "Ek"), ("Ek",), ("Al", "Ek"))
    assert gather(SlipGroup("A", names, 1) for names in lists) == (
        SlipGroup("A", ("Ek", "Al"), 1),
        SlipGroup("A (2)", ("Al", "Ek"), 2),
        SlipGroup("A (3)", ("Ek",), 1),
    )


def test_a_designation_that_looks_like_a_second_list_keeps_its_own_name() -> None:
    piles = [
        SlipGroup(called, names, 1) for called, names in (("A (2)", ("Al",)), ("A", ("Ek",)), ("A", ("Bo",)))
    ]
    assert [group.designation for group in gather(piles)] == ["A (2)", "A", "A (3)"]


def test_no_piles_are_no_groups() -> None:
    assert gather([]) == ()


@pytest.mark.parametrize(
    ("second", "twice"),
    [
        (("ada  berg", "Disa"), {"Ada Berg": ("V", "H")}),
        (("Disa", "Ada Berg"), {}),
    ],
)
def test_a_name_that_several_places_fell_to_is_told_with_the_groups(
    second: tuple[str, ...], twice: dict[str, tuple[str, ...]]
) -> None:
    groups = (SlipGroup("V", ("Ada Berg", "Bo", "Cecilia"), 3), SlipGroup("H", second, 2))
    assert seated_twice(allocate(groups=groups, places=3).seats) == twice
