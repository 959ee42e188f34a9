"""Media seen from the pages: a real media process, a member with a moving picture, and what breaks."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from meeting_server import media_protocol as mp
from meeting_server.demo.remote_end import use_loopback
from meeting_server.demo.simulated import Member
from meeting_server.http.keys import CHAMBERS
from meeting_server.media_protocol import MAX_SDP_BYTES
from tests.http.house import House, Page

use_loopback()


@asynccontextmanager
async def a_member_at_a_distance(house: House, person: str) -> AsyncIterator[None]:
    """Somebody with a moving picture who comes in by the doors everybody uses."""
    living = asyncio.create_task(Member(house.url, "ks", person, asyncio.Lock()).live())
    try:
        yield
    finally:
        living.cancel()
        with suppress(asyncio.CancelledError):
            await living


def state_of(page: Page, person: str) -> str:
    rows = page.sections.get("presence") or []
    return next((str(row["state"]) for row in rows if row["person"] == person), "")


async def until_state(page: Page, person: str, state: str) -> None:
    async with asyncio.timeout(60):
        while state_of(page, person) != state:
            await page.read()


async def until_media(page: Page, kind: str) -> dict[str, object]:
    """The next media message of the kind; hints may come at any time."""
    while True:
        message = await page.next("media")
        if message["kind"] == kind:
            return message


async def until_event(page: Page, name: str) -> None:
    """Until the page has been told of the event."""
    async with asyncio.timeout(60):
        while name not in [event["name"] for event in page.events]:
            await page.next("event")


async def until_link(page: Page, person: str, state: str) -> dict[str, object]:
    async with asyncio.timeout(60):
        while True:
            message = await page.next("links")
            link: dict[str, object] = message["links"].get(person, {})
            if link.get("state") == state:
                return link


async def test_a_member_is_let_in_survives_our_crash_and_is_verified_anew_after_their_own(
    live: House,
) -> None:
    roster = await live.roster("ks")
    person = roster["m5"]
    chair = await live.by(roster["chair"])
    async with await chair.follow("ks", "chair") as page:
        async with a_member_at_a_distance(live, person):
            await until_state(page, person, "lobby")
            link = await until_link(page, person, "live")
            assert link["sends_picture"]
            await until_event(page, "link-restored")
            await page.give("confirm-identity", person=person, method="known")
            await until_state(page, person, "remote")

            pid = live.app[CHAMBERS].switchboard.links[0].pid
            assert pid is not None
            os.kill(pid, signal.SIGKILL)
            await until_media(page, "down")
            await until_media(page, "up")
            await until_link(page, person, "live")
            await page.give("record-arrival", person=roster["m1"])
            assert "link-lost" not in [event["name"] for event in page.events]
            assert state_of(page, person) == "remote"
        await until_state(page, person, "dropped")
        async with a_member_at_a_distance(live, person):
            await until_state(page, person, "returning")
            await page.give("confirm-identity", person=person, method="known")
            await until_state(page, person, "remote")
        names = [event["name"] for event in page.events]
        assert [name for name in names if name.startswith("link")] == [
            "link-restored",
            "link-lost",
            "link-restored",
        ]


@pytest.mark.parametrize(
    ("sdp", "reason"),
    [("v=0", "sdp-invalid"), ("nonsense", "sdp-invalid"), ("x" * (MAX_SDP_BYTES + 1), "sdp-too-large")],
    ids=["empty", "nonsense", "too-large"],
)
async def test_a_wrong_sdp_is_answered_with_the_reason_and_the_page_lives(
    live: House, sdp: str, reason: str
) -> None:
    member = await live.by((await live.roster("ks"))["m5"])
    async with await member.follow("ks", "member") as page:
        await page.send({"type": "media", "kind": "join"})
        offer = await until_media(page, "offer")
        await page.send({"type": "media", "kind": "answer", "sdp": sdp, "attempt": offer["attempt"]})
        assert (await until_media(page, "failed"))["reason"] == reason
        assert (await page.give("request-floor", kind="speech"))["type"] == "refused"


@pytest.fixture
async def two(ekhamra: Path, tmp_path: Path) -> AsyncIterator[House]:
    """The server with two media processes of its own, both up."""
    shutil.copy(ekhamra / "klubban.sqlite3", tmp_path / "klubban.sqlite3")
    more = {"media_host": "127.0.0.1", "media_port": 0, "media_processes": 2}
    house = await House.open(tmp_path, demo=True, media_external=False, **more)
    async with asyncio.timeout(30):
        while not all(link.is_up for link in house.app[CHAMBERS].switchboard.links):
            await asyncio.sleep(0.02)
    yield house
    await house.close()


async def test_a_page_whose_process_is_killed_rejoins_by_itself_on_the_other_and_nobody_is_lost(
    two: House,
) -> None:
    roster, board = await two.roster("ks"), two.app[CHAMBERS].switchboard
    person, chair = roster["m5"], await two.by(roster["chair"])
    other = await two.by((await two.roster("kf"))["m5"])
    async with (
        await chair.follow("ks", "chair") as page,
        await other.follow("kf", "member") as elsewhere,
        a_member_at_a_distance(two, person),
    ):
        await until_state(page, person, "lobby")
        await until_event(page, "link-restored")
        await page.give("confirm-identity", person=person, method="known")
        await until_state(page, person, "remote")
        ks, kf = board.link_of("ks"), board.link_of("kf")
        assert ks is not None
        assert kf is not None
        assert ks is not kf
        killed, spared = ks.pid, kf.pid
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
        await until_media(page, "down")
        await until_media(page, "up")
        assert board.link_of("ks") is kf
        await until_link(page, person, "live")
        await page.give("record-arrival", person=roster["m1"])
        assert "link-lost" not in [event["name"] for event in page.events]
        assert state_of(page, person) == "remote"
        assert kf.pid == spared
        # The other meeting has heard nothing of it: the first word of media to its page is its own offer.
        await elsewhere.send({"type": "media", "kind": "join"})
        assert (await elsewhere.next("media"))["kind"] in ("hint", "offer")
        # A check of equipment goes where there is a process, and so does equipment itself.
        assert (await other.post("/check/offer", json={})).status == 200


async def test_a_second_tab_that_joins_takes_over_and_the_first_is_told(live: House) -> None:
    member = await live.by((await live.roster("ks"))["m5"])
    async with await member.follow("ks", "member") as first, await member.follow("ks", "member") as second:
        await first.send({"type": "media", "kind": "join"})
        await until_media(first, "offer")
        await second.send({"type": "media", "kind": "join"})
        await until_media(second, "offer")
        bye = await first.next("bye")
        assert (bye["reason"], bye["again"]) == ("elsewhere", False)


async def test_two_hall_screens_both_get_an_offer(live: House) -> None:
    secretary = await live.by((await live.roster("ks"))["secretary"])
    async with await secretary.follow("ks", "hall") as one, await secretary.follow("ks", "hall") as other:
        for page in (one, other):
            await page.send({"type": "media", "kind": "join"})
            await until_media(page, "offer")


async def test_joining_while_media_is_down_is_answered(house: House) -> None:
    member = await house.by((await house.roster("ks"))["m5"])
    async with await member.follow("ks", "member") as page:
        await page.send({"type": "media", "kind": "join"})
        assert (await page.next("media"))["kind"] == "down"


async def test_pages_are_told_which_pictures_the_process_leaves_out_and_so_is_one_that_comes_later(
    house: House,
) -> None:
    member = await house.by((await house.roster("ks"))["m5"])
    chambers = house.app[CHAMBERS]

    def report(*shed: str) -> None:
        for venue in chambers.venues():
            venue.media.hear(mp.QualityReport("ks", (), shed))

    async def told(page: Page) -> object:
        return (await until_media(page, "shed"))["lines"]

    async with await member.follow("ks", "member") as page:
        for _ in range(2):
            report("hall", "wall")  # said once, however often it is heard
        report("wall")
        assert [await told(page), await told(page)] == [["hall", "wall"], ["wall"]]
        async with await member.follow("ks", "member") as other:
            assert await told(other) == ["wall"]
            report()
            assert await told(other) == []
        assert await told(page) == []


async def test_a_member_page_is_sent_what_it_shows_from_when_it_says_so(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster = await house.roster("ks")
    board = house.app[CHAMBERS].switchboard
    rooms: list[mp.Room] = []
    set_room = board.set_room

    def keep(room: mp.Room) -> None:
        rooms.append(room)
        set_room(room)

    monkeypatch.setattr(board, "set_room", keep)

    async def until_shown(*expected: tuple[str, ...]) -> None:
        """Until pages are sent these, and every other page everything."""
        async with asyncio.timeout(60):
            while {peer.shows for peer in rooms[-1].peers if peer.shows is not None} != set(expected):
                await asyncio.sleep(0.01)

    member, chair = await house.by(roster["m5"]), await house.by(roster["chair"])
    async with await member.follow("ks", "member") as page, await chair.follow("ks", "chair") as console:
        for each in (page, console):
            await each.send({"type": "media", "kind": "view", "view": "hall"})
            await each.send({"type": "media", "kind": "join"})
            await until_media(each, "down")
        await until_shown(("hall",))  # a console shows more than one picture, and gets them all
        await page.send({"type": "media", "kind": "view", "view": "floor"})
        await until_shown(("chair",))  # nobody has the floor
        await page.send({"type": "media", "kind": "view", "view": "everything"})
        assert "kind" in (await page.next("malformed"))["because"]
        async with await member.follow("ks", "member") as other:
            await other.send({"type": "media", "kind": "join"})
            await until_media(other, "down")
            await until_shown()  # a new page has said nothing yet


async def test_a_member_in_the_hall_takes_interpreters_unseen_and_the_chairs_console_stays(
    live: House,
) -> None:
    roster = await live.roster("ks")
    chair, member = await live.by(roster["chair"]), await live.by(roster["m1"])
    async with await chair.follow("ks", "chair") as console:
        for person in (roster["chair"], roster["m1"]):
            await console.give("record-arrival", person=person)
        await console.send({"type": "media", "kind": "join"})
        await until_media(console, "offer")
        async with await member.follow("ks", "member") as page:
            await page.send({"type": "media", "kind": "join"})
            await until_media(page, "offer")
        async with await chair.follow("ks", "member") as beside:
            await beside.send({"type": "media", "kind": "join"})
            assert (await until_media(beside, "failed"))["reason"] == "console"
        await console.give("record-arrival", person=roster["m2"])  # the console is still there
        lines = [venue.media.watch.lines for venue in live.app[CHAMBERS].venues()]
        assert not any(roster["m1"] in known for known in lines)
        assert not [event for event in console.events if event["name"].startswith("link")]
