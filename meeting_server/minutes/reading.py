"""The log read once for the minutes.

The meeting as it ended, and what happened to whom, when and in which §.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from meeting_server.meeting import evolve, replay
from meeting_server.meeting.agenda import MatterFinished, MatterNoted, MatterTakenUp
from meeting_server.meeting.conduct import Admonished, Expelled, LetIn, MeetingDissolved
from meeting_server.meeting.convening import MeetingConvened, Person
from meeting_server.meeting.counting import counted, counted_remote, is_locked_out
from meeting_server.meeting.local_time import zone_at
from meeting_server.meeting.outcome import Record
from meeting_server.meeting.presence import ContinuedWithout, IdentityConfirmed, LinkLost, RollCallCompleted
from meeting_server.meeting.presiding import ChairHandedOver
from meeting_server.meeting.publicity import PublicityDecided
from meeting_server.meeting.reordering import SubstitutesReordered
from meeting_server.meeting.sitting import (
    MeetingPaused,
    MeetingPausedUntilDay,
    MeetingResumed,
    VerifiersAppointed,
)
from meeting_server.meeting.state import Meeting, Presence
from meeting_server.meeting.striking import MatterStruck
from meeting_server.meeting.undecided import QuorumMissed
from meeting_server.meeting.words import MatterId, PersonId
from meeting_server.minutes.document import Break, Confirmation, Interruption, Place, Span
from meeting_server.minutes.wording import IDENTITY, at_clock, iso

_TOLD_ANYWHERE = (
    Admonished,
    Expelled,
    LetIn,
    MeetingDissolved,
    QuorumMissed,
    PublicityDecided,
    ChairHandedOver,
    SubstitutesReordered,
)
"""What the minutes tell also when it happened before the first matter."""


@dataclass
class Timeline:
    """One person through the meeting."""

    spans: list[Span] = field(default_factory=list)
    confirmations: list[Confirmation] = field(default_factory=list)
    interruptions: list[Interruption] = field(default_factory=list)


@dataclass
class Reading:
    """Everything the minutes are written from. `events` holds each matter's records, in order; what happened
    between two matters stands with the next one, or with the last when there is none. `served` holds who
    counted when each matter was settled, and in whose place; `remote` who of them was at a distance;
    `settled` when that was, as ISO text."""

    meeting: Meeting
    zone: dt.tzinfo | None
    chairs: dict[MatterId, PersonId]
    events: dict[MatterId, list[Record]]
    taken_up: dict[MatterId, Record]
    finished: dict[MatterId, Record]
    before: list[Record]
    timelines: dict[PersonId, Timeline]
    breaks: list[Break]
    served: dict[MatterId, dict[PersonId, PersonId | None]] = field(default_factory=dict)
    remote: dict[MatterId, tuple[PersonId, ...]] = field(default_factory=dict)
    settled: dict[MatterId, str] = field(default_factory=dict)

    @property
    def convened(self) -> MeetingConvened:
        """What the meeting was convened with."""
        return self.meeting.convened

    @property
    def people(self) -> Mapping[PersonId, Person]:
        """The roster by id."""
        return self.meeting.people

    def person(self, person: PersonId) -> Person:
        """Somebody on the roster."""
        return self.meeting.people[person]

    def at(self, when: dt.datetime) -> str:
        """An instant as ISO text in the meeting's offset."""
        return iso(when, self.zone)

    def local(self, when: dt.datetime) -> dt.datetime:
        """An instant in the meeting's offset."""
        return when.astimezone(self.zone)

    def took_part(self, matter: MatterId) -> tuple[PersonId, ...]:
        """Who took part in the decision of a matter; where it was only noted, those present then.

        For the appointment of verifiers it is those present when the matter was taken up.
        """
        state = self.meeting.matters[matter]
        if state.decision is not None:
            return state.decision.taking_part
        for record in reversed(self.events.get(matter, [])):
            if isinstance(record.event, MatterNoted | MatterStruck):
                return record.event.present
        appointed = any(
            isinstance(one.event, VerifiersAppointed) and one.event.matter == matter
            for one in self.events.get(matter, [])
        )
        taken_up = self.taken_up[matter].event if appointed else None
        return taken_up.present if isinstance(taken_up, MatterTakenUp) else ()

    def took_part_remote(self, matter: MatterId) -> tuple[PersonId, ...]:
        """Who of them took part at a distance."""
        decision = self.meeting.matters[matter].decision
        if decision is not None:
            return decision.remote
        return tuple(one for one in self.took_part(matter) if one in self.remote.get(matter, ()))

    def number(self, matter: MatterId | None) -> int | None:
        """The § of a matter, None before it is taken up."""
        return self.meeting.matters[matter].number if matter is not None else None


def read_log(records: Sequence[Record]) -> Reading:
    """Read a meeting's records, first to last.

    The first is MeetingConvened; ValueError when there is none.
    """
    if not records or not isinstance(records[0].event, MeetingConvened):
        raise ValueError("a log begins with the meeting convened")
    meeting = replay(records[:1])
    zone = zone_at(meeting.convened.starts_at)
    reading = Reading(meeting, zone, {}, {}, {}, {}, [], {}, [])
    waiting: list[Record] = []
    for record in records[1:]:
        after = evolve(meeting, record)
        reading.meeting = after
        _place(reading, meeting, record, waiting)
        moved = after.presence is not meeting.presence or after.today != meeting.today
        if moved or _called(after) != _called(meeting):
            _follow_presence(reading, meeting, after, record.at)
        _note(reading, record)
        _follow_service(reading, meeting, after, reading.at(record.at))
        current = after.current
        if current is not None and after.chair is not None and not meeting.matters[current].settled:
            reading.chairs[current] = after.chair
        meeting = after
    if meeting.closed_at is not None:
        for line in reading.timelines.values():
            _step(line.spans, None, reading.at(meeting.closed_at))
    if waiting and reading.taken_up:
        reading.events[list(reading.taken_up)[-1]].extend(waiting)
    else:
        reading.before.extend(waiting)
    return reading


def _place(reading: Reading, before: Meeting, record: Record, waiting: list[Record]) -> None:
    """Give the record to its §: what happens after a § is settled belongs to the next one."""
    event = record.event
    current = before.current if before.matter is not None and not before.matter.settled else None
    if isinstance(event, MatterTakenUp):
        reading.taken_up[event.matter] = record
        reading.events[event.matter] = [*waiting, record]
        waiting.clear()
    elif isinstance(event, MatterFinished):
        reading.finished[event.matter] = record
        reading.events.setdefault(event.matter, []).append(record)
    elif (isinstance(event, RollCallCompleted) and not reading.taken_up) or not (
        reading.meeting.roll_call_done or reading.taken_up or isinstance(event, _TOLD_ANYWHERE)
    ):
        reading.before.append(record)
    elif current is not None:
        reading.events[current].append(record)
    else:
        waiting.append(record)


def _note(reading: Reading, record: Record) -> None:
    event, meeting = record.event, reading.meeting
    match event:
        case IdentityConfirmed(person=person, method=method, override_reason=reason):
            line = _timeline(reading, person)
            at = reading.at(record.at)
            excused = f", utan full förbindelse: {reason}" if reason else ""
            text = f"Bekräftad {at_clock(at)}, {IDENTITY[method]}{excused}."
            line.confirmations.append(Confirmation(at, method, text))
            if line.interruptions and _still_broken(reading, line.interruptions[-1]):
                line.interruptions[-1] = _healed(line.interruptions[-1], at)
        case LinkLost(person=person, audio=audio, video=video):
            if _was_here(reading, person):
                _timeline(reading, person).interruptions.append(
                    _broken(reading.at(record.at), audio, video, reading.number(meeting.current))
                )
        case ContinuedWithout(person=person):
            line = _timeline(reading, person)
            if line.interruptions:
                line.interruptions[-1] = _left_behind(line.interruptions[-1])
        case MeetingPaused(reason=reason):
            start = reading.at(record.at)
            reading.breaks.append(Break(start, None, reason or "", reading.number(meeting.current)))
        case MeetingPausedUntilDay(reason=reason) if reading.breaks and reading.breaks[-1].end is None:
            reading.breaks[-1] = dataclasses.replace(
                reading.breaks[-1], reason=reason or reading.breaks[-1].reason, another_day=True
            )
        case MeetingPausedUntilDay(reason=reason):
            start, number = reading.at(record.at), reading.number(meeting.current)
            reading.breaks.append(Break(start, None, reason or "", number, another_day=True))
        case MeetingResumed():
            reading.breaks[-1] = dataclasses.replace(reading.breaks[-1], end=reading.at(record.at))
        case _:
            pass


def _follow_presence(reading: Reading, before: Meeting, after: Meeting, when: dt.datetime) -> None:
    """Close and open spans of presence from what changed.

    Spans begin with the roll call: whoever it finds here has been here since the meeting was opened, or went
    on another day.
    """
    if not _called(after):
        if _called(before):
            left = reading.at(before.pause.since if before.pause is not None else when)
            for line in reading.timelines.values():
                _step(line.spans, None, left)
        return
    everybody = not _called(before)
    at = _called_from(reading, after) if everybody else reading.at(when)
    next_day = after.today != before.today
    for person, now in after.presence.items():
        free = next_day and now.interrupted_on is not None  # locked out for the day, which is over
        if everybody or free or before.presence.get(person) is not now:
            _step(_timeline(reading, person).spans, _span(after, person, now, at), at)


def _called_from(reading: Reading, meeting: Meeting) -> str:
    """When what the roll call found began: the day's sitting."""
    nights = [one.end for one in reading.breaks if one.another_day and one.end is not None]
    opened = meeting.opened_at if meeting.opened_at is not None else meeting.at
    return nights[-1] if nights else reading.at(opened)


def _called(meeting: Meeting) -> bool:
    """Whether it is known who came: the roll call is done, or never will be."""
    return meeting.roll_call_done or meeting.phase == "closed"


def _follow_service(reading: Reading, before: Meeting, after: Meeting, when: str) -> None:
    """Keep who served in the matter that is settled now, or at the least when it was taken up (KL 5:66)."""
    matter = before.current or after.current
    if matter is None:
        return
    settled = after.matters[matter].settled and not before.matters[matter].settled
    if settled or matter not in reading.served:
        at = before if settled else after
        reading.served[matter] = {p: at.presence[p].serves_for for p in counted(at)}
        reading.remote[matter] = counted_remote(at)
    if settled:
        reading.settled[matter] = when


def _step(spans: list[Span], new: Span | None, at: str) -> None:
    last = spans[-1] if spans and spans[-1].end is None else None
    if last is not None:
        same = new is not None and (last.place, last.serving, last.serves_for) == (
            new.place,
            new.serving,
            new.serves_for,
        )
        if same:
            return
        spans[-1] = Span(last.start, at, last.place, last.serving, last.serves_for)
    if new is not None:
        spans.append(new)


def _span(meeting: Meeting, person: PersonId, presence: Presence, at: str) -> Span | None:
    if presence.state not in ("room", "remote"):
        return None
    place: Place = "room" if presence.state == "room" else "remote"
    member = (
        meeting.people[person].role == "member"
        and presence.replaced_by is None
        and not is_locked_out(meeting, person)
    )
    serving = member or presence.serves_for is not None
    return Span(at, None, place, serving, presence.serves_for)


def _was_here(reading: Reading, person: PersonId) -> bool:
    spans = _timeline(reading, person).spans
    return bool(spans) and spans[-1].place == "remote"


def _timeline(reading: Reading, person: PersonId) -> Timeline:
    return reading.timelines.setdefault(person, Timeline())


def _still_broken(reading: Reading, one: Interruption) -> bool:
    """Whether a lost link is one to come back to: not one that the day ended with."""
    lost = dt.datetime.fromisoformat(one.lost_at)
    nights = [dt.datetime.fromisoformat(pause.start) for pause in reading.breaks if pause.another_day]
    return one.confirmed_at is None and not any(night >= lost for night in nights)


def _broken(at: str, audio: bool, video: bool, paragraph: int | None) -> Interruption:
    return Interruption(at, None, audio, video, False, paragraph, f"Förbindelsen bruten från {at_clock(at)}.")


def _healed(one: Interruption, at: str) -> Interruption:
    text = f"Förbindelsen bruten {at_clock(one.lost_at)}–{at_clock(at)[4:]}."
    return Interruption(one.lost_at, at, one.audio, one.video, one.continued_without, one.paragraph, text)


def _left_behind(one: Interruption) -> Interruption:
    return Interruption(one.lost_at, one.confirmed_at, one.audio, one.video, True, one.paragraph, one.text)
