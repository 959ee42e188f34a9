"""The archive package of a held meeting: what it holds, who may have it and when, and that it was made."""

from __future__ import annotations

import asyncio
import dataclasses
import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import etree
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.command_line import main
from meeting_server.http.keys import SEALING
from meeting_server.live import archiving
from meeting_server.minutes import render, signing
from meeting_server.minutes.archive.package import check
from meeting_server.minutes.archive.tables import vote_lists
from meeting_server.minutes.document import to_json
from meeting_server.store.tables import events
from meeting_server.store.verify import verify_ndjson
from tests.http.house import Browser, House
from tests.http.walk import hold_meeting, verify_whole
from tests.minutes import earkcheck, sample

HERE = "/meetings/ks"
PREMIS = "{http://www.loc.gov/premis/v3}"


@pytest.fixture
async def house(ekhamra: Path, tmp_path: Path) -> AsyncIterator[House]:
    """A server with the demonstration's seal, before the meeting."""
    shutil.copy(ekhamra / "klubban.sqlite3", tmp_path / "klubban.sqlite3")
    made = await House.open(tmp_path, demo=True)
    yield made
    await made.close()


async def secretary_of(house: House) -> Browser:
    return await house.by((await house.roster("ks"))["secretary"])


async def verify_paragraph(house: House) -> str:
    """The § that was declared immediately verified is approved and sealed by itself; its number."""
    roster = await house.roster("ks")
    secretary = await house.by(roster["secretary"])
    desk = await (await secretary.get(f"{HERE}/minutes.json")).json()
    matter = next(each["matter"] for each in desk["paragraphs"] if each["immediate"])
    assert (await secretary.post(f"{HERE}/minutes/prepare", json={"matter": matter})).status == 200
    for key in ("chair", "m2"):
        approver = await house.by(roster[key])
        page = await (await approver.get(f"{HERE}/minutes.json")).json()
        part = next(each for each in page["paragraphs"] if each["matter"] == matter)
        body = {"sha256": part["prepared"]["sha256"], "paragraph": matter}
        assert (await approver.post(f"{HERE}/minutes/approve", json=body)).status == 200
    return str(part["number"])


def opened(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


async def test_the_package_of_a_held_meeting_holds_everything_and_keeps_every_rule(closed: House) -> None:
    house, roster = closed, await closed.roster("ks")
    number = await verify_paragraph(house)
    await verify_whole(house)
    secretary = await secretary_of(house)
    for scope in ("minutes", "meeting"):
        form = {"kind": "verified_minutes" if scope == "minutes" else "committee_meeting", "scope": scope}
        posted = await secretary.post(f"{HERE}/notices", data={**form, "where": "Kommunkansliet"})
        assert posted.status == 303, await posted.text()
    by_hand = await secretary.post(
        f"{HERE}/summons/by-hand", data={"scope": "meeting", "how": "med brev", "on": "2026-11-17"}
    )
    assert by_hand.status == 303, await by_hand.text()

    made = await secretary.post(f"{HERE}/archive", json={})
    assert made.status == 200, await made.text()
    [told] = (await made.json())["made"]
    package = await secretary.download(f"{HERE}/archive.zip")
    assert (told["sha256"], told["size"]) == (hashlib.sha256(package).hexdigest(), len(package))
    assert told["files"] == len(opened(package))
    assert earkcheck.faults(package) == []
    assert check(package) == []

    files = opened(package)
    data = {
        path.removeprefix("representations/rep1/data/"): body
        for path, body in files.items()
        if path.startswith("representations/rep1/data/")
    }
    assert data.keys() == {
        "protokoll.pdf",
        f"paragraf-{number}.pdf",
        "protokoll.json",
        "godkannanden.json",
        "valideringsuppgifter.json",
        "stampelns-certifikat.pem",
        "handelselogg.ndjson",
        "underlag.json",
        "anslagsbevis.txt",
        "kallelsebevis.txt",
    }
    certificate = house.settings.data_dir / "seal" / "seal-cert.pem"
    for name in ("protokoll.pdf", f"paragraf-{number}.pdf"):
        assert (await signing.verify_seal(data[name], [certificate])).ok
    assert data["protokoll.pdf"] == await secretary.download(f"{HERE}/minutes/justerat.pdf")
    assert data["stampelns-certifikat.pem"] == certificate.read_bytes()
    assert data["handelselogg.ndjson"] == await secretary.download(f"{HERE}/log")
    log = json.loads(data["protokoll.json"])["log"]
    rows = [json.loads(line) for line in data["handelselogg.ndjson"].splitlines()]
    assert verify_ndjson(data["handelselogg.ndjson"].decode()) == []
    assert rows[log["seq"] - 1]["hash"] == log["hash"]
    given = {each["person"] for each in json.loads(data["godkannanden.json"])}
    assert given == {roster["chair"], roster["m2"]}
    assert json.loads(data["valideringsuppgifter.json"])["protokoll.pdf"]["level"] == "PAdES B-B"
    assert "anslaget 2026-11-24" in data["anslagsbevis.txt"].decode()
    assert "med brev" in data["kallelsebevis.txt"].decode()

    history = etree.fromstring(files["metadata/preservation/premis.xml"])
    events = [
        (one.findtext(f"{PREMIS}eventType"), one.findtext(f".//{PREMIS}linkingAgentIdentifierValue"))
        for one in history.iter(f"{PREMIS}event")
    ]
    assert ("approval", roster["chair"]) in events
    assert ("approval", roster["m2"]) in events
    assert ("information package creation", roster["secretary"]) in events
    [checked] = [
        one.findtext(f".//{PREMIS}eventOutcome")
        for one in history.iter(f"{PREMIS}event")
        if one.findtext(f"{PREMIS}eventType") == "fixity check"
    ]
    assert checked == "pass"


async def test_the_same_package_is_fetched_and_made_again_without_a_new_row(closed: House) -> None:
    await verify_whole(closed)
    secretary = await secretary_of(closed)
    first = await (await secretary.post(f"{HERE}/archive", json={})).json()
    package = await secretary.download(f"{HERE}/archive.zip")
    closed.clock.at = closed.clock.at.replace(hour=10)
    again = await (await secretary.post(f"{HERE}/archive", json={})).json()
    assert again == first
    assert await secretary.download(f"{HERE}/archive.zip") == package


async def test_making_the_package_changes_neither_the_log_nor_the_minutes(closed: House) -> None:
    await verify_whole(closed)
    secretary = await secretary_of(closed)
    log, minutes = [await secretary.download(f"{HERE}/{each}") for each in ("log", "minutes/justerat.pdf")]
    assert (await secretary.post(f"{HERE}/archive", json={})).status == 200
    assert await secretary.download(f"{HERE}/log") == log
    assert await secretary.download(f"{HERE}/minutes/justerat.pdf") == minutes


async def test_a_notice_that_comes_later_wants_a_new_package_of_the_same_name(closed: House) -> None:
    await verify_whole(closed)
    secretary = await secretary_of(closed)
    await secretary.post(f"{HERE}/archive", json={})
    old = await secretary.get(f"{HERE}/archive.zip")
    posted = {"kind": "verified_minutes", "scope": "minutes", "where": "Kommunkansliet"}
    assert (await secretary.post(f"{HERE}/notices", data=posted)).status == 303
    late = await secretary.get(f"{HERE}/archive.zip", headers={"Accept": "application/json"})
    assert (late.status, (await late.json())["refused"]["code"]) == (409, "package-not-made")
    desk = await (await secretary.get(f"{HERE}/minutes.json")).json()
    assert not desk["archive"]["current"]
    made = (await (await secretary.post(f"{HERE}/archive", json={})).json())["made"]
    assert len(made) == 2
    new = await secretary.get(f"{HERE}/archive.zip")
    assert new.headers["Content-Disposition"] == old.headers["Content-Disposition"]
    package = await secretary.download(f"{HERE}/archive.zip")
    assert hashlib.sha256(package).hexdigest() == made[0]["sha256"] != made[1]["sha256"]


async def test_before_the_seal_there_is_no_package_and_the_answer_says_why(closed: House) -> None:
    secretary = await secretary_of(closed)
    for answer in (
        await secretary.post(f"{HERE}/archive", json={}),
        await secretary.get(f"{HERE}/archive.zip", headers={"Accept": "application/json"}),
    ):
        refused = (await answer.json())["refused"]
        assert (answer.status, refused["code"]) == (409, "not-verified")
        assert "justerat och stämplat" in refused["because"]


@pytest.mark.parametrize("who", ["chair", "m2", "m5"])
async def test_only_the_secretary_makes_and_fetches_it(closed: House, who: str) -> None:
    await verify_whole(closed)
    await (await secretary_of(closed)).post(f"{HERE}/archive", json={})
    other = await closed.by((await closed.roster("ks"))[who])
    assert (await other.post(f"{HERE}/archive", json={})).status == 403
    assert (await other.get(f"{HERE}/archive.zip")).status == 403
    desk = await (await other.get(f"{HERE}/minutes.json")).json()
    assert "archive" not in desk


async def test_a_stamp_that_could_not_be_had_is_told_at_the_desk_and_in_the_package(
    held: Path, tmp_path: Path
) -> None:
    (tmp_path / "klubban.sqlite3").write_bytes((held / "klubban.sqlite3").read_bytes())
    house = await House.open(tmp_path, demo=True, timestamp_url="http://127.0.0.1:9/tsa")
    await verify_whole(house)
    secretary = await secretary_of(house)
    desk = await (await secretary.get(f"{HERE}/minutes.json")).json()
    assert desk["sealed"]
    assert "ingen tidsstämpel" in desk["seal"]["shortfall"]
    await secretary.post(f"{HERE}/archive", json={})
    package = await secretary.download(f"{HERE}/archive.zip")
    await house.close()
    assert "tjänsten svarade inte" in _of(package, "valideringsuppgifter.json").decode()


async def test_a_seal_that_cannot_be_used_leaves_the_approvals_and_says_so(
    held: Path, tmp_path: Path
) -> None:
    (tmp_path / "klubban.sqlite3").write_bytes((held / "klubban.sqlite3").read_bytes())
    (tmp_path / "seal.p12").write_bytes(b"ingen")
    house = await House.open(tmp_path, seal_file=tmp_path / "seal.p12")
    roster, secretary = await house.roster("ks"), await secretary_of(house)
    prepared = await secretary.post(f"{HERE}/minutes/prepare", json={})
    sha256 = (await prepared.json())["prepared"]["sha256"]
    for key in ("chair", "m2"):
        approver = await house.by(roster[key])
        answer = await approver.post(f"{HERE}/minutes/approve", json={"sha256": sha256})
    refused = (await answer.json())["refused"]
    assert (answer.status, refused["code"]) == (409, "no-seal")
    assert "seal.p12" in refused["because"]
    assert len(await house.store.minutes.approvals("ks", sha256)) == 2
    await house.close()


def _of(package: bytes, name: str) -> bytes:
    return opened(package)[f"representations/rep1/data/{name}"]


def test_the_command_line_writes_the_package_and_verify_reads_it(
    held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "klubban.sqlite3").write_bytes((held / "klubban.sqlite3").read_bytes())

    async def verify() -> None:
        house = await House.open(tmp_path, demo=True)
        await verify_whole(house)
        await house.close()

    asyncio.run(verify())
    monkeypatch.setenv("KLUBBAN_DATA", str(tmp_path))
    out, again = tmp_path / "ut.zip", tmp_path / "igen.zip"
    for each in (out, again):
        assert main(["archive", "ks", "--to", str(each)]) == 0
        assert hashlib.sha256(out.read_bytes()).hexdigest() in capsys.readouterr().out
    assert out.read_bytes() == again.read_bytes()
    assert earkcheck.faults(out.read_bytes()) == []
    assert main(["verify", str(out)]) == 0
    assert "arkivpaketet är helt" in capsys.readouterr().out
    broken = bytearray(out.read_bytes())
    broken[len(broken) // 2] ^= 1
    out.write_bytes(broken)
    assert main(["verify", str(out)]) == 1
    assert "fel i arkivpaketet" in capsys.readouterr().err


def test_the_command_line_refuses_a_meeting_that_is_not_verified(
    held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "klubban.sqlite3").write_bytes((held / "klubban.sqlite3").read_bytes())
    monkeypatch.setenv("KLUBBAN_DATA", str(tmp_path))
    assert main(["archive", "ks", "--to", str(tmp_path / "ut.zip")]) == 1
    assert "justerat och stämplat" in capsys.readouterr().err
    assert main(["archive", "finns-inte", "--to", str(tmp_path / "ut.zip")]) == 1
    assert "inget sådant möte" in capsys.readouterr().err
    assert not (tmp_path / "ut.zip").exists()


async def test_minutes_with_a_matter_under_secrecy_are_examined_before_they_are_given_out(
    house: House,
) -> None:
    secretary = await secretary_of(house)
    matter = next(
        each.id for each in (await house.store.register.convened("ks")).agenda if each.kind == "decision"
    )
    await secretary.must("ks", "correct-matter", matter=matter, prepared=True, authority=False, secrecy=True)
    await hold_meeting(house)
    plain = {"handelselogg.ndjson", "underlag.json"}
    await verify_whole(house)
    contents = await archiving.gather(house.store, "ks")
    assert contents.secret == {matter}
    restricted = {each.path for each in contents.files if each.restricted}
    assert restricted == plain | {"protokoll.pdf", "protokoll.json"}


async def test_a_fault_in_the_log_is_told_in_the_history(closed: House) -> None:
    await verify_whole(closed)

    async def tamper(connection: AsyncConnection) -> None:
        old = update(events).where(events.c.meeting_id == "ks", events.c.seq == 3)
        await connection.execute(old.values(actor="nagon-annan"))

    await closed.store.database.write(tamper)
    contents = await archiving.gather(closed.store, "ks")
    [checked] = [deed for deed in contents.deeds if deed.kind == "fixity check"]
    assert checked.outcome == "fail"
    assert "kontrollsumma" in checked.detail


async def test_open_divisions_bring_their_lists_and_minutes_of_another_log_are_told(closed: House) -> None:
    store, now = closed.store, closed.clock.now()
    minutes = dataclasses.replace(sample.minutes(3), meeting="ks")
    pdf = await render.prepare_pdf(minutes, sample.AT)
    version = await store.minutes.prepare("ks", pdf=pdf, document=to_json(minutes), by="s1", at=now)
    made = await closed.app[SEALING].seal(pdf, "Ekhamra kommun", "Justerat")
    await store.minutes.seal("ks", sha256=version.sha256, pdf=made.pdf, at=now)
    contents = await archiving.gather(store, "ks")
    [votes] = [each for each in contents.files if each.path == "voteringslistor.csv"]
    assert votes.body.decode() == vote_lists(minutes)
    [checked] = [deed for deed in contents.deeds if deed.kind == "fixity check"]
    assert checked.outcome == "fail"
    assert "är inte den som protokollet anger" in checked.detail


async def test_two_who_make_it_at_once_have_the_same_package(closed: House) -> None:
    await verify_whole(closed)
    person = (await closed.roster("ks"))["secretary"]
    times = [closed.clock.now() + timedelta(seconds=each) for each in range(3)]
    made = await asyncio.gather(*(archiving.make(closed.store, "ks", person, at) for at in times))
    [kept] = await closed.store.archive_packages.of("ks")
    assert {(row, package.sha256) for row, package in made} == {(kept, kept.sha256)}
