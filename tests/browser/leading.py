"""Leading a meeting from outside the pages: acts over HTTP, so that a test reaches its scene quickly."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from playwright.sync_api import Page


def give(page: Page, meeting: str, name: str, **data: Any) -> None:
    """One act by the person signed in on the page; a refusal fails the test with its sentence."""
    answer = page.evaluate(
        """async ([meeting, id, name, data]) => {
          const boot = JSON.parse(document.getElementById('bootstrap').textContent);
          const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
          const answer = await fetch(`/meetings/${meeting}/commands`, {
            method: 'POST', body: JSON.stringify({ id, name, data }),
            headers: { ...headers, 'X-CSRF-Token': boot.csrf },
          });
          return [answer.status, await answer.text()];
        }""",
        [meeting, uuid4().hex, name, data],
    )
    assert answer[0] == 200, (name, data, answer)


def view(page: Page, meeting: str, role: str) -> dict[str, Any]:
    """The sections the server gives the page's person in a role."""
    found: dict[str, Any] = page.evaluate(
        """async ([meeting, role]) => {
          const answer = await fetch(`/meetings/${meeting}/view?role=${role}`);
          return (await answer.json()).sections;
        }""",
        [meeting, role],
    )
    return found


def lead(chair: Page, meeting: str, until: str) -> dict[str, Any]:
    """The chair gives what is next until the next step's label begins with `until`; the sections then."""
    for _ in range(60):
        sections = view(chair, meeting, "chair")
        step = sections["steps"]["primary"]
        if step is None or step["label"].startswith(until):
            return sections
        if step["dialog"] == "verifiers":
            counted = [row["person"] for row in sections["presence"] if row["counted"]]
            fit = [person for person in counted if person != sections["meeting"]["chair"]]
            give(
                chair,
                meeting,
                "appoint-verifiers",
                persons=fit[: sections["meeting"]["standing_orders"]["verifiers"]],
                place_and_time="Digitalt inom två veckor",
            )
        elif step["dialog"] == "casting":
            give(chair, meeting, "use-casting-vote", vote="yes")
        elif step["dialog"] == "close":
            give(chair, meeting, "ask-for-reservations")
            give(chair, meeting, "close-meeting")
        else:
            assert step["command"], step
            assert not step["blocked"], step
            give(chair, meeting, step["command"]["name"], **step["command"]["data"])
    raise AssertionError(f"never came to {until}")


def seat(secretary: Page, meeting: str, *but: str, count: int | None = None) -> list[str]:
    """The secretary records members as present in the room, except `but`; those recorded."""
    sections = view(secretary, meeting, "secretary")
    members = [
        row["person"]
        for row in sections["presence"]
        if row["state"] == "expected"
        and sections["people"][row["person"]]["role"] == "member"
        and row["person"] not in but
    ][:count]
    for person in members:
        give(secretary, meeting, "record-arrival", person=person)
    return members
