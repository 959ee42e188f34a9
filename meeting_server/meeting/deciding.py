"""Deciding (beslut): the questions the chair puts, what the chair finds, and the gavel (KL 5:53)."""

from __future__ import annotations

from dataclasses import dataclass

from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.outcome import Command, Event
from meeting_server.meeting.words import (
    CandidateId,
    ContestId,
    ContestKind,
    DivisionId,
    How,
    MatterId,
    PersonId,
    ProposalId,
)


@dataclass(frozen=True, slots=True)
class PutQuestion(Command):
    """The chair lays out the next question (ställer proposition)."""


@dataclass(frozen=True, slots=True)
class ReorderQuestions(Command):
    """The chair changes the order in which the proposals are put (Ändra ordningen)."""

    order: tuple[CandidateId, ...]


@dataclass(frozen=True, slots=True)
class FindCarried(Command):
    """The chair finds a candidate carried (Jag finner bifall till …)."""

    candidate: CandidateId


@dataclass(frozen=True, slots=True)
class DemandDivision(Command):
    """Demand a division (Begär votering)."""


@dataclass(frozen=True, slots=True)
class RecordDemand(Command):
    """Record that a member has demanded a division orally (Votering begärd)."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class WithdrawDemand(Command):
    """Record that the demand for a division is taken back (Begäran återtas)."""


@dataclass(frozen=True, slots=True)
class Gavel(Command):
    """The gavel (klubbslaget): what was found, or what the division showed, is decided."""


@dataclass(frozen=True, slots=True)
class QuestionsPut(Event):
    """A question is put; `order_text` is the order of questions as the minutes say it (KL 5:67 p. 2)."""

    contest: ContestId
    matter: MatterId
    kind: ContestKind
    candidates: tuple[CandidateId, ...]
    order_text: str
    parent: ContestId | None = None
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionsReordered(Event):
    """The proposals are put in another order."""

    contest: ContestId
    candidates: tuple[CandidateId, ...]
    order_text: str


@dataclass(frozen=True, slots=True)
class CarriedFound(Event):
    """The chair has said what the chair finds carried; the gavel has not fallen."""

    contest: ContestId
    candidate: CandidateId


@dataclass(frozen=True, slots=True)
class DivisionDemanded(Event):
    """A member demands a division before the gavel (KL 5:53)."""

    contest: ContestId
    person: PersonId
    recorded_by: PersonId | None = None
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class DivisionDemandWithdrawn(Event):
    """The member takes the demand back."""

    contest: ContestId
    person: PersonId
    recorded_by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class ContestCarried(Event):
    """A question on the way is answered: settled today, the counter-proposal chosen, or more to put."""

    contest: ContestId
    matter: MatterId
    kind: ContestKind
    candidate: CandidateId
    how: How
    division: DivisionId | None
    taking_part: tuple[PersonId, ...]
    remote: tuple[PersonId, ...]
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class MatterDecided(Event):
    """The meeting has decided (beslutat) in the matter: `proposal` and the additions carried with it."""

    matter: MatterId
    contest: ContestId
    proposal: CandidateId
    additions: tuple[ProposalId, ...]
    how: How
    division: DivisionId | None
    taking_part: tuple[PersonId, ...]
    remote: tuple[PersonId, ...]
    rulings: tuple[RulingRecord, ...] = ()
