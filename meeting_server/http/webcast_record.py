"""What is recorded of a webcast as a file, for whoever edits the recording: stretches, and what to mask."""

from __future__ import annotations

import csv
import io

from aiohttp import web

from meeting_server.http.downloads import as_file
from meeting_server.http.keys import VENUE
from meeting_server.meeting import Meeting
from meeting_server.meeting.webcasting import keep_until

COLUMNS = ("slag", "från", "till", "varför", "av", "antecknat", "bevaras_till")
_GROUNDS = {
    "asked": "stoppad",
    "doors": "stängda dörrar",
    "not_public": "inte offentligt",
    "closed": "sammanträdet avslutat",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


async def webcast_csv(request: web.Request) -> web.StreamResponse:
    """GET /meetings/{meeting}/webcast.csv; times are ISO with offset, empty while it goes on."""
    meeting_id = request.match_info["meeting"]
    text = as_csv(request[VENUE].meeting)
    return as_file(text.encode("utf-8-sig"), "text/csv; charset=utf-8", f"{meeting_id}-webbsandning.csv")


def as_csv(meeting: Meeting) -> str:
    """A line for each stretch on the web and each mark, in the order they were made."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    last = keep_until(meeting) or ""
    for span in meeting.webcast.spans:
        stopped = span.stopped_at.isoformat() if span.stopped_at is not None else ""
        ground = _GROUNDS[span.ground] if span.ground is not None else ""
        rows.writerow(("sändning", span.started_at.isoformat(), stopped, ground, "", "", last))
    for mark in meeting.webcast.marks:
        by = meeting.people[mark.marked_by].name if mark.marked_by is not None else ""
        times = (mark.begins_at.isoformat(), mark.ends_at.isoformat())
        rows.writerow(("maskas", *times, _plain(mark.reason), _plain(by), mark.marked_at.isoformat(), last))
    return text.getvalue()


def _plain(text: str) -> str:
    """Words that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
