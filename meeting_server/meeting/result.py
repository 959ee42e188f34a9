"""What a counted ballot and its lots come to: who is elected, and between whom lots must still be drawn."""

from __future__ import annotations

from dataclasses import dataclass

from meeting_server.law import elections, proportional
from meeting_server.meeting.election_state import Ballot, Elected, Election
from meeting_server.meeting.words import MatterKind, NominationId


@dataclass(frozen=True, slots=True)
class Result:
    """Those elected so far, in turn; `tied` are the ids or groups lots must be drawn among."""

    elected: tuple[Elected, ...]
    tied: tuple[str, ...] = ()


def result(election: Election, ballot: Ballot) -> Result:
    """The outcome of a counted ballot."""
    if ballot.method == "proportional":
        return _by_groups(ballot)
    votes = ballot.votes or {}
    found = elections.chosen(votes=votes, places=ballot.places, lots=ballot.lots)
    elected = []
    for one in found.elected:
        nomination = election.nomination(one)
        elected.append(Elected(nomination.name, nomination.party, votes[one], one in ballot.lots))
    return Result(tuple(elected), found.tied)


def appointed_word(kind: MatterKind, number: int) -> str:
    """What they are found in a matter of that kind: elected (vald, valda), employed (anställd, anställda)."""
    one = "anställd" if kind == "employment" else "vald"
    return one if number == 1 else f"{one}a"


def leading(ballot: Ballot) -> NominationId | None:
    """Who, or which answer, has the one place of a counted ballot without ties; None without votes."""
    found = elections.chosen(votes=ballot.votes or {}, places=1, lots=ballot.lots)
    return found.elected[0] if found.elected else None


def to_be_elected(election: Election) -> tuple[NominationId, ...] | None:
    """Who was found, or elected by a counted ballot without ties; None before that, and by groups."""
    ballot = election.ballot
    if ballot is None:
        return election.found or None
    if ballot.method == "proportional" or ballot.status != "counted" or ballot.contest is not None:
        return None
    found = elections.chosen(votes=ballot.votes or {}, places=ballot.places, lots=ballot.lots)
    return None if found.tied else found.elected


def seats_of(ballot: Ballot) -> proportional.Allocation:
    """How the places of a counted proportional ballot fall, with the numbers compared."""
    return proportional.allocate(groups=ballot.groups, places=ballot.places, lots=ballot.lots)


def _by_groups(ballot: Ballot) -> Result:
    found = seats_of(ballot)
    elected = tuple(Elected(seat.name, None, None, seat.by_lot, seat.group) for seat in found.seats)
    return Result(elected, found.tied)


def lot_label(election: Election, ballot: Ballot, lot: str) -> str:
    """What a lot is called: a nominated person, or a group of ballots."""
    return lot if ballot.method == "proportional" else election.nomination(lot).called
