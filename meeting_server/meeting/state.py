"""The meeting as a value: everything that is true now, computed from the log and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from meeting_server.meeting.actors import SignedIn
from meeting_server.meeting.convening import Matter, MeetingConvened, Person
from meeting_server.meeting.election_state import NO_ELECTION, Election
from meeting_server.meeting.outcome import Record
from meeting_server.meeting.webcast_state import NEVER, Webcast
from meeting_server.meeting.words import (
    REJECT,
    CandidateId,
    ContestId,
    ContestKind,
    DivisionId,
    DivisionStatus,
    FloorKind,
    How,
    IdentityMethod,
    MatterId,
    MatterStatus,
    PersonId,
    Phase,
    PresenceState,
    ProposalId,
    ProposalKind,
    RefusedAs,
    RequestId,
    Stage,
    Vote,
    VoteChannel,
)


@dataclass(frozen=True, slots=True)
class Identity:
    """That the chair has established who a remote person is (KL 5:16): how and when."""

    method: IdentityMethod
    at: datetime


@dataclass(frozen=True, slots=True)
class Link:
    """What last reached the server from a remote person: picture, sound."""

    video: bool = True
    audio: bool = True


@dataclass(frozen=True, slots=True)
class Presence:
    """One person's attendance (närvaro).

    `serves_for` and `replaced_by` are the two ends of a substitution. `only_matter` limits it to one matter.
    `has_served` gives a substitute priority (KL 5:18). `interrupted_on` is the local date on which service
    was interrupted for another hindrance than a conflict of interest (KL 5:20). `awaits_seat` is a late
    member who takes the seat back at the next matter (KL 5:19). `seen_at`: when the chair last said to see
    somebody at a distance. `departed_from` is where the person was when a departure ended the service, while
    that may be taken back; "left" when he or she has come back and left anew. `signed_in` is how the one who
    last came to the lobby had signed in.
    """

    state: PresenceState = "expected"
    since: datetime | None = None
    identity: Identity | None = None
    signed_in: SignedIn | None = None
    link: Link = Link()
    serves_for: PersonId | None = None
    replaced_by: PersonId | None = None
    only_matter: MatterId | None = None
    has_served: bool = False
    interrupted_on: date | None = None
    departed_from: PresenceState | None = None
    awaits_seat: bool = False
    continued_without: bool = False
    new_picture_asked: bool = False
    seen_at: datetime | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Admonition:
    """That the chair has told somebody off (tillsägelse): one on the roster, or a `listener` described."""

    person: PersonId | None
    listener: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal (förslag, yrkande). The prepared one has no mover; `points` only it has.

    `refused` tells as what the chair does not put it (KL 5:57) and `refused_because` why; it is put all the
    same when the body has `overruled` that.
    """

    id: ProposalId
    kind: ProposalKind
    mover: PersonId | None
    text: str
    points: tuple[str, ...] = ()
    motivation: str | None = None
    supporters: tuple[PersonId, ...] = ()
    withdrawn: bool = False
    refused: RefusedAs | None = None
    refused_because: str | None = None
    overruled: bool = False

    @property
    def stands(self) -> bool:
        """Whether it is to be put: not withdrawn, and not refused by the chair for good."""
        return not self.withdrawn and (self.refused is None or self.overruled)


@dataclass(frozen=True, slots=True)
class Contest:
    """A question put (proposition) and how far it has come.

    `candidates` stand in the order the chair puts them. `found` is what the chair finds; `counter` the
    candidate chosen to meet it when there are more than two; `outcome` is set by the gavel.
    """

    id: ContestId
    kind: ContestKind
    candidates: tuple[CandidateId, ...]
    parent: ContestId | None = None
    found: CandidateId | None = None
    demanded_by: PersonId | None = None
    counter: CandidateId | None = None
    division: DivisionId | None = None
    outcome: CandidateId | None = None
    how: How | None = None
    taking_part: tuple[PersonId, ...] = ()
    remote: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True)
class GivenVote:
    """One member's vote (röst) in a division, with the time it was last given."""

    vote: Vote
    channel: VoteChannel
    at: datetime


@dataclass(frozen=True, slots=True)
class Division:
    """A division (votering, omröstning): one open roll-call vote between `yes` and `no`.

    `closed_by` presided when it was closed.
    `casting` is the casting vote (utslagsröst) of a chair who had voted neither, `casting_by` whose it was.
    """

    id: DivisionId
    matter: MatterId
    contest: ContestId
    yes: CandidateId
    no: CandidateId
    voters: tuple[PersonId, ...]
    remote: tuple[PersonId, ...]
    question_text: str
    opened_at: datetime
    status: DivisionStatus = "open"
    closed_at: datetime | None = None
    closed_by: PersonId | None = None
    votes: Mapping[PersonId, GivenVote] | None = None
    objections: tuple[PersonId, ...] = ()
    casting: Vote | None = None
    casting_by: PersonId | None = None
    carried: CandidateId | None = None
    by_casting_vote: bool = False
    void_reason: str | None = None

    @property
    def given(self) -> Mapping[PersonId, GivenVote]:
        """The votes given so far."""
        return self.votes if self.votes is not None else {}

    def count(self, vote: Vote) -> int:
        """How many have given this vote."""
        return sum(1 for given in self.given.values() if given.vote == vote)


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided (beslut) and who took part in it (KL 5:67 p. 4–5).

    `proposal` is what carried; `additions` the additional proposals carried after it.
    """

    proposal: CandidateId
    additions: tuple[ProposalId, ...]
    how: How
    division: DivisionId | None
    taking_part: tuple[PersonId, ...]
    remote: tuple[PersonId, ...]
    motivation: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A text somebody has to a matter: a reservation or a minuted statement; the text may come later."""

    person: PersonId
    text: str | None


@dataclass(frozen=True, slots=True)
class Dispute:
    """That somebody's lack of a conflict of interest is questioned, by whom and why; the body answers."""

    person: PersonId
    questioned_by: PersonId
    reason: str | None


@dataclass(frozen=True, slots=True)
class MatterState:
    """A matter and how far it has come in this meeting."""

    matter: Matter
    number: int | None = None
    status: MatterStatus = "coming"
    stage: Stage = "debate"
    debate_closed: bool = False
    proposals: Mapping[ProposalId, Proposal] | None = None
    conflicts: Mapping[PersonId, str | None] | None = None
    contests: tuple[Contest, ...] = ()
    decision: Decision | None = None
    outcome_text: str | None = None
    reservations: tuple[Note, ...] = ()
    statements: tuple[Note, ...] = ()
    immediate: bool = False
    election: Election = NO_ELECTION
    permitted: bool | None = None
    answered: bool = False
    taking_up_agreed: tuple[PersonId, ...] | None = None
    decision_agreed: tuple[CandidateId, tuple[PersonId, ...]] | None = None
    opposed: PersonId | None = None
    doors_closed: bool = False
    decides_closed: bool = False
    staying: tuple[PersonId, ...] = ()
    undisturbed: tuple[PersonId, ...] = ()
    dispute: Dispute | None = None
    abstentions: Mapping[PersonId, str | None] | None = None
    block: tuple[MatterId, ...] = ()

    @property
    def standing(self) -> tuple[Proposal, ...]:
        """The proposals made, not withdrawn and not refused by the chair, the prepared one first."""
        return tuple(p for p in (self.proposals or {}).values() if p.stands)

    @property
    def disqualified(self) -> Mapping[PersonId, str | None]:
        """Those with a conflict of interest in the matter, with their reason."""
        return self.conflicts if self.conflicts is not None else {}

    @property
    def abstaining(self) -> Mapping[PersonId, str | None]:
        """Those who take no part in the decision, with the chair's reason where KL 4:26 is set aside."""
        return self.abstentions if self.abstentions is not None else {}

    @property
    def may_be_put(self) -> bool | None:
        """Whether an interpellation or question may be put (KL 5:62), here or earlier; None before that."""
        return True if self.permitted is None and self.matter.asking_permitted else self.permitted

    def rejects(self, candidate: CandidateId) -> bool:
        """Whether the candidate says no to what was prepared, so that nothing can be added to it."""
        return candidate == REJECT or (self.proposals or {})[candidate].kind == "reject"

    @property
    def settled(self) -> bool:
        """Whether the meeting is done deciding in the matter."""
        return self.stage in ("decided", "finished")


@dataclass(frozen=True, slots=True)
class FloorRequest:
    """A place in the speakers' list (talarlistan)."""

    id: RequestId
    person: PersonId
    kind: FloorKind
    since: datetime


@dataclass(frozen=True, slots=True)
class Floor:
    """Who has the floor (ordet), since when and for how many seconds."""

    person: PersonId
    kind: FloorKind
    since: datetime
    limit_seconds: int | None


@dataclass(frozen=True, slots=True)
class Debate:
    """The debate in the current matter: the floor, the speakers' list, who has replied (once per reply)."""

    floor: Floor | None = None
    queue: tuple[FloorRequest, ...] = ()
    list_closed: bool = False
    replied: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause (ajournering): since when, for how many minutes, why; to when on another day."""

    since: datetime
    minutes: int | None
    reason: str | None
    continues_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting (sammanträde), all of it. Never changed: `evolve` makes the next one.

    `seq` and `at` are those of the last record. `today` is that instant's local date. `division` is the
    division being held or awaiting its gavel. `public` is what a committee has decided here of its publicity,
    None before it has. `turns` are the substitutes' where a party group has changed them. `chair_before`
    presided before the chair was handed over for `chair_for` alone. `block` are the matters to be decided
    together. `recent` are the last 200 records, votes left out, for the running log beside the meeting.
    """

    convened: MeetingConvened
    people: Mapping[PersonId, Person]
    presence: Mapping[PersonId, Presence]
    matters: Mapping[MatterId, MatterState]
    seq: int
    at: datetime
    today: date
    next_number: int
    chair: PersonId | None
    phase: Phase = "convened"
    roll_call_done: bool = False
    current: MatterId | None = None
    debate: Debate = Debate()
    divisions: Mapping[DivisionId, Division] | None = None
    division: DivisionId | None = None
    verifiers: tuple[PersonId, ...] = ()
    verification_place_and_time: str | None = None
    reservations_asked: bool = False
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    pause: Pause | None = None
    chair_before: PersonId | None = None
    chair_for: MatterId | None = None
    turns: Mapping[PersonId, int] | None = None
    public: bool | None = None
    admonitions: tuple[Admonition, ...] = ()
    recent: tuple[Record, ...] = ()
    block: tuple[MatterId, ...] = ()
    webcast: Webcast = NEVER

    @property
    def matter(self) -> MatterState | None:
        """The matter being handled now."""
        return None if self.current is None else self.matters[self.current]

    @property
    def held(self) -> Mapping[DivisionId, Division]:
        """Every division of the meeting, voided ones too."""
        return self.divisions if self.divisions is not None else {}

    @property
    def running(self) -> Division | None:
        """The division being held or awaiting its gavel."""
        return None if self.division is None else self.held[self.division]
