"""From a closed meeting to a sealed PDF: edit, freeze, approve, seal, and what can go wrong with each."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.minutes import signing
from meeting_server.store import tables
from tests.http.house import Browser, House

HERE = "/meetings/ks/minutes"


async def desk(browser: Browser) -> dict[str, Any]:
    found: dict[str, Any] = await (await browser.get(f"{HERE}.json")).json()
    return found


async def decision(browser: Browser) -> dict[str, Any]:
    """The first paragraph of the desk in which something was decided."""
    return next(each for each in (await desk(browser))["paragraphs"] if "# Beslut" in each["text"])


async def test_the_minutes_of_a_meeting_are_approved_and_sealed(closed: House) -> None:
    house, roster = closed, await closed.roster("ks")
    secretary, chair, verifier, member = [
        await house.by(roster[key]) for key in ("secretary", "chair", "m2", "m5")
    ]
    assert (await member.get(HERE)).status == 403
    assert (await desk(secretary))["status"] == "to_prepare"
    prepared = await secretary.post(f"{HERE}/prepare", json={})
    assert prepared.status == 200, await prepared.text()
    sha256 = (await prepared.json())["prepared"]["sha256"]
    assert hashlib.sha256(await chair.download(f"{HERE}/draft.pdf")).hexdigest() == sha256
    assert (await secretary.get(f"{HERE}/justerat.pdf")).status == 409

    assert (await secretary.post(f"{HERE}/approve", json={"sha256": sha256})).status == 403
    for approver in (chair, verifier):
        answer = await approver.post(f"{HERE}/approve", json={"sha256": sha256})
        assert answer.status == 200, await answer.text()
    assert (await desk(secretary))["status"] == "verified"
    assert (await desk(secretary))["sealed"]

    sealed = await member.download(f"{HERE}/justerat.pdf")
    certificate = house.settings.data_dir / "seal" / "seal-cert.pem"
    report = await signing.verify_seal(sealed, [certificate])
    assert report.ok, report.because
    assert (await member.get(HERE)).status == 200
    again = await secretary.post(f"{HERE}/prepare", json={})
    assert (await again.json())["refused"]["code"] == "minutes-verified"


async def test_a_paragraph_declared_immediately_verified_is_approved_and_sealed_by_itself(
    closed: House,
) -> None:
    roster = await closed.roster("ks")
    secretary, chair, verifier, member = [
        await closed.by(roster[key]) for key in ("secretary", "chair", "m2", "m5")
    ]
    paragraph = next(each for each in (await desk(secretary))["paragraphs"] if each["immediate"])
    other = next(each for each in (await desk(secretary))["paragraphs"] if not each["immediate"])
    wrong = await secretary.post(f"{HERE}/prepare", json={"matter": other["matter"]})
    assert wrong.status == 409
    assert (await secretary.post(f"{HERE}/prepare", json={"matter": paragraph["matter"]})).status == 200
    for approver in (chair, verifier):
        shown = next(p for p in (await desk(approver))["paragraphs"] if p["matter"] == paragraph["matter"])
        assert shown["may_approve"]
        body = {"sha256": shown["prepared"]["sha256"], "paragraph": paragraph["matter"]}
        answer = await approver.post(f"{HERE}/approve", json=body)
        assert answer.status == 200, await answer.text()
    pdf = await member.download(f"{HERE}/paragraphs/{paragraph['matter']}.pdf")
    certificate = closed.settings.data_dir / "seal" / "seal-cert.pem"
    assert (await signing.verify_seal(pdf, [certificate])).ok
    assert (await member.get(f"{HERE}/justerat.pdf")).status == 409


async def immediate(browser: Browser) -> dict[str, Any]:
    """The § that was declared immediately verified."""
    return next(each for each in (await desk(browser))["paragraphs"] if each["immediate"])


async def test_a_paragraph_that_is_immediately_verified_is_never_rewritten(closed: House) -> None:
    roster = await closed.roster("ks")
    secretary, chair, verifier = [await closed.by(roster[key]) for key in ("secretary", "chair", "m2")]
    matter = (await immediate(secretary))["matter"]
    address = f"{HERE}/texts/{matter}"

    async def save(line: str) -> dict[str, Any]:
        shown = await immediate(secretary)
        body = {"text": f"{shown['text']}\n\n{line}", "based_on": shown["version"], "seen": shown["text"]}
        found: dict[str, Any] = await (await secretary.put(address, json=body)).json()
        return found

    async def approve(by: Browser) -> dict[str, Any]:
        locked = (await immediate(secretary))["prepared"]["sha256"]
        answer = await by.post(f"{HERE}/approve", json={"sha256": locked, "paragraph": matter})
        found: dict[str, Any] = await answer.json()
        return found

    assert (await secretary.post(f"{HERE}/prepare", json={"matter": matter})).status == 200
    assert "refused" not in await approve(chair)
    assert "refused" not in await save("Ändrad medan den var låst.")
    changed = (await approve(verifier))["refused"]
    assert changed["code"] == "paragraph-changed"
    assert "har ändrats sedan den låstes" in changed["because"]
    assert (await secretary.post(f"{HERE}/prepare", json={"matter": matter})).status == 200
    for approver in (chair, verifier):
        assert "refused" not in await approve(approver)
    version = (await immediate(secretary))["version"]
    words = (await immediate(secretary))["text"]
    assert words.rstrip().endswith("Ändrad medan den var låst.")
    for refusal in (
        (await save("Efter justeringen."))["refused"],
        (await (await secretary.put(address, json={"restore": "decision", "based_on": version})).json())[
            "refused"
        ],
        (await (await secretary.post(f"{HERE}/prepare", json={"matter": matter})).json())["refused"],
    ):
        assert refusal["code"] == "minutes-verified"
        assert "är omedelbart justerad och ändras inte" in refusal["because"]
    assert (await immediate(secretary))["text"] == words


async def test_the_secretarys_page_hears_of_what_is_no_event(closed: House) -> None:
    roster = await closed.roster("ks")
    secretary, chair, verifier = [await closed.by(roster[key]) for key in ("secretary", "chair", "m2")]
    async with await secretary.follow("ks", "secretary") as page, await chair.follow("ks", "chair") as other:
        for socket in (page, other):
            await socket.next("view")
        paragraph = await decision(secretary)
        text = {"text": paragraph["text"] + "\n\nEtt tillägg.", "based_on": paragraph["version"]}
        await secretary.put(f"{HERE}/texts/{paragraph['matter']}", json=text)
        assert await page.next("minutes") == {"type": "minutes"}
        sha256 = (await (await secretary.post(f"{HERE}/prepare", json={})).json())["prepared"]["sha256"]
        assert await page.next("minutes")
        await verifier.post(f"{HERE}/remark", json={"sha256": sha256, "paragraph": None, "text": "Stavfel."})
        assert await page.next("minutes")
        for approver in (chair, verifier):
            await approver.post(f"{HERE}/approve", json={"sha256": sha256})
            assert await page.next("minutes")
        assert (await desk(secretary))["status"] == "verified"
        await other.send({"type": "nonsense", "id": "last"})
        assert (await other.next("minutes", "malformed"))["type"] == "malformed"  # nobody else hears it


async def test_an_approval_of_a_version_that_has_been_replaced_is_refused(closed: House) -> None:
    house = closed
    roster = await house.roster("ks")
    secretary, chair = await house.by(roster["secretary"]), await house.by(roster["chair"])
    old = (await (await secretary.post(f"{HERE}/prepare", json={})).json())["prepared"]["sha256"]
    paragraph = await decision(secretary)
    changed = {"text": paragraph["text"] + "\n\nEtt tillägg.", "based_on": paragraph["version"]}
    saved = await secretary.put(f"{HERE}/texts/{paragraph['matter']}", json=changed)
    assert saved.status == 200, await saved.text()
    new = (await (await secretary.post(f"{HERE}/prepare", json={})).json())["prepared"]["sha256"]
    assert old != new
    answer = await chair.post(f"{HERE}/approve", json={"sha256": old})
    assert (answer.status, (await answer.json())["refused"]["code"]) == (409, "minutes-changed")
    assert (await chair.post(f"{HERE}/approve", json={"sha256": new})).status == 200


async def test_a_stale_form_does_not_overwrite_a_newer_text(closed: House) -> None:
    house = closed
    roster = await house.roster("ks")
    one, other = await house.by(roster["secretary"]), await house.by(roster["secretary"])
    paragraph = await decision(one)
    address = f"{HERE}/texts/{paragraph['matter']}"
    mine = {"text": paragraph["text"] + "\n\nMin rad.", "based_on": paragraph["version"]}
    theirs = {"text": paragraph["text"] + "\n\nDin rad.", "based_on": paragraph["version"]}
    assert (await one.put(address, json=mine)).status == 200
    stale = await other.put(address, json=theirs)
    assert (stale.status, (await stale.json())["problem"]["code"]) == (409, "stale")
    assert "Min rad." in (await decision(other))["text"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"text": "x"}, 400),
        ({"text": 7, "based_on": 0}, 400),
        ({"based_on": 0}, 400),
        ({"text": "x", "based_on": True}, 400),
        ({"text": "# Beslut\n\nDärmed \u13a0 slut.", "based_on": 0}, 409),
        ({"text": "# Beslut\n\nhej \r du", "based_on": 0}, 409),
        ({"text": "# Beslut\n\nhej \x0b du", "based_on": 0}, 409),
        ({"text": "x" * 300_000, "based_on": 0}, 413),
    ],
)
async def test_a_text_that_cannot_be_kept_is_refused_in_words(
    closed: House, body: dict[str, Any], status: int
) -> None:
    house = closed
    roster = await house.roster("ks")
    secretary = await house.by(roster["secretary"])
    matter = (await decision(secretary))["matter"]
    answer = await secretary.put(f"{HERE}/texts/{matter}", json=body)
    assert answer.status == status, await answer.text()
    assert (await answer.json())["problem"]["because"]


async def test_a_control_character_an_older_server_took_stops_nobody(closed: House) -> None:
    roster = await closed.roster("ks")
    secretary, chair, verifier = [await closed.by(roster[key]) for key in ("secretary", "chair", "m2")]
    paragraph = await decision(secretary)
    matter, clean = paragraph["matter"], f"{paragraph['text']}\n\nHej du.\n"
    saved = await secretary.put(f"{HERE}/texts/{matter}", json={"text": clean, "based_on": 0})
    assert saved.status == 200
    about: dict[str, Any] = {"by": roster["secretary"], "at": closed.clock.now()}
    minutes = closed.store.minutes
    kept = (await minutes.texts("ks"))[matter].text.replace("Hej du.", "Hej \\r du.")
    await minutes.save_text("ks", matter, kept, based_on=1, **about)
    frozen = json.dumps((await desk(secretary))["minutes"]).replace("Hej ", "Hej \\r\\u0000 ")
    await minutes.prepare("ks", scope="minutes", pdf=b"%PDF", document=frozen, **about)
    for browser in (secretary, chair, verifier):
        assert (await browser.get(f"{HERE}.json")).status == 200
        assert (await browser.get(HERE)).status == 200
    assert "Hej [U+000D][U+0000]" in json.dumps(await desk(chair))
    assert (await secretary.get(f"{HERE}/draft.pdf?draft")).status == 200
    mended = await secretary.put(f"{HERE}/texts/{matter}", json={"text": clean, "based_on": 2})
    assert mended.status == 200, await mended.text()
    assert (await secretary.post(f"{HERE}/prepare", json={})).status == 200
    assert "Hej du." in json.dumps(await desk(chair))


async def test_the_secretary_can_take_the_logs_words_back(closed: House) -> None:
    house = closed
    roster = await house.roster("ks")
    secretary = await house.by(roster["secretary"])
    paragraph = await decision(secretary)
    address = f"{HERE}/texts/{paragraph['matter']}"
    text = paragraph["text"].replace("# Beslut\n", "# Beslut\nEnhälligt:\n\n", 1)
    await secretary.put(address, json={"text": text, "based_on": 0})
    edited = await decision(secretary)
    assert edited["status"] == "edited"
    answer = await secretary.put(address, json={"restore": "decision", "based_on": edited["version"]})
    assert answer.status == 200, await answer.text()
    assert (await decision(secretary))["text"] == paragraph["text"]


async def test_a_verifiers_remark_is_seen_at_the_desk(closed: House) -> None:
    house = closed
    roster = await house.roster("ks")
    secretary, verifier = await house.by(roster["secretary"]), await house.by(roster["m2"])
    sha256 = (await (await secretary.post(f"{HERE}/prepare", json={})).json())["prepared"]["sha256"]
    number = (await decision(secretary))["number"]
    remark = {"sha256": sha256, "paragraph": number, "text": "Mitt namn är felstavat."}
    assert (await verifier.post(f"{HERE}/remark", json=remark)).status == 200
    assert (await verifier.post(f"{HERE}/remark", json={**remark, "text": " "})).status == 400
    [seen] = (await desk(secretary))["remarks"]
    assert (seen["person"], seen["paragraph"], seen["text"]) == (roster["m2"], number, remark["text"])


@pytest.mark.parametrize("paragraph", ["\u00b2", "198", 9999, 1.0, True, [1], {}, "x" * 50_000])
async def test_a_remark_is_about_a_paragraph_there_is(closed: House, paragraph: object) -> None:
    roster = await closed.roster("ks")
    secretary, verifier = await closed.by(roster["secretary"]), await closed.by(roster["m2"])
    sha256 = (await (await secretary.post(f"{HERE}/prepare", json={})).json())["prepared"]["sha256"]
    remark = {"sha256": sha256, "paragraph": paragraph, "text": "Mitt namn är felstavat."}
    answer = await verifier.post(f"{HERE}/remark", json=remark)
    assert answer.status == 400
    assert "Paragrafen finns inte" in (await answer.json())["problem"]["because"]
    assert (await desk(secretary))["remarks"] == []


@pytest.mark.parametrize("stored", ["\u00b2", "9" * 5000, "m4"])
async def test_a_remark_kept_with_what_is_no_paragraph_is_one_on_the_whole(
    closed: House, stored: str
) -> None:
    roster = await closed.roster("ks")
    secretary = await closed.by(roster["secretary"])
    sha256 = (await (await secretary.post(f"{HERE}/prepare", json={})).json())["prepared"]["sha256"]
    about: dict[str, Any] = {"person": roster["m2"], "text": "Stavfel.", "at": closed.clock.now()}
    await closed.store.minutes.remark("ks", sha256, paragraph=stored, **about)
    [seen] = (await desk(secretary))["remarks"]
    assert (seen["paragraph"], seen["text"]) == (None, "Stavfel.")


async def test_without_a_seal_the_approvals_are_kept_and_the_seal_is_set_when_there_is_one(
    held: Path, tmp_path: Path
) -> None:
    shutil.copy(held / "klubban.sqlite3", tmp_path / "klubban.sqlite3")
    house = await House.open(tmp_path)
    roster = await house.roster("ks")
    secretary = await house.by(roster["secretary"])
    sha256 = (await (await secretary.post(f"{HERE}/prepare", json={})).json())["prepared"]["sha256"]
    chair, verifier = await house.by(roster["chair"]), await house.by(roster["m2"])
    await chair.post(f"{HERE}/approve", json={"sha256": sha256})
    last = await verifier.post(f"{HERE}/approve", json={"sha256": sha256})
    assert (await last.json())["refused"]["code"] == "no-seal"
    again = await secretary.post(f"{HERE}/prepare", json={})
    assert (await again.json())["refused"]["code"] == "minutes-verified"  # it would undo the approvals
    await house.close()
    house = await House.open(tmp_path, demo=True)
    secretary = await house.by(roster["secretary"])
    assert (await secretary.download(f"{HERE}/justerat.pdf")).startswith(b"%PDF")
    await house.close()


async def test_who_is_to_verify_finds_the_meeting_when_the_register_has_moved_on(closed: House) -> None:
    roster = await closed.roster("ks")
    secretary = await closed.by(roster["secretary"])
    assert (await secretary.post(f"{HERE}/prepare", json={})).status == 200

    async def work(connection: AsyncConnection) -> None:
        await connection.execute(delete(tables.mandates))

    await closed.store.database.write(work)
    for key in ("chair", "m2"):
        page = await (await (await closed.by(roster[key])).get("/meetings")).text()
        assert "Justera protokollet: Kommunstyrelsen" in page
    assert "Justera protokollet" not in await (await (await closed.by(roster["m5"])).get("/meetings")).text()


async def test_minutes_are_not_frozen_before_the_meeting_is_closed(house: House) -> None:
    secretary = await house.by((await house.roster("ks"))["secretary"])
    answer = await secretary.post(f"{HERE}/prepare", json={})
    assert answer.status == 409
    assert (await answer.json())["refused"]["because"]
