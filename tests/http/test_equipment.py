"""WHIP and WHEP over HTTP: tokens, types, sizes, sessions, and pages of other sites."""

from __future__ import annotations

import re

import aiohttp
import pytest

from meeting_server.http.equipment import MAX_LABEL, MOST_PIECES
from meeting_server.media_protocol import MAX_SDP_BYTES
from meeting_server.store.equipment import AlreadyLetIn, Use
from tests.http.house import Browser, House
from tests.store.rows import at

SDP = {"Content-Type": "application/sdp"}


@pytest.fixture
async def stranger(house: House) -> Browser:
    """Whoever holds the equipment; no login."""
    return house.visitor()


async def token(house: House, plays: str | None = None) -> str:
    _, made = await house.store.equipment.let_in(
        "ks", "Kamera", Use(plays=plays, feeds=None if plays else "hall"), "karin", at(0)
    )
    return made


async def offer(browser: Browser, path: str, body: str = "v=0", **headers: str) -> aiohttp.ClientResponse:
    return await browser.ask("POST", path, data=body.encode(), headers={**SDP, **headers})


async def test_without_a_right_token_nothing_is_taken(house: House, stranger: Browser) -> None:
    right = await token(house)
    for path, headers in (
        ("/whip", {}),
        ("/whip/wrong", {}),
        ("/whip", {"Authorization": "Bearer wrong"}),
        ("/whep", {"Authorization": f"Bearer {right}"}),  # a camera's token plays nothing
    ):
        answer = await offer(stranger, path, **headers)
        assert (answer.status, answer.headers["WWW-Authenticate"]) == (401, "Bearer"), path


async def test_type_and_size_are_told(house: House, stranger: Browser) -> None:
    right = await token(house)
    answer = await stranger.ask("POST", f"/whip/{right}", data=b"{}", headers={"Content-Type": "text/plain"})
    assert answer.status == 415
    assert (await offer(stranger, f"/whip/{right}", "x" * (MAX_SDP_BYTES + 1))).status == 413


async def test_while_media_is_away_it_is_told_to_try_again(house: House, stranger: Browser) -> None:
    answer = await offer(stranger, "/whip", Authorization=f"Bearer {await token(house)}")
    assert answer.status == 503
    assert "try again" in await answer.text()


async def test_sessions_that_are_not_there_and_candidates(house: House, stranger: Browser) -> None:
    assert (await stranger.ask("DELETE", "/whip/session/1/none")).status == 404
    fragment = {"Content-Type": "application/trickle-ice-sdpfrag"}
    assert (await stranger.ask("PATCH", "/whip/session/1/none", headers=fragment)).status == 204
    assert (await stranger.ask("PATCH", "/whip/session/1/none", headers=SDP)).status == 415
    restart = {**fragment, "If-Match": "*"}
    assert (await stranger.ask("PATCH", "/whip/session/1/none", headers=restart)).status == 405


async def test_a_page_of_another_site_may_ask(stranger: Browser) -> None:
    answer = await stranger.ask("OPTIONS", "/whip", headers={"Origin": "https://camera.example"})
    assert answer.status == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]


async def test_a_label_has_its_length_and_a_meeting_its_number_of_pieces(house: House) -> None:
    chair = await house.by((await house.roster("ks"))["chair"])

    async def made(label: str) -> int:
        form = {"label": label, "kind": "publish", "csrf": chair.csrf}
        return (await chair.post("/meetings/ks/equipment", data=form)).status

    assert [await made(label) for label in ("", "k" * (MAX_LABEL + 1), "k" * MAX_LABEL)] == [400, 400, 200]
    assert {await made("Kamera") for _ in range(MOST_PIECES - 1)} == {200}
    assert await made("Kamera") == 400


async def test_the_encoder_of_the_webcast_has_a_kind_and_a_key_of_its_own(house: House) -> None:
    chair = await house.by((await house.roster("ks"))["chair"])
    form = {"label": "Kodaren", "kind": "webcast", "csrf": chair.csrf}
    page = await chair.post("/meetings/ks/equipment", data=form)
    assert page.status == 200
    assert "Webbsändning (kodare hämtar bild och ljud)" in await page.text()
    [piece] = await house.store.equipment.of_meeting("ks")
    assert piece.use.plays == "webcast"
    _, right = await house.store.equipment.let_in("ks", "Kodaren", Use(plays="webcast"), "karin", at(0))
    stranger = house.visitor()
    assert (await offer(stranger, f"/whip/{right}")).status == 401, "an encoder publishes nothing"
    assert (await offer(stranger, f"/whep/{right}")).status == 503, "media is away here"


async def test_what_plays_an_interpreter_has_a_language_or_shows_the_signs(house: House) -> None:
    secretary = await house.by((await house.roster("ks"))["secretary"])

    async def made(kind: str, language: str = "") -> tuple[int, str]:
        form = {"label": "Slingan", "kind": kind, "language": language, "csrf": secretary.csrf}
        answer = await secretary.post("/meetings/ks/equipment", data=form)
        return answer.status, await answer.text()

    status, page = await made("plays-channel")
    assert (status, "Skriv vilket språk det tolkas till" in page) == (400, True)
    status, page = await made("plays-channel", " Finska ")
    assert (status, "/booth#" in page) == (200, False)  # it is nobody who speaks
    assert "Spelar tolkningen till ett språk (hörlurar, hörslinga): finska." in page
    status, page = await made("shows-sign")
    assert "Visar teckenspråkstolken (skärm)." in page
    uses = [piece.use for piece in await house.store.equipment.of_meeting("ks")]
    assert uses == [Use(plays="channel", language="finska"), Use(plays="sign")]


async def test_the_same_form_sent_again_makes_no_second_key_and_says_so(house: House) -> None:
    secretary = await house.by((await house.roster("ks"))["secretary"])
    page = await (await secretary.get("/meetings/ks/equipment")).text()
    found = re.search(r'name="once" value="([^"]+)"', page)
    assert found is not None
    form = {"label": "Kameran", "kind": "publish", "language": "", "once": found[1], "csrf": secretary.csrf}

    async def send(**more: str) -> str:
        answer = await secretary.post("/meetings/ks/equipment", data=form | more)
        assert answer.status == 200
        return await answer.text()

    async def labels() -> list[str]:
        return [piece.label for piece in await house.store.equipment.of_meeting("ks")]

    first = await send()
    made = re.search(r'id="et" readonly value="([^"]+)"', first)
    assert made is not None
    assert (await house.store.equipment.by_token(made[1])) is not None
    again = await send()
    assert "Nyckeln till Kameran är redan skapad" in again
    assert made[1] not in again
    assert await labels() == ["Kameran"]
    [piece] = await house.store.equipment.of_meeting("ks")
    assert await house.store.equipment.revoke("ks", piece.id, at(1))
    assert "redan skapad" in await send()  # a key that was taken back does not come again
    await send(label="Kameran vid dörren")  # written anew on the page one went back to
    fresh = re.search(r'name="once" value="([^"]+)"', again)
    assert fresh is not None
    await send(once=fresh[1])  # a second of the same name, on purpose
    assert await labels() == ["Kameran", "Kameran vid dörren", "Kameran"]
    with pytest.raises(AlreadyLetIn):
        await house.store.equipment.let_in("ks", "Kamera", Use(feeds="hall"), "karin", at(0), made[1])
