"""The section about an election: nominated, how many have voted and never who, the result, the lots."""

from __future__ import annotations

from meeting_server.law.lots import lots as in_order
from meeting_server.law.lots import shown
from meeting_server.meeting.counting import rules_of
from meeting_server.meeting.election_state import Ballot, Draw, Election, Nomination
from meeting_server.meeting.nominating import deferral_pending, demanding_proportional, places_of
from meeting_server.meeting.outcome import Refusal
from meeting_server.meeting.proportioning import (
    elects_substitutes,
    is_proportional,
    may_be_demanded,
    proportional_needed,
)
from meeting_server.meeting.result import lot_label, result, seats_of, to_be_elected
from meeting_server.meeting.state import MatterState, Meeting
from meeting_server.meeting.words import ELECTING, PersonId
from meeting_server.wire.json import Json, encode


def election_section(meeting: Meeting) -> dict[str, Json] | None:
    """The election at hand; None in any other matter. The same for everybody who may see the matter."""
    matter = meeting.matter
    if matter is None or matter.matter.kind not in ELECTING:
        return None
    election, terms = matter.election, matter.matter.election
    return {
        "matter": matter.matter.id,
        "kind": matter.matter.kind,
        "elects": terms.elects if terms is not None else "members",
        "places": places_of(matter),
        "nominations": [_nomination(n) for n in election.standing],
        "nominations_closed": matter.debate_closed,
        "found": list(election.found),
        "demanded_by": election.demanded_by,
        "electronic_allowed": meeting.convened.standing_orders.electronic_ballot,
        "proportional": {
            **_possible(meeting, matter),
            "demanded_by": list(demanding_proportional(meeting, matter)),
            "needed": proportional_needed(meeting, matter),
            "reached": is_proportional(meeting, matter),
            "returning_officer": election.returning_officer or meeting.chair,
        },
        "to_order": list(_to_order(meeting, matter)),
        "service_order": list(election.service_order),
        "ballot": None if election.ballot is None else _ballot(meeting, matter, election, election.ballot),
        "voided": [{"id": b.id, "reason": b.void_reason} for b in election.ballots if b.status == "voided"],
        "deferral": next((p.mover for p in matter.standing if p.kind == "defer"), None),
        "deferral_pending": deferral_pending(matter),
        "elected": [one.called for one in election.elected],
        "how": election.how,
        "outcome_text": matter.outcome_text,
    }


def _possible(meeting: Meeting, matter: MatterState) -> dict[str, Json]:
    """Whether a proportional election may be demanded here, and for substitutes why not."""
    try:
        may_be_demanded(meeting, matter)
    except Refusal as no:
        return {"possible": False, "why_not": no.because if no.code != "not-proportional" else None}
    return {"possible": True, "why_not": None}


def _to_order(meeting: Meeting, matter: MatterState) -> tuple[str, ...]:
    """The substitutes whose order the body is to decide; nobody when it need not."""
    elected = to_be_elected(matter.election) if elects_substitutes(matter) else None
    rule = rules_of(meeting).service_order
    if elected is None or len(elected) < 2 or rule(proportional=False, ordered=False).outcome:
        return ()
    return elected


def my_ballot(meeting: Meeting, person: PersonId) -> dict[str, Json] | None:
    """The viewer's own part in the ballot at hand: whether one may put one in, and whether one has."""
    matter = meeting.matter
    ballot = matter.election.ballot if matter is not None else None
    if ballot is None:
        return None
    return {
        "ballot": ballot.id,
        "voter": person in ballot.voters,
        "remote": person in ballot.remote,
        "cast": person in ballot.received,
    }


def _nomination(nomination: Nomination) -> dict[str, Json]:
    return {
        "id": nomination.id,
        "name": nomination.name,
        "party": nomination.party,
        "called": nomination.called,
        "by": nomination.by,
    }


def _ballot(meeting: Meeting, matter: MatterState, election: Election, ballot: Ballot) -> dict[str, Json]:
    by_name = {election.nomination(n).called: election.nomination(n) for n in ballot.nominations}
    found = result(election, ballot) if ballot.status == "counted" else None
    electronic = ballot.method == "electronic"
    draw = ballot.draws[-1] if ballot.draws else None
    return {
        "id": ballot.id,
        "method": ballot.method,
        "status": ballot.status,
        "places": ballot.places,
        "about": "whom" if ballot.contest is None else "today",
        "voters": len(ballot.voters),
        "received": len(ballot.received) if electronic else None,
        "remote": len(ballot.remote),
        "tellers": list(ballot.tellers),
        "opened_at": ballot.opened_at.isoformat(),
        "closed_at": ballot.closed_at.isoformat() if ballot.closed_at is not None else None,
        "choices": [_nomination(by_name[name]) for name in in_order(by_name)],
        "handed_in": ballot.handed_in,
        "blank": ballot.blank,
        "invalid": ballot.invalid,
        "ruled": ballot.ruled,
        "alike": ballot.alike,
        "rows": [
            {"id": n, "called": election.nomination(n).called, "votes": votes}
            for n, votes in sorted((ballot.votes or {}).items(), key=lambda row: -row[1])
        ],
        "groups": encode(ballot.groups),
        "seats": [
            {
                "group": seat.group,
                "name": seat.name,
                "compared": [seat.compared.numerator, seat.compared.denominator],
                "by_lot": seat.by_lot,
            }
            for seat in (seats_of(ballot).seats if found is not None else ())
        ],
        "slips": [[election.nomination(n).called for n in slip] for slip in ballot.slips],
        "codes": list(ballot.codes),
        "winners": [one.called for one in found.elected] if found is not None else [],
        "tied": [lot_label(election, ballot, lot) for lot in found.tied] if found is not None else [],
        "draw": _draw(election, ballot, draw) if draw is not None else None,
    }


def _draw(election: Election, ballot: Ballot, draw: Draw) -> dict[str, Json]:
    labels = [lot_label(election, ballot, lot) for lot in draw.lots]
    return {
        "id": draw.id,
        "lots": labels,
        "seal": shown(draw.seal) if draw.seal is not None else None,
        "seal_whole": draw.seal,
        "sealed_at": draw.sealed_at.isoformat() if draw.sealed_at is not None else None,
        "numbers": encode(draw.numbers),
        "said_at": draw.said_at.isoformat() if draw.said_at is not None else None,
        "secret": draw.secret,
        "nonce": draw.nonce,
        "total": draw.total,
        "drawn": draw.lots.index(draw.drawn) + 1 if draw.drawn is not None else None,
        "revealed_at": draw.revealed_at.isoformat() if draw.revealed_at is not None else None,
    }
