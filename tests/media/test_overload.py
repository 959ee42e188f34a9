"""What is left out when the process reads slower than datagrams come: by the rules, by the socket, and in the
real process."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Iterable
from itertools import pairwise

import pytest

from meeting_server import media_protocol as mp
from meeting_server.media import overload as ol
from meeting_server.media.lines import LINES, LOOK
from meeting_server.media.overload import Overload
from meeting_server.media.port import BUFFER_BYTES, UNREAD_BYTES, Port
from tests.media.member import PATIENCE, Ear, Member, eventually

FLOOR, CHAIR, HALL, WALL, SIGN = (
    next(index for index, line in enumerate(LINES) if (line.name, line.kind) == (name, "video"))
    for name in ("floor", "chair", "hall", "wall", "sign")
)
ALL = frozenset((FLOOR, CHAIR, HALL, WALL, SIGN, LOOK))
STEP = 0.05


class Loaded:
    """A process looked at twenty times a second; it is behind while it sends more than it can."""

    def __init__(self, can: int, in_use: Iterable[int] = ALL) -> None:
        self.can = can
        self.in_use = frozenset(in_use)
        self.overload = Overload()
        self.now = 1000.0
        self.steps: list[tuple[float, frozenset[int]]] = [(self.now, frozenset())]

    def live(self, seconds: float) -> Loaded:
        for _ in range(round(seconds / STEP)):
            self.now += STEP
            is_behind = len(self.in_use - self.overload.held) > self.can
            before = self.overload.held
            changed = self.overload.hear(is_behind, self.in_use if is_behind else (), self.now)
            assert changed == (before != self.overload.held)
            if changed:
                self.steps.append((self.now, self.overload.held))
        return self

    @property
    def held(self) -> list[frozenset[int]]:
        return [held for _, held in self.steps]


def test_a_process_that_keeps_up_leaves_nothing_out() -> None:
    assert Loaded(can=6).live(600).held == [frozenset()]


def test_the_least_needed_goes_first_one_by_one_until_it_keeps_up() -> None:
    loaded = Loaded(can=3).live(5)
    assert loaded.held == [set(), {WALL}, {WALL, HALL}, {WALL, HALL, CHAIR}]
    assert loaded.now - loaded.steps[-1][0] > 1


def test_everything_but_the_looks_goes_if_need_be_and_long_before_a_connection_does() -> None:
    loaded = Loaded(can=0).live(20)
    assert loaded.held[-1] == ALL - {LOOK}
    assert loaded.steps[-1][0] - 1000 < 10  # six answers missed take half a minute
    assert not loaded.overload.hear(True, loaded.in_use, loaded.now)


def test_what_carries_nothing_is_not_left_out() -> None:
    assert Loaded(can=0, in_use=(FLOOR, LOOK)).live(5).held == [set(), {FLOOR}]


@pytest.mark.parametrize(("seconds", "goes"), [(-0.01, False), (0.0, True), (0.01, True)])
def test_a_pause_of_the_machine_is_no_overload(seconds: float, goes: bool) -> None:
    overload = Overload()
    overload.hear(True, ALL, 1000.0)
    assert overload.hear(True, ALL, 1000.0 + ol.BEHIND_SECONDS + seconds) == goes


def test_one_moment_without_anything_waiting_begins_the_count_anew() -> None:
    overload = Overload()
    for step in range(200):
        assert not overload.hear(step % 10 != 0, ALL, 1000 + step * STEP)


def test_it_comes_back_the_most_needed_first_when_the_load_is_gone() -> None:
    loaded = Loaded(can=2).live(10)
    assert loaded.held[-1] == {WALL, HALL, CHAIR, FLOOR}
    loaded.can = 6
    loaded.live(60)
    assert loaded.held[-4:] == [{WALL, HALL, CHAIR}, {WALL, HALL}, {WALL}, set()]


@pytest.mark.parametrize(("seconds", "returns"), [(-0.01, False), (0.0, True), (0.01, True)])
def test_the_first_trial_comes_after_the_first_pause(seconds: float, returns: bool) -> None:
    overload = Overload()
    overload.hear(True, ALL, 1000.0)
    assert overload.hear(True, ALL, 1001.0)
    assert overload.hear(False, (), 1001.0 + ol.FIRST_PAUSE + seconds) == returns


def test_what_is_still_too_much_is_tried_more_and_more_seldom() -> None:
    loaded = Loaded(can=5).live(900)
    returns = [at for at, held in loaded.steps[1:] if not held]
    gaps = [round(later - earlier) for earlier, later in pairwise(returns)]
    assert gaps[0] < gaps[1] < gaps[2]
    assert ol.LONGEST_PAUSE <= gaps[-1] <= ol.LONGEST_PAUSE + 2
    tried = [after - at for (at, held), (after, _) in pairwise(loaded.steps[1:]) if not held]
    assert max(tried) < 1  # each time for so long only


def test_receivers_are_not_judged_by_what_we_did_ourselves() -> None:
    loaded = Loaded(can=5)
    assert not loaded.overload.is_late(loaded.now)
    loaded.live(0.3)
    assert loaded.overload.is_late(loaded.now)
    loaded.live(0.3)
    assert loaded.held[-1] == {WALL}
    assert loaded.overload.is_late(loaded.now)
    loaded.live(2)
    assert not loaded.overload.is_late(loaded.now)


# ---- the socket ----


def fill(port: Port, octets: int) -> None:
    """Let so much wait unread, by the kernel's own account."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        while port.waiting() <= octets:
            sender.sendto(bytes(1200), ("127.0.0.1", port.number))


async def test_it_is_behind_when_more_waits_than_a_turn_reads(port: Port) -> None:
    assert not port.is_behind()
    fill(port, UNREAD_BYTES // 2)
    assert not port.is_behind()
    fill(port, UNREAD_BYTES)
    assert port.is_behind()
    async with asyncio.timeout(PATIENCE):
        while port.waiting():
            await asyncio.sleep(0)
    assert not port.is_behind()


@pytest.mark.parametrize(("more", "is_behind"), [(-1, False), (0, False), (1, True)])
def test_so_much_may_wait(monkeypatch: pytest.MonkeyPatch, more: int, is_behind: bool) -> None:
    port = Port()
    monkeypatch.setattr(port, "_unread", lambda: (UNREAD_BYTES + more, 0))
    assert port.is_behind() is is_behind


async def test_it_is_behind_when_the_kernel_has_thrown_something_away_since(port: Port) -> None:
    fill(port, UNREAD_BYTES)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        for _ in range(BUFFER_BYTES // 1024):
            sender.sendto(bytes(1200), ("127.0.0.1", port.number))
    async with asyncio.timeout(PATIENCE):
        while port.waiting():
            await asyncio.sleep(0)
    assert port.is_behind()
    assert not port.is_behind()


# ---- the process ----


async def test_pictures_go_when_the_process_cannot_keep_up_sound_stays_and_they_come_back(
    ear: Ear,
) -> None:
    """The process is stopped again and again while a stranger fills its socket: it is always behind."""
    ear.link.set_room(
        mp.Room("m1", tuple(mp.PeerState(name, True, True) for name in ("anna", "bo")), chair="anna")
    )
    anna, bo = Member(ear, "m1", "anna"), Member(ear, "m1", "bo")
    await anna.join()
    await bo.join()
    assert ear.link.hello is not None
    pid, port = ear.link.hello.pid, ear.link.hello.udp_port

    async def talk() -> None:
        while True:
            await anna.show("full", is_key=True)
            await anna.speak()
            await asyncio.sleep(0.05)

    async def hold_up() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
            for _ in range(1000):
                os.kill(pid, signal.SIGSTOP)
                try:
                    for _ in range(BUFFER_BYTES // 1024):  # more than the largest buffer takes
                        stranger.sendto(bytes(1200), ("127.0.0.1", port))
                finally:
                    os.kill(pid, signal.SIGCONT)
                await asyncio.sleep(0.03)

    talking, holding = asyncio.create_task(talk()), asyncio.create_task(hold_up())
    try:
        left_out = await ear.until(mp.QualityReport, lambda report: report.shed == ("chair",))
        assert {each.peer for each in left_out.peers} == {"anna", "bo"}
        assert not any(each.held for each in left_out.peers)  # it is not their lines
        holding.cancel()
        pictures, sounds = (len(bo.received["chair", kind]) for kind in ("video", "audio"))
        await eventually(lambda: len(bo.received["chair", "audio"]) >= sounds + 20)
        assert len(bo.received["chair", "video"]) <= pictures + 2
        await ear.until(mp.QualityReport, lambda report: not report.shed, len(ear.events))
        await eventually(lambda: len(bo.received["chair", "video"]) >= pictures + 20)
    finally:
        for task in (talking, holding):
            task.cancel()
        await anna.leave()
        await bo.leave()
