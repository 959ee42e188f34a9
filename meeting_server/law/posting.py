"""The notice board and what runs from it (anslagstavlan): what may stand there and how long.

A last day at a weekend or holiday rolls over to the next weekday (lag 1930:173, whose wording is unverified
here). Doing something the day by itself is over is therefore told and not refused; a notice stays through the
later of the two, and both days are shown.
"""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias

from meeting_server.law.citation import kl
from meeting_server.law.kommunallagen.minutes import VERIFY_WITHIN_DAYS
from meeting_server.law.ruling import duty, rule

ANNOUNCE_WITHIN_DAYS: Final = 2
"""The days after verification within which it is announced (8:12)."""

APPEAL_DAYS: Final = 21
"""The three weeks within which an appeal must have come in (13:5)."""

Timing: TypeAlias = Literal["in_time", "rolled", "late"]
"""By the day itself, by the weekday it rolls over to (shown, not failed), or after both."""

Posting: TypeAlias = Literal[
    "assembly_meeting",
    "verified_minutes",
    "delegated_decision",
    "minutes_text",
    "how_to_appeal",
    "by_statute",
    "committee_meeting",
    "meeting_papers",
]
"""What the law lets stand on the notice board: tillkännagivande av fullmäktiges sammanträde, av justerat
protokoll, av delegationsbeslut; justerat protokoll, upplysning om överklagande, kungörelse enligt lag (8:10);
tillkännagivande av nämnds sammanträde, beslutsunderlag (8:11)."""

REQUIRED: Final = frozenset(
    {
        "assembly_meeting",
        "verified_minutes",
        "delegated_decision",
        "minutes_text",
        "how_to_appeal",
        "by_statute",
    }
)
"""The postings of 8:10, in the order of its points."""

PERMITTED: Final = frozenset({"committee_meeting", "meeting_papers"})
"""The only other postings (8:11)."""

APPEALABLE: Final = frozenset({"verified_minutes", "delegated_decision"})
"""The postings from which the time to appeal is counted (13:5)."""

NOTICE_CONTENT: Final = {
    "where": "var protokollet finns tillgängligt",
    "announced_on": "vilken dag det har tillkännagetts",
}
"""What the notice of verification tells: key → the statute's words (8:12)."""

_SATURDAY: Final = 5


def next_weekday(day: date, holidays: Collection[date]) -> date:
    """The day itself, or the next Monday to Friday that is no holiday."""
    while day.weekday() >= _SATURDAY or day in holidays:
        day += timedelta(days=1)
    return day


def verify_by(meeting_on: date) -> date:
    """The last day to verify the minutes (justera): fourteen days after the meeting (5:69)."""
    return meeting_on + timedelta(days=VERIFY_WITHIN_DAYS)


def announce_by(verified_on: date) -> date:
    """The last day to announce the verification: the second day after it (8:12)."""
    return verified_on + timedelta(days=ANNOUNCE_WITHIN_DAYS)


def three_weeks_end(announced_on: Sequence[date]) -> date:
    """The day three weeks from the day it was announced on the last of the boards, whatever day of the week.

    ValueError before it has been announced anywhere.
    """
    return max(announced_on) + timedelta(days=APPEAL_DAYS)


def appeal_ends(announced_on: Sequence[date], holidays: Collection[date]) -> date:
    """The last day of the appeal time: the end of the three weeks, or the weekday that day rolls over to.

    holidays: those of the years concerned, midsommarafton, julafton and nyårsafton among them (lag 1930:173).
    ValueError before it has been announced anywhere.
    """
    return next_weekday(three_weeks_end(announced_on), holidays)


def timing(*, done_on: date, last: date, rolled: date) -> Timing:
    """Whether something was done by its last day, by the weekday that day rolls over to, or later."""
    if done_on <= last:
        return "in_time"
    return "rolled" if done_on <= rolled else "late"


@rule("posting", kl(8, 11), "Anslagstavlan får utöver det som anges i 10 § endast innehålla")
def may_be_posted(*, kind: str) -> bool:
    """Whether a posting of that kind may stand on the notice board: only a Posting may."""
    return kind in REQUIRED or kind in PERMITTED


@duty("must-be-posted", kl(8, 10), "Anslagstavlan ska innehålla")
def must_be_posted(*, kind: Posting) -> bool:
    """Whether a posting of that kind is owed to the notice board, and not only let stand there."""
    return kind in REQUIRED


@rule(
    "verification-announced",
    kl(8, 12),
    "Senast andra dagen efter det att protokollet har justerats ska justeringen "
    "tillkännages på anslagstavlan.",
    force="warn",
)
def verification_announced(*, announced_on: date, last: date, rolled: date) -> Timing:
    """Whether the verification was announced in time: by the `last` day, or the weekday it is `rolled` to."""
    return timing(done_on=announced_on, last=last, rolled=rolled)


@duty(
    "verification-notice",
    kl(8, 12),
    "Av tillkännagivandet ska det framgå var protokollet finns tillgängligt samt vilken dag "
    "det har tillkännagetts.",
)
def notice_content(*, shown: frozenset[str]) -> tuple[str, ...]:
    """The keys of NOTICE_CONTENT that the notice lacks; empty when complete."""
    return tuple(key for key in NOTICE_CONTENT if key not in shown)


@rule(
    "notice-stays",
    kl(8, 12),
    "Tillkännagivandet får inte tas bort från anslagstavlan före överklagandetidens utgång",
)
def may_be_removed(*, on: date, ends: date) -> bool:
    """Whether the notice may be taken down that day: the day after the appeal time has ended, not before."""
    return on > ends


@rule(
    "appeal-time",
    kl(13, 5, 1),
    "inom tre veckor från den dag då det tillkännagavs på kommunens, regionens eller kommunalförbundets "
    "anslagstavla att protokollet över beslutet justerats",
)
def appeal_open(*, on: date, ends: date) -> bool:
    """Whether an appeal that comes in that day is in time; `ends` is what `appeal_ends` gives."""
    return on <= ends


@rule(
    "appeal-time-runs",
    kl(13, 5, 2),
    "Tillkännagivandet av protokollsjusteringen måste finnas på anslagstavlan under hela överklagandetiden",
)
def appeal_time_runs(*, unbroken: bool) -> bool:
    """Whether the appeal time has run: the notice has been there all the while."""
    return unbroken


@rule(
    "posted-everywhere",
    kl(9, 32),
    "ska tillkännages på var och en av de samverkande kommunernas och regionernas anslagstavlor",
    force="warn",
)
def posted_everywhere(*, posted: frozenset[str], organisations: frozenset[str]) -> bool:
    """Whether a joint committee's verification stands on the board of each municipality in it, by id."""
    return organisations <= posted
