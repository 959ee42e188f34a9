"""Files of a meeting: its event log, its documents, the register's photographs."""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import web

from meeting_server.http.keys import PERSON, STORE, VENUE
from meeting_server.http.problems import Forbidden
from meeting_server.live.chamber import refused
from meeting_server.live.chambers import may_watch
from meeting_server.meeting.counting import rules_of
from meeting_server.store.verify import to_ndjson

SHOWN = frozenset({"application/pdf", "image/png", "image/jpeg", "text/plain"})
"""Types a browser may show; everything else is saved, since a document could carry a script."""


def as_file(body: bytes, content_type: str, name: str, *, shown: bool = False) -> web.Response:
    """A file with its name; the name may hold any letters (RFC 6266, RFC 5987)."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in name)
    kind = "inline" if shown else "attachment"
    return web.Response(
        body=body,
        headers={
            "Content-Type": content_type,
            "Content-Disposition": f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}",
            "Cache-Control": "private, no-store",
        },
    )


async def event_log(request: web.Request) -> web.StreamResponse:
    """GET /meetings/{meeting}/log: every row with its hash, as `verify` reads it; chair and secretary.

    Not while a division is open: the log holds how each has voted, which nobody may see before it is closed.
    """
    venue, person = request[VENUE], request[PERSON].id
    if not any(may_watch(venue.meeting, role, person) for role in ("chair", "secretary")):
        raise Forbidden("Loggen lämnas ut till ordföranden och sekreteraren.")
    division = venue.meeting.running
    if division is not None and division.status == "open":
        raise refused("division-open", "Loggen kan hämtas när omröstningen är avslutad.", "Omröstning pågår")
    meeting_id = request.match_info["meeting"]
    rows = await request.app[STORE].log.read(meeting_id)
    return as_file(to_ndjson(rows).encode(), "application/x-ndjson", f"{meeting_id}-logg.ndjson")


async def document(request: web.Request) -> web.StreamResponse:
    """GET /meetings/{meeting}/documents/{document}: not to who must be without the matter's papers (KL
    6:30).
    """
    venue, meeting_id = request[VENUE], request.match_info["meeting"]
    found = await request.app[STORE].register.document(meeting_id, request.match_info["document"])
    if found is None:
        raise web.HTTPNotFound
    matter = venue.meeting.matters.get(found.matter)
    is_disqualified = matter is not None and request[PERSON].id in matter.disqualified
    if is_disqualified and rules_of(venue.meeting).conflict_presence().outcome == "leaves":
        raise Forbidden("Du är jävig i ärendet och får inte ta del av dess handlingar.")
    return as_file(
        found.content, found.content_type, found.title, shown=found.content_type.partition(";")[0] in SHOWN
    )


async def photograph(request: web.Request) -> web.StreamResponse:
    """GET /photos/{person}"""
    found = await request.app[STORE].register.photo(request.match_info["person"])
    if found is None:
        raise web.HTTPNotFound
    tag = f'"{found.sha256[:16]}"'
    headers = {"ETag": tag, "Cache-Control": "private, max-age=3600", "Content-Type": found.content_type}
    if request.headers.get("If-None-Match") == tag:
        return web.Response(status=304, headers=headers)
    return web.Response(body=found.content, headers=headers)


async def health(request: web.Request) -> web.StreamResponse:
    """GET /healthz: whether the database answers."""
    await request.app[STORE].register.meetings()
    return web.json_response({"ok": True})
