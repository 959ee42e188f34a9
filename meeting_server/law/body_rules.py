"""The rules of one kind of body: a field per rule, so that the meeting never asks what kind it is.

Each field's type names the facts the rule takes; mypy holds both the law and the meeting to them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Protocol

from meeting_server.law import majority
from meeting_server.law.citation import Citation
from meeting_server.law.kommunallagen.conflict import Presence
from meeting_server.law.kommunallagen.deciding import Casting, ChairVote
from meeting_server.law.kommunallagen.remote import Distance
from meeting_server.law.kommunallagen.substitutes import Candidate
from meeting_server.law.majority import Side
from meeting_server.law.ruling import Force, Kind, Ruling


class Written(Protocol):
    """What every rule carries besides its function: code, place, words, kind and standing."""

    @property
    def code(self) -> str: ...
    @property
    def cites(self) -> Citation: ...
    @property
    def quote(self) -> str: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def force(self) -> Force: ...
    @property
    def confirmed(self) -> bool: ...
    @property
    def source(self) -> str | None: ...
    @property
    def question(self) -> str | None: ...


class Quorum(Written, Protocol):
    """Facts: present, seats."""

    def __call__(self, *, present: int, seats: int) -> Ruling[bool]: ...


class QuorumWithConflict(Written, Protocol):
    """Facts: present (taking part), disqualified (missing only for that), seats."""

    def __call__(self, *, present: int, disqualified: int, seats: int) -> Ruling[bool]: ...


class RemotePermitted(Written, Protocol):
    """Facts: distance, the extent the assembly has decided."""

    def __call__(self, *, distance: Distance) -> Ruling[bool]: ...


class PresidiumRemote(Written, Protocol):
    """Facts: in_presidium. True: may take part remotely and count."""

    def __call__(self, *, in_presidium: bool) -> Ruling[bool]: ...


class FullyRemote(Written, Protocol):
    """Facts: remote and present, both counted, and distance. True: so many may be remote."""

    def __call__(self, *, remote: int, present: int, distance: Distance) -> Ruling[bool]: ...


class MandatoryRemote(Written, Protocol):
    """Facts: distance and whether the committee has decided to use the obligation."""

    def __call__(self, *, distance: Distance, committee_decided: bool) -> Ruling[bool]: ...


class RemoteLive(Written, Protocol):
    """Facts: sends_picture, sends_sound."""

    def __call__(self, *, sends_picture: bool, sends_sound: bool) -> Ruling[bool]: ...


class IdentityEstablished(Written, Protocol):
    """Facts: confirmed, the chair's answer."""

    def __call__(self, *, confirmed: bool) -> Ruling[bool]: ...


class CanFollow(Written, Protocol):
    """Facts: sees and hears the meeting, is seen and heard by it, and has papers, floor and vote."""

    def __call__(
        self, *, sees: bool, hears: bool, is_seen: bool, is_heard: bool, can_take_part: bool
    ) -> Ruling[bool]: ...


class PhysicalPlace(Written, Protocol):
    """Facts: place, whether one is named."""

    def __call__(self, *, place: bool) -> Ruling[bool]: ...


class CountedWhenLost(Written, Protocol):
    """Facts: link, whether it is up."""

    def __call__(self, *, link: bool) -> Ruling[bool]: ...


class SubstituteServes(Written, Protocol):
    """Facts: hindered."""

    def __call__(self, *, hindered: bool) -> Ruling[bool]: ...


class SubstitutePriority(Written, Protocol):
    """Facts: candidates for one member and that member's constituency, if there are several."""

    def __call__(
        self, *, candidates: Sequence[Candidate], constituency: str | None
    ) -> Ruling[str | None]: ...


class SubstituteRights(Written, Protocol):
    """Facts: serving."""

    def __call__(self, *, serving: bool) -> Ruling[bool]: ...


class LateMemberServes(Written, Protocol):
    """Facts: substitute_in, whether a substitute has taken the seat."""

    def __call__(self, *, substitute_in: bool) -> Ruling[bool]: ...


class MayReturn(Written, Protocol):
    """Facts: interrupted service, for_conflict (that was why), same_day, local_rule (5:20 copied)."""

    def __call__(
        self, *, interrupted: bool, for_conflict: bool, same_day: bool, local_rule: bool
    ) -> Ruling[bool]: ...


class Disqualified(Written, Protocol):
    """Facts: concerned, the answer given by the member or the body."""

    def __call__(self, *, concerned: bool) -> Ruling[bool]: ...


class ConflictPresence(Written, Protocol):
    """No facts: the body alone decides where the disqualified go."""

    def __call__(self) -> Ruling[Presence]: ...


class AnnouncedOnly(Written, Protocol):
    """Facts: announced in time; unanimous, all present decide to take it up."""

    def __call__(self, *, announced: bool, unanimous: bool) -> Ruling[bool]: ...


class PreparedOnly(Written, Protocol):
    """Facts: prepared; agreed, all present agree on the decision."""

    def __call__(self, *, prepared: bool, agreed: bool) -> Ruling[bool]: ...


class MinorityDeferral(Written, Protocol):
    """Facts: requesting, present, used (by a minority before), election."""

    def __call__(self, *, requesting: int, present: int, used: bool, election: bool) -> Ruling[bool]: ...


class MinorityNeeded(Protocol):
    """How many of those present a minority needs; None where a minority has no such right."""

    def __call__(self, present: int) -> int | None: ...


class ReferralMotivation(Written, Protocol):
    """Facts: motivation, whether one is given."""

    def __call__(self, *, motivation: bool) -> Ruling[bool]: ...


class ProposalsAnswerable(Written, Protocol):
    """Facts: candidates, the ids of the proposals to be put."""

    def __call__(self, *, candidates: Sequence[str]) -> Ruling[bool]: ...


class DivisionDemand(Written, Protocol):
    """Facts: before_gavel."""

    def __call__(self, *, before_gavel: bool) -> Ruling[bool]: ...


class OpenDivision(Written, Protocol):
    """Facts: election, employment, what the matter concerns; the same facts decide on lots."""

    def __call__(self, *, election: bool, employment: bool) -> Ruling[bool]: ...


class SimpleMajority(Written, Protocol):
    """Facts: yes, no."""

    def __call__(self, *, yes: int, no: int) -> Ruling[Side]: ...


class CastingVote(Written, Protocol):
    """Facts: yes, no, chair_vote."""

    def __call__(self, *, yes: int, no: int, chair_vote: ChairVote) -> Ruling[Casting]: ...


class NewMatter(Written, Protocol):
    """Facts: raises_new_matter, the chair's answer."""

    def __call__(self, *, raises_new_matter: bool) -> Ruling[bool]: ...


class ExtraMeeting(Written, Protocol):
    """Facts: requesting, members (all of them, not those present)."""

    def __call__(self, *, requesting: int, members: int) -> Ruling[bool]: ...


class CalledInTime(Written, Protocol):
    """Facts: called_on (None for never) and call_by, the last day; ISO dates."""

    def __call__(self, *, called_on: str | None, call_by: str) -> Ruling[bool]: ...


class ActingChair(Written, Protocol):
    """Facts: vice_chair, in_turn by the body's own rules, elected by the body for the occasion."""

    def __call__(self, *, vice_chair: bool, in_turn: bool, elected: bool) -> Ruling[bool]: ...


class GroupReorders(Written, Protocol):
    """Facts: local_rule, whether the committee's rules let a party group choose."""

    def __call__(self, *, local_rule: bool) -> Ruling[bool]: ...


class PublicMeeting(Written, Protocol):
    """Facts: permitted by the assembly, decided by the body."""

    def __call__(self, *, permitted: bool, decided: bool) -> Ruling[bool]: ...


class AlwaysClosed(Written, Protocol):
    """Facts: authority is exercised in the matter, secrecy covers something in it."""

    def __call__(self, *, authority: bool, secrecy: bool) -> Ruling[bool]: ...


class ClosedDoors(Written, Protocol):
    """Facts: decided for this matter, deliberating (the debate is not over)."""

    def __call__(self, *, decided: bool, deliberating: bool) -> Ruling[bool]: ...


class StaysBehindClosedDoors(Written, Protocol):
    """Facts: member or substitute, permitted to stay, disqualified in the matter."""

    def __call__(
        self, *, member: bool, substitute: bool, permitted: bool, disqualified: bool
    ) -> Ruling[bool]: ...


class MayExpel(Written, Protocol):
    """Facts: disturbing, admonished before, local_rule (the body's own rules give the power)."""

    def __call__(self, *, disturbing: bool, admonished: bool, local_rule: bool) -> Ruling[bool]: ...


class ConflictOverlooked(Written, Protocol):
    """Facts: obviously_unimportant, the body's answer."""

    def __call__(self, *, obviously_unimportant: bool) -> Ruling[bool]: ...


class OwnConflictTest(Written, Protocol):
    """Facts: quorate_without the one concerned, other_available to be called."""

    def __call__(self, *, quorate_without: bool, other_available: bool) -> Ruling[bool]: ...


class MayRefuseUnlawful(Written, Protocol):
    """Facts: unlawful, the chair's answer; overruled by the body."""

    def __call__(self, *, unlawful: bool, overruled: bool) -> Ruling[bool]: ...


class OneVote(Written, Protocol):
    """Facts: votes, counted for one member in one division."""

    def __call__(self, *, votes: int) -> Ruling[bool]: ...


class MayAbstain(Written, Protocol):
    """Facts: exercise_of_authority, against an individual."""

    def __call__(self, *, exercise_of_authority: bool) -> Ruling[bool]: ...


class ServiceOrder(Written, Protocol):
    """Facts: proportional (so elected), ordered (by the body). True: the substitutes' order is settled."""

    def __call__(self, *, proportional: bool, ordered: bool) -> Ruling[bool]: ...


class ChairMustVote(Written, Protocol):
    """Facts: needed, for the matter to be decided."""

    def __call__(self, *, needed: bool) -> Ruling[bool]: ...


class MayReserve(Written, Protocol):
    """Facts: took_part in deciding, closed (the meeting)."""

    def __call__(self, *, took_part: bool, closed: bool) -> Ruling[bool]: ...


class MinutesContent(Written, Protocol):
    """Facts: shown, the keys the minutes show. Outcome: the keys they lack."""

    def __call__(self, *, shown: frozenset[str]) -> Ruling[tuple[str, ...]]: ...


class VerifiedInTime(Written, Protocol):
    """Facts: days_after the meeting."""

    def __call__(self, *, days_after: int) -> Ruling[bool]: ...


@dataclass(frozen=True)
class BodyRules:
    """Every rule of one kind of body under one regime; fields in the order a meeting meets them."""

    extra_meeting: ExtraMeeting
    called_in_time: CalledInTime
    acting_chair: ActingChair
    group_reorders: GroupReorders
    public_meeting: PublicMeeting
    always_closed: AlwaysClosed
    closed_doors: ClosedDoors
    stays_behind_closed_doors: StaysBehindClosedDoors
    may_expel: MayExpel
    physical_place: PhysicalPlace
    remote_permitted: RemotePermitted
    presidium_remote: PresidiumRemote
    fully_remote: FullyRemote
    mandatory_remote: MandatoryRemote
    remote_live: RemoteLive
    identity_established: IdentityEstablished
    can_follow: CanFollow
    counted_when_lost: CountedWhenLost
    substitute_serves: SubstituteServes
    substitute_priority: SubstitutePriority
    substitute_rights: SubstituteRights
    late_member_serves: LateMemberServes
    may_return: MayReturn
    quorum: Quorum
    quorum_with_conflict: QuorumWithConflict
    disqualified: Disqualified
    conflict_overlooked: ConflictOverlooked
    tests_own_conflict: OwnConflictTest
    conflict_presence: ConflictPresence
    announced_only: AnnouncedOnly
    prepared_only: PreparedOnly
    minority_deferral: MinorityDeferral
    minority_needed: MinorityNeeded
    referral_motivation: ReferralMotivation
    new_matter: NewMatter
    may_refuse_unlawful: MayRefuseUnlawful
    proposals_answerable: ProposalsAnswerable
    division_demand: DivisionDemand
    open_division: OpenDivision
    one_vote: OneVote
    may_abstain: MayAbstain
    simple_majority: SimpleMajority
    casting_vote: CastingVote
    chair_must_vote: ChairMustVote
    drawing_of_lots: OpenDivision
    service_order: ServiceOrder
    may_reserve: MayReserve
    minutes_content: MinutesContent
    matter_content: MinutesContent
    verified_in_time: VerifiedInTime
    verify_within_days: int

    def quorum_needed(self, seats: int) -> int:
        """The fewest present with whom a body of that many seats may handle a matter."""
        return majority.quorum_needed(seats)

    def written(self) -> tuple[Written, ...]:
        """Every rule with its words, in field order; the two fields that are plain numbers are left out."""
        found = (getattr(self, field.name) for field in fields(self))
        return tuple(value for value in found if hasattr(value, "quote"))
