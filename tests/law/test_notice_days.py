"""The last days, below, at and above: a week before, and the weekday before."""

from datetime import date

import pytest

from meeting_server.law.notice_days import (
    announced_in_time,
    budget_in_public,
    called_in_time,
    days_before,
    extra_meeting,
    week_before,
    weekday_before,
)

CHRISTMAS = {date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 26)}


def test_a_week_before_a_monday_is_the_monday_before() -> None:
    assert week_before(date(2026, 11, 24)) == date(2026, 11, 17)


@pytest.mark.parametrize(
    ("meeting_on", "last"),
    [
        (date(2026, 11, 24), date(2026, 11, 23)),
        (date(2026, 11, 23), date(2026, 11, 20)),
        (date(2026, 12, 28), date(2026, 12, 23)),
        (date(2026, 12, 25), date(2026, 12, 23)),
    ],
)
def test_the_weekday_before_is_no_saturday_sunday_or_holiday(meeting_on: date, last: date) -> None:
    assert weekday_before(meeting_on, CHRISTMAS) == last


@pytest.mark.parametrize(
    ("on", "in_time"), [("2026-11-16", True), ("2026-11-17", True), ("2026-11-18", False), (None, False)]
)
def test_what_is_announced_or_called_on_the_last_day_is_in_time(on: str | None, *, in_time: bool) -> None:
    assert announced_in_time(announced_on=on, announce_by="2026-11-17").outcome is in_time
    assert called_in_time(called_on=on, call_by="2026-11-17").outcome is in_time


@pytest.mark.parametrize(
    ("requesting", "members", "owed"), [(20, 61, False), (21, 61, True), (4, 13, False), (5, 13, True)]
)
def test_a_third_of_the_members_is_owed_a_meeting(requesting: int, members: int, *, owed: bool) -> None:
    assert extra_meeting(requesting=requesting, members=members).outcome is owed


@pytest.mark.parametrize(
    ("sets", "announced", "place", "may"),
    [
        (False, False, False, True),
        (True, True, True, True),
        (True, False, True, False),
        (True, True, False, False),
    ],
)
def test_a_federations_budget_is_set_in_public(
    *, sets: bool, announced: bool, place: bool, may: bool
) -> None:
    assert budget_in_public(sets_budget=sets, announced=announced, place=place).outcome is may


@pytest.mark.parametrize(("days", "last"), [(1, "2026-11-23"), (5, "2026-11-19"), (24, "2026-10-31")])
def test_a_committees_own_days_are_counted_back_from_the_meeting(days: int, last: str) -> None:
    assert days_before(date(2026, 11, 24), days).isoformat() == last
