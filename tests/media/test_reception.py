"""What has arrived and what has not, over losses, roll-overs, repeats and late packets."""

import pytest

from meeting_server.media.reception import (
    MAX_MISSING,
    MAX_REQUESTS,
    REQUEST_SECONDS,
    Reception,
)


def receive(*sequences: int, start: float = 0.0) -> Reception:
    found = Reception(90000)
    for index, sequence in enumerate(sequences):
        found.arrive(sequence & 0xFFFF, index * 900, start + index * 0.01)
    return found


def test_numbers_are_counted_over_the_roll_over() -> None:
    found = Reception(90000)
    assert [found.arrive(each, 0, 0.0).number for each in (65534, 65535, 0, 1)] == [
        65534,
        65535,
        65536,
        65537,
    ]


@pytest.mark.parametrize(
    ("sequences", "missing"),
    [
        ((1, 2, 3), []),
        ((1, 3), [2]),
        ((1, 5), [2, 3, 4]),
        ((65534, 1), [65535, 0]),
        ((1, 3, 2), []),
    ],
)
def test_a_gap_is_asked_for(sequences: tuple[int, ...], missing: list[int]) -> None:
    assert receive(*sequences).due(1.0) == missing


def test_a_packet_is_asked_for_again_after_a_while_and_given_up_in_the_end() -> None:
    found = receive(1, 3)
    now = 0.01
    for _ in range(MAX_REQUESTS):
        assert found.due(now) == [2]
        assert found.due(now + REQUEST_SECONDS * 0.9) == []
        now += REQUEST_SECONDS
    assert not found.is_broken
    assert found.due(now) == []
    assert found.is_broken
    assert not found.is_waiting


def test_a_repair_is_new_once_and_not_counted_as_received() -> None:
    found = receive(1, 3)
    first = found.arrive(2, 900, 0.1, is_repair=True)
    second = found.arrive(2, 900, 0.2, is_repair=True)
    assert (first.number, first.is_new, first.is_newest) == (2, True, False)
    assert not second.is_new
    loss = found.report()
    assert loss is not None
    assert loss.cumulative == 1


def test_a_repeated_packet_is_not_new() -> None:
    found = receive(1, 2)
    assert not found.arrive(2, 900, 0.1).is_new


def test_what_is_older_than_the_first_is_not_new() -> None:
    found = receive(10, 11)
    assert not found.arrive(9, 0, 0.1).is_new


@pytest.mark.parametrize(("jump", "is_broken"), [(MAX_MISSING, False), (MAX_MISSING + 1, True)])
def test_a_broken_line_asks_for_no_packets(jump: int, is_broken: bool) -> None:
    found = receive(1, 2 + jump)
    assert found.is_broken == is_broken
    assert found.is_waiting == (not is_broken)


def test_the_report_tells_the_loss_since_the_last_one() -> None:
    found = receive(1, 2, 4, 5)
    loss = found.report()
    assert loss is not None
    assert (loss.fraction, loss.cumulative, loss.highest) == (51, 1, 5)
    assert loss.share == pytest.approx(0.2)
    found.arrive(6, 0, 1.0)
    loss = found.report()
    assert loss is not None
    assert (loss.fraction, loss.cumulative) == (0, 1)


def test_before_the_first_packet_there_is_nothing_to_report() -> None:
    assert Reception(90000).report() is None


def test_jitter_is_zero_on_an_even_line_and_not_on_an_uneven_one() -> None:
    even = receive(*range(50)).report()
    uneven = Reception(90000)
    for index in range(50):
        uneven.arrive(index, index * 900, index * 0.01 + (0.005 if index % 2 else 0.0))
    found = uneven.report()
    assert even is not None
    assert found is not None
    assert even.jitter == 0
    assert found.jitter > 100
