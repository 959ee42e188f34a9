"""The core's line to the media process: starts it, keeps it running, repeats what it should know.

Rooms are desired state: they are kept here and sent again after every reconnection. A join is not remembered:
pages are told that media is down and join again when it is up.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import ssl
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from meeting_server import media_proof
from meeting_server import media_protocol as mp

log = logging.getLogger(__name__)

BACKOFF_SECONDS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0)
"""Pause before the next attempt to start or reach the process; the last one repeats."""
START_SECONDS = 10.0
"""A process that has not opened its socket in this time is ended and started again."""
LARGE_PAGES = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
"""For each whom a packet is sent to some ten places in memory are looked at, of thousands: in pages of 2 MiB,
where the kernel gives them, they are found sooner. Another C library pays no heed; what is set already holds.
"""
STOP_SECONDS = 3.0
ORPHAN_SECONDS = 20.0
"""An own process ends by itself when no core has spoken to it for this long."""
HANG_SECONDS = 10.0
"""It tells its health every second; after this long without a word it is ended."""
SILENT_SECONDS = 5.0
"""The same on another host, where nothing is ended by it: the line is cut, and tried again."""
CONNECT_SECONDS = 5.0
QUEUE_BYTES = 4 << 20
"""More than this unread by the process means that it hangs; the line is cut and it is started again."""


@dataclass(frozen=True, slots=True)
class MediaUp:
    """The media process answers and has been told every room."""

    hello: mp.MediaHello


@dataclass(frozen=True, slots=True)
class MediaDown:
    """The media process is gone; every connection through it is lost until MediaUp."""


@dataclass(frozen=True, slots=True)
class MediaEnded:
    """The process that was up has ended for certain; the next one has none of its connections."""


OfRoom: TypeAlias = (
    mp.Offer | mp.GuestAnswer | mp.Failed | mp.Connected | mp.Lost | mp.Hint | mp.QualityReport | mp.WallPlan
)
"""What is said of one room."""
MediaEvent: TypeAlias = OfRoom | mp.Health | MediaUp | MediaDown | MediaEnded


@dataclass(frozen=True, slots=True)
class MediaSettings:
    """Where the media process is and, if it is our own, how to start it.

    socket: path of its Unix socket. address: host and TCP port instead, when it runs on another host; secret:
    what is proven to each other there; authority: PEM file that its certificate is checked with, which makes
    the line TLS. own_process: start and supervise it; otherwise only connect. core: what this web node is
    called there. name: what the process is called in the database; empty is the socket or the address.
    udp_host, udp_port: where it receives (`::` is IPv6 and IPv4; port 0 takes a free one). public_addresses:
    addresses and names it tells browsers; empty means udp_host, or this machine's if that is `::` or
    `0.0.0.0`.
    wall_fps: pictures of the wall a second; 0 is no wall. command: how to run the program, without its
    arguments.
    """

    socket: Path | None
    udp_host: str = "127.0.0.1"
    udp_port: int = 0
    public_addresses: tuple[str, ...] = ()
    log_level: str = "warning"
    own_process: bool = True
    wall_fps: float = 0.0
    address: tuple[str, int] | None = None
    secret: bytes = field(default=b"", repr=False)
    authority: Path | None = None
    core: str = ""
    name: str = ""
    command: tuple[str, ...] = field(default=(sys.executable, "-m", "meeting_server.media"))

    @property
    def label(self) -> str:
        """What the process is called."""
        return self.name or str(self.socket if self.address is None else self.address)

    def arguments(self) -> list[str]:
        """The command line of an own process."""
        found = [*self.command, "--socket", str(self.socket)]
        found += ["--udp-host", self.udp_host, "--udp-port", str(self.udp_port)]
        for address in self.public_addresses:
            found += ["--public-address", address]
        found += ["--wall-fps", str(self.wall_fps)]
        return [*found, "--log-level", self.log_level, "--orphan-seconds", str(ORPHAN_SECONDS)]


class MediaLink:
    """One line to one media process, with its supervision."""

    def __init__(self, settings: MediaSettings) -> None:
        self.settings = settings
        self.hello: mp.MediaHello | None = None
        self._rooms: dict[str, mp.Room] = {}
        self._listeners: list[Callable[[MediaEvent], None]] = []
        self._writer: asyncio.StreamWriter | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._task: asyncio.Task[None] | None = None
        self._stopping = False
        self._was_up = False
        self._closed: set[str] = set()
        self._complaint = ""

    @property
    def is_up(self) -> bool:
        """Whether the media process answers now."""
        return self.hello is not None

    @property
    def pid(self) -> int | None:
        """Process id of the media process that answers now."""
        return self.hello.pid if self.hello else None

    def listen(self, callback: Callable[[MediaEvent], None]) -> None:
        """Call back, in the event loop, for everything the process says and when it comes and goes."""
        self._listeners.append(callback)

    async def start(self) -> None:
        """Begin; returns at once. MediaUp tells when the process answers."""
        if self._task is None:
            self._stopping = False
            self._task = asyncio.create_task(self._run(), name="media-link")

    async def stop(self) -> None:
        """End the line and, if it is our own, the process."""
        if self._task is None:
            return
        self._stopping = True
        if self.settings.own_process and self._writer is not None:
            self._send(mp.Stop())
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(self._task), STOP_SECONDS)
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        self._task = None
        await self._end_process()

    def set_room(self, state: mp.Room) -> None:
        """Make this the desired state of its room. Repeating the same state sends nothing."""
        if self._rooms.get(state.room) != state:
            self._rooms[state.room] = state
            self._closed.discard(state.room)
            self._send(state)

    def close_room(self, room: str) -> None:
        """Close the room with its connections and forget it; one that is away is told when it is back."""
        if self._rooms.pop(room, None) is None:
            return
        if not self.is_up:
            self._closed.add(room)
        self._send(mp.Close(room))

    def join(self, room: str, peer: str) -> None:
        """Ask for an offer for this peer. Answered by Offer or Failed; by nothing while media is down."""
        self._send(mp.Join(room, peer))

    def answer(self, room: str, peer: str, sdp: str, attempt: int | None = None) -> None:
        """Relay the page's answer. One that is too large is refused here, as media would."""
        if len(sdp.encode()) > mp.MAX_SDP_BYTES:
            self._tell(mp.Failed(room, peer, "sdp-too-large", f"more than {mp.MAX_SDP_BYTES} bytes"))
        else:
            self._send(mp.Answer(room, peer, sdp, attempt))

    def guest(self, room: str, peer: str, sdp: str, plays: str | None) -> None:
        """Connect equipment by its own offer. Answered by GuestAnswer or Failed; by nothing when down."""
        self._send(mp.Guest(room, peer, sdp, plays))

    def leave(self, room: str, peer: str) -> None:
        """Close this peer's connection."""
        self._send(mp.Leave(room, peer))

    # ---- the line ----

    def _send(self, message: mp.FromCore) -> None:
        if self._writer is None or self._writer.is_closing():
            return
        self._writer.write(mp.encode(message))
        if self._writer.transport.get_write_buffer_size() > QUEUE_BYTES:
            log.error("the media process does not read; cutting the line")
            self._writer.transport.abort()

    def _tell(self, event: MediaEvent) -> None:
        for callback in self._listeners:
            try:
                callback(event)
            except Exception:  # one listener's fault must not end the line for all meetings
                log.exception("a listener failed on %s", type(event).__name__)

    async def _run(self) -> None:
        failures = 0
        while not self._stopping:
            if await self._converse():
                failures = 0
            if self._stopping:
                return
            await asyncio.sleep(BACKOFF_SECONDS[min(failures, len(BACKOFF_SECONDS) - 1)])
            failures += 1

    async def _converse(self) -> bool:
        """Reach the process, talk until the line ends. Returns whether it was ever up."""
        reached = await self._reach()
        if reached is None:
            return False
        reader, self._writer = reached
        hangs = False
        patience = HANG_SECONDS if self.settings.address is None else SILENT_SECONDS
        try:
            self._writer.write(mp.encode(mp.CoreHello(core=self.settings.core)))
            while line := await _line(reader, patience):
                self._hear(mp.decode_from_media(line))
            if self.hello is None:
                self._complain("it hung up on our hello; another web node may be connected to it")
        except TimeoutError:
            log.error("the media process %s hangs", self.settings.label)
            hangs = True
        except (OSError, ValueError) as error:  # ValueError: a line that is too long or no message
            log.warning("the line to the media process %s broke: %s", self.settings.label, error)
        finally:
            was_up = self.hello is not None
            self.hello = None
            self._writer.transport.abort()
            self._writer = None
            if was_up:
                self._tell(MediaDown())
        if hangs:
            await self._end_process()
        return was_up

    def _hear(self, message: mp.FromMedia) -> None:
        if not isinstance(message, mp.MediaHello):
            self._tell(message)
            return
        if message.version != mp.VERSION:
            raise mp.BadMessage(f"the media process speaks version {message.version}")
        self.hello = message
        self._was_up, self._complaint = True, ""
        for name in self._closed:
            self._send(mp.Close(name))
        self._closed.clear()
        for room in self._rooms.values():
            self._send(room)
        self._tell(MediaUp(message))

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        """Connect; start the process first if it is our own and none answers on the socket.

        One that answers is taken over: after a crash of the core the pictures have gone on.
        """
        connected = await self._connect()
        if connected is not None or not self.settings.own_process:
            return connected
        await self._end_process()
        if self._was_up:
            self._was_up = False
            self._tell(MediaEnded())
        command = self.settings.arguments()
        try:
            # Away from the terminal: Ctrl-C is for the core, which ends this process in its own order.
            self._process = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.DEVNULL,
                start_new_session=True,
                env=LARGE_PAGES | os.environ,
            )
        except OSError as error:
            log.error("the media process cannot be started: %s", error)
            return None
        loop = asyncio.get_running_loop()
        until = loop.time() + START_SECONDS
        while self._process.returncode is None and loop.time() < until:
            await asyncio.sleep(0.02)
            connected = await self._connect()
            if connected is not None:
                return connected
        log.error("the media process did not start (exit status %s)", self._process.returncode)
        await self._end_process()
        return None

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        try:
            if self.settings.address is not None:
                async with asyncio.timeout(CONNECT_SECONDS):
                    return await self._connect_afar(*self.settings.address)
            return await asyncio.open_unix_connection(self.settings.socket, limit=mp.MAX_LINE_BYTES)
        except (OSError, media_proof.NotProven) as error:
            if self.settings.address is not None:
                self._complain(str(error) or "no answer")
            return None

    async def _connect_afar(self, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        authority = self.settings.authority
        tls = None if authority is None else ssl.create_default_context(cafile=authority)
        reader, writer = await asyncio.open_connection(host, port, limit=mp.MAX_LINE_BYTES, ssl=tls)
        try:
            await media_proof.present(reader, writer, self.settings.secret)
        except BaseException:
            writer.transport.abort()
            raise
        return reader, writer

    def _complain(self, because: str) -> None:
        """Once for each reason, until it is up: it is tried again every other second."""
        if because != self._complaint:
            self._complaint = because
            log.error("the media process %s cannot be reached: %s", self.settings.label, because)

    async def _end_process(self) -> None:
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


async def _line(reader: asyncio.StreamReader, seconds: float) -> bytes:
    """The next line. Raises TimeoutError. wait_for would forget to be cancelled when a line has come."""
    async with asyncio.timeout(seconds):
        return await reader.readline()
