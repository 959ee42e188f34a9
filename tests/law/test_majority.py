"""Majorities: below, at and above each limit."""

import pytest

from meeting_server.law import majority
from meeting_server.law.majority import Side


@pytest.mark.parametrize(
    ("part", "of", "holds"), [(30, 61, False), (31, 61, True), (30, 60, False), (31, 60, True), (0, 0, False)]
)
def test_more_than_half(part: int, of: int, holds: bool) -> None:
    assert majority.more_than_half(part, of=of) is holds


@pytest.mark.parametrize(
    ("part", "of", "holds"),
    [(19, 60, False), (20, 60, True), (21, 60, True), (20, 61, False), (21, 61, True), (0, 0, False)],
)
def test_at_least_a_third(part: int, of: int, holds: bool) -> None:
    assert majority.at_least_third(part, of=of) is holds


@pytest.mark.parametrize(
    ("part", "of", "holds"),
    [(39, 60, False), (40, 60, True), (41, 60, True), (40, 61, False), (41, 61, True), (0, 0, False)],
)
def test_at_least_two_thirds(part: int, of: int, holds: bool) -> None:
    assert majority.at_least_two_thirds(part, of=of) is holds


@pytest.mark.parametrize("of", range(1, 250))
def test_the_number_needed_is_exactly_where_the_limit_lies(of: int) -> None:
    half, third, two = majority.quorum_needed(of), majority.third_needed(of), majority.two_thirds_needed(of)
    assert [majority.more_than_half(part, of=of) for part in (half - 1, half)] == [False, True]
    assert [majority.at_least_third(part, of=of) for part in (third - 1, third)] == [False, True]
    assert [majority.at_least_two_thirds(part, of=of) for part in (two - 1, two)] == [False, True]


@pytest.mark.parametrize(
    ("seats", "quorum", "third", "two_thirds"), [(101, 51, 34, 68), (149, 75, 50, 100), (61, 31, 21, 41)]
)
def test_the_numbers_of_real_assemblies(seats: int, quorum: int, third: int, two_thirds: int) -> None:
    assert majority.quorum_needed(seats) == quorum
    assert majority.third_needed(seats) == third
    assert majority.two_thirds_needed(seats) == two_thirds


@pytest.mark.parametrize(("yes", "no", "side"), [(6, 7, "no"), (7, 7, "tie"), (8, 7, "yes")])
def test_simple_majority(yes: int, no: int, side: Side) -> None:
    assert majority.simple(yes, no) == side
