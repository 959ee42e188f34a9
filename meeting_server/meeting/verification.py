"""Immediate verification: a § verified at the meeting itself (omedelbar justering)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from meeting_server.meeting.actors import Actor
from meeting_server.meeting.changing import with_matter
from meeting_server.meeting.grounds import local_rules, matter_on_agenda, section, the_matter
from meeting_server.meeting.outcome import Command, Event, Refusal
from meeting_server.meeting.state import Meeting
from meeting_server.meeting.words import MatterId


@dataclass(frozen=True, slots=True)
class DeclareImmediateVerification(Command):
    """The chair declares a decided matter's § immediately verified."""

    matter: MatterId


@dataclass(frozen=True, slots=True)
class ImmediateVerificationDeclared(Event):
    """The § is to be verified at once (omedelbart justerad)."""

    matter: MatterId


def decide_declare(meeting: Meeting, command: DeclareImmediateVerification, actor: Actor) -> list[Event]:
    """A decided matter, where the body's own rules allow it."""
    del actor
    matter = matter_on_agenda(meeting, command.matter)
    facts = {"matter": command.matter}
    if not meeting.convened.standing_orders.immediate_verification:
        raise Refusal(
            "immediate-verification-not-allowed",
            local_rules(meeting),
            f"Omedelbar justering är inte tillåten enligt {local_rules(meeting)} "
            f"({meeting.convened.standing_orders.decision_reference}).",
            "Inte tillåtet här",
            facts,
        )
    if matter.decision is None:
        raise Refusal(
            "not-decided",
            local_rules(meeting),
            f"{the_matter(matter)} är inte avgjort. Bara en avgjord paragraf kan justeras omedelbart.",
            "Inget beslut än",
            facts,
        )
    if matter.immediate:
        raise Refusal(
            "already-immediate",
            local_rules(meeting),
            f"{section(matter)} är redan förklarad omedelbart justerad.",
            "Redan förklarad",
            facts,
        )
    return [ImmediateVerificationDeclared(command.matter)]


def immediate_verification_declared(
    meeting: Meeting, event: ImmediateVerificationDeclared, at: datetime
) -> Meeting:
    """To be verified at once."""
    del at
    return with_matter(meeting, event.matter, immediate=True)
