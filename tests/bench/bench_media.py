"""What forwarding costs, and what 149 joins at once cost: `python -m tests.bench.bench_media`.

Real ICE, DTLS and SRTP, in a network namespace of its own. CPU is that of the media process, all threads,
user and system, with its fixed costs (STUN, reports, ingest); the kernel's receiving half is in it. Janus is
given the same load by turns: as many listeners, the same three speakers, the same packets. "load" is the
load's own share of a core, "waited" how long threads stood ready without a processor: 0 when it is quiet.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from meeting_server import media_protocol as mp
from meeting_server.live.media_link import MediaLink, MediaSettings, MediaUp
from tests.bench import janus
from tests.bench.light_peer import LightPeer, poll
from tests.bench.namespace import alone, host
from tests.bench.stage import Stage, Talk, cpu_seconds, memory_mib, waited_seconds

LISTENERS = 149
STEPS = (10, 50, 100, 149, 300)
WINDOW_SECONDS = 5.0
ROUNDS = 3
"""One run of the same program may be a fifth dearer than the next: of so many, each begun anew, the middle
one is compared.
"""
SETTLE_SECONDS = 2.0
"""Key frames, first reports."""
Join: TypeAlias = Callable[[int], Awaitable[LightPeer]]
Shed: TypeAlias = Callable[[], Sequence[str]]
"""The pictures nobody is sent because the process cannot keep up: what is measured then is less."""
SPEAKERS = ("floor", "chair", "hall")
ROOM = "bench"
AIM_JOIN_SECONDS, AIM_CORE, AIM_BEST, AIM_DEFAULT = 2.0, 0.50, 0.50, 1 / 3


@dataclass(frozen=True, slots=True)
class Window:
    """One measured stretch of time. lost: numbers skipped at the listeners."""

    listeners: int
    packets_per_second: float
    microseconds: float
    core: float
    megabits: float
    lost: int
    undecryptable: int
    memory: float
    load: float
    waited: float
    left_out: frozenset[str]

    def row(self) -> str:
        """As a line of the table."""
        cells = (
            f"{self.listeners}",
            f"{self.packets_per_second:.0f}",
            f"{self.microseconds:.2f}",
            f"{self.core * 100:.1f}",
            f"{self.megabits:.0f}",
            f"{self.lost}",
            f"{self.memory:.0f}",
            f"{self.load * 100:.0f}",
            f"{self.waited * 100:.0f}",
        )
        row = " ".join(f"{cell:>{width}}" for cell, width in zip(cells, COLUMNS.values(), strict=True))
        return f"{row}  NOT all: left out {', '.join(sorted(self.left_out))}" if self.left_out else row


COLUMNS = {
    "listeners": 9,
    "packets/s": 10,
    "us/packet": 10,
    "core %": 7,
    "Mbit/s": 7,
    "lost": 5,
    "MiB": 5,
    "load %": 6,
    "waited %": 8,
}


async def measure(pid: int, listeners: Sequence[LightPeer], shed: Shed) -> Window:
    """Look at a process for a while; listeners are being polled."""

    def counts() -> tuple[float, ...]:
        streams = [each for peer in listeners for each in peer.streams.values()]
        return (
            time.monotonic(),
            cpu_seconds(pid),
            sum(each.packets for each in listeners),
            sum(each.octets for each in listeners),
            sum(each.lost for each in streams),
            time.process_time(),
            waited_seconds(pid),
        )

    before, left_out = counts(), set(shed())
    for _ in range(5):
        await asyncio.sleep(WINDOW_SECONDS / 5)
        left_out.update(shed())
    elapsed, cpu, packets, octets, lost, own, waited = (b - a for a, b in zip(before, counts(), strict=True))
    return Window(
        listeners=len(listeners),
        packets_per_second=packets / elapsed,
        microseconds=cpu / max(1.0, packets) * 1e6,
        core=cpu / elapsed,
        megabits=octets * 8 / elapsed / 1e6,
        lost=int(lost),
        undecryptable=sum(each.bad for each in listeners),
        memory=memory_mib(pid),
        load=own / elapsed,
        waited=waited / elapsed,
        left_out=frozenset(left_out),
    )


CHOICES = ("floor",) * 7 + ("chair", "hall", "wall")
"""What ten members look at, where each has chosen one picture."""


def _state(listeners: int, wall: bool, choose: bool) -> mp.Room:
    names = [*SPEAKERS, *(f"m{index}" for index in range(listeners))]
    chosen = [(CHOICES[index % len(CHOICES)],) if choose else None for index in range(len(names))]
    peers = tuple(
        mp.PeerState(name, True, True, wall=wall and (shows is None or "wall" in shows), shows=shows)
        for name, shows in zip(names, chosen, strict=True)
    )
    tiles = tuple(mp.Tile(name, name) for name in names) if wall else ()
    return mp.Room(ROOM, peers, floor="floor", chair="chair", hall="hall", wall=tiles, missing="Ingen bild")


async def ours(
    steps: Sequence[int], *, wall: bool, choose: bool = False, storm: bool = False
) -> list[Window]:
    """One window for each number of listeners. choose: each page shows one picture; storm: first all join."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        settings = MediaSettings(Path(folder) / "media.sock", udp_host=host(), wall_fps=2.0 if wall else 0.0)
        link = MediaLink(settings)
        up = asyncio.Event()
        link.listen(lambda event: up.set() if isinstance(event, MediaUp) else None)
        await link.start()
        stack.push_async_callback(link.stop)
        await up.wait()
        pid = link.pid
        assert pid is not None
        stage = Stage(link, host())
        link.set_room(_state(max(steps), wall, choose))
        speakers = [await stage.speaker(ROOM, name) for name in SPEAKERS]
        if storm:
            await _storm(stage, pid, min(LISTENERS, max(steps)))
        return await _windows(
            pid,
            steps,
            speakers,
            lambda index: stage.join(ROOM, f"m{index}"),
            lambda: stage.reports[ROOM].shed,
        )


async def _storm(stage: Stage, pid: int, count: int) -> None:
    """All at once, before anybody talks; then they leave again."""
    begun, cpu, own = time.monotonic(), cpu_seconds(pid), time.process_time()
    peers = await asyncio.gather(*(stage.join(ROOM, f"m{index}") for index in range(count)))
    elapsed = time.monotonic() - begun
    verdict = "met" if elapsed <= AIM_JOIN_SECONDS else "NOT met"
    print(
        f"{count} joins at once: connected in {elapsed:.2f} s (aim {AIM_JOIN_SECONDS:.0f} s: {verdict});"
        f" {(cpu_seconds(pid) - cpu) / count * 1000:.1f} ms CPU of the server each,"
        f" {(time.process_time() - own) / count * 1000:.1f} ms of the load; {peers[0].profile}"
    )
    for each in peers:
        each.leave()


async def _windows(
    pid: int, steps: Sequence[int], speakers: list[tuple[LightPeer, Talk]], join: Join, shed: Shed = tuple
) -> list[Window]:
    """More and more listeners."""
    listeners: list[LightPeer] = []
    tasks = [asyncio.create_task(talk.run()) for _, talk in speakers]
    tasks.append(asyncio.create_task(poll(listeners)))
    found: list[Window] = []
    try:
        for step in steps:
            while len(listeners) < step:
                more = range(len(listeners), min(step, len(listeners) + 8))
                try:
                    new = await asyncio.gather(*(join(index) for index in more))
                except TimeoutError:
                    print(
                        f"{step:>9} could not be joined in time: {len(listeners)} fill this machine",
                        flush=True,
                    )
                    return found
                for each in new:
                    each.count_only()
                listeners += new
            await asyncio.sleep(SETTLE_SECONDS)
            found.append(await measure(pid, listeners, shed))
            print(found[-1].row(), flush=True)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for each in [*listeners, *(peer for peer, _ in speakers)]:
            each.leave()
    return found


async def theirs(general: str, listeners: int) -> list[Window]:
    """Janus in one configuration, with as many listeners; none when they could not all join."""
    with tempfile.TemporaryDirectory() as folder:
        other = janus.Janus(Path(folder), host(), general)
        await other.start()
        try:
            speakers = [await other.speaker(name) for name in SPEAKERS]
            return await _windows(other.pid, (listeners,), speakers, lambda _: other.listener())
        finally:
            await other.stop()


async def run(with_janus: bool, steps: Sequence[int]) -> None:
    """Print everything."""
    gc.freeze()
    gc.disable()
    print(" ".join(f"{name:>{width}}" for name, width in COLUMNS.items()))
    windows = await ours(steps, wall=False, storm=True)
    count = LISTENERS if LISTENERS in steps else max(steps)
    # What its process costs with 149 real thumbnails to decode is in bench_wall.
    print("with the wall (2 pictures a second, a place for everybody) as a fourth picture:")
    windows += await ours((count,), wall=True)
    everything = windows[-1]
    print("as members' pages ask: seven of ten see the speaker, one each the chair, the hall and everybody:")
    await ours((count,), wall=True, choose=True)
    if all(each.listeners != count for each in windows):
        return
    is_met = everything.core <= AIM_CORE and not everything.left_out
    verdict = "met" if is_met else "NOT met"
    print(f"aim: {count} listeners with all four on at most {AIM_CORE * 100:.0f} % of a core: {verdict}")
    if any(each.undecryptable for each in windows):
        print(f"{sum(each.undecryptable for each in windows)} sampled packets could NOT be decrypted")
    if not with_janus:
        return
    if not janus.is_here():
        print("Janus is not installed, so there is no comparison (Debian: apt install janus).")
        return
    print(f"Janus, the same load, {ROUNDS} times by turns with ours:")
    costs: dict[str, list[float]] = {name: [] for name in ("ours", *janus.CONFIGURATIONS)}
    for _ in range(ROUNDS):
        print("  ours")
        costs["ours"] += [each.microseconds for each in await ours((count,), wall=False)]
        for name, general in janus.CONFIGURATIONS.items():
            print(f"  {name}")
            costs[name] += [each.microseconds for each in await theirs(general, count)]
    if not all(costs.values()):
        return
    own, default, *better = (statistics.median_low(found) for found in costs.values())
    for name, other, aim in (("default", default, AIM_DEFAULT), ("best", min(default, *better), AIM_BEST)):
        verdict = "met" if own / other <= aim else "NOT met"
        print(
            f"CPU per forwarded packet, the middle of {ROUNDS}: {own:.2f} us, {own / other:.2f} of Janus'"
            f" {name} (aim {aim:.2f}: {verdict})"
        )


def main() -> None:
    """The command line."""
    alone("tests.bench.bench_media")
    parser = argparse.ArgumentParser(prog="bench_media", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--without-janus", action="store_true")
    parser.add_argument("--steps", type=int, nargs="+", default=STEPS)
    given = parser.parse_args()
    asyncio.run(run(not given.without_janus, given.steps))


if __name__ == "__main__":
    main()
