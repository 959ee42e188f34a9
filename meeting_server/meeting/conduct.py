"""Order at the meeting (ordningen): told off first, then sent out; the meeting dissolved when nothing helps.

KL 5:43 gives the assembly's chair the power to send out. A committee has it by its own rules, or has to do
without: there the rule only warns. Dissolving is a clause of local rules and no statute's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.actors import Actor
from meeting_server.meeting.agenda import MatterFinished
from meeting_server.meeting.changing import with_presence
from meeting_server.meeting.counting import counted, is_serving, rules_of
from meeting_server.meeting.grounds import (
    local_rules,
    no_running_division,
    person_on_roster,
    required,
    uphold,
)
from meeting_server.meeting.outcome import Command, Event, Refusal
from meeting_server.meeting.presence import Departed
from meeting_server.meeting.presence_changes import departed
from meeting_server.meeting.sitting import MeetingClosed
from meeting_server.meeting.state import Admonition, Meeting
from meeting_server.meeting.words import MatterId, PersonId

_GONE = ("expected", "absent", "left", "expelled")


@dataclass(frozen=True, slots=True)
class Admonish(Command):
    """The chair tells somebody off (ger en tillsägelse): one on the roster, or a listener described."""

    reason: str
    person: PersonId | None = None
    listener: str | None = None


@dataclass(frozen=True, slots=True)
class Expel(Command):
    """The chair sends out (visar ut) somebody who has been told off and disturbs still."""

    reason: str
    person: PersonId | None = None
    listener: str | None = None


@dataclass(frozen=True, slots=True)
class LetBackIn(Command):
    """The chair lets somebody who was sent out come back."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class DissolveMeeting(Command):
    """The chair dissolves the meeting (upplöser sammanträdet): order cannot be kept."""

    reason: str


@dataclass(frozen=True, slots=True)
class Admonished(Event):
    """Somebody has been told off."""

    person: PersonId | None
    listener: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Expelled(Event):
    """Somebody is sent out and not present; `interrupts_service` when that ends service begun (KL 5:20).

    `present` are those who count afterwards.
    """

    person: PersonId | None
    listener: str | None
    reason: str
    interrupts_service: bool
    present: tuple[PersonId, ...]
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class LetIn(Event):
    """Somebody sent out may come back; he or she is not here until that is recorded."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class MeetingDissolved(Event):
    """The meeting ends since order cannot be kept; `unsettled` are the matters left undecided.

    `by_local_rules` tells whether the body's own rules are known to allow it.
    """

    reason: str
    unsettled: tuple[MatterId, ...]
    by_local_rules: bool


def decide_admonish(meeting: Meeting, command: Admonish, actor: Actor) -> list[Event]:
    """Anybody who is here but the one who presides; as often as it takes."""
    del actor
    reason = required(command.reason, "Vad tillsägelsen gäller")
    person, listener = _disturber(meeting, command.person, command.listener)
    return [Admonished(person, listener, reason)]


def decide_expel(meeting: Meeting, command: Expel, actor: Actor) -> list[Event]:
    """Only who has been told off at this meeting; never in the middle of a vote of his or hers."""
    del actor
    reason = required(command.reason, "Varför någon visas ut")
    person, listener = _disturber(meeting, command.person, command.listener)
    told = any((one.person, one.listener) == (person, listener) for one in meeting.admonitions)
    rule = rules_of(meeting).may_expel
    who = meeting.people[person].called if person is not None else f"Åhöraren ({listener})"
    ruling = uphold(
        rule,
        rule(disturbing=True, admonished=told, local_rule=meeting.convened.standing_orders.expulsion),
        f"{who} har inte fått någon tillsägelse vid sammanträdet. Ge en tillsägelse först.",
        "Ge en tillsägelse först",
    )
    if person is None:
        return [Expelled(None, listener, reason, False, counted(meeting), (ruling,))]
    _not_voting(meeting, person)
    interrupts = meeting.opened_at is not None and is_serving(meeting, person)
    gone = Expelled(person, None, reason, interrupts, (), (ruling,))
    return [replace(gone, present=counted(expelled(meeting, gone, meeting.at)))]


def decide_let_back_in(meeting: Meeting, command: LetBackIn, actor: Actor) -> list[Event]:
    """One who was sent out; whether he or she may serve again is another question (KL 5:20)."""
    del actor
    person = person_on_roster(meeting, command.person)
    if meeting.presence[person.id].state != "expelled":
        raise Refusal(
            "not-expelled",
            "system",
            f"{person.called} är inte utvisad.",
            "Är inte utvisad",
            {"person": person.id},
        )
    return [LetIn(person.id)]


def decide_dissolve(meeting: Meeting, command: DissolveMeeting, actor: Actor) -> list[Event]:
    """With a reason, and no vote half held; that reservations are cut off is the chair's to weigh."""
    del actor
    reason = required(command.reason, "Varför sammanträdet upplöses")
    no_running_division(meeting)
    _no_open_ballot(meeting)
    current = meeting.matter
    finished = [MatterFinished(current.matter.id)] if current is not None and current.settled else []
    unsettled = tuple(m.matter.id for m in meeting.matters.values() if not m.settled)
    dissolved = MeetingDissolved(reason, unsettled, meeting.convened.standing_orders.dissolution)
    return [*finished, dissolved, MeetingClosed(counted(meeting))]


def _disturber(
    meeting: Meeting, person_id: PersonId | None, listener: str | None
) -> tuple[PersonId | None, str | None]:
    """Exactly one of the two, and somebody the chair can turn to."""
    described = (listener or "").strip()
    if (person_id is None) == (not described):
        raise Refusal(
            "nobody-named",
            "system",
            "Välj en person i uppropslistan eller beskriv åhöraren, inte båda.",
            "Välj vem det gäller",
        )
    if person_id is None:
        return None, described
    person = person_on_roster(meeting, person_id)
    if person.id == meeting.chair or person.role == "secretary":
        what = "leder sammanträdet" if person.id == meeting.chair else "för protokollet"
        raise Refusal(
            "keeps-order",
            local_rules(meeting),
            f"{person.called} {what}. Lämna över uppgiften först om det är {person.name} som stör.",
            "Lämna över uppgiften först",
            {"person": person.id},
        )
    if meeting.presence[person.id].state in _GONE:
        raise Refusal(
            "not-present",
            "system",
            f"{person.called} är inte närvarande.",
            "Är inte närvarande",
            {"person": person.id},
        )
    return person.id, None


def _not_voting(meeting: Meeting, person: PersonId) -> None:
    """That the person's vote is not being taken just now: those who vote are fixed when it is opened."""
    running = meeting.running
    if running is not None and running.status == "open" and person in running.voters:
        no_running_division(meeting)
    ballot = meeting.matter.election.ballot if meeting.matter is not None else None
    if ballot is not None and ballot.status == "open" and person in ballot.voters:
        _no_open_ballot(meeting)


def _no_open_ballot(meeting: Meeting) -> None:
    ballot = meeting.matter.election.ballot if meeting.matter is not None else None
    if ballot is not None and ballot.status == "open":
        raise Refusal(
            "ballot-open",
            "KL 5:54",
            "Den slutna omröstningen pågår. Stäng den eller avbryt den först.",
            "Omröstningen pågår",
            {"ballot": ballot.id},
        )


def admonished(meeting: Meeting, event: Admonished, at: datetime) -> Meeting:
    """Told off, and that is remembered."""
    del at
    told = Admonition(event.person, event.listener, event.reason)
    return replace(meeting, admonitions=(*meeting.admonitions, told))


def expelled(meeting: Meeting, event: Expelled, at: datetime) -> Meeting:
    """Gone as one who leaves, and may not come back until let in; a listener was never counted."""
    if event.person is None:
        return meeting
    meeting = departed(meeting, Departed(event.person, event.interrupts_service), at)
    return with_presence(meeting, event.person, state="expelled", departed_from=None)


def let_in(meeting: Meeting, event: LetIn, at: datetime) -> Meeting:
    """Outside, but may come."""
    return with_presence(meeting, event.person, state="left", since=at)


def meeting_dissolved(meeting: Meeting, event: MeetingDissolved, at: datetime) -> Meeting:
    """Nobody has the floor any longer; that the meeting is closed follows at once."""
    del event, at
    return replace(meeting, debate=replace(meeting.debate, floor=None, queue=()))
