"""Signing in by a real sign-in service that is not ours: the whole way, and every way it must not go."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.http.id_tokens import BadToken
from meeting_server.http.keys import SERVICE
from meeting_server.http.oidc_signin import ATTEMPT_SECONDS
from meeting_server.http.sign_in_service import Attempt, ServiceDown, SignInService
from meeting_server.store import tables
from meeting_server.store.identities import identities
from meeting_server.store.logins import Login
from meeting_server.store.summons_sent import addresses
from meeting_server.wire.events import encode_event
from tests.http.house import Browser, House
from tests.live.place import SetClock
from tests.oidc.provider import CLIENT_ID, CLIENT_SECRET, LOA3, NUMBERS
from tests.oidc.service import Service, visit

PUBLIC = "http://klubban.test"
ISSUER_OFF = "http://127.0.0.1:1/o"
"""Where nothing listens."""


class TodaysClock(SetClock):
    """The real time, as the service has it, unless somebody steps it."""

    def __init__(self) -> None:
        super().__init__()
        self.shift = timedelta()

    def now(self) -> datetime:
        """Now, and as far beside it as it was stepped."""
        return datetime.now(UTC) + self.shift

    def step(self, seconds: float) -> None:
        """Somebody sets the clock."""
        self.shift += timedelta(seconds=seconds)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The sign-in service, one for all tests of the module."""
    running = Service.start(tmp_path_factory.mktemp("service"), f"{PUBLIC}/signin/oidc/callback")
    yield running
    running.stop()


Opens: TypeAlias = Callable[..., Awaitable[House]]


@pytest.fixture
async def opened(ekhamra: Path, tmp_path: Path) -> AsyncIterator[Opens]:
    """Opens our server with a service set up, on today's date: the service has a clock of its own."""
    shutil.copy(ekhamra / "klubban.sqlite3", tmp_path / "klubban.sqlite3")
    secret = tmp_path / "client-secret"
    secret.write_text(CLIENT_SECRET, encoding="utf-8")
    houses: list[House] = []

    async def open_house(issuer: str, **more: Any) -> House:
        chosen: dict[str, Any] = {
            "oidc_issuer": issuer,
            "oidc_client_id": CLIENT_ID,
            "oidc_client_secret_file": secret,
            "oidc_strong_acr": (LOA3,),
            "public_url": PUBLIC,
            **more,
        }
        house = await House.open(tmp_path, clock=TodaysClock(), **chosen)
        houses.append(house)
        return house

    yield open_house
    for each in houses:
        await each.close()


@pytest.fixture
async def house(opened: Opens, service: Service) -> House:
    """Our server beside the service."""
    return await opened(service.issuer)


async def goes(browser: Browser, path: str = "/signin/oidc") -> str:
    """The browser is sent to the service: the address there."""
    answer = await browser.get(path)
    assert answer.status == 303, await answer.text()
    return answer.headers["Location"]


async def signs_in(browser: Browser, username: str, path: str = "/signin/oidc") -> Any:
    """The whole way there and back; the answer to the callback."""
    return await browser.get(await visit(await goes(browser, path), username, PUBLIC))


async def login_of(house: House, browser: Browser) -> Login:
    """The login behind the browser's cookie; one that the house gave it and that has ended is thrown away."""
    for cookie in {each.value for each in browser.http.cookie_jar if each.key == "klubban"}:
        login = await house.store.logins.find(cookie, now=house.clock.now())
        if login is not None:
            return login
        browser.http.cookie_jar.clear(lambda each, ended=cookie: each.value == ended)  # type: ignore[misc]
    raise AssertionError("nobody is signed in")


async def invited(house: House, who: str = "m1") -> tuple[str, str]:
    """A person and the path of an invitation."""
    person = (await house.roster("ks"))[who]
    return person, f"/invite/{await house.store.accounts.invite(person, now=house.clock.now())}"


async def has_address(house: House, person: str, address: str) -> None:
    async def work(connection: AsyncConnection) -> None:
        await connection.execute(insert(addresses).values(person_id=person, address=address))

    await house.store.database.write(work)


async def kept(house: House) -> list[Any]:
    async def work(connection: AsyncConnection) -> list[Any]:
        return list((await connection.execute(select(identities))).all())

    return await house.store.database.read(work)


async def test_the_question_is_the_code_flow_with_pkce_state_and_nonce(house: House) -> None:
    browser = house.visitor()
    asked = parse_qs(urlsplit(await goes(browser)).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["scope"] == ["openid email"]
    assert asked["acr_values"] == [LOA3]
    again = parse_qs(urlsplit(await goes(browser)).query)
    assert all(asked[name] != again[name] for name in ("state", "nonce", "code_challenge"))
    cookie = (await browser.get("/signin/oidc")).cookies["klubban-errand"]
    assert (bool(cookie["httponly"]), cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


async def test_an_invited_person_signs_in_instead_of_choosing_a_password(house: House) -> None:
    person, path = await invited(house)
    assert "Logga in med e-legitimation" in await (await house.visitor().get(path)).text()
    browser = house.visitor()
    answer = await signs_in(browser, "mira", f"{path}/oidc")
    assert (answer.status, answer.headers["Location"]) == (303, "/meetings")
    login = await login_of(house, browser)
    assert (login.person_id, login.method, login.assurance, login.is_strong) == (person, "oidc", LOA3, True)
    assert (await house.visitor().get(path)).status == 403
    assert (await house.visitor().get(f"{path}/oidc")).status == 403
    another = house.visitor()
    answer = await signs_in(another, "mira", "/signin/oidc?next=/meetings/ks/member")
    assert answer.headers["Location"] == "/meetings/ks/member"
    assert (await login_of(house, another)).person_id == person


async def test_a_level_that_does_not_count_is_a_login_and_not_a_strong_one(house: House) -> None:
    _, path = await invited(house)
    browser = house.visitor()
    await signs_in(browser, "nils", f"{path}/oidc")
    login = await login_of(house, browser)
    assert (login.assurance, login.is_strong) == ("http://id.elegnamnd.se/loa/1.0/loa1", False)


async def test_no_level_counts_where_none_is_named(opened: Opens, service: Service) -> None:
    house = await opened(service.issuer, oidc_strong_acr=())
    _, path = await invited(house)
    browser = house.visitor()
    await signs_in(browser, "mira", f"{path}/oidc")
    assert not (await login_of(house, browser)).is_strong


async def test_an_unknown_person_is_told_what_to_do_and_is_not_let_in(house: House) -> None:
    browser = house.visitor()
    answer = await signs_in(browser, "okand")
    page = await answer.text()
    assert answer.status == 403
    assert "du är inte känd här" in page
    assert "be kansliet om en inbjudan" in page
    assert "klubban" not in answer.cookies
    assert await kept(house) == []


@pytest.mark.parametrize(
    ("username", "address", "twice", "is_let_in"),
    [
        ("mira", "Mira@Ekhamra.example", False, True),
        ("mira", "mira@ekhamra.example", True, False),
        ("nils", "nils@ekhamra.example", False, False),
        ("mira", "annan@ekhamra.example", False, False),
    ],
)
async def test_a_verified_address_of_one_person_in_the_register_is_enough(
    house: House, username: str, address: str, twice: bool, is_let_in: bool
) -> None:
    roster = await house.roster("ks")
    await has_address(house, roster["m1"], address)
    if twice:
        await has_address(house, roster["m2"], address)
    browser = house.visitor()
    assert ((await signs_in(browser, username)).status == 303) is is_let_in
    assert len(await kept(house)) == is_let_in


async def test_a_person_who_has_an_identity_gets_no_other_by_address(house: House) -> None:
    person, path = await invited(house)
    await signs_in(house.visitor(), "nils", f"{path}/oidc")
    await has_address(house, person, "mira@ekhamra.example")
    assert (await signs_in(house.visitor(), "mira")).status == 403


async def test_what_the_service_calls_a_person_is_never_kept_in_clear(
    opened: Opens, tmp_path: Path, service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    house = await opened(service.issuer, oidc_claim="number")
    _, path = await invited(house)
    browser = house.visitor()
    assert (await signs_in(browser, "mira", f"{path}/oidc")).status == 303
    [row] = await kept(house)
    assert re.fullmatch("[0-9a-f]{64}", row.subject_mac)
    stored = b"".join(file.read_bytes() for file in tmp_path.glob("klubban.sqlite3*"))
    assert NUMBERS["mira"].encode() not in stored
    assert NUMBERS["mira"] not in caplog.text
    assert CLIENT_SECRET not in caplog.text


async def test_one_who_is_signed_in_links_the_identity_and_takes_it_away(house: House) -> None:
    person = (await house.roster("ks"))["m1"]
    browser = await house.by(person)
    page = await (await browser.get("/account")).text()
    found = re.search(r'href="(/account/bind\?csrf=[^"]+)"', page)
    assert found is not None
    answer = await signs_in(browser, "mira", found[1])
    assert answer.headers["Location"] == "/account?done=bound"
    browser.login = await login_of(house, browser)
    assert "Kopplad till dig" in await (await browser.get("/account?done=bound")).text()
    assert browser.login.is_strong
    assert (await signs_in(house.visitor(), "mira")).status == 303
    assert (await browser.post("/account/release")).status == 303
    assert (await signs_in(house.visitor(), "mira")).status == 403


async def test_nobody_else_links_an_identity_to_an_account(house: House) -> None:
    browser = await house.by((await house.roster("ks"))["m1"])
    assert (await browser.get("/account/bind")).status == 403
    assert (await browser.get("/account/bind?csrf=guess")).status == 403
    back = await visit(await goes(browser, f"/account/bind?csrf={browser.csrf}"), "mira", PUBLIC)
    await browser.post("/signout")
    assert (await browser.get(back)).status == 403
    assert await kept(house) == []


async def test_an_identity_belongs_to_one_person(house: House) -> None:
    _, first = await invited(house, "m1")
    await signs_in(house.visitor(), "mira", f"{first}/oidc")
    _, second = await invited(house, "m2")
    answer = await signs_in(house.visitor(), "mira", f"{second}/oidc")
    assert answer.status == 409
    assert "hör till en annan person" in await answer.text()
    assert (await house.visitor().get(second)).status == 200, "the invitation is not used up"


async def test_an_answer_with_another_state_is_not_taken(house: House) -> None:
    _, path = await invited(house)
    browser = house.visitor()
    back = await visit(await goes(browser, f"{path}/oidc"), "mira", PUBLIC)
    answer = await browser.get(re.sub(r"state=[^&]+", "state=guess", back))
    assert answer.status == 403
    assert "hör inte ihop med den här webbläsaren" in await answer.text()


async def test_an_answer_is_taken_from_the_browser_that_asked_and_from_no_other(house: House) -> None:
    _, path = await invited(house)
    back = await visit(await goes(house.visitor(), f"{path}/oidc"), "mira", PUBLIC)
    victim = house.visitor()
    assert (await victim.get(back)).status == 403
    await goes(victim)
    assert (await victim.get(back)).status == 403


async def test_a_made_up_errand_is_not_ours(house: House) -> None:
    browser = house.visitor()
    back = await visit(await goes(browser), "mira", PUBLIC)
    [errand] = [each for each in browser.http.cookie_jar if each.key == "klubban-errand"]
    for forged in (f"x{errand.value}", errand.value.partition(".")[0], f"{errand.value[:-1]}x"):
        browser.http.cookie_jar.update_cookies({"klubban-errand": forged})
        assert (await browser.get(back)).status == 403


async def test_a_code_is_taken_once_also_by_a_browser_that_keeps_its_cookie(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    _, path = await invited(house)
    browser = house.visitor()
    back = await visit(await goes(browser, f"{path}/oidc"), "mira", PUBLIC)
    [errand] = [each.value for each in browser.http.cookie_jar if each.key == "klubban-errand"]
    assert (await browser.get(back)).status == 303
    assert (await browser.get(back)).status == 403
    browser.http.cookie_jar.update_cookies({"klubban-errand": errand})
    answer = await browser.get(back)
    assert answer.status == 403
    assert "gick inte att lita på" in await answer.text()
    assert "sign-in refused: code" in caplog.text


async def test_a_code_of_another_attempt_is_refused_by_the_service_for_its_verifier(house: House) -> None:
    _, path = await invited(house)
    browser = house.visitor()
    first = await visit(await goes(browser, f"{path}/oidc"), "mira", PUBLIC)
    second = await visit(await goes(browser, f"{path}/oidc"), "mira", PUBLIC)
    code = parse_qs(urlsplit(first).query)["code"][0]
    answer = await browser.get(re.sub(r"code=[^&]+", f"code={code}", second))
    assert answer.status == 403
    assert "stämde inte med det vi frågade" in await answer.text()


@pytest.mark.parametrize(("seconds", "is_taken"), [(ATTEMPT_SECONDS // 2, True), (ATTEMPT_SECONDS, False)])
async def test_one_has_ten_minutes(house: House, seconds: int, is_taken: bool) -> None:
    _, path = await invited(house)
    browser = house.visitor()
    house.clock.step(-seconds)
    address = await goes(browser, f"{path}/oidc")
    [errand] = [each.value for each in browser.http.cookie_jar if each.key == "klubban-errand"]
    house.clock.step(seconds)
    back = await visit(address, "mira", PUBLIC)
    browser.http.cookie_jar.update_cookies({"klubban-errand": errand})
    assert ((await browser.get(back)).status == 303) is is_taken


async def test_one_who_turns_back_at_the_service_is_told_so(house: House) -> None:
    browser = house.visitor()
    asked = parse_qs(urlsplit(await goes(browser)).query)
    answer = await browser.get(f"/signin/oidc/callback?error=access_denied&state={asked['state'][0]}")
    assert answer.status == 403
    assert "Den avbröts hos inloggningstjänsten" in await answer.text()


async def test_an_answer_from_another_service_is_not_taken(house: House) -> None:
    browser = house.visitor()
    back = await visit(await goes(browser), "mira", PUBLIC)
    back = re.sub(r"&iss=[^&]*", "", back)
    assert (await browser.get(f"{back}&iss=https://elsewhere.example")).status == 403


async def test_a_token_meant_for_another_question_is_refused(house: House) -> None:
    """The service answers with our nonce; asked with another nonce in mind, the same answer is refused."""
    service = house.app[SERVICE]
    attempt = Attempt("state", "nonce", "v" * 64)
    code = parse_qs(urlsplit(await visit(await service.question(attempt), "mira", PUBLIC)).query)["code"][0]
    with pytest.raises(BadToken, match="nonce"):
        await service.visitor(code, Attempt("state", "another", attempt.verifier))


async def test_a_new_signing_key_is_fetched_when_it_is_met(house: House, service: Service) -> None:
    clock = TodaysClock()
    ours = SignInService(house.settings, clock)

    async def found() -> str:
        attempt = Attempt("state", "nonce", "v" * 64)
        back = await visit(await ours.question(attempt), "mira", PUBLIC)
        return (await ours.visitor(parse_qs(urlsplit(back).query)["code"][0], attempt)).subject

    before = await found()
    service.rotate()
    with pytest.raises(BadToken, match="key"):
        await found()
    clock.seconds += 31
    assert await found() == before


@pytest.mark.parametrize("way", ["/signin/oidc", "/invite/{}/oidc"])
async def test_when_the_service_is_down_passwords_are_still_offered(opened: Opens, way: str) -> None:
    house = await opened(ISSUER_OFF)
    _, path = await invited(house)
    answer = await house.visitor().get(way.format(path.rpartition("/")[2]))
    page = await answer.text()
    assert answer.status == 503
    assert "Inloggningstjänsten svarar inte just nu" in page
    assert 'name="password"' in page
    assert (await house.visitor().get("/signout/oidc")).headers["Location"] == "/signin"


async def test_a_service_that_goes_down_on_the_way_lets_nobody_in(
    opened: Opens, tmp_path_factory: pytest.TempPathFactory
) -> None:
    own = await asyncio.to_thread(
        Service.start, tmp_path_factory.mktemp("own"), f"{PUBLIC}/signin/oidc/callback"
    )
    house = await opened(own.issuer)
    browser = house.visitor()
    back = await visit(await goes(browser), "mira", PUBLIC)
    own.stop()
    answer = await browser.get(back)
    assert answer.status == 503
    assert "klubban" not in answer.cookies


async def test_a_service_by_another_name_is_not_the_one_we_asked_for(opened: Opens, service: Service) -> None:
    house = await opened(f"{service.issuer}/")
    with pytest.raises(ServiceDown, match="issuer"):
        await house.app[SERVICE].question(Attempt("state", "nonce", "v" * 64))


async def test_without_a_service_there_is_no_button_and_no_way(opened: Opens) -> None:
    house = await opened("")
    assert "/signin/oidc" not in await (await house.visitor().get("/signin")).text()
    assert (await house.visitor().get("/signin/oidc")).status == 404
    browser = await house.by((await house.roster("ks"))["m1"])
    assert "Med lösenord" in await (await browser.get("/account")).text()


async def test_the_button_stands_above_the_password_and_keeps_where_one_was_going(house: House) -> None:
    page = await (await house.visitor().get("/signin?next=/meetings/ks/member")).text()
    assert page.index('href="/signin/oidc?next=/meetings/ks/member"') < page.index('name="password"')


async def test_signing_out_says_that_one_may_be_signed_in_at_the_service_still(
    house: House, service: Service
) -> None:
    _, path = await invited(house)
    browser = house.visitor()
    await signs_in(browser, "mira", f"{path}/oidc")
    browser.login = await login_of(house, browser)
    answer = await browser.post("/signout")
    assert answer.headers["Location"] == "/signin?left=1"
    assert 'href="/signout/oidc"' in await (await browser.get("/signin?left=1")).text()
    there = (await browser.get("/signout/oidc")).headers["Location"]
    assert there == f"{service.issuer}/logout/?client_id={CLIENT_ID}"
    assert (await browser.get("/meetings")).status == 303


async def demands_e_legitimation(house: House) -> None:
    """The rules of all bodies, before their meetings open."""
    orders = tables.standing_orders

    async def work(connection: AsyncConnection) -> None:
        for row in (await connection.execute(select(orders))).all():
            choices = json.dumps({**json.loads(row.choices), "remote_identity": "eid"})
            this = (orders.c.body_id == row.body_id) & (orders.c.in_force_on == row.in_force_on)
            await connection.execute(update(orders).where(this).values(choices=choices))

    await house.store.database.write(work)


async def test_where_the_rules_demand_it_only_a_strong_login_takes_part_at_a_distance(house: House) -> None:
    await demands_e_legitimation(house)
    person, path = await invited(house, "m3")
    weak = await house.by(person)
    answer = await weak.command("ks", "enter-lobby")
    assert answer["refused"]["code"] == "identity-not-strong"
    assert "Du är inloggad med lösenord." in answer["refused"]["because"]
    strong = house.visitor()
    await signs_in(strong, "mira", f"{path}/oidc")
    strong.person, strong.login = person, await login_of(house, strong)
    await strong.must("ks", "enter-lobby")
    last = (await house.venue("ks")).chamber.records[-1]
    name, _, data = encode_event(last.event)
    assert name == "lobby-entered"
    assert data["signed_in"] == {"method": "oidc", "assurance": LOA3, "is_strong": True}
    async with await strong.follow("ks", "member") as page:
        await page.until("me", "state", "lobby")
        assert page.sections["me"]["can"]["depart"] is None
        await page.send({"type": "media", "kind": "join"})
        assert (await page.next("media"))["kind"] == "down"
    async with await weak.follow("ks", "member") as page:
        await page.send({"type": "media", "kind": "join"})
        assert (await page.next("bye"))["reason"] == "identity"
    view = await (await weak.get("/meetings/ks/view?role=member")).json()
    assert view["sections"]["me"]["can"]["enter-lobby"]["code"] == "identity-not-strong"
    assert (await weak.command("ks", "depart")).get("done")
