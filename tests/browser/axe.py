"""What axe-core finds on a page, and whether the page is wider than its window."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """Each rule that is broken, with the elements that break it."""
    page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate("(rules) => axe.run(document, { runOnly: rules })", RULES)
    return [(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in found["violations"]]


def is_clean(page: Page) -> None:
    """The page has no violation and no sideways scroll."""
    found = violations(page)
    assert not found, found
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth"), "scrolls sideways"
