"""Trying one's equipment in a real page: own picture there and back, kept, and seen by the office."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.browser.axe import is_clean
from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser
MEMBER, SECRETARY = "mirjam-myrvik", "karin-kvarnlund"


def for_two_seconds(route: Route) -> None:
    """The page as served, but measuring for two seconds."""
    answer = route.fetch()
    text = answer.text()
    assert '"seconds": 8' in text
    route.fulfill(response=answer, body=text.replace('"seconds": 8', '"seconds": 2'))


def test_a_refused_check_says_so_and_goes_on_from_where_it_was(desk: Desk) -> None:
    page = desk.open(MEMBER, "/meetings", viewport={"width": 390, "height": 600})
    page.route("**/check", for_two_seconds)
    problem = {"code": "media-down", "because": "Servern för ljud och bild svarar inte."}
    page.route("**/check/offer", lambda route: route.fulfill(status=503, json={"problem": problem}))
    page.get_by_role("link", name="Prova din utrustning").click()
    page.locator("#nu button").click()
    expect(page.get_by_role("alert")).to_contain_text("Servern för ljud och bild svarar inte.")
    again = page.get_by_role("button", name="Prova förbindelsen")
    expect(again).to_be_visible()
    expect(page.get_by_role("alert")).to_be_in_viewport()
    assert page.evaluate("document.querySelector('check-page').stream.active")
    is_clean(page)
    page.mouse.wheel(0, 2000)
    with page.expect_response("**/check/offer"):
        again.click()
    expect(page.get_by_role("alert")).to_be_in_viewport()
    expect(page.get_by_role("alert")).to_contain_text("Servern för ljud och bild svarar inte.")
    page.unroute("**/check/offer")
    again.click()
    expect(page.locator(".verdict")).to_contain_text("Det fungerar")
    desk.faults[:] = [fault for fault in desk.faults if "503" not in fault]


def test_a_member_tries_the_equipment_and_the_office_sees_how_it_went(desk: Desk) -> None:
    page = desk.open(MEMBER, "/meetings")
    page.route("**/check", for_two_seconds)
    page.get_by_role("link", name="Prova din utrustning").click()
    page.locator("#nu button").click()
    page.get_by_role("button", name="Spela").click()
    page.get_by_role("button", name="Nej", exact=True).click()
    is_clean(page)
    page.get_by_role("button", name="Prova förbindelsen").click()
    expect(page.locator(".verdict")).to_contain_text("Det fungerar inte än")
    expect(page.locator(".found")).to_contain_text("Du hörde inte tonen.")
    is_clean(page)
    told, measured = page.evaluate(
        "() => { const { told, measured } = document.querySelector('check-page').result.figures;"
        " return [told, measured]; }"
    )
    assert told["paths"] == {"direct": True}
    assert told["frames"] > 0
    assert measured["sound"]
    assert measured["video"]
    assert measured["kbit_up"] > 0
    assert measured["kbit_down"] > 0

    office = desk.open(SECRETARY, "/meetings/ks/checks")
    row = office.get_by_role("listitem").filter(has_text="Mirjam Myrvik")
    expect(row).to_contain_text("örde inte tonen")
    expect(row).to_contain_text("Fungerar inte")
    is_clean(office)
