"""What can be done without the socket: commands, checking in with the code, documents, opening a meeting."""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.live.checkin import TRIES
from meeting_server.store import tables
from meeting_server.wire.commands import MAX_BYTES
from tests.http.house import Browser, House

ARRIVAL = "/meetings/ks/commands"


async def member_of(house: House, key: str = "m5") -> Browser:
    return await house.by((await house.roster("ks"))[key])


async def the_code(house: House) -> str:
    venue = await house.venue("ks")
    return venue.check_in.code(venue.check_in.slot(house.clock.now().timestamp()))


async def state_of(house: House, person: str) -> str:
    return (await house.venue("ks")).meeting.presence[person].state


async def test_a_meeting_without_members_is_not_opened_for_good(house: House) -> None:
    secretary = await member_of(house, "secretary")

    async def work(connection: AsyncConnection) -> None:
        await connection.execute(delete(tables.mandates))

    await house.store.database.write(work)
    answer = await secretary.post("/meetings/ks/commands", json={})
    assert (answer.status, (await answer.json())["problem"]["code"]) == (409, "nobody-called")
    page = await (await secretary.get("/meetings/ks/secretary")).text()
    assert "Registret har inga ledamöter för sammanträdets dag." in page
    assert await house.store.log.read("ks") == []
    assert (await secretary.get("/meetings")).status == 200


async def test_the_code_checks_a_member_in(house: House) -> None:
    member = await member_of(house)
    code = await the_code(house)
    typed = f"{code[:2]} {code[2:]}"
    assert (await member.post("/meetings/ks/check-in", json={"code": typed})).status == 200
    assert await state_of(house, member.person) == "room"


async def test_the_qr_code_leads_to_one_press(house: House) -> None:
    member = await member_of(house)
    code = await the_code(house)
    page = await member.get(f"/c/ks/{code}")
    assert code in await page.text()
    assert await state_of(house, member.person) == "expected"
    done = await member.post(
        "/meetings/ks/check-in", data={"code": code, "csrf": member.csrf}, headers={"Accept": "text/html"}
    )
    assert "Du är anmäld i salen" in await done.text()
    assert await state_of(house, member.person) == "room"


async def test_a_wrong_code_is_refused_and_guessing_is_stopped(house: House) -> None:
    member = await member_of(house)
    for _ in range(TRIES):
        wrong = await member.post("/meetings/ks/check-in", json={"code": "x"})
        assert (wrong.status, (await wrong.json())["refused"]["code"]) == (409, "check-in-code")
    stopped = await member.post("/meetings/ks/check-in", json={"code": await the_code(house)})
    assert stopped.status == 429
    assert await state_of(house, member.person) == "expected"


async def test_an_old_code_says_so_on_the_page(house: House) -> None:
    member = await member_of(house)
    code = await the_code(house)
    house.clock.step(90)
    answer = await member.post(
        "/meetings/ks/check-in", data={"code": code, "csrf": member.csrf}, headers={"Accept": "text/html"}
    )
    assert answer.status == 409
    assert "Skriv koden som står på skärmen nu" in await answer.text()


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{", {"Content-Type": "application/json"}, 400),
        (b"[]", {"Content-Type": "application/json"}, 400),
        (b"\xff\xfe", {"Content-Type": "application/json"}, 400),
        (b'{"id":"x","name":"nothing","data":{}}', {"Content-Type": "application/json"}, 400),
        (b'{"id":"x","name":"depart","data":{}}', {"Content-Type": "text/plain"}, 403),
        (b'{"id":"x"' + b" " * MAX_BYTES + b"}", {"Content-Type": "application/json"}, 413),
    ],
)
async def test_a_malformed_command_is_answered_and_nothing_happens(
    house: House, body: bytes, headers: dict[str, str], status: int
) -> None:
    member = await member_of(house)
    before = (await house.venue("ks")).chamber.seq
    token = {"X-CSRF-Token": member.csrf} if headers["Content-Type"] == "application/json" else {}
    answer = await member.ask("POST", ARRIVAL, data=body, headers={**headers, **token})
    assert answer.status == status
    assert (await house.venue("ks")).chamber.seq == before


async def test_a_command_over_http_needs_the_token_of_the_login(house: House) -> None:
    one, other = await member_of(house), await member_of(house)
    body: dict[str, Any] = {"id": "x", "name": "request-floor", "data": {"kind": "speech"}}
    without = await one.post(ARRIVAL, json=body, csrf=False)
    foreign = await one.ask("POST", ARRIVAL, json=body, headers={"X-CSRF-Token": other.csrf})
    assert (without.status, foreign.status) == (403, 403)
    own = await one.post(ARRIVAL, json=body)
    assert (own.status, (await own.json())["refused"]["cites"] != "") == (409, True)


async def test_a_meeting_opens_the_day_before_and_not_earlier(house: House) -> None:
    member = await member_of(house)
    summary = await house.store.register.meeting("ks")
    house.clock.at = summary.starts_at - timedelta(hours=24, seconds=1)
    early = await house.by(member.person)
    answer = await early.get("/meetings/ks", headers={"Accept": "text/html"})
    assert answer.status == 409
    assert "Mötet har inte öppnat" in await answer.text()
    assert await house.store.log.read("ks") == []
    house.clock.step(1)
    assert (await early.get("/meetings/ks")).status == 303
    assert len(await house.store.log.read("ks")) == 1


async def test_a_meeting_whose_log_has_been_changed_is_not_opened(house: House) -> None:
    member = await member_of(house)
    await house.venue("ks")
    folder = house.settings.data_dir
    await house.close()

    reopened = await House.open(folder)
    changed = update(tables.events).where(tables.events.c.meeting_id == "ks").values(actor="somebody else")
    await reopened.store.database.write(lambda connection: connection.execute(changed))
    browser = await reopened.by(member.person)
    answer = await browser.get("/meetings/ks", headers={"Accept": "application/json"})
    assert (answer.status, (await answer.json())["problem"]["code"]) == (503, "damaged-log")
    await reopened.close()


async def test_a_matters_document_is_not_for_one_disqualified_in_it(house: House) -> None:
    member, other = await member_of(house), await member_of(house, "m6")
    venue = await house.venue("ks")
    matter, address = next(
        (m.matter.id, d.href) for m in venue.meeting.matters.values() for d in m.matter.documents if d.href
    )
    assert (await member.get(address)).status == 200
    await member.must("ks", "declare-conflict", matter=matter, reason="Egen sak.")
    assert (await member.get(address)).status == 403
    assert (await other.get(address)).status == 200


async def test_the_example_client_follows_a_meeting_and_gives_a_command(house: House) -> None:
    password = "en lång mening om bryggan"
    roster = await house.roster("ks")
    await house.store.accounts.create(roster["m5"], "nore", password, now=house.clock.now())
    client = await asyncio.create_subprocess_exec(
        sys.executable,
        "web/example/follow.py",
        house.url,
        "ks",
        "nore",
        password,
        "request-floor",
        '{"kind":"speech"}',
        env={"PYTHONUNBUFFERED": "1"},
        stdout=asyncio.subprocess.PIPE,
    )
    assert client.stdout is not None
    seen: list[str] = []
    async with asyncio.timeout(60):
        while len(seen) < 2:
            seen.append((await client.stdout.readline()).decode())
        assert any(line.startswith("view 1 meeting quorum people") for line in seen)
        assert any(line.startswith("refused ") for line in seen)
        secretary = await house.by(roster["secretary"])
        await secretary.must("ks", "record-arrival", person=roster["m1"])
        while "arrived-in-room" not in seen[-1]:
            seen.append((await client.stdout.readline()).decode())
    client.terminate()
    await client.wait()
