"""The pure parts: no clock is read, whoever gives the meeting its time."""

import ast
from pathlib import Path

import pytest

from tests.architecture.source_files import SERVER, label, modules, parsed

PURE = [
    *modules("law", "meeting", "wire"),
    *(path for name in ("compose", "document") if (path := SERVER / "minutes" / f"{name}.py").exists()),
]


@pytest.mark.parametrize("path", PURE, ids=label)
def test_pure_code_asks_no_clock(path: Path) -> None:
    asked = [
        f"line {node.lineno}: .{node.func.attr}()"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "today", "utcnow"}
    ]
    assert not asked


@pytest.mark.parametrize("path", PURE, ids=label)
def test_pure_code_waits_for_nothing(path: Path) -> None:
    waiting = (ast.Await, ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith)
    assert not [node for node in ast.walk(parsed(path)) if isinstance(node, waiting)]
