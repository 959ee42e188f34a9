"""What is recorded about a matter on the agenda before it is taken up: when it was announced, what it is.

Whether an urgent matter was announced in time (KL 5:14) is warned of and never refused; what has not been
announced before the day of the meeting is a matter that all present must agree to take up (KL 5:52).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from meeting_server.law.kommunallagen.notice import urgent_announced
from meeting_server.meeting.actors import Actor
from meeting_server.meeting.convening import Matter
from meeting_server.meeting.grounds import matter_on_agenda, section
from meeting_server.meeting.outcome import Command, Event, Refusal
from meeting_server.meeting.state import MatterState, Meeting
from meeting_server.meeting.words import MatterId, PersonId


@dataclass(frozen=True, slots=True)
class RecordAnnouncement(Command):
    """Record the day an urgent matter was announced by itself, and the day members were sent word of it."""

    matter: MatterId
    announced_on: str
    told_on: str | None = None


@dataclass(frozen=True, slots=True)
class CorrectMatter(Command):
    """Correct what is known of a matter that has not been taken up (Ändra uppgifter); fields as in Matter."""

    matter: MatterId
    prepared: bool
    authority: bool
    secrecy: bool


@dataclass(frozen=True, slots=True)
class MatterAnnounced(Event):
    """An urgent matter was announced; `announced` tells whether that was before the day of the meeting."""

    matter: MatterId
    announced_on: str
    told_on: str | None
    announced: bool
    recorded_by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class MatterCorrected(Event):
    """The matter is prepared or not, exercises authority or not, holds secrets or not, from now on."""

    matter: MatterId
    prepared: bool
    authority: bool
    secrecy: bool
    recorded_by: PersonId | None = None


def decide_announcement(meeting: Meeting, command: RecordAnnouncement, actor: Actor) -> list[Event]:
    """Of a matter that was not in the notice of the meeting, before it is taken up."""
    state = _untouched(meeting, command.matter)
    if state.matter.announced and state.matter.announced_on is None:
        raise Refusal(
            "stood-in-the-notice",
            urgent_announced.cites.short,
            f"{section(state)} fanns i kungörelsen, så det tillkännages inte för sig.",
            "Fanns i kungörelsen",
            {"matter": command.matter},
        )
    announced_on = _day(command.announced_on)
    told_on = _day(command.told_on) if command.told_on is not None else None
    in_advance = announced_on < date.fromisoformat(meeting.convened.starts_at[:10])
    return [
        MatterAnnounced(
            command.matter,
            announced_on.isoformat(),
            told_on.isoformat() if told_on is not None else None,
            in_advance,
            actor.person,
        )
    ]


def decide_correct(meeting: Meeting, command: CorrectMatter, actor: Actor) -> list[Event]:
    """Before it is taken up: from then on decisions rest on what it was."""
    matter = _untouched(meeting, command.matter).matter
    said = (command.prepared, command.authority, command.secrecy)
    if said == (matter.prepared, matter.authority, matter.secrecy):
        return []
    return [MatterCorrected(command.matter, *said, actor.person)]


def matter_announced(meeting: Meeting, event: MatterAnnounced, at: datetime) -> Meeting:
    """It stands as announced, if it was so before the day of the meeting."""
    del at
    matter = meeting.matters[event.matter].matter
    changed = replace(
        matter, announced=event.announced, announced_on=event.announced_on, told_on=event.told_on
    )
    return _with(meeting, changed)


def matter_corrected(meeting: Meeting, event: MatterCorrected, at: datetime) -> Meeting:
    """As it is now said to be."""
    del at
    changed = replace(
        meeting.matters[event.matter].matter,
        prepared=event.prepared,
        authority=event.authority,
        secrecy=event.secrecy,
    )
    return _with(meeting, changed)


def _with(meeting: Meeting, matter: Matter) -> Meeting:
    changed = replace(meeting.matters[matter.id], matter=matter)
    return replace(meeting, matters={**meeting.matters, matter.id: changed})


def _untouched(meeting: Meeting, matter: MatterId) -> MatterState:
    state = matter_on_agenda(meeting, matter)
    if state.status != "coming":
        raise Refusal(
            "matter-taken-up",
            "arbetsordningen",
            f"{section(state)} är redan uppe eller avslutat, så uppgifterna om det ändras inte längre.",
            "Redan taget upp",
            {"matter": matter},
        )
    return state


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal(
            "not-a-day",
            "system",
            "Skriv dagen som år, månad och dag: 2026-11-24.",
            "Inte en dag",
            {"given": text[:20]},
        ) from None
