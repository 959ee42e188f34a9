"""Conflicts of interest (jäv): declared per matter, and what follows (KL 5:47, 6:28–30)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.actors import Actor, Role
from meeting_server.meeting.changing import with_matter
from meeting_server.meeting.counting import roles_of, rules_of
from meeting_server.meeting.grounds import matter_on_agenda, person_on_roster, section, the_matter
from meeting_server.meeting.outcome import Command, Event, Refusal
from meeting_server.meeting.state import MatterState, Meeting
from meeting_server.meeting.words import MatterId, PersonId


@dataclass(frozen=True, slots=True)
class DeclareConflict(Command):
    """Declare one's own conflict of interest in a matter (Anmäl jäv)."""

    matter: MatterId
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class RecordConflict(Command):
    """Record that somebody has a conflict of interest in a matter."""

    matter: MatterId
    person: PersonId
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class WithdrawConflict(Command):
    """Take back a declared conflict before the matter is taken up."""

    matter: MatterId
    person: PersonId


@dataclass(frozen=True, slots=True)
class ConflictDeclared(Event):
    """Somebody is disqualified (jävig) in the matter: takes no part in handling it."""

    matter: MatterId
    person: PersonId
    reason: str | None = None
    recorded_by: PersonId | None = None
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class ConflictWithdrawn(Event):
    """The conflict in the matter no longer stands."""

    matter: MatterId
    person: PersonId


def decide_declare(meeting: Meeting, command: DeclareConflict, actor: Actor) -> list[Event]:
    """One's own duty to say so."""
    return _declare(meeting, command.matter, actor.name, command.reason, None)


def decide_record(meeting: Meeting, command: RecordConflict, actor: Actor) -> list[Event]:
    """Somebody's conflict, written down."""
    return _declare(meeting, command.matter, command.person, command.reason, actor.person)


def decide_withdraw(meeting: Meeting, command: WithdrawConflict, actor: Actor) -> list[Event]:
    """Before the matter is taken up, by the person or written down."""
    matter = _not_settled(meeting, command.matter)
    if matter.status == "current":
        raise Refusal(
            "matter-taken-up",
            rules_of(meeting).disqualified.cites.short,
            f"{the_matter(matter)} är upptaget. En jävsanmälan kan tas tillbaka bara innan ärendet tas upp.",
            "Ärendet är upptaget",
            {"matter": command.matter},
        )
    person = person_on_roster(meeting, command.person)
    if person.id not in matter.disqualified:
        raise Refusal(
            "no-conflict",
            "system",
            f"{person.called} har inte anmält jäv i {section(matter)}.",
            "Inget jäv anmält",
            {"person": person.id},
        )
    if actor.name != person.id and not roles_of(meeting, actor.name) & {Role.CHAIR, Role.SECRETARY}:
        raise Refusal(
            "not-your-conflict",
            "system",
            f"Jävsanmälan gäller {person.called}.",
            "Gäller någon annan",
            {"person": person.id},
        )
    return [ConflictWithdrawn(command.matter, person.id)]


def _declare(
    meeting: Meeting, matter_id: MatterId, person_id: PersonId, reason: str | None, by: PersonId | None
) -> list[Event]:
    matter = _not_settled(meeting, matter_id)
    person = person_on_roster(meeting, person_id)
    rules = rules_of(meeting)
    if person.id in matter.disqualified:
        raise Refusal(
            "already-declared",
            rules.disqualified.cites.short,
            f"{person.called} är redan antecknad som jävig i {section(matter)}.",
            "Jäv är redan anmält",
            {"person": person.id},
        )
    running = meeting.running
    if running is not None and running.matter == matter_id:
        raise Refusal(
            "division-running",
            "KL 5:54",
            f"Votering {running.id[1:]} i {section(matter)} är inte avslutad. "
            "Gör om voteringen om någon är jävig.",
            "Voteringen är inte avslutad",
            {"division": running.id},
        )
    rulings = (rules.disqualified(concerned=True).record(), rules.conflict_presence().record())
    return [ConflictDeclared(matter_id, person.id, (reason or "").strip() or None, by, rulings)]


def _not_settled(meeting: Meeting, matter_id: MatterId) -> MatterState:
    matter = matter_on_agenda(meeting, matter_id)
    if matter.settled:
        raise Refusal(
            "already-decided",
            "KL 5:67",
            f"{the_matter(matter)} är redan avgjort.",
            "Redan avgjord",
            {"matter": matter_id},
        )
    return matter


def conflict_declared(meeting: Meeting, event: ConflictDeclared, at: datetime) -> Meeting:
    """Disqualified; in the matter at hand the floor, a place in the list and a demand are lost."""
    del at
    conflicts = {**meeting.matters[event.matter].disqualified, event.person: event.reason}
    meeting = with_matter(meeting, event.matter, conflicts=conflicts)
    if meeting.current != event.matter:
        return meeting
    debate = meeting.debate
    floor = None if debate.floor is not None and debate.floor.person == event.person else debate.floor
    queue = tuple(r for r in debate.queue if r.person != event.person)
    contests = tuple(
        replace(c, demanded_by=None, counter=None)
        if c.demanded_by == event.person and c.outcome is None
        else c
        for c in meeting.matters[event.matter].contests
    )
    meeting = with_matter(meeting, event.matter, contests=contests)
    return replace(meeting, debate=replace(debate, floor=floor, queue=queue))


def conflict_withdrawn(meeting: Meeting, event: ConflictWithdrawn, at: datetime) -> Meeting:
    """No longer disqualified."""
    del at
    before = meeting.matters[event.matter].disqualified
    conflicts = {p: reason for p, reason in before.items() if p != event.person}
    return with_matter(meeting, event.matter, conflicts=conflicts)
