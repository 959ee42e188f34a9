"""Trying one's equipment over HTTP: judged, kept, shown to its person and to the office."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from meeting_server.config import Settings
from meeting_server.http.checks_made import FINDINGS
from meeting_server.http.device_check import paths, transport
from meeting_server.http.ice import ice_servers
from meeting_server.live.check_verdict import BAD, CALM, WEAK
from tests.http.house import OPENING, House

RESULT = {
    "devices": True,
    "spoke": True,
    "heard": False,
    "paths": {"direct": False, "tls": False},
    "frames": 0,
    "freezes": 0,
    "available_kbit": None,
}


async def test_while_media_is_away_it_is_said_in_a_sentence(house: House) -> None:
    member = await house.by((await house.roster("ks"))["m5"])
    answer = await member.post("/check/offer", json={})
    assert answer.status == 503
    assert "svarar inte" in (await answer.json())["problem"]["because"]
    assert await (await member.get("/check/line")).json() == {"measured": None, "failed": None}


async def test_a_result_is_judged_kept_and_seen_by_the_office(house: House) -> None:
    roster = await house.roster("ks")
    member, secretary = await house.by(roster["m5"]), await house.by(roster["secretary"])
    assert "Har inte provat" in await (await secretary.get("/meetings/ks/checks")).text()
    kept = await (await member.post("/check/result", json=RESULT)).json()
    assert (kept["grade"], kept["findings"]) == ("bad", ["no-path", "unheard"])
    listed = await (await secretary.get("/meetings/ks/checks")).text()
    assert "Ingen förbindelse, hörde inte tonen" in listed
    assert "1 av " in listed
    assert "Fungerar inte" in listed
    assert "fungerar inte" in await (await member.get("/meetings")).text()
    assert '"grade": "bad"' in await (await member.get("/check")).text()


@pytest.mark.parametrize(
    "wrong",
    [
        {"paths": None},
        {"paths": {"pigeon": True}},
        {"heard": "yes"},
        {"frames": -1},
        {"frames": True},
        {"freezes": 10_000_001},
        {"available_kbit": "much"},
    ],
)
async def test_a_result_that_cannot_be_read_is_not_kept(house: House, wrong: dict[str, Any]) -> None:
    member = await house.by((await house.roster("ks"))["m5"])
    assert (await member.post("/check/result", json={**RESULT, **wrong})).status == 400
    assert await house.store.device_checks.of([member.person]) == {}


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("turn:t.example:3478", "udp"),
        ("turn:t.example:3478?transport=udp", "udp"),
        ("turn:t.example:3478?transport=tcp", "tcp"),
        ("turns:t.example:5349", "tls"),
        ("turns:t.example:5349?transport=tcp", "tls"),
        ("turns:t.example:5349?transport=udp", None),
        ("stun:t.example:3478", None),
    ],
)
def test_how_a_relay_is_reached(url: str, kind: str | None) -> None:
    assert transport(url) == kind


def test_each_way_has_only_its_own_servers(tmp_path: Path) -> None:
    secret = tmp_path / "turn-secret"
    secret.write_text("s")
    urls = ("turn:t:3478", "turns:t:5349", "turn:t:3478?transport=tcp", "turn:other:3478")
    settings = replace(Settings(), stun_urls=("stun:t:3478",), turn_urls=urls, turn_secret_file=secret)
    ways = paths(ice_servers(settings, "asa", OPENING))
    found = {str(way["name"]): [server["urls"] for server in way["servers"]] for way in ways}
    assert found == {
        "direct": [],
        "udp": [["turn:t:3478", "turn:other:3478"]],
        "tcp": [["turn:t:3478?transport=tcp"]],
        "tls": [["turns:t:5349"]],
    }
    assert list(found) == ["direct", "udp", "tcp", "tls"]
    assert all(server["credential"] for way in ways for server in way["servers"])


def test_the_office_has_words_for_everything_that_can_be_found() -> None:
    assert set(FINDINGS) == {*BAD, *WEAK, *CALM}
