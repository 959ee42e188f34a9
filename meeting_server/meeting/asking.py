"""Interpellations and questions: whether they may be put, that they are answered, who may debate them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from meeting_server.law.asking import may_be_debated, may_debate_question
from meeting_server.law.kommunallagen.questions import subject_allowed
from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.actors import Actor
from meeting_server.meeting.changing import with_matter
from meeting_server.meeting.counting import counted, is_here
from meeting_server.meeting.grounds import (
    able_chair,
    require_quorum,
    section,
    sentence,
    unsettled_matter,
    uphold,
)
from meeting_server.meeting.outcome import Command, Event, Refusal
from meeting_server.meeting.state import MatterState, Meeting
from meeting_server.meeting.words import FloorKind, MatterId, PersonId


@dataclass(frozen=True, slots=True)
class Asking:
    """What is particular to one kind of asking: its name, and whether only two may debate it (KL 5:64)."""

    definite: str
    only_two: bool


ASKING: dict[str, Asking] = {
    "interpellation": Asking("Interpellationen", only_two=False),
    "question": Asking("Frågan", only_two=True),
}
"""By kind of matter."""


@dataclass(frozen=True, slots=True)
class PermitAsking(Command):
    """The chair finds, without debate, whether the interpellation or question may be put."""

    permitted: bool = True


@dataclass(frozen=True, slots=True)
class RecordAnswer(Command):
    """The one asked has answered."""


@dataclass(frozen=True, slots=True)
class AskingDecided(Event):
    """The assembly has said whether the interpellation or question may be put (KL 5:62)."""

    matter: MatterId
    permitted: bool
    present: tuple[PersonId, ...]
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class AskingAnswered(Event):
    """The interpellation or question is answered (KL 5:68)."""

    matter: MatterId
    person: PersonId


def decide_permit(meeting: Meeting, command: PermitAsking, actor: Actor) -> list[Event]:
    """Once, with quorum, before anybody has debated it."""
    del actor
    matter, asking = _asked(meeting)
    able_chair(meeting)
    if matter.may_be_put is not None:
        raise Refusal(
            "asking-decided",
            may_be_debated.cites.short,
            f"Det är redan beslutat om {asking.definite.lower()} får ställas.",
            "Redan beslutat",
            {"matter": matter.matter.id},
        )
    subject = subject_allowed(authority=matter.matter.authority).record()
    return [
        AskingDecided(
            matter.matter.id, command.permitted, counted(meeting), (require_quorum(meeting), subject)
        )
    ]


def decide_answer(meeting: Meeting, command: RecordAnswer, actor: Actor) -> list[Event]:
    """By the one asked, who must be here; once."""
    del command, actor
    matter, asking = _asked(meeting)
    _permitted(matter)
    if matter.answered:
        raise Refusal(
            "already-answered",
            "arbetsordningen",
            f"{asking.definite} är redan besvarad.",
            "Redan besvarad",
            {"matter": matter.matter.id},
        )
    answers = matter.matter.answered_by
    if answers is None or not is_here(meeting.presence[answers]):
        who = meeting.people[answers].called if answers is not None else "Den som ska svara"
        raise Refusal(
            "answerer-absent",
            "arbetsordningen",
            f"{who} är inte närvarande och kan inte svara.",
            "Den som svarar är inte här",
            {"person": answers},
        )
    return [AskingAnswered(matter.matter.id, answers)]


def require_debate_permitted(meeting: Meeting, person: PersonId, kind: FloorKind) -> None:
    """That the person may have the floor in an asking: it is permitted, and a question is for two alone.

    Points of order are always heard.
    """
    matter = meeting.matter
    asking = ASKING.get(matter.matter.kind) if matter is not None else None
    if matter is None or asking is None or kind == "order":
        return
    _permitted(matter)
    if asking.only_two:
        asks, answers = matter.matter.asked_by, matter.matter.answered_by
        two = [meeting.people[p].called for p in (asks, answers) if p is not None]
        uphold(
            may_debate_question,
            may_debate_question(person=person, asks=asks, answers=answers),
            f"Bara {' och '.join(two)} får delta i överläggningen om frågan.",
            "Bara frågeställaren och den som svarar",
        )


def noted_text(matter: MatterState) -> str | None:
    """What ends an asking, as the minutes say it, None for other matters; refused until it is answered."""
    asking = ASKING.get(matter.matter.kind)
    if asking is None:
        return None
    if matter.may_be_put is False:
        return f"{asking.definite} får inte ställas."
    _permitted(matter)
    if not matter.answered:
        raise Refusal(
            "not-answered",
            "arbetsordningen",
            f"{asking.definite} är inte besvarad. Anteckna svaret eller bordlägg ärendet.",
            "Inte besvarad",
            {"matter": matter.matter.id},
        )
    return f"{asking.definite} är besvarad och överläggningen förklaras avslutad."


def asking_decided(meeting: Meeting, event: AskingDecided, at: datetime) -> Meeting:
    """May be put, or not."""
    del at
    return with_matter(meeting, event.matter, permitted=event.permitted)


def asking_answered(meeting: Meeting, event: AskingAnswered, at: datetime) -> Meeting:
    """Answered."""
    del at
    return with_matter(meeting, event.matter, answered=True)


def _asked(meeting: Meeting) -> tuple[MatterState, Asking]:
    matter = unsettled_matter(meeting)
    asking = ASKING.get(matter.matter.kind)
    if asking is None:
        raise Refusal(
            "nothing-asked",
            "arbetsordningen",
            f"{section(matter)} är varken en interpellation eller en fråga.",
            "Ingen interpellation eller fråga",
            {"matter": matter.matter.id},
        )
    return matter, asking


def _permitted(matter: MatterState) -> None:
    if not may_be_debated(permitted=matter.may_be_put).outcome:
        asking = ASKING[matter.matter.kind].definite
        why = (
            f"Det är beslutat att {asking.lower()} inte får ställas."
            if matter.may_be_put is False
            else f"{asking} har inte fått ställas än. Pröva först, utan överläggning, om den får det."
        )
        raise Refusal(
            may_be_debated.code,
            may_be_debated.cites.short,
            f"{why} {sentence(may_be_debated)}",
            "Får inte ställas" if matter.may_be_put is False else "Besluta först om den får ställas",
            {"matter": matter.matter.id, "permitted": matter.may_be_put},
        )
