"""The member's page in a real browser: the way in, proposing, voting by keyboard, the lost line."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acting import settled
from tests.browser.axe import is_clean
from tests.browser.conftest import Desk
from tests.browser.leading import give, lead, seat, view

pytestmark = pytest.mark.browser
KS = "ks"
CHAIR, SECRETARY = "torgny-tallvik", "karin-kvarnlund"
NILLA, LEIF, TORA, KERSTIN = "nilla-nordanang", "leif-ljungvik", "tora-tunberg", "kerstin-kjellander"
ADDRESS = f"https://www.ekhamra.se/{'handlingar' * 12}"
LONG = (
    f"att kommunen tillstyrker {'förslaget om regionala kommunråd och staten bär kostnaden, ' * 33}{ADDRESS}"
)
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture
def chair(desk: Desk) -> Page:
    return desk.open(CHAIR, f"/meetings/{KS}/minutes")


@pytest.fixture
def secretary(desk: Desk) -> Page:
    return desk.open(SECRETARY, f"/meetings/{KS}/minutes")


def state_of(page: Page, person: str) -> str:
    return str(
        next(row["state"] for row in view(page, KS, "secretary")["presence"] if row["person"] == person)
    )


def until_seen(chair: Page, person: str) -> None:
    """Wait until the meeting knows that picture and sound arrive from somebody at the door."""
    for _ in range(60):
        row = next(row for row in view(chair, KS, "chair")["presence"] if row["person"] == person)
        if row["link"] and row["link"]["video"]:
            return
        chair.wait_for_timeout(500)
    raise AssertionError(f"nothing arrives from {person}")


def take_up(chair: Page, secretary: Page, label: str) -> None:
    """Everybody still missing is seated, and the chair goes on until `label` is next, and gives it."""
    seat(secretary, KS, KERSTIN)
    step = lead(chair, KS, label)["steps"]["primary"]
    give(chair, KS, step["command"]["name"], **step["command"]["data"])


def test_the_lobby_is_reached_when_camera_sound_line_and_room_are_right(
    desk: Desk, chair: Page, secretary: Page
) -> None:
    nilla = desk.open(NILLA, f"/meetings/{KS}/member", **PHONE)
    expect(nilla.get_by_role("heading", name="Kommunstyrelsen")).to_be_visible()
    is_clean(nilla)
    nilla.get_by_role("button", name="Slå på kamera och mikrofon").click()
    enter = nilla.get_by_role("button", name="Gå in i lobbyn")
    expect(enter).to_have_attribute("aria-disabled", "true")
    expect(enter).to_contain_text("Svara på högtalaren först")
    nilla.get_by_role("button", name="Spela").click()
    nilla.get_by_role("button", name="Ja", exact=True).click()
    expect(enter).to_contain_text("Bocka i ditt rum först")
    nilla.get_by_label("Jag sitter så att ingen obehörig").check()
    expect(nilla.get_by_text("Bild och ljud når servern")).to_be_visible(timeout=60_000)
    is_clean(nilla)
    enter.click()
    expect(nilla.get_by_role("heading", name="Du är i lobbyn")).to_be_visible()
    is_clean(nilla)
    lead(chair, KS, "Bekräfta")
    give(chair, KS, "ask-new-picture", person=NILLA)
    expect(nilla.get_by_text("Ordföranden ber om en ny bild")).to_be_visible()
    give(chair, KS, "reject-from-lobby", person=NILLA, reason="Bilden visar någon annan.")
    expect(nilla.get_by_text("Bilden visar någon annan.")).to_be_visible()
    nilla.get_by_role("button", name="Spela").click()
    nilla.get_by_role("button", name="Ja", exact=True).click()
    nilla.get_by_label("Jag sitter så att ingen obehörig").check()
    nilla.get_by_role("button", name="Gå in i lobbyn").click()
    expect(nilla.get_by_role("heading", name="Du är i lobbyn")).to_be_visible()
    until_seen(chair, NILLA)
    give(chair, KS, "confirm-identity", person=NILLA, method="id_shown")
    expect(nilla.get_by_text("Du syns och hörs")).to_be_visible(timeout=60_000)
    expect(nilla.get_by_text("Upprop pågår. Sammanträdet är öppnat.")).to_be_visible()
    left_out(nilla, "hall", "wall")
    said = nilla.get_by_text("Utan bild nu: salen och alla på distans.")
    expect(said).to_be_visible()
    is_clean(nilla)
    left_out(nilla)
    expect(said).to_be_hidden()
    newer = nilla.context.new_page()
    newer.goto(nilla.url)
    expect(nilla.get_by_role("heading", name="Mötet är öppet i ett annat fönster")).to_be_visible()
    expect(nilla.locator("header")).to_contain_text("Öppet i ett annat fönster")
    expect(nilla.locator("header")).not_to_contain_text(re.compile("syns och hörs|Närvarande"))
    is_clean(nilla)


def left_out(page: Page, *slots: str) -> None:
    """As the server says which pictures it sends to nobody."""
    page.evaluate(
        """(lines) => document.querySelector('member-page').wire.socket
          .onmessage({ data: JSON.stringify({ type: 'media', kind: 'shed', lines }) })""",
        slots,
    )


def test_a_lost_line_is_explained_and_the_chair_confirms_anew(
    desk: Desk, chair: Page, secretary: Page
) -> None:
    nilla = desk.open(NILLA, f"/meetings/{KS}/member", **PHONE)
    # Nilla opened the page again: the camera starts by itself, and the line may have been lost meanwhile.
    expect(nilla.locator("header")).to_contain_text(re.compile("syns och hörs|Räknas inte"), timeout=60_000)
    nilla.evaluate("document.querySelector('member-page').media.stop()")
    expect(nilla.get_by_role("heading", name="Du räknas inte just nu")).to_be_visible(timeout=60_000)
    is_clean(nilla)
    nilla.get_by_role("button", name="Starta om kamera och mikrofon").click()
    expect(nilla.get_by_text("Du är tillbaka")).to_be_visible(timeout=60_000)
    is_clean(nilla)
    give(chair, KS, "confirm-identity", person=NILLA, method="known")
    expect(nilla.get_by_text("Du syns och hörs")).to_be_visible(timeout=60_000)
    give(secretary, KS, "record-departure", person=NILLA)


def test_a_denied_camera_is_explained_and_the_hall_is_offered(desk: Desk) -> None:
    kerstin = desk.open(KERSTIN, f"/meetings/{KS}/member")
    kerstin.evaluate(
        "() => { navigator.mediaDevices.getUserMedia"
        " = () => Promise.reject(new DOMException('no', 'NotAllowedError')); }"
    )
    kerstin.get_by_role("button", name="Slå på kamera och mikrofon").click()
    expect(kerstin.get_by_text("Tryck på kameran eller hänglåset")).to_be_visible()
    expect(kerstin.get_by_text("Du kan delta i salen.")).to_be_visible()
    expect(kerstin.get_by_role("button", name="Försök igen")).to_be_visible()
    is_clean(kerstin)


def test_the_code_of_the_hall_screen_checks_a_member_in(desk: Desk, secretary: Page) -> None:
    hall = desk.open(SECRETARY, f"/meetings/{KS}/hall")
    expect(hall.locator("body")).to_contain_text(re.compile(r"\d{5}"))
    tora = desk.open(TORA, f"/meetings/{KS}/member", **PHONE)
    tora.get_by_role("button", name="I salen").click()
    is_clean(tora)
    check_in = tora.get_by_role("button", name="Anmäl mig i salen")
    expect(check_in).to_have_attribute("aria-disabled", "true")
    tora.get_by_label("Koden på skärmen").fill("00000")
    check_in.click()
    expect(tora.locator(".refusal")).to_have_text(
        "Koden gäller inte. Skriv koden som står på skärmen nu.", use_inner_text=True
    )
    tora.get_by_label("Koden på skärmen").fill(hall.evaluate("klubban.meeting.code.code"))
    check_in.click()
    expect(tora.locator("header").get_by_text("I salen")).to_be_visible()
    assert state_of(secretary, TORA) == "room"
    desk.faults.clear()  # the browser's own line about the refused code


def test_what_is_half_written_is_kept_over_a_reload_and_handed_in(
    desk: Desk, chair: Page, secretary: Page
) -> None:
    take_up(chair, secretary, "Ta upp § 200")
    leif = desk.open(LEIF, f"/meetings/{KS}/member", **PHONE)
    expect(leif.get_by_role("button", name="Begär ordet")).to_be_visible()
    is_clean(leif)
    leif.set_viewport_size({"width": 320, "height": 568})
    below = leif.locator(".mbar .btn:not(.begar)")
    assert below.evaluate_all("(all) => new Set(all.map((one) => one.getBoundingClientRect().top)).size") == 1
    leif.set_viewport_size({"width": 390, "height": 844})
    leif.get_by_role("button", name="Begär votering").click(force=True)
    expect(leif.locator("#nu .refusal")).to_have_text(
        "Ordföranden har inte funnit något bifallet än. Votering begärs före klubbslaget."
        " 5 kap. 53 § kommunallagen."
    )
    leif.locator("#primary").dblclick()
    expect(leif.get_by_text("på tur")).to_be_visible()
    expect(leif.locator("#nu .told")).to_have_text("Du har begärt ordet.")
    settled(leif)
    leif.get_by_role("button", name="Ta tillbaka").click()
    expect(leif.locator("#nu .told")).to_have_text("Du har tagit tillbaka din begäran om ordet.")
    expect(leif.get_by_role("button", name="Begär ordet")).to_be_visible()
    leif.keyboard.press("y")
    expect(leif.locator("#nu .told")).to_have_count(0)
    leif.get_by_text("Eget förslag").click()
    leif.get_by_label("Jag yrkar").fill(LONG)
    is_clean(leif)
    leif.reload()
    leif.get_by_role("button", name="Yrka").click()
    expect(leif.get_by_label("Jag yrkar")).to_have_value(LONG)
    settled(leif)
    leif.get_by_role("button", name="Lämna till ordföranden").click()
    expect(leif.get_by_text("Leif Ljungviks (G) yrkande", exact=False).first).to_be_visible()
    expect(leif.locator("#nu .told")).to_have_text("Yrkandet är lämnat till ordföranden.")
    is_clean(leif)
    for screen in (leif, desk.open(CHAIR, f"/meetings/{KS}/chair")):
        screen.set_viewport_size({"width": 360, "height": 640})
        expect(screen.get_by_text(ADDRESS)).to_be_visible()
        assert screen.evaluate("document.documentElement.scrollWidth") == 360, "a long address breaks"


def test_the_hall_shows_every_proposal_and_cuts_the_long_ones(desk: Desk) -> None:
    hall = desk.open(SECRETARY, f"/meetings/{KS}/hall", viewport={"width": 1920, "height": 1080})
    rows = hall.locator(".hprops li")
    expect(rows).to_have_count(2)
    expect(rows.last).to_be_in_viewport(ratio=1)
    assert hall.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert hall.evaluate(
        "() => { const text = document.querySelector('.hprops li:last-child small');"
        " return text.scrollHeight > text.clientHeight; }"
    ), "what has no room is cut"


def without_a_line(page: Page, act: Callable[[], None]) -> None:
    """Does an act while the line is down: the page says so where it is seen, until the line is back."""
    page.evaluate(
        """() => { const { wire } = document.querySelector('member-page') ?? klubban.desk, { open } = wire;
          wire.open = () => ({ close() {} });
          globalThis.mend = () => { wire.open = open; wire.socket = null; wire.retry(); };
          wire.socket.close(); }"""
    )
    expect(page.get_by_text("Ansluter igen").first).to_be_visible()
    act()
    refusal = page.locator(".refusal")
    expect(refusal).to_have_text("Du är inte ansluten. Ingenting har skickats.")
    expect(refusal).to_be_in_viewport(ratio=1)
    page.evaluate("mend()")
    expect(refusal).to_have_count(0)


def test_that_there_is_no_line_is_not_said_once_there_is_one(desk: Desk) -> None:
    console = desk.open(CHAIR, f"/meetings/{KS}/chair")
    expect(console.locator(".primary")).to_contain_text("Avsluta överläggningen")
    settled(console)
    without_a_line(console, lambda: console.keyboard.press("Enter"))
    leif = desk.open(LEIF, f"/meetings/{KS}/member", **PHONE)
    ask = leif.get_by_role("button", name="Begär ordet")
    expect(ask).to_be_visible()
    without_a_line(leif, ask.click)


def test_a_whole_vote_is_done_by_keyboard_and_nothing_is_received_before_the_server_says_so(
    desk: Desk, chair: Page
) -> None:
    leif = desk.open(LEIF, f"/meetings/{KS}/member", **PHONE)
    lead(chair, KS, "Klubba")
    expect(leif.get_by_text("Ordföranden finner bifall till")).to_be_visible()
    twice = leif.get_by_role("button", name="Begär votering").bounding_box()
    assert twice
    # One call for both: two would come seconds apart on a busy machine, and the second then be meant.
    leif.mouse.click(twice["x"] + twice["width"] / 2, twice["y"] + twice["height"] / 2, click_count=2)
    expect(leif.get_by_text("Leif Ljungvik (G) begär votering")).to_be_visible()
    expect(leif.locator("#nu .told")).to_have_text("Du har begärt votering.")
    give(chair, KS, "open-division")
    expect(leif.get_by_role("heading", name="Hur röstar du?")).to_be_focused()
    settled(leif)
    is_clean(leif)
    for width, height in ((1280, 720), (320, 568), (360, 640), (390, 844)):
        leif.set_viewport_size({"width": width, "height": height})
        sizes = leif.locator(".ballot label").evaluate_all(
            "(all) => all.map((one) => Math.round(one.getBoundingClientRect().height))"
        )
        assert len(set(sizes)) == 1, (width, sizes, "neither choice is bigger than another")
        assert leif.evaluate(
            "document.querySelector('.ballot').getBoundingClientRect().bottom"
            " <= document.querySelector('#nu').getBoundingClientRect().top"
        ), (width, "all three choices are seen without scrolling")
    leif.get_by_text("Visa hela förslagen").click()
    expect(leif.locator(".whole")).to_contain_text(LONG)
    is_clean(leif)
    leif.keyboard.press("Enter")
    leif.keyboard.press("Tab")
    leif.keyboard.press("ArrowDown")
    leif.keyboard.press("a")
    expect(leif.get_by_role("button", name="Rösta AVSTÅR")).to_be_visible()
    assert view(chair, KS, "chair")["division"]["cast"] == 0, "moving in the ballot sends nothing"
    leif.keyboard.press("n")
    expect(leif.get_by_role("button", name="Rösta NEJ")).to_be_visible()
    without_a_line(leif, lambda: leif.keyboard.press("Enter"))
    leif.keyboard.press("Enter")
    expect(leif.get_by_role("heading", name="Din röst är mottagen")).to_be_focused()
    expect(leif.locator(".yours")).to_have_text("NEJ")
    is_clean(leif)
    settled(leif)
    leif.get_by_role("button", name="Ändra min röst").click()
    expect(leif.get_by_role("heading", name="Hur röstar du?")).to_be_visible()
    settled(leif)
    leif.keyboard.press("j")
    expect(leif.get_by_role("button", name="Rösta JA")).to_be_visible()
    leif.keyboard.press("Enter")
    expect(leif.locator(".yours")).to_have_text("JA")
    assert view(chair, KS, "chair")["division"]["votes"] is None, (
        "nobody sees how anybody votes while it is open"
    )
    give(chair, KS, "close-division")
    expect(leif.get_by_role("heading", name="Preliminärt resultat")).to_be_visible()
    is_clean(leif)
    settled(leif)
    leif.get_by_role("button", name="Min röst är fel").click()
    leif.get_by_label("Invändning").fill("Jag menade nej.")
    is_clean(leif)
    settled(leif)
    leif.get_by_role("button", name="Lämna invändning").click()
    expect(leif.get_by_text("Din invändning är lämnad").first).to_be_visible()
    give(chair, KS, "correct-vote", person=LEIF, vote="no")
    lead(chair, KS, "Ta upp § 201")
    expect(leif.get_by_role("heading", name="Resultat", exact=True)).to_be_visible()
    is_clean(leif)


def test_a_reservation_is_entered_with_one_key_and_one_press(desk: Desk, chair: Page) -> None:
    leif = desk.open(LEIF, f"/meetings/{KS}/member", **PHONE)
    expect(leif.get_by_role("heading", name="Beslut", exact=True)).to_be_visible()
    leif.keyboard.press("r")
    is_clean(leif)
    settled(leif)
    leif.get_by_role("button", name="Reservera mig mot § 200").click()
    expect(leif.get_by_role("heading", name="Beslut", exact=True)).to_be_visible()
    expect(leif.locator("#nu .told")).to_have_text("Reservationen mot § 200 är anmäld.")
    expect(leif.get_by_text("Du har reserverat dig mot beslutet.")).to_be_visible()
    is_clean(leif)
    assert [note["person"] for note in view(chair, KS, "chair")["matter"]["reservations"]] == [LEIF]


def test_a_member_with_a_conflict_is_shut_out_of_the_matter_and_told_so(
    desk: Desk, chair: Page, secretary: Page
) -> None:
    leif = desk.open(LEIF, f"/meetings/{KS}/member", **PHONE)
    leif.get_by_role("button", name="Mer").click()
    is_clean(leif)
    leif.get_by_role("button", name="Anmäl jäv").click()
    leif.get_by_text("Syskon").click()
    is_clean(leif)
    settled(leif)
    leif.locator("#nu button").click()
    expect(leif.get_by_role("button", name="Mer")).to_be_visible()
    take_up(chair, secretary, "Ta upp § 201")
    expect(leif.get_by_role("heading", name="Ärendet behandlas utan dig")).to_be_visible()
    is_clean(leif)
    lead(chair, KS, "Ta upp § 202")
    expect(leif.get_by_role("button", name="Mer")).to_be_visible()


def test_a_refusal_stands_on_the_page_with_its_paragraph(desk: Desk) -> None:
    leif = desk.open(LEIF, f"/meetings/{KS}/member", **PHONE)
    demand = leif.get_by_role("button", name="Begär votering")
    expect(demand).to_have_attribute("aria-disabled", "true")
    expect(demand.locator("small")).to_have_text(re.compile(r"\w"))
    demand.click(force=True)
    expect(leif.locator("#nu .refusal")).to_be_in_viewport(ratio=1)
    is_clean(leif)


def test_leaving_costs_a_right_and_asks_for_a_ticked_sentence_first(desk: Desk, secretary: Page) -> None:
    tora = desk.open(TORA, f"/meetings/{KS}/member", **PHONE)
    tora.get_by_role("button", name="Mer").click()
    tora.get_by_role("button", name="Lämna mötet").click()
    leave = tora.get_by_role("dialog").get_by_role("button", name="Lämna mötet")
    expect(leave).to_have_attribute("aria-disabled", "true")
    is_clean(tora)
    tora.get_by_label("Jag förstår").check()
    leave.click()
    expect(tora.locator("header").get_by_text("Du har gått")).to_be_visible()
    assert state_of(secretary, TORA) == "left"


def test_a_closed_meeting_says_so_and_leads_on(desk: Desk, chair: Page) -> None:
    leif = desk.open(LEIF, f"/meetings/{KS}/member", **PHONE)
    lead(chair, KS, "finns inte")
    expect(leif.get_by_role("heading", name="Sammanträdet är avslutat")).to_be_visible()
    expect(leif.get_by_text("Du har reserverat dig mot § 200.")).to_be_visible()
    is_clean(leif)


def test_a_line_that_breaks_is_said_and_comes_back_by_itself(desk: Desk) -> None:
    berit = desk.open("berit-bjorklof", "/meetings/kf/member")
    expect(berit.locator("join-check")).to_be_visible()
    berit.context.set_offline(True)
    berit.evaluate("document.querySelector('member-page').wire.socket?.close()")
    expect(berit.get_by_text("Ansluter igen, försök")).to_be_visible()
    berit.context.set_offline(False)
    expect(berit.get_by_text("Ansluter igen, försök")).to_be_hidden(timeout=60_000)
    desk.faults.clear()  # the browser's own lines about the line that was cut


def test_a_body_that_may_not_meet_at_a_distance_offers_only_the_hall(desk: Desk) -> None:
    agneta = desk.open("agneta-alstrom", "/meetings/bn/member", **PHONE)
    expect(agneta.get_by_label("Koden på skärmen")).to_be_visible()
    expect(agneta.get_by_role("button", name="På distans")).to_be_hidden()
    is_clean(agneta)
