"""An interpreter's booth in a browser: hears the meeting, and sends a picture or a spoken channel to it.

No login: the key of the piece of equipment is in the Authorization header. The page has it after the # of
its own address, which browsers send to nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from meeting_server.http import pages
from meeting_server.http.equipment import is_interpreter, piece_of
from meeting_server.http.ice import ice_servers
from meeting_server.http.incoming import read_json
from meeting_server.http.keys import CHAMBERS, CLOCK, SETTINGS
from meeting_server.http.problems import BadRequest
from meeting_server.live.chambers import Venue
from meeting_server.live.equipment_desk import EquipmentRefused
from meeting_server.live.floor_policy import LISTENING_PHASES
from meeting_server.media_protocol import MAX_SDP_BYTES
from meeting_server.meeting.counting import are_doors_closed
from meeting_server.store.equipment import Equipment

MAX_BYTES = 1024
MAX_VISIT = 40
STATUS = {"media-down": 503, "elsewhere": 409, "replaced": 409}
"""By reason of EquipmentRefused; for any other the page tries again, as when media is down."""


async def page(request: web.Request) -> web.StreamResponse:
    """GET /booth"""
    return await pages.render(request, "booth.html", bootstrap={"role": "booth"})


async def state(request: web.Request) -> web.StreamResponse:
    """GET /booth/state: what the booth shows; asked for every other second."""
    found = await _enter(request)
    if found is None:
        return _refused(401, "key")
    piece, venue = found
    meeting = venue.meeting
    now = request.app[CLOCK].now()
    body = {
        "label": piece.label,
        "feeds": piece.use.feeds,
        "language": piece.use.language,
        "meeting": {"body": meeting.convened.body.name, "title": meeting.convened.title},
        "phase": meeting.phase,
        "on_air": meeting.phase in LISTENING_PHASES,
        "following": venue.media.interpretation.following(piece.use),
        "visit": venue.media.equipment.visit(piece.id),
        "ice_servers": ice_servers(request.app[SETTINGS], f"equipment {piece.id}", now),
        **_speaker(venue),
    }
    return web.json_response(body, headers={"Cache-Control": "no-store"})


def _speaker(venue: Venue) -> dict[str, object]:
    """Who speaks and in which picture; nothing behind closed doors, where equipment is sent nothing."""
    meeting = venue.meeting
    if are_doors_closed(meeting):
        return {"shut": True, "speaker": None, "slot": None}
    floor = meeting.debate.floor
    person = meeting.chair if floor is None else floor.person
    presence = meeting.presence.get(person) if person is not None else None
    is_here = floor is not None and presence is not None and presence.state == "room"
    return {
        "shut": False,
        "speaker": meeting.people[person].name if person is not None else None,
        "slot": "hall" if is_here else "chair" if floor is None else "floor",
    }


async def offer(request: web.Request) -> web.StreamResponse:
    """POST /booth/offer {visit, take_over}: a new connection of this key; an older one ends.

    visit: the page's own name, so that two pages with one key do not throw each other out in turn.
    """
    body = await read_json(request, MAX_BYTES)
    visit = _text(body, "visit", MAX_VISIT)
    found = await _enter(request)
    if found is None:
        return _refused(401, "key")
    piece, venue = found
    try:
        made = await venue.media.equipment.join(
            piece.id, visit, piece.use, takes_over=body.get("take_over") is True
        )
    except EquipmentRefused as refused:
        return _refused(STATUS.get(refused.reason, 503), refused.reason)
    return web.json_response(
        {"sdp": made.sdp, "attempt": made.attempt}, headers={"Cache-Control": "no-store"}
    )


async def answer(request: web.Request) -> web.StreamResponse:
    """POST /booth/answer {visit, sdp, attempt}: the answer to the offer."""
    body = await read_json(request, 2 * MAX_SDP_BYTES)
    visit, sdp, attempt = _text(body, "visit", MAX_VISIT), body.get("sdp"), body.get("attempt")
    if not isinstance(sdp, str) or not isinstance(attempt, int):
        raise BadRequest("Svaret saknar sdp eller attempt.")
    found = await _enter(request)
    if found is None:
        return _refused(401, "key")
    piece, venue = found
    if not venue.media.equipment.answer(piece.id, visit, sdp, attempt):
        return _refused(409, "elsewhere")
    return web.Response(status=204)


async def leave(request: web.Request) -> web.StreamResponse:
    """POST /booth/leave {visit}: the page is closed. After another has taken over it is nothing."""
    visit = _text(await read_json(request, MAX_BYTES), "visit", MAX_VISIT)
    found = await _enter(request)
    if found is None:
        return _refused(401, "key")
    piece, venue = found
    venue.media.equipment.disconnect(piece.id, visit)
    return web.Response(status=204)


async def _enter(request: web.Request) -> tuple[Equipment, Venue] | None:
    """The interpreter's piece and its meeting, or None without the key of one."""
    piece = await piece_of(request)
    if piece is None or not is_interpreter(piece):
        return None
    return piece, await request.app[CHAMBERS].get(piece.meeting)


def _text(body: Mapping[str, Any], name: str, most: int) -> str:
    found = body.get(name)
    if not isinstance(found, str) or not 0 < len(found) <= most:
        raise BadRequest(f"Begäran saknar {name}.")
    return found


def _refused(status: int, reason: str) -> web.Response:
    return web.json_response({"reason": reason}, status=status, headers={"Cache-Control": "no-store"})
