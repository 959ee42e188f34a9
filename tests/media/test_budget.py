"""How much a sender may send: cut where a line is too thin, kept under radio loss, grown back."""

import random

import pytest

from meeting_server.media.budget import (
    CUT,
    LEAST,
    MEMORY_SECONDS,
    MOST,
    TOLERANCE_SECONDS,
    USED,
    SendBudget,
)

PACKET_BITS = 8000


class Line:
    """A sender that sends what it may, at most `wish`, over a line with chance loss."""

    def __init__(self, capacity: float, chance: float = 0.0, wish: float = 1e6) -> None:
        self.capacity, self.chance, self.wish = capacity, chance, wish
        self.budget = SendBudget()
        self.history: list[int] = []
        self.losses: list[float] = []
        self._dice = random.Random(11)

    def live(self, seconds: int) -> "Line":
        for _ in range(seconds):
            sent = int(min(self.wish, self.budget.bits) / PACKET_BITS)
            taken = min(sent, int(self.capacity / PACKET_BITS))
            got = sum(self._dice.random() >= self.chance for _ in range(taken))
            self.losses.append((sent - got) / sent)
            self.history.append(self.budget.update(got * PACKET_BITS, sent, sent - got))
        return self


@pytest.mark.parametrize(
    ("lost", "then"),
    [(0, MOST), (4, MOST), (5, MOST), (15, MOST), (16, int(1_000_000 * CUT)), (80, int(1_000_000 * CUT))],
)
def test_only_a_large_share_of_loss_cuts_it_at_once_to_less_than_arrives(lost: int, then: int) -> None:
    assert SendBudget().update(1_000_000, 100, lost) == then


def test_it_never_falls_below_sound_and_thumbnail_nor_rises_when_cut() -> None:
    budget = SendBudget()
    assert budget.update(40_000, 100, 90) == LEAST
    assert budget.update(900_000, 100, 90) == LEAST


def test_it_grows_back_slowly_where_it_was_lost_when_less_has_helped() -> None:
    budget = SendBudget()
    cut = budget.update(400_000, 100, 50)
    for lost in (10, 5, 4, 0):
        assert budget.update(cut, 100, lost) == cut
    grown = budget.update(cut, 100, 4)
    assert cut < grown < 1.1 * cut
    for _ in range(60):
        budget.update(budget.bits, 100, 0)
    assert budget.bits == MOST


@pytest.mark.parametrize(("lost", "bits"), [(25, int(1e6 * CUT)), (26, int(600_000 * CUT))])
def test_what_is_hopeless_is_cut_again_whatever_it_comes_from(lost: int, bits: int) -> None:
    budget = SendBudget()
    budget.update(1_000_000, 100, 40)
    assert budget.update(600_000, 100, lost) == bits


def test_who_sends_nothing_is_told_the_same_as_before() -> None:
    assert SendBudget().update(0, 0, 0) == MOST


@pytest.mark.parametrize(("seconds", "is_tried"), [(3, False), (4, True), (5, True)])
def test_loss_in_between_is_tried_when_it_has_lasted(seconds: int, is_tried: bool) -> None:
    budget = SendBudget()
    for _ in range(seconds):
        budget.update(900_000, 100, 10)
    assert budget.bits == (int(900_000 * CUT) if is_tried else MOST)


def test_a_line_a_little_too_thin_is_found_and_loses_no_more() -> None:
    """What a member on 300 kbit/s sends: a tenth of everything was lost for good, sound too."""
    line = Line(capacity=900e3).live(20)
    assert line.losses[0] == pytest.approx(0.1, abs=0.02)
    line.losses.clear()
    line.live(120)
    assert sum(line.losses) / len(line.losses) < 0.03


@pytest.mark.parametrize("chance", [0.06, 0.08, 0.10, 0.12])
def test_the_loss_of_a_radio_line_costs_a_trial_now_and_then_and_no_picture(chance: float) -> None:
    line = Line(capacity=5e6, chance=chance).live(600)
    full = sum(bits >= line.wish for bits in line.history) / len(line.history)
    assert full > 0.85
    assert min(line.history) > line.wish / 2


@pytest.mark.parametrize(("remains", "was_chance"), [(4, False), (5, True), (6, True)])
def test_half_of_the_loss_must_remain_when_less_is_sent_for_it_to_be_chance(
    remains: int, was_chance: bool
) -> None:
    budget = SendBudget()
    for _ in range(4):
        budget.update(900_000, 100, 10)
    cut = budget.bits
    for lost in (10, remains, remains):
        assert budget.update(cut, 100, lost) == cut
    budget.update(cut, 100, remains)
    assert (budget.bits == MOST) == was_chance
    if was_chance:
        for _ in range(TOLERANCE_SECONDS - 1):
            assert budget.update(900_000, 100, 10) == MOST
    else:
        assert budget.bits == cut


def found_thin() -> SendBudget:
    """A line that took 400 kbit/s, just found out."""
    budget = SendBudget()
    for lost in (50, 0, 0, 0, 0):
        budget.update(400_000, 100, lost)
    assert budget.bits == 340_000
    return budget


def test_who_has_been_silent_begins_to_speak_with_what_the_line_takes() -> None:
    budget = found_thin()
    for _ in range(MEMORY_SECONDS - 10):
        budget.update(100_000, 60, 0)
    assert budget.bits == 340_000


def test_a_line_is_not_taken_to_be_thin_for_ever() -> None:
    budget = found_thin()
    for _ in range(MEMORY_SECONDS + 10):
        budget.update(100_000, 60, 0)
    assert budget.bits == MOST


@pytest.mark.parametrize(("share", "grows"), [(USED - 0.01, False), (USED, True), (USED + 0.01, True)])
def test_more_is_tried_only_by_who_uses_what_there_is(share: float, grows: bool) -> None:
    budget = found_thin()
    assert (budget.update(340_000 * share, 100, 0) > 340_000) == grows
