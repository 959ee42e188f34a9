"""What is observed of those at a distance: that the chair sees somebody, and where the evidence is kept.

The measures themselves are no part of the meeting: they are kept beside the log, and the log holds what
binds them to the decision they belong to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.actors import Actor
from meeting_server.meeting.changing import with_presence
from meeting_server.meeting.counting import rules_of
from meeting_server.meeting.grounds import person_on_roster
from meeting_server.meeting.outcome import Command, Event, Refusal
from meeting_server.meeting.state import Meeting
from meeting_server.meeting.words import PersonId

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ConfirmSeen(Command):
    """The chair has looked and sees that somebody at a distance takes part (Jag ser …).

    A picture that stands still may be a frozen camera or somebody who sits still: only a person can tell.
    """

    person: PersonId


@dataclass(frozen=True, slots=True)
class RecordEvidence(Command):
    """The machine has kept the evidence of links, pictures and sound for the decision in row `about`."""

    about: int
    sha256: str


@dataclass(frozen=True, slots=True)
class SeenConfirmed(Event):
    """The chair sees the person, who takes part at a distance."""

    person: PersonId
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceRecorded(Event):
    """What was measured of those at a distance for the decision in row `about` has this SHA-256."""

    about: int
    sha256: str


def decide_confirm_seen(meeting: Meeting, command: ConfirmSeen, actor: Actor) -> list[Event]:
    """Of somebody who takes part at a distance now."""
    del actor
    person = person_on_roster(meeting, command.person)
    if meeting.presence[person.id].state != "remote":
        raise Refusal(
            "not-remote",
            "system",
            f"{person.called} deltar inte på distans just nu.",
            "Inte på distans",
            {"person": person.id},
        )
    ruling = rules_of(meeting).identity_established(confirmed=True).record()
    return [SeenConfirmed(person.id, (ruling,))]


def decide_record_evidence(meeting: Meeting, command: RecordEvidence, actor: Actor) -> list[Event]:
    """Of a row that is there, with a hash that is one."""
    del actor
    if not 0 < command.about <= meeting.seq or not _SHA256.fullmatch(command.sha256):
        raise Refusal(
            "no-such-row",
            "system",
            "Underlaget hör inte till någon händelse i mötets logg.",
            "Ingen sådan händelse",
            {"about": command.about},
        )
    return [EvidenceRecorded(command.about, command.sha256)]


def seen_confirmed(meeting: Meeting, event: SeenConfirmed, at: datetime) -> Meeting:
    """Seen at this moment."""
    return with_presence(meeting, event.person, seen_at=at)


def evidence_recorded(meeting: Meeting, event: EvidenceRecorded, at: datetime) -> Meeting:
    """Nothing of the meeting changes."""
    del event, at
    return meeting
