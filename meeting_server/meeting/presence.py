"""Who is here: the lobby, identity, arrivals, departures, lost links and the roll call (närvaro, upprop)."""

from __future__ import annotations

from dataclasses import dataclass

from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.actors import SignedIn
from meeting_server.meeting.outcome import Command, Event
from meeting_server.meeting.words import ArrivalMethod, IdentityMethod, PersonId


@dataclass(frozen=True, slots=True)
class EnterLobby(Command):
    """Come to the lobby (lobbyn) to take part at a distance."""


@dataclass(frozen=True, slots=True)
class FollowAsViewer(Command):
    """Follow a public meeting as a viewer (åskådare), where the login is not enough to take part."""


@dataclass(frozen=True, slots=True)
class ConfirmIdentity(Command):
    """The chair establishes who somebody in the lobby is and lets the person in.

    `override_reason` is why somebody is let in without picture or sound, where the law lets a person judge.
    """

    person: PersonId
    method: IdentityMethod
    override_reason: str | None = None


@dataclass(frozen=True, slots=True)
class RejectFromLobby(Command):
    """The chair does not let somebody in (Fel person)."""

    person: PersonId
    reason: str


@dataclass(frozen=True, slots=True)
class AskNewPicture(Command):
    """The chair asks somebody in the lobby for a better picture (Be om ny bild)."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class CheckIn(Command):
    """The machine has checked somebody's rolling code from the hall screen."""

    person: PersonId
    how: ArrivalMethod = "code"


@dataclass(frozen=True, slots=True)
class RecordArrival(Command):
    """Record that somebody is in the room (Ja, i salen)."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class RecordAbsence(Command):
    """Record that somebody is absent (Frånvarande)."""

    person: PersonId
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class UndoAttendance(Command):
    """Take back what was recorded about somebody during the roll call."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class RecordDeparture(Command):
    """Record that somebody leaves the meeting."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class Depart(Command):
    """Leave the meeting oneself."""


@dataclass(frozen=True, slots=True)
class LoseLink(Command):
    """The machine reports that a remote person's picture or sound no longer arrives."""

    person: PersonId
    audio: bool
    video: bool
    reason: str


@dataclass(frozen=True, slots=True)
class RestoreLink(Command):
    """The machine reports that picture and sound arrive from somebody in the lobby, or arrive again."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class ContinueWithout(Command):
    """The chair goes on without a member whose link is lost (Fortsätt utan)."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class CompleteRollCall(Command):
    """The chair finds the roll call (upprop) done."""


@dataclass(frozen=True, slots=True)
class LobbyEntered(Event):
    """Somebody waits in the lobby, signed in like that; a log from before that was kept does not say how."""

    person: PersonId
    signed_in: SignedIn | None = None
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class AdmittedAsViewer(Event):
    """Somebody who may not take part at a distance follows as a viewer (åskådare) and is not counted."""

    person: PersonId
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class IdentityConfirmed(Event):
    """The chair has established who the person is, who is now present at a distance.

    `override_reason` is given when picture or sound did not arrive; the rulings say which.
    """

    person: PersonId
    method: IdentityMethod
    rulings: tuple[RulingRecord, ...] = ()
    override_reason: str | None = None


@dataclass(frozen=True, slots=True)
class LobbyRejected(Event):
    """Somebody was not let in from the lobby."""

    person: PersonId
    reason: str


@dataclass(frozen=True, slots=True)
class NewPictureAsked(Event):
    """The chair could not see who it is and asked for a better picture."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class ArrivedInRoom(Event):
    """Somebody is in the room."""

    person: PersonId
    how: ArrivalMethod


@dataclass(frozen=True, slots=True)
class AbsenceRecorded(Event):
    """Somebody is absent."""

    person: PersonId
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class AttendanceUndone(Event):
    """What was recorded about somebody during the roll call no longer holds."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class Departed(Event):
    """Somebody left; `interrupts_service` when service was interrupted by it (KL 5:20)."""

    person: PersonId
    interrupts_service: bool


@dataclass(frozen=True, slots=True)
class LinkLost(Event):
    """A remote person's link broke: `audio` and `video` tell what still arrives."""

    person: PersonId
    audio: bool
    video: bool
    reason: str


@dataclass(frozen=True, slots=True)
class LinkRestored(Event):
    """Picture and sound arrive, for the first time or again; a member counts only when the chair confirms."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class ContinuedWithout(Event):
    """The meeting goes on without a member whose link is lost; the seat is kept."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class RollCallCompleted(Event):
    """The roll call is done. `present` counts remote members too; `absent` are members not counted."""

    present: tuple[PersonId, ...]
    remote: tuple[PersonId, ...]
    absent: tuple[PersonId, ...]
    rulings: tuple[RulingRecord, ...] = ()
