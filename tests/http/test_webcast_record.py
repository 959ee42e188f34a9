"""The file for whoever edits the recording, from a meeting in which it has all happened."""

from __future__ import annotations

import csv
import io

import pytest

from meeting_server.http.webcast_record import COLUMNS, as_csv
from meeting_server.meeting import Actor
from meeting_server.meeting import webcasting as wc
from tests.http.house import House
from tests.meeting.stories.doors import webcast


def test_the_file_has_each_stretch_and_each_mark() -> None:
    head, first, second, mark = csv.reader(io.StringIO(as_csv(webcast().meeting)))
    assert tuple(head) == COLUMNS
    assert (first[0], first[3], second[3]) == ("sändning", "stängda dörrar", "sammanträdet avslutat")
    assert mark[0] == "maskas"
    assert (mark[3], mark[4]) == ("En hyresgäst nämns vid namn.", "Siv Sandvik")
    assert {row[6] for row in (first, second, mark)} == {"2026-12-24"}


@pytest.mark.parametrize(
    ("reason", "told"), [("=1+1", "'=1+1"), ("@namn", "'@namn"), ("Namn = känt", "Namn = känt")]
)
async def test_a_reason_is_never_a_formula_and_what_goes_on_has_no_end(
    house: House, reason: str, told: str
) -> None:
    venue, roster = await house.venue("kf"), await house.roster("kf")
    officer = Actor(roster["secretary"])
    await venue.chamber.execute(officer, wc.StartWebcast(gallery_clear=True, understood=True), "on")
    await venue.chamber.execute(officer, wc.MarkForRedaction(reason, minutes=2), "mark")
    secretary = await house.by(roster["secretary"])
    answer = await secretary.get("/meetings/kf/webcast.csv")
    assert answer.status == 200
    text = (await answer.text()).removeprefix("\ufeff")
    [_, span, mark] = csv.reader(io.StringIO(text))
    assert (span[2], span[3]) == ("", "")
    assert mark[3] == told
