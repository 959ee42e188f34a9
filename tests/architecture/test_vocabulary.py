"""One word for one thing: no false friend and no Swedish in an identifier."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.script_words import identifiers
from tests.architecture.source_files import SERVER, defined, label, modules, parsed, scripts

GLOSSARY = (SERVER / "GLOSSARY.md").read_text(encoding="utf-8")
FOREIGN = {"RTCSessionDescription", "RTCSessionDescriptionInit", "sessionDescription"}
"""Names the browser gives, which we cannot choose."""
UNWELCOME = {"utils", "util", "helpers", "helper", "manager", "managers", "service", "services"} | {
    "base",
    "common",
    "core",
    "misc",
}
"""Module names that say nothing about what is inside."""


def part(heading: str) -> str:
    """The text of the glossary under one heading."""
    [found] = re.findall(rf"^## {heading}\n(.*?)(?=^## |\Z)", GLOSSARY, re.DOTALL | re.MULTILINE)
    return str(found)


def false_friends() -> dict[str, frozenset[str]]:
    """Each banned word with the whole identifiers in which it may stand, both as snake_case."""
    rows = [line.split("|")[1:5] for line in part("False friends").splitlines() if line.startswith("| `")]
    return {word.strip(" `"): frozenset(re.findall(r"`(\w+)`", allowed)) for word, _, _, allowed in rows}


BANNED = false_friends()
SWEDISH = frozenset(re.findall(r"`(\w+)`", part("Swedish stays Swedish").split("may.")[1]))


def snake(name: str) -> str:
    """The identifier in lower case with its words parted: OpenDivision → open_division."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[-$]", "_", name)
    return parted.lower().strip("_")


def faults(name: str) -> Iterator[str]:
    """The banned words in one identifier."""
    whole = snake(name)
    for word in whole.split("_"):
        singular = word.removesuffix("s")
        for banned in {word, singular} & BANNED.keys():
            if not {whole, whole.removesuffix("s")} & BANNED[banned]:
                yield banned
        yield from {word} & SWEDISH


def test_the_glossary_bans_what_the_house_agreed_to_ban() -> None:
    agreed = {"motion", "proposition", "protocol", "adjust", "adjuster", "adjourn", "board", "session"}
    assert agreed <= BANNED.keys()
    assert {"yrkande", "votering", "ledamot"} <= SWEDISH


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("OpenDivision", []),
        ("member_motion", []),
        ("MotionMade", ["motion"]),
        ("motions", ["motion"]),
        ("Protocol", []),
        ("protocol_text", ["protocol"]),
        ("DashBoard", ["board"]),
        ("keyboard", []),
        ("notice_boards", []),
        ("yrkande_id", ["yrkande"]),
        ("kommunallagen", []),
    ],
)
def test_words_are_found_whatever_the_spelling(name: str, found: list[str]) -> None:
    assert list(faults(name)) == found


@pytest.mark.parametrize("path", modules(), ids=label)
def test_python_names_hold_to_the_glossary(path: Path) -> None:
    found = [f"line {line}: {name} ({word})" for name, line in defined(parsed(path)) for word in faults(name)]
    assert not [*found, *faults(path.stem)]


@pytest.mark.parametrize("path", scripts(), ids=label)
def test_script_names_hold_to_the_glossary(path: Path) -> None:
    names = identifiers(path.read_text(encoding="utf-8")) - FOREIGN
    assert not {name: words for name in sorted(names) if (words := list(faults(name)))}


@pytest.mark.parametrize("path", modules(), ids=label)
def test_nothing_is_tabled(path: Path) -> None:
    kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    names = [node.name for node in ast.walk(parsed(path)) if isinstance(node, kinds)]
    assert not [name for name in names if snake(name).startswith("table_")]


@pytest.mark.parametrize("path", [*modules(), *scripts()], ids=label)
def test_a_module_is_named_for_what_it_holds(path: Path) -> None:
    assert path.stem not in UNWELCOME
    assert path.parent.name not in UNWELCOME
