"""5 kap. 35, 45 and 59–64 §§: interpellations and questions to an elected official, and members' motions."""

from datetime import date

from meeting_server.law.citation import kl
from meeting_server.law.majority import more_than_half
from meeting_server.law.ruling import rule

_LEAP_DAY = (2, 29)


@rule("asking-permitted", kl(5, 62), "utan föregående överläggning om en interpellation får ställas")
def may_be_debated(*, permitted: bool | None) -> bool:
    """Whether it may be debated and answered: the assembly has first let it be put, without debate."""
    return permitted is True


@rule(
    "question-debate", kl(5, 64), "får bara den som ställer frågan och den som svarar delta i överläggningen"
)
def may_debate_question(*, person: str, asks: str | None, answers: str | None) -> bool:
    """Whether the person may take part in the debate on a question: only who asks and who answers."""
    return person in (asks, answers)


@rule(
    "answer-quorum",
    kl(5, 45),
    "interpellationer och frågor får besvaras även om färre ledamöter är närvarande",
)
def may_be_answered(*, present: int, seats: int, decided: bool) -> bool:
    """Whether an answer may be given: quorum, or the assembly has `decided` that fewer are enough."""
    return decided or more_than_half(present, of=seats)


@rule(
    "motion-in-time",
    kl(5, 35),
    "inom ett år från det att motionen eller medborgarförslaget väcktes",
    force="warn",
)
def decided_in_time(*, raised_on: str, on: str) -> bool:
    """Whether a member's motion is decided within a year of being raised; both ISO dates."""
    return on <= last_day_of_year(date.fromisoformat(raised_on)).isoformat()


def last_day_of_year(raised_on: date) -> date:
    """The last day of the year within which a motion should be decided: the same date a year later."""
    if (raised_on.month, raised_on.day) == _LEAP_DAY:
        return date(raised_on.year + 1, 2, 28)
    return raised_on.replace(year=raised_on.year + 1)
