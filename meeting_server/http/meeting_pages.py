"""The pages of one meeting and the list of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from aiohttp import web

from meeting_server.http import pages
from meeting_server.http.after_meeting import after_meeting
from meeting_server.http.checks_made import last_time
from meeting_server.http.keys import CHAMBERS, CLOCK, LOGIN, PERSON, SERVICE, SETTINGS, STORE, VENUE
from meeting_server.http.problems import Forbidden
from meeting_server.live.chambers import CONVENE_BEFORE, DamagedLog, Venue, may_watch
from meeting_server.meeting import Role, roles_of
from meeting_server.store.register import MeetingSummary

ROLE_WORDS = {
    "chair": "Ordförande",
    "secretary": "Sekreterare",
    "member": "Ledamot",
    "substitute": "Ersättare",
    "attendee": "Närvarande",
}


async def front_door(request: web.Request) -> web.StreamResponse:
    """GET /"""
    raise web.HTTPSeeOther("/meetings" if LOGIN in request else "/signin")


async def my_meetings(request: web.Request) -> web.StreamResponse:
    """GET /meetings"""
    person, now = request[PERSON], request.app[CLOCK].now()
    groups: dict[str, list[dict[str, Any]]] = {"today": [], "coming": [], "past": []}
    todo = []
    for summary in await request.app[STORE].register.meetings_of(person.id):
        group = _group(summary, now)
        groups[group].append(_in_list(summary, group, now))
        if summary.status == "closed":
            todo += await _to_verify(request, summary)
            todo += await after_meeting(request, summary)
    groups["past"].reverse()
    return await pages.render(
        request,
        "home.html",
        todo=todo,
        today=groups["today"],
        coming=groups["coming"],
        past=groups["past"],
        check=await last_time(request),
    )


async def meeting_door(request: web.Request) -> web.StreamResponse:
    """GET /meetings/{meeting}: the page of whatever this person is in it."""
    roles = roles_of(request[VENUE].meeting, request[PERSON].id)
    role = "chair" if Role.CHAIR in roles else "secretary" if Role.SECRETARY in roles else "member"
    raise web.HTTPSeeOther(f"/meetings/{request.match_info['meeting']}/{role}")


async def live_page(request: web.Request) -> web.StreamResponse:
    """GET /meetings/{meeting}/chair, secretary, member, hall"""
    role = request.match_info["role"]
    venue, person = request[VENUE], request[PERSON]
    if not may_watch(venue.meeting, role, person.id):
        if role == "chair":  # the chair has been handed over: their own page, not a refusal
            raise web.HTTPSeeOther(f"/meetings/{request.match_info['meeting']}")
        raise Forbidden("Sidan hör till en annan roll i mötet.")
    return await pages.render(
        request, f"{role}.html", meeting=about(venue), role=role, bootstrap=bootstrap(request, role)
    )


def about(venue: Venue) -> dict[str, Any]:
    """What every page of a meeting says about it."""
    convened = venue.meeting.convened
    return {
        "id": convened.meeting_id,
        "body": convened.body.name,
        "title": convened.title,
        "starts_at": datetime.fromisoformat(convened.starts_at),
        "place": convened.place,
        "organisation": convened.organisation,
    }


def bootstrap(request: web.Request, role: str) -> dict[str, Any]:
    """What the page's scripts begin with."""
    meeting, person = request[VENUE].meeting, request[PERSON]
    convened = meeting.convened
    here = f"/meetings/{convened.meeting_id}"
    on_roster = meeting.people.get(person.id)
    return {
        "meeting": convened.meeting_id,
        "role": role,
        "person": person.id,
        "csrf": request[LOGIN].csrf,
        "ws": f"{here}/ws?role={role}",
        "title": convened.title,
        "body": convened.body.name,
        "organisation": convened.organisation,
        "name": person.name,
        "party": person.party,
        "photo": on_roster.photo if on_roster is not None else None,
        "names": {key: each.name for key, each in meeting.people.items()},
        "sign_in": request.app[SETTINGS].oidc_label if request.app[SERVICE].is_set_up else None,
        "demo": request.app[SETTINGS].demo,
        "simulate": request.app[SETTINGS].demo,
        "urls": {
            "meeting": here,
            "view": f"{here}/view?role={role}",
            "commands": f"{here}/commands",
            "minutes": f"{here}/minutes",
            "hall": f"{here}/hall",
            "log": f"{here}/log",
            "check_in": f"{here}/check-in",
        },
    }


def _group(summary: MeetingSummary, now: datetime) -> str:
    if summary.status == "closed":
        return "past"
    if summary.status == "open" or pages.local(summary.starts_at).date() == pages.local(now).date():
        return "today"
    return "coming" if summary.starts_at > now else "past"


def _in_list(summary: MeetingSummary, group: str, now: datetime) -> dict[str, Any]:
    here = f"/meetings/{summary.id}"
    links: list[dict[str, Any]] = []
    note = None
    if group == "past":
        if summary.status == "closed":
            links.append({"href": f"{here}/minutes", "label": "Protokoll", "main": False})
        if summary.role in ("chair", "secretary"):
            links.append({"href": f"{here}/notices", "label": "Anslag och kallelse", "main": False})
    elif summary.starts_at - now > CONVENE_BEFORE:
        if summary.role in ("chair", "secretary"):
            links.append({"href": f"{here}/notices", "label": "Anslag och kallelse", "main": False})
            links.append({"href": f"{here}/checks", "label": "Provad utrustning", "main": False})
        opens = summary.starts_at - CONVENE_BEFORE
        note = {
            "level": "calm",
            "icon": "clock",
            "text": f"Öppnar {pages.sv_day(opens)} kl. {pages.sv_time(opens)}",
        }
    else:
        links.append({"href": here, "label": "Gå till mötet", "main": True})
        if summary.role in ("chair", "secretary"):
            links.append({"href": f"{here}/hall", "label": "Skärmen i salen", "main": False})
            links.append({"href": f"{here}/notices", "label": "Anslag och kallelse", "main": False})
            links.append({"href": f"{here}/checks", "label": "Provad utrustning", "main": False})
    return {
        "id": summary.id,
        "body": summary.body,
        "title": summary.title,
        "starts_at": pages.local(summary.starts_at),
        "place": summary.place,
        "form": summary.form,
        "status": summary.status,
        "roles": [ROLE_WORDS[summary.role]] if summary.role else [],
        "links": links,
        "note": note,
        "last_days": last_days(summary, group),
    }


def last_days(summary: MeetingSummary, group: str) -> list[dict[str, str]]:
    """For those who call the meeting, until it is held: what is to be announced and sent, and by when."""
    notice = summary.notice
    if group == "past" or notice is None or summary.role not in ("chair", "secretary"):
        return []
    rows = []
    for done, last, lacking, late in (
        (notice.announced_on, notice.announce_by, "Kungörs senast", "Kungjordes för sent"),
        (notice.called_on, notice.call_by, "Kallelse skickas senast", "Kallelsen skickades för sent"),
    ):
        if last is not None and done is None:
            day = pages.sv_date(date.fromisoformat(last))
            rows.append({"level": "calm", "icon": "clock", "text": f"{lacking} {day}"})
        elif last is not None and done is not None and done > last:
            rows.append({"level": "att", "icon": "warn", "text": late})
    return rows


async def _to_verify(request: web.Request, summary: MeetingSummary) -> list[dict[str, Any]]:
    """The minutes of a closed meeting that wait for this person's approval."""
    store, person = request.app[STORE], request[PERSON]
    current = await store.minutes.current(summary.id)
    if current is None or current.status != "prepared":
        return []
    try:
        meeting = (await request.app[CHAMBERS].get(summary.id)).meeting
    except DamagedLog:  # the meeting itself says so; the list of the others is still shown
        return []
    given = {approval.person for approval in await store.minutes.approvals(summary.id, current.sha256)}
    if person.id not in {meeting.chair, *meeting.verifiers} or person.id in given:
        return []
    closed = meeting.closed_at or summary.starts_at
    return [
        {
            "href": f"/meetings/{summary.id}/minutes",
            "title": f"Justera protokollet: {summary.body} {pages.sv_date(summary.starts_at)}",
            "sub": f"Senast {pages.sv_date(closed + timedelta(days=14))}",
            "icon": "pen",
        }
    ]
