"""Every event by its stable name, with the version of its shape and who may see it.

An event changes shape by a new version and an upcaster here; old samples in tests/wire are kept for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from meeting_server.meeting import (
    abstention,
    agenda,
    asking,
    blocks,
    conduct,
    conflicts,
    convening,
    debate,
    deciding,
    deferral,
    disputes,
    divisions,
    doors,
    elections,
    matter_facts,
    observing,
    presence,
    presiding,
    proportional,
    proposals,
    publicity,
    refusing,
    reordering,
    reservations,
    sitting,
    striking,
    substitutes,
    taking_back,
    undecided,
    undisturbed,
    urgency,
    verification,
    webcasting,
)
from meeting_server.meeting.outcome import Event, kebab
from meeting_server.meeting.state import Meeting
from meeting_server.wire.json import Json, decode, encode
from meeting_server.wire.visibility import (
    Audience,
    Viewer,
    everyone,
    not_cut_off,
    officers_and,
    only_the_voter,
    reason_for_officers,
)

Upcaster = Callable[[dict[str, Json]], dict[str, Json]]


@dataclass(frozen=True, slots=True)
class EventType:
    """One row of the table: the class, the version stored now, and the audience."""

    type: type[Event]
    version: int
    audience: Audience


_ROWS: Final[tuple[EventType, ...]] = (
    EventType(convening.MeetingConvened, 9, everyone),
    EventType(sitting.MeetingOpened, 1, everyone),
    EventType(sitting.MeetingPaused, 1, everyone),
    EventType(sitting.MeetingPausedUntilDay, 1, everyone),
    EventType(sitting.MeetingResumed, 1, everyone),
    EventType(sitting.ReservationsAsked, 1, everyone),
    EventType(sitting.MeetingClosed, 1, everyone),
    EventType(conduct.Admonished, 1, everyone),
    EventType(conduct.Expelled, 1, everyone),
    EventType(conduct.LetIn, 1, everyone),
    EventType(conduct.MeetingDissolved, 1, everyone),
    EventType(striking.MatterStruck, 1, everyone),
    EventType(striking.MatterTakenBack, 1, everyone),
    EventType(undecided.MatterLeft, 1, everyone),
    EventType(undecided.QuorumMissed, 1, everyone),
    EventType(presiding.ChairHandedOver, 2, everyone),
    EventType(sitting.VerifiersAppointed, 1, everyone),
    EventType(presence.LobbyEntered, 2, officers_and("person")),
    EventType(presence.AdmittedAsViewer, 1, officers_and("person")),
    EventType(presence.IdentityConfirmed, 2, officers_and("person")),
    EventType(presence.LobbyRejected, 1, officers_and("person")),
    EventType(presence.NewPictureAsked, 1, officers_and("person")),
    EventType(presence.ArrivedInRoom, 1, everyone),
    EventType(presence.AbsenceRecorded, 1, officers_and("person")),
    EventType(presence.AttendanceUndone, 1, officers_and("person")),
    EventType(presence.Departed, 1, everyone),
    EventType(taking_back.DepartureTakenBack, 1, everyone),
    EventType(presence.LinkLost, 1, officers_and("person")),
    EventType(presence.LinkRestored, 1, officers_and("person")),
    EventType(presence.ContinuedWithout, 1, officers_and("person")),
    EventType(observing.SeenConfirmed, 1, officers_and("person")),
    EventType(observing.EvidenceRecorded, 1, officers_and("about")),
    EventType(presence.RollCallCompleted, 1, everyone),
    EventType(reordering.SubstitutesReordered, 1, everyone),
    EventType(substitutes.SubstituteCalledIn, 1, everyone),
    EventType(substitutes.SubstituteStoodDown, 1, everyone),
    EventType(substitutes.MemberTookSeat, 1, everyone),
    EventType(agenda.MatterTakenUp, 1, everyone),
    EventType(blocks.BlockTakenUp, 1, everyone),
    EventType(blocks.LiftedFromBlock, 1, everyone),
    EventType(blocks.BlockDropped, 1, everyone),
    EventType(blocks.BlockDecided, 1, everyone),
    EventType(urgency.MatterAdded, 5, everyone),
    EventType(matter_facts.MatterAnnounced, 1, everyone),
    EventType(matter_facts.MatterCorrected, 1, everyone),
    EventType(urgency.UnanimityFound, 1, everyone),
    EventType(urgency.UnanimityDenied, 1, everyone),
    EventType(agenda.MatterFinished, 1, everyone),
    EventType(agenda.MatterNoted, 2, everyone),
    EventType(asking.AskingDecided, 1, everyone),
    EventType(asking.AskingAnswered, 1, everyone),
    EventType(debate.FloorRequested, 1, everyone),
    EventType(debate.FloorRequestWithdrawn, 1, everyone),
    EventType(debate.FloorDeclined, 1, everyone),
    EventType(debate.SpeakerMoved, 1, everyone),
    EventType(debate.FloorGiven, 1, everyone),
    EventType(debate.FloorEnded, 1, everyone),
    EventType(debate.FloorExtended, 1, everyone),
    EventType(debate.SpeakersListClosed, 1, everyone),
    EventType(debate.SpeakersListReopened, 1, everyone),
    EventType(debate.DebateClosed, 1, everyone),
    EventType(debate.DebateReopened, 1, everyone),
    EventType(doors.DoorsClosed, 2, everyone),
    EventType(doors.DoorsKeptOpen, 1, everyone),
    EventType(doors.DoorsOpened, 1, everyone),
    EventType(doors.DoorsLeftClosed, 1, everyone),
    EventType(publicity.PublicityDecided, 1, everyone),
    EventType(webcasting.WebcastStarted, 1, everyone),
    EventType(webcasting.WebcastStopped, 1, everyone),
    EventType(webcasting.RedactionMarked, 1, officers_and("marked_by")),
    EventType(undisturbed.UndisturbedConfirmed, 1, officers_and("person")),
    EventType(proposals.ProposalMade, 1, everyone),
    EventType(proposals.ProposalSupported, 1, everyone),
    EventType(proposals.MotivationStated, 1, everyone),
    EventType(proposals.ProposalWithdrawn, 1, everyone),
    EventType(refusing.ProposalRefused, 1, everyone),
    EventType(refusing.RefusalOverruled, 1, everyone),
    EventType(deferral.MinorityReferred, 1, everyone),
    EventType(deferral.MatterReferredBack, 1, everyone),
    EventType(deferral.MatterDeferred, 1, everyone),
    EventType(deciding.QuestionsPut, 1, everyone),
    EventType(deciding.QuestionsReordered, 1, everyone),
    EventType(deciding.CarriedFound, 1, everyone),
    EventType(deciding.DivisionDemanded, 1, everyone),
    EventType(deciding.DivisionDemandWithdrawn, 1, everyone),
    EventType(abstention.AbstentionDeclared, 1, everyone),
    EventType(abstention.AbstentionWithdrawn, 1, everyone),
    EventType(deciding.ContestCarried, 1, everyone),
    EventType(deciding.MatterDecided, 1, everyone),
    EventType(divisions.DivisionOpened, 1, everyone),
    EventType(divisions.VoteCast, 1, only_the_voter),
    EventType(divisions.DivisionClosed, 1, everyone),
    EventType(divisions.VoteObjected, 1, officers_and("person")),
    EventType(divisions.VoteCorrected, 1, everyone),
    EventType(divisions.CastingVoteUsed, 1, everyone),
    EventType(divisions.DivisionConfirmed, 1, everyone),
    EventType(divisions.DivisionVoided, 1, everyone),
    EventType(elections.Nominated, 1, everyone),
    EventType(elections.NominationWithdrawn, 1, everyone),
    EventType(elections.ElectedFound, 1, everyone),
    EventType(elections.BallotDemanded, 1, everyone),
    EventType(elections.BallotDemandWithdrawn, 1, everyone),
    EventType(proportional.ProportionalDemanded, 1, everyone),
    EventType(proportional.ProportionalDemandWithdrawn, 1, everyone),
    EventType(proportional.ReturningOfficerChosen, 1, everyone),
    EventType(elections.BallotOpened, 2, everyone),
    EventType(elections.BallotReceived, 1, only_the_voter),
    EventType(elections.BallotClosed, 1, everyone),
    EventType(elections.BallotsCounted, 1, everyone),
    EventType(elections.GroupsCounted, 2, everyone),
    EventType(elections.BallotVoided, 1, everyone),
    EventType(elections.BallotSettled, 1, everyone),
    EventType(elections.DrawAsked, 1, everyone),
    EventType(elections.DrawSealed, 1, everyone),
    EventType(elections.NumbersSaid, 1, everyone),
    EventType(elections.DrawRevealed, 1, everyone),
    EventType(proportional.SubstitutesOrdered, 1, everyone),
    EventType(elections.ElectionDecided, 1, everyone),
    EventType(conflicts.ConflictDeclared, 1, reason_for_officers),
    EventType(disputes.ConflictQuestioned, 1, reason_for_officers),
    EventType(disputes.ConflictTested, 1, everyone),
    EventType(conflicts.ConflictWithdrawn, 1, everyone),
    EventType(reservations.ReservationAnnounced, 1, everyone),
    EventType(reservations.ReservationTextAdded, 1, everyone),
    EventType(reservations.StatementMinuted, 2, everyone),
    EventType(verification.ImmediateVerificationDeclared, 1, everyone),
)

EVENTS: Final[Mapping[str, EventType]] = {kebab(row.type): row for row in _ROWS}
"""Name → row: the whole vocabulary of the log."""

NAMES: Final[Mapping[type[Event], str]] = {row.type: name for name, row in EVENTS.items()}
"""Class → name."""

UPCASTERS: Final[Mapping[tuple[str, int], Upcaster]] = {
    ("meeting-convened", 1): lambda data: data,
    ("meeting-convened", 2): lambda data: data,
    ("meeting-convened", 3): lambda data: data,
    ("meeting-convened", 4): lambda data: data,
    ("meeting-convened", 5): lambda data: data,
    ("meeting-convened", 6): lambda data: data,
    ("meeting-convened", 7): lambda data: data,
    ("meeting-convened", 8): lambda data: data,
    ("lobby-entered", 1): lambda data: data,
    ("matter-added", 1): lambda data: data,
    ("matter-added", 2): lambda data: data,
    ("matter-added", 3): lambda data: data,
    ("matter-added", 4): lambda data: data,
    ("matter-noted", 1): lambda data: data,
    ("statement-minuted", 1): lambda data: data,
    ("doors-closed", 1): lambda data: data,
    ("chair-handed-over", 1): lambda data: data,
    ("identity-confirmed", 1): lambda data: data,
    ("groups-counted", 1): lambda data: data,
    ("ballot-opened", 1): lambda data: data,
}
"""(name, old version) → the function that makes its data into the next version's.

What later versions of these added has defaults, which are what the earlier ones meant.
"""


class UnknownEvent(ValueError):
    """A stored event whose name or version this program does not know."""


def encode_event(event: Event) -> tuple[str, int, dict[str, Json]]:
    """The event as it is stored and sent: name, version, data."""
    name = NAMES[type(event)]
    data: dict[str, Json] = encode(event)
    return name, EVENTS[name].version, data


def decode_event(name: str, version: int, data: dict[str, Json]) -> Event:
    """The stored event, brought to the version of today; UnknownEvent or Misfit when it cannot be read."""
    row = EVENTS.get(name)
    if row is None:
        raise UnknownEvent(f"no event is called {name!r}")
    while version < row.version:
        step = UPCASTERS.get((name, version))
        if step is None:
            raise UnknownEvent(f"{name!r} version {version} has no way to version {version + 1}")
        data, version = step(data), version + 1
    if version != row.version:
        raise UnknownEvent(f"{name!r} version {version} is newer than this program knows ({row.version})")
    return decode(row.type, data)


def visible(event: Event, viewer: Viewer, meeting: Meeting) -> Event | None:
    """What of the event the viewer may see, the meeting being as it is after it; None when nothing."""
    if not not_cut_off(event, viewer, meeting):
        return None
    return EVENTS[NAMES[type(event)]].audience(event, viewer)
