"""The summons: sent to every member and substitute by mail, or recorded as sent another way; the proof."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from aiohttp import web

from meeting_server.http.callers import actor_of, called_meeting
from meeting_server.http.incoming import read_form
from meeting_server.http.keys import CHAMBERS, CLOCK, MAILING, PERSON, SETTINGS, STORE
from meeting_server.http.mailing import Message, NoMail
from meeting_server.http.notice_board import today_of
from meeting_server.http.problems import BadRequest
from meeting_server.live.chamber import refused
from meeting_server.meeting.convening import Matter, MeetingConvened
from meeting_server.meeting.matter_facts import RecordAnnouncement
from meeting_server.minutes.summons_letter import summons_letter, urgent_letter
from meeting_server.store.notices import WHOLE_MEETING
from meeting_server.store.register import MeetingSummary
from meeting_server.store.summons_sent import Letter

MAX_HOW = 200


async def send_summons(request: web.Request) -> web.StreamResponse:
    """POST /meetings/{meeting}/summons {scope}: to everybody who has not had it; one letter each."""
    summary, convened = await called_meeting(request)
    scope = str((await read_form(request)).get("scope", WHOLE_MEETING))
    subject, text = _letter(request, convened, scope)
    store, standing = request.app[STORE].summons, await standing_of(request, convened, scope)
    waiting = [
        (row["person"], row["address"]) for row in standing["rows"] if row["address"] and not row["accepted"]
    ]
    messages = [Message(address, subject, text) for _, address in waiting]
    answers = request.app[MAILING].send(messages)
    try:
        for person, address in waiting:
            answer = await anext(answers)
            await store.record(
                summary.id, _sent(request, convened, scope, person, address, answer.accepted, answer.words)
            )
    except NoMail as none:
        raise refused(
            "no-mail", f"{none.because} Ingen kallelse skickades.", "E-post går inte att skicka"
        ) from None
    finally:
        await answers.aclose()
    now = await standing_of(request, convened, scope)
    if now["everybody"] and not now["whole"]:
        said = f"E-postservern har tagit emot alla {len(now['rows'])}"
        await store.record(summary.id, _sent(request, convened, scope, None, None, True, said))
        await _tell_meeting(request, summary, convened, scope, today_of(request))
    raise web.HTTPSeeOther(f"/meetings/{summary.id}/notices")


async def record_summons(request: web.Request) -> web.StreamResponse:
    """POST /meetings/{meeting}/summons/by-hand {scope, on, how}: it went out another way, to everybody."""
    summary, convened = await called_meeting(request)
    form = await read_form(request)
    scope, how = str(form.get("scope", WHOLE_MEETING)), str(form.get("how", "")).strip()
    _letter(request, convened, scope)
    if not how or len(how) > MAX_HOW:
        raise BadRequest("Skriv hur kallelsen skickades, högst 200 tecken.")
    try:
        on = date.fromisoformat(str(form.get("on", "")))
    except ValueError:
        raise BadRequest("Skriv dagen som år, månad och dag: 2026-11-24.") from None
    if on > today_of(request):
        raise BadRequest("Kallelsen kan inte ha skickats en dag som inte har varit.")
    letter = _sent(request, convened, scope, None, None, True, how, on)
    await request.app[STORE].summons.record(summary.id, letter)
    await _tell_meeting(request, summary, convened, scope, on)
    raise web.HTTPSeeOther(f"/meetings/{summary.id}/notices")


async def standing_of(request: web.Request, convened: MeetingConvened, scope: str) -> dict[str, Any]:
    """Who has had the summons, or word of one urgent matter, and who has not."""
    letters = [
        each
        for each in await request.app[STORE].summons.letters(convened.meeting_id)
        if each.scope == scope and each.tells_of == convened.starts_at
    ]
    addresses = await request.app[STORE].summons.addresses()
    rows = [
        {
            "person": person.id,
            "name": person.called,
            "address": addresses.get(person.id),
            **_latest([each for each in letters if each.person == person.id]),
        }
        for person in convened.roster
        if person.role in ("member", "substitute")
    ]
    return {
        "scope": scope,
        "rows": rows,
        "whole": min(
            (each for each in letters if each.person is None), key=lambda each: each.sent_on, default=None
        ),
        "everybody": bool(rows) and all(row["accepted"] for row in rows),
        "waiting": sum(1 for row in rows if row["address"] and not row["accepted"]),
        "addressless": [row["name"] for row in rows if not row["address"]],
        "mail": request.app[MAILING].is_set_up,
    }


def _latest(letters: Sequence[Letter]) -> dict[str, Any]:
    """The letter that was taken, else the last that was tried."""
    found = next((each for each in letters if each.accepted), letters[-1] if letters else None)
    return {"accepted": found is not None and found.accepted, "letter": found}


def _letter(request: web.Request, convened: MeetingConvened, scope: str) -> tuple[str, str]:
    address = f"{request.app[SETTINGS].public_url}/meetings/{convened.meeting_id}"
    if scope == WHOLE_MEETING:
        return summons_letter(convened, address)
    return urgent_letter(convened, _matter(convened, scope), address)


def _matter(convened: MeetingConvened, scope: str) -> Matter:
    found = next((each for each in convened.agenda if each.id == scope), None)
    if found is None:
        raise web.HTTPNotFound
    return found


def _sent(
    request: web.Request,
    convened: MeetingConvened,
    scope: str,
    person: str | None,
    address: str | None,
    accepted: bool,
    answer: str,
    on: date | None = None,
) -> Letter:
    by, at = request[PERSON].id, request.app[CLOCK].now()
    day = on or today_of(request)
    return Letter(scope, person, address, accepted, answer, day, by, at, convened.starts_at)


async def _tell_meeting(
    request: web.Request, summary: MeetingSummary, convened: MeetingConvened, scope: str, on: date
) -> None:
    """A meeting whose agenda is pinned hears in its log when word of an urgent matter was sent."""
    if scope == WHOLE_MEETING or summary.status == "planned":
        return
    matter = _matter(convened, scope)
    if matter.announced_on is not None:
        chamber = (await request.app[CHAMBERS].get(summary.id)).chamber
        told = RecordAnnouncement(scope, matter.announced_on, on.isoformat())
        await chamber.execute(actor_of(request), told, None)
