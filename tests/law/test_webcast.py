"""Dataskyddsförordningen: what others' practice says of webcasts; nothing of it stops an act."""

from __future__ import annotations

import pytest

from meeting_server.law.webcast import gallery_unseen, informed, kept_until


@pytest.mark.parametrize("text", [True, False])
def test_those_present_are_told_where_there_is_a_text(text: bool) -> None:
    assert informed(text=text).outcome is text


@pytest.mark.parametrize("clear", [True, False])
def test_whether_the_gallery_is_seen_is_a_persons_answer(clear: bool) -> None:
    assert gallery_unseen(gallery_clear=clear).outcome is clear
    assert gallery_unseen.kind == "judgement"
    assert (gallery_unseen.question or "").endswith("?")


@pytest.mark.parametrize(
    ("days", "last"),
    [(None, None), (0, "2026-11-24"), (1, "2026-11-25"), (7, "2026-12-01"), (365, "2027-11-24")],
)
def test_the_last_day_is_counted_from_the_meeting(days: int | None, last: str | None) -> None:
    assert kept_until(held_on="2026-11-24", days=days).outcome == last


def test_none_of_them_stops_anything_and_none_is_read_in_a_statute() -> None:
    for rule in (informed, gallery_unseen, kept_until):
        assert (rule.force, rule.confirmed, rule.cites.short) == ("warn", False, "dataskyddsförordningen")
        assert rule.source
