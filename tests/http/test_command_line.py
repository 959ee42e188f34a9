"""The command line: what each command prints, and that errors are told in words and by the exit status."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

import pytest

from meeting_server.command_line import main
from meeting_server.meeting import COMMANDS
from meeting_server.office import printed_in_minutes
from meeting_server.store.verify import known_row
from tests.http.house import House
from tests.http.process import free_port
from tests.http.walk import verify_whole


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


def exported(data: Path) -> str:
    """The log of the executive's meeting as a file."""
    import asyncio

    from meeting_server.store import Store
    from meeting_server.store.verify import to_ndjson

    async def export() -> str:
        store = await Store.open(f"sqlite:///{data / 'klubban.sqlite3'}")
        rows = await store.log.read("ks")
        await store.close()
        return to_ndjson(rows)

    return asyncio.run(export())


def test_verify_finds_a_changed_word_in_an_exported_log(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "ks.ndjson"
    log.write_text(exported(data), encoding="utf-8")
    assert main(["verify", str(log)]) == 0
    log.write_text(log.read_text(encoding="utf-8").replace("acclamation", "division", 1), encoding="utf-8")
    assert main(["verify", str(log)]) == 1
    told = capsys.readouterr().err
    assert "fel i kedjan" in told
    assert "Radens innehåll stämmer inte med dess kontrollsumma." in told
    assert "LogFault" not in told
    assert "händelser. Den sista har kontrollsumman" in told


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "den har inga händelser"),
        (b"\n \n", "den har inga händelser"),
        (b"nothing", "Rad 1 i filen är inte JSON."),
        (b"\xff\xfe\x00", "varken text (NDJSON, UTF-8) eller ett helt arkivpaket"),
        (b"PK\x03\x04\xff\xff cut off", "varken text (NDJSON, UTF-8) eller ett helt arkivpaket"),
    ],
)
def test_verify_says_what_is_no_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, said: str
) -> None:
    log = tmp_path / "log"
    log.write_bytes(content)
    assert main(["verify", str(log)]) == 1
    told = capsys.readouterr().err
    assert "ingen logg" in told
    assert said in told


def test_verify_with_a_known_hash_finds_that_the_end_is_cut_off(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log, rows = tmp_path / "ks.ndjson", exported(data).splitlines(keepends=True)
    heads = [json.loads(row)["hash"] for row in rows]
    log.write_text("".join(rows[:-2]), encoding="utf-8")
    assert main(["verify", str(log)]) == 0
    told = capsys.readouterr().out
    assert f"{len(rows) - 2} händelser. Den sista har kontrollsumman {heads[-3]}" in told
    assert "visar inte själv om rader är borttagna i slutet" in told
    assert main(["verify", str(log), "--head", heads[-1]]) == 1
    assert "Ingen rad har den angivna kontrollsumman" in capsys.readouterr().err
    assert main(["verify", str(log), "--head", heads[-3]]) == 0
    assert "inget är borttaget i slutet" in capsys.readouterr().out
    assert main(["verify", str(log), "--head", heads[-4]]) == 0
    assert "Om det som följer (händelser: 1) säger den inget" in capsys.readouterr().out


async def test_verify_compares_with_the_hash_that_the_verified_minutes_print(closed: House) -> None:
    await verify_whole(closed)
    digest = await printed_in_minutes(closed.store, "ks")
    rows = await closed.store.log.read("ks")
    assert digest is not None
    assert known_row(rows, digest) is not None
    assert await printed_in_minutes(closed.store, "kf") is None


@pytest.mark.parametrize(
    "command",
    [["verify", "ks"], ["minutes", "ks"], ["media-nodes"], ["evidence", "ks"], ["invite", "somebody"]],
)
def test_a_command_that_reads_makes_no_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    monkeypatch.setenv("KLUBBAN_DATA", str(tmp_path / "none"))
    assert main(command) == 1
    assert "klubban.sqlite3 finns inte" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


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
    assert not list(tmp_path.iterdir())  # a check makes no database either
    assert main(["import", good]) == 0
    bad = tmp_path / "bad.yaml"
    bad.write_text("organisation: {id: x}\nnonsens: 1\n", encoding="utf-8")
    assert main(["import", str(bad)]) == 1
    errors = capsys.readouterr().err
    assert "Inget lästes in" in errors
    assert "nonsens" in errors
    odd = tmp_path / "odd.yaml"
    odd.write_text(
        Path(good).read_text(encoding="utf-8").replace("rubrik: Upprop", "rubrik: Upprop 🎉 中 🎉", 1)
    )
    capsys.readouterr()
    assert main(["import", str(odd), "--check"]) == 1
    said = capsys.readouterr().err
    assert "1 fel. Inget lästes in." in said
    assert "Tecknen «中» (U+4E2D) och «🎉» (U+1F389) kan inte skrivas i protokollet." in said
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


def test_a_media_process_by_hand_is_as_the_servers_own(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "meeting_server", "media", "--socket", str(tmp_path / "s")]
    mine = {name: value for name, value in os.environ.items() if name != "GLIBC_TUNABLES"}
    process = subprocess.Popen(command, env=mine)
    try:
        end = time.monotonic() + 60
        while not (tmp_path / "s").exists():
            assert process.poll() is None
            assert time.monotonic() < end
            time.sleep(0.05)
        kept = Path(f"/proc/{process.pid}")
        assert b"GLIBC_TUNABLES=glibc.malloc.hugetlb=1" in (kept / "environ").read_bytes().split(b"\0")
        assert "sqlalchemy" not in (kept / "maps").read_text()
    finally:
        process.terminate()
        assert process.wait(60) == 0


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


@pytest.mark.parametrize(
    ("url", "because"),
    [
        ("postgresql://u:hemligt@127.0.0.1:notaport/none", "adressen går inte att läsa"),
        ("postgresql://u:hemligt@127.0.0.1:0/none", "porten ska vara mellan 1 och 65535, inte 0"),
        ("postgresql://u:hemligt@127.0.0.1:65536/none", "porten ska vara mellan 1 och 65535, inte 65536"),
        ("sqlite://", "en SQLite-databas ska vara en fil"),
        ("sqlite:///a.sqlite3?timeout=3", "'timeout' läses inte; efter ? kan ingenting stå"),
        ("postgresql://u:hemligt@127.0.0.1/none?ssl=require", "'ssl' läses inte; här kan stå host, port,"),
        ("postgresql://u:hemligt@127.0.0.1/none?sslmode=on", "sslmode ska vara något av disable, allow,"),
        ("postgresql://u:hemligt@127.0.0.1/none?sslmode=require&sslmode=disable", "sslmode står 2 gånger"),
        ("postgresql://u:hemligt@127.0.0.1/none?sslmode=verify-full", "sslmode=verify-full behöver sslroot"),
        ("postgresql://u:hemligt@127.0.0.1/none?sslrootcert=/no/ca", "sslrootcert: filen /no/ca finns inte"),
        ("postgresql://u:hemligt@/none?host=/run&port=x", "porten ska vara mellan 1 och 65535"),
    ],
)
@pytest.mark.parametrize("command", [["serve"], ["media-nodes"]])
def test_an_address_of_the_database_that_cannot_be_used_is_told_without_its_password(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    url: str,
    because: str,
    command: list[str],
) -> None:
    monkeypatch.setenv("KLUBBAN_DATA", str(tmp_path))
    monkeypatch.setenv("KLUBBAN_PORT", "0")
    monkeypatch.setenv("KLUBBAN_DATABASE_URL", url)
    assert main(command) == 1
    told = capsys.readouterr().err
    assert f"KLUBBAN_DATABASE_URL: {because}" in told
    assert "hemligt" not in told


@pytest.mark.parametrize("folder", ["/sys/kernel", "/sys/klubban", "/dev/null"])
def test_a_data_folder_that_cannot_be_written_in_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    monkeypatch.setenv("KLUBBAN_DATA", folder)
    assert main(["import", str(files("meeting_server.demo") / "ekhamra.yaml")]) == 1
    assert f"det går inte att skriva i mappen {folder} (" in capsys.readouterr().err


def test_a_seal_that_is_none_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "seal.p12").write_text("somebody's host name")
    monkeypatch.setenv("KLUBBAN_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("KLUBBAN_PORT", "0")
    monkeypatch.setenv("KLUBBAN_SEAL_FILE", str(tmp_path / "seal.p12"))
    assert main(["serve"]) == 1
    assert "KLUBBAN_SEAL_FILE: Stämpeln seal.p12 kan inte läsas" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


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
    assert said[1].endswith(" 09.00")  # Swedish time, as on the pages
    assert len({line.index("http") for line in said[2:8]}) == 1, said[2:8]
