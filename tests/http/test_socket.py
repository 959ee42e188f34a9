"""The socket of a page: what it is told, what it may send, and what harms nobody."""

from __future__ import annotations

import asyncio
import json

import aiohttp
import pytest

from meeting_server.http.socket import MAX_READ
from meeting_server.live import hub
from meeting_server.wire.commands import MAX_BYTES
from tests.http.house import House

SECTIONS = {
    "meeting",
    "quorum",
    "people",
    "presence",
    "agenda",
    "matter",
    "block",
    "webcast",
    "debate",
    "deciding",
    "division",
    "election",
    "me",
}


async def in_the_room(house: House, meeting: str = "ks") -> dict[str, str]:
    """Everybody is recorded as in the room and the roll call is done."""
    roster = dict(await house.roster(meeting))
    secretary, chair = await house.by(roster["secretary"]), await house.by(roster["chair"])
    for key, person in roster.items():
        if key == "chair" or (key.startswith("m") and key[1:].isdigit()):
            await secretary.must(meeting, "record-arrival", person=person)
    await chair.must(meeting, "open-meeting")
    await chair.must(meeting, "complete-roll-call")
    return roster


async def a_division(house: House, meeting: str = "ks") -> dict[str, str]:
    """A division is open in the first matter that is decided."""
    roster = await in_the_room(house, meeting)
    chair, mover = await house.by(roster["chair"]), await house.by(roster["m1"])
    venue = await house.venue(meeting)
    matter = next(m.matter.id for m in venue.meeting.matters.values() if m.matter.kind == "decision")
    await chair.must(meeting, "take-up-matter", matter=matter)
    await mover.must(meeting, "propose", kind="reject", text="Avslag.", motivation=None)
    await chair.must(meeting, "close-debate")
    await chair.must(meeting, "put-question")
    await chair.must(meeting, "find-carried", candidate=f"{matter}-p0")
    await mover.must(meeting, "demand-division")
    await chair.must(meeting, "open-division")
    return roster


async def test_hello_is_answered_with_welcome_and_the_whole_view(house: House) -> None:
    member = await house.by((await house.roster("ks"))["m1"])
    async with await member.follow("ks", "member") as page:
        assert page.welcome["version"] == "1"
        assert page.welcome["person"] == member.person
        assert page.welcome["media"] == {"up": False}
        await page.next("view")
        assert set(page.sections) == SECTIONS
        assert page.sections["me"]["person"] == member.person


async def test_later_views_hold_only_what_changed(house: House) -> None:
    roster = await house.roster("ks")
    secretary = await house.by(roster["secretary"])
    async with await secretary.follow("ks", "secretary") as page:
        await page.next("view")
        await page.give("record-arrival", person=roster["m1"])
        view = await page.next("view")
        assert "presence" in view["sections"]
        assert "agenda" not in view["sections"]
        assert "people" not in view["sections"]


async def test_events_come_in_order_and_before_the_answer(house: House) -> None:
    roster = await house.roster("ks")
    secretary = await house.by(roster["secretary"])
    async with await secretary.follow("ks", "secretary") as page:
        done = await page.give("record-arrival", person=roster["m1"])
        assert (page.events[-1]["name"], page.events[-1]["seq"]) == ("arrived-in-room", done["seq"])


@pytest.mark.parametrize(
    ("wish", "is_told"), [({}, True), ({"events": True}, True), ({"events": False}, False)]
)
async def test_a_page_that_only_draws_views_is_told_no_event(
    house: House, wish: dict[str, bool], is_told: bool
) -> None:
    roster = await house.roster("ks")
    secretary = await house.by(roster["secretary"])
    async with await secretary.connect("ks", "secretary") as page:
        await page.send({"type": "hello", "versions": ["1"], "after": 0, **wish})
        await page.next("view")
        assert bool(page.events) is is_told, "of the past"
        page.events.clear()
        answer = await page.give("record-arrival", person=roster["m1"])
        view = await page.next("view")
        assert (view["seq"], "presence" in view["sections"]) == (answer["seq"], True)
        assert bool(page.events) is is_told, "of what happens"


async def test_a_page_resumes_after_the_last_event_it_saw(house: House) -> None:
    roster = await house.roster("ks")
    secretary = await house.by(roster["secretary"])
    async with await secretary.follow("ks", "secretary") as page:
        await page.give("record-arrival", person=roster["m1"])
        seen = page.events[-1]["seq"]
    for key in ("m2", "m3"):
        await secretary.must("ks", "record-arrival", person=roster[key])
    async with await secretary.follow("ks", "secretary", after=seen) as page:
        await page.next("view")
        assert [event["data"]["person"] for event in page.events] == [roster["m2"], roster["m3"]]
        assert [event["seq"] for event in page.events] == [seen + 1, seen + 2]


async def test_how_somebody_votes_is_told_to_nobody_before_the_division_is_closed(house: House) -> None:
    roster = await a_division(house)
    voter, chair, secretary = [await house.by(roster[key]) for key in ("m1", "chair", "secretary")]
    pages = {
        "voter": await voter.follow("ks", "member"),
        "other": await (await house.by(roster["m2"])).follow("ks", "member"),
        "chair": await chair.follow("ks", "chair"),
        "secretary": await secretary.follow("ks", "secretary"),
        "hall": await secretary.follow("ks", "hall"),
    }
    assert (await pages["voter"].give("cast-vote", vote="no"))["type"] == "done"
    for page in pages.values():
        await page.until("division", "cast", 1)
    assert pages["voter"].sections["division"]["my_vote"] == "no"
    for name, page in pages.items():
        division = page.sections["division"]
        assert division["tally"] is None
        assert division["votes"] is None
        told = [event for event in page.events if event["name"] == "vote-cast"]
        assert len(told) == (1 if name == "voter" else 0), name
        if name != "voter":
            assert division["my_vote"] is None
    await chair.must("ks", "close-division")
    await pages["hall"].until("division", "status", "preliminary")
    assert pages["hall"].sections["division"]["votes"][roster["m1"]] == "no"
    for page in pages.values():
        await page.socket.close()


async def test_the_event_log_is_not_given_out_while_a_division_is_open(house: House) -> None:
    roster = await a_division(house)
    secretary, chair = await house.by(roster["secretary"]), await house.by(roster["chair"])
    assert (await secretary.get("/meetings/ks/log")).status == 409
    await chair.must("ks", "close-division")
    answer = await secretary.get("/meetings/ks/log")
    assert answer.status == 200
    assert len((await answer.text()).splitlines()) == (await house.venue("ks")).chamber.seq


MALFORMED = [
    "not json",
    "[]",
    '"hello"',
    "{}",
    '{"type":"nonsense"}',
    '{"type":"command"}',
    '{"type":"command","id":"x"}',
    '{"type":"command","id":"x","name":"no-such-act","data":{}}',
    '{"type":"command","id":"x","name":"lose-link","data":{"person":"a","audio":false,"video":false,"reason":"x"}}',
    '{"type":"command","id":"x","name":"cast-vote","data":{"vote":"maybe"}}',
    '{"type":"command","id":"x","name":"cast-vote","data":{"vote":"yes","for":"me"}}',
    '{"type":"command","id":17,"name":"cast-vote","data":{"vote":"yes"}}',
    '{"type":"command","id":"' + "x" * 200 + '","name":"cast-vote","data":{"vote":"yes"}}',
    '{"type":"hello","versions":["1"],"after":null}',
    '{"type":"media"}',
    '{"type":"media","kind":"answer","sdp":7}',
    '{"type":"media","kind":"watch","person":{}}',
    '{"a":' * 200 + "1" + "}" * 200,
    '{"type":"command","id":"x","id":"y","name":"cast-vote","data":{"vote":"yes"}}',
    '{"type":"' + "x" * MAX_BYTES + '"}',
]


@pytest.mark.parametrize("text", MALFORMED, ids=range(len(MALFORMED)))
async def test_a_malformed_message_is_answered_and_the_page_lives(house: House, text: str) -> None:
    roster = await house.roster("ks")
    member = await house.by(roster["m1"])
    async with await member.follow("ks", "member") as page:
        before = (await house.venue("ks")).chamber.seq
        await page.socket.send_str(text)
        answer = await page.next("malformed")
        assert answer["because"]
        assert (await house.venue("ks")).chamber.seq == before
        assert (await page.give("request-floor", kind="speech"))["type"] == "refused"


async def test_a_binary_message_is_answered_too(house: House) -> None:
    member = await house.by((await house.roster("ks"))["m1"])
    async with await member.follow("ks", "member") as page:
        await page.socket.send_bytes(b"\x00\x01")
        assert (await page.next("malformed"))["because"] == "expected text"


async def test_a_message_too_large_to_read_ends_the_page_and_nobody_elses(house: House) -> None:
    roster = await house.roster("ks")
    member, other = await house.by(roster["m1"]), await house.by(roster["m2"])
    async with await member.follow("ks", "member") as page, await other.follow("ks", "member") as beside:
        await page.socket.send_str("x" * (MAX_READ + 1))
        while await page.read():
            pass
        assert page.socket.closed
        assert (await beside.give("request-floor", kind="speech"))["type"] == "refused"


@pytest.mark.parametrize(
    "first", ['{"type":"command","id":"x","name":"depart","data":{}}', '{"type":"media"}']
)
async def test_nothing_is_done_before_hello(house: House, first: str) -> None:
    member = await house.by((await house.roster("ks"))["m1"])
    async with await member.connect("ks", "member") as page:
        await page.socket.send_str(first)
        assert (await page.next("malformed"))["because"] == "the first message is hello"


@pytest.mark.parametrize(
    "hello",
    [
        {"versions": ["2"]},
        {"versions": "1"},
        {"versions": ["1"], "after": -1},
        {"versions": ["1"], "after": "7"},
        {"versions": ["1"], "events": 0},
        {"versions": ["1"], "events": None},
    ],
)
async def test_a_hello_the_server_cannot_follow_is_answered(house: House, hello: dict[str, object]) -> None:
    member = await house.by((await house.roster("ks"))["m1"])
    async with await member.connect("ks", "member") as page:
        await page.send({"type": "hello", **hello})
        assert await page.next("malformed")
        await page.send({"type": "hello", "versions": ["1", "7"]})
        assert await page.next("welcome")


async def test_a_command_from_someone_without_the_right_is_refused_with_the_ground(house: House) -> None:
    member = await house.by((await house.roster("ks"))["m1"])
    async with await member.follow("ks", "member") as page:
        answer = await page.give("open-meeting")
        assert answer["refusal"]["code"] == "not-your-role"
        assert answer["refusal"]["because"].startswith("Bara ordföranden")


@pytest.mark.parametrize("role", ["chair", "secretary", "hall", "king", ""])
async def test_a_role_one_does_not_have_opens_no_socket(house: House, role: str) -> None:
    member = await house.by((await house.roster("ks"))["m5"])
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await member.connect("ks", role)
    assert refused.value.status == 403


@pytest.mark.parametrize(
    ("csrf", "headers"), [("guess", {}), ("", {}), (None, {"Origin": "https://elsewhere.example"})]
)
async def test_another_sites_page_opens_no_socket(
    house: House, csrf: str | None, headers: dict[str, str]
) -> None:
    member = await house.by((await house.roster("ks"))["m1"])
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await member.connect("ks", "member", csrf, headers=headers)
    assert refused.value.status == 403


async def test_the_same_command_on_a_new_line_is_done_once(house: House) -> None:
    roster = await a_division(house)
    voter = await house.by(roster["m1"])
    async with await voter.follow("ks", "member") as page:
        first = await page.give("cast-vote", "click", vote="yes")
    async with await voter.follow("ks", "member") as page:
        again = await page.give("cast-vote", "click", vote="yes")
    assert first == again
    over_http = await voter.command("ks", "cast-vote", {"vote": "yes"}, "click")
    assert over_http["done"]["seq"] == first["seq"]


async def test_two_tabs_of_a_member_show_the_same_and_vote_once_each_time(house: House) -> None:
    roster = await a_division(house)
    voter = await house.by(roster["m1"])
    one, other = await voter.follow("ks", "member"), await voter.follow("ks", "member")
    await one.give("cast-vote", vote="yes")
    await other.give("cast-vote", vote="no")
    for page in (one, other):
        await page.until("division", "my_vote", "no")
        assert page.sections["division"]["cast"] == 1
        await page.socket.close()


async def test_a_page_that_does_not_read_is_dropped_and_harms_nobody(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "OUTBOX", 5)
    roster = await house.roster("ks")
    secretary, member = await house.by(roster["secretary"]), await house.by(roster["m1"])
    async with (
        await secretary.follow("ks", "secretary") as quick,
        await member.follow("ks", "member") as slow,
    ):
        viewers = (await house.venue("ks")).hub.viewers
        asleep = next(viewer for viewer in viewers.values() if viewer.person == member.person)
        asleep.wake = (
            asyncio.Event()
        )  # the writer sleeps on the old one: as good as a line that takes nothing
        for n in range(1, 11):
            assert (await quick.give("record-arrival", person=roster[f"m{n}"]))["type"] == "done"
        assert asleep.bye == "slow"
        while await slow.read():
            pass
        assert slow.socket.closed


async def test_too_many_messages_are_answered_and_not_carried_out(house: House) -> None:
    member = await house.by((await house.roster("ks"))["m1"])
    async with await member.follow("ks", "member") as page:
        for n in range(120):
            await page.send(
                {"type": "command", "id": f"n{n}", "name": "request-floor", "data": {"kind": "speech"}}
            )
        answers = [await page.next("refused") for _ in range(120)]
        codes = {answer["refusal"]["code"] for answer in answers}
        assert len({answer["id"] for answer in answers}) == 120
        assert "too-many-messages" in codes
        assert len(codes) == 2


async def test_signing_out_closes_the_persons_pages_of_that_login(house: House) -> None:
    person = (await house.roster("ks"))["m1"]
    here, elsewhere = await house.by(person), await house.by(person)
    async with await here.follow("ks", "member") as page, await elsewhere.follow("ks", "member") as other:
        await here.post("/signout")
        bye = await page.next("bye")
        assert (bye["reason"], bye["again"]) == ("signed-out", False)
        assert (await other.give("request-floor", kind="speech"))["type"] == "refused"


async def test_who_hands_over_the_chair_loses_the_chairs_page(house: House) -> None:
    roster = await in_the_room(house)
    chair = await house.by(roster["chair"])
    venue = await house.venue("ks")
    vice = next(p.id for p in venue.meeting.people.values() if p.presidium == "first_vice_chair")
    async with await chair.follow("ks", "chair") as page:
        await page.send({"type": "command", "id": "h", "name": "hand-over-chair", "data": {"person": vice}})
        bye = await page.next("bye")
        assert (bye["reason"], bye["again"]) == ("role", False)
    answer = await chair.get("/meetings/ks/chair")
    assert (answer.status, answer.headers["Location"]) == (303, "/meetings/ks")
    await (await house.by(vice)).follow("ks", "chair")


async def test_a_page_that_goes_away_in_the_middle_of_a_command_changes_nothing_else(house: House) -> None:
    roster = await house.roster("ks")
    secretary = await house.by(roster["secretary"])
    page = await secretary.follow("ks", "secretary")
    for n in range(1, 6):
        await page.send(
            {"type": "command", "id": f"n{n}", "name": "record-arrival", "data": {"person": roster[f"m{n}"]}}
        )
    await page.socket.close()
    venue = await house.venue("ks")
    rows = await house.store.log.read("ks")
    async with await secretary.follow("ks", "secretary") as again:
        for n in range(1, 6):
            assert (await again.give("record-arrival", f"n{n}", person=roster[f"m{n}"]))["type"] == "done"
    assert len(rows) <= venue.chamber.seq == 6


async def test_the_hall_screen_is_told_the_code_and_shows_it_as_a_picture(house: House) -> None:
    secretary = await house.by((await house.roster("ks"))["secretary"])
    async with await secretary.follow("ks", "hall") as page:
        code = await page.next("code")
        assert len(code["code"]) == 5
        assert code["url"] == f"http://klubban.test/c/ks/{code['code']}"
        picture = await secretary.get(code["qr"])
        assert picture.content_type == "image/svg+xml"


async def test_a_stopping_server_says_come_back(house: House) -> None:
    member = await house.by((await house.roster("ks"))["m1"])
    page = await member.follow("ks", "member")
    stopping = asyncio.create_task(house.runner.cleanup())
    bye = await page.next("bye")
    assert (bye["reason"], bye["again"]) == ("restart", True)
    await stopping
    await page.socket.close()


async def test_what_a_page_is_sent_is_compact_json(house: House) -> None:
    member = await house.by((await house.roster("ks"))["m1"])
    async with await member.follow("ks", "member") as page:
        frame = await page.socket.receive()
        assert json.loads(frame.data)
        assert '": ' not in frame.data[:200]
