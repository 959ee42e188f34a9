"""Taking back a departure (lämnade av misstag): that somebody never broke off the service after all.

A departure ends the right to serve for the day (KL 5:20), and one pressed by mistake would take a member's
vote. What is in the log stays there; it is stated that it was not so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from meeting_server.meeting.actors import Actor
from meeting_server.meeting.attendance import seat_taken
from meeting_server.meeting.changing import with_presence
from meeting_server.meeting.counting import is_here
from meeting_server.meeting.grounds import person_on_roster
from meeting_server.meeting.outcome import Command, Event, Refusal
from meeting_server.meeting.presence_changes import come
from meeting_server.meeting.state import Meeting
from meeting_server.meeting.words import PersonId


@dataclass(frozen=True, slots=True)
class TakeBackDeparture(Command):
    """State that somebody who was recorded as gone has not broken off the service."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class DepartureTakenBack(Event):
    """The service was not broken off; `stayed` when the person has been in the room all the time."""

    person: PersonId
    stayed: bool


def decide_take_back(meeting: Meeting, command: TakeBackDeparture, actor: Actor) -> list[Event]:
    """Of one whose departure ended service begun; from a distance one comes in again through the lobby."""
    del actor
    person = person_on_roster(meeting, command.person)
    presence = meeting.presence[person.id]
    if presence.departed_from is None:
        raise Refusal(
            "nothing-to-take-back",
            "system",
            f"{person.called} har inte lämnat sammanträdet under tjänstgöring. "
            "Det finns ingen avgång att ta tillbaka.",
            "Inget att ta tillbaka",
            {"person": person.id},
        )
    stayed = presence.state == "left" and presence.departed_from == "room"
    back = DepartureTakenBack(person.id, stayed)
    after = departure_taken_back(meeting, back, meeting.at)
    here = is_here(after.presence[person.id])
    return [back, *(seat_taken(after, person.id) if here else ())]


def departure_taken_back(meeting: Meeting, event: DepartureTakenBack, at: datetime) -> Meeting:
    """May serve again today; whoever was replaced meanwhile takes the seat back as one who comes late."""
    meeting = with_presence(meeting, event.person, interrupted_on=None, departed_from=None)
    presence = meeting.presence[event.person]
    if event.stayed:
        return come(meeting, event.person, "room", at, None)
    return with_presence(
        meeting, event.person, awaits_seat=is_here(presence) and presence.replaced_by is not None
    )
