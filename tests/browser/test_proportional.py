"""A proportional election from the first demand to the gavel: console, phone, one at a distance, wall."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import acting, hall_acts
from tests.browser.axe import is_clean
from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}}
PRESENT = 31
"""With seven places four of them are enough to demand it."""
WAIT = 60_000
ROSTER = """() => [klubban.meeting.sections.meeting.chair, ...klubban.meeting.inState('expected')
  .map((row) => row.person).filter((pid) => klubban.meeting.person(pid).role === 'member'
    && !klubban.meeting.person(pid).presidium)]"""
"""The chair, then every member who is not in the presidium."""
LISTS = (("Aspen och Bygden", "Anna Ask", 17), ("Bygdelistan", "Berta Bok", 6), ("Gemensamt", "Gerd Gran", 4))


def dialog(chair: Page, button: str) -> Locator:
    """One of the other steps, pressed; its sheet."""
    chair.get_by_role("button", name=button).click()
    sheet = chair.locator("modal-sheet")
    expect(sheet).to_be_visible(timeout=WAIT)
    return sheet


def done(chair: Page, button: str) -> None:
    """The act at the end of a sheet, which closes."""
    chair.locator("modal-sheet").get_by_role("button", name=button, exact=True).click()
    expect(chair.locator("modal-sheet")).to_have_count(0, timeout=WAIT)


def enter(chair: Page, names: tuple[str, ...]) -> None:
    """The groups as counted, entered again with these names on their lists."""
    groups = [
        {"designation": name, "names": [f"{one} {n}" for n in range(1, 8)], "ballots": slips}
        for (name, _first, slips), one in zip(LISTS, names, strict=True)
    ]
    acting.send(chair, "enter-groups", groups=groups, blank=2, invalid=1)


def opened(desk: Desk) -> tuple[Page, Page, list[str]]:
    """The chair and thirty members, one of them at a distance; the election is taken up."""
    listed = desk.open("karin-kvarnlund", "/meetings/kf/secretary")
    listed.wait_for_function("() => globalThis.klubban?.meeting?.ready")
    chair_id, *people = listed.evaluate(ROSTER)
    listed.context.close()
    here = people[: PRESENT - 1]
    away = desk.open(here[-1], "/meetings/kf/member", **PHONE)
    hall_acts.enter_from_home(away)
    chair = desk.open(chair_id, "/meetings/kf/chair")
    expect(chair.locator(".console")).to_be_visible(timeout=WAIT)
    for person in (chair_id, *here[:-1]):
        acting.send(chair, "record-arrival", person=person)
    acting.until_seen(chair, here[-1])
    acting.send(chair, "confirm-identity", person=here[-1], method="known")
    acting.send(chair, "open-meeting")
    acting.send(chair, "complete-roll-call")
    agenda = chair.evaluate("() => klubban.meeting.sections.agenda")
    elections = [row["matter"] for row in agenda if row["kind"] == "election"]
    acting.send(chair, "take-up-matter", matter=elections[1])
    return chair, away, here[:-1]


def test_a_proportional_election_from_the_demand_to_the_seats(desk: Desk) -> None:
    chair, away, members = opened(desk)
    phone = desk.open(members[0], "/meetings/kf/member", **PHONE)
    wall = desk.open("karin-kvarnlund", "/meetings/kf/hall", viewport={"width": 1920, "height": 1080})
    phone.get_by_role("button", name="Begär proportionellt val").click()
    for act in ("Ta tillbaka min begäran", "Begär proportionellt val"):
        acting.settled(phone)
        phone.get_by_role("button", name=act).click()
    for person in members[1:3]:
        acting.send(chair, "record-proportional-demand", person=person)
    dialog(chair, "Proportionellt val begärt").locator("#f-person").select_option(members[3])
    done(chair, "Anteckna begäran")
    expect(phone.get_by_text("4 har begärt proportionellt val, 4 behövs.")).to_be_visible(timeout=WAIT)
    acting.send(chair, "close-debate")
    expect(chair.locator(".primary")).to_contain_text("Öppna proportionellt val", timeout=WAIT)
    dialog(chair, "Välj valförrättare").locator("#f-person").select_option(members[4])
    done(chair, "Klubba valet av valförrättare")

    acting.press_primary(chair, "Öppna proportionellt val")
    chair.locator("#f-teller1").select_option(members[5])
    done(chair, "Öppna omröstningen")
    expect(away.get_by_role("heading", name="Du kan inte delta i valet på distans")).to_be_visible(
        timeout=WAIT
    )
    is_clean(away)
    acting.settled(away)
    away.get_by_role("button", name="Följ valet").click()
    expect(away.get_by_text("Du deltar inte i det på distans.")).to_be_visible()
    expect(phone.get_by_text("Rösträknarna kommer till dig.")).to_be_visible()
    expect(wall.locator(".hbig")).to_contain_text(f"{PRESENT - 1} i salen", timeout=WAIT)

    acting.send(chair, "close-ballot")
    acting.press_primary(chair, "För in rösträkningen")
    sheet = chair.locator("modal-sheet")
    sheet.get_by_role("button", name="En grupp till").click()
    for number, (name, first, slips) in enumerate(LISTS, start=1):
        sheet.locator(f"#f-g{number}").fill(name)
        sheet.locator(f"#f-c{number}").fill(str(slips))
        sheet.locator(f"#f-n{number}").fill("\n".join(f"{first} {n}" for n in range(1, 8)))
    for field, slips in (("blank", 3), ("invalid", 1)):
        sheet.locator(f"#f-{field}").fill(str(slips))
    expect(sheet.get_by_text(f"31 sedlar, högst {PRESENT - 1}")).to_be_visible()
    sheet.locator("#f-blank").fill("2")
    sheet.get_by_text("JA", exact=True).click()
    is_clean(chair)
    done(chair, "För in")
    expect(wall.locator(".hseats li")).to_have_count(7, timeout=WAIT)
    assert [row.split()[0] for row in wall.locator(".hseats li").all_inner_texts()] == [
        "Anna", "Anna", "Berta", "Anna", "Anna", "Gerd", "Anna"
    ]  # fmt: skip
    is_clean(phone)
    enter(chair, ("Anna Ask", "Anna Ask", "Gerd Gran"))
    acting.press_primary(chair, re.compile("Klubba: Anna Ask 1"))
    expect(chair.get_by_role("heading", name="Klubba valet så?")).to_be_visible(timeout=WAIT)
    twice = "2 av 7 platser tillfaller Anna Ask 1, på Aspen och Bygden och Bygdelistan."
    expect(chair.locator("modal-sheet .warned")).to_contain_text(twice)
    is_clean(chair)
    chair.locator("modal-sheet").get_by_role("button", name="Klubba inte än").click()
    enter(chair, tuple(first for _name, first, _slips in LISTS))
    expect(wall.locator(".hseats li").nth(2)).to_contain_text("Berta Bok 1", timeout=WAIT)
    acting.press_primary(chair, re.compile("Klubba: Anna Ask 1"))
    expect(phone.get_by_text("Anna Ask 5 väljs.")).to_be_visible(timeout=WAIT)
