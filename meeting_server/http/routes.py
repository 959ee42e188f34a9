"""Every address of the server, what answers there, and who may ask: one explicit table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from aiohttp import web

from meeting_server.http import (
    acts,
    archive_desk,
    assets,
    booth,
    checks_made,
    demo_door,
    device_check,
    downloads,
    equipment,
    evidence_page,
    joined,
    law_page,
    meeting_pages,
    minutes_desk,
    minutes_parts,
    notice_board,
    notice_desk,
    oidc_signin,
    signin,
    socket,
    summons_desk,
    webcast_record,
)
from meeting_server.http.keys import ASSETS, CHAMBERS, JOINED, LOGIN, PERSON, SETTINGS, VENUE
from meeting_server.http.problems import Forbidden, wants_json

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Access(StrEnum):
    """Who may ask at all. What a person may do in a meeting is decided by the meeting, per command."""

    ANYONE = "anyone"
    SIGNED_IN = "signed in"
    ROSTER = "on the meeting's roster"
    SECRETARY = "the meeting's secretary"
    OFFICERS = "the meeting's chair or secretary"
    VERIFIERS = "the meeting's chair or verifiers"
    DEMO = "anyone, in the demonstration"


@dataclass(frozen=True, slots=True)
class Route:
    """One row."""

    method: str
    path: str
    handler: Handler
    access: Access


async def static(request: web.Request) -> web.StreamResponse:
    """GET /static/…"""
    return await assets.serve_static(request, request.app[ASSETS])


async def script(request: web.Request) -> web.StreamResponse:
    """GET /static/joined/{digest}/{name}"""
    return await joined.serve_joined(request, request.app[JOINED])


ROUTES: tuple[Route, ...] = (
    Route("GET", "/", meeting_pages.front_door, Access.ANYONE),
    Route("GET", "/healthz", downloads.health, Access.ANYONE),
    Route("GET", "/static/joined/{digest}/{name}", script, Access.ANYONE),
    Route("GET", "/static/{path:.+}", static, Access.ANYONE),
    Route("GET", "/rules", law_page.rules, Access.ANYONE),
    Route("GET", "/rules/refusals", law_page.refusals, Access.ANYONE),
    Route("GET", "/notice-board", notice_board.notice_board, Access.ANYONE),
    Route("GET", "/notice-board/{notice}", notice_board.one_notice, Access.ANYONE),
    Route("GET", "/signin", signin.signin_page, Access.ANYONE),
    Route("POST", "/signin", signin.signin, Access.ANYONE),
    Route("POST", "/signout", signin.signout, Access.ANYONE),
    Route("GET", "/invite/{token}", signin.invite_page, Access.ANYONE),
    Route("POST", "/invite/{token}", signin.invite, Access.ANYONE),
    Route("GET", "/signin/oidc", oidc_signin.begin, Access.ANYONE),
    Route("GET", "/signin/oidc/callback", oidc_signin.callback, Access.ANYONE),
    Route("GET", "/signout/oidc", oidc_signin.sign_out_there, Access.ANYONE),
    Route("GET", "/invite/{token}/oidc", oidc_signin.begin_invited, Access.ANYONE),
    Route("GET", "/account", oidc_signin.account_page, Access.SIGNED_IN),
    Route("GET", "/account/bind", oidc_signin.begin_binding, Access.SIGNED_IN),
    Route("POST", "/account/release", oidc_signin.release, Access.SIGNED_IN),
    Route("GET", "/demo", demo_door.door, Access.DEMO),
    Route("GET", "/demo/as/{person}", demo_door.enter, Access.DEMO),
    Route("POST", "/demo/as/{person}", demo_door.enter, Access.DEMO),
    Route("POST", "/demo/simulate/{count}", demo_door.simulate, Access.DEMO),
    Route("GET", "/photos/{person}", downloads.photograph, Access.SIGNED_IN),
    Route("GET", "/meetings", meeting_pages.my_meetings, Access.SIGNED_IN),
    Route("GET", "/meetings/{meeting}", meeting_pages.meeting_door, Access.ROSTER),
    Route(
        "GET",
        "/meetings/{meeting}/{role:chair|secretary|member|hall}",
        meeting_pages.live_page,
        Access.ROSTER,
    ),
    Route("GET", "/meetings/{meeting}/ws", socket.follow, Access.ROSTER),
    Route("GET", "/meetings/{meeting}/view", acts.show_view, Access.ROSTER),
    Route("POST", "/meetings/{meeting}/commands", acts.carry_out, Access.ROSTER),
    Route("POST", "/meetings/{meeting}/check-in", acts.check_in, Access.ROSTER),
    Route("GET", "/c/{meeting}/{code}", acts.check_in_page, Access.ROSTER),
    Route("GET", "/meetings/{meeting}/code.svg", acts.code_picture, Access.ROSTER),
    Route("GET", "/meetings/{meeting}/log", downloads.event_log, Access.OFFICERS),
    Route("GET", "/meetings/{meeting}/evidence", evidence_page.evidence_page, Access.OFFICERS),
    Route("GET", "/meetings/{meeting}/evidence.json", evidence_page.evidence_json, Access.OFFICERS),
    Route("GET", "/meetings/{meeting}/evidence.csv", evidence_page.evidence_csv, Access.OFFICERS),
    Route("GET", "/meetings/{meeting}/webcast.csv", webcast_record.webcast_csv, Access.OFFICERS),
    Route("GET", "/meetings/{meeting}/documents/{document}", downloads.document, Access.ROSTER),
    Route("GET", "/meetings/{meeting}/minutes", minutes_desk.read_page, Access.ROSTER),
    Route("GET", "/meetings/{meeting}/minutes.json", minutes_desk.as_json, Access.ROSTER),
    Route("PUT", "/meetings/{meeting}/minutes/texts/{matter}", minutes_desk.save_text, Access.SECRETARY),
    Route("POST", "/meetings/{meeting}/minutes/prepare", minutes_desk.prepare, Access.SECRETARY),
    Route("GET", "/meetings/{meeting}/minutes/draft.pdf", minutes_desk.draft_pdf, Access.ROSTER),
    Route("POST", "/meetings/{meeting}/minutes/approve", minutes_desk.approve, Access.VERIFIERS),
    Route("POST", "/meetings/{meeting}/minutes/remark", minutes_desk.remark, Access.VERIFIERS),
    Route("GET", "/meetings/{meeting}/minutes/justerat.pdf", minutes_desk.sealed_pdf, Access.ROSTER),
    Route(
        "GET",
        "/meetings/{meeting}/minutes/paragraphs/{matter}.pdf",
        minutes_desk.paragraph_pdf,
        Access.ROSTER,
    ),
    Route("POST", "/meetings/{meeting}/archive", archive_desk.make_package, Access.SECRETARY),
    Route("GET", "/meetings/{meeting}/archive.zip", archive_desk.fetch_package, Access.SECRETARY),
    Route("GET", "/help/hall", equipment.guide, Access.ANYONE),
    Route("GET", "/booth", booth.page, Access.ANYONE),
    Route("GET", "/booth/state", booth.state, Access.ANYONE),
    Route("POST", "/booth/offer", booth.offer, Access.ANYONE),
    Route("POST", "/booth/answer", booth.answer, Access.ANYONE),
    Route("POST", "/booth/leave", booth.leave, Access.ANYONE),
    Route("GET", "/meetings/{meeting}/equipment", equipment.page, Access.OFFICERS),
    Route("POST", "/meetings/{meeting}/equipment", equipment.let_in, Access.OFFICERS),
    Route(
        "POST", r"/meetings/{meeting}/equipment/{number:\d{1,9}}/revoke", equipment.revoke, Access.OFFICERS
    ),
    *(
        Route(method, path, handler, Access.ANYONE)
        for way in equipment.WAYS
        for method, path, handler in (
            ("POST", way, equipment.connect),
            ("POST", f"{way}/{{token}}", equipment.connect),
            ("DELETE", f"{way}/session/{{number:\\d{{1,9}}}}/{{session}}", equipment.hang_up),
            ("PATCH", f"{way}/session/{{number:\\d{{1,9}}}}/{{session}}", equipment.trickle),
            ("OPTIONS", way, equipment.options),
            ("OPTIONS", f"{way}/{{token}}", equipment.options),
            ("OPTIONS", f"{way}/session/{{number:\\d{{1,9}}}}/{{session}}", equipment.options),
        )
    ),
    Route("GET", "/check", device_check.page, Access.SIGNED_IN),
    Route("POST", "/check/offer", device_check.offer, Access.SIGNED_IN),
    Route("POST", "/check/answer", device_check.answer, Access.SIGNED_IN),
    Route("GET", "/check/line", device_check.line, Access.SIGNED_IN),
    Route("POST", "/check/result", device_check.result, Access.SIGNED_IN),
    Route("GET", "/meetings/{meeting}/checks", checks_made.of_meeting, Access.SIGNED_IN),
    # Those who call the meeting, by the register: the notices begin long before the meeting opens.
    Route("GET", "/meetings/{meeting}/notices", notice_desk.notices_page, Access.SIGNED_IN),
    Route("POST", "/meetings/{meeting}/notices", notice_desk.post_notice, Access.SIGNED_IN),
    Route(
        "POST",
        "/meetings/{meeting}/notices/{notice}/elsewhere",
        notice_desk.posted_elsewhere,
        Access.SIGNED_IN,
    ),
    Route("POST", "/meetings/{meeting}/notices/{notice}/take-down", notice_desk.take_down, Access.SIGNED_IN),
    Route("POST", "/meetings/{meeting}/summons", summons_desk.send_summons, Access.SIGNED_IN),
    Route("POST", "/meetings/{meeting}/summons/by-hand", summons_desk.record_summons, Access.SIGNED_IN),
    Route("GET", "/meetings/{meeting}/notices/{notice}/proof", notice_desk.proof, Access.SIGNED_IN),
)

REFUSALS = {
    Access.ROSTER: "Du hör inte till det här mötet.",
    Access.SECRETARY: "Det här görs av sekreteraren.",
    Access.OFFICERS: "Det här är för ordföranden och sekreteraren.",
    Access.VERIFIERS: "Det här görs av ordföranden och justerarna.",
}


def add_routes(app: web.Application) -> None:
    """Put the table into the application; the demonstration's rows only where it is on."""
    for route in ROUTES:
        if route.access is not Access.DEMO or app[SETTINGS].demo:
            app.router.add_route(route.method, route.path, _guarded(route))


def _guarded(route: Route) -> Handler:
    async def guarded(request: web.Request) -> web.StreamResponse:
        if route.access not in (Access.ANYONE, Access.DEMO):
            if LOGIN not in request:
                _send_to_sign_in(request)
            if route.access is not Access.SIGNED_IN:
                await _let_in(request, route.access)
        return await route.handler(request)

    return guarded


def _send_to_sign_in(request: web.Request) -> None:
    if request.method != "GET" or wants_json(request):
        raise web.HTTPUnauthorized
    raise web.HTTPSeeOther(f"/signin?next={quote(request.path_qs, safe='')}")


async def _let_in(request: web.Request, access: Access) -> None:
    """Open the meeting and see that the person has a place in it."""
    venue = await request.app[CHAMBERS].get(request.match_info["meeting"])
    person = request[PERSON].id
    if person not in venue.meeting.people:
        raise Forbidden(REFUSALS[Access.ROSTER])
    desk = minutes_parts.role_at_the_desk(venue, person)
    allowed = {
        Access.ROSTER: True,
        Access.SECRETARY: desk == "secretary",
        Access.OFFICERS: desk in ("secretary", "chair"),
        Access.VERIFIERS: desk in ("chair", "verifier"),
    }
    if not allowed[access]:
        raise Forbidden(REFUSALS[access])
    request[VENUE] = venue
