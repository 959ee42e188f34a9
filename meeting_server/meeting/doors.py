"""Closed doors (stängda dörrar): the debate in one matter without the public; open before deciding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.actors import Actor
from meeting_server.meeting.changing import with_matter
from meeting_server.meeting.counting import counted, is_public, rules_of
from meeting_server.meeting.grounds import (
    able_chair,
    open_debate,
    person_on_roster,
    require_quorum,
    section,
    sentence,
    unsettled_matter,
    uphold,
)
from meeting_server.meeting.outcome import Command, Event, Refusal
from meeting_server.meeting.state import Meeting
from meeting_server.meeting.words import MatterId, PersonId


@dataclass(frozen=True, slots=True)
class CloseDoors(Command):
    """The meeting has decided to close the doors; `staying` are those let stay beside members."""

    staying: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenDoors(Command):
    """The doors are opened again."""


@dataclass(frozen=True, slots=True)
class DoorsClosed(Event):
    """The deliberation in the matter goes on without the public (KL 5:42)."""

    matter: MatterId
    staying: tuple[PersonId, ...]
    present: tuple[PersonId, ...]
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class DoorsOpened(Event):
    """The public may follow again."""

    matter: MatterId


def decide_close_doors(meeting: Meeting, command: CloseDoors, actor: Actor) -> list[Event]:
    """In a public meeting, in one matter, while it is debated."""
    del actor
    matter, rules = open_debate(meeting), rules_of(meeting)
    able_chair(meeting)
    if not is_public(meeting):
        raise Refusal(
            "not-public",
            rules.public_meeting.cites.short,
            f"{meeting.convened.body.name} sammanträder redan utan allmänhet. "
            f"{sentence(rules.public_meeting)}",
            "Redan utan allmänhet",
        )
    if matter.doors_closed:
        raise Refusal(
            "doors-closed",
            rules.closed_doors.cites.short,
            f"Dörrarna är redan stängda i {section(matter)}.",
            "Redan stängda",
            {"matter": matter.matter.id},
        )
    staying = tuple(person_on_roster(meeting, person).id for person in command.staying)
    quorum = require_quorum(meeting)
    closed = uphold(
        rules.closed_doors,
        rules.closed_doors(decided=True, deliberating=not matter.debate_closed),
        "Dörrarna får stängas bara under överläggningen.",
        "Bara under överläggningen",
    )
    return [DoorsClosed(matter.matter.id, staying, counted(meeting), (quorum, closed))]


def decide_open_doors(meeting: Meeting, command: OpenDoors, actor: Actor) -> list[Event]:
    """Whenever the chair finds that the deliberation no longer asks for it."""
    del command, actor
    matter = unsettled_matter(meeting)
    if not matter.doors_closed:
        raise Refusal(
            "doors-open",
            rules_of(meeting).closed_doors.cites.short,
            f"Dörrarna är inte stängda i {section(matter)}.",
            "Dörrarna är öppna",
            {"matter": matter.matter.id},
        )
    return [DoorsOpened(matter.matter.id)]


def doors_closed(meeting: Meeting, event: DoorsClosed, at: datetime) -> Meeting:
    """Closed for the matter."""
    del at
    return with_matter(meeting, event.matter, doors_closed=True, staying=event.staying)


def doors_opened(meeting: Meeting, event: DoorsOpened, at: datetime) -> Meeting:
    """Open again."""
    del at
    return with_matter(meeting, event.matter, doors_closed=False)
