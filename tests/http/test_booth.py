"""The interpreter's booth: its key, its page, one page per key, and what the members are told."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from meeting_server.demo.remote_end import RemoteEnd, use_loopback
from meeting_server.http.booth import MAX_VISIT
from meeting_server.http.equipment import MAX_LABEL
from meeting_server.store.equipment import MAX_LANGUAGE, Use
from tests.http.house import Browser, House, Page
from tests.store.rows import at

use_loopback()
ENGLISH, SIGN = Use(feeds="channel", language="engelska"), Use(feeds="sign")


async def key(house: House, use: Use) -> dict[str, str]:
    """The header of a new key."""
    _, token = await house.store.equipment.let_in("ks", "Tolk", use, "karin", at(0))
    return {"Authorization": f"Bearer {token}"}


async def said(
    browser: Browser, headers: dict[str, str], what: str, **body: object
) -> tuple[int, dict[str, Any]]:
    answer = await browser.ask("POST", f"/booth/{what}", json=body, headers=headers)
    return answer.status, await answer.json() if answer.content_type == "application/json" else {}


async def state(browser: Browser, headers: dict[str, str]) -> dict[str, Any]:
    answer = await browser.ask("GET", "/booth/state", headers=headers)
    assert answer.status == 200
    found: dict[str, Any] = await answer.json()
    return found


@pytest.mark.parametrize(
    ("kind", "language", "status"),
    [
        ("channel", "", 400),
        ("channel", "   ", 400),
        ("channel", "k" * (MAX_LANGUAGE + 1), 400),
        ("channel", "k\u0007", 400),
        ("channel", "k" * MAX_LANGUAGE, 200),
        ("sign", "", 200),
        ("sign", "k" * (MAX_LANGUAGE + 1), 200),
        ("interpreter", "engelska", 400),
    ],
)
async def test_a_spoken_channel_has_a_language_of_bounded_length(
    house: House, kind: str, language: str, status: int
) -> None:
    chair = await house.by((await house.roster("ks"))["chair"])
    form = {"label": "T" * MAX_LABEL, "kind": kind, "language": language, "csrf": chair.csrf}
    answer = await chair.post("/meetings/ks/equipment", data=form)
    assert answer.status == status
    pieces = await house.store.equipment.of_meeting("ks")
    expected = {"channel": language, "sign": None}.get(kind)
    assert [each.use.language for each in pieces] == ([expected] if status == 200 else [])


async def test_the_link_has_the_key_after_the_hash_and_the_same_language_is_one_channel(house: House) -> None:
    chair = await house.by((await house.roster("ks"))["chair"])
    for written in ("Engelska", " engelska "):
        form = {"label": "Bås 1", "kind": "channel", "language": written, "csrf": chair.csrf}
        page = await (await chair.post("/meetings/ks/equipment", data=form)).text()
    token = page.split('value="http://klubban.test/booth#')[1].split('"')[0]
    piece = await house.store.equipment.by_token(token)
    assert piece is not None
    assert piece.use == ENGLISH
    assert {each.use for each in await house.store.equipment.of_meeting("ks")} == {ENGLISH}
    assert "Tolkar till ett språk (sänder ljud): engelska." in page
    camera = {"label": "Kamera", "kind": "publish", "csrf": chair.csrf}
    assert "/booth#" not in await (await chair.post("/meetings/ks/equipment", data=camera)).text()


async def test_without_an_interpreters_key_the_booth_is_shut(house: House) -> None:
    stranger, camera = house.visitor(), await key(house, Use(feeds="hall"))
    for headers in ({}, {"Authorization": "Bearer wrong"}, camera):
        answer = await stranger.ask("GET", "/booth/state", headers=headers)
        assert (answer.status, await answer.json()) == (401, {"reason": "key"})
        for what in ("offer", "answer", "leave"):
            body = {"visit": "v", "sdp": "v=0", "attempt": 1}
            assert await said(stranger, headers, what, **body) == (401, {"reason": "key"})
    assert (await stranger.get("/booth")).status == 200


@pytest.mark.parametrize(
    ("visit", "status"), [("", 400), ("v" * MAX_VISIT, 503), ("v" * (MAX_VISIT + 1), 400)]
)
async def test_a_visit_has_a_name_of_bounded_length(house: House, visit: str, status: int) -> None:
    found, _ = await said(house.visitor(), await key(house, SIGN), "offer", visit=visit)
    assert found == status


async def test_while_media_is_away_the_booth_is_told_to_try_again(house: House) -> None:
    stranger, headers = house.visitor(), await key(house, SIGN)
    assert await said(stranger, headers, "offer", visit="v") == (503, {"reason": "media-down"})
    assert (await state(stranger, headers))["visit"] is None


async def test_the_booth_shows_the_meeting_and_whose_picture_to_look_at(house: House) -> None:
    roster = await house.roster("ks")
    stranger, headers = house.visitor(), await key(house, ENGLISH)
    found = await state(stranger, headers)
    assert (found["feeds"], found["language"], found["on_air"], found["following"]) == (
        "channel",
        "engelska",
        False,
        0,
    )
    chair = await house.by(roster["chair"])
    await chair.must("ks", "record-arrival", person=roster["chair"])
    await chair.must("ks", "open-meeting")
    found = await state(stranger, headers)
    assert (found["phase"], found["on_air"], found["shut"], found["slot"]) == (
        "roll_call",
        True,
        False,
        "chair",
    )
    assert found["speaker"] == (await house.venue("ks")).meeting.people[roster["chair"]].name


async def sit_down(browser: Browser, headers: dict[str, str], visit: str, **more: object) -> RemoteEnd:
    """Connect a booth, silent."""
    status, made = await said(browser, headers, "offer", visit=visit, **more)
    assert status == 200
    end = RemoteEnd({})
    sdp = await end.answer(made["sdp"])
    assert (await said(browser, headers, "answer", visit=visit, sdp=sdp, attempt=made["attempt"]))[0] == 204
    return end


async def interpreters(page: Page) -> dict[str, Any]:
    """What the page is told next of interpreters."""
    while True:
        message = await page.next("media")
        if message["kind"] == "interpreters":
            return message


async def test_a_channel_comes_with_its_interpreter_and_goes_with_it(live: House) -> None:
    roster = await live.roster("ks")
    stranger, headers = live.visitor(), await key(live, ENGLISH)
    member, chair = await live.by(roster["m1"]), await live.by(roster["chair"])
    async with await member.follow("ks", "member") as page, await chair.follow("ks", "chair") as console:
        end = await sit_down(stranger, headers, "one")
        assert (await interpreters(page))["channels"] == ["engelska"]
        await page.send({"type": "media", "kind": "interpret", "channel": "engelska", "sign": False})
        async with asyncio.timeout(10):
            while (await state(stranger, headers))["following"] != 1:
                await asyncio.sleep(0.05)

        # A second page with the same key does not throw the first out, unless it is told to.
        assert await said(stranger, headers, "offer", visit="two") == (409, {"reason": "elsewhere"})
        taken = await sit_down(stranger, headers, "two", take_over=True)
        assert (await said(stranger, headers, "answer", visit="one", sdp="v=0", attempt=1))[0] == 409
        assert (await said(stranger, headers, "leave", visit="one"))[0] == 204
        assert (await state(stranger, headers))["visit"] == "two"

        assert (await interpreters(page))["channels"] == []
        assert (await interpreters(page))["channels"] == ["engelska"]
        assert (await said(stranger, headers, "leave", visit="two"))[0] == 204
        assert (await interpreters(page))["channels"] == []
        async with asyncio.timeout(10):
            while (told := await interpreters(console))["missed"]["channels"] != ["engelska"]:
                pass
        assert told["channels"] == []
        await end.close()
        await taken.close()


async def test_a_key_that_is_taken_back_ends_the_booth(live: House) -> None:
    stranger, headers = live.visitor(), await key(live, SIGN)
    chair = await live.by((await live.roster("ks"))["chair"])
    async with await chair.follow("ks", "chair") as console:
        end = await sit_down(stranger, headers, "one")
        assert (await interpreters(console))["sign"]
        [piece] = await live.store.equipment.of_meeting("ks")
        await chair.post(f"/meetings/ks/equipment/{piece.id}/revoke", data={"csrf": chair.csrf})
        assert not (await interpreters(console))["sign"]
        assert (await stranger.ask("GET", "/booth/state", headers=headers)).status == 401
        await end.close()


@pytest.mark.parametrize(
    "wrong",
    [
        {"channel": "", "sign": False},
        {"channel": "k" * (MAX_LANGUAGE + 1), "sign": False},
        {"channel": None},
        {"channel": 1, "sign": True},
    ],
)
async def test_a_wish_that_is_none_is_malformed(house: House, wrong: dict[str, object]) -> None:
    member = await house.by((await house.roster("ks"))["m1"])
    async with await member.follow("ks", "member") as page:
        await page.send({"type": "media", "kind": "interpret", **wrong})
        assert (await page.next("malformed"))["because"]
        await page.send({"type": "media", "kind": "interpret", "channel": "k" * MAX_LANGUAGE, "sign": True})
        await page.send({"type": "media", "kind": "nonsense"})
        await page.next("malformed")
        interpretation = (await house.venue("ks")).media.interpretation
        assert interpretation.following(SIGN) == 1
    async with asyncio.timeout(10):
        while interpretation.following(SIGN):  # a wish goes with its page
            await asyncio.sleep(0.02)
