"""Interpreters in real browsers: booths with a made-up microphone and camera, a member, the hall's screen."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from meeting_server.media.lines import LINES
from tests.browser import acting
from tests.browser.axe import is_clean
from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser
CHAIR, SECRETARY = "torgny-tallvik", "karin-kvarnlund"
NILLA, LEIF = "nilla-nordanang", "leif-ljungvik"
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


def a_link(office: Page, kind: str, language: str = "") -> str:
    """The link of a new interpreter, which is shown once."""
    office.get_by_label("Vad den heter").fill(f"Tolk {language}")
    office.get_by_label("Vad den gör").select_option(kind)
    office.get_by_label("Språk").fill(language)
    office.get_by_role("button", name="Skapa nyckel").click()
    link = office.get_by_label("Länk till tolksidan").input_value()
    is_clean(office)
    return link


def a_booth(desk: Desk, link: str) -> Page:
    """The page of an interpreter, on a computer of its own."""
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
    speaks = a_booth(desk, a_link(office, "channel", "engelska"))
    signs = a_booth(desk, a_link(office, "sign"))
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
    acting.until(nilla, HEARD, 50)
    nilla.wait_for_function(f"() => Object.values(({VOLUMES})()).filter((each) => each === 0.2).length === 3")
    assert nilla.evaluate(VOLUMES)["channel"] == 1
    expect(speaks.get_by_text("En har valt din tolkning.")).to_be_visible()

    assert nilla.evaluate(f"async () => (await ({FLOW})()).sign.framesDecoded") == 0
    nilla.get_by_role("button", name="Teckenspråk").click()
    expect(nilla.get_by_role("button", name="Teckenspråk")).to_have_attribute("aria-pressed", "true")
    acting.until(nilla, SIGNED, 5)
    is_clean(nilla)
    hall = desk.open(SECRETARY, "/meetings/ks/hall")
    acting.until(hall, ON_THE_SCREEN)
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


def test_a_member_in_the_hall_hears_the_channel_and_nobody_is_told(desk: Desk) -> None:
    chair = desk.open(CHAIR, "/meetings/ks/chair")
    office = desk.open(SECRETARY, "/meetings/ks/equipment")
    acting.send(chair, "record-arrival", person=LEIF)
    leif = desk.open(LEIF, "/meetings/ks/member", viewport={"width": 390, "height": 844})
    expect(leif.locator(".inhall")).to_be_visible()
    expect(leif.get_by_role("region", name="Tolkning")).to_have_count(0)
    speaks, signs = a_booth(desk, a_link(office, "channel", "finska")), a_booth(desk, a_link(office, "sign"))
    speaks.get_by_role("button", name="Slå på mikrofonen och anslut").click()
    speaks.get_by_role("button", name="På luften").click()
    signs.get_by_role("button", name="Slå på kameran och anslut").click()
    signs.get_by_role("button", name="På luften").click()
    heard = leif.get_by_role("region", name="Tolkning", exact=True)
    expect(heard).to_contain_text("Ingen annan ser vad du väljer.")
    assert leif.evaluate("() => document.querySelector('member-page').mediaState") == "idle"
    heard.get_by_label("Ljud", exact=True).select_option("finska")
    acting.until(leif, HEARD, 50)
    is_clean(leif)
    expect(speaks.get_by_text("En har valt din tolkning.")).to_be_visible()
    heard.get_by_role("button", name="Teckenspråk").click()
    acting.until(leif, SIGNED, 5)
    expect(heard.get_by_role("region", name="Teckenspråk")).to_be_visible()
    is_clean(leif)
    assert chair.evaluate("(person) => klubban.meeting.link(person) ?? null", LEIF) is None
    heard.get_by_label("Ljud", exact=True).select_option("")
    heard.get_by_role("button", name="Teckenspråk").click()
    leif.wait_for_function("() => document.querySelector('member-page').mediaState === 'idle'")
    speaks.close()
    signs.close()
    expect(heard).to_have_count(0)


def kill_media(desk: Desk) -> None:
    """End the server's media process as a crash does."""
    parent = desk.served.process.pid
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    [media] = [
        pid for pid in children if b"meeting_server.media" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]
    os.kill(int(media), signal.SIGKILL)


def test_a_booth_says_when_it_is_cut_off_comes_back_by_itself_and_is_one_at_a_time(desk: Desk) -> None:
    link = a_link(desk.open(SECRETARY, "/meetings/kf/equipment"), "channel", "finska")
    first, second = a_booth(desk, link), a_booth(desk, link)
    first.get_by_role("button", name="Slå på mikrofonen och anslut").click()
    expect(first.get_by_text("Mötet har inte börjat. Ingen får din tolkning än.")).to_be_visible()
    first.get_by_role("button", name="På luften").click()
    kill_media(desk)
    expect(first.get_by_role("alert")).to_contain_text("Inte ansluten: ingen får din tolkning.")
    expect(first.get_by_text("Mötet har inte börjat. Ingen får din tolkning än.")).to_be_visible()
    expect(first.get_by_role("button", name="På luften")).to_have_attribute("aria-pressed", "true")

    second.get_by_role("button", name="Slå på mikrofonen och anslut").click()
    expect(second.get_by_role("heading", name="Länken används på en annan sida")).to_be_visible()
    is_clean(second)
    second.get_by_role("button", name="Fortsätt här i stället").click()
    expect(second.get_by_text("Mötet har inte börjat. Ingen får din tolkning än.")).to_be_visible()
    expect(first.get_by_role("heading", name="Länken används på en annan sida")).to_be_visible()
    first.goto(link.split("#")[0] + "#nothing")
    expect(first.get_by_role("heading", name="Länken gäller inte")).to_be_visible()
