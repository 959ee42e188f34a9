"""What a counted ballot and its lots come to: who is elected, and between whom lots must still be drawn."""

from __future__ import annotations

from dataclasses import dataclass

from meeting_server.law import elections, proportional
from meeting_server.meeting.election_state import Ballot, Elected, Election


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


def _by_groups(ballot: Ballot) -> Result:
    found = proportional.allocate(groups=ballot.groups, places=ballot.places, lots=ballot.lots)
    elected = tuple(Elected(seat.name, None, None, seat.by_lot, seat.group) for seat in found.seats)
    return Result(elected, found.tied)


def lot_label(election: Election, ballot: Ballot, lot: str) -> str:
    """What a lot is called: a nominated person, or a group of ballots."""
    return lot if ballot.method == "proportional" else election.nomination(lot).called
