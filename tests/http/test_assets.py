"""The files of web/: lasting addresses when installed, and nothing but what is meant for browsers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from meeting_server.http.assets import Assets, asset
from tests.http.house import House


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


async def test_a_text_is_sent_packed_to_who_takes_it_and_not_again_to_who_has_it(house: House) -> None:
    visitor = house.visitor()
    packed = await visitor.get("/static/css/tokens.css")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["Cache-Control"] == "no-cache"
    plain = await visitor.get("/static/css/tokens.css", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    text = (asset("web") / "css" / "tokens.css").read_text()
    assert (await packed.text(), await plain.text()) == (text, text)
    assert int(packed.headers["Content-Length"]) < int(plain.headers["Content-Length"]) / 2
    again = await visitor.get("/static/css/tokens.css", headers={"If-None-Match": packed.headers["ETag"]})
    assert again.status == 304
    other = await visitor.get("/static/css/tokens.css", headers={"If-None-Match": '"another"'})
    assert other.status == 200


def test_a_text_that_was_changed_is_read_anew(installed: Assets) -> None:
    main = installed.folder / "js" / "main.js"
    assert installed.read(main).plain == b"export {}\n"
    main.write_text("export { a };\n")
    os.utime(main, ns=(1, 1))
    assert installed.read(main).plain == b"export { a };\n"
