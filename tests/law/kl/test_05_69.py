"""5 kap. 69 §: Ett protokoll ska justeras senast fjorton dagar efter sammanträdet på det sätt som
fullmäktige har bestämt.
"""

from datetime import date

import pytest

from meeting_server.law.posting import verify_by
from meeting_server.law.regime import ASSEMBLY_2018, COMMITTEE_2018


@pytest.mark.parametrize(("days_after", "in_time"), [(0, True), (13, True), (14, True), (15, False)])
def test_the_minutes_are_verified_within_fourteen_days(days_after: int, in_time: bool) -> None:
    for rules in (ASSEMBLY_2018, COMMITTEE_2018):
        assert rules.verified_in_time(days_after=days_after).outcome is in_time
        assert rules.verify_within_days == 14


def test_the_last_day_is_the_fourteenth_after_the_meeting() -> None:
    assert verify_by(date(2026, 11, 24)) == date(2026, 12, 8)
