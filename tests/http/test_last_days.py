"""My meetings: those who call a meeting see what is to be announced and sent, by when, and what came late."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from meeting_server.http.meeting_pages import last_days
from meeting_server.meeting.convening import Notice
from meeting_server.store.register import MeetingSummary

BY = {"announce_by": "2026-11-17", "call_by": "2026-11-17"}
SUMMARY = MeetingSummary(
    "kf",
    "Ekhamra kommun",
    "Kommunfullmäktige",
    "assembly",
    "Kommunfullmäktige",
    datetime(2026, 11, 24, 17, 30, tzinfo=UTC),
    "Salen",
    "hybrid",
    "planned",
    "secretary",
    Notice(**BY),
)


@pytest.mark.parametrize(
    ("done", "texts"),
    [
        ({}, ["Kungörs senast 17 november 2026", "Kallelse skickas senast 17 november 2026"]),
        ({"announced_on": "2026-11-17", "called_on": "2026-11-16"}, []),
        (
            {"announced_on": "2026-11-18", "called_on": "2026-11-18"},
            ["Kungjordes för sent", "Kallelsen skickades för sent"],
        ),
    ],
)
def test_what_is_to_be_done_and_what_came_late(done: dict[str, Any], texts: list[str]) -> None:
    rows = last_days(replace(SUMMARY, notice=Notice(**BY, **done)), "coming")
    assert [row["text"] for row in rows] == texts


def test_others_past_meetings_and_committees_have_none() -> None:
    assert last_days(SUMMARY, "past") == []
    assert last_days(replace(SUMMARY, role="member"), "coming") == []
    assert last_days(replace(SUMMARY, notice=None), "coming") == []
    assert last_days(replace(SUMMARY, notice=Notice()), "coming") == []
