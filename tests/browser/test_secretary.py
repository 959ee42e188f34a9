"""The secretary's desk and the minutes page: roll by key, presence, draft, approval, the sealed PDF."""

from __future__ import annotations

import hashlib
import re

import pytest
from playwright.sync_api import Page, expect

from meeting_server.minutes.archive.package import check
from tests.browser.axe import is_clean
from tests.browser.conftest import Desk
from tests.browser.leading import give, lead, seat, view

pytestmark = pytest.mark.browser
KS = "ks"
CHAIR, SECRETARY = "torgny-tallvik", "karin-kvarnlund"
PATIENCE = 60_000
"""Milliseconds to wait for a PDF to be set; a limit for a stuck page, not a measurement."""
OURS = "Remissen från departementet besvaras"


@pytest.fixture
def chair(desk: Desk) -> Page:
    return desk.open(CHAIR, f"/meetings/{KS}/minutes")


@pytest.fixture
def secretary(desk: Desk) -> Page:
    page = desk.open(SECRETARY, f"/meetings/{KS}/secretary")
    expect(page.get_by_role("heading", name="Uppropslista")).to_be_visible()
    return page


def tab(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Sekreterarens vyer").get_by_role("link", name=name).click()


def states(page: Page) -> dict[str, str]:
    return {row["person"]: row["state"] for row in view(page, KS, "secretary")["presence"]}


def test_the_roll_is_called_with_three_keys_and_an_answer_can_be_undone(secretary: Page) -> None:
    is_clean(secretary)
    first = secretary.locator("#rop").inner_text()
    secretary.keyboard.press("j")
    expect(secretary.locator("#rop")).not_to_have_text(first)
    second = secretary.locator("#rop").inner_text()
    secretary.keyboard.press("f")
    expect(secretary.locator("#rop")).not_to_have_text(second)
    assert sorted(state for state in states(secretary).values() if state != "expected") == ["absent", "room"]
    secretary.keyboard.press("Backspace")
    expect(secretary.locator("#rop")).to_have_text(second)
    secretary.keyboard.press("h")
    expect(secretary.locator("#rop")).not_to_have_text(second)
    third = secretary.locator("#rop").inner_text()
    secretary.keyboard.press("e")
    expect(secretary.locator("#rop")).not_to_have_text(third)
    is_clean(secretary)


def test_letters_do_nothing_in_a_dialog_and_can_be_turned_off(secretary: Page) -> None:
    before = states(secretary)
    secretary.keyboard.press("?")
    expect(secretary.get_by_role("heading", name="Tangenter")).to_be_visible()
    is_clean(secretary)
    secretary.keyboard.press("j")
    secretary.get_by_label("Enkla bokstäver").uncheck()
    secretary.get_by_role("dialog").get_by_role("button", name="Stäng").click()
    secretary.keyboard.press("j")
    secretary.wait_for_timeout(500)
    assert states(secretary) == before


def test_somebody_who_comes_late_is_recorded_from_the_list(secretary: Page) -> None:
    person = next(pid for pid, state in states(secretary).items() if state == "expected" and pid != CHAIR)
    name = view(secretary, KS, "secretary")["people"][person]["name"]
    secretary.locator(".roll").get_by_role("button", name=name).click()
    secretary.get_by_role("button", name="Kom, i salen").click()
    expect(secretary.get_by_role("button", name="Kom, i salen")).to_be_hidden()
    assert states(secretary)[person] == "room"


def test_a_refusal_stands_on_the_page_with_its_reason(desk: Desk, secretary: Page) -> None:
    secretary.get_by_role("button", name="Kalla in ersättare").click()
    expect(secretary.get_by_role("dialog")).to_be_visible()
    is_clean(secretary)
    secretary.keyboard.press("Escape")
    expect(secretary.get_by_role("dialog")).to_be_hidden()


def test_the_draft_follows_the_meeting_and_marks_what_the_secretary_changes(
    desk: Desk, secretary: Page, chair: Page
) -> None:
    seat(secretary, KS)
    lead(chair, KS, "Ta upp § 201")
    tab(secretary, "Protokoll")
    expect(secretary.locator(".mfrag")).to_contain_text("§\u00a0200", timeout=PATIENCE)
    expect(secretary.get_by_text("Paragrafen enligt 5 kap. 67 §")).to_be_visible()
    is_clean(secretary)
    secretary.keyboard.press("r")
    text = secretary.get_by_label("Text i § 200")
    expect(text).to_be_focused()
    before = text.input_value()
    assert before.startswith("# Beslut")
    text.fill(before.replace("Remissen besvaras", OURS, 1))
    is_clean(secretary)
    # What cannot be printed is refused beside the button that was pressed, every character named.
    text.fill(before + "\nGott så 🎉 中.\n")
    save = secretary.get_by_role("button", name="Spara texten")
    save.click()
    said = secretary.locator(".editor .refusal")
    expect(said).to_contain_text("«🎉» (U+1F389)", timeout=PATIENCE)
    expect(said).to_contain_text("«中» (U+4E2D)")
    expect(said).to_be_in_viewport(ratio=1)
    expect(save).to_be_in_viewport(ratio=1)
    is_clean(secretary)
    desk.faults.clear()  # the browser's own line about status 409
    text.fill(before.replace("Remissen besvaras", OURS, 1))
    # Escape closes the editor and keeps the text; the focus goes back to the button.
    text.press("Escape")
    edit = secretary.get_by_role("button", name="Redigera § 200")
    expect(edit).to_be_focused()
    expect(secretary.get_by_text("Osparad text finns kvar")).to_be_visible()
    # The page is opened again before the text is saved: it is still here.
    secretary.reload()
    expect(secretary.get_by_text("Osparad text finns kvar")).to_be_visible(timeout=PATIENCE)
    secretary.keyboard.press("r")
    expect(secretary.get_by_label("Text i § 200")).to_have_value(re.compile(OURS))
    save.click()
    expect(secretary.get_by_text("Texten skiljer sig")).to_be_visible(timeout=PATIENCE)
    expect(edit).to_be_focused()
    expect(secretary.locator(".diff ins").first).to_be_visible()
    expect(secretary.locator(".mfrag")).to_contain_text(OURS)
    is_clean(secretary)
    secretary.get_by_role("button", name="Använd det som hänt").click()
    expect(secretary.get_by_text("Texten skiljer sig")).to_be_hidden(timeout=PATIENCE)
    expect(secretary.locator(".mfrag")).not_to_contain_text(OURS)


def test_a_text_somebody_else_has_saved_is_never_overwritten_unseen(desk: Desk, secretary: Page) -> None:
    other = desk.open(SECRETARY, f"/meetings/{KS}/secretary#minutes")
    tab(secretary, "Protokoll")
    for page, line in ((secretary, "Här står något till."), (other, "Här står något annat.")):
        expect(page.locator(".mfrag")).to_contain_text("§\u00a0200", timeout=PATIENCE)
        page.keyboard.press("r")
        text = page.get_by_label("Text i § 200")
        text.fill(f"{text.input_value()}\n{line}")
    secretary.get_by_role("button", name="Spara texten").click()
    expect(secretary.get_by_text("Texten skiljer sig").first).to_be_visible(timeout=PATIENCE)
    other.get_by_role("button", name="Spara texten").click()
    newer = other.get_by_text("Någon annan har sparat en nyare version")
    expect(newer).to_be_visible(timeout=PATIENCE)
    expect(newer).to_be_in_viewport(ratio=1)
    expect(other.get_by_label("Text i § 200")).to_have_value(re.compile("Här står något annat"))
    is_clean(other)
    # A kept text knows what it was begun from: after a reload both are shown and nothing is saved unasked.
    other.get_by_label("Text i § 200").press("Escape")
    other.reload()
    expect(other.get_by_text("Osparad text finns kvar")).to_be_visible(timeout=PATIENCE)
    other.keyboard.press("r")
    expect(other.get_by_text("Paragrafen har ändrats sedan du skrev det här")).to_be_in_viewport(ratio=1)
    expect(other.locator(".editor .mfrag")).to_contain_text("Här står något till")
    is_clean(other)
    other.get_by_role("button", name="Spara min text ändå").click()
    expect(other.locator(".editor")).to_be_hidden(timeout=PATIENCE)
    expect(other.get_by_text("Osparad text finns kvar")).to_be_hidden()
    # And the first window hears of it by itself.
    expect(secretary.locator(".mfrag")).to_contain_text("Här står något annat.", timeout=PATIENCE)
    desk.faults.clear()  # the browser's own line about status 409


def test_presence_is_drawn_and_told_in_a_table(secretary: Page) -> None:
    tab(secretary, "Närvaro")
    secretary.get_by_role("button", name=re.compile("^Alla [1-9]")).click()
    expect(secretary.locator(".tls li").first).to_be_visible(timeout=PATIENCE)
    expect(secretary.locator("tbody tr").filter(has_text="I salen").first).to_be_visible()
    is_clean(secretary)


def test_the_papers_of_the_matter_and_the_log_are_at_hand(secretary: Page) -> None:
    tab(secretary, "Handlingar")
    expect(secretary.get_by_role("link", name="Mötets händelselogg")).to_be_visible()
    is_clean(secretary)
    with secretary.expect_download() as download:
        secretary.get_by_role("link", name="Mötets händelselogg").click()
    assert download.value.path().read_text().startswith("{")


def test_a_section_is_verified_at_once_by_those_who_are_to(desk: Desk, secretary: Page, chair: Page) -> None:
    give(chair, KS, "declare-immediate-verification", matter="m4")
    tab(secretary, "Protokoll")
    secretary.get_by_role("combobox", name="Paragraf", exact=True).select_option("m4")
    expect(secretary.get_by_text("Ska justeras omedelbart")).to_be_visible(timeout=PATIENCE)
    secretary.get_by_role("button", name="Lås paragrafen för justering").click()
    expect(secretary.get_by_role("link", name="Paragrafen som PDF")).to_be_visible(timeout=PATIENCE)
    is_clean(secretary)
    verifier = view(secretary, KS, "secretary")["meeting"]["verifiers"][0]
    for person in (CHAIR, verifier):
        page = desk.open(person, f"/meetings/{KS}/minutes")
        expect(page.get_by_role("button", name="Godkänn § 200")).to_be_visible(timeout=PATIENCE)
        expect(page.get_by_text(re.compile("Protokollet är inte (klart|låst) för justering"))).to_be_hidden()
        page.get_by_role("button", name="Godkänn § 200").click()
        expect(page.get_by_role("button", name="Godkänn § 200")).to_be_hidden(timeout=PATIENCE)
    expect(secretary.get_by_text("Omedelbart justerad", exact=True)).to_be_visible(timeout=PATIENCE)
    expect(secretary.get_by_role("button", name="Redigera § 200")).to_be_hidden()
    secretary.keyboard.press("r")
    expect(secretary.locator(".editor")).to_be_hidden()
    is_clean(secretary)


def test_the_minutes_are_locked_read_remarked_approved_and_fetched(
    desk: Desk, secretary: Page, chair: Page
) -> None:
    lead(chair, KS, "finns inte")
    tab(secretary, "Protokoll")
    lock = secretary.get_by_role("button", name="Lås protokollet för justering")
    expect(lock).to_be_visible(timeout=PATIENCE)
    is_clean(secretary)
    lock.click()
    expect(secretary.get_by_text("Har inte godkänt").first).to_be_visible(timeout=PATIENCE)
    is_clean(secretary)
    verifier = desk.open(
        view(secretary, KS, "secretary")["meeting"]["verifiers"][0],
        f"/meetings/{KS}/minutes",
        viewport={"width": 390, "height": 844},
    )
    expect(verifier.get_by_role("heading", name="Din granskning")).to_be_visible(timeout=PATIENCE)
    is_clean(verifier)
    verifier.get_by_label("Anmärkning").fill("Skriv ut vem som föredrog.")
    verifier.get_by_role("button", name="Lämna anmärkning").click()
    expect(verifier.get_by_text("Skriv ut vem som föredrog.")).to_be_visible(timeout=PATIENCE)
    expect(secretary.locator(".finish").get_by_text("Skriv ut vem som föredrog.")).to_be_visible(
        timeout=PATIENCE
    )
    # Locked anew behind somebody's back: the approval is refused, and the new text is one press away.
    chair.reload()
    while not chair.locator(".primary").filter(has_text="Godkänn protokollet").is_visible():
        chair.locator(".primary").click()
    old = secretary.locator(".finish .hash").inner_text()
    secretary.get_by_role("button", name="Lås på nytt").click()
    expect(secretary.locator(".finish .hash")).not_to_have_text(old, timeout=PATIENCE)
    chair.locator(".primary").click()
    expect(chair.locator(".refusal")).to_contain_text("Läs det nya.", timeout=PATIENCE)
    is_clean(chair)
    desk.faults.clear()  # the browser's own line about status 409
    chair.get_by_role("button", name="Läs det nya").click()
    expect(chair.get_by_text("delar är inte lästa")).to_be_visible(timeout=PATIENCE)
    verifier.reload()
    for page in (verifier, chair):
        approve = page.locator(".primary").filter(has_text="Godkänn protokollet")
        expect(page.get_by_text("delar är inte lästa")).to_be_visible(timeout=PATIENCE)
        for _ in range(20):
            if approve.is_visible():
                break
            page.keyboard.press("g")
        is_clean(page)
        approve.click()
        expect(page.get_by_text("Du har godkänt protokollet.").first).to_be_visible(timeout=PATIENCE)
    # The secretary's page has followed by itself: nothing is left to lock or to edit.
    export = secretary.get_by_role("link", name="Hämta justerat protokoll")
    expect(export).to_be_visible(timeout=PATIENCE)
    expect(secretary.get_by_text("Har inte godkänt")).to_be_hidden()
    expect(secretary.get_by_role("button", name=re.compile("^(Redigera|Lås på nytt)"))).to_be_hidden()
    is_clean(secretary)
    with secretary.expect_download() as download:
        export.click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")

    make = secretary.get_by_role("button", name="Gör arkivpaket", exact=True)
    make.click()
    fetch = secretary.get_by_role("link", name="Hämta arkivpaketet")
    expect(fetch).to_be_visible(timeout=PATIENCE)
    expect(make).to_be_hidden()
    is_clean(secretary)
    with secretary.expect_download() as download:
        fetch.click()
    package = download.value.path().read_bytes()
    assert check(package) == []
    expect(secretary.get_by_text(hashlib.sha256(package).hexdigest())).to_be_visible()
