"""The chair console against the real server: a whole division by keyboard, identity, links, refusals."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acting
from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser
CHAIR = "torgny-tallvik"
CONSOLE = "/meetings/ks/chair"


def console(desk: Desk) -> Page:
    page = desk.open(CHAIR, CONSOLE)
    expect(page.locator(".console")).to_be_visible()
    return page


def test_a_chair_may_preside_from_home_where_the_rules_allow_it(desk: Desk) -> None:
    page = console(desk)
    page.get_by_role("button", name="Delta på distans").click()
    expect(page.locator("#vem")).to_contain_text("Torgny Tallvik", timeout=60_000)
    acting.press_primary(page, "Bekräfta och släpp in")
    expect(page.locator(".quorum")).to_contain_text("Närvarande 1")
    expect(page.get_by_role("button", name="Sluta sända")).to_be_visible()
    acting.send(page, "record-arrival", person=CHAIR)


def test_nothing_is_sent_while_the_line_is_down_and_the_page_comes_back_by_itself(desk: Desk) -> None:
    page = console(desk)
    page.evaluate(
        """() => { const { wire } = klubban.desk; const { later } = wire;
        wire.later = (act) => { globalThis.again = () => { wire.later = later; act(); }; };
        wire.socket.close(); }"""
    )
    expect(page.locator(".wireline")).to_contain_text("Ansluter igen, försök 1")
    acting.settled(page)
    acting.primary(page).click()
    expect(page.locator(".refusal")).to_contain_text("Ingenting har skickats")
    page.evaluate("() => again()")
    expect(page.locator(".wireline")).to_have_count(0)
    assert page.evaluate("() => klubban.desk.wire.state.phase") == "open"


def test_a_step_that_is_not_lawful_yet_says_why_with_the_paragraph(desk: Desk) -> None:
    page = console(desk)
    acting.press_primary(page, "Öppna sammanträdet")
    expect(acting.primary(page)).to_have_attribute("aria-disabled", "true")
    expect(acting.primary(page)).to_contain_text("1 närvarande, 7 krävs")
    acting.press_primary(page, "Uppropet är klart", lawful=False)
    expect(page.locator(".refusal")).to_contain_text("kommunallagen")
    expect(page.get_by_role("status").last).to_contain_text(re.compile("krävs|behövs"))


def test_identity_is_established_beside_the_living_picture(desk: Desk) -> None:
    page = console(desk)
    member = desk.open("kerstin-kjellander", "/rules")
    member.evaluate(acting.REMOTE, ["ks", "member"])
    member.wait_for_function("() => remote.wire.state.phase === 'open'")
    member.evaluate("() => remote.wire.send('enter-lobby')")
    expect(page.locator("#vem")).to_contain_text("Kerstin Kjellander")
    expect(page.locator(".ident figure").first.locator(".standin")).to_have_count(0, timeout=60_000)
    decoded = "async () => (await klubban.pictures.room.stats()).down.look.framesDecoded"
    acting.until(page, f"async () => (await ({decoded})()) > 3")
    page.keyboard.press("2")
    expect(page.get_by_label("Legitimation visad")).to_be_checked()
    acting.press_primary(page, "Bekräfta och släpp in")
    expect(page.locator(".remote").first).to_contain_text("På distans 1")
    identity = page.evaluate("() => klubban.meeting.presenceOf('kerstin-kjellander').identity.method")
    assert identity == "id_shown"
    expect(page.locator(".quorum")).to_contain_text("Närvarande 2")
    shed = """(lines) => klubban.pictures.wire.socket
      .onmessage({ data: JSON.stringify({ type: 'media', kind: 'shed', lines }) })"""
    page.evaluate(shed, ["chair", "wall"])  # as the server says which pictures it sends to nobody
    expect(page.locator(".shed")).to_contain_text("Utan bild nu: ordföranden och alla på distans.")
    page.evaluate(shed, [])
    expect(page.locator(".shed")).to_have_count(0)


def test_a_lost_member_is_shown_with_three_ways_and_is_not_counted(desk: Desk) -> None:
    page = console(desk)
    need = page.locator(".need.bad")
    expect(need).to_contain_text("Kerstin Kjellander", timeout=60_000)
    expect(page.locator(".quorum")).to_contain_text("Närvarande 1")
    need.get_by_role("button").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", level=1)).to_be_focused()
    expect(dialog).to_contain_text("hörs och syns inte")
    expect(dialog.locator(".choice")).to_have_count(3)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(need.get_by_role("button").first).to_be_focused()
    acting.send(page, "continue-without", person="kerstin-kjellander")
    expect(need).to_have_count(0)


def test_the_speakers_list_is_moved_by_keys_as_by_its_menu(desk: Desk) -> None:
    page = console(desk)
    acting.open_meeting(page, but=("kerstin-kjellander",))
    acting.take_up_first_decision(page)
    for person in ("nilla-nordanang", "bertil-bokstrom", "mirjam-myrvik"):
        acting.send(page, "add-speaker", person=person, kind="speech")
    names = page.locator("speakers-list .who b")
    expect(names).to_have_text(["Nilla Nordanäng", "Bertil Bokström", "Mirjam Myrvik"])
    page.get_by_role("button", name="Flytta Mirjam Myrvik").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(names).to_have_text(["Nilla Nordanäng", "Mirjam Myrvik", "Bertil Bokström"])
    expect(page.get_by_role("button", name="Flytta Mirjam Myrvik")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Först", exact=True).click()
    expect(names).to_have_text(["Mirjam Myrvik", "Nilla Nordanäng", "Bertil Bokström"])
    for name in ("Mirjam Myrvik", "Nilla Nordanäng", "Bertil Bokström"):
        page.locator("body").click(position={"x": 5, "y": 5})
        acting.press_primary(page, f"Ge ordet till {name}")
        expect(page.locator("#ord")).to_contain_text(name)
    acting.press_primary(page, "Avsluta ordet")
    expect(page.locator("#ord")).to_contain_text("Ingen har ordet")


def test_half_written_text_is_kept_over_a_reload(desk: Desk) -> None:
    page = console(desk)
    page.keyboard.press("y")
    page.get_by_label("Yrkandet").fill("Remissen besvaras med att kommunen tillstyrker")
    page.reload()
    expect(page.locator(".console")).to_be_visible()
    page.keyboard.press("y")
    expect(page.get_by_label("Yrkandet")).to_have_value("Remissen besvaras med att kommunen tillstyrker")
    page.get_by_label("Vem yrkar?").select_option("nilla-nordanang")
    page.get_by_label("Eget förslag").check()
    # The second press of a double click, when the act is done and its dialog not yet taken off the page.
    page.evaluate(
        """async () => { const form = document.querySelector('dialog form');
        for (const press of [1, 2]) { form.requestSubmit(); await klubban.desk.lastAct; } }"""
    )
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".prop")).to_have_count(2)
    page.keyboard.press("y")
    expect(page.get_by_label("Yrkandet")).to_have_value("")


def test_a_dialog_knows_its_choice_before_the_next_frame(desk: Desk) -> None:
    """Enter may follow the choice at once, and a busy machine draws its next frame late."""
    page = console(desk)
    page.evaluate("() => klubban.desk.open('division-demand')")
    act = page.get_by_role("dialog").locator("button.main")
    expect(act).to_have_attribute("aria-disabled", "true")
    may = page.evaluate("""async () => {
        const field = document.querySelector('dialog select');
        field.value = 'nilla-nordanang';
        field.dispatchEvent(new Event('input', { bubbles: true }));
        await Promise.resolve().then(() => document.querySelector('modal-sheet').updateComplete);
        return document.querySelector('dialog button.main').ariaDisabled; }""")
    assert may is None
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_whole_division_is_held_by_keyboard_alone(desk: Desk) -> None:
    page = console(desk)
    acting.press_primary(page, "Avsluta överläggningen")
    acting.press_primary(page, "Ställ proposition")
    expect(page.locator("blockquote p")).to_have_text([re.compile("Finner jag")] * 2)
    page.keyboard.press("1")
    acting.press_primary(page, "Jag finner bifall till förslag 1")
    expect(acting.primary(page)).to_contain_text("Klubba")
    page.keyboard.press("v")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", level=1)).to_be_focused()
    page.keyboard.press("Tab")
    expect(dialog.locator("select")).to_be_focused()
    page.keyboard.type("Nilla")
    expect(dialog.locator("select")).to_have_value("nilla-nordanang")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(dialog.locator("button:focus")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(dialog).to_have_text([])
    # Whoever is lost is asked about again before a decision; here the second of the three ways.
    acting.press_primary(page, "Hantera bruten förbindelse")
    expect(dialog.get_by_role("heading", level=1)).to_be_focused()
    page.keyboard.press("2")
    acting.press_primary(page, "Öppna voteringen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Votering pågår")
    assert page.evaluate("() => klubban.meeting.sections.division.votes") is None
    acting.press_primary(page, "Stäng voteringen")
    expect(dialog).to_contain_text("har inte röstat")
    expect(dialog.get_by_role("button", name="Håll voteringen öppen")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text("Votering pågår")
    page.keyboard.press("x")
    expect(dialog.get_by_role("button")).to_contain_text(["Låt voteringen fortsätta", "Avbryt voteringen"])
    dialog.get_by_label("Varför?").fill("Fel fråga lästes upp")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.keyboard.press("x")
    expect(dialog.get_by_label("Varför?")).to_have_value("Fel fråga lästes upp")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.keyboard.press("u")
    expect(dialog.get_by_role("heading", level=1)).to_be_focused()
    voters = page.locator(".oral li")
    count = voters.count()
    page.keyboard.press("Tab")
    expect(voters.first).to_be_focused()
    # Whoever is next to be called votes by device, and the row that had focus is gone.
    acting.send(
        page,
        "record-oral-vote",
        person=page.evaluate("() => klubban.meeting.sections.division.missing[0]"),
        vote="yes",
    )
    for left in range(count - 1, 0, -1):
        expect(voters).to_have_count(left)
        expect(voters.first).to_be_focused()
        page.keyboard.press("n" if left == 1 else "j")
    expect(page.get_by_role("dialog")).to_contain_text("Alla har röstat")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.keyboard.press("r")
    expect(dialog.get_by_role("heading", level=1)).to_be_focused()
    page.keyboard.press("a")
    expect(page.get_by_role("button", name="Rösta AVSTÅR")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    acting.press_primary(page, "Stäng voteringen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Preliminärt resultat")
    tally = page.evaluate("() => klubban.meeting.sections.division.tally")
    assert tally["abstain"] == 1
    assert tally["yes"] + tally["no"] + tally["abstain"] == count
    expect(page.locator(".board .mark.ja")).to_have_count(tally["yes"])
    expect(acting.primary(page)).to_contain_text("Klubba")
    acting.settled(page)
    page.keyboard.press("k")
    expect(page.locator(".out")).to_contain_text("Beslut enligt")


def test_a_pause_ends_before_its_time_only_when_the_chair_says_so_with_those_who_are_back(desk: Desk) -> None:
    page = console(desk)
    acting.send(page, "pause-meeting", minutes=20, reason=None)
    card = page.get_by_role("region", name="Stäm av närvaron")
    before = page.evaluate("() => klubban.meeting.sections.quorum.present")
    card.get_by_role("button", name="Har gått Hassan Holmgren").click()
    expect(page.locator(".quorum")).to_contain_text(f"Närvarande {before - 1}")
    card.get_by_role("button", name="Är här Hassan Holmgren").click()
    expect(page.locator(".quorum")).to_contain_text(f"Närvarande {before}")
    page.locator("body").click(position={"x": 5, "y": 5})
    acting.press_primary(page, "Återuppta sammanträdet")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Vänta")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    # The time the pause was said to last has passed: nothing is asked any more.
    page.evaluate("() => { klubban.meeting.skew += 21 * 60_000; }")
    acting.press_primary(page, "Återuppta sammanträdet")
    expect(page.get_by_role("heading", name="Stäm av närvaron")).to_have_count(0)


def test_a_new_primary_takes_no_press_before_it_has_been_seen(desk: Desk) -> None:
    page = console(desk)
    expect(acting.primary(page)).to_contain_text("Ta upp §")
    press = """(age) => { klubban.desk.primary.since = performance.now() - age;
        document.querySelector('.primary').click(); return klubban.desk.underWay.size; }"""
    assert page.evaluate(press, 0) == 0
    assert page.evaluate(press, 500) == 0
    assert page.evaluate(press, 700) == 1
    expect(acting.primary(page)).to_contain_text("Avsluta överläggningen")


def test_the_meeting_is_closed_only_after_the_question_about_reservations(desk: Desk) -> None:
    page = console(desk)
    acting.send(page, "close-debate")
    for name, data in (("put-question", {}), ("find-carried", {"candidate": "m5-p0"}), ("gavel", {})):
        acting.send(page, name, **data)
    acting.send(page, "take-up-matter", matter="m6")
    acting.send(page, "note-matter")
    acting.press_primary(page, "Avsluta sammanträdet")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Vill någon anmäla ytterligare reservation?")
    expect(dialog.get_by_role("button", name="Avsluta sammanträdet")).to_have_attribute(
        "aria-disabled", "true"
    )
    dialog.get_by_role("button", name="Inga fler reservationer").click()
    expect(dialog).to_contain_text("Frågan är ställd")
    dialog.get_by_role("button", name=re.compile("Avsluta sammanträdet")).click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sammanträdet är avslutat")
    expect(page.get_by_role("link", name="Till protokollet")).to_be_visible()
