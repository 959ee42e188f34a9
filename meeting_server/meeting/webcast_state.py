"""The webcast as a value: when the meeting was on the web, and what of the recording is to be masked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from meeting_server.meeting.words import PersonId, WebcastStop


@dataclass(frozen=True, slots=True)
class WebcastSpan:
    """One stretch on the web; `stopped_at` and `ground` are None while it goes on."""

    started_at: datetime
    stopped_at: datetime | None = None
    ground: WebcastStop | None = None


@dataclass(frozen=True, slots=True)
class RedactionMark:
    """A stretch of the recording to be masked (maskas) before it is kept: why, and who said so when."""

    begins_at: datetime
    ends_at: datetime
    reason: str
    marked_by: PersonId | None
    marked_at: datetime


@dataclass(frozen=True, slots=True)
class Webcast:
    """Every stretch on the web in order, and every mark in the order they were made."""

    spans: tuple[WebcastSpan, ...] = ()
    marks: tuple[RedactionMark, ...] = ()

    @property
    def is_on(self) -> bool:
        """Whether the meeting is on the web now."""
        return bool(self.spans) and self.spans[-1].stopped_at is None

    @property
    def is_interrupted(self) -> bool:
        """Whether it was stopped because the public was shut out, and nobody has started it again."""
        return bool(self.spans) and self.spans[-1].ground in ("doors", "not_public")


NEVER = Webcast()
"""Before it has been on the web."""
