"""The whole server in a closed ballot: what it stores, logs and shows is the same whatever the choice."""

from __future__ import annotations

import json
import logging
import random
import re
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from meeting_server.http.routes import ROUTES, Access
from tests.http.house import Browser, House

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
TOKEN = re.compile(r"[A-Za-z0-9_-]{24,}")
"""What a form carries that is new for every page."""
PRESENT = 31
"""As many as a body of 61 seats needs."""


def fresh_code(chance: random.Random) -> str:
    """A control code as a voter's device makes it."""
    return "".join(chance.choices(SIGNS, k=4)) + "-" + "".join(chance.choices(SIGNS, k=4))


async def opened(house: House) -> tuple[str, Browser, list[Browser]]:
    """The election is taken up, two are nominated and an electronic ballot open; the chair and the voters."""
    roster = await house.roster("kf")
    chair, secretary = await house.by(roster["chair"]), await house.by(roster["secretary"])
    people = [roster["chair"], *(roster[f"m{n}"] for n in range(1, PRESENT))]
    for person in people:
        await secretary.must("kf", "record-arrival", person=person)
    await chair.must("kf", "open-meeting")
    await chair.must("kf", "complete-roll-call")
    [matter] = [
        m.matter.id for m in (await house.venue("kf")).meeting.matters.values() if m.matter.kind == "election"
    ][:1]
    await chair.must("kf", "take-up-matter", matter=matter)
    for name in ("Ada Alm", "Bo Berg"):
        answer = await secretary.command("kf", "record-nomination", {"mover": people[1], "name": name})
        assert "done" in answer
    await chair.must("kf", "close-debate")
    await secretary.must("kf", "record-ballot-demand", person=people[1])
    await chair.must("kf", "open-ballot", method="electronic")
    return matter, chair, [await house.by(person) for person in people]


async def shown(house: House, chair: Browser, other: Browser) -> dict[str, Any]:
    """All that anybody but a voter is shown now: open pages and figures, the views of chair and member."""
    told: dict[str, Any] = {}
    for route in ROUTES:
        if route.method == "GET" and route.access is Access.ANYONE and "{" not in route.path:
            answer = await house.visitor().get(route.path)
            told[route.path] = (answer.status, TOKEN.sub("", await answer.text()))
    for browser, role in ((chair, "chair"), (other, "member")):
        answer = await browser.get(f"/meetings/kf/view?role={role}")
        told[role] = json.loads(await answer.text())["sections"]
    return told


def different(before: Any, after: Any, at: str = "") -> set[str]:
    """The places at which two JSON values differ."""
    if isinstance(before, dict) and isinstance(after, dict):
        keys = before.keys() | after.keys()
        return {found for key in keys for found in different(before.get(key), after.get(key), f"{at}.{key}")}
    return set() if before == after else {at}


def kept_elsewhere(house: House) -> str:
    """Every row of every table but those of the box, as text."""
    with closing(sqlite3.connect(house.settings.data_dir / "klubban.sqlite3")) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [
            repr(row)
            for name in names
            if name not in ("ballots", "ballot_codes")
            for row in connection.execute(f"SELECT * FROM {name}")
        ]
    assert {"ballots", "ballot_codes", "events", "commands"} <= set(names)
    return "\n".join(rows)


async def test_nothing_the_server_keeps_writes_or_shows_tells_what_stood_on_a_ballot(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    matter, chair, voters = await opened(house)
    _chair, *casting, last = voters
    caplog.clear()
    chance = random.Random(7)
    choices = [(f"{matter}-n1",), (f"{matter}-n2",)]
    codes = [fresh_code(chance) for _ in casting]
    changes: dict[tuple[str, ...], set[str]] = {}
    before: dict[str, Any] = {}
    for number, (voter, code) in enumerate(zip(casting, codes, strict=True)):
        choice = choices[number % 2]
        await voter.must("kf", "cast-ballot", choices=choice, code=code)
        if (
            number <= 4
        ):  # the first ballot opens the way for the chair to close; the next four change one number
            after = await shown(house, chair, last)
            if before:
                changes[choice] = changes.get(choice, set()) | different(before, after)
            before = after
    assert changes[choices[0]] == changes[choices[1]]
    assert ".chair.election.ballot.received" in changes[choices[0]]

    stored, written, told = kept_elsewhere(house), caplog.text, json.dumps(await shown(house, chair, last))
    log = (await chair.download("/meetings/kf/log")).decode()
    for code in codes:
        assert code not in stored + written + told + log
    assert f"{matter}-n" not in written
    received = [line for line in log.splitlines() if '"ballot-received"' in line]
    assert len(received) == len(casting)
    assert not [line for line in received if f"{matter}-n" in line]
