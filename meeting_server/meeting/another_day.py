"""A meeting that goes on another day (fortsatt sammanträde): everybody goes home, and is called anew.

Who was here one day tells nothing of the next. A member who comes to the continued meeting may serve (KL
5:19), and whoever interrupted the service is shut out only for that same day (KL 5:20).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from meeting_server.meeting.actors import Actor
from meeting_server.meeting.grounds import no_closed_ballot, no_running_division
from meeting_server.meeting.local_time import zone_at
from meeting_server.meeting.outcome import Event, Refusal
from meeting_server.meeting.sitting import MeetingPausedUntilDay, PauseUntilDay
from meeting_server.meeting.state import Meeting, Pause, Presence


def decide_pause_until_day(meeting: Meeting, command: PauseUntilDay, actor: Actor) -> list[Event]:
    """To a later day, and never with a division or a ballot held: its voters are those of the day."""
    del actor
    no_running_division(meeting)
    if meeting.matter is not None and not meeting.matter.settled:
        no_closed_ballot(meeting.matter)
    zone = zone_at(meeting.convened.starts_at)
    on = command.continues_at.astimezone(zone).date()
    today = (meeting.pause.since if meeting.pause is not None else meeting.at).astimezone(zone).date()
    if on <= today:
        raise Refusal(
            "pause-same-day",
            "arbetsordningen",
            f"Sammanträdet fortsätter en annan dag först efter den {today.isoformat()}, inte den "
            f"{on.isoformat()}. Ajournera i stället till senare samma dag.",
            "Välj en senare dag",
            {"continues_on": on.isoformat(), "today": today.isoformat()},
        )
    return [MeetingPausedUntilDay(command.continues_at, command.reason)]


def meeting_paused_until_day(meeting: Meeting, event: MeetingPausedUntilDay, at: datetime) -> Meeting:
    """Paused until another day, with nobody here and the roll call to be done again.

    Whoever was shown out stays out until let in. A substitute who has begun to serve keeps the priority
    (KL 5:18).
    """
    since = meeting.pause.since if meeting.pause is not None else at
    return replace(
        meeting,
        phase="paused",
        pause=Pause(since, None, event.reason, event.continues_at),
        roll_call_done=False,
        presence={person: _gone_home(was) for person, was in meeting.presence.items()},
        debate=replace(meeting.debate, floor=None, queue=()),
        reservations_asked=False,
    )


def _gone_home(was: Presence) -> Presence:
    if was.state == "expelled":
        return Presence("expelled", was.since, has_served=was.has_served, note=was.note)
    return Presence(has_served=was.has_served)
