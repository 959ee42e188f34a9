"""Holding a whole meeting the way the chair does: by pressing what the console says is next."""

from __future__ import annotations

from typing import Any

from tests.http.house import House, Page


async def hold_meeting(house: House) -> dict[str, str]:
    """The chair presses what the console says is next; the first decision is verified at once."""
    roster = dict(await house.roster("ks"))
    secretary, chair = await house.by(roster["secretary"]), await house.by(roster["chair"])
    for key, person in roster.items():
        if key == "chair" or (key.startswith("m") and key[1:].isdigit()):
            await secretary.must("ks", "record-arrival", person=person)
    async with await chair.follow("ks", "chair") as page:
        await page.next("view")
        declared = False
        while page.sections["meeting"]["phase"] != "closed":
            await press(page, roster)
            matter = page.sections["matter"]
            if matter is not None and matter["decision"] and matter["kind"] == "decision" and not declared:
                declared = True
                answer = await page.give("declare-immediate-verification", matter=matter["matter"])
                assert answer["type"] == "done", answer
    return roster


async def press(page: Page, roster: dict[str, str]) -> None:
    step = page.sections["steps"]["primary"]
    match step["dialog"]:
        case "verifiers":
            acts: list[tuple[str, dict[str, Any]]] = [
                (
                    "appoint-verifiers",
                    {"persons": [roster["m2"]], "place_and_time": "Digitalt inom två veckor"},
                )
            ]
        case "close":
            acts = [("ask-for-reservations", {}), ("close-meeting", {})]
        case _:
            acts = [(step["command"]["name"], step["command"]["data"])]
    for name, data in acts:
        answer = await page.give(name, **data)
        assert answer["type"] == "done", answer
    while (await page.next("view"))["seq"] < answer["seq"]:
        pass


async def verify_whole(house: House) -> None:
    """The held meeting's minutes are frozen, and approved by the chair and the verifier: sealed."""
    roster, here = await house.roster("ks"), "/meetings/ks/minutes"
    secretary = await house.by(roster["secretary"])
    prepared = await secretary.post(f"{here}/prepare", json={})
    sha256 = (await prepared.json())["prepared"]["sha256"]
    for key in ("chair", "m2"):
        answer = await (await house.by(roster[key])).post(f"{here}/approve", json={"sha256": sha256})
        assert answer.status == 200, await answer.text()
