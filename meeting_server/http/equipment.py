"""Hall equipment: WHIP (RFC 9725) in, WHEP out, and the page where tokens are made and taken back.

Equipment has no login; its token is in the Authorization header, as RFC 9725 4.5 has it, or last in the
address for equipment that has one field only. It may come from any page: a token is what it needs.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from aiohttp import web

from meeting_server.http import pages
from meeting_server.http.ice import ice_servers
from meeting_server.http.incoming import read_form
from meeting_server.http.keys import CHAMBERS, CLOCK, PERSON, SECRET, SETTINGS, STORE, VENUE
from meeting_server.http.problems import BadRequest
from meeting_server.live.equipment_desk import EquipmentDesk, EquipmentRefused
from meeting_server.media_protocol import MAX_SDP_BYTES
from meeting_server.store.equipment import MAX_LANGUAGE, AlreadyLetIn, Equipment, Use

WAYS = ("/whip", "/whep")
PREFIXES = (*WAYS, "/booth/")
"""Addresses of equipment: without login, and so without the protection of forms."""
MOST_PIECES = 12
MAX_LABEL = 80
USES = {
    "publish": Use(feeds="hall"),
    "sign": Use(feeds="sign"),
    "channel": Use(feeds="channel"),
    "floor": Use(plays="floor"),
    "chair": Use(plays="chair"),
    "hall": Use(plays="hall"),
    "webcast": Use(plays="webcast"),
    "shows-sign": Use(plays="sign"),
    "plays-channel": Use(plays="channel"),
}
KINDS = {
    "publish": "Sänder bild och ljud från salen (kamera, mixer)",
    "sign": "Teckenspråkstolk (sänder bild)",
    "channel": "Tolkar till ett språk (sänder ljud)",
    "floor": "Visar och hör den som har ordet (skärm, tolkbås)",
    "chair": "Visar och hör ordföranden",
    "hall": "Visar och hör salen",
    "webcast": "Webbsändning (kodare hämtar bild och ljud)",
    "shows-sign": "Visar teckenspråkstolken (skärm)",
    "plays-channel": "Spelar tolkningen till ett språk (hörlurar, hörslinga)",
}
_WRITTEN = ("label", "kind", "language")
_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Location, Link, ETag",
    "Cache-Control": "no-store",
}
_REASONS = {
    "media-down": (503, "The media process does not answer; try again."),
    "sdp-too-large": (413, "The offer is too large."),
    "not-admitted": (503, "The meeting's room is not open; try again."),
    "replaced": (409, "The same equipment has connected anew."),
}


async def page(request: web.Request) -> web.StreamResponse:
    """GET /meetings/{meeting}/equipment"""
    return await _page(request)


async def let_in(request: web.Request) -> web.StreamResponse:
    """POST /meetings/{meeting}/equipment {once, label, kind, language}: a token, shown once on the page that
    answers. The same form sent again (the page loaded anew) makes nothing new and says so.
    """
    form = await read_form(request)
    label, kind = str(form.get("label", "")).strip(), str(form.get("kind", ""))
    if not label or len(label) > MAX_LABEL or kind not in USES:
        raise BadRequest(f"Skriv vad utrustningen heter, högst {MAX_LABEL} tecken, och välj vad den gör.")
    use = USES[kind]
    if "channel" in (use.feeds, use.plays):
        use = replace(use, language=_language(str(form.get("language", ""))))
    store, meeting = request.app[STORE].equipment, request.match_info["meeting"]
    token = _token(request, form)
    if token is not None and await store.has_been(token):
        return await _page(request, again=label)
    known = [each for each in await store.of_meeting(meeting) if each.revoked_at is None]
    if len(known) >= MOST_PIECES:
        raise BadRequest(f"Mötet har redan {len(known)} utrustningar; fler än {MOST_PIECES} tas inte in.")
    at = request.app[CLOCK].now()
    try:
        made, token = await store.let_in(meeting, label, use, request[PERSON].id, at, token)
    except AlreadyLetIn:  # sent twice at the same time
        return await _page(request, again=label)
    public_url = request.app[SETTINGS].public_url
    shown = {"label": label, "url": f"{public_url}/{_way(made)}", "token": token}
    if is_interpreter(made):  # after the #, so that it is sent to no server and stands in no log
        shown["booth"] = f"{public_url}/booth#{token}"
    return await _page(request, made=shown)


def _token(request: web.Request, form: Mapping[str, object]) -> str | None:
    """What a form that has a name of its own always gets, and another form never; None of one without."""
    if not (once := str(form.get("once", ""))):
        return None
    written = [request.match_info["meeting"], once, *(str(form.get(name, "")) for name in _WRITTEN)]
    made = hmac.digest(request.app[SECRET], f"equipment {json.dumps(written)}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(made[:24]).decode()


def _language(text: str) -> str:
    """The name of a spoken channel: two interpreters of one language must mean the same channel."""
    language = " ".join(text.lower().split())
    if not language or len(language) > MAX_LANGUAGE or not language.isprintable():
        raise BadRequest(f"Skriv vilket språk det tolkas till, högst {MAX_LANGUAGE} tecken.")
    return language


async def revoke(request: web.Request) -> web.StreamResponse:
    """POST /meetings/{meeting}/equipment/{number}/revoke: the token ends, and its connection with it."""
    meeting, number = request.match_info["meeting"], int(request.match_info["number"])
    if not await request.app[STORE].equipment.revoke(meeting, number, request.app[CLOCK].now()):
        raise web.HTTPNotFound
    request[VENUE].media.equipment.disconnect(number)
    raise web.HTTPSeeOther(f"/meetings/{meeting}/equipment")


async def _page(
    request: web.Request, made: dict[str, str] | None = None, again: str = ""
) -> web.StreamResponse:
    venue, meeting = request[VENUE], request.match_info["meeting"]
    pieces = await request.app[STORE].equipment.of_meeting(meeting)
    shown: list[dict[str, Any]] = [
        {
            "number": each.id,
            "label": each.label,
            "kind": next(
                KINDS[kind] for kind, use in USES.items() if use == replace(each.use, language=None)
            ),
            "language": each.use.language,
            "connected": venue.media.equipment.is_connected(each.id),
            "made_at": each.made_at.isoformat(),
        }
        for each in pieces
        if each.revoked_at is None
    ]
    convened = venue.meeting.convened
    about = {
        "id": meeting,
        "body": convened.body.name,
        "starts_at": datetime.fromisoformat(convened.starts_at),
    }
    return await pages.render(
        request,
        "equipment.html",
        meeting=about,
        pieces=shown,
        made=made,
        again=again,
        once=secrets.token_urlsafe(12),
        kinds=tuple(KINDS.items()),
        most_letters=MAX_LANGUAGE,
    )


async def guide(request: web.Request) -> web.StreamResponse:
    """GET /help/hall: how the hall's equipment is connected without echo."""
    return await pages.render(request, "hall_guide.html")


async def connect(request: web.Request) -> web.StreamResponse:
    """POST /whip and /whep, the token in the header or last in the address: an SDP offer, answered 201."""
    if request.content_type != "application/sdp":
        return _said(415, "Send an SDP offer as application/sdp.")
    piece = await piece_of(request)
    if piece is None or _way(piece) != request.path.split("/")[1]:
        unknown = _said(401, "No equipment has this token, or it has been taken back.")
        unknown.headers["WWW-Authenticate"] = "Bearer"
        return unknown
    offer = await request.content.read(MAX_SDP_BYTES + 1)
    if len(offer) > MAX_SDP_BYTES:
        return _said(413, f"An offer may have {MAX_SDP_BYTES} bytes at most.")
    visit = secrets.token_urlsafe(12)
    desk = await _desk(request, piece)
    try:
        answer = await desk.connect(piece.id, visit, offer.decode("utf-8", "replace"), piece.use)
    except EquipmentRefused as refused:
        status, text = _REASONS.get(refused.reason, (406, f"The offer cannot be used: {refused.detail}."))
        return _said(status, text)
    place = f"/{_way(piece)}/session/{piece.id}/{visit}"
    headers = {**_OPEN, "Location": place, **_links(request, piece)}
    return web.Response(
        status=201, body=answer.encode(), headers={**headers, "Content-Type": "application/sdp"}
    )


async def hang_up(request: web.Request) -> web.StreamResponse:
    """DELETE the address that was given at 201. Nobody else can know it: it is as long as a token."""
    piece = await request.app[STORE].equipment.piece(int(request.match_info["number"]))
    known = piece is not None and (await _desk(request, piece)).disconnect(
        piece.id, request.match_info["session"]
    )
    if not known:
        return _said(404, "There is no such session.")
    return web.Response(status=200, headers=_OPEN)


async def options(request: web.Request) -> web.StreamResponse:
    """OPTIONS, for equipment that is a page of another origin."""
    allowed = {
        "Access-Control-Allow-Methods": "POST, PATCH, DELETE, OPTIONS",
        "Access-Control-Allow-Headers": "Authorization, Content-Type, If-Match",
        "Access-Control-Max-Age": "86400",
        "Accept-Post": "application/sdp",
    }
    return web.Response(status=204, headers={**_OPEN, **allowed})


async def trickle(request: web.Request) -> web.StreamResponse:
    """PATCH with candidates, which are taken and not needed: an address is learnt from its first check.

    ICE restarts are not made (RFC 9725 4.3.3): equipment connects anew.
    """
    if request.content_type != "application/trickle-ice-sdpfrag":
        return _said(415, "Send candidates as application/trickle-ice-sdpfrag.")
    if request.headers.get("If-Match") == "*":
        return _said(405, "ICE is not restarted here; connect anew.")
    return web.Response(status=204, headers=_OPEN)


async def piece_of(request: web.Request) -> Equipment | None:
    """The piece whose token comes with the request, in the header or last in the address."""
    header = re.fullmatch(r"Bearer +(\S+)", request.headers.get("Authorization", ""))
    token = header[1] if header else request.match_info.get("token", "")
    return await request.app[STORE].equipment.by_token(token) if token else None


def is_interpreter(piece: Equipment) -> bool:
    """Whether it may use the booth page."""
    return piece.use.feeds in ("sign", "channel")


async def _desk(request: web.Request, piece: Equipment) -> EquipmentDesk:
    venue = await request.app[CHAMBERS].get(piece.meeting)
    return venue.media.equipment


def _way(piece: Equipment) -> str:
    return "whip" if piece.use.plays is None else "whep"


def _links(request: web.Request, piece: Equipment) -> dict[str, str]:
    """STUN and TURN servers as RFC 9725 4.6 tells them."""
    told = []
    now = request.app[CLOCK].now()
    for server in ice_servers(request.app[SETTINGS], f"equipment {piece.id}", now):
        urls = server["urls"]
        for url in urls if isinstance(urls, list) else ():
            named = (
                f'; username="{server["username"]}"; credential="{server["credential"]}"; '
                'credential-type="password"'
                if "username" in server
                else ""
            )
            told.append(f'<{url}>; rel="ice-server"{named}')
    return {"Link": ", ".join(told)} if told else {}


def _said(status: int, text: str) -> web.Response:
    return web.Response(status=status, text=text + "\n", headers=_OPEN)
