"""The office's page for a meeting's notices: post them, record other notice boards, take down, prove.

Those who call the meeting come here, by the register, long before the meeting opens.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from aiohttp import web

from meeting_server.http import pages
from meeting_server.http.callers import actor_of, called_meeting
from meeting_server.http.incoming import read_form
from meeting_server.http.keys import CHAMBERS, CLOCK, PERSON, STORE
from meeting_server.http.notice_board import MEETINGS, about_notice, find_notice, term_of_notice, today_of
from meeting_server.http.problems import BadRequest
from meeting_server.http.summons_desk import standing_of
from meeting_server.law.bodies import PROFILES
from meeting_server.live.chamber import refused
from meeting_server.meeting.convening import MeetingConvened
from meeting_server.meeting.matter_facts import RecordAnnouncement
from meeting_server.minutes import announcing
from meeting_server.minutes.announcing import Announcement
from meeting_server.minutes.document import Minutes, from_json
from meeting_server.store.notices import WHOLE_MEETING, AlreadyPosted, Contents, StoredNotice, Verified
from meeting_server.store.register import MeetingSummary
from meeting_server.store.swedish_days import holidays_after

WHERE = "Kommunkansliet"
FREE_KINDS = ("delegated_decision", "how_to_appeal", "by_statute", "meeting_papers")
"""What the office writes itself; the other kinds are composed from the meeting."""
MAX_TITLE, MAX_TEXT = 200, 4000


async def notices_page(request: web.Request) -> web.StreamResponse:
    """GET /meetings/{meeting}/notices"""
    summary, convened = await called_meeting(request)
    posted = await request.app[STORE].notice_board.of_meeting(summary.id)
    profile = PROFILES[convened.body.kind]
    return await pages.render(
        request,
        "notices.html",
        meeting=_about(summary, convened),
        role=summary.role,
        today=today_of(request),
        notice=_last_days(summary),
        whole=await _shown(
            request,
            [each for each in posted if each.tells_of == convened.starts_at],
            "assembly_meeting" if profile.announced else "committee_meeting",
            "",
        ),
        outdated=[
            await about_notice(request, each)
            for each in posted
            if each.kind in MEETINGS and each.tells_of != convened.starts_at
        ],
        announced=profile.announced,
        urgent=await _urgent(request, convened, posted) if profile.announced else [],
        verified=await _verified(request, summary, posted),
        others=[await about_notice(request, each) for each in posted if each.kind in FREE_KINDS],
        summons=await standing_of(request, convened, WHOLE_MEETING),
        free_kinds=[(kind, announcing.KINDS[kind]) for kind in FREE_KINDS],
        where=WHERE,
    )


async def post_notice(request: web.Request) -> web.StreamResponse:
    """POST /meetings/{meeting}/notices {kind, scope, where, title, text}: on our own notice board, today."""
    summary, convened = await called_meeting(request)
    form = await read_form(request)
    kind, scope = str(form.get("kind", "")), str(form.get("scope", ""))
    announcing.require_postable(kind)
    said, text = Announcement("", ()), ""
    match kind:
        case "assembly_meeting" | "committee_meeting" if scope == WHOLE_MEETING:
            said = announcing.meeting_notice(convened)
        case "assembly_meeting":
            matter = next((each for each in convened.agenda if each.id == scope), None)
            if matter is None or matter.announced:
                raise web.HTTPNotFound
            said = announcing.urgent_notice(convened, matter)
        case "verified_minutes":
            said = await _verification(
                request, summary, scope, str(form.get("where", "")).strip()[:MAX_TITLE]
            )
        case _ if kind in FREE_KINDS:
            title, text = str(form.get("title", "")).strip(), str(form.get("text", "")).strip()
            if not title or len(title) > MAX_TITLE or len(text) > MAX_TEXT:
                raise BadRequest("Skriv en rubrik på högst 200 tecken och en text på högst 4 000.")
            said, scope = (
                Announcement(title, (("Organ", convened.body.name),)),
                await _next_number(request, kind),
            )
        case _:
            raise BadRequest("Den sortens anslag skrivs av mötet självt.")
    today = today_of(request)
    try:
        await request.app[STORE].notice_board.post(
            organisation=summary.organisation,
            meeting_id=summary.id,
            scope=scope,
            kind=kind,
            title=said.title,
            contents=Contents(said.facts, said.matters, text),
            on=today,
            by=request[PERSON].id,
            at=request.app[CLOCK].now(),
            tells_of=convened.starts_at if kind in MEETINGS else "",
        )
    except AlreadyPosted:
        raise refused("already-posted", "Det är redan anslaget.", "Redan anslaget") from None
    if kind == "assembly_meeting" and scope != WHOLE_MEETING and summary.status != "planned":
        chamber = (await request.app[CHAMBERS].get(summary.id)).chamber  # its agenda is pinned: tell the log
        await chamber.execute(actor_of(request), RecordAnnouncement(scope, today.isoformat()), None)
    raise _back(summary.id)


async def posted_elsewhere(request: web.Request) -> web.StreamResponse:
    """POST /meetings/{meeting}/notices/{notice}/elsewhere {organisation, on}: it stands there since then."""
    summary, _ = await called_meeting(request)
    notice = await _own_notice(request, summary)
    form = await read_form(request)
    organisation = str(form.get("organisation", ""))
    if organisation not in (await term_of_notice(request.app[STORE], notice)).lacking:
        raise refused("already-posted", "Det är redan antecknat för den kommunen.", "Redan antecknat")
    on = _day(str(form.get("on", "")))
    if not notice.own.posted_on <= on <= today_of(request):
        raise BadRequest("Dagen ska ligga mellan vår egen anslagsdag och i dag.")
    try:
        await request.app[STORE].notice_board.also_posted(
            notice.id, organisation, on=on, by=request[PERSON].id, at=request.app[CLOCK].now()
        )
    except AlreadyPosted:
        raise refused(
            "already-posted", "Det är redan antecknat för den kommunen.", "Redan antecknat"
        ) from None
    raise _back(summary.id)


async def take_down(request: web.Request) -> web.StreamResponse:
    """POST /meetings/{meeting}/notices/{notice}/take-down: refused while the appeal time runs (KL 8:12)."""
    summary, _ = await called_meeting(request)
    notice, today = await _own_notice(request, summary), today_of(request)
    announcing.require_removable(notice.kind, await term_of_notice(request.app[STORE], notice), today)
    await request.app[STORE].notice_board.take_down(
        notice.id, on=today, by=request[PERSON].id, at=request.app[CLOCK].now()
    )
    raise _back(summary.id)


async def proof(request: web.Request) -> web.StreamResponse:
    """GET /meetings/{meeting}/notices/{notice}/proof: when it has been up and where, to print and sign."""
    summary, convened = await called_meeting(request)
    notice = await _own_notice(request, summary)
    people = {person.id: person.name for person in await request.app[STORE].register.persons()}
    return await pages.render(
        request,
        "notice_proof.html",
        meeting=_about(summary, convened),
        notice=await about_notice(request, notice),
        people=people,
        now=request.app[CLOCK].now(),
    )


async def waits_for_announcement(
    request: web.Request, summary: MeetingSummary
) -> list[tuple[Verified, date]]:
    """What of the meeting's minutes is verified and not announced yet, with the last day for it (KL 8:12)."""
    posted = await request.app[STORE].notice_board.of_meeting(summary.id)
    done = {each.scope for each in posted if each.kind == "verified_minutes"}
    return [
        (each, announcing.announcing_days(_verified_on(each), _holidays(each))[0])
        for each in await request.app[STORE].notice_board.verified(summary.id)
        if each.scope not in done
    ]


async def _own_notice(request: web.Request, summary: MeetingSummary) -> StoredNotice:
    notice = await find_notice(request)
    if notice.meeting_id != summary.id:
        raise web.HTTPNotFound
    return notice


async def _verification(
    request: web.Request, summary: MeetingSummary, scope: str, where: str
) -> Announcement:
    if not where:
        raise BadRequest("Skriv var protokollet finns.")
    found = next(
        (each for each in await request.app[STORE].notice_board.verified(summary.id) if each.scope == scope),
        None,
    )
    if found is None:
        raise refused(
            "not-verified",
            "Protokollet är inte justerat än, så det finns inget att tillkännage.",
            "Inte justerat än",
        )
    meeting = (await request.app[CHAMBERS].get(summary.id)).meeting
    matter = meeting.matters.get(scope)
    return announcing.verification_notice(
        from_json(found.document),
        scope,
        where=where,
        on=today_of(request),
        secret=matter is not None and matter.matter.secrecy,
    )


async def _verified(
    request: web.Request, summary: MeetingSummary, posted: list[StoredNotice]
) -> list[dict[str, Any]]:
    rows = []
    for each in await request.app[STORE].notice_board.verified(summary.id):
        on, minutes = _verified_on(each), from_json(each.document)
        last, rolled = announcing.announcing_days(on, _holidays(each))
        notice = await _shown(request, posted, "verified_minutes", each.scope)
        late = None
        if notice is not None:
            late = announcing.announced_how(on, notice["posted_on"], _holidays(each)) == "late"
        rows.append(
            {
                "scope": each.scope,
                "title": _verified_title(minutes, each.scope),
                "verified_on": on,
                "last": last,
                "overdue": notice is None and today_of(request) > rolled,
                "notice": notice,
                "late": late,
            }
        )
    return rows


def _verified_title(minutes: Minutes, scope: str) -> str:
    alone = minutes.paragraph(scope)
    return f"§ {alone.number} {alone.title}" if alone is not None else "Hela protokollet"


async def _urgent(
    request: web.Request, convened: MeetingConvened, posted: list[StoredNotice]
) -> list[dict[str, Any]]:
    """The matters that were not in the notice, with when each was announced by itself."""
    rows = []
    posted = [each for each in posted if each.tells_of == convened.starts_at]
    for matter in convened.agenda:
        notice = await _shown(request, posted, "assembly_meeting", matter.id)
        if not matter.announced or notice is not None:
            told = await standing_of(request, convened, matter.id)
            rows.append({"matter": matter.id, "title": matter.title, "notice": notice, "told": told})
    return rows


async def _shown(
    request: web.Request, posted: list[StoredNotice], kind: str, scope: str
) -> dict[str, Any] | None:
    found = next((n for n in posted if n.kind == kind and n.scope == (scope or WHOLE_MEETING)), None)
    return await about_notice(request, found) if found is not None else None


async def _next_number(request: web.Request, kind: str) -> str:
    posted = await request.app[STORE].notice_board.of_meeting(request.match_info["meeting"])
    return str(1 + sum(1 for each in posted if each.kind == kind))


def _about(summary: MeetingSummary, convened: MeetingConvened) -> dict[str, Any]:
    return {
        "id": summary.id,
        "body": convened.body.name,
        "title": convened.title,
        "starts_at": summary.starts_at,
        "organisation": summary.organisation,
        "status": summary.status,
    }


def _last_days(summary: MeetingSummary) -> dict[str, date | None]:
    days = summary.notice
    return {
        "call_by": _maybe_day(days.call_by if days else None),
        "called_on": _maybe_day(days.called_on if days else None),
        "announced_on": _maybe_day(days.announced_on if days else None),
        "announce_by": _maybe_day(days.announce_by if days else None),
        "urgent_by": _maybe_day(days.urgent_by if days else None),
    }


def _maybe_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadRequest("Skriv dagen som år, månad och dag: 2026-11-24.") from None


def _verified_on(verified: Verified) -> date:
    return pages.local(verified.at).date()


def _holidays(verified: Verified) -> frozenset[date]:
    return holidays_after(_verified_on(verified))


def _back(meeting_id: str) -> web.HTTPSeeOther:
    return web.HTTPSeeOther(f"/meetings/{meeting_id}/notices")
