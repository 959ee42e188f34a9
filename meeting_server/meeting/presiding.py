"""Who presides (leder sammanträdet): whose turn it is, handing over for good or for one matter, and back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.actors import Actor
from meeting_server.meeting.counting import is_counted, rules_of
from meeting_server.meeting.grounds import local_rules, no_running_division, person_on_roster, section, uphold
from meeting_server.meeting.outcome import Command, Event, Refusal
from meeting_server.meeting.state import Meeting
from meeting_server.meeting.words import ChairGround, MatterId, PersonId

VICE_CHAIRS = ("chair", "first_vice_chair", "second_vice_chair")
"""The presidium in the order its members preside; the chair comes back before anybody else."""


@dataclass(frozen=True, slots=True)
class HandOverChair(Command):
    """Let another member preside; `elected` when the body has chosen who, `matter` when for that alone."""

    person: PersonId
    reason: str | None = None
    matter: MatterId | None = None
    elected: bool = False


@dataclass(frozen=True, slots=True)
class ChairHandedOver(Event):
    """Somebody else presides from now on, or until `matter` is left; on what ground."""

    person: PersonId
    reason: str | None = None
    matter: MatterId | None = None
    ground: ChairGround = "other"
    rulings: tuple[RulingRecord, ...] = ()


def in_turn(meeting: Meeting, matter: MatterId | None = None) -> tuple[tuple[PersonId, ChairGround], ...]:
    """Those whose turn it is to preside, first the first: of the presidium, else the one of longest service.

    Only those who count, do not preside now, are not disqualified in the matter and are where the law wants.
    """
    barred = meeting.matters[matter].disqualified if matter is not None else {}
    fit = [
        p
        for p in meeting.people.values()
        if p.id != meeting.chair
        and p.id not in barred
        and is_counted(meeting, p.id)
        and p.role == "member"
        and may_preside_from(meeting, p.id)
    ]
    presidium = sorted(
        (p for p in fit if p.presidium), key=lambda p: VICE_CHAIRS.index(p.presidium or "chair")
    )
    if presidium:
        return tuple((p.id, "vice_chair") for p in presidium)
    if meeting.convened.standing_orders.acting_chair == "elected":
        return ()
    serving_longest = sorted((p for p in fit if p.seniority is not None), key=lambda p: p.seniority or 0)
    return tuple((p.id, "longest_serving") for p in serving_longest[:1])


def may_preside_from(meeting: Meeting, person: PersonId) -> bool:
    """Whether somebody may preside from where he or she is: in an assembly since July 2026 from the room."""
    at_distance = meeting.presence[person].state == "remote"
    return not at_distance or rules_of(meeting).presidium_remote(in_presidium=True).outcome


def decide_hand_over(meeting: Meeting, command: HandOverChair, actor: Actor) -> list[Event]:
    """To a member who counts; never to one of an assembly who is at a distance after 1 July 2026.

    Not while a division is held or awaits its gavel, unless whoever presides is no longer here.
    """
    del actor
    person = person_on_roster(meeting, command.person)
    if person.id == meeting.chair:
        raise Refusal(
            "already-chair", "system", f"{person.called} är redan ordförande.", "Är redan ordförande"
        )
    if not is_counted(meeting, person.id) or person.role not in ("member", "substitute"):
        raise Refusal(
            "not-counted",
            local_rules(meeting),
            f"{person.called} tjänstgör inte och kan därför inte leda sammanträdet.",
            "Tjänstgör inte",
            {"person": person.id},
        )
    rules = rules_of(meeting)
    if not may_preside_from(meeting, person.id):
        uphold(
            rules.presidium_remote,
            rules.presidium_remote(in_presidium=True),
            f"{person.called} deltar på distans. Den som leder sammanträdet ska vara i salen.",
            "Måste vara i salen",
        )
    matter = _open_matter(meeting, command.matter, person.id)
    if meeting.chair is not None and is_counted(meeting, meeting.chair):
        no_running_division(meeting)  # one who is lost can neither close it nor void it: then another may
    ground = _ground(meeting, person.id, matter, elected=command.elected)
    ruling = rules.acting_chair(
        vice_chair=ground == "vice_chair",
        in_turn=ground in ("longest_serving", "returns"),
        elected=ground == "elected",
    )
    return [ChairHandedOver(person.id, command.reason, matter, ground, (ruling.record(),))]


def handed_back(meeting: Meeting, *coming: MatterId) -> list[ChairHandedOver]:
    """Whoever presided before one matter presides again when it is left, unless barred from one `coming`."""
    before, matter = meeting.chair_before, meeting.chair_for
    if before is None or matter is None or meeting.matters[matter].status in ("coming", "current"):
        return []
    barred = any(before in meeting.matters[one].disqualified for one in coming)
    if barred or not is_counted(meeting, before) or not may_preside_from(meeting, before):
        return []
    return [ChairHandedOver(before, None, None, "returns")]


def _open_matter(meeting: Meeting, matter: MatterId | None, person: PersonId) -> MatterId | None:
    """The matter it is for, which must be on the agenda, not done, and one the person may handle."""
    if matter is None:
        return None
    found = meeting.matters.get(matter)
    if found is None or found.settled or found.status not in ("coming", "current"):
        raise Refusal(
            "already-decided",
            "system",
            "Ärendet är redan avgjort eller finns inte på dagordningen. Lämna över utan att ange ärende.",
            "Ärendet är avgjort",
            {"matter": matter},
        )
    if person in found.disqualified:
        rule = rules_of(meeting).disqualified
        raise Refusal(
            "disqualified",
            rule.cites.short,
            f"{meeting.people[person].called} är själv jävig i {section(found)}.",
            "Är själv jävig",
            {"person": person, "matter": matter},
        )
    return matter


def _ground(meeting: Meeting, person: PersonId, matter: MatterId | None, *, elected: bool) -> ChairGround:
    seat = meeting.people[person].presidium
    if person == meeting.chair_before or seat == "chair":
        return "returns"
    if elected:
        return "elected"
    if seat is not None:
        return "vice_chair"
    return next((ground for one, ground in in_turn(meeting, matter) if one == person), "other")


def chair_handed_over(meeting: Meeting, event: ChairHandedOver, at: datetime) -> Meeting:
    """Somebody else presides; for one matter alone, the one before is remembered."""
    del at
    before = (meeting.chair_before or meeting.chair) if event.matter is not None else None
    return replace(meeting, chair=event.person, chair_before=before, chair_for=event.matter)
