"""What those who answer for the minutes still have to do after a meeting, and the days the law gives."""

from __future__ import annotations

from datetime import date
from typing import Any

from aiohttp import web

from meeting_server.http import pages
from meeting_server.http.keys import CLOCK, STORE
from meeting_server.http.notice_desk import waits_for_announcement
from meeting_server.law.posting import verify_by
from meeting_server.store.minutes import WHOLE
from meeting_server.store.register import MeetingSummary

REMIND_DAYS = 4
"""Days before the last one from which the secretary is reminded: the tenth of fourteen (KL 5:69)."""


async def after_meeting(request: web.Request, summary: MeetingSummary) -> list[dict[str, Any]]:
    """The rows of a closed meeting under "Att göra", for the one who chairs and for the secretary."""
    if summary.role not in ("chair", "secretary"):
        return []
    today = pages.local(request.app[CLOCK].now()).date()
    rows = []
    if await request.app[STORE].minutes.sealed(summary.id, WHOLE) is None:
        rows += verification_clock(summary, today)
    for verified, last in await waits_for_announcement(request, summary):
        what = "att protokollet är justerat" if verified.scope == WHOLE else "den omedelbara justeringen"
        rows.append(
            {
                "href": f"/meetings/{summary.id}/notices",
                "title": f"Tillkännage {what}: {summary.body} {pages.sv_date(summary.starts_at)}",
                "sub": f"Senast {pages.sv_date(last)} (KL 8:12)",
                "icon": "pin" if today <= last else "warn",
                "level": "calm" if today <= last else "bad",
            }
        )
    return rows


def verification_clock(summary: MeetingSummary, today: date) -> list[dict[str, Any]]:
    """From the tenth day that the minutes must be verified, from the fifteenth that they should have been."""
    last = verify_by(pages.local(summary.starts_at).date())
    left = (last - today).days
    if left > REMIND_DAYS:
        return []
    when = f"{summary.body} {pages.sv_date(summary.starts_at)}"
    if left < 0:
        title, level = f"Protokollet är inte justerat i tid: {when}", "bad"
        sub = f"Det skulle ha justerats senast {pages.sv_date(last)}, {_days(-left)} sedan (KL 5:69)"
    else:
        title, level = f"Protokollet ska justeras: {when}", "att"
        sub = f"Senast {pages.sv_date(last)}, {f'om {_days(left)}' if left else 'i dag'} (KL 5:69)"
    return [
        {
            "href": f"/meetings/{summary.id}/minutes",
            "title": title,
            "sub": sub,
            "icon": "clock" if left >= 0 else "warn",
            "level": level,
        }
    ]


def _days(count: int) -> str:
    return "1 dag" if count == 1 else f"{count} dagar"
