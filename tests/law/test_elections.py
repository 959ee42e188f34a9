"""Majority elections: most votes win, ties at the last place go to lots."""

import pytest

from meeting_server.law.elections import Chosen, chosen, fits


@pytest.mark.parametrize(
    ("votes", "places", "lots", "expected"),
    [
        ({"a": 31, "b": 30}, 1, (), Chosen(("a",))),
        ({"a": 30, "b": 30}, 1, (), Chosen((), ("a", "b"), 1)),
        ({"a": 30, "b": 30}, 1, ("b",), Chosen(("b",), (), 0)),
        ({"a": 30, "b": 30}, 2, (), Chosen(("a", "b"))),
        ({"a": 3, "b": 2, "c": 2, "d": 2}, 3, (), Chosen(("a",), ("b", "c", "d"), 2)),
        ({"a": 3, "b": 2, "c": 2, "d": 2}, 3, ("d",), Chosen(("a", "d"), ("b", "c"), 1)),
        ({"a": 3, "b": 2, "c": 2, "d": 2}, 3, ("d", "b"), Chosen(("a", "d", "b"), (), 0)),
        ({"a": 3, "b": 0}, 2, (), Chosen(("a",))),
        ({"a": 3, "b": 2}, 1, (), Chosen(("a",), ("b",)[:0], 0)),
    ],
)
def test_who_is_elected(votes: dict[str, int], places: int, lots: tuple[str, ...], expected: Chosen) -> None:
    found = chosen(votes=votes, places=places, lots=lots)
    assert (found.elected, found.tied) == (expected.elected, expected.tied)


@pytest.mark.parametrize(
    ("votes", "places", "valid", "expected"),
    [((3, 2), 1, 5, True), ((3, 2), 1, 4, False), ((4, 2), 2, 3, False), ((3, 3), 2, 3, True)],
)
def test_votes_fit_the_ballots(votes: tuple[int, ...], places: int, valid: int, expected: bool) -> None:
    named = dict(zip("abc", votes, strict=False))
    assert fits(votes=named, places=places, valid=valid) is expected
