"""The rolling code: good for its half minute and the next, the same on every node, not to be guessed."""

from __future__ import annotations

import pytest

from meeting_server.live.checkin import SLOT_SECONDS, TRIES, TRY_SECONDS, CheckInCode, TooManyTries

NOON = 1_764_000_000.0


def codes(meeting: str = "ks-1") -> CheckInCode:
    return CheckInCode(b"s" * 32, meeting)


@pytest.mark.parametrize(("age", "good"), [(0, True), (1, True), (2, False), (-1, False)])
def test_a_code_is_good_in_its_slot_and_the_next(age: int, good: bool) -> None:
    ours = codes()
    code = ours.code(ours.slot(NOON))
    assert ours.is_right(code, "login", NOON + age * SLOT_SECONDS) is good


def test_two_nodes_show_the_same_code_and_two_meetings_do_not() -> None:
    slot = codes().slot(NOON)
    assert codes().code(slot) == codes().code(slot)
    assert [codes("ks-1").code(slot + n) for n in range(3)] != [
        codes("kf-1").code(slot + n) for n in range(3)
    ]


def test_a_code_is_five_digits() -> None:
    found = {codes().code(slot) for slot in range(500)}
    assert all(len(code) == 5 and code.isdigit() for code in found)
    assert len(found) > 490


@pytest.mark.parametrize(("wrong", "is_asked"), [(TRIES - 1, True), (TRIES, False)])
def test_guessing_is_stopped_for_a_while_and_for_that_login_only(wrong: int, is_asked: bool) -> None:
    ours = codes()
    code = ours.code(ours.slot(NOON))
    for _ in range(wrong):
        assert not ours.is_right("x", "guesser", NOON)
    if is_asked:
        assert ours.is_right(code, "guesser", NOON)
    else:
        with pytest.raises(TooManyTries) as stopped:
            ours.is_right(code, "guesser", NOON)
        assert 0 < stopped.value.seconds <= TRY_SECONDS + 1
        later = NOON + TRY_SECONDS
        assert ours.is_right(ours.code(ours.slot(later)), "guesser", later)
    assert ours.is_right(code, "somebody else", NOON)


@pytest.mark.parametrize(("at", "left"), [(0.0, 30), (29.4, 1), (30.0, 30)])
def test_the_hall_is_told_how_long_the_code_lasts(at: float, left: int) -> None:
    start = NOON - NOON % SLOT_SECONDS
    assert codes().seconds_left(start + at) == left
