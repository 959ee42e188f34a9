"""The notice board: announced by those who call the meeting, read by anybody, not taken down too early."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.demo.data import demo_register
from meeting_server.http.after_meeting import verification_clock
from meeting_server.meeting.convening import Notice
from meeting_server.store import tables
from meeting_server.store.register import MeetingSummary
from meeting_server.store.register_import import import_register
from tests.http.house import DAY, Browser, House
from tests.http.walk import verify_whole


async def text_of(browser: Browser, path: str) -> str:
    answer = await browser.get(path)
    assert answer.status == 200
    return await answer.text()


async def test_an_assembly_is_announced_and_the_day_is_kept_in_its_notice(house: House) -> None:
    roster = await house.roster("kf")
    secretary, anybody = await house.by(roster["secretary"]), house.visitor()
    assert "Inget är anslaget just nu" in await text_of(anybody, "/notice-board")
    house.clock.at = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
    posted = await secretary.post(
        "/meetings/kf/notices", data={"kind": "assembly_meeting", "scope": "meeting"}
    )
    assert posted.status == 303
    page = await text_of(anybody, "/notice-board")
    assert "Kommunfullmäktige sammanträder" in page
    assert "25 november 2026" in page  # the first day it may be taken down
    notice = (await house.store.register.meeting("kf")).notice
    assert notice is not None
    assert notice.announced_on == "2026-11-17"  # and not the day the register file says
    pinned = (await house.store.register.convened("kf")).notice
    assert pinned == notice
    again = await secretary.post(
        "/meetings/kf/notices", data={"kind": "assembly_meeting", "scope": "meeting"}
    )
    assert again.status == 409
    assert "Sista dagen är 17 november 2026" in await text_of(secretary, "/meetings/kf/notices")


async def test_a_meeting_that_is_moved_is_announced_and_called_to_anew(house: House) -> None:
    house.clock.at = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
    secretary = await house.by((await house.roster("kf"))["secretary"])
    post = {"kind": "assembly_meeting", "scope": "meeting"}
    by_hand = {"scope": "meeting", "on": "2026-11-10", "how": "Brev"}
    assert (await secretary.post("/meetings/kf/notices", data=post)).status == 303
    assert (await secretary.post("/meetings/kf/summons/by-hand", data=by_hand)).status == 303
    page = await text_of(secretary, "/meetings/kf/notices")
    assert "Skickad 10 november 2026" in page
    assert "sammanträdet har fått en annan tid" not in page

    register = demo_register(DAY)
    moved = [
        replace(each, starts_at=each.starts_at + timedelta(days=21), announced_on=None, called_on=None)
        if each.id == "kf"
        else each
        for each in register.meetings
    ]
    done = await import_register(house.store.database, replace(register, meetings=tuple(moved)))
    [warning] = [each for each in done.warnings if each.startswith("kf: ")]
    assert "anslaget och kallelsen säger 2026-11-24 kl. 18:30" in warning
    assert "sammanträdet börjar nu 2026-12-15 kl. 18:30" in warning
    notice = (await house.store.register.meeting("kf")).notice
    assert notice is not None
    assert (notice.announced_on, notice.called_on) == (None, None)
    assert (await house.store.register.convened("kf")).notice == notice

    [old] = await house.store.notice_board.up()
    page = await text_of(secretary, "/meetings/kf/notices")
    assert "Gäller inte längre: sammanträdet har fått en annan tid" in page
    assert "Anslå kungörelsen" in page
    assert "Skickad 10 november 2026" not in page
    for path in ("/notice-board", f"/notice-board/{old.id}"):
        public = await text_of(house.visitor(), path)
        assert "Gäller inte längre: sammanträdet har fått en annan tid" in public
        assert "Tas ned tidigast" not in public
    assert (await secretary.post("/meetings/kf/notices", data=post)).status == 303
    assert (await secretary.post("/meetings/kf/notices", data=post)).status == 409
    assert (await secretary.post("/meetings/kf/summons/by-hand", data=by_hand)).status == 303
    assert (await secretary.post(f"/meetings/kf/notices/{old.id}/take-down")).status == 303
    [new] = await house.store.notice_board.up()
    public = await text_of(house.visitor(), "/notice-board")
    assert "15\u00a0december\u00a02026" in new.title
    assert "16 december 2026" in public  # the first day it may be taken down
    assert "en annan tid" not in public
    notice = (await house.store.register.meeting("kf")).notice
    assert notice is not None
    assert (notice.announced_on, notice.called_on) == ("2026-11-10", "2026-11-10")


async def test_an_urgent_matter_is_announced_by_itself_and_the_meeting_knows(house: House) -> None:
    house.clock.at = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)  # Monday evening, the day before the meeting
    secretary = await house.by((await house.roster("kf"))["secretary"])
    data = {"title": "Brådskande stöd", "points": ["Stödet beviljas."]}
    await secretary.must("kf", "add-matter", **data)
    matters = (await house.venue("kf")).meeting.matters
    added = list(matters.values())[-1].matter
    assert not added.announced
    post = {"kind": "assembly_meeting", "scope": added.id}
    assert (await secretary.post("/meetings/kf/notices", data=post)).status == 303
    assert "Brådskande stöd" in await text_of(secretary, "/meetings/kf/notices")
    known = (await house.venue("kf")).meeting.matters[added.id].matter
    assert (known.announced, known.announced_on) == (True, "2026-11-23")
    assert (await secretary.post("/meetings/kf/notices", data=post)).status in (404, 409)
    assert (await secretary.post("/meetings/kf/notices", data={**post, "scope": "m1"})).status == 404


async def test_what_the_law_does_not_name_is_refused_with_its_paragraph(house: House) -> None:
    secretary = await house.by((await house.roster("kf"))["secretary"])
    refused = await secretary.post("/meetings/kf/notices", data={"kind": "advertisement", "title": "Rea"})
    assert refused.status == 409
    assert "KL 8:11" in await refused.text()
    said = {"kind": "how_to_appeal", "title": "Så överklagar du", "text": "Skriv till förvaltningsrätten."}
    assert (await secretary.post("/meetings/kf/notices", data=said)).status == 303
    assert "Så överklagar du" in await text_of(house.visitor(), "/notice-board")
    assert (await secretary.post("/meetings/kf/notices", data={**said, "title": ""})).status == 400


async def test_only_those_who_call_the_meeting_post(house: House) -> None:
    roster = await house.roster("kf")
    member = await house.by(roster["m1"])
    data = {"kind": "assembly_meeting", "scope": "meeting"}
    assert (await member.post("/meetings/kf/notices", data=data)).status == 403
    assert (await member.get("/meetings/kf/notices")).status == 403


async def test_verified_minutes_are_announced_and_stay_until_the_appeal_time_is_out(closed: House) -> None:
    secretary, anybody = await closed.by((await closed.roster("ks"))["secretary"]), closed.visitor()
    data = {"kind": "verified_minutes", "scope": "minutes", "where": "Kommunkansliet, Stadshuset"}
    assert (await secretary.post("/meetings/ks/notices", data=data)).status == 409  # nothing is verified
    await verify_whole(closed)
    assert "Tillkännage att protokollet är justerat" in await text_of(secretary, "/meetings")
    assert (await secretary.post("/meetings/ks/notices", data={**data, "where": " "})).status == 400
    assert (await secretary.post("/meetings/ks/notices", data=data)).status == 303
    assert "Tillkännage att protokollet är justerat" not in await text_of(secretary, "/meetings")
    [notice] = await closed.store.notice_board.up()
    page = await text_of(anybody, f"/notice-board/{notice.id}")
    announced = closed.clock.at.date()
    assert "Kommunkansliet, Stadshuset" in page
    down = f"/meetings/ks/notices/{notice.id}/take-down"
    closed.clock.at += timedelta(days=21)  # the last day of the appeal time
    secretary = await closed.by(secretary.person)  # a login does not last that long
    refused = await secretary.post(down)
    assert refused.status == 409
    assert "KL 8:12" in await refused.text()
    assert (await anybody.get(f"/notice-board/{notice.id}")).status == 200
    closed.clock.at += timedelta(days=1)
    secretary = await closed.by(secretary.person)
    assert (await secretary.post(down)).status == 303
    assert (await anybody.get(f"/notice-board/{notice.id}")).status == 404
    proof = await text_of(secretary, f"/meetings/ks/notices/{notice.id}/proof")
    assert f"Anslaget {announced.day} november 2026" in proof
    assert "Gick ut 15 december 2026" in proof
    assert "Nedtaget 16 december 2026" in proof


async def test_appeal_time_is_counted_from_the_last_municipality_of_a_joint_committee(closed: House) -> None:
    await verify_whole(closed)
    await with_agreements(closed, "Ekhamra kommun", "Granköpings kommun")
    secretary = await closed.by((await closed.roster("ks"))["secretary"])
    data = {"kind": "verified_minutes", "scope": "minutes", "where": "Kansliet"}
    await secretary.post("/meetings/ks/notices", data=data)
    [notice] = await closed.store.notice_board.up()
    here = f"/meetings/ks/notices/{notice.id}"
    page = await text_of(closed.visitor(), "/notice-board")
    assert "Tre veckor efter att det har anslagits också i Granköpings kommun" in page
    assert "KL 9:32" in await (await secretary.post(f"{here}/take-down")).text()
    closed.clock.at += timedelta(days=3)
    secretary = await closed.by(secretary.person)
    there = {"organisation": "Granköpings kommun", "on": "2026-11-26"}
    for wrong in ({**there, "on": "2026-11-23"}, {**there, "on": "2026-11-28"}, {**there, "on": "i går"}):
        assert (await secretary.post(f"{here}/elsewhere", data=wrong)).status == 400
    unknown = {**there, "organisation": "Annat kommun"}
    assert (await secretary.post(f"{here}/elsewhere", data=unknown)).status == 409
    assert (await secretary.post(f"{here}/elsewhere", data=there)).status == 303
    assert "17 december 2026" in await text_of(closed.visitor(), f"/notice-board/{notice.id}")


async def with_agreements(house: House, *organisations: str) -> None:
    """Make the standing orders that the executive's meeting has pinned those of several municipalities."""
    e = tables.events
    this = (e.c.meeting_id == "ks") & (e.c.seq == 1)

    async def work(connection: AsyncConnection) -> None:
        data = json.loads((await connection.execute(select(e.c.data).where(this))).scalar_one())
        data["standing_orders"]["agreements"] = [
            {"organisation": each, "decision_reference": "KF § 1", "distance": "all_may"}
            for each in organisations
        ]
        await connection.execute(update(e).where(this).values(data=json.dumps(data)))

    await house.store.database.write(work)


async def test_a_notice_stands_whatever_becomes_of_the_register(closed: House) -> None:
    await verify_whole(closed)
    await with_agreements(closed, "Ekhamra kommun", "Granköpings kommun")
    secretary = await closed.by((await closed.roster("ks"))["secretary"])
    data = {"kind": "verified_minutes", "scope": "minutes", "where": "Kansliet"}
    await secretary.post("/meetings/ks/notices", data=data)
    coming = await closed.by((await closed.roster("kf"))["secretary"])
    await coming.post("/meetings/kf/notices", data={"kind": "assembly_meeting", "scope": "meeting"})
    both = [each.id for each in await closed.store.notice_board.up()]
    assert len(both) == 2

    async def work(connection: AsyncConnection) -> None:
        for table in (tables.standing_orders, tables.mandates):
            await connection.execute(delete(table))

    await closed.store.database.write(work)
    chair = await closed.by((await closed.roster("ks"))["chair"])
    for person in (secretary, chair):
        assert "/meetings/ks/notices" in await text_of(person, "/meetings")
        assert (await person.get("/meetings/ks/notices")).status == 200
    board = await text_of(closed.visitor(), "/notice-board")
    assert "också i Granköpings kommun" in board  # by the log of the meeting, and not by the register
    assert "Kommunfullmäktige sammanträder" in board
    for notice in both:
        assert (await closed.visitor().get(f"/notice-board/{notice}")).status == 200
    page = await text_of(secretary, "/meetings/ks/notices")
    assert "Granköpings kommun" in page
    proof = f"/meetings/ks/notices/{both[1]}/proof"
    assert "Granköpings kommun" in await text_of(secretary, proof)


async def test_a_notice_of_another_meeting_is_not_found(closed: House) -> None:
    secretary = await closed.by((await closed.roster("ks"))["secretary"])
    await secretary.post("/meetings/ks/notices", data={"kind": "committee_meeting", "scope": "meeting"})
    [notice] = await closed.store.notice_board.up()
    assert (await secretary.get(f"/meetings/kf/notices/{notice.id}/proof")).status == 404
    assert (await secretary.get("/meetings/ks/notices/77/proof")).status == 404


SUMMARY = MeetingSummary(
    "ks",
    "Ekhamra kommun",
    "Kommunstyrelsen",
    "executive",
    "Kommunstyrelsen",
    datetime(2026, 11, 24, 8, 0, tzinfo=UTC),
    "Salen",
    "hybrid",
    "closed",
    "secretary",
    Notice(),
)


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 12, 3), None),
        (date(2026, 12, 4), ("att", "Senast 8 december 2026, om 4 dagar (KL 5:69)")),
        (date(2026, 12, 7), ("att", "Senast 8 december 2026, om 1 dag (KL 5:69)")),
        (date(2026, 12, 8), ("att", "Senast 8 december 2026, i dag (KL 5:69)")),
        (date(2026, 12, 9), ("bad", "Det skulle ha justerats senast 8 december 2026, 1 dag sedan (KL 5:69)")),
    ],
)
def test_the_secretary_is_reminded_on_the_tenth_day_and_told_on_the_fifteenth(
    today: date, said: tuple[str, str] | None
) -> None:
    rows = [(row["level"], row["sub"]) for row in verification_clock(SUMMARY, today)]
    assert rows == ([said] if said else [])


async def test_the_reminder_stands_on_my_meetings_until_the_minutes_are_verified(closed: House) -> None:
    roster, waits = await closed.roster("ks"), "Protokollet ska justeras: Kommunstyrelsen"
    for days, seen in ((9, False), (1, True)):
        closed.clock.at += timedelta(days=days)
        assert (waits in await text_of(await closed.by(roster["secretary"]), "/meetings")) is seen
        assert waits not in await text_of(await closed.by(roster["m1"]), "/meetings")
    await verify_whole(closed)
    assert waits not in await text_of(await closed.by(roster["secretary"]), "/meetings")


async def test_a_last_day_of_appeal_on_a_saturday_is_shown_as_the_monday_after(closed: House) -> None:
    closed.clock.at = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)  # a Saturday; three weeks end on one
    secretary, anybody = await closed.by((await closed.roster("ks"))["secretary"]), closed.visitor()
    await verify_whole(closed)
    data = {"kind": "verified_minutes", "scope": "minutes", "where": "Kansliet"}
    assert (await secretary.post("/meetings/ks/notices", data=data)).status == 303
    [notice] = await closed.store.notice_board.up()
    page = await text_of(anybody, f"/notice-board/{notice.id}")
    assert "21 december 2026" in page
    assert "Tre veckor slutar 19 december 2026" in page
    assert "Tas ned tidigast</dt><dd>22 december 2026" in page
    proof = await text_of(secretary, f"/meetings/ks/notices/{notice.id}/proof")
    assert "Går ut 21 december 2026" in proof
    assert "Tre veckor slutar 19 december 2026" in proof
