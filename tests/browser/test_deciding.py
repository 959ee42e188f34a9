"""Deciding by the console's own controls: matters in a block, one lifted out, one who abstains."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import acting
from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser
CHAIR = "maj-mossberg"
AGENDA = "() => klubban.meeting.sections.agenda"
WITH_ONE = "() => klubban.meeting.sections.presence.filter((row) => row.counted)[{0}].person"


def test_a_block_with_one_lifted_out_and_one_who_abstains(desk: Desk) -> None:
    chair = desk.open(CHAIR, "/meetings/kf/chair", bypass_csp=True)
    expect(chair.locator(".console")).to_be_visible()
    acting.open_meeting(chair)
    may = chair.evaluate("() => klubban.meeting.sections.blockable")
    kinds = {row["matter"]: row["kind"] for row in chair.evaluate(AGENDA)}
    may = [one for one in may if kinds[one] == "decision"]
    sheet, main = chair.get_by_role("dialog"), chair.get_by_role("main")
    second, third = (chair.evaluate(WITH_ONE.format(place)) for place in (1, 2))
    chair.get_by_role("button", name="Ta upp i block").click()
    sheet.get_by_role("button", name=f"Ta upp {len(may)} i block").click()
    expect(main).to_contain_text("Ärenden i block")

    main.get_by_role("button", name="Lyft ut").last.click()
    sheet.get_by_label("Vem begär det?").select_option(second)
    sheet.get_by_role("button", name="Lyft ut").click()
    expect(main.locator(".blocklist")).to_have_count(0)
    acting.send(chair, "take-up-block", matters=may)
    expect(main.locator(".blocklist li")).to_have_count(len(may))
    chair.evaluate("() => klubban.desk.open('abstention')")
    sheet.get_by_label("Vem avstår?").select_option(third)
    sheet.get_by_role("button", name="Anteckna").click()
    expect(main.locator(".blocklist li").first).to_contain_text("Deltar inte i beslutet")
    acting.press_primary(chair, f"Klubba: {len(may)} ärenden")
    expect(main.locator(".blocklist")).to_have_count(0)
    agenda = {row["matter"]: row["status"] for row in chair.evaluate(AGENDA)}
    assert {agenda[one] for one in may[:-1]} == {"decided"}
