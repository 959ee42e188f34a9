"""The webcast (webbsändningen) of a meeting: started and stopped by a person, stopped when the public goes.

The organisation's own encoder sends it; here stands whether it is on, and what of the recording is to be
masked. Nothing is webcast that the public may not follow (KL 5:42, 6:25): whatever shuts it out stops it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from meeting_server.law.ruling import Ruling, RulingRecord
from meeting_server.law.webcast import gallery_unseen, informed, kept_until
from meeting_server.meeting.actors import Actor
from meeting_server.meeting.counting import is_behind_closed_doors, is_closed_by_law, is_public, rules_of
from meeting_server.meeting.grounds import local_rules, required, section, sentence
from meeting_server.meeting.outcome import Command, Event, Refusal
from meeting_server.meeting.sitting import MeetingClosed, MeetingPausedUntilDay
from meeting_server.meeting.state import Meeting
from meeting_server.meeting.webcast_state import RedactionMark, WebcastSpan
from meeting_server.meeting.words import PersonId, WebcastStop

MOST_MINUTES = 600
"""The longest stretch that may be marked by counting back, in minutes."""


@dataclass(frozen=True, slots=True)
class StartWebcast(Command):
    """The meeting is on the web from now on (Starta webbsändningen).

    `gallery_clear` is the answer whether the cameras leave the gallery out. `understood` says that what is
    lacking has been shown and the webcast is to start all the same.
    """

    gallery_clear: bool = False
    understood: bool = False


@dataclass(frozen=True, slots=True)
class StopWebcast(Command):
    """The meeting is no longer on the web (Stoppa webbsändningen)."""


@dataclass(frozen=True, slots=True)
class MarkForRedaction(Command):
    """A stretch of the recording is to be masked (Markera för maskning), with the reason.

    Either the last `minutes` until now, or until the webcast was stopped, or from `begins_at` to `ends_at`,
    ISO instants with offset.
    """

    reason: str
    minutes: int | None = None
    begins_at: str | None = None
    ends_at: str | None = None


@dataclass(frozen=True, slots=True)
class WebcastStarted(Event):
    """The meeting is on the web."""

    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class WebcastStopped(Event):
    """The meeting is off the web; `ground` is what stopped it."""

    ground: WebcastStop


@dataclass(frozen=True, slots=True)
class RedactionMarked(Event):
    """A stretch of the recording is to be masked; the fields are those of the command."""

    reason: str
    minutes: int | None
    begins_at: str | None
    ends_at: str | None
    marked_by: PersonId | None = None


def barred(meeting: Meeting) -> WebcastStop | None:
    """Why the meeting may not be on the web now: the doors are closed, or the public may not follow it."""
    if is_behind_closed_doors(meeting):
        return "doors"
    if not is_public(meeting) and rules_of(meeting).public_meeting.force == "enforce":
        return "not_public"
    return None


def keep_until(meeting: Meeting) -> str | None:
    """The last day the recording is kept, ISO, by the body's own rules; None where they do not say."""
    return _kept(meeting).outcome


def _kept(meeting: Meeting) -> Ruling[str | None]:
    terms = meeting.convened.standing_orders.webcast
    days = terms.retention_days if terms is not None else None
    return kept_until(held_on=meeting.convened.starts_at[:10], days=days)


def information(meeting: Meeting) -> str | None:
    """What those who are present are told of the webcast, by the body's own rules."""
    terms = meeting.convened.standing_orders.webcast
    return terms.information if terms is not None else None


def decide_start(meeting: Meeting, command: StartWebcast, actor: Actor) -> list[Event]:
    """Only what the public may follow; what is lacking is warned of and passed knowingly."""
    del actor
    if meeting.webcast.is_on:
        raise Refusal("webcast-on", "system", "Webbsändningen är redan startad.", "Redan startad")
    _may_be_webcast(meeting)
    rules, publicity = rules_of(meeting), meeting.convened.standing_orders.publicity
    public = rules.public_meeting(permitted=publicity != "closed", decided=is_public(meeting))
    told = informed(text=information(meeting) is not None)
    clear = gallery_unseen(gallery_clear=command.gallery_clear)
    kept = _kept(meeting)
    if not command.understood:
        if not told.outcome:
            raise Refusal(
                informed.code,
                informed.cites.short,
                f"Ingen informationstext om webbsändning finns för {meeting.convened.body.definite}. "
                "De som är med ska få veta att sammanträdet sänds. Säg det högt och starta ändå.",
                "Informationstext saknas",
            )
        if not clear.outcome:
            raise Refusal(
                gallery_unseen.code,
                gallery_unseen.cites.short,
                "Ingen har bekräftat att kamerorna är ställda så att åhörarna inte syns. Kontrollera det, "
                "eller starta ändå.",
                "Kamerorna är inte kontrollerade",
            )
    return [WebcastStarted((public.record(), told.record(), clear.record(), kept.record()))]


def decide_stop(meeting: Meeting, command: StopWebcast, actor: Actor) -> list[Event]:
    """At any time, without a reason: to stop is never wrong."""
    del command, actor
    if not meeting.webcast.is_on:
        raise Refusal("webcast-off", "system", "Sammanträdet sänds inte på webben nu.", "Sänds inte nu")
    return [WebcastStopped("asked")]


def decide_mark(meeting: Meeting, command: MarkForRedaction, actor: Actor) -> list[Event]:
    """A stretch that has been on the web; the recording itself is masked where it is kept."""
    reason = required(command.reason, "Skälet till maskningen")
    spans = meeting.webcast.spans
    if not spans:
        raise Refusal(
            "never-webcast",
            "system",
            "Sammanträdet har inte sänts på webben, så det finns inget att maska.",
            "Har inte sänts",
        )
    by_minutes = command.minutes is not None
    by_times = command.begins_at is not None and command.ends_at is not None
    if by_minutes == (command.begins_at is not None or command.ends_at is not None) or not (
        by_minutes or by_times
    ):
        raise Refusal(
            "span-needed",
            "system",
            "Skriv hur många minuter bakåt det gäller, eller både från när och till när.",
            "Skriv vilken tid det gäller",
        )
    if command.minutes is not None and not 1 <= command.minutes <= MOST_MINUTES:
        raise Refusal(
            "redaction-length",
            "system",
            f"Markeringen kan gälla 1–{MOST_MINUTES} minuter bakåt, inte {command.minutes}.",
            f"1–{MOST_MINUTES} minuter",
            {"minutes": command.minutes},
        )
    begins, ends = command.begins_at, command.ends_at
    if begins is not None and ends is not None:
        _was_webcast(meeting, _instant(begins), _instant(ends))
    return [RedactionMarked(reason, command.minutes, begins, ends, actor.person)]


def with_webcast_stopped(
    meeting: Meeting, events: Sequence[Event], change: Callable[[Meeting, Event, datetime], Meeting]
) -> list[Event]:
    """An act's events, and that the webcast stops by it when it shuts the public out or ends the day.

    `change` is what an event changes. The stop stands next to its cause: after it, and before the close.
    """
    after = meeting
    for place, event in enumerate(events):
        if isinstance(event, (MeetingClosed, MeetingPausedUntilDay)):
            why: WebcastStop = "closed" if isinstance(event, MeetingClosed) else "asked"
            return [*events[:place], WebcastStopped(why), *events[place:]]
        after = change(after, event, meeting.at)
        ground = barred(after)
        if after.webcast.is_on and ground is not None:
            return [*events[: place + 1], WebcastStopped(ground), *events[place + 1 :]]
    return list(events)


def _may_be_webcast(meeting: Meeting) -> None:
    rules, ground = rules_of(meeting), barred(meeting)
    if ground == "not_public":
        rule = rules.public_meeting
        raise Refusal(
            "webcast-not-public",
            rule.cites.short,
            f"{meeting.convened.body.name} sammanträder inte offentligt, så sammanträdet får inte sändas. "
            f"{sentence(rule)}",
            "Sammanträdet är inte offentligt",
        )
    if ground == "doors" and meeting.matter is not None:
        shut = rules.always_closed if is_closed_by_law(meeting) else rules.closed_doors
        raise Refusal(
            "webcast-behind-doors",
            shut.cites.short,
            f"{section(meeting.matter)} hålls inom stängda dörrar och får inte sändas. {sentence(shut)}",
            "Dörrarna är stängda",
            {"matter": meeting.matter.matter.id},
        )


def _instant(text: str) -> datetime:
    try:
        at: datetime | None = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise Refusal(
            "not-a-time",
            "system",
            "Skriv tiden som timme och minut: 19.05.",
            "Inte en tid",
            {"given": text[:30]},
        )
    return at


def _was_webcast(meeting: Meeting, begins: datetime, ends: datetime) -> None:
    """That the stretch has a length and that some of it has been on the web."""
    if begins >= ends:
        raise Refusal(
            "span-backwards",
            "system",
            "Tiden slutar innan den börjar. Skriv en senare sluttid.",
            "Slutar innan den börjar",
        )
    spans = meeting.webcast.spans
    if not any(ends > s.started_at and (s.stopped_at is None or begins < s.stopped_at) for s in spans):
        raise Refusal(
            "not-webcast-then",
            local_rules(meeting),
            "Sammanträdet sändes inte på webben under den tiden.",
            "Sändes inte då",
        )


def webcast_started(meeting: Meeting, event: WebcastStarted, at: datetime) -> Meeting:
    """On the web."""
    del event
    before = meeting.webcast
    return replace(meeting, webcast=replace(before, spans=(*before.spans, WebcastSpan(at))))


def webcast_stopped(meeting: Meeting, event: WebcastStopped, at: datetime) -> Meeting:
    """Off the web."""
    before = meeting.webcast
    *earlier, last = before.spans
    stopped = replace(last, stopped_at=at, ground=event.ground)
    return replace(meeting, webcast=replace(before, spans=(*earlier, stopped)))


def redaction_marked(meeting: Meeting, event: RedactionMarked, at: datetime) -> Meeting:
    """Marked; the last minutes are counted back from the record, or from when the webcast was stopped."""
    before = meeting.webcast
    if event.begins_at is not None and event.ends_at is not None:
        begins, ends = datetime.fromisoformat(event.begins_at), datetime.fromisoformat(event.ends_at)
    else:
        ends = before.spans[-1].stopped_at or at
        begins = max(ends - timedelta(minutes=event.minutes or 0), before.spans[0].started_at)
    mark = RedactionMark(begins, ends, event.reason, event.marked_by, at)
    return replace(meeting, webcast=replace(before, marks=(*before.marks, mark)))
