"""Who may see what: every event has an audience, and the view asks the same questions here.

Before a division is closed nobody but the voter sees how anybody voted. In a committee a disqualified
person sees nothing of the matter (KL 6:30).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from meeting_server.meeting.actors import SignedIn
from meeting_server.meeting.conflicts import ConflictDeclared
from meeting_server.meeting.counting import are_doors_closed, is_cut_off
from meeting_server.meeting.disputes import ConflictQuestioned
from meeting_server.meeting.outcome import Event
from meeting_server.meeting.state import Meeting
from meeting_server.meeting.words import PersonId

ViewerRole: TypeAlias = Literal["chair", "secretary", "member", "hall"]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks, as what, and how signed in; the hall screen is nobody."""

    role: ViewerRole
    person: PersonId | None = None
    signed_in: SignedIn | None = None

    @property
    def is_officer(self) -> bool:
        """Whether it is the chair's or the secretary's screen."""
        return self.role in ("chair", "secretary")


Audience: TypeAlias = Callable[[Event, Viewer], Event | None]
"""What of an event a viewer may see: all of it, a part of it, or None."""

_ALWAYS_SEEN = frozenset(
    {
        "MatterTakenUp",
        "MatterFinished",
        "DoorsClosed",
        "DoorsOpened",
        "PublicityDecided",
        "WebcastStopped",
        "MeetingPaused",
        "MeetingPausedUntilDay",
        "MeetingResumed",
        "MeetingClosed",
        "MeetingDissolved",
        "QuorumMissed",
    }
)
"""What a cut-off person is still told: when the matter begins and ends, and the frame of the meeting."""


def everyone(event: Event, viewer: Viewer) -> Event | None:
    """All who follow the meeting."""
    del viewer
    return event


def officers_and(field: str) -> Audience:
    """The chair, the secretary and the person named in the field; nothing of it is for the hall."""

    def audience(event: Event, viewer: Viewer) -> Event | None:
        return event if viewer.is_officer or _is(event, field, viewer) else None

    return audience


def only_the_voter(event: Event, viewer: Viewer) -> Event | None:
    """The voter alone, not even the chair, until the division is closed."""
    return event if _is(event, "person", viewer) else None


def reason_for_officers(event: Event, viewer: Viewer) -> Event | None:
    """All see who is disqualified; why, only the chair, the secretary and that person."""
    if (
        viewer.is_officer
        or _is(event, "person", viewer)
        or not isinstance(event, ConflictDeclared | ConflictQuestioned)
    ):
        return event
    return replace(event, reason=None)


def not_cut_off(event: Event, viewer: Viewer, meeting: Meeting) -> bool:
    """Whether the viewer may be told of the event at all in this state of the meeting."""
    if viewer.is_officer:
        return True
    if viewer.role == "hall":
        return not are_doors_closed(meeting) or type(event).__name__ in _ALWAYS_SEEN
    if viewer.person is None or not is_cut_off(meeting, viewer.person):
        return True
    return type(event).__name__ in _ALWAYS_SEEN or _is(event, "person", viewer)


def _is(event: Event, field: str, viewer: Viewer) -> bool:
    return viewer.person is not None and getattr(event, field, None) == viewer.person
