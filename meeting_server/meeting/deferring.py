"""The gavel on a closed ballot about whether an election is held today (KL 5:50 st. 2, 5:54, 5:56)."""

from __future__ import annotations

from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.deciding import ContestCarried
from meeting_server.meeting.election_state import Ballot
from meeting_server.meeting.elections import BallotSettled
from meeting_server.meeting.minority import deferral_event
from meeting_server.meeting.outcome import Event, Refusal
from meeting_server.meeting.result import leading
from meeting_server.meeting.state import MatterState
from meeting_server.meeting.words import TODAY, ContestId, PersonId


def settle(
    matter: MatterState,
    ballot: Ballot,
    contest: ContestId,
    taking_part: tuple[PersonId, ...],
    rulings: tuple[RulingRecord, ...],
) -> list[Event]:
    """What most slips say, or the lot: the election goes on today, or is deferred. No tie is left."""
    carried = leading(ballot)
    if carried is None:
        raise Refusal(
            "no-votes",
            "KL 5:55",
            "Alla sedlar är blanka eller ogiltiga, så ingenting är beslutat. Gör om omröstningen.",
            "Ingen har röstat",
            {"ballot": ballot.id},
        )
    settled = BallotSettled(ballot.id, carried)
    id = matter.matter.id
    if carried == TODAY:
        return [
            settled,
            ContestCarried(contest, id, "today", TODAY, "ballot", None, taking_part, (), rulings),
        ]
    proposal = next(p for p in matter.standing if p.kind == "defer")
    put_off = deferral_event(
        matter, proposal, how="ballot", division=None, taking_part=taking_part, remote=(), rulings=rulings
    )
    return [settled, put_off]
