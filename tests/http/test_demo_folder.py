"""The demonstration's folder: `demo --fresh` removes what a demonstration made, and nothing of anybody's."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from meeting_server.demo.folder import MARKER, DemoFolder, NotADemonstration, require_made_up

PATIENCE = 60.0


def folder_at(path: Path) -> DemoFolder:
    return DemoFolder(path, f"sqlite:///{path / 'klubban.sqlite3'}")


def demo(folder: Path, *more: str, **settings: str) -> subprocess.Popen[str]:
    """`python -m meeting_server demo` in the folder, at any free port."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KLUBBAN_")}
    environment |= {
        "KLUBBAN_DATA": str(folder),
        "KLUBBAN_MEDIA_EXTERNAL": "yes",
        "KLUBBAN_PORT": "0",
        **settings,
    }
    return subprocess.Popen(
        [sys.executable, "-u", "-m", "meeting_server", "demo", *more],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


@contextmanager
def running(folder: Path, *more: str) -> Iterator[list[str]]:
    """A demonstration that answers, and what it said until then."""
    with demo(folder, *more) as process:
        assert process.stdout is not None
        said: list[str] = []
        for line in process.stdout:
            said.append(line.rstrip())
            if line.startswith("Klubban svarar på"):
                break
        try:
            yield said
        finally:
            process.terminate()
            process.stdout.read()


def refused(folder: Path, *more: str, **settings: str) -> str:
    """What a demonstration says that will not start."""
    with demo(folder, *more, **settings) as process:
        said, _ = process.communicate(timeout=PATIENCE)
        assert process.returncode == 1, said
        return said


def test_a_folder_with_somebodys_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    kept = {"klubban.sqlite3": b"theirs", "seal.p12": b"a key"}
    for name, content in kept.items():
        (tmp_path / name).write_bytes(content)
    said = refused(tmp_path, "--fresh")
    assert "inte en demonstrations mapp" in said
    assert "klubban.sqlite3" in said
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == kept


def test_a_port_in_use_is_found_before_anything_is_removed(tmp_path: Path) -> None:
    (tmp_path / MARKER).touch()
    (tmp_path / "klubban.sqlite3").write_bytes(b"made by an earlier one")
    with socket.create_server(("127.0.0.1", 0)) as other:
        said = refused(tmp_path, "--fresh", "--port", str(other.getsockname()[1]))
    assert "kan inte lyssna" in said
    assert (tmp_path / "klubban.sqlite3").read_bytes() == b"made by an earlier one"


def test_a_demonstration_begins_anew_where_one_has_been_and_says_what_it_removed(tmp_path: Path) -> None:
    with running(tmp_path) as said:
        assert not any("borttagen" in line for line in said)
        assert not said[-1].endswith(":0")  # the port that was got
        second = refused(tmp_path, "--fresh")
        assert "går redan" in second
    (tmp_path / "seal.p12").write_bytes(b"somebody's key")
    before = (tmp_path / "secret").read_bytes()
    with running(tmp_path, "--fresh") as said:
        assert "klubban.sqlite3" in said[0]
        assert "borttagen" in said[0]
    assert (tmp_path / "secret").read_bytes() != before
    assert (tmp_path / "seal.p12").exists()


def test_a_demonstration_does_not_open_the_accounts_of_a_real_register(held: Path, tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    shutil.copy(held / "klubban.sqlite3", tmp_path / "klubban.sqlite3")
    with closing(sqlite3.connect(tmp_path / "klubban.sqlite3")) as database:
        database.execute("UPDATE organisations SET name = 'Verkliga kommun'")
        database.commit()
    said = refused(tmp_path)
    assert "Registret hör till Verkliga kommun" in said
    assert not (tmp_path / MARKER).exists()


def test_only_the_made_up_organisation_is_let_be() -> None:
    require_made_up(set(), "Ekhamra kommun")
    require_made_up({"Ekhamra kommun"}, "Ekhamra kommun")
    with pytest.raises(NotADemonstration, match="Verkliga"):
        require_made_up({"Ekhamra kommun", "Verkliga kommun"}, "Ekhamra kommun")


def test_a_database_elsewhere_is_not_begun_anew(tmp_path: Path) -> None:
    elsewhere = DemoFolder(tmp_path, "postgresql://127.0.0.1/klubban")
    with pytest.raises(NotADemonstration, match="KLUBBAN_DATABASE_URL"):
        elsewhere.claim(fresh=True)


def test_a_folder_is_marked_only_before_anything_is_made_in_it(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "secret").touch()
    folder_at(tmp_path / "own").claim(fresh=False)
    assert not (tmp_path / "own" / MARKER).exists()
    new = folder_at(tmp_path / "new")
    assert new.claim(fresh=True) == []
    assert (tmp_path / "new" / MARKER).is_file()
    new.release()
    (tmp_path / "new" / "seal").mkdir()
    (tmp_path / "new" / "seal" / "seal-key.pem").touch()
    again = folder_at(tmp_path / "new")
    assert again.claim(fresh=True) == ["seal"]
    again.release()
