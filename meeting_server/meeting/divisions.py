"""Divisions (voteringar): one open roll-call vote at a time, preliminary until the gavel (KL 5:54–56)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.outcome import Command, Event
from meeting_server.meeting.words import (
    CandidateId,
    ContestId,
    DivisionId,
    MatterId,
    PersonId,
    Vote,
    VoteChannel,
)


@dataclass(frozen=True, slots=True)
class OpenDivision(Command):
    """The chair opens the division that was demanded (Öppna voteringen)."""


@dataclass(frozen=True, slots=True)
class CastVote(Command):
    """Vote oneself, by device; may be changed until the division is closed."""

    vote: Vote


@dataclass(frozen=True, slots=True)
class RecordOralVote(Command):
    """Record the vote a member gave by voice at the call of names."""

    person: PersonId
    vote: Vote


@dataclass(frozen=True, slots=True)
class CloseDivision(Command):
    """The chair closes the division (Stäng voteringen); the result is preliminary."""


@dataclass(frozen=True, slots=True)
class ObjectToVote(Command):
    """A voter objects to how the own vote stands in the preliminary result (Invändning)."""

    text: str | None = None


@dataclass(frozen=True, slots=True)
class CorrectVote(Command):
    """Set a voter's vote in the preliminary result; the same vote again lets it stand."""

    person: PersonId
    vote: Vote


@dataclass(frozen=True, slots=True)
class UseCastingVote(Command):
    """The chair, who has voted neither yes nor no, breaks the tie (utslagsröst)."""

    vote: Literal["yes", "no"]


@dataclass(frozen=True, slots=True)
class VoidDivision(Command):
    """The chair voids the division (Gör om voteringen); it is kept, and may be held again."""

    reason: str


@dataclass(frozen=True, slots=True)
class DivisionOpened(Event):
    """A division is open. `voters` are those counted at that instant, `remote` those at a distance."""

    id: DivisionId
    matter: MatterId
    contest: ContestId
    yes: CandidateId
    no: CandidateId
    voters: tuple[PersonId, ...]
    remote: tuple[PersonId, ...]
    question_text: str
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class VoteCast(Event):
    """A voter has voted, or changed the vote."""

    division: DivisionId
    person: PersonId
    vote: Vote
    channel: VoteChannel
    recorded_by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class DivisionClosed(Event):
    """The division is closed and its result preliminary; `absent` are voters who did not vote."""

    division: DivisionId
    yes: int
    no: int
    abstain: int
    absent: tuple[PersonId, ...]
    casting_needed: bool


@dataclass(frozen=True, slots=True)
class VoteObjected(Event):
    """A voter says the vote stands wrong."""

    division: DivisionId
    person: PersonId
    text: str | None = None


@dataclass(frozen=True, slots=True)
class VoteCorrected(Event):
    """A voter's vote in the preliminary result was examined: `before` is what stood, `vote` what stands."""

    division: DivisionId
    person: PersonId
    before: Vote | None
    vote: Vote
    recorded_by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class CastingVoteUsed(Event):
    """The chair broke the tie (KL 5:56)."""

    division: DivisionId
    person: PersonId
    vote: Literal["yes", "no"]
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class DivisionConfirmed(Event):
    """The gavel has fixed the result: who voted how, what carried, whether the casting vote settled it."""

    division: DivisionId
    yes: int
    no: int
    abstain: int
    absent: tuple[PersonId, ...]
    votes: Mapping[PersonId, Vote]
    carried: CandidateId
    by_casting_vote: bool
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class DivisionVoided(Event):
    """The division counts for nothing, for the reason given; both are in the minutes."""

    division: DivisionId
    reason: str
