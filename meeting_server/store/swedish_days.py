"""The Swedish calendar, and the last days for announcing and calling a meeting of a kind of body."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import date

import holidays

from meeting_server.law.bodies import PROFILES
from meeting_server.law.notice_days import days_before, week_before, weekday_before
from meeting_server.meeting.convening import Notice


@functools.cache
def swedish_holidays(year: int) -> frozenset[date]:
    """The public holidays of a year with midsommarafton, julafton and nyårsafton, which count as such."""
    return frozenset(holidays.country_holidays("SE", years=year, categories=("public", "de_facto")))


def holidays_after(day: date) -> frozenset[date]:
    """The holidays of the day's year and the next, where a time that begins that day may end."""
    return swedish_holidays(day.year) | swedish_holidays(day.year + 1)


def notice_of(kind: str, meeting_on: date, dates: Mapping[str, str], call_days: int | None = None) -> Notice:
    """What was announced and called, with the last days.

    A committee's notice is its own affair (6:23): `call_days` are those of its standing orders, if any.
    """
    free = swedish_holidays(meeting_on.year) | swedish_holidays(meeting_on.year - 1)
    week = week_before(meeting_on).isoformat() if PROFILES[kind].announced else None
    return Notice(
        announced_on=dates.get("announced_on"),
        called_on=dates.get("called_on"),
        announce_by=week,
        call_by=week or (call_days and days_before(meeting_on, call_days).isoformat()) or None,
        urgent_by=weekday_before(meeting_on, free).isoformat() if PROFILES[kind].announced else None,
    )
