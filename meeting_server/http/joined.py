"""The scripts of a page as one: a member at home asks once, instead of ninety times six at a time, and what
comes is a fifth as large.

The scripts are ES modules and stay so in `web/`; nothing is built before the server runs. Each becomes a
function that gives what the module exports, run in the order in which a browser would run the modules. Our
scripts and those of lit use few of the language's forms of import and export; another is refused, and a
browser test runs every page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from aiohttp import web

from meeting_server.http.assets import LASTING, TYPES, Assets, Text, send

LANGUAGES = ("sv", "en")
"""What a page may be written in. Nobody makes us join other scripts by asking for them."""
_AT = r"(?m)(?:^|(?<=[;}]))"
_FROM = r"""["'](?P<path>\.{1,2}/[^"']+)["'];?"""
_IMPORT = re.compile(rf"{_AT}import\s*(?:\{{(?P<names>[^}}]*)\}}\s*from\s*)?{_FROM}")
_PASSED_ON = re.compile(rf"{_AT}export\s*(?:\{{(?P<names>[^}}]*)\}}|\*)\s*from\s*{_FROM}")
_LISTED = re.compile(rf"{_AT}export\s*\{{(?P<names>[^}}]*)\}};?")
_DECLARED = re.compile(rf"{_AT}export\s+(?=(?:const|(?:async\s+)?function\*?|class)\s+(?P<name>[\w$]+))")
_LATER = re.compile(r"""\bimport\(\s*["'](?P<path>\.{1,2}/[^"']+)["']\s*\)""")
_LEFT = re.compile(rf"{_AT}(?:import|export)\b.*")


class CannotJoin(ValueError):
    """A script has a form of import or export that is not known here, or imports itself in a ring."""


class Joined:
    """The bundles of one web/ folder, made when first asked for and anew when a file has changed."""

    def __init__(self, assets: Assets) -> None:
        self._assets = assets
        self._made: dict[str, tuple[tuple[tuple[Path, int], ...], Text]] = {}

    def url(self, view: str, lang: str) -> str:
        """The address of the scripts of a view in a language, which changes with their text."""
        name = f"{view}.{lang}.js"
        return f"/static/joined/{self._bundle(name).digest}/{name}"

    def find(self, digest: str, name: str) -> Text | None:
        """The bundle with this address, or None; also after a restart, as long as the files are the same."""
        view, _, rest = name.partition(".")
        lang = rest.removesuffix(".js")
        if lang not in LANGUAGES or not re.fullmatch("[a-z_]+", view):
            return None
        if not all((self._assets.folder / path).is_file() for path in _entries(view, lang)):
            return None
        found = self._bundle(f"{view}.{lang}.js")
        return found if found.digest == digest else None

    def _bundle(self, name: str) -> Text:
        known = self._made.get(name)
        if known is None or not (
            self._assets.is_lasting or known[0] == _state([path for path, _ in known[0]])
        ):
            view, lang = name.removesuffix(".js").split(".")
            scripts, text = join(self._assets, _entries(view, lang))
            known = _state(scripts), Text.of(text.encode())
            self._made[name] = known
        return known[1]


async def serve_joined(request: web.Request, joined: Joined) -> web.StreamResponse:
    """GET /static/joined/{digest}/{name}"""
    bundle = joined.find(request.match_info["digest"], request.match_info["name"])
    if bundle is None:
        raise web.HTTPNotFound
    return send(request, bundle, TYPES[".js"], LASTING)


def _entries(view: str, lang: str) -> tuple[str, ...]:
    """Words first and the starting script last: they are what the others import later, not at once."""
    return f"js/{lang}.js", f"js/views/{view}.js", "js/main.js"


def _state(scripts: Sequence[Path]) -> tuple[tuple[Path, int], ...]:
    return tuple((path, path.stat().st_mtime_ns if path.is_file() else 0) for path in scripts)


def join(assets: Assets, entries: Sequence[str]) -> tuple[tuple[Path, ...], str]:
    """The scripts that are run when the entries are, in that order, and one text that runs them all.

    Raises CannotJoin.
    """
    root = assets.folder.resolve()
    order: dict[Path, None] = {}
    for entry in entries:
        _take((root / entry).resolve(), order, ())
    places = {path: place for place, path in enumerate(order)}
    return tuple(order), "".join(_Script(assets, path, places).text() for path in order)


class _Script:
    """One module on its way to become a function. places: where in the order each of the scripts is."""

    def __init__(self, assets: Assets, path: Path, places: Mapping[Path, int]) -> None:
        self._assets, self._path, self._places = assets, path, places
        self._exports: list[str] = []

    def text(self) -> str:
        text = self._path.read_text(encoding="utf-8")
        for form, instead in (
            (_IMPORT, self._imported),
            (_PASSED_ON, self._passed_on),
            (_LISTED, self._listed),
            (_DECLARED, self._declared),
            (_LATER, self._later),
        ):
            text = form.sub(instead, text)
        text = text.replace("import.meta.url", f"new URL({self._address(self._path)}, location.href).href")
        if left := _LEFT.search(text):
            raise CannotJoin(f"{self._path.name}: {left[0][:80]}")
        begins = f"// {self._name(self._path)}\nconst $m{self._places[self._path]} = await (async () => {{"
        return f"{begins}\n{text}\nreturn {{{', '.join(self._exports)}}};\n}})();\n"

    def _imported(self, found: re.Match[str]) -> str:
        if not found["names"]:
            return ""
        names = ", ".join(old if old == new else f"{old}: {new}" for old, new in _names(found["names"]))
        return f"const {{{names}}} = {self._module(found)};"

    def _passed_on(self, found: re.Match[str]) -> str:
        module = self._module(found)
        if found["names"] is None:
            self._exports.insert(0, f"...{module}")  # what the script itself exports by the same name wins
        else:
            self._exports += [f"{new}: {module}.{old}" for old, new in _names(found["names"])]
        return ""

    def _listed(self, found: re.Match[str]) -> str:
        self._exports += [f"{new}: {old}" for old, new in _names(found["names"])]
        return ""

    def _declared(self, found: re.Match[str]) -> str:
        self._exports.append(found["name"])
        return ""

    def _later(self, found: re.Match[str]) -> str:
        """What is here is given at once; what is not is fetched from its own address."""
        wanted = _beside(self._path, found["path"])
        if wanted in self._places:
            return f"Promise.resolve($m{self._places[wanted]})"
        return f"import({self._address(wanted)})" if wanted.is_file() else found[0]

    def _module(self, found: re.Match[str]) -> str:
        return f"$m{self._places[_beside(self._path, found['path'])]}"

    def _address(self, script: Path) -> str:
        return json.dumps(self._assets.url(self._name(script)))

    def _name(self, script: Path) -> str:
        return script.relative_to(self._assets.folder.resolve()).as_posix()


def _take(script: Path, order: dict[Path, None], within: tuple[Path, ...]) -> None:
    """Put a script after all it imports, as a browser runs them."""
    if script in within:
        raise CannotJoin(" → ".join(path.name for path in (*within, script)))
    if script in order:
        return
    text = script.read_text(encoding="utf-8")
    found = sorted((*_IMPORT.finditer(text), *_PASSED_ON.finditer(text)), key=lambda one: one.start())
    for one in found:
        _take(_beside(script, one["path"]), order, (*within, script))
    order[script] = None


def _names(listed: str) -> list[tuple[str, str]]:
    """`a, b as c` as (a, a), (b, c)."""
    pairs = [each.split(" as ") for each in (part.strip() for part in listed.split(",")) if each]
    return [(pair[0].strip(), pair[-1].strip()) for pair in pairs]


def _beside(script: Path, path: str) -> Path:
    return (script.parent / path).resolve()
