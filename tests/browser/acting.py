"""How the browser tests act in a meeting: by the console's keys, and as a remote member with a camera."""

from __future__ import annotations

import re
import time
from typing import Any

from playwright.sync_api import Locator, Page, expect

PATIENCE_SECONDS = 60
GUARD_MS = 700
"""A new primary takes no press before this; a little more than the page's own time."""

SETTLED = """(guard) => {
  const member = document.querySelector('member-page');
  const { shownAt = 0, settling } = member ?? {};
  const since = member ? Math.max(shownAt, settling.since, settling.last?.at ?? 0)
    : klubban.desk?.primary.since ?? 0;
  return performance.now() - since >= guard;
}"""
"""Whether the page takes a press of what it shows, by the page's own clock: a busy machine slows it too."""

REMOTE = """async ([meeting, role]) => {
  const [{ Wire }, { Meeting }, { Pictures }, { bootstrap, socketUrl }] = await Promise.all(
    ['wire', 'meeting', 'pictures', 'main'].map((name) => import(`/static/js/${name}.js`)));
  const page = await (await fetch(`/meetings/${meeting}/${role}`)).text();
  const boot = bootstrap(new DOMParser().parseFromString(page, 'text/html'));
  const wire = new Wire({ url: socketUrl(boot, role) });
  const state = new Meeting();
  state.follow(wire);
  const pictures = new Pictures({ wire });
  globalThis.remote = { wire, state, pictures };
  wire.start();
  await pictures.start({ publish: true });
}"""
"""A remote member without the member's page: the real wire, the real camera, no screen."""


def primary(page: Page) -> Locator:
    return page.locator(".primary")


def press_primary(page: Page, label: str | re.Pattern[str], *, lawful: bool = True) -> None:
    """Enter on the primary once it says what is expected and takes a press; `lawful` waits until it may."""
    expect(primary(page)).to_contain_text(label)
    if lawful:
        expect(primary(page)).not_to_have_attribute("aria-disabled", "true", timeout=60_000)
    settled(page)
    page.keyboard.press("Enter")


def settled(page: Page) -> None:
    """Wait until the console's primary, or what has newly come on the member's page, takes a press."""
    page.wait_for_function(SETTLED, arg=GUARD_MS)


def until(page: Page, script: str, arg: Any = None) -> None:
    """Wait until the script answers something true. It may be asynchronous: `wait_for_function` takes the
    promise itself for an answer, and waits for nothing.
    """
    end = time.monotonic() + PATIENCE_SECONDS
    while not page.evaluate(script, arg):
        assert time.monotonic() < end, script
        page.wait_for_timeout(100)


def send(page: Page, name: str, **data: Any) -> None:
    """One command through the console's own wire; returns when the page shows what came of it."""
    answered = page.evaluate("([name, data]) => klubban.desk.wire.send(name, data)", [name, data])
    page.wait_for_function("(seq) => klubban.meeting.seq >= seq", arg=answered["seq"])


def until_seen(page: Page, person: str) -> None:
    """Wait until the meeting knows that picture and sound arrive from somebody at the door."""
    page.wait_for_function(
        "(pid) => klubban.meeting.presenceOf(pid)?.link?.video", arg=person, timeout=60_000, polling=250
    )


def call_everybody(page: Page, *, but: tuple[str, ...] = ()) -> None:
    """Record everybody not yet called as in the room, except those to leave out."""
    expected = page.evaluate(
        "() => klubban.meeting.inState('expected').map((row) => row.person)"
        ".filter((pid) => klubban.meeting.person(pid).role === 'member')"
    )
    for person in expected:
        if person not in but:
            send(page, "record-arrival", person=person)


def open_meeting(page: Page, *, but: tuple[str, ...] = ()) -> None:
    """From the convened meeting to the end of the roll call."""
    if page.evaluate("() => klubban.meeting.sections.meeting.phase") == "convened":
        if page.evaluate("() => !klubban.meeting.sections.me.counted"):
            send(page, "record-arrival", person=page.evaluate("() => klubban.meeting.sections.me.person"))
        send(page, "open-meeting")
    call_everybody(page, but=but)
    send(page, "complete-roll-call")


def take_up_first_decision(page: Page) -> None:
    """Through the formal matters to the first that is decided on."""
    agenda = page.evaluate("() => klubban.meeting.sections.agenda")
    for row in agenda:
        send(page, "take-up-matter", matter=row["matter"])
        if row["kind"] == "decision":
            return
        if row["kind"] == "verifiers":
            wanted = page.evaluate("() => klubban.meeting.sections.meeting.standing_orders.verifiers")
            persons = page.evaluate(
                "() => klubban.meeting.sections.presence.filter((row) => row.counted)"
                ".map((row) => row.person).filter((pid) => pid !== klubban.meeting.sections.meeting.chair)"
            )[:wanted]
            send(page, "appoint-verifiers", persons=persons, place_and_time="Stadshuset i morgon kl. 15")
        else:
            send(page, "note-matter")
