"""The meeting goes on another day: said in the dialog of the pause, told on every screen, and called anew."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import acting
from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser
CHAIR, SECRETARY, MEMBER = "torgny-tallvik", "karin-kvarnlund", "mirjam-myrvik"
HERE = (MEMBER, "leif-ljungvik", "nilla-nordanang", "kerstin-kjellander", "bertil-bokstrom", "nore-nyvall")
TOMORROW = """() => new Date(klubban.meeting.now() + 864e5)
  .toLocaleDateString('sv-SE', { timeZone: 'Europe/Stockholm' })"""
COUNTED = "() => klubban.meeting.sections.presence.filter((row) => row.counted).length"


def test_the_chair_pauses_until_another_day_and_the_roll_is_called_again(desk: Desk) -> None:
    chair = desk.open(CHAIR, "/meetings/ks/chair")
    expect(acting.primary(chair)).to_contain_text("Anteckna dig i salen")
    acting.send(chair, "record-arrival", person=CHAIR)
    acting.send(chair, "open-meeting")
    for person in (*HERE, "helga-holmhed", "hassan-holmgren"):
        acting.send(chair, "record-arrival", person=person)
    acting.send(chair, "complete-roll-call")
    hall = desk.open(SECRETARY, "/meetings/ks/hall")
    member = desk.open(MEMBER, "/meetings/ks/member", viewport={"width": 390, "height": 844})

    chair.keyboard.press("p")
    sheet = chair.get_by_role("dialog")
    sheet.get_by_role("radio", name="Till en annan dag").check(force=True)
    sheet.get_by_label("Dag", exact=True).fill("")
    expect(sheet.get_by_text("Ange dag och klockslag")).to_be_visible()
    tomorrow = chair.evaluate(TOMORROW)
    sheet.get_by_label("Dag", exact=True).fill(tomorrow)
    sheet.get_by_label("Klockslag").fill("13:00")
    sheet.get_by_label("Varför?").fill("Klockan är 23.30")
    sheet.get_by_role("button", name="Ajournera till").click()
    expect(sheet).to_have_count(0)
    expect(chair.get_by_role("heading", level=1)).to_contain_text("kl. 13.00")
    expect(hall.locator(".hdecision h2")).to_contain_text("Fortsätter")
    expect(member.get_by_text("Sammanträdet fortsätter")).to_be_visible()
    assert chair.evaluate(COUNTED) == 0

    acting.press_primary(chair, "Anteckna dig i salen")
    back = chair.get_by_role("region", name="Anteckna dem som kommer")
    back.get_by_role("button", name="Är här Mirjam Myrvik").click()
    for person in HERE[1:]:
        acting.send(chair, "record-arrival", person=person)
    chair.locator("body").click(position={"x": 5, "y": 5})
    acting.press_primary(chair, "Återuppta sammanträdet")
    expect(chair.get_by_role("heading", name="Upprop", level=1)).to_be_visible()
    assert chair.evaluate(COUNTED) == 7
    acting.press_primary(chair, "Uppropet är klart: 7 närvarande")
    sheet.get_by_role("button", name="Avsluta uppropet ändå").click()
    expect(chair.locator(".quorum")).to_contain_text("Närvarande 7")
