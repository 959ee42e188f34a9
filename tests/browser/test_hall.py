"""The hall screen against the real server: check-in, speaker with picture and sound, division, result."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acting
from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser
HALL_SIZE = {"width": 1920, "height": 1080}
DOWN = "async (slot) => { const { down } = await klubban.pictures.room.stats(); return down[slot]; }"


def console(desk: Desk) -> Page:
    page = desk.open("torgny-tallvik", "/meetings/ks/chair")
    expect(page.locator(".console")).to_be_visible()
    return page


def hall(desk: Desk) -> Page:
    page = desk.open("karin-kvarnlund", "/meetings/ks/hall", viewport=HALL_SIZE)
    expect(page.locator(".hall")).to_be_visible()
    return page


def flows(page: Page, slot: str, field: str) -> None:
    """Wait until something of a slot has arrived and been used."""
    acting.until(page, f"async () => (await ({DOWN})('{slot}')).{field} > 3")


def test_who_can_read_the_rolling_code_is_in_the_room(desk: Desk) -> None:
    screen = hall(desk)
    digits = screen.locator(".code span")
    expect(digits).to_have_count(5)
    expect(screen.locator(".hsub.dim").first).to_contain_text(re.compile(r"Ny kod om 0\.\d\d"))
    screen.wait_for_function("() => document.querySelector('.qr').naturalWidth > 0")
    code = "".join(digits.all_inner_texts())
    member = desk.open("nilla-nordanang", f"/c/ks/{code}")
    member.get_by_role("main").get_by_role("button").first.click()
    screen.wait_for_function("() => klubban.meeting.presenceOf('nilla-nordanang').state === 'room'")
    expect(screen.locator(".hq")).to_contain_text("Närvarande 1")


def test_the_hall_shows_and_hears_whoever_speaks_from_home(desk: Desk) -> None:
    chair, screen = console(desk), hall(desk)
    home = desk.open("kerstin-kjellander", "/rules")
    home.evaluate(acting.REMOTE, ["ks", "member"])
    home.wait_for_function("() => remote.wire.state.phase === 'open'")
    acting.send(chair, "record-arrival", person="torgny-tallvik")
    acting.send(chair, "open-meeting")
    home.evaluate("() => remote.wire.send('enter-lobby')")
    acting.until_seen(chair, "kerstin-kjellander")
    acting.send(chair, "confirm-identity", person="kerstin-kjellander", method="known")
    acting.open_meeting(chair)
    acting.take_up_first_decision(chair)
    expect(screen.locator(".hh h1")).to_contain_text("Svar på remiss")
    acting.send(chair, "add-speaker", person="kerstin-kjellander", kind="speech")
    acting.press_primary(chair, "Ge ordet till Kerstin Kjellander")
    expect(screen.locator(".hi h2")).to_have_text("Kerstin Kjellander")
    expect(screen.locator(".hi")).to_contain_text("på distans")
    flows(screen, "floor", "framesDecoded")
    flows(screen, "floor", "audioPackets")
    expect(screen.locator(".hv .standin")).to_have_count(0)
    assert screen.evaluate("() => [...document.querySelectorAll('video')].every((video) => video.muted)")
    screen.get_by_role("button", name="Slå på ljudet").click()
    screen.wait_for_function(
        "() => [...document.querySelectorAll('video')].some((v) => !v.muted && !v.paused)",
        polling=250,
    )
    acting.press_primary(chair, "Avsluta ordet")
    expect(screen.locator(".hprops li")).to_have_count(1)


def test_the_hall_sends_its_own_picture_when_the_secretary_opens_it(desk: Desk) -> None:
    chair, screen = console(desk), hall(desk)
    screen.get_by_role("button", name="Sänd från salen").click()
    expect(screen.get_by_role("button", name="Sluta sända")).to_be_visible()
    flows(chair, "hall", "framesDecoded")
    screen.get_by_role("button", name="Sluta sända").click()
    expect(screen.get_by_role("button", name="Sänd från salen")).to_be_visible()


def test_only_numbers_are_shown_until_the_division_is_closed(desk: Desk) -> None:
    chair, screen = console(desk), hall(desk)
    if chair.evaluate("() => klubban.meeting.presenceOf('kerstin-kjellander').state !== 'left'"):
        acting.send(chair, "record-departure", person="kerstin-kjellander")
    acting.send(
        chair, "record-proposal", mover="nilla-nordanang", kind="counter", text="Bifall.", motivation=None
    )
    acting.send(chair, "close-debate")
    acting.send(chair, "put-question")
    expect(screen.locator(".hprops li")).to_have_count(2)
    acting.send(chair, "find-carried", candidate="m4-p0")
    expect(screen.locator(".hsub")).to_contain_text("Ordföranden finner bifall till")
    acting.send(chair, "record-demand", person="nilla-nordanang")
    expect(screen.locator(".hsub")).to_have_text("Nilla Nordanäng (N) begär votering.")
    acting.send(chair, "open-division")
    expect(screen.locator(".hbig")).to_contain_text("0 av 12 har röstat")
    voters = chair.evaluate("() => klubban.meeting.sections.division.missing")
    for person in voters[:7]:
        acting.send(chair, "record-oral-vote", person=person, vote="yes")
    expect(screen.locator(".hbig")).to_contain_text("7 av 12 har röstat")
    assert not screen.get_by_text("Nilla Nordanäng", exact=True).count()
    acting.send(chair, "close-division")
    expect(screen.locator(".hnums .ja b")).to_have_text("7")
    expect(screen.locator(".hboard .mark.ja")).to_have_count(7)
    expect(screen.locator(".hboard .mark.none")).to_have_count(5)
    expect(screen.locator(".hboard .mark.none").first).to_contain_text("Ej röstat")
    expect(screen.locator(".hnums")).to_contain_text("5 röstade inte")
    expect(chair.locator(".result")).to_contain_text("7 röstade, 5 röstade inte.")
    acting.press_primary(chair, "Klubba: 7 JA mot 0 NEJ")
    expect(screen.locator(".hw")).to_contain_text("Beslut enligt")


def test_the_screen_says_when_the_meeting_is_paused(desk: Desk) -> None:
    chair, screen = console(desk), hall(desk)
    chair.keyboard.press("p")
    chair.get_by_label("20 min").check()
    chair.get_by_role("button", name="Ajournera 20 min").click()
    expect(screen.locator(".hdecision h2")).to_contain_text("Ajournerat till")
    expect(chair.get_by_role("heading", level=1)).to_contain_text("Ajournerat till")
    acting.press_primary(chair, "Återuppta sammanträdet")
    chair.get_by_role("button", name="Återuppta nu").click()
    expect(screen.locator(".hq")).to_contain_text("Närvarande 12")
    expect(screen.get_by_text("Ajournerat till")).to_have_count(0)
