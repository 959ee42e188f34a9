"""What is held back from a receiver whose line is too narrow, by what it reports; and what is not."""

from __future__ import annotations

import random
from itertools import groupby, pairwise

import pytest

from meeting_server.media import downlink as dl
from meeting_server.media.downlink import Downlink
from meeting_server.media.lines import LINES
from meeting_server.media.rtcp import ReportBlock

FLOOR_SOUND, FLOOR, CHAIR_SOUND, CHAIR, HALL, WALL, LOOK, SIGN = (
    next(index for index, line in enumerate(LINES) if (line.name, line.kind) == wanted)
    for wanted in (
        ("floor", "audio"),
        ("floor", "video"),
        ("chair", "audio"),
        ("chair", "video"),
        ("hall", "video"),
        ("wall", "video"),
        ("look", "video"),
        ("sign", "video"),
    )
)
RATES = {FLOOR_SOUND: 40e3, FLOOR: 800e3, CHAIR_SOUND: 40e3, CHAIR: 500e3, HALL: 500e3, WALL: 300e3}
"""2.18 Mbit/s in all, 80 kbit/s of it sound."""
PACKET_BITS = 8000


class Narrow:
    """A receiver behind a line: what is above its capacity is lost, or stands in a queue."""

    def __init__(self, capacity: float, chance: float = 0.0, queue: bool = False) -> None:
        self.capacity, self.chance, self.has_queue = capacity, chance, queue
        self.downlink = Downlink()
        self.now = 1000.0
        self.history: list[frozenset[int]] = []
        self.rates = dict(RATES)
        self._counts = dict.fromkeys(RATES, (1000, 0))
        self._dice = random.Random(7)

    def live(self, seconds: int) -> Narrow:
        """Reports and decisions, once a second."""
        for _ in range(seconds):
            self.now += 1
            held = self.downlink.held
            demand = sum(rate for line, rate in self.rates.items() if line not in held)
            excess = max(0.0, 1 - self.capacity / demand)
            loss = self.chance if self.has_queue else 1 - (1 - excess) * (1 - self.chance)
            for line, rate in self.rates.items():
                if line in held:
                    continue
                sent = int(rate / PACKET_BITS)
                lost = sum(self._dice.random() < loss for _ in range(sent))
                highest, cumulative = self._counts[line]
                self._counts[line] = (highest + sent, cumulative + lost)
                self.downlink.hear_block(
                    line, ReportBlock(line, 0, cumulative + lost, highest + sent, 0, 0, 0), 0
                )
            if self.has_queue:
                self.downlink.hear_trip(0.05 + (0.6 if excess else 0), self.now)
            self.downlink.decide(self.rates, self.now)
            self.history.append(self.downlink.held)
        return self


def test_a_wide_line_gets_everything() -> None:
    assert not any(Narrow(3e6).live(120).history)


@pytest.mark.parametrize(
    ("capacity", "held"),
    [
        (2.2e6, set()),
        (1.7e6, {WALL, HALL}),
        (1.2e6, {WALL, HALL, CHAIR}),
        (0.3e6, {WALL, HALL, CHAIR, FLOOR}),
    ],
)
def test_the_least_needed_goes_first_within_seconds_and_sound_stays(capacity: float, held: set[int]) -> None:
    narrow = Narrow(capacity).live(6)
    assert narrow.history[-1] == held
    assert not narrow.history[-1] & {FLOOR_SOUND, CHAIR_SOUND}


def test_the_signs_are_the_last_picture_to_go() -> None:
    narrow = Narrow(0.7e6)
    narrow.rates[SIGN] = 500e3
    narrow._counts[SIGN] = (1000, 0)
    assert narrow.live(6).history[-1] == {WALL, HALL, CHAIR, FLOOR}
    assert dl.FIRST_TO_GO[-1] == SIGN
    assert set(dl.FIRST_TO_GO) == {FLOOR, CHAIR, HALL, WALL, LOOK, SIGN}


def test_what_was_held_back_comes_back_when_the_line_is_wide_again_the_most_needed_first() -> None:
    narrow = Narrow(0.3e6).live(10)
    narrow.capacity = 5e6
    narrow.live(60)
    steps = [held for held, _ in groupby(narrow.history)]
    assert steps[-4:] == [{WALL, HALL, CHAIR}, {WALL, HALL}, {WALL}, set()]


def test_a_line_that_stays_narrow_is_tried_more_and_more_rarely() -> None:
    narrow = Narrow(1.2e6).live(600)
    tries = [
        second for second, (one, next_one) in enumerate(pairwise(narrow.history)) if len(next_one) < len(one)
    ]
    pauses = [later - sooner for sooner, later in pairwise(tries)]
    assert pauses == sorted(pauses)
    assert pauses[0] < 20
    assert dl.LONGEST_PAUSE <= pauses[-1] <= dl.LONGEST_PAUSE + 10
    assert all(FLOOR not in held for held in narrow.history[6:])  # the speaker is seen all the time


def test_loss_by_chance_is_not_answered_by_sending_less() -> None:
    assert not any(Narrow(9e6, chance=0.10).live(120).history)


def test_heavy_loss_by_chance_costs_pictures_for_seconds_only() -> None:
    narrow = Narrow(9e6, chance=0.25).live(120)
    assert any(narrow.history)
    assert not any(narrow.history[15:])


def test_a_queue_counts_when_it_lasts_and_a_long_way_does_not() -> None:
    narrow = Narrow(9e6, queue=True).live(3)
    narrow.capacity = 1.6e6
    assert narrow.live(4).history[-1] >= {WALL, HALL}
    assert FLOOR not in narrow.history[-1]
    far = Narrow(9e6)
    for _ in range(100):
        far.downlink.hear_trip(0.8, far.now)
        far.live(1)
    far.downlink.hear_trip(0.8 + dl.LONG_QUEUE_SECONDS + 0.1, far.now)
    far.live(1)
    far.downlink.hear_trip(0.8, far.now)
    assert not any(far.live(5).history)


@pytest.mark.parametrize(("estimate", "is_held"), [(0.79, True), (0.81, False)])
def test_the_receivers_own_estimate_counts_when_it_is_low_and_does_not_climb(
    estimate: float, is_held: bool
) -> None:
    one, climbing = (Narrow(9e6, chance=2 * dl.SLIGHT_LOSS) for _ in range(2))
    demand = sum(RATES.values())
    for second in range(12):
        one.downlink.hear_estimate(estimate * demand, one.now)
        climbing.downlink.hear_estimate((0.2 + 0.02 * second) * demand, climbing.now)
        one.live(1)
        climbing.live(1)
    assert any(one.history) == is_held
    assert not any(climbing.history)


def test_an_old_estimate_is_none() -> None:
    one = Narrow(9e6)
    one.downlink.hear_estimate(1e5, one.now)
    one.now += 5
    assert not any(one.live(10).history)


@pytest.mark.parametrize("packets", [dl.LEAST_PACKETS - 1, dl.LEAST_PACKETS, dl.LEAST_PACKETS + 1])
def test_a_few_packets_prove_nothing(packets: int) -> None:
    one = Downlink()
    one.hear_block(WALL, ReportBlock(1, 0, 0, 100, 0, 0, 0), 0)
    one.hear_block(WALL, ReportBlock(1, 0, packets, 100 + packets, 0, 0, 0), 0)
    assert one.decide({WALL: 1e5}, 10.0) == (packets >= dl.LEAST_PACKETS)


def test_with_sound_alone_nothing_is_held_back_and_a_new_numbering_is_no_loss() -> None:
    one = Downlink()
    one.hear_block(FLOOR_SOUND, ReportBlock(1, 0, 0, 100, 0, 0, 0), 0)
    one.hear_block(FLOOR_SOUND, ReportBlock(1, 0, 200, 300, 0, 0, 0), 0)
    assert not one.decide({FLOOR_SOUND: 4e4}, 10.0)
    one.hear_block(FLOOR, ReportBlock(1, 0, 50, 90_000, 0, 0, 0), 0)
    one.hear_block(FLOOR, ReportBlock(1, 0, 70, 10, 0, 0, 0), 0)
    assert not one.decide({FLOOR: 4e5}, 11.0)


# ---- each threshold below, at and above ----


class Told:
    """A receiver whose one line loses so many of each thousand, looked at when it is said."""

    def __init__(self) -> None:
        self.downlink = Downlink()
        self._expected = self._lost = self._unsent = 0
        self.look(1000.0)

    def look(self, now: float, lost: int = 0, unsent: int = 0) -> frozenset[int]:
        """unsent: of those that are lost, so many were never sent to it."""
        self._expected, self._lost = self._expected + 1000, self._lost + lost
        self._unsent += unsent
        block = ReportBlock(FLOOR, 0, self._lost, self._expected, 0, 0, 0)
        self.downlink.hear_block(FLOOR, block, self._unsent)
        self.downlink.decide(RATES, now)
        return self.downlink.held


@pytest.mark.parametrize(("of_a_thousand", "is_held"), [(-1, False), (0, True), (1, True)])
def test_repetition_copes_with_less_loss_than_this(of_a_thousand: int, is_held: bool) -> None:
    assert bool(Told().look(1003.0, int(dl.HEAVY_LOSS * 1000) + of_a_thousand)) is is_held


@pytest.mark.parametrize(("of_five_hundred", "is_held"), [(-1, False), (0, True), (1, True)])
def test_what_was_lost_on_the_way_to_us_is_not_held_against_its_line(
    of_five_hundred: int, is_held: bool
) -> None:
    own = int(dl.HEAVY_LOSS * 500) + of_five_hundred
    assert bool(Told().look(1003.0, 500 + own, 500)) is is_held


SLIGHT = int(dl.SLIGHT_LOSS * 1000)


@pytest.mark.parametrize(
    ("lost", "queue", "is_held"),
    [
        (SLIGHT - 1, 0.0, False),
        (SLIGHT, 0.0, True),
        (SLIGHT + 1, 0.0, True),
        (0, dl.SLIGHT_QUEUE_SECONDS - 0.001, False),
        (0, dl.SLIGHT_QUEUE_SECONDS, True),
        (0, dl.SLIGHT_QUEUE_SECONDS + 0.001, True),
    ],
)
def test_a_low_estimate_counts_when_its_own_line_bears_it_out(lost: int, queue: float, is_held: bool) -> None:
    told = Told()
    told.downlink.hear_trip(0.0, 1001.0)
    for second in range(dl.SIGNS + 1):
        now = 1003.0 + second
        told.downlink.hear_trip(queue, now)
        told.downlink.hear_estimate(1e6, now)
        told.look(now, lost)
    assert bool(told.downlink.held) is is_held


def test_an_estimate_that_nothing_can_raise_does_not_keep_everything_back() -> None:
    told = Told()
    assert told.look(1003.0, 900) == {WALL, HALL, CHAIR, FLOOR}
    seen = []
    for second in range(int(dl.FIRST_PAUSE) + 2):
        now = 1004.0 + second
        told.downlink.hear_estimate(15e3, now)  # less than the sound, and made when pictures still came
        seen.append(told.look(now, 3 * SLIGHT))
    assert FLOOR not in seen[-1]


def test_a_report_made_before_the_gap_is_excused_by_the_next_and_no_later() -> None:
    told = Told()
    assert not told.look(1003.0, 0, 400)
    assert not told.look(1004.0, 400, 0)
    assert told.look(1005.0, 400, 0)


def test_what_was_repaired_on_the_way_to_us_excuses_nothing() -> None:
    told = Told()
    assert not told.look(1003.0, 400, 400)
    assert not told.look(1004.0, -400, -400)
    assert told.look(1005.0, 400, 0)


@pytest.mark.parametrize(("more", "is_held"), [(-0.001, False), (0.0, True), (0.001, True)])
def test_a_queue_this_long_is_too_long(more: float, is_held: bool) -> None:
    told = Told()
    told.downlink.hear_trip(0.0, 1001.0)
    for second in range(dl.SIGNS):
        told.downlink.hear_trip(dl.LONG_QUEUE_SECONDS + more, 1002.0 + second)
        told.look(1002.0 + second)
    assert bool(told.downlink.held) is is_held


@pytest.mark.parametrize(("more", "is_held"), [(-1, False), (0, True), (1, True)])
def test_a_queue_must_last_for_so_many_looks(more: int, is_held: bool) -> None:
    told = Told()
    told.downlink.hear_trip(0.0, 1001.0)
    for second in range(dl.SIGNS + more):
        told.downlink.hear_trip(dl.LONG_QUEUE_SECONDS, 1002.0 + second)
        told.look(1002.0 + second)
    assert bool(told.downlink.held) is is_held


@pytest.mark.parametrize(("more", "is_on_trial"), [(-0.01, True), (0.0, True), (0.01, False)])
def test_what_was_given_back_is_on_trial_for_so_long(more: float, is_on_trial: bool) -> None:
    told = Told()
    held = told.look(1003.0, 300)
    began = 1003.0 + dl.FIRST_PAUSE
    assert told.look(began) < held, "the best of it is given back"
    told.look(began + dl.PROBE_SECONDS + more)
    # Half of what is heavy takes back what is on trial; afterwards it is borne.
    told.look(began + dl.PROBE_SECONDS + 0.5, int(dl.HEAVY_LOSS * 1000 / 2) + 10)
    assert (told.downlink.held == held) is is_on_trial
