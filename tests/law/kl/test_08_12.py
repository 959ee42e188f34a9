"""8 kap. 12 §: Senast andra dagen efter det att protokollet har justerats ska justeringen tillkännages på
anslagstavlan. Av tillkännagivandet ska det framgå var protokollet finns tillgängligt samt vilken dag det
har tillkännagetts. Tillkännagivandet får inte tas bort från anslagstavlan före överklagandetidens utgång
enligt 13 kap. 5 § första stycket.
"""

from datetime import date

import pytest

from meeting_server.law.posting import (
    NOTICE_CONTENT,
    announce_by,
    may_be_removed,
    next_weekday,
    notice_content,
    verification_announced,
)

FRIDAY = date(2026, 12, 4)
CHRISTMAS = {date(2026, 12, 24), date(2026, 12, 25)}


def test_the_second_day_after_is_the_last() -> None:
    assert announce_by(date(2026, 12, 1)) == date(2026, 12, 3)


@pytest.mark.parametrize(
    ("day", "rolled"),
    [
        (date(2026, 12, 4), date(2026, 12, 4)),
        (date(2026, 12, 5), date(2026, 12, 7)),
        (date(2026, 12, 6), date(2026, 12, 7)),
        (date(2026, 12, 24), date(2026, 12, 28)),
    ],
)
def test_a_last_day_at_a_weekend_or_holiday_rolls_over(day: date, rolled: date) -> None:
    assert next_weekday(day, CHRISTMAS) == rolled


@pytest.mark.parametrize(
    ("on", "timing"),
    [(5, "in_time"), (6, "in_time"), (7, "rolled"), (8, "late")],
)
def test_the_raw_day_is_warned_of_and_only_the_rolled_one_is_late(on: int, timing: str) -> None:
    last = announce_by(FRIDAY)
    ruling = verification_announced(
        announced_on=date(2026, 12, on), last=last, rolled=next_weekday(last, CHRISTMAS)
    )
    assert ruling.outcome == timing
    assert verification_announced.force == "warn"


def test_the_notice_says_where_and_when() -> None:
    assert notice_content(shown=frozenset(NOTICE_CONTENT)).outcome == ()
    assert notice_content(shown=frozenset({"where"})).outcome == ("announced_on",)


@pytest.mark.parametrize(("on", "may"), [(20, False), (21, False), (22, True)])
def test_the_notice_stays_through_the_last_day_of_the_appeal_time(on: int, may: bool) -> None:
    assert may_be_removed(on=date(2026, 12, on), ends=date(2026, 12, 21)).outcome is may
