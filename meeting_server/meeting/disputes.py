"""Disputed conflicts of interest (ifrågasatt jäv): the body decides about one questioned (KL 6:30)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.actors import Actor
from meeting_server.meeting.changing import with_matter
from meeting_server.meeting.conflicts import ConflictDeclared
from meeting_server.meeting.counting import counted, quorum_now, rules_of
from meeting_server.meeting.grounds import (
    able_chair,
    no_running_division,
    person_on_roster,
    section,
    sentence,
    somebody_in_room,
    unsettled_matter,
    uphold_quorum,
)
from meeting_server.meeting.outcome import Command, Event, Refusal
from meeting_server.meeting.proposing import require_counted
from meeting_server.meeting.state import Dispute, Meeting
from meeting_server.meeting.substitution import next_substitute
from meeting_server.meeting.words import MatterId, PersonId


@dataclass(frozen=True, slots=True)
class QuestionConflict(Command):
    """Question whether somebody has a conflict of interest in the matter at hand (Ifrågasätt jäv)."""

    person: PersonId
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class RecordDispute(Command):
    """Record that a member has questioned somebody orally."""

    person: PersonId
    questioned_by: PersonId
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class DecideConflict(Command):
    """What the body decides about the one questioned."""

    disqualified: bool


@dataclass(frozen=True, slots=True)
class ConflictQuestioned(Event):
    """Somebody is questioned; nothing is decided in the matter until the body has answered."""

    matter: MatterId
    person: PersonId
    questioned_by: PersonId
    reason: str | None = None
    recorded_by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class ConflictTested(Event):
    """The body has decided about the one questioned; `taking_part` are those who decided."""

    matter: MatterId
    person: PersonId
    disqualified: bool
    taking_part: tuple[PersonId, ...]
    rulings: tuple[RulingRecord, ...] = ()


def decide_question(meeting: Meeting, command: QuestionConflict, actor: Actor) -> list[Event]:
    """By one who serves."""
    return _question(meeting, command.person, actor.name, command.reason, None)


def decide_record_dispute(meeting: Meeting, command: RecordDispute, actor: Actor) -> list[Event]:
    """Said aloud by one who serves, written down."""
    require_counted(meeting, command.questioned_by, "ifrågasätta jäv", own=False)
    return _question(meeting, command.person, command.questioned_by, command.reason, actor.person)


def decide_conflict(meeting: Meeting, command: DecideConflict, actor: Actor) -> list[Event]:
    """Without the one concerned, unless the body is not quorate otherwise and nobody else can be called."""
    matter, rules = unsettled_matter(meeting), rules_of(meeting)
    dispute = matter.dispute
    if dispute is None:
        raise Refusal(
            "nothing-disputed",
            rules.tests_own_conflict.cites.short,
            f"Ingen är ifrågasatt för jäv i {section(matter)}.",
            "Ingens jäv är ifrågasatt",
            {"matter": matter.matter.id},
        )
    if dispute.person == meeting.chair:
        raise Refusal(
            "chair-disqualified",
            rules.tests_own_conflict.cites.short,
            "Ordförandens jäv är ifrågasatt. Lämna över ordförandeskapet medan frågan prövas. "
            f"{sentence(rules.tests_own_conflict)}",
            "Ordföranden är ifrågasatt",
            {"person": dispute.person},
        )
    able_chair(meeting)
    # Whether the body is quorate without the one concerned is asked as if the conflict stood.
    without = with_matter(
        meeting, matter.matter.id, conflicts={**matter.disqualified, dispute.person: dispute.reason}
    )
    tests = rules.tests_own_conflict(
        quorate_without=quorum_now(without).outcome,
        other_available=next_substitute(meeting, dispute.person, matter.matter.id) is not None,
    )
    quorum = uphold_quorum(meeting if tests.outcome else without)
    somebody_in_room(meeting)
    concerned = rules.disqualified(concerned=command.disqualified).record()
    taking_part = counted(meeting if tests.outcome else without)
    tested = ConflictTested(
        matter.matter.id,
        dispute.person,
        command.disqualified,
        taking_part,
        (quorum, tests.record(), concerned),
    )
    if not command.disqualified:
        return [tested]
    presence = rules.conflict_presence().record()
    declared = ConflictDeclared(
        matter.matter.id, dispute.person, dispute.reason, actor.person, (concerned, presence)
    )
    return [tested, declared]


def _question(
    meeting: Meeting, person_id: PersonId, by: PersonId, reason: str | None, recorded_by: PersonId | None
) -> list[Event]:
    matter, rule = unsettled_matter(meeting), rules_of(meeting).tests_own_conflict
    person = person_on_roster(meeting, person_id)
    no_running_division(meeting)
    if person.id in matter.disqualified:
        raise Refusal(
            "already-declared",
            rule.cites.short,
            f"{person.called} är redan antecknad som jävig i {section(matter)}.",
            "Jäv är redan anmält",
            {"person": person.id},
        )
    if matter.dispute is not None:
        raise Refusal(
            "conflict-disputed",
            rule.cites.short,
            f"{meeting.people[matter.dispute.person].called} är redan ifrågasatt. Pröva den frågan först.",
            "Pröva den första frågan",
            {"person": matter.dispute.person},
        )
    return [ConflictQuestioned(matter.matter.id, person.id, by, (reason or "").strip() or None, recorded_by)]


def conflict_questioned(meeting: Meeting, event: ConflictQuestioned, at: datetime) -> Meeting:
    """Waits for the body's answer."""
    del at
    return with_matter(
        meeting, event.matter, dispute=Dispute(event.person, event.questioned_by, event.reason)
    )


def conflict_tested(meeting: Meeting, event: ConflictTested, at: datetime) -> Meeting:
    """Answered; if the person is disqualified a conflict follows."""
    del at
    return with_matter(meeting, event.matter, dispute=None)
