"""Modules are short, say what they are, and their public parts say what they mean."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source_files import label, modules, parsed, scripts

LONGEST = 400
"""Lines in a module at most; 300 is what one should aim at."""


@pytest.mark.parametrize("path", [*modules(), *scripts()], ids=label)
def test_a_module_can_be_read_in_one_go(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", [path for path in modules() if path.stat().st_size], ids=label)
def test_a_module_opens_with_a_sentence_of_what_it_is(path: Path) -> None:
    opening = (ast.get_docstring(parsed(path)) or "").split("\n\n")[0]
    assert opening.endswith((".", ":"))


def undocumented(body: list[ast.stmt], prefix: str = "") -> Iterator[str]:
    """The public classes, functions and methods without a docstring, except those whose body is "..."."""
    for node in body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if node.name.startswith("_") or ast.unparse(node.body[-1]) == "...":
            continue
        if not ast.get_docstring(node):
            yield prefix + node.name
        if isinstance(node, ast.ClassDef):
            yield from undocumented(node.body, f"{node.name}.")


@pytest.mark.parametrize("path", modules("law", "meeting"), ids=label)
def test_public_parts_of_the_law_and_the_meeting_are_explained(path: Path) -> None:
    assert not list(undocumented(parsed(path).body))


def test_every_test_with_a_page_lies_where_make_looks_for_them() -> None:
    root = Path(__file__).parents[2]
    (line,) = re.findall(r"(?m)^PAGES := (.*)$", (root / "Makefile").read_text())
    marked = {
        path.relative_to(root).parent.as_posix()
        for path in (root / "tests").rglob("test_*.py")
        if "pytest.mark." + "browser" in path.read_text(encoding="utf-8")
    }
    assert marked == set(line.split())
