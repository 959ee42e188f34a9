"""The public notice board (anslagstavlan): what stands there now, for anybody (KL 8:9)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from aiohttp import web

from meeting_server.http import pages
from meeting_server.http.keys import CLOCK, STORE
from meeting_server.law.posting import APPEALABLE
from meeting_server.meeting.convening import MeetingConvened
from meeting_server.minutes.announcing import KINDS, Term, has_run, term_of
from meeting_server.store import Store
from meeting_server.store.notices import StoredNotice
from meeting_server.store.swedish_days import holidays_after

MEETINGS = frozenset({"assembly_meeting", "committee_meeting"})
"""The notices of meetings to come."""
_NUMBER = re.compile("[0-9]{1,9}")


async def notice_board(request: web.Request) -> web.StreamResponse:
    """GET /notice-board"""
    shown = [await about_notice(request, each) for each in await request.app[STORE].notice_board.up()]
    organisations = sorted({each["organisation"] for each in shown})
    groups = [
        {
            "organisation": organisation,
            "coming": [n for n in _of(shown, organisation) if n["kind"] in MEETINGS],
            "verified": [n for n in _of(shown, organisation) if n["kind"] in APPEALABLE],
            "others": [n for n in _of(shown, organisation) if n["kind"] not in MEETINGS | APPEALABLE],
        }
        for organisation in organisations
    ]
    return await pages.render(request, "notice_board.html", groups=groups)


async def one_notice(request: web.Request) -> web.StreamResponse:
    """GET /notice-board/{notice}: the whole notice; one that has been taken down is no longer published."""
    found = await find_notice(request)
    if not found.is_up:
        raise web.HTTPNotFound
    return await pages.render(request, "notice.html", notice=await about_notice(request, found))


async def find_notice(request: web.Request) -> StoredNotice:
    """The notice the address names. Raises HTTPNotFound."""
    named = request.match_info["notice"]
    found = await request.app[STORE].notice_board.notice(int(named)) if _NUMBER.fullmatch(named) else None
    if found is None:
        raise web.HTTPNotFound
    return found


async def about_notice(request: web.Request, notice: StoredNotice) -> dict[str, Any]:
    """What the pages show of a notice."""
    term, today = await term_of_notice(request.app[STORE], notice), today_of(request)
    about_meeting = notice.kind in MEETINGS
    called = await request.app[STORE].register.called(notice.meeting_id) if about_meeting else None
    return {
        "id": notice.id,
        "href": f"/notice-board/{notice.id}",
        "organisation": notice.organisation,
        "meeting": notice.meeting_id,
        "kind": notice.kind,
        "kind_text": KINDS[notice.kind],
        "title": notice.title,
        "facts": notice.contents.facts,
        "matters": notice.contents.matters,
        "text": notice.contents.text,
        "outdated": called is not None and is_outdated(notice, called),
        "posted_on": notice.own.posted_on,
        "postings": notice.postings,
        "is_up": notice.is_up,
        "lacking": term.lacking,
        "ends": term.ends,
        "rolled_from": term.three_weeks if term.rolled else None,
        "appealable": notice.kind in APPEALABLE,
        "removable_from": term.removable_from,
        "may_be_removed": notice.is_up and (term.removable_from is None or today >= term.removable_from)
        if not term.lacking
        else False,
        "has_run": has_run(
            term, today, [each.removed_on for each in notice.postings if each.removed_on is not None]
        ),
    }


async def term_of_notice(store: Store, notice: StoredNotice) -> Term:
    """How long the notice must stay, by where it stands and should stand.

    One that tells of a time the meeting no longer has need not stay.

    A notice whose meeting has nothing left in the register is counted where it stands.
    """
    called = await store.register.called(notice.meeting_id)
    agreements = called.standing_orders.agreements if called is not None else ()
    meeting_on = None
    if called is not None and not is_outdated(notice, called):
        meeting_on = date.fromisoformat(called.starts_at[:10])
    organisations = {notice.organisation, *(each.organisation for each in agreements)}
    posted = {each.organisation: each.posted_on for each in notice.postings}
    holidays = holidays_after(max(posted.values()))
    return term_of(notice.kind, posted, organisations, meeting_on, holidays)


def is_outdated(notice: StoredNotice, called: MeetingConvened) -> bool:
    """Whether it announces the meeting at another time than it is called to: it has been moved since."""
    return notice.kind in MEETINGS and notice.tells_of != called.starts_at


def today_of(request: web.Request) -> date:
    """The Swedish date now."""
    return pages.local(request.app[CLOCK].now()).date()


def _of(shown: Iterable[dict[str, Any]], organisation: str) -> list[dict[str, Any]]:
    return [each for each in shown if each["organisation"] == organisation]
