"""The page and the files of what was measured: who took part, how, and whether it still fits the log."""

from __future__ import annotations

from dataclasses import replace

from meeting_server.meeting import SYSTEM, Actor
from meeting_server.meeting import presence as pr
from meeting_server.store.evidence import as_evidence
from tests.http.house import House
from tests.http.walk import press
from tests.live.test_liveness import GOOD

HERE = "/meetings/ks/evidence"


async def a_roll_call(house: House) -> dict[str, str]:
    """The executive's roll call is done: m5 takes part at a distance, first with a covered camera."""
    roster = dict(await house.roster("ks"))
    venue = await house.venue("ks")
    chair, away = Actor(roster["chair"]), roster["m5"]
    for key, person in roster.items():
        if (key == "chair" or key.startswith("m")) and person != away:
            await venue.chamber.execute(chair, pr.RecordArrival(person), f"here-{person}")
    await venue.chamber.execute(Actor(away), pr.EnterLobby(), "lobby")
    await venue.chamber.execute(SYSTEM, pr.RestoreLink(away), "restored")
    await venue.chamber.execute(chair, pr.ConfirmIdentity(away, "known"), "known")
    at = house.clock.monotonic()
    for second, quality in enumerate([replace(GOOD, key_bytes=60)] * 2 + [GOOD] * 4):
        venue.media.observation.read(away, quality, at + second)
        venue.media.observation.second(venue.meeting, {away: "live"}, {away}, at + second, house.clock.now())
    async with await (await house.by(roster["chair"])).follow("ks", "chair") as page:
        await page.next("view")
        while not page.sections["meeting"]["roll_call_done"]:
            await press(page, roster)
    await venue.evidence.attend()
    return roster


async def test_the_page_tells_of_each_decision_who_took_part_and_how(house: House) -> None:
    roster = await a_roll_call(house)
    secretary = await house.by(roster["secretary"])
    answer = await secretary.get(HERE)
    text = await answer.text()
    assert answer.status == 200, text
    name = (await house.venue("ks")).meeting.people[roster["m5"]].name
    assert "Uppropet avslutat" in text
    assert name in text
    assert "Stämmer med loggens kontrollsumma" in text
    assert "Något täckte kameran" in text
    assert "Rörlig bild" in text
    assert "känd för ordföranden" in text


async def test_the_page_says_when_the_evidence_was_touched(house: House) -> None:
    roster = await a_roll_call(house)
    [evidence] = await house.store.evidence.of("ks")
    data = evidence.data
    data["people"] = [each for each in data["people"] if each["person"] != roster["m5"]]
    await house.store.evidence.keep("ks", as_evidence(evidence.about, data))
    text = await (await (await house.by(roster["chair"])).get(HERE)).text()
    assert "är ändrat" in text
    assert "Stämmer med loggens kontrollsumma" not in text


async def test_a_meeting_without_decisions_says_so(house: House) -> None:
    roster = await house.roster("ks")
    text = await (await (await house.by(roster["secretary"])).get(HERE)).text()
    assert "Inget beslut är fattat än" in text


async def test_all_of_it_can_be_taken_away_as_files(house: House) -> None:
    roster = await a_roll_call(house)
    venue = await house.venue("ks")
    await venue.evidence.close()
    secretary = await house.by(roster["secretary"])
    whole = await (await secretary.get(f"{HERE}.json")).json(content_type=None)
    assert [each["evidence"]["about"]["type"] for each in whole["decisions"]] == ["roll-call-completed"]
    assert {each["person"] for each in whole["minutes"]} == {roster["m5"]}
    rows = (await (await secretary.get(f"{HERE}.csv")).text()).splitlines()
    assert rows[0].startswith("person,at,line,picture")
    assert rows[1].startswith(roster["m5"])
