"""The webcast in the minutes: from when to when, and under the § where it was stopped or started again.

What is to be masked in the recording, and why, is not the minutes' to repeat.
"""

from __future__ import annotations

from meeting_server.meeting.webcasting import WebcastStarted, WebcastStopped
from meeting_server.minutes.reading import Reading
from meeting_server.minutes.sitting_times import times_text


def webcast_text(reading: Reading) -> str:
    """That the meeting is webcast and when, for the head of the minutes; empty when it never was."""
    spans = reading.meeting.webcast.spans
    if not spans:
        return ""
    times = [(reading.at(s.started_at), reading.at(s.stopped_at) if s.stopped_at else None) for s in spans]
    return f"Sammanträdet sänds på webben {times_text(reading, times)}."


def webcast_sentences(event: WebcastStarted | WebcastStopped, at: str) -> list[str]:
    """What the minutes say of it under a §; `at` is the time as a sentence begins with it."""
    if isinstance(event, WebcastStarted):
        return [f"{at} startas webbsändningen."]
    return {
        "asked": [f"{at} stoppas webbsändningen."],
        "doors": ["Webbsändningen stoppas."],
        "not_public": ["Webbsändningen stoppas."],
        "closed": [],
    }[event.ground]
