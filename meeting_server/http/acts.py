"""What a program or a plain form may do in a meeting without the socket: commands, the view, checking in."""

from __future__ import annotations

import io
from typing import cast

import segno
from aiohttp import web

from meeting_server.http import pages
from meeting_server.http.callers import actor_of
from meeting_server.http.incoming import read_form, read_json, read_text
from meeting_server.http.keys import CHAMBERS, CLOCK, LOGIN, PERSON, VENUE
from meeting_server.http.meeting_pages import about
from meeting_server.http.problems import BadRequest, Forbidden, wants_json
from meeting_server.live.chambers import may_watch
from meeting_server.live.checkin import TooManyTries
from meeting_server.meeting import Actor, Refusal
from meeting_server.meeting.presence import CheckIn
from meeting_server.wire.commands import MAX_BYTES, Malformed, parse
from meeting_server.wire.view import view
from meeting_server.wire.visibility import Viewer, ViewerRole

WRONG_CODE = "Koden gäller inte. Skriv koden som står på skärmen nu."


async def carry_out(request: web.Request) -> web.StreamResponse:
    """POST /meetings/{meeting}/commands: one command, the same path as the socket's."""
    text = await read_text(request, MAX_BYTES)
    try:
        command, command_id = parse(text)
    except Malformed as malformed:
        raise BadRequest(str(malformed)) from None
    seq = await request[VENUE].chamber.execute(actor_of(request), command, command_id)
    return web.json_response({"done": {"id": command_id, "seq": seq}})


async def show_view(request: web.Request) -> web.StreamResponse:
    """GET /meetings/{meeting}/view?role=…"""
    role, person, meeting = request.query.get("role", "member"), request[PERSON].id, request[VENUE].meeting
    if not may_watch(meeting, role, person):
        raise Forbidden("Du har inte den rollen i det här mötet.")
    now = request.app[CLOCK].now()
    is_hall = role == "hall"
    signed_in = None if is_hall else request[LOGIN].signed_in
    viewer = Viewer(cast(ViewerRole, role), None if is_hall else person, signed_in)
    body = {"seq": meeting.seq, "at": now.isoformat(), "sections": view(meeting, viewer, now)}
    return web.json_response(body, headers={"Cache-Control": "no-store"})


async def check_in(request: web.Request) -> web.StreamResponse:
    """POST /meetings/{meeting}/check-in: the code on the hall screen, typed or from the QR code."""
    if request.content_type == "application/json":
        code = str((await read_json(request)).get("code", ""))
    else:
        code = str((await read_form(request)).get("code", ""))
    venue, is_form = request[VENUE], not wants_json(request)
    code = "".join(character for character in code if character.isdigit())
    try:
        if not venue.check_in.is_right(code, request[LOGIN].id, request.app[CLOCK].now().timestamp()):
            raise Refusal(code="check-in-code", cites="system", because=WRONG_CODE, short="Fel kod", facts={})
        await venue.chamber.execute(Actor(None, is_system=True), CheckIn(request[PERSON].id), None)
    except (Refusal, TooManyTries) as no:
        if not is_form:
            raise
        is_wrong = isinstance(no, TooManyTries) or no.code == "check-in-code"
        because = (
            no.because
            if isinstance(no, Refusal)
            else f"För många felaktiga koder. Vänta {no.seconds} sekunder."
        )
        return await _check_in_page(request, code, "wrong" if is_wrong else "refused", because, status=409)
    if is_form:
        return await _check_in_page(request, code, "done", None)
    return web.json_response({"done": {"seq": venue.chamber.seq}})


async def check_in_page(request: web.Request) -> web.StreamResponse:
    """GET /c/{meeting}/{code}: where the QR code leads."""
    code = "".join(character for character in request.match_info["code"] if character.isdigit())[:8]
    return await _check_in_page(request, code, "ask", None)


async def code_picture(request: web.Request) -> web.StreamResponse:
    """GET /meetings/{meeting}/code.svg?slot=…: the check-in address as a QR code, for the hall screen."""
    venue, chambers = request[VENUE], request.app[CHAMBERS]
    if not may_watch(venue.meeting, "hall", request[PERSON].id):
        raise Forbidden("Koden visas bara på skärmen i salen.")
    message = venue.code_message(request.app[CLOCK].now().timestamp(), chambers.public_url)
    picture = io.BytesIO()
    segno.make(str(message["url"]), error="m", micro=False).save(picture, kind="svg", border=2, omitsize=True)
    return web.Response(
        body=picture.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": "no-store"}
    )


async def _check_in_page(
    request: web.Request, code: str, state: str, because: str | None, status: int = 200
) -> web.Response:
    return await pages.render(
        request,
        "checkin.html",
        status=status,
        meeting=about(request[VENUE]),
        code=code,
        state=state,
        because=because,
    )
