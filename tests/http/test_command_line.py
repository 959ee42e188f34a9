"""The command line: what each command prints, and that errors are told in words and by the exit status."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from meeting_server.command_line import main
from meeting_server.meeting import COMMANDS
from tests.http.process import free_port


@pytest.fixture
def data(held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder in which the executive's meeting has been held."""
    shutil.copy(held / "klubban.sqlite3", tmp_path / "klubban.sqlite3")
    monkeypatch.setenv("KLUBBAN_DATA", str(tmp_path))
    return tmp_path


def test_commands_lists_every_command_and_who_may_give_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["commands"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(COMMANDS)
    assert next(line for line in lines if line.startswith("open-division ")).split() == [
        "open-division",
        "chair",
    ]
    assert "(inte från webbläsaren)" in next(line for line in lines if line.startswith("lose-link"))


def test_rules_prints_the_rules_with_their_paragraphs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    assert "KL 5:45" in capsys.readouterr().out


def test_verify_finds_a_whole_chain_whole(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "ks"]) == 0
    assert "kedjan är hel" in capsys.readouterr().out


def test_verify_finds_a_changed_word_in_an_exported_log(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import asyncio

    from meeting_server.store import Store
    from meeting_server.store.verify import to_ndjson

    async def export() -> str:
        store = await Store.open(f"sqlite:///{data / 'klubban.sqlite3'}")
        rows = await store.log.read("ks")
        await store.close()
        return to_ndjson(rows)

    log = tmp_path / "ks.ndjson"
    log.write_text(asyncio.run(export()), encoding="utf-8")
    assert main(["verify", str(log)]) == 0
    log.write_text(log.read_text(encoding="utf-8").replace("acclamation", "division", 1), encoding="utf-8")
    assert main(["verify", str(log)]) == 1
    assert "fel i kedjan" in capsys.readouterr().err
    log.write_text("nothing", encoding="utf-8")
    assert main(["verify", str(log)]) == 1
    assert "ingen logg" in capsys.readouterr().err


def test_evidence_is_printed_and_verified_with_the_log(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import asyncio

    from meeting_server.store import Store
    from meeting_server.store.evidence import as_evidence

    async def keep() -> None:
        store = await Store.open(f"sqlite:///{data / 'klubban.sqlite3'}")
        await store.evidence.keep("ks", as_evidence(3, {"about": {"hash": ""}}))
        await store.close()

    assert main(["evidence", "ks"]) == 0
    assert json.loads(capsys.readouterr().out)["decisions"] == []
    assert main(["evidence", "ks", "--csv"]) == 0
    assert capsys.readouterr().out.startswith("person,at,line,picture,sound,")
    asyncio.run(keep())
    assert main(["verify", "ks"]) == 1
    assert "nämner inget underlag till rad 3" in capsys.readouterr().err


def test_minutes_prints_the_text_and_writes_the_pdf(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["minutes", "ks"]) == 0
    text = capsys.readouterr().out
    assert "§ 197 Upprop" in text
    assert "Kommunstyrelsen beslutar" in text
    pdf = data / "ut.pdf"
    assert main(["minutes", "ks", "--pdf", str(pdf)]) == 0
    assert pdf.read_bytes().startswith(b"%PDF")
    assert "utkast" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["verify", "minutes", "evidence"])
def test_a_meeting_that_does_not_exist_is_told_so(
    data: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert main([command, "none"]) == 1
    assert "none" in capsys.readouterr().err


def test_import_reads_a_file_and_lists_every_error_of_a_bad_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KLUBBAN_DATA", str(tmp_path))
    good = str(files("meeting_server.demo") / "ekhamra.yaml")
    assert main(["import", good, "--check"]) == 0
    assert "skulle läsas in" in capsys.readouterr().out
    assert main(["import", good]) == 0
    bad = tmp_path / "bad.yaml"
    bad.write_text("organisation: {id: x}\nnonsens: 1\n", encoding="utf-8")
    assert main(["import", str(bad)]) == 1
    errors = capsys.readouterr().err
    assert "Inget lästes in" in errors
    assert "nonsens" in errors
    assert main(["import", str(tmp_path / "none.yaml")]) == 1


def test_invite_prints_a_link_and_refuses_an_unknown_person(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["invite", "bertil-bokstrom"]) == 0
    assert "/invite/" in capsys.readouterr().out
    assert main(["invite", "nobody"]) == 1


def test_media_gets_its_own_flags_and_nobody_else_gets_any(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flags = ["--listen", "127.0.0.1:0", "--secret-file", str(tmp_path / "none")]
    command = [sys.executable, "-m", "meeting_server", "media", *flags]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert "media: TCP 127.0.0.1:0: [Errno 2] No such file" in ended.stderr
    with pytest.raises(SystemExit):
        main(["rules", *flags])
    assert "okända argument: --listen 127.0.0.1:0" in capsys.readouterr().err


def test_media_nodes_prints_those_that_have_been_heard_of(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import asyncio
    from datetime import UTC, datetime, timedelta

    from meeting_server.store import Store
    from meeting_server.store.media_nodes import MediaNode, Placement

    async def beat() -> None:
        store = await Store.open(f"sqlite:///{data / 'klubban.sqlite3'}")
        now = datetime.now(UTC)
        node = MediaNode("far.example:7000", "192.0.2.1", 8081, 4711, "web:8080", now, 40, 1.5)
        await store.media_nodes.beat([node], now - timedelta(days=1))
        await store.media_nodes.place([Placement("ks", node.name, now)])
        await store.close()

    assert main(["media-nodes"]) == 0
    assert "Ingen mediaprocess" in capsys.readouterr().out
    asyncio.run(beat())
    assert main(["media-nodes"]) == 0
    assert capsys.readouterr().out.splitlines()[1].split()[:6] == [
        "far.example:7000",
        "192.0.2.1",
        ":8081",
        "4711",
        "web:8080",
        "1",
    ]


def test_bad_settings_are_all_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KLUBBAN_PORT", "http")
    monkeypatch.setenv("KLUBBAN_LOG_LEVEL", "loud")
    assert main(["serve"]) == 1
    errors = capsys.readouterr().err
    assert "KLUBBAN_PORT" in errors
    assert "KLUBBAN_LOG_LEVEL" in errors


def test_a_port_in_use_is_told_in_words(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("KLUBBAN_PORT", str(taken.getsockname()[1]))
        monkeypatch.setenv("KLUBBAN_MEDIA_EXTERNAL", "yes")
        assert main(["serve"]) == 1
    assert "kan inte lyssna" in capsys.readouterr().err


def test_the_demonstration_prints_its_links_in_columns_and_nothing_before_them(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KLUBBAN_")}
    environment |= {"KLUBBAN_DATA": str(tmp_path), "KLUBBAN_MEDIA_EXTERNAL": "yes"}
    command = [sys.executable, "-u", "-m", "meeting_server", "demo", "--port", str(free_port())]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as running:
        assert running.stdout is not None
        said = []
        for line in running.stdout:
            said.append(line.rstrip())
            if line.startswith("Klubban svarar på"):
                break
        running.terminate()
        running.stdout.read()
    assert said[0] == ""
    assert said[1].startswith("Kommunstyrelsens sammanträde")
    assert len({line.index("http") for line in said[2:8]}) == 1, said[2:8]
