"""What must stay in sight on the console of a laptop: ways out, ticks, three proposals, a long text."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import acting
from tests.browser.axe import is_clean
from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser
LAPTOP = {"width": 1366, "height": 768}
LONG = "att kommunen " + "prövar frågan på nytt och återkommer med ett underlag före årets slut, " * 10


def box(found: Locator) -> Any:
    """Where something stands on the page."""
    place = found.bounding_box()
    assert place is not None
    return place


def test_three_proposals_and_a_long_list_on_a_laptop(desk: Desk) -> None:
    chair = desk.open("maj-mossberg", "/meetings/kf/chair", viewport=LAPTOP, bypass_csp=True)
    expect(chair.locator(".console")).to_be_visible()
    acting.open_meeting(chair)
    chair.evaluate("() => klubban.desk.open('presence')")
    sheet = chair.get_by_role("dialog")
    expect(sheet.get_by_role("row")).to_have_count(
        1 + chair.evaluate("() => klubban.meeting.sections.presence.length")
    )
    expect(sheet.get_by_role("button", name="Stäng")).to_be_in_viewport(ratio=1)
    chair.keyboard.press("Escape")
    expect(sheet).to_have_count(0)

    acting.take_up_first_decision(chair)
    ticks = chair.locator(".agenda .line.done > .i")
    expect(ticks.first).to_be_visible()
    for tick in ticks.all():
        assert box(tick)["width"] == box(tick)["height"] > 12
    movers = chair.evaluate(
        "() => klubban.meeting.sections.presence.filter((row) => row.counted).map((row) => row.person)"
    )
    for mover, text in ((movers[1], LONG), (movers[2], "att ärendet lämnas.")):
        acting.send(chair, "record-proposal", mover=mover, kind="counter", text=text, motivation=None)
    for name in ("close-debate", "put-question"):
        acting.send(chair, name)
    expect(chair.locator("blockquote p")).to_have_text([re.compile("Finner jag att .*")] * 3)
    assert len(set(chair.locator("blockquote p").all_inner_texts())) == 3
    sides = chair.locator(".duel.many .side")
    expect(sides).to_have_count(3)
    assert len({box(side)["x"] for side in sides.all()}) == 1

    choice = chair.locator(".pick label", has_text="prövar frågan")
    assert box(choice)["height"] < 160
    assert box(choice.locator("input"))["y"] - box(choice)["y"] < 24
    whole = chair.locator("details.under summary")
    expect(whole).to_contain_text("Visa hela")
    is_clean(chair)
    whole.click()
    expect(whole).to_contain_text("Visa mindre")
    assert box(choice)["height"] > 160
    assert box(choice.locator("input"))["y"] - box(choice)["y"] < 24
