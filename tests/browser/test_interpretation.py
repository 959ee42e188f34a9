"""Interpreters in real browsers: booths with a made-up microphone and camera, a member, the hall's screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from meeting_server.media.lines import LINES
from tests.browser import acting
from tests.browser.axe import is_clean
from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser
CHAIR, SECRETARY, NILLA = "torgny-tallvik", "karin-kvarnlund", "nilla-nordanang"
FLOW = "async () => (await document.querySelector('member-page').media.stats()).down"
HEARD = f"async (least) => (await ({FLOW})()).channel.audioPackets >= least"
SIGNED = f"async (least) => (await ({FLOW})()).sign.framesDecoded >= least"
ON_THE_SCREEN = """async () => globalThis.klubban?.pictures.room
    && (await klubban.pictures.room.stats()).down.sign.framesDecoded > 3"""
VOLUMES = """() => Object.fromEntries([...document.querySelector('member-page').sound.players]
    .map(([slot, player]) => [slot, player.volume]))"""


def test_the_page_knows_the_lines_in_the_servers_order() -> None:
    script = (Path(__file__).parents[2] / "web/js/media.js").read_text()
    written = re.search(r"export const LINES = \[([^\]]+)\]", script)
    assert written is not None
    assert re.findall(r"'(\w+)'", written[1]) == [line.name for line in LINES]


def a_booth(desk: Desk, office: Page, kind: str, language: str = "") -> Page:
    """The page of a new interpreter, opened by the link that is shown once."""
    office.get_by_label("Vad den heter").fill(f"Tolk {language}")
    office.get_by_label("Vad den gör").select_option(kind)
    office.get_by_label("Språk").fill(language)
    office.get_by_role("button", name="Skapa nyckel").click()
    link = office.get_by_label("Länk till tolksidan").input_value()
    is_clean(office)
    context = desk.browser.new_context(locale="sv-SE", permissions=["camera", "microphone"])
    desk.contexts.append(context)
    booth = context.new_page()
    booth.goto(link)
    return booth


def come_in(desk: Desk, chair: Page) -> Page:
    """Nilla at a distance, let in by the chair."""
    nilla = desk.open(NILLA, "/meetings/ks/member")
    nilla.get_by_role("button", name="Slå på kamera och mikrofon").click()
    nilla.get_by_role("button", name="Spela").click()
    nilla.get_by_role("button", name="Ja", exact=True).click()
    nilla.get_by_label("Jag sitter så att ingen obehörig").check()
    nilla.get_by_role("button", name="Gå in i lobbyn").click()
    acting.until_seen(chair, NILLA)
    acting.send(chair, "confirm-identity", person=NILLA, method="known")
    return nilla


def test_a_member_hears_a_chosen_channel_over_the_low_original_and_sees_the_signs(desk: Desk) -> None:
    chair = desk.open(CHAIR, "/meetings/ks/chair")
    expect(chair.locator(".console")).to_be_visible()
    acting.send(chair, "record-arrival", person=CHAIR)
    acting.send(chair, "open-meeting")
    office = desk.open(SECRETARY, "/meetings/ks/equipment")
    speaks = a_booth(desk, office, "channel", "engelska")
    signs = a_booth(desk, office, "sign")
    speaks.get_by_role("button", name="Slå på mikrofonen och anslut").click()
    signs.get_by_role("button", name="Slå på kameran och anslut").click()
    nilla = come_in(desk, chair)
    for booth in (speaks, signs):
        expect(booth.get_by_text("Ansluten, men inte på luften.")).to_be_visible()
        is_clean(booth)

    channel = nilla.get_by_label("Ljud", exact=True)
    expect(channel).to_have_value("")
    speaks.get_by_role("button", name="På luften").click()
    signs.get_by_role("button", name="På luften").click()
    expect(speaks.get_by_text("Du är på luften.")).to_be_visible()
    assert nilla.evaluate(f"async () => (await ({FLOW})()).channel.audioPackets") == 0
    channel.select_option("engelska")
    nilla.wait_for_function(HEARD, arg=50)
    nilla.wait_for_function(f"() => Object.values(({VOLUMES})()).filter((each) => each === 0.2).length === 3")
    assert nilla.evaluate(VOLUMES)["channel"] == 1
    expect(speaks.get_by_text("En har valt din tolkning.")).to_be_visible()

    assert nilla.evaluate(f"async () => (await ({FLOW})()).sign.framesDecoded") == 0
    nilla.get_by_role("button", name="Teckenspråk").click()
    expect(nilla.get_by_role("button", name="Teckenspråk")).to_have_attribute("aria-pressed", "true")
    nilla.wait_for_function(SIGNED, arg=5)
    is_clean(nilla)
    hall = desk.open(SECRETARY, "/meetings/ks/hall")
    hall.wait_for_function(ON_THE_SCREEN)
    expect(hall.get_by_role("region", name="Teckenspråkstolken")).to_be_visible()
    hall.keyboard.press("t")
    expect(hall.get_by_role("region", name="Teckenspråkstolken")).to_have_count(0)

    speaks.get_by_role("button", name="På luften").click()
    expect(nilla.get_by_text("Tolken är tyst. Du hör originalljudet.")).to_be_visible()
    assert set(nilla.evaluate(VOLUMES).values()) == {1}
    speaks.close()
    expect(nilla.locator(".note", has_text="Tolkningen till engelska är borta.")).to_be_visible()
    expect(chair.get_by_text("Tolken till engelska är borta, och någon lyssnar.")).to_be_visible()
    channel.select_option("")
    expect(chair.get_by_text("Tolken till engelska är borta, och någon lyssnar.")).to_have_count(0)
    expect(channel).to_have_count(0)
