"""Substitutes (ersättare): who is called in for whom, in what order, and who gets the seat back."""

from __future__ import annotations

from dataclasses import dataclass

from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.outcome import Command, Event
from meeting_server.meeting.words import MatterId, PersonId


@dataclass(frozen=True, slots=True)
class CallInSubstitute(Command):
    """Call in a substitute for a member (Kalla in ersättare).

    `only_matter` limits it to the matter at hand or else the next, for a conflict of interest. `understood`
    is the ticked sentence that the member loses the seat for the day; `override_reason` allows another order.
    """

    substitute: PersonId
    member: PersonId
    only_matter: bool = False
    understood: bool = False
    override_reason: str | None = None


@dataclass(frozen=True, slots=True)
class StandDown(Command):
    """A serving substitute stops serving; the member may take the seat."""

    substitute: PersonId


@dataclass(frozen=True, slots=True)
class SubstituteCalledIn(Event):
    """A substitute serves (tjänstgör) for a member, through the meeting or in `only_matter`.

    `locks_out` when the member's service was interrupted by it (KL 5:20).
    """

    substitute: PersonId
    member: PersonId
    only_matter: MatterId | None
    locks_out: bool
    override_reason: str | None = None
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class SubstituteStoodDown(Event):
    """A substitute no longer serves for the member."""

    substitute: PersonId
    member: PersonId


@dataclass(frozen=True, slots=True)
class MemberTookSeat(Event):
    """A late member serves in place of the substitute from now on (KL 5:19)."""

    member: PersonId
    substitute: PersonId
    rulings: tuple[RulingRecord, ...] = ()
