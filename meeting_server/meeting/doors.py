"""Closed doors (stängda dörrar): the debate in one matter without the public; open before deciding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from meeting_server.law.kommunallagen.publicity import decided_in_public
from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.actors import Actor
from meeting_server.meeting.changing import with_matter
from meeting_server.meeting.counting import are_doors_closed, counted, is_public, rules_of
from meeting_server.meeting.grounds import (
    able_chair,
    decides_behind_doors,
    open_debate,
    person_on_roster,
    require_quorum,
    section,
    sentence,
    unsettled_matter,
    uphold,
)
from meeting_server.meeting.outcome import Command, Event, Refusal
from meeting_server.meeting.procedural import Answer, answered
from meeting_server.meeting.state import Meeting
from meeting_server.meeting.words import MatterId, PersonId, ProceduralHow


@dataclass(frozen=True, slots=True)
class CloseDoors(Command):
    """The body has been asked to close the doors; `staying` are those let stay beside members.

    The rest is who moved it and how it was answered, as in `procedural.Answer`.
    """

    staying: tuple[PersonId, ...] = ()
    proposed_by: PersonId | None = None
    how: ProceduralHow = "acclamation"
    carried: bool = True
    against: tuple[PersonId, ...] = ()
    abstaining: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenDoors(Command):
    """The doors are opened again."""


@dataclass(frozen=True, slots=True)
class DecideBehindDoors(Command):
    """The chair goes on to the decision with the doors closed, though only the debate may be (Gå vidare)."""


@dataclass(frozen=True, slots=True)
class DoorsLeftClosed(Event):
    """What is decided in the matter from now on is decided behind closed doors, against KL 5:42."""

    matter: MatterId
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class DoorsClosed(Event):
    """The deliberation in the matter goes on without the public (KL 5:42)."""

    matter: MatterId
    staying: tuple[PersonId, ...]
    present: tuple[PersonId, ...]
    rulings: tuple[RulingRecord, ...] = ()
    proposed_by: PersonId | None = None
    how: ProceduralHow = "acclamation"
    in_favour: tuple[PersonId, ...] = ()
    against: tuple[PersonId, ...] = ()
    abstaining: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True)
class DoorsKeptOpen(Event):
    """The body was asked to close the doors and did not."""

    matter: MatterId
    present: tuple[PersonId, ...]
    rulings: tuple[RulingRecord, ...] = ()
    proposed_by: PersonId | None = None
    how: ProceduralHow = "acclamation"
    in_favour: tuple[PersonId, ...] = ()
    against: tuple[PersonId, ...] = ()
    abstaining: tuple[PersonId, ...] = ()


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
    if are_doors_closed(meeting):
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
    outcome = answered(
        meeting,
        Answer(command.proposed_by, command.how, command.carried, command.against, command.abstaining),
    )
    id, here, rulings = matter.matter.id, counted(meeting), (quorum, closed)
    votes = (outcome.in_favour, outcome.against, outcome.abstaining)
    if not outcome.carried:
        return [DoorsKeptOpen(id, here, rulings, command.proposed_by, command.how, *votes)]
    return [DoorsClosed(id, staying, here, rulings, command.proposed_by, command.how, *votes)]


def decide_open_doors(meeting: Meeting, command: OpenDoors, actor: Actor) -> list[Event]:
    """Whenever the chair finds that the deliberation no longer asks for it."""
    del command, actor
    matter, rules = unsettled_matter(meeting), rules_of(meeting)
    about = matter.matter
    always = rules.always_closed(authority=about.authority, secrecy=about.secrecy)
    if always.outcome:
        what = "myndighetsutövning" if about.authority else "uppgifter som omfattas av sekretess"
        raise Refusal(
            "always-closed",
            rules.always_closed.cites.short,
            f"{section(matter)} rör {what} och ska handläggas inom stängda dörrar. "
            f"{sentence(rules.always_closed)}",
            "Ska vara stängt",
            {"matter": about.id},
        )
    if not matter.doors_closed:
        raise Refusal(
            "doors-open",
            rules.closed_doors.cites.short,
            f"Dörrarna är inte stängda i {section(matter)}.",
            "Dörrarna är öppna",
            {"matter": matter.matter.id},
        )
    return [DoorsOpened(matter.matter.id)]


def decide_behind_doors(meeting: Meeting, command: DecideBehindDoors, actor: Actor) -> list[Event]:
    """Once in a matter, where the law wants them open; a committee decides behind its doors anyway."""
    del command, actor
    matter = unsettled_matter(meeting)
    able_chair(meeting)
    if not decides_behind_doors(meeting) or matter.decides_closed:
        why = "är redan antecknat" if matter.decides_closed else "behöver inte antecknas"
        raise Refusal(
            "nothing-to-pass",
            decided_in_public.cites.short,
            f"Att något beslutas inom stängda dörrar i {section(matter)} {why}.",
            "Inget att gå vidare från",
            {"matter": matter.matter.id},
        )
    return [DoorsLeftClosed(matter.matter.id, (decided_in_public(doors_closed=True).record(),))]


def doors_left_closed(meeting: Meeting, event: DoorsLeftClosed, at: datetime) -> Meeting:
    """Closed, knowingly."""
    del at
    return with_matter(meeting, event.matter, decides_closed=True)


def doors_closed(meeting: Meeting, event: DoorsClosed, at: datetime) -> Meeting:
    """Closed for the matter."""
    del at
    return with_matter(meeting, event.matter, doors_closed=True, staying=event.staying)


def doors_kept_open(meeting: Meeting, event: DoorsKeptOpen, at: datetime) -> Meeting:
    """As before; that it was asked stands in the log."""
    del event, at
    return meeting


def doors_opened(meeting: Meeting, event: DoorsOpened, at: datetime) -> Meeting:
    """Open again."""
    del at
    return with_matter(meeting, event.matter, doors_closed=False, decides_closed=False)
