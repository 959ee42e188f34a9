"""The secretary's desk before the matters are taken up: a question is added, and asked what it concerns."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.axe import is_clean
from tests.browser.conftest import Desk
from tests.browser.leading import view

pytestmark = pytest.mark.browser
KF, SECRETARY = "kf", "karin-kvarnlund"


def test_a_question_about_authority_is_asked_about_warned_of_and_put_right(desk: Desk) -> None:
    page = desk.open(SECRETARY, f"/meetings/{KF}/secretary#papers")
    page.get_by_role("button", name="Lägg till ärende").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_text("Interpellation", exact=True).click()
    sheet.get_by_label("Rubrik").fill("Bygglovet på Strandvägen")
    sheet.get_by_label("Ställs av").select_option(index=3)
    sheet.get_by_label("Besvaras av").select_option(index=5)
    add = sheet.get_by_role("button", name="Lägg till")
    expect(add).to_have_attribute("aria-disabled", "true")
    expect(add).to_contain_text("Svara på frågan om myndighetsutövning först")
    sheet.get_by_text("Då får den inte ställas").click()
    is_clean(page)
    add.click()
    expect(sheet).to_have_count(0)
    row = page.locator("ol.plist li").last
    expect(row).to_contain_text("Myndighetsutövning")
    needs = view(page, KF, "secretary")["steps"]["needs"]
    assert "asking-subject" in [need["kind"] for need in needs]
    row.get_by_role("button", name="Ändra uppgifter").click()
    sheet.get_by_label("Rör myndighetsutövning").uncheck()
    sheet.get_by_role("button", name="Spara").click()
    expect(row).not_to_contain_text("Myndighetsutövning")
    is_clean(page)

    row.get_by_role("button", name="Ta bort").click()
    expect(sheet).to_contain_text("Bygglovet på Strandvägen")
    is_clean(page)
    sheet.get_by_role("button", name="Ta bort ärendet").click()
    expect(sheet).to_have_count(0)
    expect(row).to_contain_text("Ärendet läggs inte fram.")
    expect(row.get_by_role("button")).to_have_count(0)
    is_clean(page)
