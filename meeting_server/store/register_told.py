"""What people have been told of a planned meeting by notice and summons, when an import changes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store.notices import WHOLE_MEETING, announced_days, notices
from meeting_server.store.register_rows import Row
from meeting_server.store.register_values import MeetingEntry
from meeting_server.store.summons_sent import summons_sent
from meeting_server.store.yaml_reading import Fault

Rows = Mapping[str, Sequence[Row]]
"""A meeting by table, as `meeting_rows` gives it."""


async def announced_elsewise(
    connection: AsyncConnection, meeting: MeetingEntry, stored: Rows, rows: Rows
) -> list[Fault]:
    """A fault for each matter that was announced or told of by itself and would become another one.

    A matter is known by its place on the agenda, so what was announced would be counted for the one that
    takes the place (KL 5:14). In a meeting that is moved nothing that was announced counts any longer.
    """
    start, s = _start(rows), summons_sent.c
    letters = select(s.scope, func.min(s.sent_on).label("sent_on")).where(
        s.meeting_id == meeting.id, s.tells_of == start, s.accepted
    )
    sent = await connection.execute(letters.group_by(s.scope))
    told: dict[str, str] = {row.scope: row.sent_on for row in sent}
    told |= (await announced_days(connection, {meeting.id: start})).get(meeting.id, {})
    now = {row["id"]: row["title"] for row in rows["matters"]}
    return [
        meeting.place.fault(
            f"ärende {row['position'] + 1}, {row['title']}, är kungjort eller meddelat för sig "
            f"{told[row['id']]} och ska stå kvar som ärende {row['position'] + 1} med samma rubrik"
        )
        for row in stored["matters"]
        if row["id"] in told and now.get(row["id"]) != row["title"]
    ]


async def told_otherwise(
    connection: AsyncConnection, meeting: MeetingEntry, stored: Rows, rows: Rows
) -> list[str]:
    """Warnings: what notice and summons say that the file now changes; none when nothing is out."""
    if not stored["meetings"] or not (means := await _out(connection, meeting.id, _start(stored))):
        return []
    before, after = _start(stored), _start(rows)
    if before != after:
        return [
            f"{meeting.id}: {means} säger {_words(before)}, och sammanträdet börjar nu {_words(after)}. "
            "De räknas inte längre: anslå och kalla på nytt."
        ]
    place = stored["meetings"][0]["place"] != rows["meetings"][0]["place"]
    agenda = [row["title"] for row in stored["matters"]] != [row["title"] for row in rows["matters"]]
    what = [word for word, changed in (("platsen", place), ("ärendena", agenda)) if changed]
    return [f"{meeting.id}: {' och '.join(what)} ändras; {means} säger som förut."] if what else []


async def _out(connection: AsyncConnection, meeting_id: str, start: str) -> str:
    """What has told of the meeting at that time, in words; empty for nothing."""
    n, s = notices.c, summons_sent.c
    kinds = ("assembly_meeting", "committee_meeting")
    posted = select(n.id).where(
        n.meeting_id == meeting_id, n.tells_of == start, n.kind.in_(kinds), n.scope == WHOLE_MEETING
    )
    sent = select(s.id).where(
        s.meeting_id == meeting_id, s.tells_of == start, s.accepted, s.scope == WHOLE_MEETING
    )
    words = [
        word
        for word, query in (("anslaget", posted), ("kallelsen", sent))
        if (await connection.execute(query.limit(1))).first() is not None
    ]
    return " och ".join(words)


def _start(rows: Rows) -> str:
    return str(rows["meetings"][0]["local_start"])


def _words(local_start: str) -> str:
    return f"{local_start[:10]} kl. {local_start[11:16]}"
