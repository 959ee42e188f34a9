"""The clock on the wall where a meeting is held."""

from __future__ import annotations

import functools
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

SWEDISH_TIME = ZoneInfo("Europe/Stockholm")
"""Swedish time, with its summer time, as the IANA database tells it."""


@functools.cache
def zone_at(instant: str) -> tzinfo | None:
    """The time zone that an ISO instant with an offset was written in.

    Swedish time where the offset is that of Sweden at that instant, so that a meeting or an approval on the
    other side of a change to or from summer time is told right; else the offset itself, None without one.
    """
    at = datetime.fromisoformat(instant)
    if at.utcoffset() is not None and at.astimezone(SWEDISH_TIME).utcoffset() == at.utcoffset():
        return SWEDISH_TIME
    return at.tzinfo
