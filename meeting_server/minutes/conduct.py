"""Order at the meeting in the minutes: who was told off, sent out and let in, and why it ended early."""

from __future__ import annotations

from collections.abc import Sequence

from meeting_server.meeting.conduct import Admonished, Expelled, LetIn, MeetingDissolved
from meeting_server.meeting.counting import rules_of
from meeting_server.meeting.undecided import QuorumMissed
from meeting_server.minutes.reading import Reading
from meeting_server.minutes.wording import counted, sentence


def conduct_sentences(
    reading: Reading, event: Admonished | Expelled | LetIn | MeetingDissolved | QuorumMissed, at: str
) -> list[str]:
    """What the minutes say of it; `at` is the time as a sentence begins with it."""
    match event:
        case Admonished(reason=reason):
            return [f"{at} ger ordföranden {_who(reading, event)} en tillsägelse: {sentence(reason)}"]
        case Expelled(reason=reason, interrupts_service=interrupts):
            rule = rules_of(reading.meeting).may_expel
            ground = f" ({rule.cites.swedish})" if rule.force == "enforce" else ""
            text = f"{at} visar ordföranden ut {_who(reading, event)}{ground}: {sentence(reason)}"
            return [
                f"{text} {reading.person(event.person or '').name} lämnar sammanträdet."
                if interrupts
                else text
            ]
        case LetIn(person=person):
            return [f"{at} låter ordföranden {reading.person(person).called} komma in igen."]
        case MeetingDissolved(reason=reason, unsettled=unsettled):
            return [
                f"{at} upplöser ordföranden sammanträdet, eftersom ordningen inte kan upprätthållas: "
                f"{sentence(reason)}{_unsettled(unsettled)}"
            ]
        case QuorumMissed(because=because, unsettled=unsettled):
            return [
                f"{at} avslutar ordföranden sammanträdet, som inte kan fortsätta. "
                f"{because}{_unsettled(unsettled)}"
            ]


def quorum_text(reading: Reading) -> str:
    """That no matter was taken up since too few were here, where no § can say so; empty otherwise."""
    missed = [one.event for one in reading.before if isinstance(one.event, QuorumMissed)]
    return f"Inget ärende tas upp. {missed[-1].because}" if missed else ""


def _unsettled(matters: Sequence[str]) -> str:
    if not matters:
        return ""
    return f" {counted(len(matters), 'ärende är inte avgjort', 'ärenden är inte avgjorda')}."


def _who(reading: Reading, event: Admonished | Expelled) -> str:
    return (
        reading.person(event.person).called if event.person is not None else f"en åhörare ({event.listener})"
    )
