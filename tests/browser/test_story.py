"""A whole meeting of a kommunstyrelse in real browsers: three members at home, the others in the room."""

from __future__ import annotations

import asyncio
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from meeting_server.minutes.signing import verify_seal
from tests.browser.acting import settled
from tests.browser.conftest import Desk, Served
from tests.browser.hall_acts import (
    PATIENCE,
    answer_roll_call,
    enter_from_home,
    flow,
    open_primary,
    primary,
    read_and_approve,
    vote,
)
from tests.chromium import CHROMIUM

pytestmark = pytest.mark.browser
EXECUTABLE = CHROMIUM

CHAIR, SECRETARY = "torgny-tallvik", "karin-kvarnlund"
NILLA, LEIF, KERSTIN = "nilla-nordanang", "leif-ljungvik", "kerstin-kjellander"


def until(page: Page, holds: Callable[[], bool], what: str) -> None:
    """Wait until something is so; fails with what was waited for."""
    end = time.monotonic() + PATIENCE / 1000
    while not holds():
        assert time.monotonic() < end, what
        page.wait_for_timeout(300)


def floor_heard_and_seen(page: Page) -> tuple[int, int]:
    """Decoded frames and audio packets of the speaker so far, at this listener."""
    floor = flow(page)["down"]["floor"]
    return floor["framesDecoded"], floor["audioPackets"]


class Meeting:
    """The pages of everybody who has one."""

    def __init__(self, desk: Desk, served: Served) -> None:
        self.served = served
        self.chair = desk.open(CHAIR, "/meetings/ks/chair")
        self.secretary = desk.open(SECRETARY, "/meetings/ks/secretary")
        self.nilla = desk.open(NILLA, "/meetings/ks/member")
        self.leif = desk.open(LEIF, "/meetings/ks/member")
        self.kerstin = desk.open(KERSTIN, "/meetings/ks/member")

    def state_of(self, person: str) -> str:
        rows = self.served.view(self.chair.context, "ks", "chair")["presence"]
        return str(next(row["state"] for row in rows if row["person"] == person))

    def present(self) -> int:
        return int(self.served.view(self.chair.context, "ks", "chair")["quorum"]["present"])


def call_the_roll(meeting: Meeting) -> None:
    """Three come from home and are confirmed, one is absent, nine are in the room."""
    chair = meeting.chair
    primary(chair, "Anteckna dig i salen")
    primary(chair, "Öppna sammanträdet")
    for page in (meeting.nilla, meeting.leif, meeting.kerstin):
        enter_from_home(page)
    assert meeting.present() == 1, "nobody in the lobby is counted"
    for _ in range(3):
        primary(chair, "Bekräfta och släpp in")
    answer_roll_call(meeting.secretary, "f")
    answer_roll_call(meeting.secretary, "j", 8)
    primary(chair, "Uppropet är klart: 12 närvarande")
    primary(chair, "Ta upp § 197")
    primary(chair, "Klubba")


def appoint_the_verifier(meeting: Meeting) -> None:
    chair = meeting.chair
    primary(chair, "Ta upp § 198")
    open_primary(chair, "Utse 1 justerare")
    chair.get_by_role("combobox").first.select_option(LEIF)
    chair.get_by_role("textbox").fill("Stadshuset den 24 november 2026")
    chair.get_by_role("button", name="Utse Leif Ljungvik").click()
    primary(chair, "Ta upp § 199")
    primary(chair, "Klubba")


def await_silence(page: Page, why: str) -> None:
    """Wait until nothing more of the floor has come for a second and a half."""
    before = None
    for _ in range(20):
        now = floor_heard_and_seen(page)
        if now == before:
            return
        before = now
        page.wait_for_timeout(1500)
    raise AssertionError(why)


def give_the_floor(meeting: Meeting) -> None:
    """Those at home see and hear the one with the floor, and nobody who has not got it."""
    chair, nilla, leif, kerstin = meeting.chair, meeting.nilla, meeting.leif, meeting.kerstin
    primary(chair, "Ta upp § 200")
    for page in (nilla, leif, kerstin):
        expect(page.get_by_role("heading", name="Svar på remiss om staten")).to_be_visible(timeout=PATIENCE)
    await_silence(leif, "nobody has the floor, so nothing may be forwarded")

    nilla.keyboard.press("b")
    primary(chair, "Ge ordet till Nilla Nordanäng")
    until(leif, lambda: min(floor_heard_and_seen(leif)) > 20, "pictures and sound of the speaker")
    until(kerstin, lambda: min(floor_heard_and_seen(kerstin)) > 20, "pictures and sound of the speaker")
    assert floor_heard_and_seen(nilla) == (0, 0), "nobody receives herself"
    sent = flow(kerstin)["up"]
    assert sent["mic"]["packets"] == 0, "a microphone without the floor is closed"
    primary(chair, "Avsluta ordet: Nilla Nordanäng")
    await_silence(leif, "without the floor nobody is forwarded")
    primary(chair, "Avsluta överläggningen")
    primary(chair, "Ställ proposition")
    primary(chair, "Jag finner bifall till förslag 1")
    primary(chair, "Klubba: bifall till förslag 1")


def move_a_counter_proposal(meeting: Meeting) -> None:
    chair, nilla = meeting.chair, meeting.nilla
    primary(chair, "Ta upp § 201")
    expect(nilla.get_by_role("heading", name="Svar på remiss om utvecklingen")).to_be_visible(
        timeout=PATIENCE
    )
    nilla.keyboard.press("y")
    nilla.get_by_text("Eget förslag").click()
    nilla.locator("#f-text").fill("att delvis godkänna promemorian och därutöver anföra egna synpunkter")
    settled(nilla)
    nilla.get_by_role("button", name="Lämna till ordföranden").click()
    expect(chair.get_by_text("Nilla Nordanängs (N) yrkande")).to_be_visible(timeout=PATIENCE)
    primary(chair, "Avsluta överläggningen")
    primary(chair, "Ställ proposition")
    primary(chair, "Jag finner bifall till förslag 1")
    expect(nilla.get_by_text("Ordföranden finner bifall till")).to_be_visible(timeout=PATIENCE)
    nilla.keyboard.press("v")
    expect(chair.get_by_text("Votering begärd av Nilla Nordanäng (N)")).to_be_visible(timeout=PATIENCE)


def lose_a_line_and_come_back(meeting: Meeting) -> None:
    """The lost one is shown to the chair and not counted, comes back by itself, and is confirmed anew."""
    chair = meeting.chair
    context = meeting.kerstin.context
    meeting.kerstin.close()
    expect(chair.get_by_text("Bruten förbindelse").first).to_be_visible(timeout=PATIENCE)
    assert meeting.state_of(KERSTIN) == "dropped"
    assert meeting.present() == 11
    expect(chair.locator(".actions .primary")).to_contain_text("Hantera bruten förbindelse")

    meeting.kerstin = context.new_page()
    meeting.kerstin.goto(f"{meeting.served.url}/meetings/ks/member")
    until(chair, lambda: meeting.state_of(KERSTIN) == "returning", "back by itself, not yet counted")
    assert meeting.present() == 11
    open_primary(chair, "Bekräfta och släpp in")
    chair.locator("modal-sheet").get_by_role("button", name="Bekräfta och släpp in").click()
    until(chair, lambda: meeting.present() == 12, "counted again once confirmed")


def divide(meeting: Meeting) -> None:
    """Those at home vote by keyboard, those in the room by voice, the chair last; seven against five."""
    chair = meeting.chair
    primary(chair, "Öppna voteringen")
    vote(meeting.nilla, "n", "NEJ")
    vote(meeting.leif, "j", "JA")
    vote(meeting.kerstin, "n", "NEJ")
    assert meeting.served.view(chair.context, "ks", "chair")["division"]["votes"] is None
    chair.keyboard.press("u")
    rows = chair.locator(".oral li")
    for left, key in zip(range(8, -1, -1), "jjjjjnnnj", strict=True):
        rows.first.focus()
        chair.keyboard.press(key)
        expect(rows).to_have_count(left, timeout=PATIENCE)
    chair.keyboard.press("Escape")
    primary(chair, "Stäng voteringen")
    primary(chair, "Klubba: 7 JA mot 5 NEJ")
    nilla = meeting.nilla
    expect(nilla.get_by_text("Resultat", exact=True)).to_be_visible(timeout=PATIENCE)
    nilla.keyboard.press("r")
    nilla.locator("#f-text").fill("Resurserna bör i första hand gå till välfärden.")
    settled(nilla)
    nilla.get_by_role("button", name="Reservera mig mot § 201").click()
    expect(chair.get_by_role("heading", name="Reservationer")).to_be_visible(timeout=PATIENCE)


def close(meeting: Meeting) -> None:
    chair = meeting.chair
    primary(chair, "Ta upp § 202")
    primary(chair, "Klubba: läggs till handlingarna")
    open_primary(chair, "Avsluta sammanträdet")
    sheet = chair.locator("modal-sheet")
    sheet.get_by_role("button", name="Inga fler reservationer").click()
    sheet.get_by_role("button", name="Avsluta sammanträdet").click(timeout=PATIENCE)
    expect(meeting.nilla.get_by_role("heading", name="Sammanträdet är avslutat")).to_be_visible(
        timeout=PATIENCE
    )


def approve_and_export(meeting: Meeting) -> bytes:
    """The secretary locks, chair and verifier read and approve, the secretary fetches the sealed minutes."""
    secretary = meeting.secretary
    secretary.locator("nav").get_by_text("Protokoll", exact=True).click()
    secretary.get_by_role("button", name="Lås protokollet för justering").click(timeout=PATIENCE)
    expect(secretary.get_by_text("Har inte godkänt")).to_have_count(2, timeout=PATIENCE)
    for page in (meeting.chair, meeting.leif):
        page.goto(f"{meeting.served.url}/meetings/ks/minutes")
        read_and_approve(page)
    secretary.reload()
    secretary.locator("nav").get_by_text("Protokoll", exact=True).click()
    with secretary.expect_download() as download:
        secretary.get_by_role("link", name="Hämta justerat protokoll").click(timeout=PATIENCE)
    return Path(download.value.path()).read_bytes()


def test_a_meeting_with_three_members_at_home_from_roll_call_to_sealed_minutes(
    desk: Desk, served: Served, tmp_path: Path
) -> None:
    meeting = Meeting(desk, served)
    call_the_roll(meeting)
    appoint_the_verifier(meeting)
    give_the_floor(meeting)
    move_a_counter_proposal(meeting)
    lose_a_line_and_come_back(meeting)
    divide(meeting)
    close(meeting)
    pdf = approve_and_export(meeting)

    file = tmp_path / "protokoll.pdf"
    file.write_bytes(pdf)
    text = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True
    ).stdout
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "1. Remissen anses besvarad med hänvisning till vad som sägs i promemorian." in lines
    assert any("7 ja-röster och 5 nej-röster" in line for line in lines)
    assert "Nilla Nordanäng (N) ledamot på distans Nej" in lines
    assert "Leif Ljungvik (G) ledamot på distans Ja" in lines
    assert "Torgny Tallvik (A) ordförande i rummet Ja (muntligt)" in lines
    assert any("bryts förbindelsen med Kerstin Kjellander (E)" in line for line in lines)
    assert any("reserverar sig Nilla Nordanäng (N)" in line for line in lines)
    # Playwright holds this thread's event loop, so the check runs in another.
    with ThreadPoolExecutor(1) as another:
        report = another.submit(lambda: asyncio.run(verify_seal(pdf))).result()
    assert report.intact, report.because
    assert report.covers_whole_file
