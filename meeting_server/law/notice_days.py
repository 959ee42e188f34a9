"""The last days for announcing and calling a meeting (kungörelse, kallelse): dates in, dates out."""

from collections.abc import Collection
from datetime import date, timedelta

from meeting_server.law.citation import kl
from meeting_server.law.majority import at_least_third
from meeting_server.law.ruling import rule

_SATURDAY = 5
_WEEK = timedelta(days=7)


def week_before(meeting_on: date) -> date:
    """The last day that is at least a week before: Monday the 17th for Monday the 24th (5:13, 5:15)."""
    return meeting_on - _WEEK


def weekday_before(meeting_on: date, holidays: Collection[date]) -> date:
    """The nearest weekday before the meeting (5:14): Monday to Friday and no holiday, the strict reading."""
    day = meeting_on - timedelta(days=1)
    while day.weekday() >= _SATURDAY or day in holidays:
        day -= timedelta(days=1)
    return day


def days_before(meeting_on: date, days: int) -> date:
    """The last day that is at least so many days before, as a committee's own rules count them."""
    return meeting_on - timedelta(days=days)


@rule(
    "announced-in-time",
    kl(5, 13, 2),
    "minst en vecka före sammanträdesdagen",
    force="warn",
)
def announced_in_time(*, announced_on: str | None, announce_by: str) -> bool:
    """Whether the meeting was announced on the board at least a week before; ISO dates, None for never."""
    return announced_on is not None and announced_on <= announce_by


@rule("called-in-time", kl(5, 15), "minst en vecka före sammanträdesdagen", force="warn")
def called_in_time(*, called_on: str | None, call_by: str) -> bool:
    """Whether every member and substitute was called at least a week before; ISO dates, None for never."""
    return called_on is not None and called_on <= call_by


@rule(
    "extra-meeting",
    kl(5, 12, 2),
    "minst en tredjedel av fullmäktiges ledamöter begär det eller om ordföranden anser att det behövs",
    force="warn",
)
def extra_meeting(*, requesting: int, members: int) -> bool:
    """Whether those who ask for a meeting are enough to be owed one; the chair may hold one anyway."""
    return at_least_third(requesting, of=members)


@rule(
    "budget-in-public",
    kl(9, 10),
    "ska det sammanträde vid vilket budgeten fastställs vara offentligt",
    force="warn",
)
def budget_in_public(*, sets_budget: bool, announced: bool, place: bool) -> bool:
    """Whether a federation executive may set the budget: announced in time, where the public may come."""
    return not sets_budget or (announced and place)
