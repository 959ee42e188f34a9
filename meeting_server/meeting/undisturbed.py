"""That nobody else hears: who is at a distance behind closed doors says that he or she sits undisturbed.

Local rules want it (a place where nobody unauthorised can see or hear), no statute does: it is asked, shown
to the chair and recorded, and stops nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from meeting_server.meeting.actors import Actor
from meeting_server.meeting.changing import with_matter
from meeting_server.meeting.counting import is_behind_closed_doors, is_cut_off, profile_of
from meeting_server.meeting.grounds import person_on_roster, section, unsettled_matter
from meeting_server.meeting.outcome import Command, Event, Refusal
from meeting_server.meeting.state import Meeting
from meeting_server.meeting.words import MatterId, PersonId


@dataclass(frozen=True, slots=True)
class ConfirmUndisturbed(Command):
    """Say that nobody else can see or hear the meeting where one sits (Jag sitter ostört)."""


@dataclass(frozen=True, slots=True)
class RecordUndisturbed(Command):
    """Record that somebody at a distance has said so aloud."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class UndisturbedConfirmed(Event):
    """Somebody at a distance sits undisturbed while the matter is behind closed doors."""

    matter: MatterId
    person: PersonId
    recorded_by: PersonId | None = None


def decide_confirm(meeting: Meeting, command: ConfirmUndisturbed, actor: Actor) -> list[Event]:
    """One's own word."""
    del command
    return _confirm(meeting, actor.name, None)


def decide_record(meeting: Meeting, command: RecordUndisturbed, actor: Actor) -> list[Event]:
    """Somebody's word, written down."""
    return _confirm(meeting, command.person, actor.person)


def unconfirmed(meeting: Meeting) -> tuple[PersonId, ...]:
    """Those who follow closed deliberations at a distance and have not said that they sit undisturbed."""
    matter = meeting.matter
    if matter is None or not is_behind_closed_doors(meeting):
        return ()
    return tuple(
        person
        for person, presence in meeting.presence.items()
        if presence.state == "remote" and person not in matter.undisturbed and not is_cut_off(meeting, person)
    )


def _confirm(meeting: Meeting, person_id: PersonId, by: PersonId | None) -> list[Event]:
    matter, person = unsettled_matter(meeting), person_on_roster(meeting, person_id)
    if person.id not in unconfirmed(meeting):
        why = (
            "har redan bekräftat det"
            if person.id in matter.undisturbed
            else "deltar inte på distans inom stängda dörrar"
        )
        raise Refusal(
            "nothing-to-confirm",
            profile_of(meeting).local_rules,
            f"{person.called} {why} i {section(matter)}.",
            "Inget att bekräfta",
            {"person": person.id},
        )
    return [UndisturbedConfirmed(matter.matter.id, person.id, by)]


def undisturbed_confirmed(meeting: Meeting, event: UndisturbedConfirmed, at: datetime) -> Meeting:
    """Said, for this matter."""
    del at
    said = (*meeting.matters[event.matter].undisturbed, event.person)
    return with_matter(meeting, event.matter, undisturbed=said)
