"""The files the architecture tests read."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SERVER = ROOT / "meeting_server"
SCRIPTS = ROOT / "web" / "js"


def modules(*packages: str) -> list[Path]:
    """The Python modules of the packages of meeting_server named, or of all of it."""
    folders = [SERVER / name for name in packages] or [SERVER]
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


def scripts() -> list[Path]:
    """Our own JavaScript modules; what others wrote lies in web/vendor."""
    return sorted(SCRIPTS.rglob("*.js"))


def label(path: Path) -> str:
    """The path as it is named in a failing test."""
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    """The module as a syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=label(path))


def defined(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every name the module itself gives to something, with its line; names it only uses are left out."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name, node.lineno
            case ast.arg(arg=name):
                yield name, node.lineno
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name, node.lineno
            case ast.alias(asname=str(name)):
                yield name, node.lineno
