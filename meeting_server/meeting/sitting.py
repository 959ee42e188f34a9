"""The frame of the meeting: open, pause, resume, close, who verifies the minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.outcome import Command, Event
from meeting_server.meeting.words import MatterId, PersonId


@dataclass(frozen=True, slots=True)
class OpenMeeting(Command):
    """The chair opens the meeting."""


@dataclass(frozen=True, slots=True)
class PauseMeeting(Command):
    """The chair pauses the meeting (Ajournera), for `minutes` or until further notice."""

    minutes: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class PauseUntilDay(Command):
    """The chair adjourns the meeting to another day (fortsatt sammanträde), when it goes on.

    Also while it is paused, when it turns out that it does not go on the same day.
    """

    continues_at: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ResumeMeeting(Command):
    """The chair resumes the meeting (Återuppta)."""


@dataclass(frozen=True, slots=True)
class AskForReservations(Command):
    """The chair asks whether anybody wants to announce a further reservation."""


@dataclass(frozen=True, slots=True)
class CloseMeeting(Command):
    """The chair closes the meeting (Avsluta sammanträdet)."""


@dataclass(frozen=True, slots=True)
class AppointVerifiers(Command):
    """Appoint those who verify the minutes beside the chair (justerare), and say where and when."""

    persons: tuple[PersonId, ...]
    place_and_time: str


@dataclass(frozen=True, slots=True)
class MeetingOpened(Event):
    """The meeting is open."""

    chair: PersonId
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingPaused(Event):
    """The meeting is paused (ajournerat)."""

    minutes: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class MeetingPausedUntilDay(Event):
    """The meeting goes on another day; nobody is present until then, and the roll is called again."""

    continues_at: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class MeetingResumed(Event):
    """The meeting goes on, with those counted at that instant."""

    present: tuple[PersonId, ...]
    remote: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class ReservationsAsked(Event):
    """The chair has asked for further reservations."""


@dataclass(frozen=True, slots=True)
class MeetingClosed(Event):
    """The meeting is closed; nobody can reserve after this (KL 4:27)."""

    present: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class VerifiersAppointed(Event):
    """The verifiers are appointed; `matter` is the § it was done in, when there was one."""

    persons: tuple[PersonId, ...]
    place_and_time: str
    matter: MatterId | None = None
