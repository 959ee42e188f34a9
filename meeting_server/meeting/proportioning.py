"""Deciding and evolving what is particular to proportional elections and to substitutes."""

from __future__ import annotations

from datetime import datetime

from meeting_server.law.proportional import needed
from meeting_server.law.proportional_act import (
    proportional_demand,
    returning_officer,
    substitutes_proportional,
)
from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.actors import Actor, Role
from meeting_server.meeting.counting import counted, is_counted, roles_of, rules_of
from meeting_server.meeting.grounds import able_chair, listing, person_on_roster, section, sentence, uphold
from meeting_server.meeting.nominating import (
    before_ballot,
    demanding_proportional,
    electing,
    places_of,
    with_election,
)
from meeting_server.meeting.outcome import Event, Refusal
from meeting_server.meeting.proportional import (
    ChooseReturningOfficer,
    DemandProportional,
    OrderSubstitutes,
    ProportionalDemanded,
    ProportionalDemandWithdrawn,
    RecordProportionalDemand,
    ReturningOfficerChosen,
    SubstitutesOrdered,
    WithdrawProportionalDemand,
)
from meeting_server.meeting.proposing import require_counted
from meeting_server.meeting.result import to_be_elected
from meeting_server.meeting.state import MatterState, Meeting
from meeting_server.meeting.words import NominationId, PersonId


def proportional_needed(meeting: Meeting, matter: MatterState) -> int:
    """How many of those present must demand a proportional election, remote members counted."""
    return needed(present=len(counted(meeting)), places=places_of(matter))


def is_proportional(meeting: Meeting, matter: MatterState) -> bool:
    """Whether enough have demanded that the election be proportional."""
    asking = demanding_proportional(meeting, matter)
    present, places = len(counted(meeting)), places_of(matter)
    return bool(asking) and proportional_demand(demanding=len(asking), present=present, places=places).outcome


def elects_substitutes(matter: MatterState) -> bool:
    """Whether those elected in the matter are substitutes (ersättare)."""
    terms = matter.matter.election
    return terms is not None and terms.elects == "substitutes"


def members_elected(meeting: Meeting, matter: MatterState) -> MatterState | None:
    """The matter of this meeting in which the members were, or are to be, elected; None when earlier."""
    terms = matter.matter.election
    return None if terms is None or terms.members_in is None else meeting.matters.get(terms.members_in)


def may_be_demanded(meeting: Meeting, matter: MatterState) -> RulingRecord | None:
    """That a proportional election may be demanded, with the ruling on substitutes; refused otherwise."""
    terms = matter.matter.election
    if terms is None or not terms.proportional:
        raise Refusal(
            "not-proportional",
            "KL 5:58",
            "Valet är inte ett sådant som kan vara proportionellt. 5 kap. 58 § kommunallagen.",
            "Kan inte vara proportionellt",
            {"matter": matter.matter.id},
        )
    if terms.elects != "substitutes":
        return None
    members = members_elected(meeting, matter)
    how = members.election.how if members is not None else None
    if members is not None and how is None:
        raise Refusal(
            "members-not-elected",
            substitutes_proportional.cites.short,
            f"Ledamöterna i {section(members)} är inte valda än. Välj dem före ersättarna. "
            f"{sentence(substitutes_proportional)}",
            "Välj ledamöterna först",
            {"matter": members.matter.id},
        )
    so = how == "proportional" if members is not None else terms.members_proportional
    return uphold(
        substitutes_proportional,
        substitutes_proportional(members_proportional=so),
        "Ledamöterna valdes inte proportionellt. Då kan ersättarna inte heller väljas så.",
        "Ledamöterna valdes inte proportionellt",
    )


def decide_demand_proportional(meeting: Meeting, command: DemandProportional, actor: Actor) -> list[Event]:
    """By any member who serves, in an election the law lets be proportional (KL 5:58)."""
    del command
    return _demand(meeting, actor.name, None)


def decide_record_proportional(
    meeting: Meeting, command: RecordProportionalDemand, actor: Actor
) -> list[Event]:
    """A member's demand, written down."""
    return _demand(meeting, command.person, actor.person)


def decide_withdraw_proportional(
    meeting: Meeting, command: WithdrawProportionalDemand, actor: Actor
) -> list[Event]:
    """By the member who made it, or written down, before the ballot is opened."""
    matter, election = before_ballot(meeting)
    if command.person not in election.proportional_by:
        called = meeting.people[command.person].called if command.person in meeting.people else "Personen"
        raise Refusal(
            "nothing-demanded",
            proportional_demand.cites.short,
            f"{called} har inte begärt proportionellt val.",
            "Ingenting är begärt",
            {"person": command.person},
        )
    other = actor.name != command.person
    if other and not roles_of(meeting, actor.name) & {Role.CHAIR, Role.SECRETARY}:
        raise Refusal(
            "not-your-demand",
            proportional_demand.cites.short,
            f"Det är {meeting.people[command.person].called} som har begärt proportionellt val. "
            "Bara den kan ta tillbaka begäran.",
            "Inte din begäran",
            {"person": command.person},
        )
    left = len([p for p in demanding_proportional(meeting, matter) if p != command.person])
    enough = proportional_needed(meeting, matter)
    by = actor.person if other else None
    return [ProportionalDemandWithdrawn(matter.matter.id, command.person, left, enough, by)]


def decide_returning_officer(meeting: Meeting, command: ChooseReturningOfficer, actor: Actor) -> list[Event]:
    """A member in the room, in an election that is to be proportional, before the ballot is opened."""
    del actor
    matter, _ = before_ballot(meeting)
    able_chair(meeting)
    person = person_on_roster(meeting, command.person)
    if not is_proportional(meeting, matter):
        asking, enough = len(demanding_proportional(meeting, matter)), proportional_needed(meeting, matter)
        raise Refusal(
            "not-proportional-yet",
            returning_officer.cites.short,
            f"En annan valförrättare väljs bara vid proportionellt val; {asking} har begärt det, "
            f"{enough} krävs. {sentence(returning_officer)}",
            f"{asking} har begärt, {enough} krävs",
            {"demanding": asking, "needed": enough},
        )
    if not is_counted(meeting, person.id) or meeting.presence[person.id].state != "room":
        raise Refusal(
            "returning-officer-unfit",
            returning_officer.cites.short,
            f"{person.called} tjänstgör inte i salen. Valförrättaren ska vara en ledamot som är där. "
            f"{sentence(returning_officer)}",
            "Tjänstgör inte i salen",
            {"person": person.id},
        )
    ruling = returning_officer(chair=meeting.chair or "", chosen=person.id).record()
    return [ReturningOfficerChosen(matter.matter.id, person.id, (ruling,))]


def decide_order_substitutes(meeting: Meeting, command: OrderSubstitutes, actor: Actor) -> list[Event]:
    """All who are found or elected, each once, before the gavel."""
    del actor
    matter, election = electing(meeting)
    able_chair(meeting)
    elected = to_be_elected(election)
    if not elects_substitutes(matter) or elected is None:
        raise Refusal(
            "no-substitutes",
            rules_of(meeting).service_order.cites.short,
            "Turordningen bestäms när det är klart vilka ersättare som är valda.",
            "Inga ersättare att ordna",
            {"matter": matter.matter.id},
        )
    if sorted(command.nominations) != sorted(elected):
        names = listing([election.nomination(n).called for n in elected])
        raise Refusal(
            "not-the-elected",
            rules_of(meeting).service_order.cites.short,
            f"Turordningen ska omfatta {names}, var och en gång.",
            "Alla valda en gång var",
            {"elected": elected},
        )
    return [SubstitutesOrdered(matter.matter.id, command.nominations)]


def service_order(meeting: Meeting, matter: MatterState) -> tuple[RulingRecord, ...]:
    """That the order of the substitutes is decided where the law asks for it (KL 6:16); for the gavel."""
    if not elects_substitutes(matter):
        return ()
    elected = to_be_elected(matter.election)
    ordered = elected is not None and (len(elected) <= 1 or _is_ordered(matter, elected))
    rule = rules_of(meeting).service_order
    return (
        uphold(
            rule,
            rule(proportional=elected is None, ordered=ordered),
            f"Ersättarna väljs inte proportionellt. Bestäm i vilken ordning de {len(elected or ())} ska "
            "tjänstgöra.",
            "Bestäm turordningen först",
        ),
    )


def _is_ordered(matter: MatterState, elected: tuple[NominationId, ...]) -> bool:
    return sorted(matter.election.service_order) == sorted(elected)


def _demand(meeting: Meeting, person: PersonId, recorded_by: PersonId | None) -> list[Event]:
    matter, election = before_ballot(meeting)
    require_counted(meeting, person, "begära proportionellt val", own=recorded_by is None)
    may_be_demanded(meeting, matter)
    if person in election.proportional_by:
        raise Refusal(
            "already-demanded",
            proportional_demand.cites.short,
            f"{meeting.people[person].called} har redan begärt proportionellt val.",
            "Redan begärt",
            {"person": person},
        )
    count, enough = len(demanding_proportional(meeting, matter)) + 1, proportional_needed(meeting, matter)
    return [ProportionalDemanded(matter.matter.id, person, count, enough, recorded_by)]


def proportional_demanded(meeting: Meeting, event: ProportionalDemanded, at: datetime) -> Meeting:
    """One more demands it."""
    del at
    before = meeting.matters[event.matter].election.proportional_by
    return with_election(meeting, event.matter, proportional_by=(*before, event.person))


def proportional_withdrawn(meeting: Meeting, event: ProportionalDemandWithdrawn, at: datetime) -> Meeting:
    """One fewer demands it."""
    del at
    before = meeting.matters[event.matter].election.proportional_by
    left = tuple(person for person in before if person != event.person)
    return with_election(meeting, event.matter, proportional_by=left)


def returning_officer_chosen(meeting: Meeting, event: ReturningOfficerChosen, at: datetime) -> Meeting:
    """Another conducts the election."""
    del at
    return with_election(meeting, event.matter, returning_officer=event.person)


def substitutes_ordered(meeting: Meeting, event: SubstitutesOrdered, at: datetime) -> Meeting:
    """In this order."""
    del at
    return with_election(meeting, event.matter, service_order=event.nominations)
