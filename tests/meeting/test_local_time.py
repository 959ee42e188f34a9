"""The clock on the wall, over the changes to and from summer time."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from meeting_server.meeting.local_time import SWEDISH_TIME, zone_at


@pytest.mark.parametrize(
    ("starts_at", "later", "shown"),
    [
        ("2026-10-24T18:00:00+02:00", datetime(2026, 10, 25, 0, 59, tzinfo=UTC), "02:59"),
        ("2026-10-24T18:00:00+02:00", datetime(2026, 10, 25, 1, 0, tzinfo=UTC), "02:00"),
        ("2026-10-24T18:00:00+02:00", datetime(2026, 10, 25, 9, 0, tzinfo=UTC), "10:00"),
        ("2026-03-28T18:00:00+01:00", datetime(2026, 3, 29, 8, 0, tzinfo=UTC), "10:00"),
    ],
)
def test_a_meeting_over_the_change_of_the_clock_keeps_swedish_time(
    starts_at: str, later: datetime, shown: str
) -> None:
    assert later.astimezone(zone_at(starts_at)).strftime("%H:%M") == shown


def test_an_instant_with_the_offset_of_sweden_is_swedish() -> None:
    assert zone_at("2026-11-24T18:30:00+01:00") is SWEDISH_TIME
    assert zone_at("2026-07-24T18:30:00+02:00") is SWEDISH_TIME


def test_an_instant_with_another_offset_keeps_it() -> None:
    assert zone_at("2026-11-24T18:30:00+02:00") == timezone(timedelta(hours=2))


def test_an_instant_without_an_offset_has_no_zone() -> None:
    assert zone_at("2026-11-24T18:30:00") is None
