"""Proposals (yrkanden): what members move, support, motivate and withdraw."""

from __future__ import annotations

from dataclasses import dataclass

from meeting_server.meeting.outcome import Command, Event
from meeting_server.meeting.words import MatterId, MovedKind, PersonId, ProposalId


@dataclass(frozen=True, slots=True)
class Propose(Command):
    """Move a proposal in the current matter (Yrka). `motivation` belongs to a referral back."""

    kind: MovedKind
    text: str
    motivation: str | None = None


@dataclass(frozen=True, slots=True)
class RecordProposal(Command):
    """Record a proposal that a member has moved orally."""

    mover: PersonId
    kind: MovedKind
    text: str
    motivation: str | None = None


@dataclass(frozen=True, slots=True)
class SupportProposal(Command):
    """Support a proposal oneself (Bifall, instämmer)."""

    proposal: ProposalId


@dataclass(frozen=True, slots=True)
class RecordSupport(Command):
    """Record that a member supports a proposal."""

    proposal: ProposalId
    person: PersonId


@dataclass(frozen=True, slots=True)
class StateMotivation(Command):
    """Say why a matter is to be referred back (motivering)."""

    proposal: ProposalId
    motivation: str


@dataclass(frozen=True, slots=True)
class WithdrawProposal(Command):
    """The mover takes the proposal back."""

    proposal: ProposalId


@dataclass(frozen=True, slots=True)
class ProposalMade(Event):
    """A proposal stands in the matter; `recorded_by` when another person wrote it in."""

    id: ProposalId
    matter: MatterId
    mover: PersonId
    kind: MovedKind
    text: str
    motivation: str | None = None
    recorded_by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class ProposalSupported(Event):
    """A member supports a proposal."""

    proposal: ProposalId
    person: PersonId
    recorded_by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class MotivationStated(Event):
    """The motivation of a referral back is what it says here."""

    proposal: ProposalId
    motivation: str
    recorded_by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class ProposalWithdrawn(Event):
    """The mover has taken the proposal back; the minutes leave it out (KL 5:67 p. 1)."""

    proposal: ProposalId
    person: PersonId
