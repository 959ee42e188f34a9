"""axe-core finds nothing on the chair console and the hall screen, in any state, theme or size we show."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acting
from tests.browser.axe import ALL, COLOURS, violations
from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser
THEMES = ["light", "dark", "contrast", "contrast-dark"]
SIZES = [(390, 844), (820, 1180)]
"""Beside that of the themes, 1280 × 800."""
DIALOGS = [
    "help", "more", "presence", "propose", "division-demand", "conflict", "reservation", "add-speaker",
    "pause", "pause-day", "handover", "verifiers", "close", "call-substitute",
    "statement", "webcast", "redaction",
    "add-matter", "strike-matter", "take-back-matter", "dispute", "close-doors", "conflict-test", "unanimity",
]  # fmt: skip


def look(page: Page, name: str) -> None:
    """No violation in any theme, and nothing wider than the screen in any size."""
    before = page.viewport_size
    for theme in THEMES:
        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
        assert violations(page, ALL if theme == "light" else COLOURS) == [], f"{name}, {theme}"
    page.evaluate("() => { delete document.documentElement.dataset.theme; }")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert violations(page) == [], f"{name}, {width}"
        wider = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, f"{name}, {width}: {wider} px too wide"
    if before:
        page.set_viewport_size(before)


def both(desk: Desk) -> tuple[Page, Page]:
    chair = desk.open("torgny-tallvik", "/meetings/ks/chair", bypass_csp=True)
    screen = desk.open("karin-kvarnlund", "/meetings/ks/hall", bypass_csp=True)
    expect(chair.locator(".console")).to_be_visible()
    expect(screen.locator(".hall")).to_be_visible()
    return chair, screen


def test_from_the_roll_call_to_the_floor(desk: Desk) -> None:
    chair, screen = both(desk)
    look(chair, "convened")
    look(screen, "check-in")
    acting.send(chair, "record-arrival", person="torgny-tallvik")
    acting.send(chair, "open-meeting")
    home = desk.open("kerstin-kjellander", "/rules")
    home.evaluate(acting.REMOTE, ["ks", "member"])
    home.wait_for_function("() => remote.wire.state.phase === 'open'")
    home.evaluate("() => remote.wire.send('enter-lobby')")
    expect(chair.locator("#vem")).to_be_visible()
    look(chair, "identity")
    acting.until_seen(chair, "kerstin-kjellander")
    acting.send(chair, "confirm-identity", person="kerstin-kjellander", method="known")
    acting.open_meeting(chair)
    look(chair, "between matters")
    acting.take_up_first_decision(chair)
    acting.send(chair, "add-speaker", person="kerstin-kjellander", kind="speech")
    acting.send(chair, "add-speaker", person="bertil-bokstrom", kind="order")
    acting.send(chair, "give-floor", id=None, person="kerstin-kjellander")
    expect(screen.locator(".hi h2")).to_have_text("Kerstin Kjellander")
    look(chair, "floor")
    look(screen, "floor")


def test_every_dialog(desk: Desk) -> None:
    chair = desk.open("torgny-tallvik", "/meetings/ks/chair", bypass_csp=True)
    expect(chair.locator(".console")).to_be_visible()
    for name in DIALOGS:
        chair.set_viewport_size({"width": 1280, "height": 800})
        chair.evaluate("(name) => klubban.desk.open(name)", name)
        expect(chair.get_by_role("dialog")).to_be_visible()
        assert violations(chair) == [], name
        chair.set_viewport_size({"width": 390, "height": 844})
        assert violations(chair) == [], name
        chair.keyboard.press("Escape")
        expect(chair.get_by_role("dialog")).to_have_count(0)


def test_from_the_question_to_the_decision(desk: Desk) -> None:
    chair, screen = both(desk)
    if chair.evaluate("() => klubban.meeting.presenceOf('kerstin-kjellander').state !== 'left'"):
        acting.send(chair, "record-departure", person="kerstin-kjellander")
    acting.send(
        chair, "record-proposal", mover="nilla-nordanang", kind="counter", text="Bifall.", motivation=None
    )
    for request in chair.evaluate("() => klubban.meeting.sections.debate.queue.map((row) => row.id)"):
        acting.send(chair, "decline-request", id=request)
    acting.send(chair, "close-debate")
    acting.send(chair, "put-question")
    expect(chair.locator("blockquote")).to_be_visible()
    look(chair, "question")
    look(screen, "question")
    acting.send(chair, "find-carried", candidate="m4-p0")
    acting.send(chair, "record-demand", person="nilla-nordanang")
    acting.send(chair, "open-division")
    expect(screen.locator(".hbig")).to_be_visible()
    look(chair, "division")
    look(screen, "division")
    for dialog in ("oral-votes", "my-vote", "void"):
        chair.evaluate("(name) => klubban.desk.open(name)", dialog)
        assert violations(chair) == [], dialog
        chair.keyboard.press("Escape")
    voters = chair.evaluate("() => klubban.meeting.sections.division.missing")
    for i, person in enumerate(voters):
        acting.send(chair, "record-oral-vote", person=person, vote=("yes", "no", "abstain", "yes")[i % 4])
    acting.send(chair, "close-division")
    expect(screen.locator(".hnums")).to_be_visible()
    look(chair, "result")
    look(screen, "result")
    chair.evaluate("() => klubban.desk.open('objection', { person: null })")
    assert violations(chair) == [], "objection"
    chair.keyboard.press("Escape")
    acting.send(chair, "gavel")
    expect(chair.locator(".out")).to_be_visible()
    look(chair, "decided")
    look(screen, "decided")
    acting.send(chair, "pause-meeting", minutes=5, reason=None)
    look(chair, "paused")
    look(screen, "paused")
