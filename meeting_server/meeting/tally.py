"""The sum of a closed division: what the votes say, what a tie needs, and the result the gavel can fix."""

from __future__ import annotations

from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.counting import rules_of
from meeting_server.meeting.divisions import DivisionConfirmed
from meeting_server.meeting.grounds import listing, sentence
from meeting_server.meeting.outcome import Refusal
from meeting_server.meeting.qualifying import verdict
from meeting_server.meeting.state import Division, Meeting
from meeting_server.meeting.words import CandidateId, PersonId, Vote


def absent_voters(division: Division) -> tuple[PersonId, ...]:
    """The voters who have not voted, in the order of the roster."""
    return tuple(p for p in division.voters if p not in division.given)


def to_be_called(meeting: Meeting, division: Division) -> tuple[PersonId, ...]:
    """Who has not voted, in the order they are called: the roster, the chair last where its rules say so."""
    missing = absent_voters(division)
    if not meeting.convened.standing_orders.chair_votes_last or meeting.chair not in missing:
        return missing
    return (*(p for p in missing if p != meeting.chair), meeting.chair)


def chair_vote(meeting: Meeting, division: Division) -> Vote | None:
    """What settles a tie: the casting vote if used, else the chair's own vote.

    That is the vote of who presided when the division was closed; whoever presides later settles it only
    where that person voted neither yes nor no.
    """
    if division.casting is not None:
        return division.casting
    given = division.given
    own = [given[p].vote for p in (division.closed_by, meeting.chair) if p is not None and p in given]
    return next((vote for vote in own if vote != "abstain"), own[0] if own else None)


def casting_needed(meeting: Meeting, division: Division) -> bool:
    """Whether the tie waits for the chair, who has voted neither yes nor no."""
    if verdict(meeting, division) is not None:
        return False
    ruling = rules_of(meeting).casting_vote(
        yes=division.count("yes"), no=division.count("no"), chair_vote=chair_vote(meeting, division)
    )
    return ruling.outcome == "awaited"


def leading(meeting: Meeting, division: Division) -> CandidateId | None:
    """What the closed division carries as it stands; None while a tie waits for the chair."""
    if division.carried is not None:
        return division.carried
    found = verdict(meeting, division)
    if found is not None:
        return found.carried
    rules = rules_of(meeting)
    yes, no = division.count("yes"), division.count("no")
    side: str = rules.simple_majority(yes=yes, no=no).outcome
    if side == "tie":
        side = rules.casting_vote(yes=yes, no=no, chair_vote=chair_vote(meeting, division)).outcome
    return {"yes": division.yes, "no": division.no}.get(side)


def confirmation(meeting: Meeting, division: Division) -> DivisionConfirmed:
    """The result as the gavel fixes it; refused while an objection or a tie is open."""
    if division.objections:
        names = listing([meeting.people[p].called for p in division.objections])
        raise Refusal(
            "objection-open",
            "KL 5:67",
            f"{names} har invänt mot hur rösten är antecknad. Rätta rösten eller låt den stå.",
            "En invändning är inte avgjord",
            {"objections": division.objections},
        )
    rules = rules_of(meeting)
    yes, no = division.count("yes"), division.count("no")
    found = verdict(meeting, division)
    if found is not None:
        return _confirmed(division, found.carried, False, found.rulings)
    majority = rules.simple_majority(yes=yes, no=no)
    casting = rules.casting_vote(yes=yes, no=no, chair_vote=chair_vote(meeting, division))
    if casting.outcome == "awaited":
        raise Refusal(
            "casting-vote-needed",
            rules.casting_vote.cites.short,
            f"Lika röstetal, {yes} mot {no}. Ordföranden har utslagsröst och ska använda den. "
            f"{sentence(rules.casting_vote)}",
            "Utslagsrösten är inte lagd",
            {"yes": yes, "no": no},
        )
    tie = majority.outcome == "tie"
    rulings = [majority.record()]
    if tie:
        rulings += [casting.record(), rules.chair_must_vote(needed=True).record()]
    return _confirmed(division, leading(meeting, division) or division.no, tie, tuple(rulings))


def _confirmed(
    division: Division, carried: CandidateId, tie: bool, rulings: tuple[RulingRecord, ...]
) -> DivisionConfirmed:
    return DivisionConfirmed(
        division.id,
        division.count("yes"),
        division.count("no"),
        division.count("abstain"),
        absent_voters(division),
        {p: division.given[p].vote for p in division.voters if p in division.given},
        carried,
        tie,
        rulings,
    )
