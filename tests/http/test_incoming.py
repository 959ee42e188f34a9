"""What is malformed is told as that, and never as a database or a program that has broken."""

from __future__ import annotations

from typing import Any

import pytest

from tests.http.house import House

MINUTES = "/meetings/ks/minutes"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/notice-board/999999999", 404),
        ("/notice-board/3000000000", 404),
        ("/notice-board/99999999999999999999", 404),
        ("/notice-board/%C2%B2", 404),
        ("/notice-board/-1", 404),
        ("/photos/a%00", 404),
        ("/static/a%00", 404),
        ("/meetings/ks%00/minutes", 404),
        ("/meetings/ks/documents/m1%00", 404),
        ("/invite/a%00", 404),
        ("/signin?next=%00", 400),
        ("/meetings/ks/view?role=%00", 400),
    ],
)
async def test_an_address_that_no_text_can_name_leads_nowhere(house: House, path: str, status: int) -> None:
    secretary = await house.by((await house.roster("ks"))["secretary"])
    assert (await secretary.get(path)).status == status


async def test_a_stranger_is_answered_as_everybody(house: House) -> None:
    stranger = house.visitor()
    assert (await stranger.get("/notice-board/99999999999999999999")).status == 404
    assert (await stranger.get("/photos/a%00")).status == 404
    broken = {"Authorization": b"Bearer \xff".decode("utf-8", "surrogateescape")}
    assert (await stranger.post("/booth/leave", json={"visit": "x"}, csrf=False, headers=broken)).status in (
        401,
        403,
    )


@pytest.mark.parametrize("sign", ["\0", "\ud800"])
@pytest.mark.parametrize(
    ("way", "body"),
    [
        ("prepare", {"matter": "m{}"}),
        ("approve", {"sha256": "{}"}),
        ("remark", {"sha256": "", "text": "a{}", "paragraph": None}),
        ("remark", {"sha256": "", "text": "a", "paragraph": ["{}"]}),
        ("remark", {"sha256": "", "text": "a", "{}": None}),
    ],
)
async def test_json_with_what_no_text_can_hold_is_malformed(
    closed: House, sign: str, way: str, body: dict[str, Any]
) -> None:
    roster = await closed.roster("ks")
    person = await closed.by(roster["secretary" if way == "prepare" else "m2"])

    def filled(value: Any) -> Any:
        if isinstance(value, list):
            return [filled(each) for each in value]
        return value.replace("{}", sign) if isinstance(value, str) else value

    sent = {filled(name): filled(value) for name, value in body.items()}
    answer = await person.post(f"{MINUTES}/{way}", json=sent)
    assert answer.status == 400
    assert "nolltecken" in (await answer.json())["problem"]["because"]


@pytest.mark.parametrize(
    ("based_on", "status"), [(-1, 400), (0, 200), (10**9, 409), (10**9 + 1, 400), (10**30, 400)]
)
async def test_a_version_is_a_number_a_database_has(closed: House, based_on: int, status: int) -> None:
    secretary = await closed.by((await closed.roster("ks"))["secretary"])
    shown = (await (await secretary.get(f"{MINUTES}.json")).json())["paragraphs"][0]
    body = {"text": f"{shown['text']}\n\nEtt tillägg.", "based_on": based_on}
    answer = await secretary.put(f"{MINUTES}/texts/{shown['matter']}", json=body)
    assert answer.status == status, await answer.text()


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("notices", {"kind": "how_to_appeal", "title": "a\0b", "text": "x"}),
        ("notices", {"kind": "how_to_appeal", "title": "a", "text": "x\0"}),
        ("summons", {"scope": "\0"}),
        ("summons/by-hand", {"scope": "meeting", "on": "2026-11-10", "how": "a\0b"}),
        ("equipment", {"label": "a\0", "kind": "camera"}),
    ],
)
async def test_a_form_with_what_no_text_can_hold_is_malformed(
    house: House, path: str, form: dict[str, str]
) -> None:
    secretary = await house.by((await house.roster("ks"))["secretary"])
    answer = await secretary.post(f"/meetings/ks/{path}", data=form)
    assert answer.status == 400, await answer.text()
    assert "nolltecken" in await answer.text()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"username=\xff", "application/x-www-form-urlencoded"),
        (b"username=a", "application/x-www-form-urlencoded; charset=ingen"),
        (b"username=a", "multipart/form-data"),
    ],
)
async def test_a_form_that_cannot_be_read_is_malformed(house: House, body: bytes, kind: str) -> None:
    stranger = house.visitor()
    answer = await stranger.post("/signin", csrf=False, data=body, headers={"Content-Type": kind})
    assert answer.status == 400, await answer.text()
