"""Evolving the closed ballot: opened, received, closed, counted, voided, settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from meeting_server.meeting.election_state import Ballot, Election
from meeting_server.meeting.elections import (
    BallotClosed,
    BallotOpened,
    BallotReceived,
    BallotsCounted,
    BallotSettled,
    BallotVoided,
    GroupsCounted,
)
from meeting_server.meeting.nominating import with_election
from meeting_server.meeting.state import Meeting
from meeting_server.meeting.words import BallotId, MatterId


def with_ballot(meeting: Meeting, ballot_id: BallotId, **changes: object) -> Meeting:
    """The meeting with these fields of one ballot changed."""
    matter: MatterId = ballot_id.rpartition("-")[0]
    election: Election = meeting.matters[matter].election
    changed = tuple(
        replace(b, **changes) if b.id == ballot_id else b  # type: ignore[arg-type]
        for b in election.ballots
    )
    return with_election(meeting, matter, ballots=changed)


def ballot_of(meeting: Meeting, ballot_id: BallotId) -> Ballot:
    """The ballot of that id."""
    ballots = meeting.matters[ballot_id.rpartition("-")[0]].election.ballots
    return next(b for b in ballots if b.id == ballot_id)


def ballot_opened(meeting: Meeting, event: BallotOpened, at: datetime) -> Meeting:
    """Open, the box is empty."""
    ballot = Ballot(
        event.id,
        event.method,
        event.places,
        event.nominations,
        event.voters,
        event.remote,
        event.tellers,
        at,
        contest=event.contest,
    )
    before = meeting.matters[event.matter].election.ballots
    return with_election(meeting, event.matter, ballots=(*before, ballot))


def ballot_received(meeting: Meeting, event: BallotReceived, at: datetime) -> Meeting:
    """One ballot more."""
    del at
    received = (*ballot_of(meeting, event.ballot).received, event.person)
    return with_ballot(meeting, event.ballot, received=received)


def ballot_closed(meeting: Meeting, event: BallotClosed, at: datetime) -> Meeting:
    """Closed, not counted."""
    return with_ballot(meeting, event.ballot, status="closed", closed_at=at)


def ballots_counted(meeting: Meeting, event: BallotsCounted, at: datetime) -> Meeting:
    """Counted."""
    del at
    return with_ballot(
        meeting,
        event.ballot,
        status="counted",
        handed_in=event.handed_in,
        votes=event.votes,
        blank=event.blank,
        invalid=event.invalid,
        slips=event.slips,
        codes=event.codes,
    )


def groups_counted(meeting: Meeting, event: GroupsCounted, at: datetime) -> Meeting:
    """Counted by groups."""
    del at
    return with_ballot(
        meeting,
        event.ballot,
        status="counted",
        handed_in=event.handed_in,
        groups=event.groups,
        blank=event.blank,
        invalid=event.invalid,
        ruled=event.ruled,
        alike=all(ruling.outcome is not False for ruling in event.rulings),
    )


def ballot_voided(meeting: Meeting, event: BallotVoided, at: datetime) -> Meeting:
    """Kept, counts for nothing."""
    del at
    return with_ballot(meeting, event.ballot, status="voided", void_reason=event.reason)


def ballot_settled(meeting: Meeting, event: BallotSettled, at: datetime) -> Meeting:
    """Kept; the election may have a ballot of its own after it."""
    del at
    return with_ballot(meeting, event.ballot, status="settled")
