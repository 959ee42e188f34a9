"""How the meeting was called: announced and called in time, on whose request, its budget in public."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from meeting_server.law.kommunallagen.notice import urgent_announced, urgent_told
from meeting_server.law.notice_days import (
    announced_in_time,
    budget_in_public,
)
from meeting_server.law.ruling import Ruling, RulingRecord
from meeting_server.meeting.convening import Matter
from meeting_server.meeting.counting import profile_of, rules_of
from meeting_server.meeting.grounds import sentence
from meeting_server.meeting.state import Meeting
from meeting_server.meeting.words import MatterId


@dataclass(frozen=True, slots=True)
class Remark:
    """A rule about the summons as it fell, with the sentence that says what is lacking, None when nothing is.

    `matter` is set for a rule about one urgent matter.

    None of them stops the meeting: whether it is lawfully called is for the chair, and in the end a court.
    """

    ruling: Ruling[bool]
    lacking: str | None
    matter: MatterId | None = None


def remarks(meeting: Meeting) -> Iterator[Remark]:
    """Every rule about how the meeting was called that applies to it."""
    convened = meeting.convened
    notice, announced = convened.notice, False
    budget = any(m.matter.sets_budget for m in meeting.matters.values())
    if notice is not None and notice.announce_by is not None and (profile_of(meeting).is_public or budget):
        told = announced_in_time(announced_on=notice.announced_on, announce_by=notice.announce_by)
        announced = told.outcome
        on = notice.announced_on
        when = f"kungjordes {on}" if on else "är inte antecknat som kungjort"
        yield _remark(
            told, f"Sammanträdet {when}; sista dagen var {notice.announce_by}. {sentence(announced_in_time)}"
        )
    if notice is not None and notice.call_by is not None:
        called_in_time = rules_of(meeting).called_in_time
        called = called_in_time(called_on=notice.called_on, call_by=notice.call_by)
        when = f"skickades {notice.called_on}" if notice.called_on else "är inte antecknad som skickad"
        yield _remark(
            called, f"Kallelsen {when}; sista dagen var {notice.call_by}. {sentence(called_in_time)}"
        )
    if notice is not None and notice.urgent_by is not None:
        for state in meeting.matters.values():
            if state.matter.announced_on is not None:
                yield from _urgent(state.matter, state.matter.announced_on, notice.urgent_by)
    if convened.ground == "third":
        extra_meeting = rules_of(meeting).extra_meeting
        asking, seats = len(set(convened.requested_by)), convened.body.seats
        yield _remark(
            extra_meeting(requesting=asking, members=seats),
            f"{asking} av {seats} ledamöter har begärt sammanträdet; det är inte en tredjedel. "
            f"{sentence(extra_meeting)}",
        )
    if budget and profile_of(meeting).announced and not profile_of(meeting).is_public:
        yield _remark(
            budget_in_public(sets_budget=True, announced=announced, place=convened.place is not None),
            "Budgeten fastställs vid ett offentligt sammanträde som har kungjorts en vecka i förväg på en "
            f"plats dit allmänheten kan komma. {sentence(budget_in_public)}",
        )


def _urgent(matter: Matter, announced_on: str, urgent_by: str) -> Iterator[Remark]:
    """Whether a matter that could not wait was announced, and members told of it, by the weekday before."""
    announced = urgent_announced(announced_on=announced_on, urgent_by=urgent_by)
    yield _remark(
        announced,
        f"Ärendet ”{matter.title}” tillkännagavs {announced_on}; sista dagen var {urgent_by}. "
        f"{sentence(urgent_announced)}",
        matter.id,
    )
    told = urgent_told(sent_on=matter.told_on, urgent_by=urgent_by)
    sent = f"skickades {matter.told_on}" if matter.told_on else "är inte antecknad som skickad"
    yield _remark(
        told,
        f"Uppgiften om ”{matter.title}” {sent}; sista dagen var {urgent_by}. {sentence(urgent_told)}",
        matter.id,
    )


def rulings(meeting: Meeting) -> tuple[RulingRecord, ...]:
    """The same for the record of the meeting's opening."""
    return tuple(remark.ruling.record() for remark in remarks(meeting))


def _remark(ruling: Ruling[bool], lacking: str, matter: MatterId | None = None) -> Remark:
    return Remark(ruling, None if ruling.outcome else lacking, matter)
