"""The files of web/: lasting addresses when installed, and nothing but what is meant for browsers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from meeting_server.http.assets import Assets, asset


@pytest.fixture
def installed(tmp_path: Path) -> Assets:
    """A web folder as the wheel has it."""
    web = tmp_path / "_web"
    (web / "js").mkdir(parents=True)
    (web / "templates").mkdir()
    (web / "js" / "main.js").write_text("export {}\n")
    (web / "templates" / "home.html").write_text("secret\n")
    return Assets(web)


def test_an_installed_file_has_an_address_that_changes_with_any_file(installed: Assets) -> None:
    before = installed.url("js/main.js")
    assert before == f"/static/{installed.version}/js/main.js"
    (installed.folder / "js" / "other.js").write_text("export {}\n")
    assert Assets(installed.folder).url("js/main.js") != before


def test_modules_find_each_other_below_the_same_version(installed: Assets) -> None:
    assert installed.find(f"{installed.version}/js/main.js") == installed.folder / "js" / "main.js"


@pytest.mark.parametrize(
    "path",
    ["templates/home.html", "../outside", "js/../templates/home.html", "js", "", "/etc/passwd", "js/none.js"],
)
def test_nothing_else_is_found(installed: Assets, path: str) -> None:
    (installed.folder.parent / "outside").write_text("secret\n")
    assert installed.find(path) is None
    assert installed.find(f"{installed.version}/{path}") is None


def test_a_checkout_serves_its_own_web_folder() -> None:
    assert (asset("web") / "js" / "main.js").is_file()
    assert Assets().url("js/main.js") == "/static/js/main.js"


def test_a_page_is_told_of_every_script_its_first_one_leads_to_and_of_none_that_it_may_fetch_later(
    installed: Assets,
) -> None:
    js = installed.folder / "js"
    (js / "parts").mkdir()
    (js / "main.js").write_text(
        "import { a } from './parts/a.js';\nconst later = () => import('./later.js');\n"
    )
    (js / "parts" / "a.js").write_text('import"./b.js";export{c}from"../c.js";\n')
    (js / "parts" / "b.js").write_text("import './a.js';\nimport './gone.js';\n")
    (js / "c.js").write_text("export const c = 1;\n")
    (js / "later.js").write_text("export {}\n")
    found = installed.modules("js/main.js", "js/nowhere.js")
    assert sorted(found) == [
        installed.url(f"js/{name}") for name in ("c.js", "main.js", "parts/a.js", "parts/b.js")
    ]


def test_a_script_that_was_changed_is_read_anew(installed: Assets) -> None:
    main = installed.folder / "js" / "main.js"
    (installed.folder / "js" / "c.js").write_text("export {}\n")
    assert len(installed.modules("js/main.js")) == 1
    main.write_text("import './c.js';\n")
    os.utime(main, ns=(1, 1))
    assert len(installed.modules("js/main.js")) == 2
