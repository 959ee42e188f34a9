"""5 kap. 10 §: Fullmäktige får besluta om extra val till fullmäktige mellan ordinarie val. Extra val ska
hållas om minst två tredjedelar av de närvarande ledamöterna röstar för det. Ett beslut om extra val får
dock inte fattas förrän sex månader har gått från det nyvalda fullmäktiges första sammanträde.
"""

from datetime import date

import pytest

from meeting_server.law.kommunallagen.majorities import MAJORITIES, extra_election_not_before


@pytest.mark.parametrize(
    ("yes", "no", "present", "side"),
    [
        (39, 21, 60, "no"),
        (40, 20, 60, "yes"),
        (41, 19, 60, "yes"),
        (40, 0, 61, "no"),
        (41, 0, 61, "yes"),
        (67, 0, 101, "no"),
        (68, 33, 101, "yes"),
        (99, 0, 149, "no"),
        (100, 0, 149, "yes"),
        (0, 0, 0, "no"),
    ],
)
def test_two_thirds_of_those_present_and_not_of_the_votes_cast(
    yes: int, no: int, present: int, side: str
) -> None:
    ruling = MAJORITIES["extra_election"].side(yes=yes, no=no, present=present)
    assert ruling.outcome == side
    assert ruling.cites.short == "KL 5:10"


@pytest.mark.parametrize(
    ("first_meeting", "on", "may"),
    [
        (date(2026, 10, 20), date(2027, 4, 19), False),
        (date(2026, 10, 20), date(2027, 4, 20), True),
        (date(2026, 10, 20), date(2027, 4, 21), True),
        (date(2026, 8, 31), date(2027, 2, 27), False),
        (date(2026, 8, 31), date(2027, 2, 28), True),
        (date(2026, 6, 30), date(2026, 12, 29), False),
        (date(2026, 6, 30), date(2026, 12, 30), True),
    ],
)
def test_not_before_six_months_after_the_newly_elected_first_met(
    first_meeting: date, on: date, may: bool
) -> None:
    assert extra_election_not_before(first_meeting=first_meeting, on=on).outcome is may
