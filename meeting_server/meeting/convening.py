"""The first event of every meeting, and what it pins for ever: regime, body, rules, roster, agenda."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from meeting_server.meeting.outcome import Event
from meeting_server.meeting.words import (
    ActingChair,
    AttendanceRight,
    BodyKind,
    CameraPolicy,
    Counted,
    Distance,
    Elects,
    Form,
    IdentityMethod,
    MatterId,
    MatterKind,
    MeetingGround,
    PersonId,
    PresidiumSeat,
    Publicity,
    QualifiedSubject,
    RemoteIdentity,
    RosterRole,
    SubstituteOrder,
)


@dataclass(frozen=True, slots=True)
class Body:
    """An organ (organ): the assembly, the executive or another committee.

    `seats` is the number of members the assembly has decided, vacant seats included (law.md P5);
    `definite` is the name inside a sentence ("kommunstyrelsen").
    """

    id: str
    name: str
    kind: BodyKind
    seats: int
    definite: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the roster (uppropslista).

    `order` is the seat for members and the turn within the party for substitutes; `photo` is a URL path.
    `constituency_votes` are the party's votes in the person's constituency (KL 5:21). `attends` is the ground
    on which somebody who is neither member nor substitute may be there. `own_substitutes` are those fixed for
    this very member, in turn, where the order differs between members; `party_place` is the place the member
    holds for the party in the constituency. `seniority` is 1 for the member of longest service, the oldest of
    several such, and so on (ålderspresident); the dates behind it stay in the register.
    """

    id: PersonId
    name: str
    party: str | None
    party_name: str | None
    role: RosterRole
    order: int
    presidium: PresidiumSeat | None = None
    title: str | None = None
    photo: str | None = None
    constituency: str | None = None
    constituency_votes: int = 0
    attends: AttendanceRight | None = None
    own_substitutes: tuple[PersonId, ...] = ()
    party_place: int | None = None
    seniority: int | None = None

    @property
    def called(self) -> str:
        """Name with the party letter, as the minutes write it: "Nilla Nordanäng (N)"."""
        return f"{self.name} ({self.party})" if self.party else self.name


@dataclass(frozen=True, slots=True)
class PreparedProposal:
    """The proposal the matter comes with (berett förslag): whose it is, the words before the points, them."""

    source: str
    lead: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A document of a matter (handling), by title and, when it can be read here, address."""

    title: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class ElectionTerms:
    """What is to be elected: how many `places`, and whether it may be demanded `proportional` (KL 5:58).

    When substitutes are elected, `members_in` is the matter of this meeting in which the members are;
    `members_proportional` tells how they were elected at an earlier meeting (lag 2022:629, 3 §).
    """

    places: int = 1
    proportional: bool = False
    elects: Elects = "members"
    members_in: MatterId | None = None
    members_proportional: bool = False


@dataclass(frozen=True, slots=True)
class QualifiedMajority:
    """What a decision needs beyond a simple majority (KL 5:10, 5:37, 5:58, 9:6).

    The share is `numerator` by `denominator` of what is `counted`. It is needed to approve a proposal or, as
    when a referendum is stopped, to reject it. An extra election, always deferred the first time (5:50), has
    `treated_before` and `first_meeting`, the ISO date on which the newly elected assembly first met.
    """

    subject: QualifiedSubject
    numerator: int = 2
    denominator: int = 3
    counted: Counted = "present"
    needed_to: Literal["approve", "reject"] = "approve"
    treated_before: bool = False
    first_meeting: str | None = None


@dataclass(frozen=True, slots=True)
class ReportedDecision:
    """A decision taken for the body and reported to it; `decided_on` is an ISO date.

    An `urgent` one the chair has taken alone (KL 6:39); the others are delegated (6:37).
    """

    title: str
    decided_on: str
    decided_by: str
    reference: str | None = None
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter on the agenda (ärende), as it was announced.

    `minority_used` tells that the matter has been deferred or referred back by a minority at an earlier
    meeting, which uses up the right (KL 5:50). `asked_by` and `answered_by` belong to interpellations and
    questions, which `asking_permitted` says were let be put at an earlier meeting; `asked_by` and `raised_on`
    (an ISO date) belong to members' motions. `staff_excluded` tells that the matter is of a kind where staff
    representatives may not be present (KL 7:14), `sets_budget` that a federation's budget is set (KL 9:10).
    `authority` tells that authority is exercised against an individual (myndighetsutövning), `secrecy` that
    information under secrecy at the body stands in it; both close a committee's doors (KL 6:25).
    `announced_on` is the day an urgent matter was announced by itself and `told_on` the day members and
    substitutes were sent word of it (KL 5:14–15), ISO dates; both None for what stood in the notice.
    """

    id: MatterId
    title: str
    reference: str | None
    kind: MatterKind
    background: str | None = None
    rapporteur: str | None = None
    proposal: PreparedProposal | None = None
    documents: tuple[DocumentRef, ...] = ()
    announced: bool = True
    prepared: bool = True
    minority_used: bool = False
    asked_by: PersonId | None = None
    answered_by: PersonId | None = None
    asking_permitted: bool = False
    raised_on: str | None = None
    staff_excluded: bool = False
    sets_budget: bool = False
    authority: bool = False
    secrecy: bool = False
    announced_on: str | None = None
    told_on: str | None = None
    election: ElectionTerms | None = None
    majority: QualifiedMajority | None = None
    reported: tuple[ReportedDecision, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """What one of several municipalities has decided for a joint body: how far distance may go."""

    organisation: str
    decision_reference: str
    distance: Distance


@dataclass(frozen=True, slots=True)
class Notice:
    """When the meeting was announced and called, and the last days for it; all ISO dates.

    `announce_by` is None where the law asks for no announcement, `call_by` where it asks for no summons.
    `urgent_by` is the last day for a matter that could not wait (KL 5:14).
    """

    announced_on: str | None = None
    called_on: str | None = None
    announce_by: str | None = None
    call_by: str | None = None
    urgent_by: str | None = None


@dataclass(frozen=True, slots=True)
class WebcastTerms:
    """What the body has decided of webcasting its meetings (webbsändning).

    `usual` tells that they are webcast unless something hinders it. `information` is told to those present
    and `for_viewers` stands beside the picture; the recording is kept `retention_days` after the meeting.
    """

    usual: bool = False
    information: str | None = None
    for_viewers: str | None = None
    retention_days: int | None = None


@dataclass(frozen=True, slots=True)
class StandingOrders:
    """What the municipality itself has decided for the body (arbetsordning or reglemente), one dated version.

    Times are seconds. `verifiers` counts those beside the chair. `no_return_same_day` is a committee's own
    rule copying KL 5:20; for an assembly the statute says so whatever stands here. `agreements` are those of
    a joint body; `distance` is then the strictest of them. `replies` is how many replies one person may make
    in a debate. `answers_below_quorum` lets interpellations and questions be answered before fewer (KL 5:45).
    `electronic_ballot` allows a closed ballot by device, in the room. `call_days` is how many days before the
    meeting a committee's own rules want the summons sent. `expulsion` is a committee's own rule copying KL
    5:43, `dissolution` one that lets the chair dissolve a meeting where order cannot be kept. `publicity` is
    how far a committee's meetings are open, by the assembly's leave and its own decision, whose reference is
    `publicity_reference` (KL 6:25). `acting_chair` is who presides when nobody of the presidium can (KL 5:72,
    6:22). `group_reorders` lets a party group change the turn of its substitutes before a meeting. `webcast`
    is None where nothing is said of it. `remote_identity` is whether members at a distance must have signed
    in with e-legitimation.
    """

    version: str
    decided_on: str
    decision_reference: str
    distance: Distance
    committee_uses_obligation: bool
    obligation_reference: str | None
    verifiers: int
    speech_seconds: int | None
    reply_seconds: int | None
    chair_votes_last: bool
    substitutes_by: SubstituteOrder
    no_return_same_day: bool
    camera_policy: CameraPolicy
    immediate_verification: bool
    identity_methods: tuple[IdentityMethod, ...]
    agreements: tuple[Agreement, ...] = ()
    replies: int | None = None
    answers_below_quorum: bool = False
    electronic_ballot: bool = False
    call_days: int | None = None
    expulsion: bool = False
    dissolution: bool = False
    publicity: Publicity = "closed"
    publicity_reference: str | None = None
    acting_chair: ActingChair = "longest_serving"
    group_reorders: bool = False
    webcast: WebcastTerms | None = None
    remote_identity: RemoteIdentity = "chair"


@dataclass(frozen=True, slots=True)
class MeetingConvened(Event):
    """The meeting (sammanträdet) exists: everything it will be judged by is pinned here.

    `starts_at` is an ISO instant with the local offset; that offset is the meeting's clock for what
    "the same day" means. `first_minute_number` is the § of the first matter taken up. `ground` is why it is
    held and `requested_by` the members who asked for it (KL 5:12, 6:23).
    """

    meeting_id: str
    regime: str
    body: Body
    standing_orders: StandingOrders
    roster: tuple[Person, ...]
    agenda: tuple[Matter, ...]
    title: str
    starts_at: str
    place: str | None
    form: Form
    first_minute_number: int
    rehearsal: bool
    organisation: str
    ground: MeetingGround = "ordinary"
    requested_by: tuple[PersonId, ...] = ()
    notice: Notice | None = None
