"""A room of light peers around a real media process: speakers with picture and sound, and many who listen."""

from __future__ import annotations

import asyncio
import os
import random
import struct
import time
from collections.abc import Mapping
from pathlib import Path

from meeting_server import media_protocol as mp
from meeting_server.live.media_link import MediaEvent, MediaLink
from meeting_server.media.lines import LINES, OPUS, SOUND_MS, VP8
from tests.bench.batch_reader import BatchReader
from tests.bench.light_peer import Identity, LightPeer

FRAMES, PACKETS_PER_FRAME, PACKET_BYTES = 30, 3, 1070
"""About 780 kbit/s of picture."""
SOUNDS = 1000 // SOUND_MS
"""Packets of sound a second, as browsers send them when they are asked for SOUND_MS; 40 kbit/s."""
UP = {line.name: index for index, line in enumerate(LINES) if line.is_up}


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far, all threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def waited_seconds(pid: int) -> float:
    """How long a process's threads have stood ready to run and got no processor."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((each / "schedstat").read_text().split()[1]) for each in tasks) / 1e9


def memory_mib(pid: int) -> float:
    """Resident memory of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


class Talk:
    """Sends picture and sound on a peer at an even pace. sent: packets. A wish for a key frame is met.

    sound, picture, small: SSRC and payload type of each up-link; without a small SSRC there is no thumbnail.
    """

    def __init__(
        self,
        peer: LightPeer,
        sound: tuple[int, int],
        picture: tuple[int, int],
        small: tuple[int, int] = (0, 0),
    ) -> None:
        self.sent = 0
        self._peer = peer
        self._sound, self._picture, self._small = sound, picture, small
        self._sequence = [100, 100, 100]
        self._frame = 0
        self._answered = -1

    async def run(self) -> None:
        """Until cancelled."""
        # Cameras and microphones do not keep time with each other.
        first = time.monotonic() - random.random() / FRAMES, time.monotonic() - random.random() / SOUNDS
        frames = sounds = 0
        while True:
            while sounds < (time.monotonic() - first[1]) * SOUNDS:
                self._speak()
                sounds += 1
            while frames < (time.monotonic() - first[0]) * FRAMES:
                self._show()
                frames += 1
                if self._small[0] and frames % 6 == 0:
                    self.show_small()
            await asyncio.sleep(0.005)

    def _head(self, which: int, payload_type: int, stamp: int, ssrc: int, flags: int = 0x80) -> bytes:
        self._sequence[which] = (self._sequence[which] + 1) & 0xFFFF
        self.sent += 1
        return struct.pack("!BBHLL", flags, payload_type, self._sequence[which], stamp & 0xFFFFFFFF, ssrc)

    def show_small(self) -> None:
        """One thumbnail, in one packet; every fortieth is a key frame."""
        ssrc, payload_type = self._small
        head = self._head(2, 0x80 | payload_type, self._sequence[2] * 18000, ssrc)
        picture = 0x8000 | self._sequence[2] & 0x7FFF
        self._peer.say(
            head + struct.pack("!BBHB", 0x90, 0x80, picture, self._sequence[2] % 40 > 0) + bytes(1000)
        )

    def _speak(self) -> None:
        ssrc, payload_type = self._sound
        head = self._head(0, payload_type, self._sequence[0] * 48 * SOUND_MS, ssrc)
        self._peer.say(head + bytes(5 * SOUND_MS))

    def _show(self) -> None:
        ssrc, payload_type = self._picture
        is_key = self._peer.wishes != self._answered
        self._answered = self._peer.wishes
        self._frame += 1
        for index in range(PACKETS_PER_FRAME):
            marker = 0x80 if index == PACKETS_PER_FRAME - 1 else 0
            head = self._head(1, marker | payload_type, self._frame * 3000, ssrc)
            start = 0x10 if index == 0 else 0
            descriptor = struct.pack("!BBH", 0x80 | start, 0x80, 0x8000 | (self._frame & 0x7FFF))
            self._peer.say(head + descriptor + bytes([not is_key]) + bytes(PACKET_BYTES))


class Stage:
    """Joins light peers to rooms of a media process and keeps what it reports."""

    def __init__(self, link: MediaLink, host: str) -> None:
        self.link = link
        self.identity, self.reader = Identity(), BatchReader()
        self.lost: list[mp.Lost] = []
        self.reports: dict[str, mp.QualityReport] = {}
        self._host = host
        self._offers: dict[str, asyncio.Future[mp.Offer]] = {}
        self._connected: dict[str, asyncio.Future[None]] = {}
        link.listen(self._hear)

    def _hear(self, event: MediaEvent) -> None:
        match event:
            case mp.Offer(peer=peer) if peer in self._offers:
                self._offers.pop(peer).set_result(event)
            case mp.Connected(peer=peer) if peer in self._connected:
                self._connected.pop(peer).set_result(None)
            case mp.Lost():
                self.lost.append(event)
            case mp.QualityReport(room=room):
                self.reports[room] = event

    async def join(self, room: str, name: str, sends: Mapping[str, int] | None = None) -> LightPeer:
        """A peer that both ends call connected. sends: SSRC by up-link."""
        loop = asyncio.get_running_loop()
        offered = self._offers[name] = loop.create_future()
        connected = self._connected[name] = loop.create_future()
        self.link.join(room, name)
        async with asyncio.timeout(30):
            offer = await offered
            peer = LightPeer(self.identity, self.reader, self._host)
            peer.name = name
            answer = peer.answer(offer.sdp, {UP[line]: ssrc for line, ssrc in (sends or {}).items()})
            self.link.answer(room, name, answer, offer.attempt)
            await connected
            await peer.connected
        return peer

    async def speaker(self, room: str, name: str) -> tuple[LightPeer, Talk]:
        """A peer with microphone, full picture and thumbnail, and what makes it talk."""
        sound, picture, small = (int.from_bytes(os.urandom(4), "big") | 1 for _ in range(3))
        peer = await self.join(room, name, {"mic": sound, "full": picture, "thumb": small})
        return peer, Talk(peer, (sound, OPUS), (picture, VP8), (small, VP8))
