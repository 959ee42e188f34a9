"""The webcast as the screens show it: everybody sees whether it is on, the officers what is recorded."""

from __future__ import annotations

from meeting_server.meeting.state import Meeting
from meeting_server.meeting.webcasting import information, keep_until
from meeting_server.wire.json import Json


def webcast_section(meeting: Meeting, *, officer: bool) -> dict[str, Json]:
    """Whether the meeting is on the web, since when, and what those present are told of it.

    The officers also see every stretch, what is to be masked and why, and how long the recording is kept.
    """
    webcast, terms = meeting.webcast, meeting.convened.standing_orders.webcast
    section: dict[str, Json] = {
        "on": webcast.is_on,
        "since": webcast.spans[-1].started_at.isoformat() if webcast.is_on else None,
        "information": information(meeting),
    }
    if officer:
        section |= {
            "for_viewers": terms.for_viewers if terms is not None else None,
            "retention_days": terms.retention_days if terms is not None else None,
            "keep_until": keep_until(meeting),
            "spans": [
                {
                    "started_at": span.started_at.isoformat(),
                    "stopped_at": span.stopped_at.isoformat() if span.stopped_at is not None else None,
                    "ground": span.ground,
                }
                for span in webcast.spans
            ],
            "marks": [
                {
                    "begins_at": mark.begins_at.isoformat(),
                    "ends_at": mark.ends_at.isoformat(),
                    "reason": mark.reason,
                    "marked_by": mark.marked_by,
                    "marked_at": mark.marked_at.isoformat(),
                }
                for mark in webcast.marks
            ],
        }
    return section
