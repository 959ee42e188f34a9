"""What one forwarded packet costs, and what 149 joins at once cost: `python -m tests.bench.bench_media`.

Real ICE, DTLS and SRTP on loopback. CPU is that of the media process, all threads, user and system, with its
fixed costs (STUN, reports, ingest); the kernel's receiving half of loopback is in it.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from meeting_server import media_protocol as mp
from meeting_server.live.media_link import MediaLink, MediaSettings, MediaUp
from tests.bench.media_listener import Listener
from tests.media.member import Ear, Member, use_loopback_only

LISTENERS = 149
WINDOW_SECONDS = 6.0
SPEAKERS = ("floor", "chair", "hall")
FRAMES, PACKETS_PER_FRAME, PACKET_BYTES = 30, 3, 1070
"""About 780 kbit/s of picture, and 50 packets of sound a second."""
AIM_MICROSECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Window:
    """One measured stretch of time with so many speakers. delivered: share of what was sent in."""

    speakers: int
    packets_per_second: float
    microseconds: float
    core_share: float
    megabits: float
    delivered: float
    undecryptable: int


@dataclass(frozen=True, slots=True)
class Joins:
    """All at once. seconds: until the last was connected (the listeners' own CPU is in it)."""

    count: int
    seconds: float
    milliseconds_each: float


@dataclass(frozen=True, slots=True)
class Result:
    """Everything this bench measures."""

    joins: Joins
    windows: tuple[Window, ...]
    memory_mib: float


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mib(pid: int) -> float:
    """Resident memory of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


class Speaker(Member):
    """Sends picture and sound at an even pace. sent: packets."""

    sent = 0

    async def talk(self) -> None:
        """Until cancelled."""
        begun = time.monotonic()
        frames = sounds = 0
        while True:
            elapsed = time.monotonic() - begun
            while sounds < elapsed * 50:
                await self.speak()
                sounds += 1
                self.sent += 1
            while frames < elapsed * FRAMES:
                is_key = self.wishes("full") > self.answered
                self.answered = self.wishes("full")
                await self.show("full", is_key or frames == 0, PACKETS_PER_FRAME, PACKET_BYTES)
                frames += 1
                self.sent += PACKETS_PER_FRAME
            self._sent.clear()
            await asyncio.sleep(0.005)

    answered = 0


def _state(speakers: int) -> mp.Room:
    names = [*SPEAKERS, *(f"m{index}" for index in range(LISTENERS))]
    peers = tuple(mp.PeerState(name, True, name in SPEAKERS) for name in names)
    slots: dict[str, Any] = dict.fromkeys(SPEAKERS)
    slots |= {name: name for name in SPEAKERS[:speakers]}
    return mp.Room("bench", peers, **slots)


async def _measure(pid: int, speakers: list[Speaker], listeners: list[Listener]) -> Window:
    def counts() -> tuple[float, int, int, int, float]:
        received = sum(each.packets for each in listeners)
        octets = sum(each.octets for each in listeners)
        return time.monotonic(), sum(each.sent for each in speakers), received, octets, cpu_seconds(pid)

    before = counts()
    await asyncio.sleep(WINDOW_SECONDS)
    elapsed, sent, received, octets, cpu = (b - a for a, b in zip(before, counts(), strict=True))
    forwarded = sent * len(listeners)
    return Window(
        speakers=len(speakers),
        packets_per_second=forwarded / elapsed,
        microseconds=cpu / forwarded * 1e6,
        core_share=cpu / elapsed,
        megabits=octets * 8 / elapsed / 1e6,
        delivered=received / forwarded,
        undecryptable=sum(each.bad for each in listeners),
    )


async def run() -> Result:
    """About 25 seconds."""
    use_loopback_only()
    with tempfile.TemporaryDirectory() as folder:
        link = MediaLink(MediaSettings(socket=Path(folder) / "media.sock"))
        ear = Ear(link)
        await link.start()
        try:
            up = await ear.until(MediaUp)
            return await _run(ear, up.hello.pid)
        finally:
            await link.stop()


async def _run(ear: Ear, pid: int) -> Result:
    ear.link.set_room(_state(0))
    listeners = [Listener(ear, "bench", f"m{index}") for index in range(LISTENERS)]
    begun, cpu = time.monotonic(), cpu_seconds(pid)
    await asyncio.gather(*(each.join(publish=False) for each in listeners))
    elapsed = time.monotonic() - begun
    joins = Joins(LISTENERS, elapsed, (cpu_seconds(pid) - cpu) / LISTENERS * 1000)
    for listener in listeners:
        listener.count_only()
    speakers = [Speaker(ear, "bench", name) for name in SPEAKERS]
    for speaker in speakers:
        await speaker.join()
    windows = []
    talks: list[asyncio.Task[None]] = []
    for count in (1, len(SPEAKERS)):
        ear.link.set_room(_state(count))
        talks += [asyncio.create_task(each.talk()) for each in speakers[len(talks) : count]]
        await asyncio.sleep(2)  # key frames, first reports
        windows.append(await _measure(pid, speakers[:count], listeners))
    memory = memory_mib(pid)
    for talk in talks:
        talk.cancel()
    await asyncio.gather(*talks, return_exceptions=True)
    await asyncio.gather(*(each.leave() for each in [*listeners, *speakers]))
    return Result(joins, tuple(windows), memory)


def main() -> None:
    """Print a table."""
    result = asyncio.run(run())
    joins = result.joins
    print(f"media: {joins.count} joins at once: connected in {joins.seconds:.2f} s, ", end="")
    print(f"{joins.milliseconds_each:.1f} ms server CPU each; {result.memory_mib:.0f} MiB")
    print(
        f"{'speakers':>8} {'packets/s':>10} {'us/packet':>10} {'core %':>7} {'Mbit/s':>7} {'delivered':>10}"
    )
    for each in result.windows:
        print(
            f"{each.speakers:>8} {each.packets_per_second:>10.0f} {each.microseconds:>10.2f}"
            f" {each.core_share * 100:>7.1f} {each.megabits:>7.0f} {each.delivered * 100:>9.2f}%"
        )
        if each.undecryptable:
            print(f"         {each.undecryptable} sampled packets could not be decrypted")
    worst = max(each.microseconds for each in result.windows)
    verdict = "met" if worst <= AIM_MICROSECONDS else "NOT met"
    print(f"aim: at most {AIM_MICROSECONDS:.0f} us per forwarded packet: {verdict}")


if __name__ == "__main__":
    main()
