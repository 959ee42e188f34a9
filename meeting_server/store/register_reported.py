"""Decisions reported to the body they were taken for: the chair's urgent ones (6:39–40), delegated ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from meeting_server.law.delegated import reported_next
from meeting_server.meeting.convening import ReportedDecision
from meeting_server.meeting.lengths import LONGEST_REFERENCE, LONGEST_TITLE
from meeting_server.store.register_values import BodyEntry, MeetingEntry, RegisterFile, UrgentEntry
from meeting_server.store.yaml_reading import NO_INSTANT, Fault, Part, given

_FIELDS = ("rubrik", "datum", "av")


def read_urgent(part: Part) -> UrgentEntry:
    """One entry under `brådskande_beslut` of a body."""
    parts = part.fields(("id", *_FIELDS), ("diarienummer",))
    return UrgentEntry(given(parts, "id", Part.slug, ""), _decision(parts, urgent=True), part.place)


def read_reported(part: Part) -> str | ReportedDecision:
    """One entry under `anmäls`: the id of an urgent decision of the body, or a delegated decision in full."""
    return (
        _decision(part.fields(_FIELDS, ("diarienummer",)), urgent=False) if part.has_fields else part.slug()
    )


def with_decisions(meeting: MeetingEntry, bodies: Iterable[BodyEntry]) -> MeetingEntry:
    """The meeting with the urgent decisions its matters name; a name nobody knows is left for the check."""
    known = {each.id: each.decision for body in bodies if body.id == meeting.body for each in body.urgent}
    matters = []
    for matter in meeting.matters:
        named = tuple(known[one] for one in matter.reports if one in known)
        matters.append(replace(matter, reported=(*named, *matter.reported)))
    return replace(meeting, matters=tuple(matters))


def reported_faults(register: RegisterFile, body: BodyEntry) -> Iterator[Fault]:
    """Every urgent decision stands on the agenda of the body's next meeting, and what stands there exists."""
    known = {each.id: each for each in body.urgent}
    left = dict(known)
    meetings = sorted((m for m in register.meetings if m.body == body.id), key=lambda m: m.starts_at)
    for meeting in meetings:
        for matter in meeting.matters:
            if matter.kind == "report" and not (matter.reports or matter.reported):
                yield matter.place.fault("en anmälan har minst ett beslut under anmäls")
            if matter.kind != "report" and (matter.reports or matter.reported):
                yield matter.place.fault("anmäls hör till ärenden av slaget anmälan")
            for one in matter.reports:
                if one not in known:
                    yield matter.place.fault(f"{body.id} har inget brådskande beslut {one}")
        day = meeting.starts_at.date().isoformat()
        due = frozenset(one for one, each in left.items() if each.decision.decided_on <= day)
        listed = frozenset(one for matter in meeting.matters for one in matter.reports)
        for one in reported_next(taken=due, on_agenda=listed).outcome:
            yield known[one].place.fault(
                f"beslutet {one} ska anmälas vid {body.id}s sammanträde {day} ({reported_next.cites.short})"
            )
        left = {one: each for one, each in left.items() if one not in due}


def _decision(parts: Mapping[str, Part], *, urgent: bool) -> ReportedDecision:
    day = given(parts, "datum", Part.day, NO_INSTANT.date())
    return ReportedDecision(
        given(parts, "rubrik", lambda title: title.line(LONGEST_TITLE), ""),
        day.isoformat(),
        given(parts, "av", Part.name, ""),
        given(parts, "diarienummer", lambda reference: reference.line(LONGEST_REFERENCE), None),
        urgent,
    )
