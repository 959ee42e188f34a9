"""The real wall process behind a real media process: who is shown to whom, and what happens when it dies."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any

import pytest

from meeting_server import media_protocol as mp
from meeting_server.demo import moving
from meeting_server.media.wall.assembler import Assembler
from meeting_server.media.wall.canvas import Plane
from meeting_server.media.wall.codec import Decoder
from tests.media.member import Ear, Heard, Member, eventually
from tests.media.test_simulated import a_simulated

pytestmark = pytest.mark.parametrize("ear", [5.0], indirect=True, ids=["wall"])


@pytest.fixture(scope="module")
def loops() -> dict[str, moving.Loop]:
    """A thumbnail."""
    return {"thumb": moving.picture("astrid", is_full=False)}


@pytest.fixture
async def enter(ear: Ear, loops: dict[str, moving.Loop]) -> AsyncIterator[Any]:
    """Lets simulated members in, who send a moving thumbnail."""
    here = []

    async def let_in(name: str) -> None:
        here.append(await a_simulated(ear, name, loops))

    yield let_in
    for end, sending in here:
        sending.cancel()
        await end.close()


def a_room(wall: Iterable[mp.Tile], *, receives: bool = True, looks: bool = True) -> mp.Room:
    """Two who send, and one who looks at the wall."""
    peers = (
        mp.PeerState("anna", True, True),
        mp.PeerState("bo", True, True),
        mp.PeerState("looker", receives, False, wall=looks),
    )
    return mp.Room("m1", peers, wall=tuple(wall), missing="Ingen bild")


class Looker(Member):
    """Decodes what comes on the wall line."""

    def __init__(self, ear: Ear, name: str = "looker") -> None:
        super().__init__(ear, "m1", name)
        self._assembler = Assembler()
        self._decoder = Decoder()
        self._read = 0
        self._top = -1

    @property
    def heard(self) -> list[Heard]:
        return self.received["wall", "video"]

    def picture(self) -> Plane | None:
        """The brightness of the newest wall."""
        for each in self.heard[self._read :]:
            self._read += 1
            self._top = (
                self._top + ((each.sequence - self._top) & 0xFFFF) if self._top >= 0 else each.sequence
            )
            for frame in self._assembler.push(self._top, each.packet, 0.0):
                self._decoder.decode(frame)
        return self._decoder.planes[0] if self._decoder.planes is not None else None

    def brightness(self, places: int) -> list[int]:
        """The mean of each of so many places in one row; a face before a wall is about 150."""
        plane = self.picture()
        if plane is None or plane.shape[1] != places * 320:
            return []
        return [round(float(plane[:150, at * 320 : at * 320 + 312].mean())) for at in range(places)]


ANNA, BO = mp.Tile("anna", "Åsa Öberg", "S"), mp.Tile("bo", "Bo Ek", "M")


async def test_two_members_are_on_the_wall_and_their_pictures_are_measured(ear: Ear, enter: Any) -> None:
    ear.link.set_room(a_room([ANNA, BO]))
    await enter("anna")
    await enter("bo")
    looker = Looker(ear)
    await looker.join(publish=False)
    await eventually(lambda: min(looker.brightness(2), default=0) > 90)
    plan = await ear.until(mp.WallPlan)
    assert plan == mp.WallPlan("m1", 2, ("anna", "bo"))

    def is_measured(report: mp.QualityReport) -> bool:
        pictures = {each.peer: each.picture for each in report.peers}
        return all(
            (found := pictures.get(name)) is not None and found.change is not None for name in ("anna", "bo")
        )

    report = await ear.until(mp.QualityReport, is_measured)
    picture = report.peers[0].picture
    assert picture is not None
    assert picture.luma_mean > 90
    assert picture.luma_dev > 3
    assert picture.change is not None
    assert picture.change > 0.005
    await looker.leave()


async def test_who_may_not_be_seen_is_not_on_the_wall_but_is_measured(ear: Ear, enter: Any) -> None:
    """Anna has a place without a picture, Bo has none: he is in the lobby."""
    ear.link.set_room(a_room([mp.Tile("anna", "Åsa Öberg", "S", "Återkommer")]))
    await enter("anna")
    await enter("bo")
    looker = Looker(ear)
    await looker.join(publish=False)
    await ear.until(mp.QualityReport, lambda each: sum(peer.picture is not None for peer in each.peers) == 2)
    await eventually(lambda: bool(looker.brightness(1)))
    since = len(looker.heard)
    await eventually(lambda: len(looker.heard) > since + 5)
    assert looker.brightness(1)[0] < 60
    ear.link.set_room(a_room([ANNA]))
    await eventually(lambda: min(looker.brightness(1), default=0) > 90)
    ear.link.set_room(a_room([mp.Tile("anna", "Åsa Öberg", "S", "Bruten")]))
    await eventually(lambda: max(looker.brightness(1), default=255) < 60)
    await looker.leave()


async def test_the_wall_is_sent_only_to_those_who_look_and_may(ear: Ear, enter: Any) -> None:
    ear.link.set_room(a_room([ANNA]))
    await enter("anna")
    looker = Looker(ear)
    await looker.join(publish=False)
    await eventually(lambda: bool(looker.heard))
    for state in (a_room([ANNA], looks=False), a_room([ANNA], receives=False), a_room([])):
        ear.link.set_room(state)
        for _ in range(2):  # the first may have been on its way before the room was told
            await ear.until(mp.QualityReport, since=len(ear.events))
        since = len(looker.heard)
        await ear.until(mp.QualityReport, since=len(ear.events))
        assert len(looker.heard) == since
        ear.link.set_room(a_room([ANNA]))
        await eventually(lambda since=since: len(looker.heard) > since)  # type: ignore[misc]
    numbers = [each.sequence for each in looker.heard]
    assert numbers == [(numbers[0] + index) & 0xFFFF for index in range(len(numbers))]
    await looker.leave()


def children_of(pid: int) -> list[int]:
    """Its child processes, those that have ended left out."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it ends while we look
                if Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
                    found.append(int(child))
    return found


async def test_kill_9_of_the_wall_stops_nothing_else_and_the_wall_comes_back(ear: Ear, enter: Any) -> None:
    ear.link.set_room(a_room([ANNA]))
    await enter("anna")
    looker = Looker(ear)
    await looker.join(publish=False)
    await eventually(lambda: min(looker.brightness(1), default=0) > 90)
    pid = ear.link.pid
    assert pid is not None
    (wall,) = children_of(pid)
    os.kill(wall, signal.SIGKILL)
    await eventually(lambda: bool(children_of(pid)) and children_of(pid) != [wall])
    since, known = len(looker.heard), len(ear.events)
    await eventually(lambda: len(looker.heard) > since + 3 and min(looker.brightness(1), default=0) > 90)
    report = await ear.until(mp.QualityReport, lambda each: any(peer.picture for peer in each.peers), known)
    assert {each.peer for each in report.peers} == {"anna", "looker"}
    assert ear.link.pid == pid
    assert not any(isinstance(each, mp.Lost) for each in ear.events)
    await looker.leave()


async def test_the_wall_ends_with_the_media_process(ear: Ear, enter: Any) -> None:
    ear.link.set_room(a_room([ANNA]))
    await enter("anna")
    pid = ear.link.pid
    assert pid is not None
    await eventually(lambda: bool(children_of(pid)))
    (wall,) = children_of(pid)
    os.kill(pid, signal.SIGKILL)
    await eventually(lambda: not Path(f"/proc/{wall}").exists())
