"""What axe-core finds on a page, and whether the page is wider than its window."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import Any, Final

from playwright.sync_api import Page

AXE: Final = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
ALL: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS: Final = ("color-contrast", "link-in-text-block")
"""The rules on which a theme has a bearing: it changes colours and nothing else."""

# The details of what is well are not asked for, and no style sheet is fetched anew.
_RUN = (
    "(rules) => axe.run(document, { runOnly: rules, resultTypes: ['violations'],"
    " preload: false, iframes: false })"
)


def violations(page: Page, rules: Sequence[str] = ALL) -> list[tuple[str, list[str]]]:
    """Each rule that is broken, with the elements that break it."""
    if not page.evaluate("() => 'axe' in globalThis"):
        page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate(_RUN, list(rules))
    return [(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in found["violations"]]


def is_clean(page: Page) -> None:
    """The page has no violation and no sideways scroll."""
    found = violations(page)
    assert not found, found
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth"), "scrolls sideways"
