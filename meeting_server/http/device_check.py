"""Trying one's camera, microphone and line, any day: the page, its connection and the result.

The connection is made over plain requests and not a meeting's socket: a check needs no meeting, and works
before any has been convened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from aiohttp import web

from meeting_server.http import pages
from meeting_server.http.ice import ice_servers
from meeting_server.http.incoming import read_json
from meeting_server.http.keys import CHECKS, CLOCK, LOGIN, PERSON, SETTINGS, STORE
from meeting_server.http.problems import BadRequest, Problem
from meeting_server.live.check_desk import MOST_ROOMS, CheckRefused
from meeting_server.live.check_verdict import Told, judge, measure
from meeting_server.media_protocol import MAX_SDP_BYTES
from meeting_server.store.device_checks import DeviceCheck

SECONDS = 8
"""How long a line is measured."""
MAX_BYTES = 4096
MOST_FIGURE = 10_000_000


async def page(request: web.Request) -> web.StreamResponse:
    """GET /check"""
    person, settings = request[PERSON], request.app[SETTINGS]
    former = (await request.app[STORE].device_checks.of([person.id])).get(person.id)
    boot = {
        "csrf": request[LOGIN].csrf,
        "person": person.id,
        "name": person.name,
        "seconds": SECONDS,
        "paths": paths(ice_servers(settings, f"check {person.id}", request.app[CLOCK].now())),
        "former": None if former is None else _shown(former),
    }
    return await pages.render(request, "check.html", bootstrap=boot)


def paths(servers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The ways to the media process, each with the servers it may use: `direct`, then each kind of relay."""
    found: dict[str, dict[str, Any]] = {}
    for server in servers:
        for url in server["urls"]:
            kind = transport(url)
            if kind is not None:
                relay = found.setdefault(kind, {**server, "urls": []})
                relay["urls"].append(url)
    relays = [{"name": kind, "servers": [found[kind]]} for kind in ("udp", "tcp", "tls") if kind in found]
    return [{"name": "direct", "servers": []}, *relays]


def transport(url: str) -> str | None:
    """How a browser reaches a TURN server (RFC 7065): `udp`, `tcp` or `tls`; None for what is no TURN."""
    if url.startswith("turns:"):
        return None if "transport=udp" in url else "tls"
    if url.startswith("turn:"):
        return "tcp" if "transport=tcp" in url else "udp"
    return None


async def offer(request: web.Request) -> web.StreamResponse:
    """POST /check/offer {}: a new connection; an older one of the same person ends."""
    await read_json(request, MAX_BYTES)
    try:
        made = await request.app[CHECKS].offer(request[PERSON].id)
    except CheckRefused as refused:
        return _refused(refused.reason)
    return web.json_response({"sdp": made.sdp, "attempt": made.attempt})


async def answer(request: web.Request) -> web.StreamResponse:
    """POST /check/answer {sdp, attempt}"""
    body = await read_json(request, 2 * MAX_SDP_BYTES)
    sdp, attempt = body.get("sdp"), body.get("attempt")
    if not isinstance(sdp, str) or not isinstance(attempt, int):
        raise BadRequest("Svaret saknar sdp eller attempt.")
    request.app[CHECKS].answer(request[PERSON].id, sdp, attempt)
    return web.Response(status=204)


async def line(request: web.Request) -> web.StreamResponse:
    """GET /check/line: what the media process has measured so far, and whether the connection is lost."""
    desk, person = request.app[CHECKS], request[PERSON].id
    measured = measure(desk.samples(person))
    body = {"measured": None if measured is None else asdict(measured), "failed": desk.failed(person)}
    return web.json_response(body, headers={"Cache-Control": "no-store"})


async def result(request: web.Request) -> web.StreamResponse:
    """POST /check/result: what the page knows; judged with what the media process measured, and kept."""
    told = _told(await read_json(request, MAX_BYTES))
    desk, person = request.app[CHECKS], request[PERSON].id
    measured = measure(desk.samples(person))
    desk.end(person)
    grade, found = judge(told, measured)
    figures = {"told": asdict(told), "measured": None if measured is None else asdict(measured)}
    kept = DeviceCheck(person, request.app[CLOCK].now(), grade, found, figures)
    await request.app[STORE].device_checks.keep(kept)
    return web.json_response(_shown(kept))


def _told(body: Mapping[str, Any]) -> Told:
    ways, heard = body.get("paths"), body.get("heard")
    if not isinstance(ways, dict) or not set(ways) <= {"direct", "udp", "tcp", "tls"}:
        raise BadRequest("Resultatet säger inte vilka vägar som provades.")
    if heard is not None and not isinstance(heard, bool):
        raise BadRequest("Resultatet går inte att läsa.")
    estimate = body.get("available_kbit")
    return Told(
        devices=body.get("devices") is True,
        spoke=body.get("spoke") is True,
        heard=heard,
        paths={name: works is True for name, works in ways.items()},
        frames=_count(body.get("frames")),
        freezes=_count(body.get("freezes")),
        available_kbit=None if estimate is None else _count(estimate),
    )


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_FIGURE:
        raise BadRequest("Resultatet går inte att läsa.")
    return value


def _shown(check: DeviceCheck) -> dict[str, object]:
    return {
        "at": check.at.isoformat(),
        "grade": check.grade,
        "findings": list(check.findings),
        "figures": check.figures,
    }


def _refused(reason: str) -> web.Response:
    status, because = {
        "too-many": (429, f"{MOST_ROOMS} andra provar just nu. Försök igen om ett par minuter."),
        "replaced": (409, "Provet har börjat om i ett annat fönster."),
    }.get(reason, (503, "Servern för ljud och bild svarar inte. Försök igen om en stund."))
    problem = Problem(status, reason, "Det går inte att prova just nu", because)
    return web.json_response(problem.as_json(), status=status, headers={"Cache-Control": "no-store"})
