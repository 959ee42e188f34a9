"""Procedural questions (ordningsfrågor) the body answers at once: without a matter's proposals and contests.

Who raised it, how it was answered and, where names were called, who voted how (KL 5:53–56, 5:67 p. 5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from meeting_server.meeting.counting import counted
from meeting_server.meeting.grounds import count, person_on_roster
from meeting_server.meeting.outcome import Refusal
from meeting_server.meeting.proposing import require_counted
from meeting_server.meeting.state import Meeting
from meeting_server.meeting.words import PersonId, ProceduralHow


@dataclass(frozen=True, slots=True)
class Answer:
    """What the chair reports: `carried` by acclamation; when names are called it follows from them."""

    proposed_by: PersonId | None
    how: ProceduralHow
    carried: bool
    against: Sequence[PersonId]
    abstaining: Sequence[PersonId]


@dataclass(frozen=True, slots=True)
class Answered:
    """Whether it carried and who voted how where names were called; all who count and are not named: yes."""

    carried: bool
    in_favour: tuple[PersonId, ...] = ()
    against: tuple[PersonId, ...] = ()
    abstaining: tuple[PersonId, ...] = ()


def answered(meeting: Meeting, answer: Answer) -> Answered:
    """What the body has decided; a tie is settled by the chair, who must then have voted (KL 5:56)."""
    if answer.proposed_by is not None:
        require_counted(meeting, answer.proposed_by, "yrka", own=False)
    against, abstaining = set(answer.against), set(answer.abstaining)
    if answer.how == "acclamation":
        if against or abstaining:
            raise Refusal(
                "names-not-called",
                "KL 5:54",
                "Namn anges bara när omröstning har skett. Välj omröstning eller ta bort namnen.",
                "Namn hör till omröstning",
            )
        return Answered(answer.carried)
    voters = counted(meeting)
    for person in (*answer.against, *answer.abstaining):
        if person not in voters or person in against & abstaining:
            raise Refusal(
                "not-a-voter",
                "KL 4:24",
                f"{person_on_roster(meeting, person).called} kan inte räknas så: var och en av de "
                f"{len(voters)} som tjänstgör har en röst.",
                "En röst var",
                {"person": person},
            )
    in_favour = tuple(p for p in voters if p not in against | abstaining)
    votes = (in_favour, tuple(p for p in voters if p in against), tuple(p for p in voters if p in abstaining))
    if len(in_favour) != len(against):
        return Answered(len(in_favour) > len(against), *votes)
    if meeting.chair in abstaining:
        raise Refusal(
            "casting-vote-needed",
            "KL 5:56",
            f"Rösterna står lika, {count(len(against), 'röst', 'röster')} mot {len(against)}. "
            "Ordföranden har utslagsröst och måste rösta.",
            "Ordföranden måste rösta",
            {"votes": len(against)},
        )
    return Answered(meeting.chair in in_favour, *votes)
