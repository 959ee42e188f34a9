"""Order by the console's own controls: a disputed conflict, closed doors, a matter one refuses."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import acting
from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser
CHAIR, SECRETARY = "maj-mossberg", "karin-kvarnlund"
WITH_ONE = "() => klubban.meeting.sections.presence.filter((row) => row.counted)[{0}].person"


def test_a_dispute_closed_doors_and_a_matter_one_refuses(desk: Desk) -> None:
    chair = desk.open(CHAIR, "/meetings/kf/chair", bypass_csp=True)
    expect(chair.locator(".console")).to_be_visible()
    acting.open_meeting(chair)
    acting.take_up_first_decision(chair)
    screen = desk.open(SECRETARY, "/meetings/kf/hall")
    expect(screen.locator(".hall")).to_be_visible()
    second, third = (chair.evaluate(WITH_ONE.format(place)) for place in (1, 2))
    sheet = chair.get_by_role("dialog")

    chair.evaluate("() => klubban.desk.open('dispute')")
    sheet.get_by_label("Vem ifrågasätts?").select_option(second)
    sheet.get_by_label("Vem ifrågasätter?").select_option(third)
    sheet.get_by_role("button", name="Anteckna").click()
    expect(chair.get_by_role("complementary")).to_contain_text("Jäv ifrågasatt")
    chair.get_by_role("button", name="Pröva jävsfrågan").first.click()
    sheet.get_by_text("är inte jävig").click()
    sheet.get_by_role("button", name="Anteckna beslutet").click()
    expect(chair.get_by_role("dialog")).to_have_count(0)

    chair.evaluate("() => klubban.desk.open('close-doors')")
    sheet.get_by_text("Ja, utan omröstning").click()
    sheet.get_by_role("button", name="Stäng dörrarna").click()
    expect(screen.get_by_role("main")).to_contain_text("Stängda dörrar")
    acting.send(chair, "close-debate")
    acting.press_primary(chair, "Öppna dörrarna")
    expect(screen.get_by_role("main")).not_to_contain_text("Stängda dörrar")
    for label in ("Ställ proposition", "Jag finner", "Klubba"):
        acting.press_primary(chair, label)

    chair.evaluate("() => klubban.desk.open('add-matter')")
    sheet.get_by_label("Rubrik").fill("Ny bro")
    sheet.get_by_label("Förslag till beslut").fill("Bron byggs.")
    sheet.get_by_role("button", name="Lägg till").click()
    expect(chair.get_by_role("navigation")).to_contain_text("Ny bro")
    added = chair.evaluate("() => klubban.meeting.sections.agenda.at(-1).matter")
    data = {"matter": added, "about": "taking_up"}
    chair.evaluate(
        "(data) => klubban.desk.open('unanimity', { step: { command: { data } } })",
        data,
    )
    sheet.get_by_label("Säger någon nej?").select_option(third)
    sheet.get_by_role("button", name="säger nej").click()
    expect(chair.get_by_role("dialog")).to_have_count(0)
    chair.wait_for_function(
        "() => klubban.meeting.sections.agenda.at(-1).outcome_text === 'Ärendet tas inte upp.'",
        polling=250,
    )

    acting.press_primary(chair, "Ta upp")
    chair.wait_for_function("() => klubban.meeting.sections.matter?.stage === 'debate'", polling=250)
    struck = chair.evaluate("() => klubban.meeting.sections.matter.matter")
    chair.get_by_role("button", name="Mer", exact=True).click()
    sheet.get_by_role("button", name="Ärendet utgår").click()
    sheet.get_by_label("Skäl").fill("Utredningen är inte klar")
    sheet.get_by_role("button", name="Klubba: ärendet utgår").click()
    expect(chair.get_by_role("dialog")).to_have_count(0)
    chair.wait_for_function(
        "(matter) => klubban.meeting.sections.agenda.find((row) => row.matter === matter).outcome_text"
        " === 'Ärendet utgår ur dagordningen. Skäl: Utredningen är inte klar.'",
        arg=struck,
        polling=250,
    )
    expect(chair.get_by_role("navigation")).to_contain_text("1 utgått")
    chair.get_by_role("button", name=", 1 utgått").click()
    expect(chair.get_by_role("listitem").filter(has_text="Utgått")).to_have_count(1)
    expect(screen.get_by_role("main")).to_contain_text("Ärendet utgår ur dagordningen")
