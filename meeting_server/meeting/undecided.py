"""Leaving a matter undecided (lämna oavgjort), and closing, when too few are here to handle anything.

KL 5:45 and 6:27 forbid even to put a matter off without a quorum. What is left is then no decision: the
meeting is closed and called again, or goes on with a matter for which those who are here are enough.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.actors import Actor
from meeting_server.meeting.agenda import MatterFinished
from meeting_server.meeting.changing import with_matter
from meeting_server.meeting.counting import counted, missing_for_conflict, quorum_now, rules_of
from meeting_server.meeting.grounds import (
    may_be_spread,
    no_closed_ballot,
    no_running_division,
    sentence,
    somebody_in_room,
    the_matter,
    unsettled_matter,
    uphold_quorum,
)
from meeting_server.meeting.outcome import Command, Event, Refusal
from meeting_server.meeting.presiding import handed_back
from meeting_server.meeting.state import Debate, Meeting
from meeting_server.meeting.substitution import release_for_matter
from meeting_server.meeting.words import MatterId, PersonId


@dataclass(frozen=True, slots=True)
class LeaveMatter(Command):
    """The chair leaves the matter undecided, since it may be neither decided nor put off."""


@dataclass(frozen=True, slots=True)
class MatterLeft(Event):
    """The matter is left undecided; `outcome_text` says what lacked, `present` are those who counted."""

    matter: MatterId
    present: tuple[PersonId, ...]
    outcome_text: str
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class QuorumMissed(Event):
    """The meeting is closed since too few are here; `unsettled` are the matters left undecided."""

    because: str
    unsettled: tuple[MatterId, ...]
    present: tuple[PersonId, ...]
    rulings: tuple[RulingRecord, ...] = ()


def hindrances(meeting: Meeting) -> tuple[Refusal, ...]:
    """What keeps the matter at hand, or any, from being handled: too few here, or nobody in the room."""
    found = []
    for ground in (uphold_quorum, somebody_in_room):
        try:
            ground(meeting)
        except Refusal as lacking:
            found.append(lacking)
    return tuple(found)


def decide_leave(meeting: Meeting, command: LeaveMatter, actor: Actor) -> list[Event]:
    """Only while the matter cannot be handled; no division or ballot half held."""
    del command, actor
    matter = unsettled_matter(meeting)
    no_running_division(meeting)
    no_closed_ballot(matter)
    found = hindrances(meeting)
    if not found:
        rules, seats = rules_of(meeting), meeting.convened.body.seats
        rule = rules.quorum_with_conflict if missing_for_conflict(meeting) else rules.quorum
        present, needed = len(counted(meeting)), rules.quorum_needed(seats)
        # Fewer may do where members are disqualified, and for an answer.
        required = f"; minst {needed} krävs" if present >= needed else ""
        raise Refusal(
            "may-be-decided",
            rule.cites.short,
            f"{meeting.convened.body.name} kan handlägga ärendet: {present} av {seats} ledamöter är "
            f"närvarande{required}. Fatta beslutet eller skjut upp det. {sentence(rule)}",
            "Kan avgöras eller skjutas upp",
            {"matter": matter.matter.id},
        )
    rulings = (quorum_now(meeting).record(), may_be_spread(meeting).record())
    text = f"{the_matter(matter)} lämnas oavgjort. {' '.join(one.because for one in found)}"
    left = MatterLeft(matter.matter.id, counted(meeting), text, rulings)
    finished = MatterFinished(matter.matter.id)
    return [left, finished, *handed_back(matter_left(meeting, left, meeting.at))]


def quorum_missed(meeting: Meeting) -> list[Event]:
    """That the meeting is closed for want of a quorum, when it is and something remains to be handled."""
    unsettled = tuple(m.matter.id for m in meeting.matters.values() if not m.settled)
    try:
        uphold_quorum(meeting)
    except Refusal as lacking:
        if unsettled:
            ruling = quorum_now(meeting).record()
            return [QuorumMissed(lacking.because, unsettled, counted(meeting), (ruling,))]
    return []


def matter_left(meeting: Meeting, event: MatterLeft, at: datetime) -> Meeting:
    """Nothing decided, and nothing more is done in it here."""
    del at
    meeting = with_matter(
        meeting, event.matter, stage="finished", status="left", outcome_text=event.outcome_text
    )
    return replace(release_for_matter(meeting, event.matter), debate=Debate())


def meeting_without_quorum(meeting: Meeting, event: QuorumMissed, at: datetime) -> Meeting:
    """As before; that the meeting is closed follows at once."""
    del event, at
    return meeting
