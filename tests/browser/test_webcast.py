"""The webcast on the screens: started with a key, seen by all, stopped by the doors, marked for redaction."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import acting, leading
from tests.browser.axe import is_clean
from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser
CHAIR, SECRETARY, MEMBER = "maj-mossberg", "karin-kvarnlund", "ali-askdal"
TOLD = "Den som talar syns och hörs"


def test_the_chair_starts_it_everybody_sees_it_and_the_doors_stop_it(desk: Desk) -> None:
    chair = desk.open(CHAIR, "/meetings/kf/chair", bypass_csp=True)
    leading.give(chair, "kf", "record-arrival", person=CHAIR)
    leading.give(chair, "kf", "open-meeting")
    office = desk.open(SECRETARY, "/meetings/kf/secretary", bypass_csp=True)
    leading.seat(office, "kf", count=33)
    hall = desk.open(SECRETARY, "/meetings/kf/hall", bypass_csp=True)
    member = desk.open(MEMBER, "/meetings/kf/member", bypass_csp=True)
    expect(chair.locator(".console")).to_be_visible()
    sheet = chair.get_by_role("dialog")

    chair.locator("body").press("w")
    expect(sheet).to_contain_text(TOLD)
    is_clean(chair)
    expect(sheet.get_by_role("button", name="Starta ändå")).to_be_visible()
    sheet.get_by_label("Kamerorna är ställda så att åhörarna inte syns").check()
    sheet.get_by_role("button", name="Starta webbsändningen").click()
    expect(sheet).to_have_count(0)
    for page in (chair, office, hall):
        expect(page.get_by_text("Sänds på webben").first).to_be_visible()
        is_clean(page)
    expect(member.get_by_text(TOLD)).to_be_visible()
    expect(hall.get_by_text(TOLD)).to_be_visible()

    leading.lead(chair, "kf", "Avsluta överläggningen")
    expect(acting.primary(chair)).to_contain_text("Avsluta överläggningen")
    leading.give(chair, "kf", "close-doors")
    aside = chair.get_by_role("complementary")
    expect(aside).to_contain_text("Webbsändningen stoppades när dörrarna stängdes.")
    expect(chair.locator(".castline")).to_have_count(0)
    leading.give(chair, "kf", "open-doors")
    aside.get_by_role("button", name="Starta igen").click()
    sheet.get_by_role("button", name="Starta ändå").click()
    expect(sheet).to_have_count(0)

    expect(office.locator(".castline")).to_be_visible()
    office.locator("body").press("w")
    expect(office.locator(".castline")).to_have_count(0)
    desk_sheet = office.get_by_role("dialog")
    office.get_by_role("link", name="Handlingar").click()
    office.get_by_role("button", name="Markera för maskning").click()
    desk_sheet.get_by_text("De senaste 5 minuterna").click()
    desk_sheet.get_by_label("Varför?").fill("En elev nämns vid namn.")
    is_clean(office)
    desk_sheet.get_by_role("button", name="Anteckna").click()
    expect(desk_sheet).to_have_count(0)
    card = office.get_by_role("region", name="Webbsändning")
    expect(card).to_contain_text("stoppad av stängda dörrar")
    expect(card).to_contain_text("En elev nämns vid namn.")
    expect(card.get_by_role("link", name="Hämta som fil")).to_be_visible()
    is_clean(office)

    office.keyboard.press("w")
    desk_sheet.get_by_role("button", name="Starta ändå").click()
    expect(desk_sheet).to_have_count(0)
    office.get_by_role("button", name="Sänds på webben").click()
    desk_sheet.get_by_role("button", name="Markera för maskning").click()
    desk_sheet.get_by_text("Från och till").click()
    begins = office.evaluate(
        "() => new Date(klubban.meeting.sections.webcast.spans.at(-1).started_at)"
        ".toLocaleTimeString('sv', {hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Stockholm'})"
    )
    desk_sheet.get_by_label("Varför?").fill("Ett telefonnummer.")
    desk_sheet.get_by_label("Från", exact=True).fill(begins)
    desk_sheet.get_by_label("Till", exact=True).fill(begins)
    desk_sheet.get_by_role("button", name="Anteckna").click()
    expect(desk_sheet).to_contain_text("Tiden slutar innan den börjar")
