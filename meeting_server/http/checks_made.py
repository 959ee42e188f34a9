"""What has come of people's checks of their equipment: to the office per meeting, and to each of them."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from meeting_server.http import pages
from meeting_server.http.callers import called_meeting
from meeting_server.http.keys import PERSON, STORE

FINDINGS: Mapping[str, str] = {
    "no-devices": "kamera och mikrofon gick inte att öppna",
    "no-path": "ingen förbindelse",
    "no-sound": "ljudet kom inte fram",
    "no-picture": "bilden kom inte fram",
    "no-return": "fick ingen bild tillbaka",
    "unheard": "hörde inte tonen",
    "untried": "högtalaren är inte provad",
    "silent": "mikrofonen hörde inget tal",
    "loss-bad": "mycket tappas på vägen",
    "loss": "en del tappas på vägen",
    "delay": "lång fördröjning",
    "too-slow": "för långsamt från personen",
    "slow": "långsamt från personen",
    "thin": "långsamt till personen",
    "freezes": "bilden hackade",
    "dark": "svart bild",
    "covered": "något täcker kameran",
    "relay-only": "går genom mellanserver",
}
"""In the office's list, a few words each."""
GRADES = {"ok": "Det fungerar", "weak": "Fungerar med brister", "bad": "Fungerar inte"}


async def last_time(request: web.Request) -> dict[str, object] | None:
    """The person's newest check as the page of their meetings says it."""
    person = request[PERSON].id
    check = (await request.app[STORE].device_checks.of([person])).get(person)
    return None if check is None else {"at": check.at, "grade": check.grade, "text": GRADES[check.grade]}


async def of_meeting(request: web.Request) -> web.StreamResponse:
    """GET /meetings/{meeting}/checks: who of those called has tried, when, and how it went."""
    summary, convened = await called_meeting(request)
    checks = await request.app[STORE].device_checks.of([person.id for person in convened.roster])
    order = {"bad": 0, "": 1, "weak": 2, "ok": 3}
    rows = sorted(
        (
            {
                "name": person.name,
                "party": person.party,
                "at": check.at if check is not None else None,
                "grade": check.grade if check is not None else "",
                "text": GRADES[check.grade] if check is not None else "",
                "found": ", ".join(FINDINGS[code] for code in check.findings) if check is not None else "",
            }
            for person in convened.roster
            for check in [checks.get(person.id)]
        ),
        key=lambda row: order[str(row["grade"])],
    )
    about = {"id": summary.id, "body": convened.body.name, "starts_at": summary.starts_at}
    return await pages.render(request, "checks.html", meeting=about, rows=rows, tried=len(checks))
