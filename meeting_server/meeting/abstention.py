"""Taking no part in a decision (avstå från att delta i beslutet): said before it and noted (KL 4:25–27).

In a committee nobody may, where authority is exercised against an individual (KL 4:26); the chair may let it
happen all the same, with a reason that stands in the minutes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.actors import Actor, Role
from meeting_server.meeting.ballot_changes import with_ballot
from meeting_server.meeting.changing import contest_by_id, with_matter
from meeting_server.meeting.counting import counted, is_counted, roles_of, rules_of
from meeting_server.meeting.divisions import VoteCast
from meeting_server.meeting.election_state import Ballot
from meeting_server.meeting.grounds import (
    matter_on_agenda,
    person_on_roster,
    section,
    sentence,
    unsettled_matter,
)
from meeting_server.meeting.outcome import Command, Event, Refusal
from meeting_server.meeting.proposing import require_counted
from meeting_server.meeting.state import Division, MatterState, Meeting
from meeting_server.meeting.words import DECIDING, ELECTING, MatterId, PersonId


@dataclass(frozen=True, slots=True)
class Abstain(Command):
    """Take no part in the decision oneself (Delta inte i beslutet); None is the matter being handled."""

    matter: MatterId | None = None


@dataclass(frozen=True, slots=True)
class RecordAbstention(Command):
    """Record that a member takes no part in the decision.

    `override_reason` is why the chair lets it happen where the law says that all who handle take part.
    """

    person: PersonId
    matter: MatterId | None = None
    override_reason: str | None = None


@dataclass(frozen=True, slots=True)
class WithdrawAbstention(Command):
    """The member takes part in the decision after all (Deltar ändå)."""

    person: PersonId
    matter: MatterId | None = None


@dataclass(frozen=True, slots=True)
class AbstentionDeclared(Event):
    """A member takes no part in deciding the matter: is present, but cannot reserve afterwards (KL 4:27)."""

    matter: MatterId
    person: PersonId
    recorded_by: PersonId | None = None
    override_reason: str | None = None
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class AbstentionWithdrawn(Event):
    """The member takes part in deciding the matter after all."""

    matter: MatterId
    person: PersonId
    recorded_by: PersonId | None = None


def decide_abstain(meeting: Meeting, command: Abstain, actor: Actor) -> list[Event]:
    """One's own right, until the gavel."""
    return _declare(meeting, command.matter, actor.name, None, None)


def decide_record(meeting: Meeting, command: RecordAbstention, actor: Actor) -> list[Event]:
    """Said aloud and written down; only the one who presides may set the duty to take part aside."""
    reason = (command.override_reason or "").strip() or None
    if reason is not None and actor.name != meeting.chair:
        raise Refusal(
            "not-your-role",
            "system",
            "Bara ordföranden kan låta någon avstå i ett ärende där alla ska delta.",
            "Inte din uppgift",
            {"person": command.person},
        )
    return _declare(meeting, command.matter, command.person, actor.person, reason)


def decide_withdraw(meeting: Meeting, command: WithdrawAbstention, actor: Actor) -> list[Event]:
    """By the member, or written down, while the matter is not decided."""
    matter = _matter(meeting, command.matter)
    person = person_on_roster(meeting, command.person)
    if person.id not in matter.abstaining:
        raise Refusal(
            "no-abstention",
            "KL 4:25",
            f"{person.called} deltar redan i beslutet i {section(matter)}.",
            "Deltar redan",
            {"person": person.id},
        )
    _ballot_open(matter)
    somebody_else = actor.name != person.id
    if somebody_else and not roles_of(meeting, actor.name) & {Role.CHAIR, Role.SECRETARY}:
        raise Refusal(
            "not-your-role",
            "system",
            f"Det är {person.called} som har avstått.",
            "Gäller någon annan",
            {"person": person.id},
        )
    return [AbstentionWithdrawn(matter.matter.id, person.id, actor.person if somebody_else else None)]


def require_may_abstain(meeting: Meeting, division: Division, person: PersonId) -> None:
    """That the voter may answer neither yes nor no in the division; the duty is to the decision itself.

    Nobody need vote for more than one proposal (KL 4:26): choosing a counter-proposal binds nobody, and one
    who has voted yes or no on the way has taken part.
    """
    matter = meeting.matters[division.matter]
    kind = contest_by_id(meeting, division.matter, division.contest).kind
    if kind == "main" and person not in matter.abstaining:
        _may_abstain(meeting, matter, person)


def all_take_part(meeting: Meeting, matter: MatterState) -> bool:
    """Whether all who take part in handling the matter shall take part in deciding it (KL 4:26)."""
    return not rules_of(meeting).may_abstain(exercise_of_authority=matter.matter.authority).outcome


def standing_aside(meeting: Meeting, matter: MatterId, voters: Iterable[PersonId]) -> list[PersonId]:
    """The voters of a division in the matter who have said that they take no part in the decision."""
    return [p for p in voters if p in meeting.matters[matter].abstaining]


def require_somebody(meeting: Meeting, matter: MatterState) -> None:
    """That not all have abstained: then the chair is obliged to take part (KL 4:25)."""
    here = counted(meeting)
    if here and all(p in matter.abstaining for p in here):
        rule = rules_of(meeting).chair_must_vote
        raise Refusal(
            rule.code,
            rule.cites.short,
            f"Alla {len(here)} närvarande har avstått från att delta i beslutet i {section(matter)}. "
            f"Ordföranden ska delta när det behövs för att ärendet ska kunna avgöras. {sentence(rule)}",
            "Ingen deltar i beslutet",
            {"present": len(here)},
        )


def _declare(
    meeting: Meeting, matter_id: MatterId | None, person: PersonId, by: PersonId | None, reason: str | None
) -> list[Event]:
    matter = _matter(meeting, matter_id)
    require_counted(meeting, person, "avstå från beslutet", own=by is None)
    if person in matter.disqualified:
        raise Refusal(
            "disqualified",
            rules_of(meeting).disqualified.cites.short,
            f"{meeting.people[person].called} är jävig i {section(matter)} och deltar inte i beslutet.",
            "Är jävig",
            {"person": person},
        )
    if matter.matter.kind not in (*DECIDING, *ELECTING):
        raise Refusal(
            "no-decision-to-make",
            "KL 4:25",
            f"I {section(matter)} fattas inget beslut som någon kan avstå från.",
            "Inget beslutsärende",
            {"matter": matter.matter.id},
        )
    called = meeting.people[person].called
    if person in matter.abstaining:
        raise Refusal(
            "already-abstaining",
            "KL 4:25",
            f"{called} är redan antecknad som den som inte deltar i beslutet i {section(matter)}.",
            "Redan antecknat",
            {"person": person},
        )
    _no_ballot_cast(_ballot_open(matter), person, called)
    running = meeting.running
    if running is not None and running.matter == matter.matter.id and running.status == "preliminary":
        raise Refusal(
            "division-closed",
            "KL 5:54",
            "Voteringen är stängd. Ändra rösten till avstår om den är fel antecknad.",
            "Voteringen är stängd",
            {"division": running.id},
        )
    ruling = rules_of(meeting).may_abstain(exercise_of_authority=_bound(meeting, matter, person)).record()
    if reason is None:
        _may_abstain(meeting, matter, person)
    declared = AbstentionDeclared(matter.matter.id, person, by, reason, (ruling,))
    if running is not None and running.matter == matter.matter.id and person in running.voters:
        return [declared, VoteCast(running.id, person, "abstain", "oral" if by else "device", by)]
    return [declared]


def _ballot_open(matter: MatterState) -> Ballot | None:
    """The ballot held in an election, which must be open for anybody to step in or out of it."""
    ballot = matter.election.ballot
    if ballot is not None and ballot.status != "open":
        raise Refusal(
            "ballot-closed",
            "KL 5:54",
            "Omröstningen är stängd. Den som avstår säger det innan.",
            "Redan stängd",
            {"ballot": ballot.id},
        )
    return ballot


def _no_ballot_cast(ballot: Ballot | None, person: PersonId, called: str) -> None:
    """That the person's ballot is not in the box, out of which nobody can tell it (KL 5:54)."""
    if ballot is not None and person in ballot.received:
        raise Refusal(
            "already-cast",
            "KL 5:54",
            f"{called} har lagt sin valsedel och deltar i beslutet. Den kan inte tas ur urnan.",
            "Valsedeln är redan lagd",
            {"person": person},
        )


def _may_abstain(meeting: Meeting, matter: MatterState, person: PersonId) -> None:
    rule = rules_of(meeting).may_abstain
    if not rule(exercise_of_authority=_bound(meeting, matter, person)).outcome and rule.force == "enforce":
        raise Refusal(
            rule.code,
            rule.cites.short,
            f"{section(matter)} avser myndighetsutövning mot en enskild. Den som deltar i handläggningen ska "
            f"delta i beslutet. Ordföranden kan låta någon avstå och antecknar varför. {sentence(rule)}",
            "Alla ska delta i beslutet",
            {"person": person, "matter": matter.matter.id},
        )


def _bound(meeting: Meeting, matter: MatterState, person: PersonId) -> bool:
    """Whether authority is exercised and the person has not yet voted for any proposal in the matter."""
    voted = any(
        d.matter == matter.matter.id
        and d.status == "confirmed"
        and person in d.given
        and d.given[person].vote != "abstain"
        for d in meeting.held.values()
    )
    return matter.matter.authority and not voted


def _matter(meeting: Meeting, matter_id: MatterId | None) -> MatterState:
    """The matter meant: the one being handled, or one of those to be decided in a block."""
    if matter_id is None or matter_id == meeting.current:
        return unsettled_matter(meeting)
    matter = matter_on_agenda(meeting, matter_id)
    if matter_id in meeting.block:
        return matter
    raise Refusal(
        "not-taken-up",
        "KL 4:25",
        f"{section(matter)} handläggs inte nu. Den som avstår säger det när ärendet ska avgöras.",
        "Handläggs inte nu",
        {"matter": matter_id},
    )


def abstention_declared(meeting: Meeting, event: AbstentionDeclared, at: datetime) -> Meeting:
    """Takes no part; a demand for a division the person has made stands."""
    del at
    abstentions = {**meeting.matters[event.matter].abstaining, event.person: event.override_reason}
    return _voting(with_matter(meeting, event.matter, abstentions=abstentions), event.matter, event.person)


def abstention_withdrawn(meeting: Meeting, event: AbstentionWithdrawn, at: datetime) -> Meeting:
    """Takes part."""
    del at
    before = meeting.matters[event.matter].abstaining
    kept = {p: reason for p, reason in before.items() if p != event.person}
    return _voting(with_matter(meeting, event.matter, abstentions=kept), event.matter, event.person)


def _voting(meeting: Meeting, matter_id: MatterId, person: PersonId) -> Meeting:
    """With the person among the voters of an open ballot or no longer, as the person takes part or not."""
    ballot = meeting.matters[matter_id].election.ballot
    if ballot is None:
        return meeting
    in_room = is_counted(meeting, person) and meeting.presence[person].state == "room"
    votes = in_room and person not in meeting.matters[matter_id].abstaining
    voters = {*ballot.voters, person} if votes else {*ballot.voters} - {person}
    return with_ballot(meeting, ballot.id, voters=tuple(p for p in meeting.people if p in voters))
