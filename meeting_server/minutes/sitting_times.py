"""When the meeting sat: one day, or several that each had a roll call of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TypeAlias

from meeting_server.meeting.words import MatterId
from meeting_server.minutes.reading import Reading
from meeting_server.minutes.wording import MONTHS, NBSP, date_in_words, listed, stretch

Stretch: TypeAlias = tuple[str, str | None]
"""From and to as ISO text in the meeting's time; to None while it lasts."""


def sittings(reading: Reading) -> tuple[Stretch, ...]:
    """The opened meeting's stretches between its nights; () before it is opened."""
    meeting = reading.meeting
    if meeting.opened_at is None:
        return ()
    made: list[Stretch] = []
    start: str | None = reading.at(meeting.opened_at)
    for one in reading.breaks:
        if one.another_day and start is not None:
            made.append((start, one.start))
            start = one.end
    if start is not None:
        made.append((start, reading.at(meeting.closed_at) if meeting.closed_at else None))
    return tuple(made)


def dates_text(reading: Reading, on: dt.date) -> str:
    """ "24 november 2026", "24 och 25 november 2026": the days it sat; `on` when it has not been opened."""
    days = sorted({day_of(start) for start, _ in sittings(reading)}) or [on]
    last = days[-1]
    told = [
        f"{day.day}"
        if (day.year, day.month) == (last.year, last.month)
        else f"{day.day}{NBSP}{MONTHS[day.month - 1]}"
        + (f"{NBSP}{day.year}" if day.year != last.year else "")
        for day in days[:-1]
    ]
    return listed([*told, date_in_words(last)])


def settled_on(reading: Reading, matter: MatterId) -> str | None:
    """ "25 november 2026", when a matter was settled after the first day. A § of the first day, which may be
    verified by then, keeps its words when the meeting goes on another day.
    """
    when, days = reading.settled.get(matter), sittings(reading)
    if when is None or not days or day_of(when) == day_of(days[0][0]):
        return None
    return date_in_words(day_of(when))


def held_text(reading: Reading, on: dt.date) -> str:
    """When it was held, with its pauses: "Den 24 november 2026, kl. 18.30–20.30, ajournering kl. …"."""
    days = [_one_day(reading, start, end) for start, end in sittings(reading)]
    if not days:
        return f"Den {date_in_words(on)}."
    text = ", och ".join([", ".join(days[:-1]), days[-1]]) if len(days) > 1 else days[0]
    return f"{text[:1].upper()}{text[1:]}"


def _one_day(reading: Reading, start: str, end: str | None) -> str:
    text = f"den {date_in_words(day_of(start))}, kl.{NBSP}{stretch(start, end)}"
    first, last = dt.datetime.fromisoformat(start), dt.datetime.fromisoformat(end) if end else None
    pauses = [
        stretch(one.start, one.end)
        for one in reading.breaks
        if not one.another_day
        and first <= dt.datetime.fromisoformat(one.start)
        and (last is None or dt.datetime.fromisoformat(one.start) <= last)
    ]
    return f"{text}, ajournering kl.{NBSP}{listed(pauses)}" if pauses else text


def times_text(reading: Reading, stretches: Sequence[Stretch]) -> str:
    """ "kl. 18.30–19.12 och 19.20–20.30"; with the day before them in a meeting of several days."""
    if len(sittings(reading)) < 2:
        return f"kl.{NBSP}{listed([stretch(a, b) for a, b in stretches])}"
    days: dict[dt.date, list[str]] = {}
    for start, end in stretches:
        days.setdefault(day_of(start), []).append(stretch(start, end))
    return listed(
        [
            f"den {day.day}{NBSP}{MONTHS[day.month - 1]} kl.{NBSP}{listed(times)}"
            for day, times in days.items()
        ]
    )


def day_of(instant: str) -> dt.date:
    """The date of an instant in the meeting's time."""
    return dt.datetime.fromisoformat(instant).date()
