"""Signing in, out and by invitation; and that nobody else's page can do it."""

from __future__ import annotations

import re
from pathlib import Path

import aiohttp
import pytest

from meeting_server.http.signin import safe_next
from tests.http.house import Browser, House

PASSWORD = "en lång mening om bryggan"


async def an_account(house: House) -> str:
    person = (await house.roster("ks"))["m1"]
    await house.store.accounts.create(person, "mirjam", PASSWORD, now=house.clock.now())
    return person


async def token(browser: Browser, path: str = "/signin") -> str:
    page = await (await browser.get(path)).text()
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found is not None
    return found[1]


async def signs_in(browser: Browser, username: str, password: str, **fields: str) -> aiohttp.ClientResponse:
    form = {"csrf": await token(browser), "username": username, "password": password, **fields}
    return await browser.post("/signin", data=form)


async def test_the_right_password_opens_the_meetings(house: House) -> None:
    await an_account(house)
    browser = house.visitor()
    answer = await signs_in(browser, "mirjam", PASSWORD)
    assert (answer.status, answer.headers["Location"]) == (303, "/meetings")
    assert "Mirjam" in await (await browser.get("/meetings")).text()


async def test_a_wrong_password_and_an_unknown_name_are_answered_alike(house: House) -> None:
    await an_account(house)
    wrong = await signs_in(house.visitor(), "mirjam", "fel fel fel fel")
    unknown = await signs_in(house.visitor(), "nobody", "fel fel fel fel")
    assert wrong.status == unknown.status == 401
    sentences = [
        re.search(r'role="alert"[^>]*>.*?<span>(.*?)</span>', await each.text()) for each in (wrong, unknown)
    ]
    assert sentences[0]
    assert sentences[1]
    assert sentences[0][1] == sentences[1][1]
    assert "klubban" not in wrong.cookies


async def test_guessing_is_stopped_and_told_how_long(house: House) -> None:
    await an_account(house)
    for _ in range(30):
        answer = await signs_in(house.visitor(), "mirjam", "fel fel fel fel")
        if answer.status == 429:
            break
    assert answer.status == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert (await signs_in(house.visitor(), "mirjam", PASSWORD)).status == 429


@pytest.mark.parametrize(
    ("headers", "with_token"),
    [
        ({"Origin": "https://elsewhere.example"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, True),
        ({}, False),
    ],
)
async def test_another_sites_form_signs_nobody_in(
    house: House, headers: dict[str, str], with_token: bool
) -> None:
    await an_account(house)
    browser = house.visitor()
    form = {
        "csrf": await token(browser) if with_token else "guess",
        "username": "mirjam",
        "password": PASSWORD,
    }
    answer = await browser.post("/signin", data=form, headers=headers)
    assert answer.status == 403
    assert "klubban" not in answer.cookies


async def test_a_token_of_another_browser_is_not_ours(house: House) -> None:
    await an_account(house)
    stolen = await token(house.visitor())
    mine = house.visitor()
    await mine.get("/signin")
    answer = await mine.post("/signin", data={"csrf": stolen, "username": "mirjam", "password": PASSWORD})
    assert answer.status == 403


@pytest.mark.parametrize(
    ("url", "name", "is_secure"),
    [("https://klubban.test", "__Host-klubban", True), ("http://klubban.test", "klubban", False)],
)
async def test_the_cookie_is_closed_to_scripts_and_over_https_to_plain_lines(
    ekhamra: Path, tmp_path: Path, url: str, name: str, is_secure: bool
) -> None:
    (tmp_path / "klubban.sqlite3").write_bytes((ekhamra / "klubban.sqlite3").read_bytes())
    house = await House.open(tmp_path, public_url=url)
    await an_account(house)
    browser = house.visitor()
    page = await browser.get("/signin")
    form_cookie = f"{name}-form"
    value = page.cookies[form_cookie].value
    csrf = re.search(r'name="csrf" value="([^"]+)"', await page.text())
    assert csrf is not None
    answer = await browser.post(
        "/signin",
        data={"csrf": csrf[1], "username": "mirjam", "password": PASSWORD},
        headers={"Cookie": f"{form_cookie}={value}"},
    )
    cookie = answer.cookies[name]
    assert cookie["httponly"]
    assert bool(cookie["secure"]) is is_secure
    assert (cookie["samesite"], cookie["path"], cookie["domain"]) == ("Lax", "/", "")
    assert ("Strict-Transport-Security" in answer.headers) is is_secure
    await house.close()


async def test_signing_out_ends_the_login_on_the_server(house: House) -> None:
    browser = await house.by((await house.roster("ks"))["m1"])
    cookie = next(each.value for each in browser.http.cookie_jar if each.key == "klubban")
    assert (await browser.get("/meetings")).status == 200
    assert (await browser.post("/signout")).status == 303
    browser.http.cookie_jar.update_cookies({"klubban": cookie})
    assert (await browser.get("/meetings")).status == 303


async def test_signing_out_needs_the_token(house: House) -> None:
    browser = await house.by((await house.roster("ks"))["m1"])
    assert (await browser.post("/signout", csrf=False)).status == 403
    assert (await browser.get("/meetings")).status == 200


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/meetings/ks/member", "/meetings/ks/member"),
        ("//elsewhere.example", "/meetings"),
        ("https://elsewhere.example", "/meetings"),
        ("/\\elsewhere.example", "/meetings"),
        ("/a\r\nSet-Cookie: x=1", "/meetings"),
        ("", "/meetings"),
        (None, "/meetings"),
    ],
)
def test_after_signing_in_one_stays_on_this_server(asked: str | None, given: str) -> None:
    assert safe_next(asked) == given


async def test_a_page_that_needs_a_login_comes_back_after_it(house: House) -> None:
    await an_account(house)
    browser = house.visitor()
    answer = await browser.get("/meetings/ks/member")
    assert answer.headers["Location"] == "/signin?next=/meetings/ks/member"
    answer = await signs_in(browser, "mirjam", PASSWORD, next="/meetings/ks/member")
    assert answer.headers["Location"] == "/meetings/ks/member"


async def test_an_invitation_makes_an_account_once(house: House) -> None:
    person = (await house.roster("ks"))["m2"]
    path = f"/invite/{await house.store.accounts.invite(person, now=house.clock.now())}"
    browser = house.visitor()
    form = {"csrf": await token(browser, path), "username": "bertil"}
    differ = await browser.post(
        path, data={**form, "password": PASSWORD, "password_again": "något annat helt"}
    )
    assert differ.status == 400
    weak = await browser.post(path, data={**form, "password": "kort", "password_again": "kort"})
    assert weak.status == 400
    done = await browser.post(path, data={**form, "password": PASSWORD, "password_again": PASSWORD})
    assert (done.status, done.headers["Location"]) == (303, "/meetings")
    assert (await browser.get("/meetings")).status == 200
    assert (await house.visitor().get(path)).status == 403
    assert (await signs_in(house.visitor(), "bertil", PASSWORD)).status == 303


async def test_an_unknown_invitation_is_refused_in_words(house: House) -> None:
    answer = await house.visitor().get("/invite/nothing")
    assert answer.status == 403
    assert "Be kansliet om en ny" in await answer.text()


async def test_a_login_unused_too_long_has_ended(house: House) -> None:
    browser = await house.by((await house.roster("ks"))["m1"])
    house.clock.step(house.settings.login_idle_minutes * 60 + 1)
    assert (await browser.get("/meetings")).status == 303


async def test_nobody_signs_in_as_anybody_outside_the_demonstration(house: House) -> None:
    person = (await house.roster("ks"))["chair"]
    assert (await house.visitor().get(f"/demo/as/{person}")).status == 404
    assert (await house.visitor().get("/demo")).status == 404
