"""Where a new room goes, and when a room leaves a process that is away: the rule at its bounds."""

from __future__ import annotations

import itertools

import pytest

from meeting_server.live.placement import (
    AWAY_SECONDS,
    MOVE_PAUSE_SECONDS,
    Load,
    least_loaded,
    may_leave,
)
from meeting_server.live.thresholds import Thresholds


@pytest.mark.parametrize(
    ("loads", "chosen"),
    [
        ([], None),
        ([Load("a", 900, 9, 80.0)], "a"),
        ([Load("a", 11), Load("b", 10, rooms=5, late_ms=9.0)], "b"),
        ([Load("a", 10, rooms=2), Load("b", 10, rooms=1, late_ms=9.0)], "b"),
        ([Load("a", 10, 1, 0.3), Load("b", 10, 1, 0.2)], "b"),
        ([Load("b", 10, 1, 0.2), Load("a", 10, 1, 0.2)], "a"),
    ],
    ids=["none", "the only one", "fewest peers", "fewest rooms", "least late", "by name"],
)
def test_a_new_room_goes_to_the_least_loaded(loads: list[Load], chosen: str | None) -> None:
    for order in itertools.permutations(loads):
        assert least_loaded(order) == chosen


@pytest.mark.parametrize(
    ("away", "leaves"),
    [(0.0, False), (AWAY_SECONDS - 0.1, False), (AWAY_SECONDS, True), (AWAY_SECONDS + 0.1, True)],
)
def test_a_room_waits_a_moment_for_a_process_that_may_be_alive(away: float, leaves: bool) -> None:
    assert may_leave(100.0 + away, down_since=100.0, has_ended=False, moved_at=None) is leaves


def test_a_room_does_not_wait_for_a_process_that_has_ended() -> None:
    assert may_leave(100.0, down_since=100.0, has_ended=True, moved_at=None)


@pytest.mark.parametrize("has_ended", [True, False])
@pytest.mark.parametrize(
    ("since", "leaves"),
    [(MOVE_PAUSE_SECONDS - 0.1, False), (MOVE_PAUSE_SECONDS, True), (MOVE_PAUSE_SECONDS + 0.1, True)],
)
def test_a_room_that_was_moved_stays_a_while_whatever_happens(
    since: float, leaves: bool, has_ended: bool
) -> None:
    assert may_leave(100.0 + since, down_since=90.0, has_ended=has_ended, moved_at=100.0) is leaves


def test_a_move_is_over_before_anybody_is_lost_by_it() -> None:
    assert Thresholds().media_down > AWAY_SECONDS
