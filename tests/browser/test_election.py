"""An election by closed electronic ballot with a tie and lots, on the console, four phones and the wall."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acting
from tests.browser.axe import is_clean
from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}}
HALL_SIZE = {"width": 1920, "height": 1080}
WAIT = 60_000


def primary_opens(page: Page, label: str) -> None:
    """The primary that asks for more; its sheet is open afterwards."""
    acting.press_primary(page, label)
    expect(page.locator("modal-sheet")).to_be_visible(timeout=WAIT)


def presiding(desk: Desk) -> tuple[Page, str]:
    """The console of whoever presides in fullmäktige, the roll call done and the election taken up."""
    secretary = desk.open("karin-kvarnlund", "/meetings/kf/secretary")
    secretary.wait_for_function("() => globalThis.klubban?.meeting?.ready")
    chair_id = secretary.evaluate("() => klubban.meeting.sections.meeting.chair")
    chair = desk.open(chair_id, "/meetings/kf/chair")
    expect(chair.locator(".console")).to_be_visible()
    acting.open_meeting(chair)
    agenda = chair.evaluate("() => klubban.meeting.sections.agenda")
    election = next(row["matter"] for row in agenda if row["kind"] == "election")
    acting.send(chair, "take-up-matter", matter=election)
    secretary.context.close()
    return chair, chair_id


def with_slips_then_again(chair: Page, teller: str) -> None:
    """The chair opens a ballot by paper slips, enters the tellers' count, and holds it again for a reason."""
    primary_opens(chair, "Öppna sluten omröstning")
    sheet = chair.locator("modal-sheet")
    sheet.get_by_text("Med valsedlar av papper").click()
    sheet.locator("#f-teller1").select_option(teller)
    sheet.get_by_role("button", name="Öppna omröstningen").click()
    acting.press_primary(chair, "Stäng valet")
    primary_opens(chair, "För in rösträkningen")
    for field, number in zip(sheet.locator("input[type=number]").all(), "3211", strict=True):
        field.fill(number)
    is_clean(chair)
    sheet.get_by_role("button", name="För in").click()
    expect(chair.locator(".result .r b").first).to_have_text("3", timeout=WAIT)
    expect(chair.locator(".primary")).to_contain_text("Klubba:", timeout=WAIT)
    chair.get_by_role("button", name="Gör om valet").click()
    sheet.locator("#f-reason").fill("En sedel var märkt.")
    sheet.get_by_role("button", name="Gör om valet").click()
    expect(chair.get_by_text("Valet görs om: En sedel var märkt.")).to_be_visible(timeout=WAIT)


def test_a_tie_between_two_is_settled_by_lot_before_everybody(desk: Desk) -> None:
    chair, chair_id = presiding(desk)
    wall = desk.open("karin-kvarnlund", "/meetings/kf/hall", viewport=HALL_SIZE)
    members = chair.evaluate(
        "() => klubban.meeting.sections.presence.filter((row) => row.counted).map((row) => row.person)"
    )
    voters = [person for person in members if person != chair_id][:4]
    phones = [desk.open(person, "/meetings/kf/member", **PHONE) for person in voters]

    first = phones[0]
    for phone, name, party in zip(phones, ("Bertil Bokström", "Mirjam Myrvik"), "BE", strict=False):
        phone.get_by_label("Namn").fill(name)
        phone.get_by_label("Partibeteckning").fill(party)
        phone.reload()
        expect(phone.get_by_label("Partibeteckning")).to_have_value(party, timeout=WAIT)
        expect(phone.get_by_label("Namn")).to_have_value(name)
        phone.get_by_role("button", name="Nominera").click()
        expect(phone.locator(".card li b", has_text=name)).to_be_visible(timeout=WAIT)
        expect(phone.get_by_label("Namn")).to_have_value("")
        expect(phone.locator(".btn.main")).to_have_count(1)
    expect(wall.locator(".hcand li")).to_have_count(2)
    acting.press_primary(chair, "Avsluta nomineringarna")
    expect(chair.locator(".primary")).to_contain_text("Säg vem du finner vald", timeout=WAIT)
    phones[1].get_by_role("button", name="Begär omröstning").click()

    with_slips_then_again(chair, voters[0])
    primary_opens(chair, "Öppna sluten omröstning")
    is_clean(chair)
    chair.locator("modal-sheet").get_by_role("button", name="Öppna omröstningen").click()
    expect(wall.locator(".hbig")).to_contain_text("0 av", timeout=WAIT)
    codes = []
    for number, phone in enumerate(phones):
        expect(phone.get_by_role("heading", name="Din valsedel")).to_be_visible(timeout=WAIT)
        if phone is first:
            is_clean(phone)
        phone.get_by_text(("Bertil Bokström (B)", "Mirjam Myrvik (E)")[number % 2]).click()
        acting.settled(phone)
        phone.get_by_role("button", name=re.compile("Lägg valsedeln")).click()
        expect(phone.get_by_role("heading", name="Valsedeln är lagd")).to_be_visible(timeout=WAIT)
        codes.append(phone.locator(".codebox b").inner_text())
    assert all(re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}", code) for code in codes)
    expect(wall.locator(".hbig")).to_contain_text("4 av", timeout=WAIT)
    assert "received" not in str(chair.evaluate("() => klubban.meeting.sections.log"))

    for page in (chair, wall, first):
        is_clean(page)
    primary_opens(chair, "Stäng valet")
    asked = chair.locator("modal-sheet")
    expect(asked).to_contain_text("har inte lagt sin valsedel")
    expect(asked).not_to_contain_text("hur den personen röstade")
    is_clean(chair)
    asked.get_by_role("button", name="Stäng valet ändå").click()
    acting.press_primary(chair, "Dra lott")
    expect(chair.locator(".hash")).to_have_text(re.compile(r"[0-9A-F]{4}(-[0-9A-F]{4}){3}"), timeout=WAIT)
    primary_opens(chair, "Anteckna två tal ur salen")
    sheet = chair.locator("modal-sheet")
    for number, (person, said) in enumerate(zip(voters[:2], ("4", "7"), strict=True), start=1):
        sheet.locator(f"#f-p{number}").select_option(person)
        sheet.locator(f"#f-t{number}").fill(said)
    sheet.get_by_role("button", name="Bryt förseglingen").click()
    expect(wall.locator(".hsum .tot b")).to_be_visible(timeout=WAIT)
    for page in (wall, first):
        is_clean(page)
    drawn = wall.locator(".hlot h2").inner_text()
    expect(chair.locator(".sumline")).to_be_visible(timeout=WAIT)
    expect(first.locator(".sumline")).to_be_visible(timeout=WAIT)
    for phone, code in zip(phones, codes, strict=True):
        expect(phone.get_by_text("Din kontrollkod finns med")).to_be_visible()
        expect(phone.locator(".note.ok", has_text=code)).to_be_visible()
    acting.press_primary(chair, f"Klubba: {drawn}")
    expect(wall.locator(".hdecision h2")).to_have_text(f"{drawn} väljs.", timeout=WAIT)


def test_every_dialog_the_server_names_in_an_election_is_one_the_console_has(desk: Desk) -> None:
    chair_page = desk.open("karin-kvarnlund", "/meetings/kf/secretary")
    names = chair_page.evaluate("async () => (await import('/static/js/views/chair/dialogs.js')).dialogNames")
    named = {"nominate", "find-elected", "ballot-demand", "proportional-demand", "open-ballot", "my-ballot"}
    assert named | {"count-slips", "count-groups", "void-ballot", "say-numbers"} <= set(names)
