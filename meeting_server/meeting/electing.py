"""Deciding and evolving the gavel in an election: by acclamation, or as the ballot and the lots showed."""

from __future__ import annotations

from datetime import datetime

from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.abstention import require_somebody
from meeting_server.meeting.actors import Actor
from meeting_server.meeting.changing import with_matter
from meeting_server.meeting.counting import counted_remote, deciders
from meeting_server.meeting.deferring import settle
from meeting_server.meeting.election_state import Ballot, Elected, Election
from meeting_server.meeting.elections import ConfirmElection, ElectionDecided
from meeting_server.meeting.grounds import able_chair, count, in_public, require_quorum
from meeting_server.meeting.nominating import deferral_first, electing, places_of, with_election
from meeting_server.meeting.outcome import Event, Refusal
from meeting_server.meeting.proportioning import service_order
from meeting_server.meeting.result import lot_label, result
from meeting_server.meeting.state import Decision, MatterState, Meeting
from meeting_server.meeting.words import ELECTED, ElectedHow, How


def decide_confirm(meeting: Meeting, command: ConfirmElection, actor: Actor) -> list[Event]:
    """What was found, when no ballot is demanded; else what the counted ballot and the lots showed."""
    del command, actor
    matter, election = electing(meeting)
    able_chair(meeting)
    held = (*in_public(meeting), require_quorum(meeting))
    if election.ballot is not None:
        return _by_ballot(meeting, matter, election, election.ballot, held)
    deferral_first(matter)
    if election.demanded_by is not None:
        raise Refusal(
            "ballot-demanded",
            "KL 5:53",
            f"{meeting.people[election.demanded_by].called} har begärt sluten omröstning. Öppna den.",
            "Omröstning är begärd",
            {"person": election.demanded_by},
        )
    if not election.found:
        raise Refusal("nothing-found", "KL 5:53", "Säg först vem du finner vald.", "Ingen är funnen vald än")
    require_somebody(meeting, matter)
    order = service_order(meeting, matter)
    taking_part = deciders(meeting)
    names = [election.nomination(n) for n in election.service_order or election.found]
    elected = tuple(Elected(n.name, n.party) for n in names)
    return [
        ElectionDecided(
            matter.matter.id,
            None,
            elected,
            "acclamation",
            taking_part,
            tuple(p for p in counted_remote(meeting) if p in taking_part),
            outcome_text(matter, elected),
            (*held, *order),
        )
    ]


def _by_ballot(
    meeting: Meeting,
    matter: MatterState,
    election: Election,
    ballot: Ballot,
    held: tuple[RulingRecord, ...],
) -> list[Event]:
    if ballot.status != "counted":
        because = (
            "Valet är inte stängt. Stäng det först."
            if ballot.status == "open"
            else "Rösterna är inte räknade."
        )
        short = "Valet är inte stängt" if ballot.status == "open" else "Rösterna är inte räknade"
        raise Refusal("ballot-not-counted", "KL 5:54", because, short, {"ballot": ballot.id})
    found = result(election, ballot)
    if found.tied:
        names = " och ".join(lot_label(election, ballot, lot) for lot in found.tied)
        raise Refusal(
            "tie",
            "KL 5:56",
            f"Röstetalen är lika för {names}. Lotten avgör. 5 kap. 56 § kommunallagen.",
            "Lotten avgör",
            {"tied": found.tied},
        )
    how: ElectedHow = "lots" if ballot.draws else "ballot"
    if ballot.method == "proportional":
        how = "proportional"
    took_part = ballot.voters
    if ballot.method == "electronic":
        took_part = tuple(p for p in ballot.voters if p in ballot.received)
    if ballot.contest is not None:
        return settle(matter, ballot, ballot.contest, took_part, held)
    order = service_order(meeting, matter)
    elected = found.elected
    if ballot.method != "proportional" and election.service_order:
        turn = [election.nomination(n).called for n in election.service_order]
        elected = tuple(sorted(elected, key=lambda one: turn.index(one.called)))
    text = outcome_text(matter, elected)
    rulings = (*held, *order)
    return [ElectionDecided(matter.matter.id, ballot.id, elected, how, took_part, (), text, rulings)]


def outcome_text(matter: MatterState, elected: tuple[Elected, ...]) -> str:
    """What was decided, in a sentence or two."""
    names = [one.called for one in elected]
    done = "väljs" if matter.matter.kind == "election" else "anställs"
    said = " och ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else "Ingen"
    vacant = places_of(matter) - len(elected)
    sentences = [f"{said} {done}."]
    if len(elected) > 1 and matter.election.service_order:
        sentences.append("De tjänstgör i den ordningen.")
    if vacant > 0:
        sentences.append(f"{count(vacant, 'plats är vakant', 'platser är vakanta')}.")
    return " ".join(sentences)


def election_decided(meeting: Meeting, event: ElectionDecided, at: datetime) -> Meeting:
    """Decided."""
    del at
    meeting = with_election(meeting, event.matter, elected=event.elected, how=event.how)
    how: How = "acclamation" if event.how == "acclamation" else "ballot"
    decision = Decision(ELECTED, (), how, None, event.taking_part, event.remote)
    return with_matter(
        meeting,
        event.matter,
        stage="decided",
        status="decided",
        decision=decision,
        outcome_text=event.outcome_text,
    )
