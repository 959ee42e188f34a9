"""How much a sender may send: cut where a line is too thin, kept under radio loss, grown back."""

import pytest

from meeting_server.media.budget import CUT, LEAST, MOST, SendBudget


@pytest.mark.parametrize(
    ("lost", "then"),
    [(0, MOST), (4, MOST), (5, MOST), (15, MOST), (16, int(1_000_000 * CUT)), (80, int(1_000_000 * CUT))],
)
def test_only_a_large_share_of_loss_cuts_it_to_less_than_arrives(lost: int, then: int) -> None:
    assert SendBudget().update(1_000_000, 100, lost) == then


def test_it_never_falls_below_sound_and_thumbnail_nor_rises_when_cut() -> None:
    budget = SendBudget()
    assert budget.update(40_000, 100, 90) == LEAST
    assert budget.update(900_000, 100, 90) == LEAST


def test_it_grows_back_slowly_where_it_was_lost_and_stays_while_a_little_is_lost() -> None:
    budget = SendBudget()
    cut = budget.update(400_000, 100, 50)
    assert budget.update(cut, 100, 10) == cut
    assert budget.update(cut, 100, 5) == cut
    grown = budget.update(cut, 100, 4)
    assert cut < grown < 1.1 * cut
    for _ in range(60):
        budget.update(budget.bits, 100, 0)
    assert budget.bits == MOST


def test_who_sends_nothing_is_told_the_same_as_before() -> None:
    assert SendBudget().update(0, 0, 0) == MOST
