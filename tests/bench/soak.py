"""An hour of coming and going: `make soak`, or `python -m tests.bench.soak --minutes 8 --members 149`.

Members join, show a thumbnail, are given the floor and the chair, and leave in three ways: with a goodbye, by
closing the page, by a pulled cable. The media process is looked at: its memory and tasks must be flat, and
its own work must never hold up the event loop for more than LATE_MS. Ends with exit status 1 if it did.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from meeting_server import media_protocol as mp
from meeting_server.live.media_link import MediaEvent, MediaLink, MediaSettings, MediaUp
from meeting_server.media.lines import OPUS, VP8
from tests.bench.light_peer import LightPeer, poll
from tests.bench.stage import Stage, Talk, cpu_seconds, memory_mib

LATE_MS = 50.0
KEPT_MIB_PER_JOIN = 0.02
"""Growth over the last half that still counts as flat; a connection is about 0.2 MiB, and a heap settles."""
ROOM = "soak"
SLOTS = ("floor", "chair", "hall")
SAMPLE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Sample:
    """One look at the media process. late_ms, own_ms: the worst since the look before, see mp.Health."""

    at: float
    members: int
    joins: int
    memory: float
    tasks: int
    late_ms: float
    own_ms: float
    unsent: int


class Soak:
    """One run. stays: bounds of how long a member stays, in seconds."""

    def __init__(self, link: MediaLink, members: int, stays: tuple[float, float]) -> None:
        self.stage = Stage(link, "127.0.0.1")
        self.samples: list[Sample] = []
        self.ways: Counter[str] = Counter()
        self._link = link
        self._names = [f"m{index}" for index in range(members)]
        self._stays = stays
        self._here: dict[str, tuple[LightPeer, Talk]] = {}
        self._polled: list[LightPeer] = []
        self._health: list[mp.Health] = []
        self._began = time.monotonic()
        link.listen(self._hear)

    def _hear(self, event: MediaEvent) -> None:
        if isinstance(event, mp.Health):
            self._health.append(event)

    async def run(self, minutes: float) -> None:
        """Until the time is over and everybody has left."""
        self._give({})
        until = time.monotonic() + minutes * 60
        seats = [
            asyncio.create_task(self._seat(name, 0.05 * index, until))
            for index, name in enumerate(self._names)
        ]
        helpers = [
            asyncio.create_task(each)
            for each in (poll(self._polled), self._turns(), self._thumbnails(), self._watch())
        ]
        await asyncio.gather(*seats)
        await asyncio.sleep(12)  # those who vanished are missed, and all are dissolved
        for each in helpers:
            each.cancel()
        await asyncio.gather(*helpers, return_exceptions=True)
        self._look()

    def _give(self, slots: dict[str, str]) -> None:
        peers = tuple(mp.PeerState(name, True, True) for name in self._names)
        floor, chair, hall = (slots.get(slot) for slot in SLOTS)
        self._link.set_room(mp.Room(ROOM, peers, floor=floor, chair=chair, hall=hall))

    async def _seat(self, name: str, wait: float, until: float) -> None:
        await asyncio.sleep(wait)
        while time.monotonic() < until:
            sound, picture, thumb = (int.from_bytes(os.urandom(4), "big") | 1 for _ in range(3))
            try:
                peer = await self.stage.join(ROOM, name, {"mic": sound, "full": picture, "thumb": thumb})
            except TimeoutError:
                self.ways["failed"] += 1
                continue
            self.ways["joined"] += 1
            peer.count_only()
            self._polled.append(peer)
            self._here[name] = (peer, Talk(peer, (sound, OPUS), (picture, VP8), (thumb, VP8)))
            stay = self._stays[0] * (self._stays[1] / self._stays[0]) ** random.random()
            await asyncio.sleep(min(stay, max(0.0, until - time.monotonic())))
            del self._here[name]
            self._polled.remove(peer)
            way = random.choice(("goodbye", "closed", "cable"))
            self.ways[way] += 1
            if way == "cable":
                peer.vanish()
            else:
                peer.leave()
            if way == "goodbye":
                self._link.leave(ROOM, name)
            await asyncio.sleep(random.uniform(0.1, 3))

    async def _turns(self) -> None:
        """Somebody else in each slot every few seconds."""
        talking: list[asyncio.Task[None]] = []
        while True:
            for each in talking:
                each.cancel()
            chosen = random.sample(sorted(self._here), min(len(SLOTS), len(self._here)))
            self._give(dict(zip(SLOTS, chosen, strict=False)))
            talking = [asyncio.create_task(self._here[name][1].run()) for name in chosen]
            await asyncio.sleep(5)

    async def _thumbnails(self) -> None:
        """Five small pictures a second from everybody, spread over the time."""
        turn = 0
        while True:
            begun = time.monotonic()
            for index, (_, talk) in enumerate(list(self._here.values())):
                if index % 10 == turn % 10:
                    talk.show_small()
            turn += 1
            await asyncio.sleep(max(0.001, 0.02 - (time.monotonic() - begun)))

    async def _watch(self) -> None:
        widths = {
            "min": 6,
            "members": 8,
            "joins": 7,
            "MiB": 7,
            "tasks": 6,
            "late ms": 8,
            "own ms": 7,
            "core %": 7,
        }
        print(" ".join(f"{name:>{width}}" for name, width in widths.items()), flush=True)
        pid = self._link.pid
        assert pid is not None
        cpu = cpu_seconds(pid)
        while True:
            await asyncio.sleep(SAMPLE_SECONDS)
            self._look()
            last, now = self.samples[-1], cpu_seconds(pid)
            if len(self.samples) % 6 == 0 or last.own_ms > LATE_MS:
                figures = (
                    last.at / 60,
                    last.members,
                    last.joins,
                    last.memory,
                    last.tasks,
                    last.late_ms,
                    last.own_ms,
                    (now - cpu) / SAMPLE_SECONDS * 100,
                )
                cells = zip(widths.values(), figures, strict=True)
                print(
                    " ".join(f"{each:>{width}.{int(isinstance(each, float))}f}" for width, each in cells),
                    flush=True,
                )
            cpu = now

    def _look(self) -> None:
        assert self._link.pid is not None
        heard, self._health = self._health, []
        if heard:
            self.samples.append(
                Sample(
                    at=time.monotonic() - self._began,
                    members=heard[-1].peers,
                    joins=self.ways["joined"],
                    memory=memory_mib(self._link.pid),
                    tasks=heard[-1].tasks,
                    late_ms=max(each.late_ms for each in heard),
                    own_ms=max(each.own_ms for each in heard),
                    unsent=sum(each.unsent for each in heard),
                )
            )


def verdict(samples: list[Sample], failed: int) -> list[str]:
    """What is wrong, in words; empty when all is well."""
    wrong = []
    end = samples[-1]
    later = [each for each in samples if each.at > end.at / 2 and each.members > 1]
    grown, joined = later[-1].memory - later[0].memory, later[-1].joins - later[0].joins
    worst, own = max(each.late_ms for each in samples), max(each.own_ms for each in samples)
    print(
        f"memory {later[0].memory:.1f} to {later[-1].memory:.1f} MiB over the last half, {joined} joins:"
        f" {grown / max(1, joined) * 1024:.1f} KiB each; {end.memory:.1f} MiB when all had left"
    )
    print(f"loop late at most {worst:.1f} ms, by its own work at most {own:.1f} ms; ", end="")
    print(f"{sum(each.unsent for each in samples)} datagrams not sent")
    print(f"tasks at the end {end.tasks} with {end.members} members; {failed} joins failed")
    if grown > KEPT_MIB_PER_JOIN * joined + 1:
        wrong.append("memory grows")
    if own > LATE_MS:
        wrong.append(f"the loop was late by more than {LATE_MS:.0f} ms")
    if end.members or end.tasks > 8:
        wrong.append("something is left when all have gone")
    if failed:
        wrong.append("joins failed")
    return wrong


async def run(minutes: float, members: int, stays: tuple[float, float]) -> list[str]:
    """Print as it goes; returns what is wrong."""
    gc.freeze()
    with tempfile.TemporaryDirectory() as folder:
        link = MediaLink(MediaSettings(socket=Path(folder) / "media.sock"))
        up = asyncio.Event()
        link.listen(lambda event: up.set() if isinstance(event, MediaUp) else None)
        await link.start()
        await up.wait()
        try:
            soak = Soak(link, members, stays)
            await soak.run(minutes)
        finally:
            await link.stop()
    ways = ", ".join(f"{name} {count}" for name, count in sorted(soak.ways.items()))
    print(f"{ways}; lost: {dict(Counter(each.reason for each in soak.stage.lost))}")
    return verdict(soak.samples, soak.ways["failed"])


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="soak", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--members", type=int, default=149)
    parser.add_argument("--stay", type=float, nargs=2, default=(3.0, 600.0), metavar="SECONDS")
    given = parser.parse_args()
    wrong = asyncio.run(run(given.minutes, given.members, tuple(given.stay)))
    print("soak: " + ("; ".join(wrong) if wrong else "all is well"))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
