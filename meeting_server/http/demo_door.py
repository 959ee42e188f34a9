"""The demonstration's door: one press signs in as a made-up person. Only there when the settings say demo."""

from __future__ import annotations

import re

from aiohttp import web

from meeting_server.http import pages, signin
from meeting_server.http.incoming import read_form
from meeting_server.http.keys import CHAMBERS, DEMO, STORE
from meeting_server.http.problems import BadRequest, Forbidden


async def door(request: web.Request) -> web.StreamResponse:
    """GET /demo"""
    demo = request.app[DEMO]
    meetings = [
        {
            "id": summary.id,
            "body": summary.body,
            "title": summary.title,
            "starts_at": pages.local(summary.starts_at),
            "people": demo.doors[summary.id],
        }
        for summary in await request.app[STORE].register.meetings()
        if summary.id in demo.doors
    ]
    simulate = {"running": demo.running(), "max": demo.most} if demo.running is not None else None
    return await pages.render(request, "demo.html", meetings=meetings, simulate=simulate)


async def enter(request: web.Request) -> web.StreamResponse:
    """GET or POST /demo/as/{person}: sign in as a made-up person and go on to `next`."""
    person = request.match_info["person"]
    if request.method == "POST":
        where = str((await read_form(request)).get("next", ""))
    else:
        where = request.query.get("next", "")
    if await request.app[STORE].register.person(person) is None:
        raise web.HTTPNotFound
    return await signin.let_in(request, person, "demo", signin.safe_next(where))


async def simulate(request: web.Request) -> web.StreamResponse:
    """POST /demo/simulate/{count}: so many simulated remote members in the meeting that is open."""
    demo = request.app[DEMO]
    count = request.match_info["count"]
    if demo.simulate is None:
        raise Forbidden("Simulerade ledamöter kan inte startas här.")
    if not re.fullmatch("[0-9]{1,9}", count) or int(count) > demo.most:
        raise BadRequest(f"Välj mellan 0 och {demo.most}.")
    if not request.app[CHAMBERS].switchboard.is_ready:
        raise web.HTTPServiceUnavailable
    await demo.simulate(int(count))
    raise web.HTTPSeeOther("/demo")
