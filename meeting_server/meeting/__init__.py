"""The meeting, pure: `decide` says what a command leads to, `evolve` what an event changes.

No clock, no chance, no I/O: time comes in with the record, identity with the actor.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from meeting_server.meeting.actors import SYSTEM, Actor, Role, SignedIn
from meeting_server.meeting.commands import COMMANDS, HANDLERS, Handler
from meeting_server.meeting.convening import MeetingConvened
from meeting_server.meeting.counting import roles_of
from meeting_server.meeting.divisions import VoteCast
from meeting_server.meeting.evolving import EVOLVE
from meeting_server.meeting.lengths import require_lengths
from meeting_server.meeting.local_time import zone_at
from meeting_server.meeting.outcome import Command, Event, Record, Refusal, kebab
from meeting_server.meeting.presence import Depart
from meeting_server.meeting.state import MatterState, Meeting, Presence
from meeting_server.meeting.strong_identity import require_strong_while_remote
from meeting_server.meeting.uncounted import uncounted
from meeting_server.meeting.webcasting import with_webcast_stopped
from meeting_server.meeting.words import Phase

__all__ = [
    "COMMANDS",
    "SYSTEM",
    "Actor",
    "Command",
    "Event",
    "Handler",
    "Meeting",
    "Record",
    "Refusal",
    "Role",
    "SignedIn",
    "convene",
    "decide",
    "evolve",
    "kebab",
    "replay",
    "roles_of",
]

_RECENT = 200
_ROLE_NAMES = {
    Role.CHAIR: "ordföranden",
    Role.SECRETARY: "sekreteraren",
    Role.MEMBER: "ledamöter och ersättare",
    Role.SERVING: "den som tjänstgör och räknas som närvarande",
    Role.ATTENDEE: "den som har rätt att yttra sig",
    Role.PROPOSER: "den som har förslagsrätt",
    Role.VIEWER: "den som följer sammanträdet",
    Role.SYSTEM: "systemet självt",
}
_PHASE_REFUSALS: dict[Phase, tuple[str, str, str]] = {
    "convened": ("meeting-not-opened", "Sammanträdet är inte öppnat än.", "Inte öppnat"),
    "roll_call": ("roll-call-not-done", "Uppropet är inte klart än.", "Uppropet är inte klart"),
    "open": ("meeting-open", "Sammanträdet är redan öppnat.", "Redan öppnat"),
    "paused": ("meeting-paused", "Sammanträdet är ajournerat och måste återupptas först.", "Ajournerat"),
    "closed": ("meeting-closed", "Sammanträdet är avslutat; inget mer kan göras i det.", "Avslutat"),
}


def decide(meeting: Meeting, command: Command, actor: Actor) -> list[Event]:
    """What the command leads to, as events not yet recorded; raises Refusal when it may not be done.

    Whatever shuts the public out stops the webcast in the same act.
    """
    handler = HANDLERS[type(command)]
    require_role(meeting, handler, actor)
    require_phase(meeting, handler)
    if not isinstance(command, Depart):
        require_strong_while_remote(meeting, actor)
    require_lengths(command)
    events = handler.decide(meeting, command, actor)
    if not meeting.webcast.is_on:
        return events
    return with_webcast_stopped(meeting, events, lambda now, event, at: EVOLVE[type(event)](now, event, at))


def require_role(meeting: Meeting, handler: Handler, actor: Actor) -> None:
    """That the actor has one of the roles of the table; the roles are computed from the meeting.

    A member who lacks only that of serving is told why: a lost link and a conflict are not the same.
    """
    if actor.is_system:
        roles = frozenset({Role.SYSTEM})
    else:
        roles = roles_of(meeting, actor.name)
    if roles & handler.by:
        return
    if Role.SERVING in handler.by and Role.MEMBER in roles:
        require_phase(meeting, handler)
        raise uncounted(meeting, actor.name, "göra det", own=True)
    names = [_ROLE_NAMES[role] for role in Role if role in handler.by]
    allowed = " eller ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    facts = {"by": tuple(sorted(handler.by)), "roles": tuple(sorted(roles))}
    raise Refusal("not-your-role", "system", f"Bara {allowed} kan göra det.", "Inte din uppgift", facts)


def require_phase(meeting: Meeting, handler: Handler) -> None:
    """That the meeting is in a phase the command belongs to."""
    if meeting.phase not in handler.during:
        code, because, short = _PHASE_REFUSALS[meeting.phase]
        raise Refusal(code, "arbetsordningen", because, short, {"phase": meeting.phase})


def convene(record: Record) -> Meeting:
    """The meeting as its first record makes it; TypeError if that is not MeetingConvened."""
    event = record.event
    if not isinstance(event, MeetingConvened):
        raise TypeError(f"a log begins with meeting-convened, not {kebab(type(event))}")
    people = {person.id: person for person in event.roster}
    seats = {person.presidium: person.id for person in reversed(event.roster) if person.presidium}
    chair = seats.get("chair") or seats.get("first_vice_chair") or seats.get("second_vice_chair")
    return Meeting(
        convened=event,
        people=people,
        presence=dict.fromkeys(people, Presence()),
        matters={matter.id: MatterState(matter) for matter in event.agenda},
        seq=record.seq,
        at=record.at,
        today=_local_date(event, record.at),
        next_number=event.first_minute_number,
        chair=chair,
        recent=(record,),
    )


def evolve(meeting: Meeting | None, record: Record) -> Meeting:
    """The meeting after the record; from None only when the record convenes it."""
    if meeting is None:
        return convene(record)
    event = record.event
    today = _local_date(meeting.convened, record.at)
    if today != meeting.today:
        meeting = replace(meeting, today=today)
    after = EVOLVE[type(event)](meeting, event, record.at)
    recent = after.recent if isinstance(event, VoteCast) else (*after.recent[-_RECENT + 1 :], record)
    return replace(after, seq=record.seq, at=record.at, recent=recent)


def replay(records: Iterable[Record]) -> Meeting:
    """The meeting a log tells of; ValueError when the log is empty."""
    meeting: Meeting | None = None
    for record in records:
        meeting = evolve(meeting, record)
    if meeting is None:
        raise ValueError("an empty log tells of no meeting")
    return meeting


def _local_date(convened: MeetingConvened, at: datetime) -> date:
    return at.astimezone(zone_at(convened.starts_at)).date()
