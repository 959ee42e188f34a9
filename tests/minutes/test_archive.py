"""The archive package as a file: it keeps the E-ARK rules, is the same twice, and a change is found."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import hashlib
import io
import json
import zipfile

import pytest
from lxml import etree

from meeting_server.minutes.archive import tables
from meeting_server.minutes.archive.holdings import (
    JSON,
    NDJSON,
    PDF,
    Agent,
    Contents,
    Deed,
    HeldFile,
    Making,
)
from meeting_server.minutes.archive.package import Package, build, check
from meeting_server.minutes.document import to_json
from tests.minutes import earkcheck, sample

PREMIS = "{http://www.loc.gov/premis/v3}"
EAD = "{http://ead3.archivists.org/schema/}"
MAKING = Making(sample.AT + dt.timedelta(days=3), "s1")


def contents(body: bytes = b"%PDF-1.7 protokoll") -> Contents:
    minutes = sample.minutes(3)
    return Contents(
        minutes,
        "0.1.0",
        (
            HeldFile("protokoll.pdf", body, PDF, "Protokollet.", sample.AT),
            HeldFile("protokoll.json", to_json(minutes).encode(), JSON, "Maskinläsbart.", sample.AT),
            HeldFile("handelselogg.ndjson", b"{}\n", NDJSON, "Loggen.", sample.AT, restricted=True),
        ),
        (Agent("s1", "person", "Siv Sand", "sekreterare"), Agent("o", "organization", "Ekhamra kommun")),
        (
            Deed("creation", sample.AT, "Upprättat.", (("s1", "implementer"),), ("protokoll.json",)),
            Deed("fixity check", None, "Hel.", (("klubban", "executing program"),), outcome="pass"),
        ),
    )


@pytest.fixture(scope="module")
def package() -> Package:
    return build(contents(), MAKING)


def opened(package: Package) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package.body)) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def test_the_package_keeps_every_rule_of_the_e_ark_validator_and_every_schema(package: Package) -> None:
    assert earkcheck.faults(package.body) == []


@pytest.mark.parametrize(
    ("was", "becomes", "rule"),
    [
        (b'TYPE="PHYSICAL"', b'TYPE="LOGICAL"', "CSIP81"),
        (b'OAISPACKAGETYPE="SIP"', b'OAISPACKAGETYPE="ZIP"', "CSIP9"),
        (b'USE="Schemas"', b'USE="Scheman"', "CSIP113"),
        (b"profile/E-ARK-SIP.xml", b"profile/E-ARK-SUP.xml", "SIP2"),
        (b'STATUS="CURRENT"', b'STATUS="PRESENT"', "CSIP20_2"),
        (b"<fileSec", b"<filSec", "schema"),
    ],
)
def test_the_rules_hear_what_is_wrong(package: Package, was: bytes, becomes: bytes, rule: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package.body)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name.endswith("METS.xml"):
                assert was in body or "rep1" in name
                body = (
                    body.replace(was, becomes).replace(b"</fileSec", b"</" + becomes[1:])
                    if rule == ("schema")
                    else body.replace(was, becomes)
                )
            new.writestr(name, body)
    assert any(rule in each for each in earkcheck.faults(out.getvalue()))


def test_the_same_contents_give_the_same_bytes(package: Package) -> None:
    again = build(contents(), MAKING)
    assert again.body == package.body
    assert again.name == package.name == f"{contents().package_id}.zip"


def test_the_name_follows_the_meeting_and_its_log_and_nothing_else(package: Package) -> None:
    later = build(contents(b"%PDF-1.7 annat"), Making(sample.AT + dt.timedelta(days=9), "s2"))
    assert later.name == package.name
    assert later.sha256 != package.sha256
    assert contents(b"%PDF-1.7 annat").digest != contents().digest


def test_every_file_stands_in_mets_with_its_size_and_checksum(package: Package) -> None:
    assert check(package.body) == []
    files = opened(package)
    told = {}
    for folder in ("", "representations/rep1/"):
        for locator in etree.fromstring(files[f"{folder}METS.xml"]).iter("{*}FLocat", "{*}mdRef"):
            measured = locator if locator.get("SIZE") else locator.getparent()
            href = locator.get("{http://www.w3.org/1999/xlink}href")
            told[folder + href] = (int(measured.get("SIZE")), measured.get("CHECKSUM"))
    assert told == {
        path: (len(body), hashlib.sha256(body).hexdigest())
        for path, body in files.items()
        if path != "METS.xml"
    }
    assert package.files == len(files)


@pytest.mark.parametrize(
    "path",
    [
        "representations/rep1/data/protokoll.pdf",
        "representations/rep1/data/handelselogg.ndjson",
        "representations/rep1/METS.xml",
        "metadata/preservation/premis.xml",
        "schemas/mets.xsd",
    ],
)
def test_one_changed_byte_is_found_in_the_file_it_is_in(package: Package, path: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package.body)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = bytearray(old.read(name))
            if name.endswith(f"/{path}") and name.count("/") == path.count("/") + 1:
                body[len(body) // 2] ^= 1
            new.writestr(name, bytes(body))
    found = check(out.getvalue())
    assert f"{package.name.removesuffix('.zip')}/{path}" in {fault.path for fault in found}


def test_a_byte_changed_anywhere_in_the_archive_is_found(package: Package) -> None:
    for where in (0.1, 0.5, 0.9):
        broken = bytearray(package.body)
        broken[int(len(broken) * where)] ^= 1
        assert check(bytes(broken))


def test_a_file_taken_out_and_a_file_put_in_are_found(package: Package) -> None:
    out = io.BytesIO()
    root = package.name.removesuffix(".zip")
    with zipfile.ZipFile(io.BytesIO(package.body)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if not name.endswith("protokoll.json"):
                new.writestr(name, old.read(name))
        new.writestr(f"{root}/tillagt.txt", b"x")
    assert {(fault.path.rpartition("/")[2], fault.because) for fault in check(out.getvalue())} == {
        ("protokoll.json", "Filen saknas."),
        ("tillagt.txt", "Filen finns inte i METS.xml."),
    }


@pytest.mark.parametrize("body", [b"inte en zip", b""])
def test_what_is_no_package_is_told(body: bytes) -> None:
    [fault] = check(body)
    assert "kan inte läsas" in fault.because


def test_an_archive_without_mets_or_with_one_that_cannot_be_read_is_told() -> None:
    for name, body, said in (("a/b.txt", b"x", "METS.xml saknas"), ("a/METS.xml", b"<", "kan inte läsas")):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(name, body)
        assert said in check(out.getvalue())[0].because


def test_the_description_names_every_paragraph_with_its_diary_number(package: Package) -> None:
    root = etree.fromstring(opened(package)["metadata/descriptive/ead.xml"])
    rows = [
        (one.findtext(f"{EAD}unittitle"), [each.text for each in one.findall(f"{EAD}unitid")])
        for one in root.iter(f"{EAD}did")
        if one.getparent().tag == f"{EAD}c"
    ]
    assert rows == [
        (each.title, [f"§ {each.number}", *([each.reference] if each.reference else [])])
        for each in contents().minutes.paragraphs
    ]
    assert any(len(numbers) == 2 for _, numbers in rows)


def test_the_history_tells_who_did_what_and_when_the_package_was_made(package: Package) -> None:
    root = etree.fromstring(opened(package)["metadata/preservation/premis.xml"])
    events = {
        one.findtext(f"{PREMIS}eventType"): (
            one.findtext(f"{PREMIS}eventDateTime"),
            [each.text for each in one.iter(f"{PREMIS}linkingAgentIdentifierValue")],
        )
        for one in root.iter(f"{PREMIS}event")
    }
    made = MAKING.at.astimezone(dt.UTC).isoformat(timespec="seconds")
    assert events["information package creation"] == (made, ["s1", "klubban"])
    assert events["fixity check"] == (made, ["klubban"])
    assert events["creation"][1] == ["s1"]
    agents = {one.findtext(f"{PREMIS}agentName") for one in root.iter(f"{PREMIS}agent")}
    assert agents == {"Siv Sand", "Ekhamra kommun", "Klubban"}
    used = {each for _, by in events.values() for each in by}
    assert used <= {one.text for one in root.iter(f"{PREMIS}agentIdentifierValue")}


def test_what_is_to_be_examined_before_it_is_given_out_is_said_of_the_log_alone(package: Package) -> None:
    files = opened(package)
    kept = etree.fromstring(files["representations/rep1/metadata/preservation/premis.xml"])
    names = {
        one.findtext(f"{PREMIS}objectIdentifier/{PREMIS}objectIdentifierValue"): one.findtext(
            f"{PREMIS}originalName"
        )
        for one in kept.iter(f"{PREMIS}object")
    }
    for path in ("metadata", "representations/rep1/metadata"):
        rights = etree.fromstring(files[f"{path}/preservation/premis-rattigheter.xml"])
        linked = [each.text for each in rights.iter(f"{PREMIS}linkingObjectIdentifierValue")]
        assert [names[each] for each in linked] == ["representations/rep1/data/handelselogg.ndjson"]
        assert "ska prövas innan de lämnas ut" in rights.findtext(f".//{PREMIS}restriction")
    assert "arkivmyndigheten" in files["documentation/README.txt"].decode()


def test_a_matter_marked_with_secrecy_is_so_in_the_description() -> None:
    whole = contents()
    marked = whole.minutes.paragraphs[1].matter
    package = build(dataclasses.replace(whole, secret=frozenset({marked})), MAKING)
    assert earkcheck.faults(package.body) == []
    root = etree.fromstring(opened(package)["metadata/descriptive/ead.xml"])
    noted = [one.find(f"{EAD}accessrestrict") is not None for one in root.iter(f"{EAD}c")]
    assert noted == [each.matter == marked for each in whole.minutes.paragraphs]


def test_the_lists_of_votes_are_one_table() -> None:
    minutes = sample.minutes(3)
    rows = list(csv.DictReader(io.StringIO(tables.vote_lists(minutes))))
    lists = [each for paragraph in minutes.paragraphs for each in paragraph.vote_lists]
    assert lists
    assert [row["person"] for row in rows] == [vote.name for each in lists for vote in each.rows]
    assert {row["röst"] for row in rows} <= {"ja", "nej", "avstår", "frånvarande"}


def test_texts_and_json_are_the_same_for_the_same_facts() -> None:
    assert tables.as_text("A", [[("b", "c")]]) == b"A\n\nb: c\n"
    assert json.loads(tables.as_json({"b": 1, "a": "å"})) == {"a": "å", "b": 1}
