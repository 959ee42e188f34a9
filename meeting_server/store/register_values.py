"""What a register file says, as plain values; register_file.py reads them, register_import.py stores them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from meeting_server.meeting.convening import (
    ElectionTerms,
    PreparedProposal,
    QualifiedMajority,
    ReportedDecision,
    StandingOrders,
)
from meeting_server.meeting.words import AttendanceRight, BodyKind, MatterKind, MeetingGround
from meeting_server.store.yaml_reading import Place

NOWHERE = Place(0, 0, "")


@dataclass(frozen=True)
class OrganisationEntry:
    """A municipality, region or federation of municipalities."""

    id: str
    name: str
    kind: Literal["municipality", "region", "federation"]
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Picture:
    """A photograph or drawing with its media type."""

    content_type: str
    content: bytes


@dataclass(frozen=True)
class PersonEntry:
    """A person; `party` is a letter, `title` an official's, `address` an e-mail address for summonses."""

    id: str
    name: str
    party: str | None
    title: str | None
    picture: Picture | None
    address: str | None = None
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class MandateEntry:
    """Somebody's place in a body, first and last day included. `turn` counts the lines of the list from 1.

    `own_substitutes` and `party_place` are as in Person. Seniority is worked out from `member_since`, and of
    several from `born_on`.
    """

    person: str
    turn: int
    presidium: Literal["chair", "first_vice_chair", "second_vice_chair"] | None
    constituency: str | None
    from_on: date
    until_on: date
    own_substitutes: tuple[str, ...] = ()
    party_place: int | None = None
    member_since: date | None = None
    born_on: date | None = None
    place: Place = field(default=NOWHERE, compare=False)

    def holds(self, on: date) -> bool:
        """Whether the mandate is in force that day."""
        return self.from_on <= on <= self.until_on


@dataclass(frozen=True)
class OrdersEntry:
    """A version of standing orders and the first day it applies."""

    in_force_on: date
    orders: StandingOrders
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class UrgentEntry:
    """A decision the chair has taken because the body's could not wait (KL 6:39)."""

    id: str
    decision: ReportedDecision
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class BodyEntry:
    """A body with its term, its versions of standing orders, its members and its substitutes.

    `constituencies` are pairs of a constituency (valkrets) and its votes by party letter (KL 5:21).
    """

    id: str
    name: str
    definite: str
    kind: BodyKind
    seats: int
    term: tuple[date, date]
    orders: tuple[OrdersEntry, ...]
    members: tuple[MandateEntry, ...]
    substitutes: tuple[MandateEntry, ...]
    constituencies: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = ()
    urgent: tuple[UrgentEntry, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)

    def orders_on(self, on: date) -> StandingOrders | None:
        """The standing orders in force that day."""
        begun = [entry for entry in self.orders if entry.in_force_on <= on]
        return max(begun, key=lambda entry: entry.in_force_on).orders if begun else None


@dataclass(frozen=True)
class DocumentEntry:
    """A document of a matter: an outside link (`href`), or content we keep."""

    title: str
    href: str | None
    content_type: str | None
    content: bytes | None


@dataclass(frozen=True)
class MatterEntry:
    """A matter on an agenda; its id follows from its position.

    `reports` names urgent decisions of the body; `reported` has them in full, with the delegated ones.
    """

    title: str
    reference: str | None
    kind: MatterKind
    background: str | None
    rapporteur: str | None
    proposal: PreparedProposal | None
    documents: tuple[DocumentEntry, ...]
    announced: bool
    prepared: bool
    minority_used: bool
    asked_by: str | None = None
    answered_by: str | None = None
    asking_permitted: bool = False
    raised_on: date | None = None
    staff_excluded: bool = False
    sets_budget: bool = False
    authority: bool = False
    secrecy: bool = False
    election: ElectionTerms | None = None
    majority: QualifiedMajority | None = None
    reported: tuple[ReportedDecision, ...] = ()
    reports: tuple[str, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class MeetingEntry:
    """A planned meeting with its agenda; `starts_at` is aware, in Swedish time.

    `rights` are pairs of an attendee and the ground on which he or she may be there.
    """

    id: str
    body: str
    title: str
    starts_at: datetime
    venue: str | None
    form: Literal["room", "hybrid", "remote", "mandatory_remote"]
    first_minute_number: int
    rehearsal: bool
    secretary: str
    attendees: tuple[str, ...]
    matters: tuple[MatterEntry, ...]
    rights: tuple[tuple[str, AttendanceRight], ...] = ()
    ground: MeetingGround = "ordinary"
    requested_by: tuple[str, ...] = ()
    announced_on: date | None = None
    called_on: date | None = None
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class RegisterFile:
    """A whole register file; `parties` are pairs of letter and name."""

    organisation: OrganisationEntry
    parties: tuple[tuple[str, str], ...]
    persons: tuple[PersonEntry, ...]
    bodies: tuple[BodyEntry, ...]
    meetings: tuple[MeetingEntry, ...]

    def body(self, body_id: str) -> BodyEntry | None:
        """The body with this id."""
        return next((body for body in self.bodies if body.id == body_id), None)
