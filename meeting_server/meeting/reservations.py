"""Reservations and minuted statements: what is announced before the meeting closes (KL 4:27)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from meeting_server.law.kommunallagen.elected_officials import may_have_minuted
from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.actors import Actor
from meeting_server.meeting.changing import with_matter
from meeting_server.meeting.counting import rules_of
from meeting_server.meeting.grounds import (
    matter_on_agenda,
    person_on_roster,
    required,
    section,
    sentence,
    the_matter,
)
from meeting_server.meeting.outcome import Command, Event, Refusal
from meeting_server.meeting.state import MatterState, Meeting, Note
from meeting_server.meeting.words import MatterId, PersonId


@dataclass(frozen=True, slots=True)
class Reserve(Command):
    """Reserve oneself against the decision in a matter (Reservera mig)."""

    matter: MatterId
    text: str | None = None


@dataclass(frozen=True, slots=True)
class RecordReservation(Command):
    """Record a reservation somebody has announced orally."""

    matter: MatterId
    person: PersonId
    text: str | None = None


@dataclass(frozen=True, slots=True)
class AddReservationText(Command):
    """Write, or replace, the text of one's own reservation."""

    matter: MatterId
    text: str


@dataclass(frozen=True, slots=True)
class AddStatement(Command):
    """Record a statement in the minutes (protokollsanteckning).

    `granted` tells that there is a right to it, or that the body has let it be made (KL 4:28). `understood`
    says that the lack of one has been shown and the statement is made all the same.
    """

    matter: MatterId
    person: PersonId
    text: str
    granted: bool = False
    understood: bool = False


@dataclass(frozen=True, slots=True)
class ReservationAnnounced(Event):
    """Somebody who took part in the decision reserves against it."""

    matter: MatterId
    person: PersonId
    text: str | None = None
    recorded_by: PersonId | None = None
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class ReservationTextAdded(Event):
    """The reservation has this text."""

    matter: MatterId
    person: PersonId
    text: str


@dataclass(frozen=True, slots=True)
class StatementMinuted(Event):
    """A statement has its place in the minutes."""

    matter: MatterId
    person: PersonId
    text: str
    recorded_by: PersonId | None = None
    rulings: tuple[RulingRecord, ...] = ()


def decide_reserve(meeting: Meeting, command: Reserve, actor: Actor) -> list[Event]:
    """One's own reservation."""
    return _reserve(meeting, command.matter, actor.name, command.text, None)


def decide_record(meeting: Meeting, command: RecordReservation, actor: Actor) -> list[Event]:
    """A reservation announced orally."""
    return _reserve(meeting, command.matter, command.person, command.text, actor.person)


def decide_add_text(meeting: Meeting, command: AddReservationText, actor: Actor) -> list[Event]:
    """The text of one's own reservation."""
    matter = matter_on_agenda(meeting, command.matter)
    if all(note.person != actor.name for note in matter.reservations):
        raise Refusal(
            "no-reservation",
            rules_of(meeting).may_reserve.cites.short,
            f"Du har inte reserverat dig i {section(matter)}. Anmäl reservationen först.",
            "Ingen reservation anmäld",
            {"matter": command.matter},
        )
    return [ReservationTextAdded(command.matter, actor.name, required(command.text, "Reservationens text"))]


def decide_add_statement(meeting: Meeting, command: AddStatement, actor: Actor) -> list[Event]:
    """In a matter that has been taken up; that nobody has granted it is warned of and passed knowingly."""
    matter = matter_on_agenda(meeting, command.matter)
    person = person_on_roster(meeting, command.person)
    if matter.number is None:
        raise Refusal(
            "not-taken-up",
            "KL 5:67",
            f"{the_matter(matter)} är inte upptaget.",
            "Inte upptaget",
            {"matter": command.matter},
        )
    text = required(command.text, "Protokollsanteckningens text")
    right = may_have_minuted(granted=command.granted)
    if not right.outcome and not command.understood:
        raise Refusal(
            may_have_minuted.code,
            may_have_minuted.cites.short,
            f"Ingen har medgett att {person.called} får en protokollsanteckning i {section(matter)}. Fråga "
            f"{meeting.convened.body.definite}, eller anteckna den ändå. {sentence(may_have_minuted)}",
            "Inte medgiven",
            {"person": person.id},
        )
    return [StatementMinuted(command.matter, person.id, text, actor.person, (right.record(),))]


def _reserve(
    meeting: Meeting, matter_id: MatterId, person_id: PersonId, text: str | None, by: PersonId | None
) -> list[Event]:
    matter = matter_on_agenda(meeting, matter_id)
    person = person_on_roster(meeting, person_id)
    rule = rules_of(meeting).may_reserve
    if matter.decision is None:
        raise Refusal(
            "not-decided",
            rule.cites.short,
            f"{the_matter(matter)} är inte avgjort; en reservation gäller ett beslut. {sentence(rule)}",
            "Inget beslut än",
            {"matter": matter_id},
        )
    if any(note.person == person_id for note in matter.reservations):
        raise Refusal(
            "already-reserved",
            rule.cites.short,
            f"{person.called} har redan reserverat sig i {section(matter)}.",
            "Redan reserverad",
            {"person": person_id},
        )
    ruling = rule(took_part=person_id in matter.decision.taking_part, closed=meeting.phase == "closed")
    if not ruling.outcome:
        raise Refusal(
            "took-no-part",
            rule.cites.short,
            f"{person.called} deltog inte i beslutet i {section(matter)} och kan inte reservera sig mot det. "
            f"{sentence(rule)}",
            "Deltog inte i beslutet",
            {"person": person_id, "matter": matter_id},
        )
    written = (text or "").strip() or None
    return [ReservationAnnounced(matter_id, person_id, written, by, (ruling.record(),))]


def reservation_announced(meeting: Meeting, event: ReservationAnnounced, at: datetime) -> Meeting:
    """One reservation more."""
    del at
    notes = (*meeting.matters[event.matter].reservations, Note(event.person, event.text))
    return with_matter(meeting, event.matter, reservations=notes)


def reservation_text_added(meeting: Meeting, event: ReservationTextAdded, at: datetime) -> Meeting:
    """The reservation has its text."""
    del at
    return with_matter(meeting, event.matter, reservations=_written(meeting.matters[event.matter], event))


def statement_minuted(meeting: Meeting, event: StatementMinuted, at: datetime) -> Meeting:
    """One statement more."""
    del at
    notes = (*meeting.matters[event.matter].statements, Note(event.person, event.text))
    return with_matter(meeting, event.matter, statements=notes)


def _written(matter: MatterState, event: ReservationTextAdded) -> tuple[Note, ...]:
    return tuple(
        Note(note.person, event.text) if note.person == event.person else note for note in matter.reservations
    )
