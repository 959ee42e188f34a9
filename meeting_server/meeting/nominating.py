"""Deciding and evolving what comes before a ballot: nominations, the finding by acclamation, the demands."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from meeting_server.law.proportional_act import proportional_demand
from meeting_server.meeting.actors import Actor, Role
from meeting_server.meeting.changing import with_matter
from meeting_server.meeting.counting import counted, is_counted, roles_of, rules_of
from meeting_server.meeting.election_state import Election, Nomination
from meeting_server.meeting.elections import (
    BallotDemanded,
    BallotDemandWithdrawn,
    DemandBallot,
    ElectedFound,
    FindElected,
    Nominate,
    Nominated,
    NominationWithdrawn,
    RecordBallotDemand,
    RecordNomination,
    WithdrawBallotDemand,
    WithdrawNomination,
)
from meeting_server.meeting.grounds import able_chair, open_debate, required, section, unsettled_matter
from meeting_server.meeting.outcome import Event, Refusal
from meeting_server.meeting.proposing import require_counted
from meeting_server.meeting.state import MatterState, Meeting
from meeting_server.meeting.words import ELECTING, MatterId, PersonId

LONGEST_NAME = 120
"""Characters in a nominated name at most; a ballot must be readable."""


def electing(meeting: Meeting) -> tuple[MatterState, Election]:
    """The election or employment decision being handled, not yet decided."""
    matter = unsettled_matter(meeting)
    if matter.matter.kind not in ELECTING:
        raise Refusal(
            "no-election",
            "arbetsordningen",
            f"{section(matter)} är varken val eller anställning.",
            "Inget val",
            {"matter": matter.matter.id},
        )
    return matter, matter.election


def places_of(matter: MatterState) -> int:
    """How many are to be elected."""
    return matter.matter.election.places if matter.matter.election is not None else 1


def decide_nominate(meeting: Meeting, command: Nominate, actor: Actor) -> list[Event]:
    """By one who serves, before the nominations are closed."""
    return _nominate(meeting, actor.name, command.name, command.party, None)


def decide_record_nomination(meeting: Meeting, command: RecordNomination, actor: Actor) -> list[Event]:
    """Written down for a member."""
    return _nominate(meeting, command.mover, command.name, command.party, actor.person)


def decide_withdraw_nomination(meeting: Meeting, command: WithdrawNomination, actor: Actor) -> list[Event]:
    """By the one who nominated, or written down, before the nominations are closed."""
    matter, election = electing(meeting)
    open_debate(meeting)
    nomination = next((n for n in election.standing if n.id == command.nomination), None)
    if nomination is None:
        raise _not_nominated(matter)
    officer = roles_of(meeting, actor.name) & {Role.CHAIR, Role.SECRETARY}
    if actor.name != nomination.by and not officer:
        raise Refusal(
            "not-your-nomination",
            "arbetsordningen",
            f"Det är {meeting.people[nomination.by].called} som har nominerat. "
            "Bara den kan ta tillbaka nomineringen.",
            "Inte din nominering",
            {"nomination": nomination.id},
        )
    return [NominationWithdrawn(nomination.id, actor.person if actor.name != nomination.by else None)]


def demanding_proportional(meeting: Meeting, matter: MatterState) -> tuple[PersonId, ...]:
    """Those who demand a proportional election and count now: one who has gone takes no part in the election.

    The demand stands, and counts again with the one who made it.
    """
    return tuple(p for p in matter.election.proportional_by if is_counted(meeting, p))


def decide_find_elected(meeting: Meeting, command: FindElected, actor: Actor) -> list[Event]:
    """As many as the places or fewer, of those nominated, while nobody has demanded a ballot."""
    del actor
    matter, election = _nominations_closed(meeting)
    able_chair(meeting)
    if election.demanded_by is not None:
        raise Refusal(
            "ballot-demanded",
            rules_of(meeting).division_demand.cites.short,
            f"{meeting.people[election.demanded_by].called} har begärt sluten omröstning. Valet avgörs där.",
            "Omröstning är begärd",
        )
    present, asking = len(counted(meeting)), len(demanding_proportional(meeting, matter))
    proportional = proportional_demand(demanding=asking, present=present, places=places_of(matter))
    if asking and proportional.outcome:
        raise Refusal(
            "proportional-demanded",
            proportional_demand.cites.short,
            f"{asking} av {present} närvarande har begärt proportionellt val; det räcker. "
            "Valet avgörs med slutna valsedlar.",
            "Proportionellt val är begärt",
            {"demanding": asking, "present": present},
        )
    places, names = places_of(matter), set(command.nominations)
    if not names or not names <= {n.id for n in election.standing}:
        raise _not_nominated(matter)
    if len(names) != len(command.nominations) or len(names) > places:
        raise Refusal(
            "too-many-names",
            "arbetsordningen",
            f"{places} ska väljas, {len(command.nominations)} namn är angivna.",
            f"{places} ska väljas",
            {"places": places, "given": len(command.nominations)},
        )
    return [ElectedFound(matter.matter.id, command.nominations)]


def decide_demand_ballot(meeting: Meeting, command: DemandBallot, actor: Actor) -> list[Event]:
    """By any member who serves, before the gavel."""
    del command
    return _demand(meeting, actor.name, None)


def decide_record_ballot_demand(meeting: Meeting, command: RecordBallotDemand, actor: Actor) -> list[Event]:
    """A member's demand, written down."""
    return _demand(meeting, command.person, actor.person)


def decide_withdraw_ballot_demand(
    meeting: Meeting, command: WithdrawBallotDemand, actor: Actor
) -> list[Event]:
    """By the member who made it, or written down, before the ballot is opened."""
    del command
    matter, election = before_ballot(meeting)
    if election.demanded_by is None:
        raise Refusal(
            "nothing-demanded", "KL 5:53", "Ingen har begärt sluten omröstning.", "Ingenting är begärt"
        )
    other = actor.name != election.demanded_by
    if other and not roles_of(meeting, actor.name) & {Role.CHAIR, Role.SECRETARY}:
        raise Refusal(
            "not-your-demand",
            "KL 5:53",
            f"Det är {meeting.people[election.demanded_by].called} som har begärt omröstning.",
            "Inte din begäran",
            {"person": election.demanded_by},
        )
    return [BallotDemandWithdrawn(matter.matter.id, election.demanded_by, actor.person if other else None)]


def _nominate(
    meeting: Meeting, mover: PersonId, name: str, party: str | None, recorded_by: PersonId | None
) -> list[Event]:
    matter, election = electing(meeting)
    open_debate(meeting)
    require_counted(meeting, mover, "nominera", own=recorded_by is None)
    written = " ".join(required(name, "Namnet").split())[:LONGEST_NAME]
    letter = (party or "").strip()[:20] or None
    new = Nomination(f"{matter.matter.id}-n{len(election.nominations) + 1}", written, letter, mover)
    same = next((n for n in election.standing if n.called.casefold() == new.called.casefold()), None)
    if same is not None:
        raise Refusal(
            "already-nominated",
            "arbetsordningen",
            f"Namnet {same.called} är redan nominerat.",
            "Redan nominerad",
            {"name": written},
        )
    return [Nominated(new.id, matter.matter.id, written, letter, mover, recorded_by)]


def _nominations_closed(meeting: Meeting) -> tuple[MatterState, Election]:
    matter, election = before_ballot(meeting)
    if not matter.debate_closed:
        raise Refusal(
            "debate-open",
            "arbetsordningen",
            f"Nomineringarna i {section(matter)} är inte avslutade.",
            "Nomineringarna pågår",
            {"matter": matter.matter.id},
        )
    deferral_first(matter)
    return matter, election


def deferral_pending(matter: MatterState) -> bool:
    """Whether somebody has proposed that the election be deferred and the body has not answered."""
    proposed = any(p.kind == "defer" for p in matter.standing)
    return proposed and not any(c.kind == "today" and c.outcome is not None for c in matter.contests)


def deferral_first(matter: MatterState) -> None:
    """That the body has answered whether the election is held today."""
    if deferral_pending(matter):
        raise Refusal(
            "deferral-first",
            "KL 5:50",
            f"Bordläggning av {section(matter)} är yrkad. Avgör först om valet ska ske i dag.",
            "Pröva bordläggningen först",
            {"matter": matter.matter.id},
        )


def before_ballot(meeting: Meeting) -> tuple[MatterState, Election]:
    """The election at hand, in which no ballot has been opened."""
    matter, election = electing(meeting)
    if election.ballot is not None:
        raise Refusal(
            "ballot-held",
            "KL 5:54",
            "Den slutna omröstningen är redan öppnad. Avsluta den, eller gör om valet.",
            "Omröstningen är öppnad",
            {"ballot": election.ballot.id},
        )
    return matter, election


def _demand(meeting: Meeting, person: PersonId, recorded_by: PersonId | None) -> list[Event]:
    matter, election = _nominations_closed(meeting)
    require_counted(meeting, person, "begära omröstning", own=recorded_by is None)
    rules = rules_of(meeting)
    if election.demanded_by is not None:
        raise Refusal(
            "ballot-demanded",
            rules.division_demand.cites.short,
            f"{meeting.people[election.demanded_by].called} har redan begärt sluten omröstning.",
            "Omröstning är redan begärd",
            {"person": election.demanded_by},
        )
    ruling = rules.division_demand(before_gavel=True).record()
    return [BallotDemanded(matter.matter.id, person, recorded_by, (ruling,))]


def _not_nominated(matter: MatterState) -> Refusal:
    return Refusal(
        "not-nominated",
        "arbetsordningen",
        f"Bara den som är nominerad i {section(matter)} kan väljas där.",
        "Inte nominerad",
        {"matter": matter.matter.id},
    )


def with_election(meeting: Meeting, matter: MatterId, **changes: object) -> Meeting:
    """The meeting with these fields of the matter's election changed."""
    changed = replace(meeting.matters[matter].election, **changes)  # type: ignore[arg-type]
    return with_matter(meeting, matter, election=changed)


def nominated(meeting: Meeting, event: Nominated, at: datetime) -> Meeting:
    """One more nominated."""
    del at
    before = meeting.matters[event.matter].election.nominations
    added = Nomination(event.id, event.name, event.party, event.by)
    return with_election(meeting, event.matter, nominations=(*before, added))


def nomination_withdrawn(meeting: Meeting, event: NominationWithdrawn, at: datetime) -> Meeting:
    """Kept, and no longer stands."""
    del at
    matter = event.nomination.rpartition("-")[0]
    changed = tuple(
        replace(n, withdrawn=True) if n.id == event.nomination else n
        for n in meeting.matters[matter].election.nominations
    )
    return with_election(meeting, matter, nominations=changed)


def elected_found(meeting: Meeting, event: ElectedFound, at: datetime) -> Meeting:
    """Found, not confirmed."""
    del at
    return with_election(meeting, event.matter, found=event.nominations, service_order=())


def ballot_demanded(meeting: Meeting, event: BallotDemanded, at: datetime) -> Meeting:
    """The gavel waits."""
    del at
    return with_election(meeting, event.matter, demanded_by=event.person)


def ballot_demand_withdrawn(meeting: Meeting, event: BallotDemandWithdrawn, at: datetime) -> Meeting:
    """The gavel may fall."""
    del at
    return with_election(meeting, event.matter, demanded_by=None)
