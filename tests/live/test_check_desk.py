"""A check's room: one for each who tries, nobody else in it, closed when it is over; media played by hand."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from meeting_server import media_protocol as mp
from meeting_server.live import check_desk
from meeting_server.live.check_desk import MOST_ROOMS, CheckDesk, CheckRefused
from meeting_server.live.media_link import MediaDown, MediaEvent, MediaLink, MediaSettings, MediaUp
from meeting_server.live.switchboard import Switchboard
from tests.live.place import SetClock

QUALITY = mp.Quality("self", True, True, False, True, 20, 5, 20, 0.0, 0.0, 20.0, 1400, 1300)


class Line(MediaLink):
    """A line whose other end is the test: what was sent, and what is said; `answers` offers by itself."""

    def __init__(self) -> None:
        super().__init__(MediaSettings(socket=Path("nowhere")))
        self.hello = mp.MediaHello(mp.VERSION, 1, (), 1)
        self.sent: list[mp.FromCore] = []
        self.answers = True

    def _send(self, message: mp.FromCore) -> None:
        self.sent.append(message)
        if isinstance(message, mp.Join) and self.answers:
            asyncio.get_running_loop().call_soon(
                self.say, mp.Offer(message.room, message.peer, "v=0", len(self.sent))
            )

    def say(self, event: MediaEvent) -> None:
        """What the process says."""
        self._tell(event)

    @property
    def rooms(self) -> set[str]:
        """Those that are open."""
        opened = {each.room for each in self.sent if isinstance(each, mp.Room)}
        return opened - {each.room for each in self.sent if isinstance(each, mp.Close)}


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def desk(line: Line) -> CheckDesk:
    return CheckDesk(Switchboard([line], SetClock()), b"secret")


async def test_a_person_sees_themselves_alone_and_is_measured_once_connected(
    desk: CheckDesk, line: Line
) -> None:
    made = await desk.offer("asa")
    (room,) = (each for each in line.sent if isinstance(each, mp.Room))
    assert room.peers == (mp.PeerState("self", True, True, watch="self", mic=True, full=True),)
    assert (room.floor, room.chair, room.hall, room.wall) == (None, None, None, ())
    assert "asa" not in room.room
    line.say(mp.QualityReport(made.room, (QUALITY,)))
    assert desk.samples("asa") == ()
    line.say(mp.Connected(made.room, "self"))
    line.say(mp.QualityReport(made.room, (QUALITY,)))
    line.say(mp.QualityReport("ks", (QUALITY,)))
    assert desk.samples("asa") == (QUALITY,)
    desk.answer("asa", "v=0", made.attempt)
    assert line.sent[-1] == mp.Answer(made.room, "self", "v=0", made.attempt)
    desk.end("asa")
    assert line.rooms == set()
    assert desk.samples("asa") == ()


async def test_a_new_offer_forgets_the_former_connection_and_its_end(desk: CheckDesk, line: Line) -> None:
    made = await desk.offer("asa")
    line.say(mp.Connected(made.room, "self"))
    line.say(mp.QualityReport(made.room, (QUALITY,)))
    again = asyncio.create_task(desk.offer("asa"))
    await asyncio.sleep(0)
    line.say(mp.Lost(made.room, "self", "closed"))
    await again
    assert (desk.samples("asa"), desk.failed("asa")) == ((), None)
    line.say(mp.Lost(made.room, "self", "silent"))
    assert desk.failed("asa") == "silent"


async def test_so_many_may_try_at_the_same_time(desk: CheckDesk, line: Line) -> None:
    for number in range(MOST_ROOMS):
        await desk.offer(f"p{number}")
    with pytest.raises(CheckRefused, match="too-many"):
        await desk.offer("one-more")
    await desk.offer("p0")
    desk.end("p1")
    await desk.offer("one-more")
    assert len(line.rooms) == MOST_ROOMS


async def test_without_media_a_check_is_refused_and_those_under_way_end(
    desk: CheckDesk, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.offer("asa")
    line.answers = False
    waiting = asyncio.create_task(desk.offer("bo"))
    await asyncio.sleep(0)
    line.say(MediaDown())
    with pytest.raises(CheckRefused, match="media-down"):
        await waiting
    assert line.rooms == set()
    line.hello = None
    monkeypatch.setattr(check_desk, "OFFER_SECONDS", 0.0)
    with pytest.raises(CheckRefused, match="media-down"):
        await desk.offer("asa")
    assert line.rooms == set()


async def test_a_media_process_that_is_starting_is_waited_for(desk: CheckDesk, line: Line) -> None:
    hello, line.hello = line.hello, None
    waiting = asyncio.create_task(desk.offer("asa"))
    await asyncio.sleep(0)
    assert not any(isinstance(each, mp.Join) for each in line.sent)
    line.hello = hello
    assert hello is not None
    line.say(MediaUp(hello))
    made = await waiting
    # Back after a moment away: the page has its offer and asks for the next one itself.
    line.say(MediaUp(hello))
    assert [each for each in line.sent if isinstance(each, mp.Join)] == [mp.Join(made.room, "self")]


async def test_a_page_that_has_gone_leaves_no_room(
    desk: CheckDesk, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_desk, "GONE_SECONDS", 0.0)
    made = await desk.offer("asa")
    line.say(mp.Lost(made.room, "self", "closed"))
    async with asyncio.timeout(60):
        while line.rooms:
            await asyncio.sleep(0)
