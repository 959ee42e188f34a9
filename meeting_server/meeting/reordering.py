"""A party group's own order between its substitutes, where the committee's rules let it (KL 6:17)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.actors import Actor
from meeting_server.meeting.convening import Person
from meeting_server.meeting.counting import rules_of
from meeting_server.meeting.grounds import local_rules, uphold
from meeting_server.meeting.outcome import Command, Event, Refusal
from meeting_server.meeting.state import Meeting
from meeting_server.meeting.words import PersonId


@dataclass(frozen=True, slots=True)
class ReorderSubstitutes(Command):
    """A party's group has its substitutes called in another order at this meeting; all of them, in turn."""

    party: str
    order: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class SubstitutesReordered(Event):
    """The substitutes of a party are called in this order at this meeting."""

    party: str
    order: tuple[PersonId, ...]
    rulings: tuple[RulingRecord, ...] = ()


def decide_reorder(meeting: Meeting, command: ReorderSubstitutes, actor: Actor) -> list[Event]:
    """Before anybody of them has begun to serve, which goes before any order (KL 5:18)."""
    del actor
    rule = rules_of(meeting).group_reorders
    ruling = uphold(
        rule,
        rule(local_rule=meeting.convened.standing_orders.group_reorders),
        f"{local_rules(meeting).capitalize()} låter inte en partigrupp ändra ordningen mellan ersättarna.",
        "Ordningen får inte ändras",
    )
    group = of_party(meeting, command.party)
    if sorted(command.order) != sorted(p.id for p in group) or len(group) < 2:
        raise Refusal(
            "order-incomplete",
            local_rules(meeting),
            f"Ordningen ska ha alla {len(group)} ersättare för {command.party}, var och en en gång; "
            f"{len(set(command.order))} är angivna.",
            "Ange alla ersättare",
            {"party": command.party, "substitutes": len(group)},
        )
    serving = next((p for p in group if meeting.presence[p.id].has_served), None)
    if serving is not None:
        raise Refusal(
            "substitute-serving",
            rules_of(meeting).substitute_priority.cites.short,
            f"{serving.called} har redan börjat tjänstgöra. Ordningen bestäms innan någon av dem kallas in.",
            "Någon tjänstgör redan",
            {"person": serving.id},
        )
    return [SubstitutesReordered(command.party, command.order, (ruling,))]


def reorderable(meeting: Meeting) -> tuple[str, ...]:
    """The parties whose groups may change the order now, in the order of the roster."""
    allowed = rules_of(meeting).group_reorders(local_rule=meeting.convened.standing_orders.group_reorders)
    if not allowed.outcome or meeting.phase not in ("convened", "roll_call"):
        return ()
    groups: dict[str, list[PersonId]] = {}
    for person in meeting.people.values():
        if person.role == "substitute" and person.party is not None:
            groups.setdefault(person.party, []).append(person.id)
    return tuple(
        party
        for party, group in groups.items()
        if len(group) > 1 and not any(meeting.presence[one].has_served for one in group)
    )


def turn_of(meeting: Meeting, substitute: Person) -> int:
    """The substitute's turn at this meeting: the group's own, else the one the register gives."""
    return (meeting.turns or {}).get(substitute.id, substitute.order)


def of_party(meeting: Meeting, party: str) -> tuple[Person, ...]:
    """The substitutes of the party, in the turn that holds now."""
    found = (p for p in meeting.people.values() if p.role == "substitute" and p.party == party)
    return tuple(sorted(found, key=lambda p: turn_of(meeting, p)))


def substitutes_reordered(meeting: Meeting, event: SubstitutesReordered, at: datetime) -> Meeting:
    """The places the group has in the whole list are kept; who of it holds which is new."""
    del at
    places = sorted(turn_of(meeting, meeting.people[one]) for one in event.order)
    turns = dict(zip(event.order, places, strict=True))
    return replace(meeting, turns={**(meeting.turns or {}), **turns})
