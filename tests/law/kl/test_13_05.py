"""13 kap. 5 §: Överklagandet ska ha kommit in till förvaltningsrätten inom tre veckor från den dag då det
tillkännagavs på kommunens, regionens eller kommunalförbundets anslagstavla att protokollet över beslutet
justerats. Tiden för överklagande av en gemensam nämnds beslut räknas från det att till- kännagivandet
skett på anslagstavlorna i samtliga samverkande kommuner och regioner.

Tillkännagivandet av protokollsjusteringen måste finnas på anslagstavlan under hela överklagandetiden för
att tiden ska löpa ut.
"""

from datetime import date

import pytest

from meeting_server.law.posting import appeal_ends, appeal_open, appeal_time_runs, three_weeks_end


def test_three_weeks_run_from_the_day_it_was_announced() -> None:
    assert three_weeks_end([date(2026, 12, 1)]) == appeal_ends([date(2026, 12, 1)], ()) == date(2026, 12, 22)


def test_a_joint_committees_time_runs_from_the_last_of_the_boards() -> None:
    boards = [date(2026, 12, 1), date(2026, 12, 4), date(2026, 12, 2)]
    assert three_weeks_end(boards) == date(2026, 12, 25)
    assert appeal_ends(boards, {date(2026, 12, 25)}) == date(2026, 12, 28)


@pytest.mark.parametrize(
    ("announced", "ends"),
    [
        (date(2026, 11, 27), date(2026, 12, 18)),
        (date(2026, 11, 28), date(2026, 12, 21)),
        (date(2026, 11, 29), date(2026, 12, 21)),
        (date(2026, 11, 30), date(2026, 12, 21)),
    ],
)
def test_a_last_day_at_a_weekend_rolls_over(announced: date, ends: date) -> None:
    assert appeal_ends([announced], ()) == ends


def test_there_is_no_appeal_time_before_anything_is_announced() -> None:
    with pytest.raises(ValueError, match="empty"):
        appeal_ends([], ())


@pytest.mark.parametrize(("on", "in_time"), [(21, True), (22, True), (23, False)])
def test_an_appeal_comes_in_on_the_last_day_at_the_latest(on: int, in_time: bool) -> None:
    assert appeal_open(on=date(2026, 12, on), ends=date(2026, 12, 22)).outcome is in_time


@pytest.mark.parametrize("unbroken", [True, False])
def test_the_time_runs_only_while_the_notice_is_there(unbroken: bool) -> None:
    assert appeal_time_runs(unbroken=unbroken).outcome is unbroken
