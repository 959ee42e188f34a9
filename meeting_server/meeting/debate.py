"""The debate (överläggning): the speakers' list and who has the floor."""

from __future__ import annotations

from dataclasses import dataclass

from meeting_server.meeting.outcome import Command, Event
from meeting_server.meeting.words import FloorKind, MatterId, PersonId, RequestId


@dataclass(frozen=True, slots=True)
class RequestFloor(Command):
    """Ask for the floor (Begär ordet): a speech, a reply, a point of order or a fact."""

    kind: FloorKind = "speech"


@dataclass(frozen=True, slots=True)
class WithdrawRequest(Command):
    """Take back one's own request for the floor."""


@dataclass(frozen=True, slots=True)
class AddSpeaker(Command):
    """Put somebody on the speakers' list."""

    person: PersonId
    kind: FloorKind = "speech"


@dataclass(frozen=True, slots=True)
class DeclineRequest(Command):
    """The chair declines a request for the floor (Avvisa)."""

    id: RequestId


@dataclass(frozen=True, slots=True)
class MoveSpeaker(Command):
    """Move a request to another place in the list; position 0 is next."""

    id: RequestId
    position: int


@dataclass(frozen=True, slots=True)
class GiveFloor(Command):
    """The chair gives the floor to a request in the list, or to a person directly."""

    id: RequestId | None = None
    person: PersonId | None = None


@dataclass(frozen=True, slots=True)
class EndFloor(Command):
    """The chair, or the speaker, ends the speech (Avsluta ordet)."""


@dataclass(frozen=True, slots=True)
class ExtendFloor(Command):
    """The chair gives the speaker more time, in seconds."""

    seconds: int = 60


@dataclass(frozen=True, slots=True)
class CloseSpeakersList(Command):
    """The chair draws the line (Sätt streck): no more speeches are asked for."""


@dataclass(frozen=True, slots=True)
class ReopenSpeakersList(Command):
    """The chair takes the line away."""


@dataclass(frozen=True, slots=True)
class CloseDebate(Command):
    """The chair closes the debate (Avsluta överläggningen)."""


@dataclass(frozen=True, slots=True)
class ReopenDebate(Command):
    """The chair opens the debate again (Återuppta debatten)."""


@dataclass(frozen=True, slots=True)
class FloorRequested(Event):
    """Somebody stands on the speakers' list; `recorded_by` when another person put them there."""

    id: RequestId
    person: PersonId
    kind: FloorKind
    recorded_by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class FloorRequestWithdrawn(Event):
    """Somebody took back a request."""

    id: RequestId
    person: PersonId


@dataclass(frozen=True, slots=True)
class FloorDeclined(Event):
    """The chair declined a request."""

    id: RequestId
    person: PersonId


@dataclass(frozen=True, slots=True)
class SpeakerMoved(Event):
    """A request stands at another place in the list; position 0 is next."""

    id: RequestId
    position: int


@dataclass(frozen=True, slots=True)
class FloorGiven(Event):
    """Somebody has the floor, for `limit_seconds` when there is a limit."""

    person: PersonId
    kind: FloorKind
    limit_seconds: int | None
    request: RequestId | None = None


@dataclass(frozen=True, slots=True)
class FloorEnded(Event):
    """Somebody no longer has the floor."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class FloorExtended(Event):
    """The speaker got more time; `limit_seconds` is the new limit."""

    person: PersonId
    seconds: int
    limit_seconds: int


@dataclass(frozen=True, slots=True)
class SpeakersListClosed(Event):
    """The line is drawn."""


@dataclass(frozen=True, slots=True)
class SpeakersListReopened(Event):
    """The line is taken away."""


@dataclass(frozen=True, slots=True)
class DebateClosed(Event):
    """The debate in the matter is closed."""

    matter: MatterId


@dataclass(frozen=True, slots=True)
class DebateReopened(Event):
    """The debate in the matter is open again."""

    matter: MatterId
