"""An election as a value: who is nominated, the ballots held, the lots drawn, who is elected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from meeting_server.law.proportional import SlipGroup
from meeting_server.meeting.words import (
    PUT_OFF,
    TODAY,
    BallotId,
    BallotMethod,
    BallotStatus,
    ContestId,
    DrawId,
    ElectedHow,
    NominationId,
    PersonId,
)


@dataclass(frozen=True, slots=True)
class Nomination:
    """Somebody nominated (nominerad); need not be on the roster."""

    id: NominationId
    name: str
    party: str | None
    by: PersonId
    withdrawn: bool = False

    @property
    def called(self) -> str:
        """Name with the party letter: "Bertil Bokström (B)"."""
        return f"{self.name} ({self.party})" if self.party else self.name


ANSWERS: Final = {
    TODAY: Nomination(TODAY, "Avgörande i dag", None, ""),
    PUT_OFF: Nomination(PUT_OFF, "Bordläggning", None, ""),
}
"""What stands on a closed ballot about whether the election is held today, in the place of names."""


@dataclass(frozen=True, slots=True)
class SaidNumber:
    """A number somebody in the hall said aloud before the seal was broken."""

    person: PersonId
    number: int


@dataclass(frozen=True, slots=True)
class Draw:
    """One drawing of lots. `lots` are what is drawn among, in alphabetical order; `drawn` one of them."""

    id: DrawId
    lots: tuple[str, ...]
    asked_at: datetime
    seal: str | None = None
    sealed_at: datetime | None = None
    numbers: tuple[SaidNumber, ...] = ()
    said_at: datetime | None = None
    secret: int | None = None
    nonce: str | None = None
    total: int | None = None
    drawn: str | None = None
    revealed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ballot:
    """A closed ballot (sluten omröstning). `received` are those whose ballot is in the box, if electronic.

    `slips` and `codes` are published when counted, each in alphabetical order: an order of nobody's.
    `contest` is the question a ballot answers that is about electing today and not about whom.
    """

    id: BallotId
    method: BallotMethod
    places: int
    nominations: tuple[NominationId, ...]
    voters: tuple[PersonId, ...]
    remote: tuple[PersonId, ...]
    tellers: tuple[PersonId, ...]
    opened_at: datetime
    status: BallotStatus = "open"
    received: tuple[PersonId, ...] = ()
    closed_at: datetime | None = None
    handed_in: int = 0
    votes: Mapping[NominationId, int] | None = None
    blank: int = 0
    invalid: int = 0
    slips: tuple[tuple[NominationId, ...], ...] = ()
    codes: tuple[str, ...] = ()
    groups: tuple[SlipGroup, ...] = ()
    draws: tuple[Draw, ...] = ()
    void_reason: str | None = None
    ruled: str | None = None
    alike: bool = True
    contest: ContestId | None = None

    @property
    def lots(self) -> tuple[str, ...]:
        """What lots have fallen on, in turn."""
        return tuple(draw.drawn for draw in self.draws if draw.drawn is not None)

    @property
    def draw(self) -> Draw | None:
        """The drawing going on."""
        return next((draw for draw in self.draws if draw.drawn is None), None)


@dataclass(frozen=True, slots=True)
class Elected:
    """Somebody elected (vald), with the votes when there was a ballot, and the group when proportional."""

    name: str
    party: str | None = None
    votes: int | None = None
    by_lot: bool = False
    group: str | None = None

    @property
    def called(self) -> str:
        """Name with the party letter."""
        return f"{self.name} ({self.party})" if self.party else self.name


@dataclass(frozen=True, slots=True)
class Election:
    """How far the election in a matter has come.

    `returning_officer` is who conducts it when the electors have chosen another than the chair;
    `service_order` that of substitutes who are not elected proportionally.
    """

    nominations: tuple[Nomination, ...] = ()
    found: tuple[NominationId, ...] = ()
    demanded_by: PersonId | None = None
    proportional_by: tuple[PersonId, ...] = ()
    returning_officer: PersonId | None = None
    service_order: tuple[NominationId, ...] = ()
    ballots: tuple[Ballot, ...] = ()
    elected: tuple[Elected, ...] = ()
    how: ElectedHow | None = None

    @property
    def standing(self) -> tuple[Nomination, ...]:
        """Those nominated and not withdrawn."""
        return tuple(n for n in self.nominations if not n.withdrawn)

    @property
    def ballot(self) -> Ballot | None:
        """The ballot held now, or the one that counts."""
        return next((b for b in self.ballots if b.status not in ("voided", "settled")), None)

    def nomination(self, nomination: NominationId) -> Nomination:
        """The nomination of that id, or the answer on a ballot about today; KeyError if there is none."""
        return ANSWERS.get(nomination) or {n.id: n for n in self.nominations}[nomination]


NO_ELECTION: Final = Election()
"""What every matter begins with."""
