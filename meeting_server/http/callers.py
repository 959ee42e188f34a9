"""Who asks: as an actor in a meeting, or as one who calls it, by the register and long before it opens."""

from __future__ import annotations

from dataclasses import replace

from aiohttp import web

from meeting_server.http.keys import CHAMBERS, LOGIN, PERSON, STORE
from meeting_server.http.problems import Forbidden
from meeting_server.meeting import Actor
from meeting_server.meeting.convening import MeetingConvened
from meeting_server.store.register import MeetingSummary


def actor_of(request: web.Request) -> Actor:
    """The person who is signed in, as the meeting knows who acts and how they signed in."""
    return Actor(request[PERSON].id, signed_in=request[LOGIN].signed_in)


async def called_meeting(request: web.Request) -> tuple[MeetingSummary, MeetingConvened]:
    """The meeting as those who call it see it; the pinned one when it has opened."""
    meeting_id, store = request.match_info["meeting"], request.app[STORE]
    mine = {each.id: each for each in await store.register.meetings_of(request[PERSON].id)}
    summary = mine.get(meeting_id)
    if summary is None or summary.role not in ("chair", "secretary"):
        raise Forbidden("Anslag och kallelse sköts av ordföranden och sekreteraren.")
    if summary.status == "planned":
        return summary, await store.register.convened(meeting_id)
    meeting = (await request.app[CHAMBERS].get(meeting_id)).meeting
    agenda = tuple(state.matter for state in meeting.matters.values())
    return summary, replace(meeting.convened, agenda=agenda)
