"""The scripts of a page as one: every form of import and export, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from meeting_server.http.assets import Assets, Text
from meeting_server.http.joined import CannotJoin, Joined, join
from tests.http.house import House


@pytest.fixture
def assets(tmp_path: Path) -> Assets:
    """A web folder with the three scripts every page begins with."""
    (tmp_path / "js" / "views").mkdir(parents=True)
    (tmp_path / "js" / "sv.js").write_text("export const sv = { hello: 'hej' };\n")
    (tmp_path / "js" / "views" / "hall.js").write_text("export const start = () => 0;\n")
    (tmp_path / "js" / "main.js").write_text("const load = () => import('./views/hall.js');\n")
    return Assets(tmp_path)


def written(assets: Assets, **scripts: str) -> str:
    """The text that runs `a.js`, when these are the scripts of js/."""
    for name, text in scripts.items():
        (assets.folder / "js" / f"{name}.js").write_text(text)
    return join(assets, ["js/a.js"])[1]


def test_a_script_comes_after_all_it_imports_and_once(assets: Assets) -> None:
    for name, text in {
        "a": "import { b } from './b.js';\nimport './c.js';\n",
        "b": "import './d.js';\nexport const b = 1;\n",
        "c": "import './d.js';\n",
        "d": "",
    }.items():
        (assets.folder / "js" / f"{name}.js").write_text(text)
    scripts, text = join(assets, ["js/a.js"])
    assert [path.name for path in scripts] == ["d.js", "b.js", "c.js", "a.js"]
    assert text.count("// js/d.js") == 1


@pytest.mark.parametrize(
    ("imports", "becomes"),
    [
        ("import { x, y as z } from './b.js';", "const {x, y: z} = $m0;"),
        ("import {\n  x,\n  y as z,\n} from './b.js';", "const {x, y: z} = $m0;"),
        ('const k=1;import{x as o}from"./b.js";', "const k=1;const {x: o} = $m0;"),
        ("import { x } from './b.js';\nconst l = import('./b.js');", "const l = Promise.resolve($m0);"),
        ("import './b.js';\nconst l = import('./sv.js');", 'const l = import("/static/js/sv.js");'),
        ("import './b.js';\n/** @param {import('./gone.js').A} a */", "{import('./gone.js').A}"),
        (
            "import './b.js';\nconst u = new URL('../i.svg', import.meta.url);",
            "new URL('../i.svg', new URL(\"/static/js/a.js\", location.href).href);",
        ),
    ],
)
def test_every_form_of_import(assets: Assets, imports: str, becomes: str) -> None:
    assert becomes in written(assets, a=imports, b="export const x = 1, y = 2;")


@pytest.mark.parametrize(
    ("exports", "gives"),
    [
        ("export const x = 1;", "return {x};"),
        ("export function x() {}", "return {x};"),
        ("export async function x() {}", "return {x};"),
        ("export class $x {}", "return {$x};"),
        ("const y = 1;\nexport { y as x, y };", "return {x: y, y: y};"),
        ("class y{}export{y as x};", "return {x: y};"),
        ("export { q as x } from './b.js';", "return {x: $m0.q};"),
        ("export const x = 1;export*from'./b.js';", "return {...$m0, x};"),
    ],
)
def test_every_form_of_export(assets: Assets, exports: str, gives: str) -> None:
    assert gives in written(assets, a=exports, b="export const q = 1;").split("// js/a.js")[1]


@pytest.mark.parametrize(
    "text",
    ["export default 1;", "import x from './b.js';", "import * as x from './b.js';", "export let { x } = y;"],
)
def test_another_form_is_refused_and_not_sent_half_changed(assets: Assets, text: str) -> None:
    with pytest.raises(CannotJoin, match=r"a\.js"):
        written(assets, a=text, b="")


def test_a_ring_is_refused_with_its_members(assets: Assets) -> None:
    with pytest.raises(CannotJoin, match=r"a\.js → b\.js → a\.js"):
        written(assets, a="import './b.js';", b="import './a.js';")


def test_the_address_changes_with_the_text_and_an_old_one_finds_nothing(assets: Assets) -> None:
    joined = Joined(assets)
    before = joined.url("hall", "sv")
    digest = before.split("/")[3]
    assert before == f"/static/joined/{digest}/hall.sv.js"
    assert joined.find(digest, "hall.sv.js") is not None
    view = assets.folder / "js" / "views" / "hall.js"
    view.write_text("export const start = () => 1;\n")
    os.utime(view, ns=(1, 1))
    assert joined.url("hall", "sv") != before
    assert joined.find(digest, "hall.sv.js") is None


@pytest.mark.parametrize(
    "name", ["hall.en.js", "gone.sv.js", "../hall.sv.js", "hall.js", "hall", "", ".sv.js"]
)
def test_a_page_that_is_not_there_has_no_scripts(assets: Assets, name: str) -> None:
    assert Joined(assets).find("0" * 12, name) is None


def test_nobody_makes_us_join_other_scripts_by_asking(assets: Assets) -> None:
    _, text = join(assets, ["js/main.js", "js/views/hall.js"])
    assert Joined(assets).find(Text.of(text.encode()).digest, "hall.main.js") is None


@pytest.mark.parametrize("view", ["chair", "secretary", "member", "hall", "minutes", "booth", "check"])
@pytest.mark.parametrize("lang", ["sv", "en"])
async def test_every_page_of_ours_has_its_scripts_in_one(house: House, view: str, lang: str) -> None:
    address = Joined(Assets()).url(view, lang)
    answer = await house.visitor().get(address)
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert f"// js/views/{view}.js" in await answer.text()
    other = await house.visitor().get(address.replace("/joined/", "/joined/0"))
    assert other.status == 404
