"""What the wall of 149 costs: `python -m tests.bench.bench_wall`; the real wall process, in real time.

Thumbnails come in as plain RTP over its socket, as from the media process, five a second each with their
phases spread; walls go out the same way. CPU is that of the wall process, all threads, user and system.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from meeting_server.demo import moving
from meeting_server.media.lines import VP8
from meeting_server.media.packets import read_vp8
from meeting_server.media.wall import wire
from meeting_server.media.wall.rtp import Packetiser
from tests.bench.stage import cpu_seconds, memory_mib

FACES = 12
THUMB_FPS = 5
WARM_UP_SECONDS, WINDOW_SECONDS = 4.0, 10.0
CASES = ((10, 2.0), (60, 2.0), (149, 2.0), (149, 5.0))
AIM_CASE, AIM_CORE_SHARE = (149, 2.0), 0.20
LATE_SECONDS = 0.1
"""A wall frame that comes so much after its time is late."""


@dataclass(frozen=True, slots=True)
class Result:
    """One stretch of time."""

    members: int
    fps: float
    core_share: float
    memory_mib: float
    frames: int
    late: int
    dropped: int
    kilobits: float
    key_bytes: int
    packets_in: float
    measured: float


def packets_of(faces: list[moving.Loop], members: int) -> Iterator[tuple[float, int, int, bytes]]:
    """When (seconds), whose, which number, and the packet; for ever."""
    lines = [Packetiser(0) for _ in range(members)]
    numbers = [0] * members
    turn = 0
    while True:
        for member in range(members):
            frames = faces[member % FACES].frames
            frame = b"".join(frames[turn % len(frames)])
            for packet in lines[member].packets(frame, turn * 90_000 // THUMB_FPS):
                yield (turn + member / members) / THUMB_FPS, member + 1, numbers[member], packet
                numbers[member] += 1
        turn += 1


async def measure(faces: list[moving.Loop], members: int, fps: float) -> Result:
    """Run one case."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    for each in (ours, theirs):
        each.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 << 20)
    ours.setblocking(False)
    command = [
        sys.executable,
        "-m",
        "meeting_server.media.wall",
        "--fd",
        str(theirs.fileno()),
        "--fps",
        str(fps),
    ]
    process = subprocess.Popen(command, pass_fds=(theirs.fileno(),))
    theirs.close()
    spots = tuple(wire.Spot(f"m{n}", f"Åsa Öberg-Lindström {n}", "S", "", n + 1) for n in range(members))
    ours.send(wire.say(wire.Show(1, spots, "Ingen bild", True)))
    arrivals: list[tuple[float, bytes]] = []
    measured = 0

    def read() -> None:
        nonlocal measured
        while True:
            try:
                data = ours.recv(wire.MAX_MESSAGE)
            except BlockingIOError:
                return
            if data[0] == wire.PACKET:
                arrivals.append((time.monotonic(), wire.carried(data)[2]))
            elif isinstance(message := wire.hear(data), wire.Measures):
                measured += len(message.of)

    loop = asyncio.get_running_loop()
    loop.add_reader(ours.fileno(), read)
    began, sent, sent_before, cpu = time.monotonic(), 0, 0, 0.0
    is_warm = False
    dropped = 0
    for due, member, number, packet in packets_of(faces, members):
        now = time.monotonic() - began
        if due > now:
            await asyncio.sleep(due - now)
        if not is_warm and due > WARM_UP_SECONDS:
            is_warm = True
            arrivals.clear()
            ours.send(wire.say(wire.Key(1)))
            measured, sent_before, cpu, window = 0, sent, cpu_seconds(process.pid), time.monotonic()
        if due > WARM_UP_SECONDS + WINDOW_SECONDS:
            break
        try:
            ours.send(wire.carry(member, number, packet))
        except BlockingIOError:  # the wall is late; as the media process does, nobody waits for it
            dropped += is_warm
            continue
        sent += 1
    elapsed = time.monotonic() - window
    share, memory = (cpu_seconds(process.pid) - cpu) / elapsed, memory_mib(process.pid)
    loop.remove_reader(ours.fileno())
    ours.close()
    process.wait(60)
    starts = [at for at, packet in arrivals if read_vp8(packet).starts_frame]
    keys = [index for index, (_, packet) in enumerate(arrivals) if read_vp8(packet).starts_key]
    key_bytes = 0
    for _, packet in arrivals[keys[0] :] if keys else ():
        key_bytes += len(packet)
        if packet[1] == 0x80 | VP8:
            break
    late = sum(later - earlier > 1 / fps + LATE_SECONDS for earlier, later in itertools.pairwise(starts))
    octets = sum(len(packet) for _, packet in arrivals)
    return Result(
        members,
        fps,
        share,
        memory,
        len(starts),
        late,
        dropped,
        octets * 8 / elapsed / 1000,
        key_bytes,
        (sent - sent_before) / elapsed,
        measured / elapsed / members,
    )


def main() -> None:
    """Print a table."""
    faces = [moving.picture(f"person-{n}", is_full=False) for n in range(FACES)]
    print(
        f"wall: {FACES} made-up faces at {THUMB_FPS} fps, {WINDOW_SECONDS:.0f} s each; "
        f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    print(
        "members  fps  core %  MiB  packets/s in  measured/s  frames  late  dropped  kbit/s  key frame",
        flush=True,
    )
    share = 0.0
    for members, fps in CASES:
        each = asyncio.run(measure(faces, members, fps))
        if (members, fps) == AIM_CASE:
            share = each.core_share
        print(
            f"{each.members:>7} {each.fps:>4.0f} {each.core_share * 100:>7.1f} {each.memory_mib:>4.0f}"
            f" {each.packets_in:>13.0f} {each.measured:>11.2f} {each.frames:>7} {each.late:>5}"
            f" {each.dropped:>8} {each.kilobits:>7.0f} {each.key_bytes / 1000:>7.0f} kB",
            flush=True,
        )
    members, fps = AIM_CASE
    verdict = "met" if share <= AIM_CORE_SHARE else "NOT met"
    print(
        f"aim: {members} at {fps:.0f} pictures a second on at most {AIM_CORE_SHARE:.0%} of a core: {verdict}"
    )


if __name__ == "__main__":
    main()
