"""The served pages: sign-in, my meetings, the rules, checking in, problems."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.axe import is_clean
from tests.browser.conftest import PATIENCE_MS, Desk, Served

pytestmark = pytest.mark.browser
SIZES = [pytest.param((390, 844), id="phone"), pytest.param((1280, 800), id="laptop")]
CHAIR, SECRETARY, MEMBER = "torgny-tallvik", "karin-kvarnlund", "mirjam-myrvik"


def sized(desk: Desk, person: str, path: str, size: tuple[int, int]) -> Page:
    return desk.open(person, path, viewport={"width": size[0], "height": size[1]})


@pytest.fixture
def stranger(chromium: Browser) -> Page:
    """A page of nobody in particular."""
    return chromium.new_page(viewport={"width": 390, "height": 844})


def test_a_wrong_password_is_answered_with_a_sentence_and_the_name_is_kept(
    stranger: Page, served: Served
) -> None:
    stranger.goto(f"{served.url}/signin")
    is_clean(stranger)
    stranger.get_by_label("Användarnamn").fill("mirjam")
    stranger.get_by_label("Lösenord").fill("fel lösenord här")
    stranger.get_by_role("button", name="Logga in").click()
    expect(stranger.get_by_role("alert")).to_be_visible()
    expect(stranger.get_by_label("Användarnamn")).to_have_value("mirjam")
    is_clean(stranger)


def test_an_unknown_invitation_is_answered_with_a_page(stranger: Page, served: Served) -> None:
    stranger.goto(f"{served.url}/invite/finns-inte")
    expect(stranger.locator("h1")).to_be_visible()
    is_clean(stranger)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("person", "path", "heading"),
    [
        (SECRETARY, "/meetings", "Mina möten"),
        (CHAIR, "/demo", "Prova Klubban"),
        (MEMBER, "/c/ks/00000", "Anmäl dig i salen"),
    ],
)
def test_pages_are_found_clean(
    desk: Desk, size: tuple[int, int], person: str, path: str, heading: str
) -> None:
    page = sized(desk, person, path, size)
    expect(page.locator("h1")).to_have_text(heading)
    is_clean(page)


FIRST_ROWS = "for (const row of document.querySelectorAll('tbody tr:nth-child(n+9)')) row.remove()"
"""Hundreds of rows of one pattern are judged by the first eight of each table; axe looks at every element."""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("path", "heading"), [("/rules", "Reglerna"), ("/rules/refusals", "Varför det inte går")]
)
def test_the_long_tables_of_the_rules_are_found_clean(
    desk: Desk, size: tuple[int, int], path: str, heading: str
) -> None:
    page = sized(desk, MEMBER, path, size)
    expect(page.locator("h1")).to_have_text(heading)
    page.evaluate(FIRST_ROWS)
    is_clean(page)


def test_my_meetings_lead_to_the_page_of_my_role(desk: Desk) -> None:
    page = desk.open(SECRETARY, "/meetings")
    page.get_by_role("link", name="Gå till mötet").first.click()
    page.wait_for_url("**/secretary")


def test_a_page_of_another_role_says_whose_it_is(desk: Desk) -> None:
    page = desk.open(MEMBER, "/meetings")
    page.goto(page.url.replace("/meetings", "/meetings/ks/secretary"))
    expect(page.locator("h1")).to_be_visible()
    is_clean(page)
    desk.faults.clear()  # the browser's own line about status 403


def test_a_wrong_code_is_refused_on_the_page_it_was_typed_on(desk: Desk) -> None:
    page = desk.open(MEMBER, "/c/ks/00000")
    page.get_by_role("button", name="Anmäl").click()
    expect(page.get_by_role("alert")).to_be_visible()
    is_clean(page)
    desk.faults.clear()  # the browser's own line about status 409


def test_every_rule_stands_with_its_paragraph_and_the_words_of_the_law(desk: Desk) -> None:
    page = desk.open(MEMBER, "/rules")
    rows = page.locator("tbody tr")
    assert rows.count() > 40
    expect(page.get_by_role("row").filter(has_text="mer än hälften").first).to_contain_text("5:45")


def test_signing_out_closes_the_door(desk: Desk) -> None:
    page = desk.open(MEMBER, "/meetings")
    page.get_by_role("button", name="Logga ut").click()
    page.goto(page.url.split("/signin")[0].rstrip("/") + "/meetings")
    page.wait_for_url("**/signin**")


@pytest.mark.parametrize(
    ("person", "path"),
    [
        (CHAIR, "/meetings/ks/chair"),
        (SECRETARY, "/meetings/ks/secretary"),
        (SECRETARY, "/meetings/ks/hall"),
        (MEMBER, "/meetings/ks/member"),
    ],
)
def test_a_live_page_asks_for_one_script(desk: Desk, person: str, path: str) -> None:
    page = desk.open(person, path)
    page.wait_for_function("() => globalThis.klubban || document.querySelector('member-page')")
    fetched = page.evaluate(
        "() => performance.getEntriesByType('resource').map((each) => new URL(each.name).pathname)"
        ".filter((name) => name.endsWith('.js'))"
    )
    early, *rest = sorted(fetched, key=lambda name: "/arrive." not in name)
    assert "/arrive." in early, "what begins the page again stands alone: it is wanted when the rest is lost"
    assert [name.split("/")[2] for name in rest] == ["joined"]


def test_a_page_whose_scripts_were_lost_comes_by_itself_or_says_what_to_press(
    chromium: Browser, served: Served
) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    lost = 1

    def lose(route: Route) -> None:
        nonlocal lost
        lost -= 1
        if lost < 0:
            route.continue_()
        else:
            route.abort("failed")

    page.route("**/static/joined/**", lose)
    page.goto(f"{served.url}/demo/as/{MEMBER}?next=/meetings/ks/member")
    arrived = page.get_by_role("button", name="Slå på kamera och mikrofon")
    reload = page.get_by_role("link", name="Ladda om sidan")
    expect(arrived).to_be_visible()

    # Again and again, and it stops trying: what to do stands there then.
    lost = 1000
    page.reload()
    expect(reload).to_be_visible()
    is_clean(page)
    lost = 0
    reload.click()
    expect(arrived).to_be_visible()
    expect(reload).to_have_count(0)
    context.close()
