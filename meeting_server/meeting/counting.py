"""Who counts: the one place that says who is present, serving and counted, and in what roles."""

from __future__ import annotations

from meeting_server.law.asking import may_be_answered
from meeting_server.law.attending import may_attend, may_propose
from meeting_server.law.bodies import PROFILES, BodyProfile
from meeting_server.law.body_rules import BodyRules
from meeting_server.law.regime import regime
from meeting_server.law.ruling import Ruling
from meeting_server.meeting.actors import Role
from meeting_server.meeting.state import MatterState, Meeting, Presence
from meeting_server.meeting.words import PersonId

_HERE = ("room", "remote")
_LOST = ("dropped", "returning")
_OUTSIDE = ("viewer", "expected", "absent", "left")
"""States of those who have not come to the meeting, though they may follow it while it is public."""


def rules_of(meeting: Meeting) -> BodyRules:
    """The law this meeting is held under, as its first event pinned it."""
    return regime(meeting.convened.regime).body(meeting.convened.body.kind)


def profile_of(meeting: Meeting) -> BodyProfile:
    """What is particular to this kind of body beside its rules."""
    return PROFILES[meeting.convened.body.kind]


def is_here(presence: Presence) -> bool:
    """Whether the person is in the room, or at a distance with identity established and a live link."""
    return presence.state in _HERE


def is_locked_out(meeting: Meeting, person: PersonId) -> bool:
    """Whether interrupted service bars the person from serving again today (KL 5:20, or the local copy)."""
    interrupted_on = meeting.presence[person].interrupted_on
    return (
        interrupted_on is not None
        and not rules_of(meeting)
        .may_return(
            interrupted=True,
            for_conflict=False,
            same_day=interrupted_on == meeting.today,
            local_rule=meeting.convened.standing_orders.no_return_same_day,
        )
        .outcome
    )


def holds_seat(meeting: Meeting, person: PersonId) -> bool:
    """Whether a seat is the person's to fill now: a member not replaced, or a substitute called in."""
    role = meeting.people[person].role
    presence = meeting.presence[person]
    if role == "member":
        replaced = presence.replaced_by is not None and _stands_in(meeting, presence.replaced_by)
        return not replaced and not is_locked_out(meeting, person)
    return role == "substitute" and presence.serves_for is not None and _stands_in(meeting, person)


def _stands_in(meeting: Meeting, substitute: PersonId) -> bool:
    """Whether the substitution holds now: one for a single matter holds only while that matter is handled."""
    only = meeting.presence[substitute].only_matter
    return only is None or only == meeting.current


def matter_ahead(meeting: Meeting) -> MatterState | None:
    """The matter at hand while it is not settled, otherwise the next on the agenda."""
    if meeting.matter is not None and not meeting.matter.settled:
        return meeting.matter
    return next((m for m in meeting.matters.values() if m.status == "coming"), None)


def is_serving(meeting: Meeting, person: PersonId) -> bool:
    """Whether the person serves (tjänstgör): holds a seat and has come, though the link may be lost."""
    return meeting.presence[person].state in (*_HERE, *_LOST) and holds_seat(meeting, person)


def is_disqualified(meeting: Meeting, person: PersonId) -> bool:
    """Whether the person has a conflict of interest in the matter being handled."""
    matter = meeting.matter
    return matter is not None and not matter.settled and person in matter.disqualified


def is_counted(meeting: Meeting, person: PersonId) -> bool:
    """Whether the person counts now: for quorum, in divisions, among those present."""
    return (
        meeting.presence[person].state in _HERE
        and holds_seat(meeting, person)
        and not is_disqualified(meeting, person)
    )


def counted(meeting: Meeting) -> tuple[PersonId, ...]:
    """Those who count now, in the order of the roster."""
    return tuple(p for p in meeting.people if is_counted(meeting, p))


def counted_remote(meeting: Meeting) -> tuple[PersonId, ...]:
    """Those who count now and take part at a distance, in the order of the roster."""
    return tuple(p for p in counted(meeting) if meeting.presence[p].state == "remote")


def deciders(meeting: Meeting) -> tuple[PersonId, ...]:
    """Those who take part in deciding the matter being handled: they count and do not abstain (KL 4:25)."""
    abstaining = meeting.matter.abstaining if meeting.matter is not None else {}
    return tuple(p for p in counted(meeting) if p not in abstaining)


def missing_for_conflict(meeting: Meeting) -> int:
    """How many serve and are here but do not count only because of a conflict of interest."""
    matter = meeting.matter
    if matter is None or matter.settled:
        return 0
    return sum(
        1 for p in matter.disqualified if meeting.presence[p].state in _HERE and holds_seat(meeting, p)
    )


def quorum_now(meeting: Meeting) -> Ruling[bool]:
    """Whether the body is quorate for the matter being handled, by the rule that fits (KL 5:45–46, 6:27)."""
    rules, seats = rules_of(meeting), meeting.convened.body.seats
    present, disqualified = len(counted(meeting)), missing_for_conflict(meeting)
    if disqualified:
        return rules.quorum_with_conflict(present=present, disqualified=disqualified, seats=seats)
    if meeting.matter is not None and meeting.matter.may_be_put:
        decided = meeting.convened.standing_orders.answers_below_quorum
        return may_be_answered(present=present, seats=seats, decided=decided)
    return rules.quorum(present=present, seats=seats)


def undecided_links(meeting: Meeting) -> tuple[PersonId, ...]:
    """Those who serve but whose link is lost, and about whom the chair has not chosen what to do."""
    return tuple(
        p
        for p, presence in meeting.presence.items()
        if presence.state in _LOST
        and not presence.continued_without
        and holds_seat(meeting, p)
        and not is_disqualified(meeting, p)
    )


def is_public(meeting: Meeting) -> bool:
    """Whether the public may follow the meeting, when no doors are closed (KL 5:42, 6:25).

    In a committee by its standing decision or the one made here, and never without the assembly's leave.
    """
    publicity = meeting.convened.standing_orders.publicity
    decided = publicity == "public" if meeting.public is None else meeting.public
    return rules_of(meeting).public_meeting(permitted=publicity != "closed", decided=decided).outcome


def are_doors_closed(meeting: Meeting) -> bool:
    """Whether the public and whoever is not let stay are shut out just now (KL 5:42)."""
    matter = meeting.matter
    if matter is None or matter.settled:
        return False
    return matter.doors_closed or (is_public(meeting) and is_closed_by_law(meeting))


def is_closed_by_law(meeting: Meeting) -> bool:
    """Whether the matter at hand is one a committee always handles behind closed doors (KL 6:25)."""
    matter = meeting.matter
    if matter is None or matter.settled:
        return False
    about = matter.matter
    return rules_of(meeting).always_closed(authority=about.authority, secrecy=about.secrecy).outcome


def is_behind_closed_doors(meeting: Meeting) -> bool:
    """Whether nobody unauthorised may see or hear the matter at hand: also in a meeting never public."""
    return are_doors_closed(meeting) or is_closed_by_law(meeting)


def is_shut_out(meeting: Meeting, person: PersonId) -> bool:
    """Whether the doors are closed to this very person.

    A member or substitute stays by being here, in the room or let in at a distance: whoever follows as a
    viewer is of the public, and nobody has established who that is.
    """
    matter, on_roster = meeting.matter, meeting.people.get(person)
    if matter is None or on_roster is None or not are_doors_closed(meeting):
        return False
    sits = on_roster.role in ("member", "substitute")
    attends = meeting.presence[person].state not in _OUTSIDE
    if not matter.doors_closed and (attends or not sits):
        return False  # a matter closed by law alone keeps whoever attends a committee that is never public
    stays = rules_of(meeting).stays_behind_closed_doors(
        member=on_roster.role == "member" and attends,
        substitute=on_roster.role == "substitute" and attends,
        permitted=on_roster.role == "secretary" or person in matter.staying,
        disqualified=person in matter.disqualified,
    )
    return not stays.outcome


def is_cut_off(meeting: Meeting, person: PersonId) -> bool:
    """Whether the person must be without picture, sound and papers now (KL 5:42–43, 6:30)."""
    if is_expelled(meeting, person) or must_leave(meeting, person) or is_shut_out(meeting, person):
        return True
    return is_disqualified(meeting, person) and rules_of(meeting).conflict_presence().outcome == "leaves"


def is_expelled(meeting: Meeting, person: PersonId) -> bool:
    """Whether the chair has sent the person out of this meeting, while it lasts (KL 5:43)."""
    presence = meeting.presence.get(person)
    return presence is not None and presence.state == "expelled" and meeting.phase != "closed"


def must_leave(meeting: Meeting, person: PersonId) -> bool:
    """Whether one who attends by right has none in the matter at hand: staff, in those KL 7:14 names."""
    matter, on_roster = meeting.matter, meeting.people.get(person)
    if matter is None or matter.settled or on_roster is None or on_roster.attends is None:
        return False
    about = matter.matter
    stays = may_attend(
        right=on_roster.attends, staff_excluded=about.staff_excluded, authority=about.authority
    )
    return not stays.outcome


def roles_of(meeting: Meeting, person: PersonId) -> frozenset[Role]:
    """Everything the person is in this meeting now; empty for one who is not on the roster."""
    on_roster = meeting.people.get(person)
    if on_roster is None:
        return frozenset()
    roles = {Role.VIEWER}
    if person == meeting.chair:
        roles.add(Role.CHAIR)
    if on_roster.role == "secretary":
        roles.add(Role.SECRETARY)
    if on_roster.role == "attendee":
        roles.add(Role.ATTENDEE)
        right = on_roster.attends
        if right is not None and may_propose(right=right).outcome and is_here(meeting.presence[person]):
            roles.add(Role.PROPOSER)
    if on_roster.role in ("member", "substitute"):
        roles.add(Role.MEMBER)
        if is_counted(meeting, person):
            roles.add(Role.SERVING)
    return frozenset(roles)
