"""Deciding and evolving substitutions: whose turn it is, who loses the seat for the day, who gets it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from meeting_server.law.kommunallagen.substitutes import Candidate
from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.actors import Actor
from meeting_server.meeting.changing import with_presence
from meeting_server.meeting.convening import Person
from meeting_server.meeting.counting import is_here, is_locked_out, matter_ahead, rules_of
from meeting_server.meeting.grounds import person_on_roster, required, section, sentence, unsettled_matter
from meeting_server.meeting.outcome import Event, Refusal
from meeting_server.meeting.reordering import turn_of
from meeting_server.meeting.state import Meeting
from meeting_server.meeting.substitutes import (
    CallInSubstitute,
    MemberTookSeat,
    StandDown,
    SubstituteCalledIn,
    SubstituteStoodDown,
)
from meeting_server.meeting.words import MatterId, PersonId


def decide_call_in(meeting: Meeting, command: CallInSubstitute, actor: Actor) -> list[Event]:
    """The one in turn, for a member who is hindered; out of turn only with a reason."""
    del actor
    member = person_on_roster(meeting, command.member)
    substitute = person_on_roster(meeting, command.substitute)
    only_matter = _the_matter(meeting) if command.only_matter else None
    hindered = _hindered(meeting, member, only_matter)
    locks_out = _loses_the_day(meeting, member, only_matter)
    if locks_out and not command.understood:
        rule = rules_of(meeting).may_return
        raise Refusal(
            "understanding-needed",
            rule.cites.short,
            f"{member.called} får inte tjänstgöra mer i dag om en ersättare kallas in. "
            f"Bekräfta att du har förstått det. {sentence(rule)}",
            "Bocka i rutan först",
            {"member": member.id},
        )
    _able(meeting, substitute, only_matter)
    order = _in_turn(meeting, substitute, member, only_matter, command.override_reason)
    reason = (command.override_reason or "").strip() or None
    return [SubstituteCalledIn(substitute.id, member.id, only_matter, locks_out, reason, (hindered, order))]


def _the_matter(meeting: Meeting) -> MatterId:
    """The matter at hand, or the next: for lack of the disqualified it may be too few to take it up."""
    ahead = matter_ahead(meeting)
    return (ahead or unsettled_matter(meeting)).matter.id


def decide_stand_down(meeting: Meeting, command: StandDown, actor: Actor) -> list[Event]:
    """A substitute stops serving; between matters, or for the matter at hand."""
    del actor
    substitute = person_on_roster(meeting, command.substitute)
    member = meeting.presence[substitute.id].serves_for
    if member is None:
        raise Refusal(
            "not-serving",
            "system",
            f"{substitute.called} tjänstgör inte; det finns ingen tjänstgöring att avsluta.",
            "Tjänstgör inte",
            {"person": substitute.id},
        )
    running = meeting.running
    if running is not None and substitute.id in running.voters:
        raise Refusal(
            "division-running",
            "KL 5:54",
            f"{substitute.called} är röstberättigad i den votering som pågår. Avsluta voteringen först.",
            "Voteringen är inte avslutad",
            {"division": running.id},
        )
    return [SubstituteStoodDown(substitute.id, member)]


def candidates_for(
    meeting: Meeting, member: PersonId, matter: MatterId | None = None
) -> tuple[Candidate, ...]:
    """The substitutes who are here and could be called in for the member, without order between them."""
    by_party = meeting.convened.standing_orders.substitutes_by == "party"
    party = meeting.people[member].party
    barred = meeting.matters[matter].disqualified if matter is not None else {}
    return tuple(
        _candidate(meeting, p, member)
        for p in meeting.people.values()
        if p.role == "substitute"
        and (not by_party or p.party == party)
        and is_here(meeting.presence[p.id])
        and meeting.presence[p.id].serves_for is None
        and p.id not in barred
        and not is_locked_out(meeting, p.id)
    )


def _candidate(meeting: Meeting, substitute: Person, member: PersonId) -> Candidate:
    """The substitute with the turn there is to the member's seat (KL 5:21).

    Where the register gives members substitutes of their own, that is a turn to this member's seat (place 0),
    else to the seat of whoever of the party in the substitute's constituency comes first by place. Without
    such orders there is one order for the party, or for the whole list.
    """
    place, order = 0, turn_of(meeting, substitute)
    if substitute.id in meeting.people[member].own_substitutes:
        order = meeting.people[member].own_substitutes.index(substitute.id)
    else:
        colleagues = sorted(
            (
                p
                for p in meeting.people.values()
                if p.role == "member"
                and (p.party, p.constituency) == (substitute.party, substitute.constituency)
            ),
            key=lambda p: (p.party_place or p.order, p.order),
        )
        theirs = [(at, p) for at, p in enumerate(colleagues, 1) if substitute.id in p.own_substitutes]
        if theirs:
            place, colleague = theirs[0]
            order = colleague.own_substitutes.index(substitute.id)
        elif any(p.own_substitutes for p in colleagues):
            place = len(colleagues) + 1
    votes, served = substitute.constituency_votes, meeting.presence[substitute.id].has_served
    return Candidate(substitute.id, order, served, substitute.constituency, votes, place)


def gives_back(meeting: Meeting, member: PersonId, matter: MatterId | None) -> PersonId | None:
    """The substitute whose seat the member, who has come, takes back for the matter ahead (KL 5:19).

    None for one disqualified in it, for whom the substitute goes on serving, and where the substitute was
    called in for another matter alone.
    """
    substitute = meeting.presence[member].replaced_by
    if substitute is None or is_locked_out(meeting, member):
        return None
    only = meeting.presence[substitute].only_matter
    if only is not None and only != matter:
        return None
    barred = matter is not None and member in meeting.matters[matter].disqualified
    return None if barred else substitute


def next_substitute(meeting: Meeting, member: PersonId, matter: MatterId | None = None) -> PersonId | None:
    """Whose turn it is to be called in for the member; None when nobody is here to call."""
    return (
        rules_of(meeting)
        .substitute_priority(
            candidates=candidates_for(meeting, member, matter),
            constituency=meeting.people[member].constituency,
        )
        .outcome
    )


def _hindered(meeting: Meeting, member: Person, only_matter: MatterId | None) -> RulingRecord:
    presence = meeting.presence[member.id]
    if member.role != "member":
        raise Refusal(
            "not-a-member",
            "KL 5:17",
            f"{member.called} är inte ledamot. En ersättare kallas in för en ledamot.",
            "Inte ledamot",
            {"person": member.id},
        )
    if presence.replaced_by is not None:
        raise Refusal(
            "already-replaced",
            "KL 5:17",
            f"{meeting.people[presence.replaced_by].called} tjänstgör redan för {member.called}.",
            "Redan ersatt",
            {"member": member.id, "substitute": presence.replaced_by},
        )
    disqualified = only_matter is not None and member.id in meeting.matters[only_matter].disqualified
    hindered = disqualified or not is_here(presence) or is_locked_out(meeting, member.id)
    rules = rules_of(meeting)
    if not hindered:
        where = "i salen" if presence.state == "room" else "på distans"
        raise Refusal(
            "member-present",
            rules.substitute_serves.cites.short,
            f"{member.called} är närvarande {where} och inte förhindrad. En ersättare tjänstgör bara "
            f"för den som är förhindrad. {sentence(rules.substitute_serves)}",
            "Ledamoten är närvarande",
            {"member": member.id},
        )
    return rules.substitute_serves(hindered=hindered).record()


def _loses_the_day(meeting: Meeting, member: Person, only_matter: MatterId | None) -> bool:
    """Whether calling in now interrupts service begun: the link was lost in an open meeting."""
    lost = meeting.presence[member.id].state in ("dropped", "returning")
    if not lost or meeting.opened_at is None:
        return False
    if only_matter is not None and member.id in meeting.matters[only_matter].disqualified:
        return False
    return (
        not rules_of(meeting)
        .may_return(
            interrupted=True,
            for_conflict=False,
            same_day=True,
            local_rule=meeting.convened.standing_orders.no_return_same_day,
        )
        .outcome
    )


def _able(meeting: Meeting, substitute: Person, only_matter: MatterId | None) -> None:
    presence = meeting.presence[substitute.id]
    facts = {"person": substitute.id}
    if substitute.role != "substitute":
        raise Refusal(
            "not-a-substitute", "KL 5:17", f"{substitute.called} är inte ersättare.", "Inte ersättare", facts
        )
    if presence.serves_for is not None:
        raise Refusal(
            "already-serving",
            "KL 4:24",
            f"{substitute.called} tjänstgör redan för {meeting.people[presence.serves_for].called} "
            "och har bara en röst.",
            "Tjänstgör redan",
            facts,
        )
    if not is_here(presence):
        raise Refusal(
            "substitute-absent",
            "KL 5:17",
            f"{substitute.called} är inte antecknad som närvarande och kan inte tjänstgöra.",
            "Ersättaren är inte här",
            facts,
        )
    if is_locked_out(meeting, substitute.id):
        rule = rules_of(meeting).may_return
        raise Refusal(
            "no-return-same-day",
            rule.cites.short,
            f"{substitute.called} har avbrutit sin tjänstgöring i dag och får inte tjänstgöra igen. "
            f"{sentence(rule)}",
            "Har avbrutit tjänstgöringen",
            facts,
        )
    matter = meeting.matters[only_matter] if only_matter is not None else meeting.matter
    if matter is not None and not matter.settled and substitute.id in matter.disqualified:
        rules = rules_of(meeting)
        raise Refusal(
            "substitute-disqualified",
            rules.disqualified.cites.short,
            f"{substitute.called} är jävig i {section(matter)} och kan inte tjänstgöra där. "
            f"{sentence(rules.disqualified)}",
            "Ersättaren är jävig",
            facts,
        )


def _in_turn(
    meeting: Meeting, substitute: Person, member: Person, only_matter: MatterId | None, reason: str | None
) -> RulingRecord:
    rule = rules_of(meeting).substitute_priority
    ruling = rule(
        candidates=candidates_for(meeting, member.id, only_matter), constituency=member.constituency
    )
    if ruling.outcome != substitute.id:
        turn = meeting.people[ruling.outcome].called if ruling.outcome is not None else None
        who = (
            f"{turn} står i tur för {member.called}, inte {substitute.called}."
            if turn is not None
            else f"{substitute.called} står inte i tur för {member.called}: annat parti."
        )
        if reason is None:
            raise Refusal(
                "not-in-turn",
                rule.cites.short,
                f"{who} Ange skälet om ordningen ska frångås. {sentence(rule)}",
                f"{turn} står i tur" if turn is not None else "Annat parti",
                {"next": ruling.outcome, "substitute": substitute.id, "member": member.id},
            )
        required(reason, "Skälet att frångå ordningen")
    return ruling.record()


def substitute_called_in(meeting: Meeting, event: SubstituteCalledIn, at: datetime) -> Meeting:
    """The substitute serves; the member, if locked out, not again today."""
    del at
    meeting = with_presence(
        meeting,
        event.substitute,
        serves_for=event.member,
        only_matter=event.only_matter,
        has_served=True,
    )
    meeting = with_presence(meeting, event.member, replaced_by=event.substitute, awaits_seat=False)
    if not event.locks_out:
        return meeting
    return with_presence(meeting, event.member, interrupted_on=meeting.today, departed_from=None)


def substitute_stood_down(meeting: Meeting, event: SubstituteStoodDown, at: datetime) -> Meeting:
    """The seat is the member's again."""
    del at
    return _release(meeting, event.substitute, event.member)


def member_took_seat(meeting: Meeting, event: MemberTookSeat, at: datetime) -> Meeting:
    """The late member serves."""
    del at
    return _release(meeting, event.substitute, event.member)


def release_for_matter(meeting: Meeting, matter: MatterId) -> Meeting:
    """Substitutions that held for the matter alone are over."""
    for person, presence in meeting.presence.items():
        if presence.only_matter == matter and presence.serves_for is not None:
            meeting = _release(meeting, person, presence.serves_for)
    return meeting


def _release(meeting: Meeting, substitute: PersonId, member: PersonId) -> Meeting:
    presence = {
        **meeting.presence,
        substitute: replace(meeting.presence[substitute], serves_for=None, only_matter=None),
        member: replace(meeting.presence[member], replaced_by=None, awaits_seat=False),
    }
    return replace(meeting, presence=presence)
