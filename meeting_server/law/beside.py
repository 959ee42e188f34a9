"""Rules that stand beside those of a body: asked of a date, a share, a posting, an election or a guest."""

from typing import Final, Literal, TypeAlias

from meeting_server.law import (
    asking,
    attending,
    committee_meetings,
    delegated,
    notice_days,
    posting,
    proportional_act,
    sizes,
    staff,
    strong_identity,
    webcast,
)
from meeting_server.law.body_rules import Written
from meeting_server.law.kommunallagen import (
    conflict,
    elected_officials,
    majorities,
    notice,
    preparation,
    publicity,
    questions,
)

Binds: TypeAlias = Literal["assembly", "committee", "both"]
"""Whom a rule binds: fullmäktige, nämnder, or both."""

_ASSEMBLY: Final[tuple[Written, ...]] = (
    elected_officials.may_raise,
    sizes.seats_allowed,
    sizes.substitutes_allowed,
    majorities.extra_election,
    majorities.extra_election_not_before,
    majorities.extra_election_deferred,
    notice_days.announced_in_time,
    notice.urgent_announced,
    notice.summons_content,
    notice.urgent_told,
    preparation.prepared_by,
    preparation.committee_heard,
    preparation.executive_heard,
    preparation.proposal_laid,
    preparation.auditors_heard,
    majorities.unprepared,
    asking.decided_in_time,
    preparation.year_reported,
    majorities.stop_referendum,
    attending.may_propose,
    asking.may_be_answered,
    conflict.disqualified_as_accountable,
    conflict.accountable_debates,
    publicity.decided_in_public,
    delegated.taken_up_next,
    majorities.take_up_unannounced,
    proportional_act.may_be_proportional,
    majorities.other_than_party,
    questions.may_be_asked,
    questions.interpellation_formed,
    questions.subject_allowed,
    asking.may_be_debated,
    questions.question_formed,
    asking.may_debate_question,
    questions.questions_minuted,
    majorities.qualified,
    sizes.federation_substitutes,
    proportional_act.federation_proportional,
    notice_days.budget_in_public,
)

_COMMITTEE: Final[tuple[Written, ...]] = (
    elected_officials.may_raise_in_committee,
    elected_officials.may_have_minuted,
    sizes.executive_size,
    committee_meetings.resident_attends,
    committee_meetings.called_debates,
    committee_meetings.only_company_tie,
    delegated.reported_next,
    proportional_act.working_committee_proportional,
    sizes.staff_number,
    staff.staff_admitted,
    staff.staff_matter,
    attending.may_attend,
    staff.staff_debates,
    sizes.joint_substitutes,
    posting.posted_everywhere,
)

_BOTH: Final[tuple[Written, ...]] = (
    strong_identity.identity_strong,
    posting.must_be_posted,
    posting.may_be_posted,
    posting.verification_announced,
    posting.notice_content,
    posting.may_be_removed,
    posting.appeal_open,
    posting.appeal_time_runs,
    proportional_act.proportional_demand,
    proportional_act.substitutes_proportional,
    proportional_act.returning_officer,
    proportional_act.takes_part,
    proportional_act.ballots_alike,
    proportional_act.designated,
    webcast.informed,
    webcast.gallery_unseen,
    webcast.kept_until,
)

BESIDE: Final[tuple[tuple[Written, Binds], ...]] = (
    *((written, "assembly") for written in _ASSEMBLY),
    *((written, "committee") for written in _COMMITTEE),
    *((written, "both") for written in _BOTH),
)
"""Every such rule with whom it binds, each group in statute order."""
