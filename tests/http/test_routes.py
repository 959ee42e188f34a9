"""Who may ask for what: every address against every kind of asker."""

from __future__ import annotations

import pytest
from aiohttp.web_urldispatcher import DynamicResource, PlainResource

from meeting_server.http.routes import ROUTES, Access
from tests.http.house import Browser, House

ASKERS = ("nobody", "outsider", "member", "secretary", "chair")

# (method, address): the status for each of ASKERS. 303 for nobody is the way to the sign-in page.
TABLE: dict[tuple[str, str], tuple[int, int, int, int, int]] = {
    ("GET", "/"): (303, 303, 303, 303, 303),
    ("GET", "/healthz"): (200, 200, 200, 200, 200),
    ("GET", "/static/js/main.js"): (200, 200, 200, 200, 200),
    ("GET", "/static/joined/000000000000/hall.sv.js"): (404, 404, 404, 404, 404),
    ("GET", "/rules"): (200, 200, 200, 200, 200),
    ("GET", "/rules/refusals"): (200, 200, 200, 200, 200),
    ("GET", "/notice-board"): (200, 200, 200, 200, 200),
    ("GET", "/notice-board/1"): (404, 404, 404, 404, 404),
    ("GET", "/signin"): (200, 303, 303, 303, 303),
    ("POST", "/signin"): (403, 401, 401, 401, 401),
    ("POST", "/signout"): (403, 303, 303, 303, 303),
    ("GET", "/invite/none"): (403, 403, 403, 403, 403),
    ("POST", "/invite/none"): (403, 403, 403, 403, 403),
    ("GET", "/photos/{chair}"): (303, 200, 200, 200, 200),
    ("GET", "/meetings"): (303, 200, 200, 200, 200),
    ("GET", "/meetings/ks"): (303, 403, 303, 303, 303),
    ("GET", "/meetings/ks/chair"): (303, 403, 303, 303, 200),
    ("GET", "/meetings/ks/secretary"): (303, 403, 403, 200, 403),
    ("GET", "/meetings/ks/member"): (303, 403, 200, 200, 200),
    ("GET", "/meetings/ks/hall"): (303, 403, 403, 200, 200),
    ("GET", "/meetings/ks/ws"): (401, 403, 403, 403, 403),
    ("GET", "/meetings/ks/view"): (401, 403, 200, 200, 200),
    ("GET", "/meetings/ks/view?role=chair"): (401, 403, 403, 403, 200),
    ("GET", "/meetings/ks/view?role=secretary"): (401, 403, 403, 200, 403),
    ("GET", "/meetings/ks/view?role=hall"): (401, 403, 403, 200, 200),
    ("GET", "/meetings/ks/view?role=king"): (401, 403, 403, 403, 403),
    ("POST", "/meetings/ks/commands"): (403, 403, 415, 415, 415),
    ("POST", "/meetings/ks/check-in"): (403, 403, 409, 409, 409),
    ("GET", "/c/ks/12345"): (303, 403, 200, 200, 200),
    ("GET", "/meetings/ks/code.svg"): (303, 403, 403, 200, 200),
    ("GET", "/meetings/ks/log"): (303, 403, 403, 200, 200),
    ("GET", "/meetings/ks/evidence"): (303, 403, 403, 200, 200),
    ("GET", "/meetings/ks/evidence.json"): (401, 403, 403, 200, 200),
    ("GET", "/meetings/ks/evidence.csv"): (303, 403, 403, 200, 200),
    ("GET", "/meetings/ks/webcast.csv"): (303, 403, 403, 200, 200),
    ("GET", "/meetings/ks/documents/none"): (303, 403, 404, 404, 404),
    ("GET", "/meetings/ks/minutes"): (303, 403, 403, 200, 200),
    ("GET", "/meetings/ks/minutes.json"): (401, 403, 403, 200, 200),
    ("PUT", "/meetings/ks/minutes/texts/m1"): (403, 403, 403, 415, 403),
    ("POST", "/meetings/ks/minutes/prepare"): (403, 403, 403, 409, 403),
    ("GET", "/meetings/ks/minutes/draft.pdf"): (303, 403, 403, 200, 200),
    ("POST", "/meetings/ks/minutes/approve"): (403, 403, 403, 403, 415),
    ("POST", "/meetings/ks/minutes/remark"): (403, 403, 403, 403, 415),
    ("GET", "/meetings/ks/minutes/justerat.pdf"): (303, 403, 409, 409, 409),
    ("POST", "/meetings/ks/archive"): (403, 403, 403, 409, 403),
    ("GET", "/meetings/ks/archive.zip"): (303, 403, 403, 409, 403),
    ("GET", "/meetings/ks/minutes/paragraphs/m1.pdf"): (303, 403, 409, 409, 409),
    ("GET", "/help/hall"): (200, 200, 200, 200, 200),
    ("GET", "/booth"): (200, 200, 200, 200, 200),
    ("GET", "/booth/state"): (401, 401, 401, 401, 401),
    ("POST", "/booth/offer"): (415, 415, 415, 415, 415),
    ("POST", "/booth/answer"): (415, 415, 415, 415, 415),
    ("POST", "/booth/leave"): (415, 415, 415, 415, 415),
    ("GET", "/meetings/ks/equipment"): (303, 403, 403, 200, 200),
    ("POST", "/meetings/ks/equipment"): (403, 403, 403, 400, 400),
    ("POST", "/meetings/ks/equipment/1/revoke"): (403, 403, 403, 404, 404),
    **{
        (method, f"/{way}{rest}"): (status,) * 5
        for way in ("whip", "whep")
        for method, rest, status in (
            ("POST", "", 415),
            ("POST", "/none", 415),
            ("DELETE", "/session/1/none", 404),
            ("PATCH", "/session/1/none", 415),
            ("OPTIONS", "", 204),
            ("OPTIONS", "/none", 204),
            ("OPTIONS", "/session/1/none", 204),
        )
    },
    ("GET", "/signin/oidc"): (404, 404, 404, 404, 404),
    ("GET", "/signin/oidc/callback"): (404, 404, 404, 404, 404),
    ("GET", "/signout/oidc"): (404, 404, 404, 404, 404),
    ("GET", "/invite/nothing/oidc"): (404, 404, 404, 404, 404),
    ("GET", "/account"): (303, 200, 200, 200, 200),
    ("GET", "/account/bind"): (303, 404, 404, 404, 404),
    ("POST", "/account/release"): (403, 404, 404, 404, 404),
    ("GET", "/check"): (303, 200, 200, 200, 200),
    ("POST", "/check/offer"): (403, 415, 415, 415, 415),
    ("POST", "/check/answer"): (403, 415, 415, 415, 415),
    ("GET", "/check/line"): (303, 200, 200, 200, 200),
    ("POST", "/check/result"): (403, 415, 415, 415, 415),
    ("GET", "/meetings/ks/checks"): (303, 403, 403, 200, 200),
    ("GET", "/meetings/ks/notices"): (303, 403, 403, 200, 200),
    ("POST", "/meetings/ks/notices"): (403, 403, 403, 409, 409),
    ("POST", "/meetings/ks/notices/1/elsewhere"): (403, 403, 403, 404, 404),
    ("POST", "/meetings/ks/notices/1/take-down"): (403, 403, 403, 404, 404),
    ("POST", "/meetings/ks/summons"): (403, 403, 403, 303, 303),
    ("POST", "/meetings/ks/summons/by-hand"): (403, 403, 403, 400, 400),
    ("GET", "/meetings/ks/notices/1/proof"): (303, 403, 403, 404, 404),
    ("GET", "/meetings/none"): (303, 404, 404, 404, 404),
    ("GET", "/nothing"): (404, 404, 404, 404, 404),
    ("DELETE", "/meetings/ks"): (403, 405, 405, 405, 405),
}


async def the(asker: str, house: House) -> Browser:
    ks = await house.roster("ks")
    kf = await house.roster("kf")
    if asker == "nobody":
        return house.visitor()
    outsider = next(person for key, person in kf.items() if key.startswith("m") and person not in ks.values())
    return await house.by({"outsider": outsider, "member": ks["m5"]}.get(asker) or ks[asker])


@pytest.mark.parametrize("asker", ASKERS)
async def test_every_address_answers_each_asker_as_the_table_says(house: House, asker: str) -> None:
    chair = (await house.roster("ks"))["chair"]
    found = {}
    for method, address in TABLE:
        browser = await the(asker, house)
        ask = {"GET": browser.get, "POST": browser.post, "PUT": browser.put}.get(method)
        path = address.format(chair=chair)
        if ask is None:
            answer = await browser.ask(
                method, path, headers={"X-CSRF-Token": browser.csrf} if browser.login else {}
            )
        else:
            answer = await ask(path)
        found[method, address] = answer.status
        if answer.status >= 400:
            assert answer.headers["Cache-Control"] == "no-store"
    expected = {row: statuses[ASKERS.index(asker)] for row, statuses in TABLE.items()}
    assert found == expected


def test_every_address_of_the_server_is_in_the_table() -> None:
    known = {(method, address.partition("?")[0].format(chair="x")) for method, address in TABLE}
    missing = []
    for route in ROUTES:
        if route.access is Access.DEMO:
            continue
        if not any(method == route.method and _fits(route.path, address) for method, address in known):
            missing.append((route.method, route.path))
    assert missing == []


def _fits(pattern: str, address: str) -> bool:
    if "{" not in pattern:
        return PlainResource(pattern)._match(address) is not None
    return DynamicResource(pattern)._match(address) is not None


async def test_every_answer_forbids_what_is_foreign_and_inline(house: House) -> None:
    for path in ("/signin", "/nothing", "/static/js/main.js", "/healthz"):
        answer = await house.visitor().get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "camera=(self)" in answer.headers["Permissions-Policy"]


async def test_a_program_gets_problems_as_json_and_a_person_as_a_swedish_page(house: House) -> None:
    program = await house.visitor().get("/nothing", headers={"Accept": "application/json"})
    assert (await program.json())["problem"]["code"] == "not-found"
    person = await house.visitor().get("/nothing", headers={"Accept": "text/html"})
    text = await person.text()
    assert "Sidan finns inte" in text
    assert '<p class="eyebrow">Fel 404</p>' in text
    assert '<p class="meta">Kod: not-found</p>' in text


@pytest.mark.parametrize(
    "path",
    ["/static/templates/layout.html", "/static/../pyproject.toml", "/static/js/../templates/home.html"],
)
async def test_only_the_files_meant_for_browsers_are_served(house: House, path: str) -> None:
    assert (await house.visitor().get(path)).status == 404


async def test_a_file_in_a_checkout_is_checked_at_every_use(house: House) -> None:
    first = await house.visitor().get("/static/css/tokens.css")
    assert first.headers["Cache-Control"] == "no-cache"
    again = await house.visitor().get(
        "/static/css/tokens.css", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.status == 304


async def test_the_request_log_names_no_person_and_no_token(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "meeting_server.requests")
    browser = await house.by((await house.roster("ks"))["m1"])
    await browser.get(f"/meetings/ks/view?role=member&csrf={browser.csrf}")
    await browser.get("/invite/secret-token")
    text = caplog.text
    assert "GET /meetings/{meeting}/view 200" in text
    assert browser.csrf not in text
    assert "secret-token" not in text
    assert browser.person not in text
