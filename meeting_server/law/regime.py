"""Regimes: which law a meeting is held under, chosen by its date and pinned in its first event."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from meeting_server.law import (
    committee_meetings,
    committees,
    majority,
    notice_days,
    presiding,
    service_order,
)
from meeting_server.law.amendments import prop_2025_26_164
from meeting_server.law.bodies import PROFILES, rules_for
from meeting_server.law.body_rules import BodyRules
from meeting_server.law.kommunallagen import (
    conflict,
    deciding,
    deferral,
    elected_officials,
    minutes,
    notice,
    preparation,
    publicity,
    quorum,
    remote,
    substitutes,
)


@dataclass(frozen=True)
class Regime:
    """The law as it stood between two dates, both included; `until` is None for the law that still holds.

    `text_confirmed` is False while some of the words come from a bill and not from the published statute.
    """

    id: str
    title: str
    since: date
    until: date | None
    text_confirmed: bool
    assembly: BodyRules
    committee: BodyRules

    def body(self, kind: str) -> BodyRules:
        """The rules of a body of that kind, a BodyKind; KeyError for any other word."""
        return self._bodies[kind]

    @functools.cached_property
    def _bodies(self) -> Mapping[str, BodyRules]:
        """Made once: the meeting asks at every act."""
        return {kind: rules_for(kind, self.assembly, self.committee) for kind in PROFILES}


ASSEMBLY_2018: Final = BodyRules(
    extra_meeting=notice_days.extra_meeting,
    called_in_time=notice_days.called_in_time,
    acting_chair=presiding.in_assembly,
    group_reorders=service_order.group_reorders_in_assembly,
    public_meeting=publicity.public_meeting,
    always_closed=publicity.always_closed,
    closed_doors=publicity.closed_doors,
    stays_behind_closed_doors=publicity.stays_behind_closed_doors,
    may_expel=publicity.may_expel,
    physical_place=notice.physical_place,
    remote_permitted=remote.remote_permitted,
    presidium_remote=remote.presidium_remote,
    fully_remote=remote.fully_remote,
    mandatory_remote=remote.mandatory_remote,
    remote_live=remote.remote_live,
    identity_established=remote.identity_established,
    can_follow=remote.can_follow,
    counted_when_lost=remote.counted_when_lost,
    substitute_serves=substitutes.substitute_serves,
    substitute_priority=substitutes.substitute_priority,
    substitute_rights=elected_officials.substitute_rights,
    late_member_serves=substitutes.late_member_serves,
    may_return=substitutes.may_return,
    quorum=quorum.quorum,
    quorum_with_conflict=quorum.quorum_with_conflict,
    disqualified=conflict.disqualified,
    conflict_overlooked=conflict.conflict_overlooked,
    tests_own_conflict=conflict.tests_own_conflict,
    conflict_presence=conflict.conflict_presence,
    announced_only=deciding.announced_only,
    prepared_only=preparation.prepared_only,
    minority_deferral=deferral.minority_deferral,
    minority_needed=majority.third_needed,
    referral_motivation=deferral.referral_motivation,
    new_matter=deciding.new_matter,
    may_refuse_unlawful=deciding.may_refuse_unlawful,
    proposals_answerable=deciding.proposals_answerable,
    division_demand=deciding.division_demand,
    open_division=deciding.open_division,
    one_vote=elected_officials.one_vote,
    may_abstain=elected_officials.may_abstain,
    simple_majority=deciding.simple_majority,
    casting_vote=deciding.casting_vote,
    chair_must_vote=elected_officials.chair_must_vote,
    drawing_of_lots=deciding.drawing_of_lots,
    service_order=service_order.order_decided,
    may_reserve=elected_officials.may_reserve,
    minutes_content=minutes.minutes_content,
    matter_content=minutes.matter_content,
    verified_in_time=minutes.verified_in_time,
    verify_within_days=minutes.VERIFY_WITHIN_DAYS,
)
"""Fullmäktige from 1 January 2018."""

COMMITTEE_2018: Final = replace(
    ASSEMBLY_2018,
    extra_meeting=committee_meetings.extra_meeting,
    called_in_time=committee_meetings.called_in_time,
    acting_chair=presiding.in_committee,
    group_reorders=service_order.group_reorders_in_committee,
    public_meeting=committee_meetings.public_meeting,
    always_closed=committee_meetings.always_closed,
    closed_doors=committee_meetings.closed_doors,
    stays_behind_closed_doors=committee_meetings.stays_behind_closed_doors,
    may_expel=committee_meetings.may_expel,
    physical_place=committees.physical_place,
    remote_permitted=committees.remote_permitted,
    presidium_remote=committees.presidium_remote,
    fully_remote=committees.fully_remote,
    mandatory_remote=committees.mandatory_remote,
    substitute_serves=committees.substitute_serves,
    substitute_priority=committees.substitute_priority,
    late_member_serves=committees.late_member_serves,
    may_return=committees.may_return,
    quorum=committees.quorum,
    quorum_with_conflict=committees.quorum_with_conflict,
    disqualified=committees.disqualified,
    conflict_overlooked=committee_meetings.conflict_overlooked,
    tests_own_conflict=committee_meetings.tests_own_conflict,
    conflict_presence=committees.conflict_presence,
    announced_only=committees.announced_only,
    prepared_only=committees.prepared_only,
    minority_deferral=committees.minority_deferral,
    minority_needed=committees.minority_needed,
    referral_motivation=committees.referral_motivation,
    new_matter=committees.new_matter,
    may_refuse_unlawful=committee_meetings.may_refuse_unlawful,
    may_abstain=elected_officials.may_abstain_in_committee,
    service_order=service_order.order_in_committee,
)
"""Nämnd and styrelse from 1 January 2018: what 6 kap. says otherwise; the rest is shared (6:24, 33, 35)."""

KL_2018: Final = Regime(
    id="kl-2018",
    title="Kommunallagen i lydelse till och med den 30 juni 2026",
    since=date(2018, 1, 1),
    until=date(2026, 6, 30),
    text_confirmed=True,
    assembly=ASSEMBLY_2018,
    committee=COMMITTEE_2018,
)

KL_2026: Final = replace(
    KL_2018,
    id="kl-2026",
    title="Kommunallagen i lydelse från och med den 1 juli 2026",
    since=date(2026, 7, 1),
    until=None,
    text_confirmed=False,
    assembly=prop_2025_26_164.amend_assembly(ASSEMBLY_2018),
    committee=prop_2025_26_164.amend_committee(COMMITTEE_2018),
)

REGIMES: Final[Mapping[str, Regime]] = {regime.id: regime for regime in (KL_2018, KL_2026)}
"""Every regime by id, oldest first. An amendment that touches our rules is a new row, never an edit."""


def regime(regime_id: str) -> Regime:
    """The regime a meeting has pinned; KeyError if there is none by that id."""
    return REGIMES[regime_id]


def in_force(on: date) -> Regime:
    """The one regime in force that day; LookupError before 2018, when this law did not yet hold."""
    found = [r for r in REGIMES.values() if r.since <= on and (r.until is None or on <= r.until)]
    if len(found) != 1:
        raise LookupError(f"{len(found)} regimes are in force on {on.isoformat()}")
    return found[0]
