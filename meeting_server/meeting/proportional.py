"""Proportional elections (lag 2022:629): demands, who conducts it; in what order substitutes serve."""

from __future__ import annotations

from dataclasses import dataclass

from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.outcome import Command, Event
from meeting_server.meeting.words import MatterId, NominationId, PersonId


@dataclass(frozen=True, slots=True)
class DemandProportional(Command):
    """Demand that the election be proportional (Begär proportionellt val)."""


@dataclass(frozen=True, slots=True)
class RecordProportionalDemand(Command):
    """Record that a member demands a proportional election."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class WithdrawProportionalDemand(Command):
    """The member's demand for a proportional election is taken back, before the ballot is opened."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class ChooseReturningOfficer(Command):
    """Another member than the chair conducts the election (Välj valförrättare); the chair again by own id."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class OrderSubstitutes(Command):
    """The order in which the substitutes found or elected are to serve (Bestäm turordningen)."""

    nominations: tuple[NominationId, ...]


@dataclass(frozen=True, slots=True)
class ProportionalDemanded(Event):
    """One more demands a proportional election; `count` of the `needed` (lag 2022:629, 2 §)."""

    matter: MatterId
    person: PersonId
    count: int
    needed: int
    recorded_by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class ProportionalDemandWithdrawn(Event):
    """A demand is taken back; `count` are left of the `needed`."""

    matter: MatterId
    person: PersonId
    count: int
    needed: int
    recorded_by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class ReturningOfficerChosen(Event):
    """The electors have chosen who conducts the election (valförrättare; lag 2022:629, 4 §)."""

    matter: MatterId
    person: PersonId
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class SubstitutesOrdered(Event):
    """The body has decided in what order the substitutes serve (KL 6:16)."""

    matter: MatterId
    nominations: tuple[NominationId, ...]
