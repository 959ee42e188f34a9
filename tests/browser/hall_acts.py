"""What the people of a meeting do on their pages, named as they would name it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.acting import settled

PATIENCE = 60_000
"""Milliseconds to wait for something to show; a limit for a stuck page, not a measurement."""


def primary(page: Page, label: str) -> None:
    """The chair presses the one filled button, once it says `label`."""
    button = page.locator(".actions .primary")
    expect(button).to_contain_text(label, timeout=PATIENCE)
    expect(button).not_to_have_attribute("aria-disabled", "true", timeout=PATIENCE)
    # The console takes no press of a new primary for 600 ms, so that a second Enter gives nothing unread.
    settled(page)
    said = button.inner_text()
    button.click()
    page.wait_for_function(
        """said => { const now = document.querySelector('.actions .primary')?.innerText;
                     return now !== said && !now?.includes('Skickar'); }""",
        arg=said,
        timeout=PATIENCE,
    )


def answer_roll_call(page: Page, key: str, times: int = 1) -> None:
    """The secretary answers for the called member, and waits each time for the next name."""
    for _ in range(times):
        called = page.locator("#rop").inner_text()
        page.keyboard.press(key)
        expect(page.locator("#rop")).not_to_have_text(called, timeout=PATIENCE)


def enter_from_home(page: Page) -> None:
    """A member tries camera and microphone, says the room is closed, and goes to the lobby."""
    page.get_by_role("button", name="Slå på kamera och mikrofon").click()
    page.get_by_role("button", name="Spela").click()
    page.get_by_role("button", name="Ja", exact=True).click()
    page.locator(".checks input[type=checkbox]").check()
    page.get_by_role("button", name="Gå in i lobbyn").click(timeout=PATIENCE)
    expect(page.get_by_role("heading", name="Du är i lobbyn")).to_be_visible(timeout=PATIENCE)


def flow(page: Page) -> dict[str, Any]:
    """What the member's page really receives and sends now (getStats)."""
    return page.evaluate("document.querySelector('member-page').media.stats()")  # type: ignore[no-any-return]


def vote(page: Page, key: str, word: str) -> None:
    """A member votes by keyboard alone: the letter chooses, Enter sends; the receipt is the server's."""
    expect(page.get_by_role("heading", name="Hur röstar du?")).to_be_visible(timeout=PATIENCE)
    settled(page)
    page.keyboard.press(key)
    expect(page.get_by_role("button", name=f"Rösta {word}")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Din röst är mottagen")).to_be_visible(timeout=PATIENCE)


def open_primary(page: Page, label: str) -> None:
    """The chair presses a primary that has more to ask; its sheet is open afterwards."""
    button = page.locator(".actions .primary")
    expect(button).to_contain_text(label, timeout=PATIENCE)
    settled(page)
    button.click()
    expect(page.locator("modal-sheet")).to_be_visible(timeout=PATIENCE)


def read_and_approve(page: Page) -> None:
    """Chair or verifier marks each part as read, then approves."""
    button = page.locator(".actions .primary")
    expect(button).to_be_visible(timeout=PATIENCE)
    while "Läst" in button.inner_text():
        said = button.inner_text()
        button.click()
        expect(button).not_to_have_text(said, timeout=PATIENCE)
    expect(button).to_contain_text("Godkänn")
    button.click()
    expect(page.get_by_text("Du har godkänt protokollet.").first).to_be_visible(timeout=PATIENCE)
