"""What a member chooses to see, in real pages: that picture comes and no other, and every sound does."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acting
from tests.browser.axe import is_clean
from tests.browser.conftest import Desk
from tests.browser.hall_acts import enter_from_home, flow

pytestmark = pytest.mark.browser
CHAIR, SECRETARY, NILLA, KERSTIN = (
    "torgny-tallvik",
    "karin-kvarnlund",
    "nilla-nordanang",
    "kerstin-kjellander",
)
SEEN = """async ([slot, least]) =>
    (await document.querySelector('member-page').media.stats()).down[slot].framesDecoded >= least"""


def pictures(page: Page) -> dict[str, int]:
    """Frames decoded so far, by slot."""
    down: dict[str, dict[str, Any]] = flow(page)["down"]
    return {slot: down[slot]["framesDecoded"] for slot in ("floor", "chair", "hall", "wall")}


def until_seen(page: Page, slot: str, more: int) -> None:
    """Until so many more frames of a slot have been decoded."""
    acting.until(page, SEEN, [slot, pictures(page)[slot] + more])


def only(page: Page, slot: str) -> None:
    """From a moment on this slot's picture comes and no other."""
    until_seen(page, slot, 5)  # what was on the way before has come
    before = pictures(page)
    until_seen(page, slot, 10)
    after = pictures(page)
    assert {name for name in after if after[name] > before[name]} == {slot}


def test_a_member_is_sent_the_picture_that_is_chosen_and_every_sound(desk: Desk) -> None:
    chair = desk.open(CHAIR, "/meetings/ks/chair")
    expect(chair.locator(".console")).to_be_visible()
    acting.send(chair, "record-arrival", person=CHAIR)
    acting.send(chair, "open-meeting")
    screen = desk.open(SECRETARY, "/meetings/ks/hall")
    screen.get_by_role("button", name="Sänd från salen").click()
    expect(screen.get_by_role("button", name="Sluta sända")).to_be_visible()
    home = desk.open(KERSTIN, "/rules")
    home.evaluate(acting.REMOTE, ["ks", "member"])
    home.wait_for_function("() => remote.wire.state.phase === 'open'")
    home.evaluate("() => remote.wire.send('enter-lobby')")
    nilla = desk.open(NILLA, "/meetings/ks/member")
    enter_from_home(nilla)
    for person in (KERSTIN, NILLA):
        acting.until_seen(chair, person)
        acting.send(chair, "confirm-identity", person=person, method="known")
    acting.open_meeting(chair)
    acting.take_up_first_decision(chair)

    # The chair in the hall has no camera: nobody is left without a picture of the meeting.
    until_seen(nilla, "hall", 5)
    acting.send(chair, "add-speaker", person=KERSTIN, kind="speech")
    acting.press_primary(chair, "Ge ordet till Kerstin Kjellander")
    only(nilla, "floor")
    heard = flow(nilla)["down"]["floor"]["audioPackets"]
    nilla.get_by_role("button", name="Salen").click()
    only(nilla, "hall")
    assert flow(nilla)["down"]["floor"]["audioPackets"] > heard
    nilla.get_by_role("button", name="Alla").click()
    only(nilla, "wall")
    is_clean(nilla)
    nilla.get_by_role("button", name="Talaren").click()
    only(nilla, "floor")
    # Who speaks is seen by himself in his own camera; the page gets what else there is.
    acting.press_primary(chair, "Avsluta ordet")
    acting.send(chair, "add-speaker", person=NILLA, kind="speech")
    acting.press_primary(chair, "Ge ordet till Nilla Nordanäng")
    only(nilla, "hall")
