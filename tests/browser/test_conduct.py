"""Order at the console: an admonition, the one sent out, and the doors closed by names called."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import acting, leading
from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser
CHAIR, SECRETARY = "maj-mossberg", "karin-kvarnlund"
SECOND = "() => klubban.meeting.sections.presence.filter((row) => row.counted)[1].person"


def test_one_is_told_off_then_sent_out_and_the_doors_are_closed_by_names_called(desk: Desk) -> None:
    chair = desk.open(CHAIR, "/meetings/kf/chair", bypass_csp=True)
    leading.give(chair, "kf", "record-arrival", person=CHAIR)
    leading.give(chair, "kf", "open-meeting")
    people = leading.view(chair, "kf", "chair")["people"]
    vice = next(one for one, person in people.items() if person["presidium"] == "first_vice_chair")
    leading.seat(desk.open(SECRETARY, "/meetings/kf/secretary"), "kf", vice, count=33)
    leading.lead(chair, "kf", "Avsluta överläggningen")
    expect(acting.primary(chair)).to_contain_text("Avsluta överläggningen")
    disturber = chair.evaluate(SECOND)
    sheet = chair.get_by_role("dialog")

    chair.keyboard.press("m")
    expect(sheet).not_to_contain_text("Visa ut")
    sheet.get_by_role("button", name="Ge en tillsägelse").click()
    sheet.get_by_label("Vem gäller det?").select_option(disturber)
    sheet.get_by_label("Vad gäller den?").fill("Ropar från bänken.")
    sheet.get_by_role("button", name="en tillsägelse").click()
    expect(sheet).to_have_count(0)

    own = desk.open(disturber, "/meetings/kf/member")
    chair.keyboard.press("m")
    sheet.get_by_role("button", name="Visa ut").click()
    expect(sheet).to_contain_text("5 kap. 43 §")
    sheet.get_by_label("Varför?").fill("Ropar ännu.")
    sheet.get_by_role("button", name="Visa ut").click()
    expect(sheet).to_have_count(0)
    expect(own.get_by_role("heading", name="Du är utvisad")).to_be_visible()
    expect(chair.get_by_role("complementary")).to_contain_text("är utvisad")

    chair.evaluate("() => klubban.desk.open('close-doors')")
    sheet.get_by_text("Omröstning", exact=True).click()
    sheet.get_by_role("combobox").nth(1).select_option("no")
    expect(sheet).to_contain_text("32 ja, 1 nej, 0 avstår")
    sheet.get_by_role("button", name="Anteckna omröstningen").click()
    expect(sheet).to_have_count(0)
    chair.wait_for_function("() => klubban.meeting.sections.meeting.doors_closed", polling=250)

    at_home = desk.open(vice, "/meetings/kf/member", viewport={"width": 390, "height": 844})
    without = at_home.get_by_role("heading", name="Ärendet behandlas utan dig")
    at_home.get_by_role("heading", level=1).first.wait_for()
    expect(without).to_have_count(0)  # whoever has not come may still come
    leading.give(at_home, "kf", "enter-lobby")  # of the presidium, and so only a viewer
    expect(without).to_be_visible()
    expect(at_home.get_by_text("Du är tillbaka när dörrarna öppnas.")).to_be_visible()
    chair.evaluate("() => klubban.desk.send('open-doors', {})")
    expect(without).to_have_count(0)
