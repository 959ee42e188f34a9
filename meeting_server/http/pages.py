"""Jinja2 pages: the environment, and what every page gets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import jinja2
from aiohttp import web

from meeting_server.http.assets import Assets
from meeting_server.http.joined import Joined
from meeting_server.http.keys import LOGIN, PERSON, SETTINGS, STORE, TEMPLATES
from meeting_server.http.problems import Problem, wants_json
from meeting_server.http.tokens import csrf_of, set_cookies
from meeting_server.meeting.local_time import SWEDISH_TIME

WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)


def sv_date(at: datetime | date) -> str:
    """24 november 2026"""
    at = local(at) if isinstance(at, datetime) else at
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}"


def sv_day(at: datetime) -> str:
    """tisdag 24 november"""
    at = local(at)
    return f"{WEEKDAYS[at.weekday()]} {at.day} {MONTHS[at.month - 1]}"


def sv_time(at: datetime) -> str:
    """18.30"""
    return f"{local(at):%H.%M}"


def sv_clock(at: datetime) -> str:
    """18.30.05"""
    return f"{local(at):%H.%M.%S}"


def sv_month(at: datetime) -> str:
    """nov"""
    return MONTHS[local(at).month - 1][:3]


def local(at: datetime) -> datetime:
    """The instant on a Swedish clock."""
    return at.astimezone(SWEDISH_TIME)


def environment(assets: Assets, joined: Joined) -> jinja2.Environment:
    """Templates of web/templates, autoescaped."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(assets.templates),
        autoescape=True,
        undefined=jinja2.ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=not assets.is_lasting,
        enable_async=False,
    )
    made.filters.update(sv_date=sv_date, sv_day=sv_day, sv_time=sv_time, sv_clock=sv_clock, sv_month=sv_month)
    made.globals["static"] = assets.url
    made.globals["script"] = joined.url
    return made


async def render(request: web.Request, template: str, *, status: int = 200, **context: Any) -> web.Response:
    """One page, with what every page gets: csrf, person, lang, path, organisation, demo and bootstrap."""
    person, organisation = request.get(PERSON), ""
    if person is not None:
        organisation = person.organisation
    else:
        meetings = await request.app[STORE].register.meetings() if status < 500 else []
        organisation = meetings[0].organisation if meetings else ""
    given: dict[str, object] = {
        "csrf": csrf_of(request),
        "person": person,
        "lang": "sv",
        "path": request.path,
        "status": status,
        "organisation": organisation,
        "demo": request.app[SETTINGS].demo,
        "bootstrap": None,
        **context,
    }
    text = request.app[TEMPLATES].get_template(template).render(given)
    response = web.Response(text=text, content_type="text/html", charset="utf-8", status=status)
    response.headers["Cache-Control"] = "no-store"
    set_cookies(request, response)
    return response


async def answer_problem(
    request: web.Request, problem: Problem, headers: Mapping[str, str] | None = None
) -> web.Response:
    """A problem as a page for people or JSON for programs."""
    if wants_json(request):
        response = web.json_response(problem.as_json(), status=problem.status)
    else:
        signed_in = LOGIN in request
        response = await render(
            request,
            "problem.html",
            status=problem.status,
            heading=problem.heading,
            because=problem.because,
            cites=problem.cites if problem.cites != "system" else None,
            code=problem.code,
            back={"href": "/meetings", "label": "Till mina möten"}
            if signed_in
            else {"href": "/signin", "label": "Logga in"},
        )
    response.headers["Cache-Control"] = "no-store"
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response
