"""5 kap. 35 §: En motion eller ett medborgarförslag ska om möjligt beredas på sådant sätt att fullmäktige
kan fatta beslut inom ett år från det att motionen eller medborgarförslaget väcktes.

Om beredningen inte kan avslutas inom denna tid, ska detta och vad som har kommit fram vid beredningen
anmälas till fullmäktige inom samma tid. Fullmäktige får då avskriva motionen eller medborgarförslaget
från vidare handläggning.
"""

from datetime import date

import pytest

from meeting_server.law.asking import decided_in_time
from meeting_server.law.kommunallagen.preparation import clock, months_after, year_reported

RAISED = date(2025, 11, 24)


@pytest.mark.parametrize(
    ("on", "stands"),
    [
        (date(2026, 9, 23), "in_time"),
        (date(2026, 9, 24), "soon"),
        (date(2026, 11, 24), "soon"),
        (date(2026, 11, 25), "overdue"),
    ],
)
def test_ten_months_warn_and_a_year_is_the_end(on: date, stands: str) -> None:
    assert clock(raised_on=RAISED, on=on) == stands
    assert decided_in_time(raised_on=RAISED.isoformat(), on=on.isoformat()).outcome is (stands != "overdue")


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 10, 31), 2, date(2026, 12, 31)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_months_are_counted_by_the_calendar(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


@pytest.mark.parametrize(
    ("overdue", "reported", "good"), [(True, False, False), (True, True, True), (False, False, True)]
)
def test_what_is_not_ready_is_reported(overdue: bool, reported: bool, good: bool) -> None:
    assert year_reported(overdue=overdue, reported=reported).outcome is good
