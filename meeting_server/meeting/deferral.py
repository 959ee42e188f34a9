"""Deferral and referral back (bordläggning, återremiss), and the third that can force them (KL 5:50)."""

from __future__ import annotations

from dataclasses import dataclass

from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.outcome import Command, Event
from meeting_server.meeting.words import DivisionId, How, MatterId, PersonId, ProposalId


@dataclass(frozen=True, slots=True)
class DecideMinorityReferral(Command):
    """The chair finds that at least a third of those present request the deferral, which settles it."""

    proposal: ProposalId


@dataclass(frozen=True, slots=True)
class MinorityReferred(Event):
    """A minority of at least a third requested it, so it was done without asking the majority."""

    matter: MatterId
    proposal: ProposalId
    requesting: tuple[PersonId, ...]
    present: tuple[PersonId, ...]
    motivation: str | None
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class MatterReferredBack(Event):
    """The matter goes back for further preparation (återremitteras), for the reason stated."""

    matter: MatterId
    proposal: ProposalId
    motivation: str | None
    minority: bool
    how: How
    division: DivisionId | None
    taking_part: tuple[PersonId, ...]
    remote: tuple[PersonId, ...]
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class MatterDeferred(Event):
    """The matter is deferred to the next meeting (bordläggs)."""

    matter: MatterId
    proposal: ProposalId
    minority: bool
    how: How
    division: DivisionId | None
    taking_part: tuple[PersonId, ...]
    remote: tuple[PersonId, ...]
    rulings: tuple[RulingRecord, ...] = ()
