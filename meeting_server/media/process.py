"""The media process: a line to the core, one UDP port, rooms. No database, HTTP, names or law."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import logging
import os
import signal
import time
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path

import uvloop

from meeting_server import media_protocol as mp
from meeting_server.media import addresses, aiortc_seam
from meeting_server.media.door import Doors
from meeting_server.media.fanout import SendTable
from meeting_server.media.lines import LINES
from meeting_server.media.peer import Ground
from meeting_server.media.port import Port
from meeting_server.media.room import Room
from meeting_server.media.wall_link import WallLink

log = logging.getLogger(__name__)

TICK_SECONDS = 0.05
REPORT_SECONDS = 1.0
ABANDON_SECONDS = 60.0
"""Without a core for this long, rooms are closed: nobody could take a grant back."""
CONFIRM_SECONDS = 10.0
"""A core that has come back repeats its rooms; one it has not repeated by then is closed."""
TROUBLES = ("buffer_full", "bad_address", "protect_failed", "too_long", "send_failed", "receive_failed")
"""Counters that are worth a line in the log; the others count what strangers send."""
SLOW_CORE_BYTES = 1 << 20
"""With more than this unread by the core, reports are left out; nothing else is."""
NICENESS = -10
"""Sound goes before everything else on the machine: a PDF that is typeset may wait, a syllable may not. Only
with the right to it (CAP_SYS_NICE); otherwise it is left to whoever starts the process."""
LATE_SECONDS = 0.05
"""A pause of the event loop that is worth a line in the log: more than two packets of sound."""


@dataclass(frozen=True, slots=True)
class Settings:
    """From the command line. orphan_seconds: end after this long without a core; 0 means never.

    wall_fps: pictures of each wall a second; 0 is no wall.
    """

    doors: Doors
    udp_host: str = "127.0.0.1"
    udp_port: int = 0
    public_addresses: tuple[str, ...] = ()
    log_level: str = "warning"
    orphan_seconds: float = 0.0
    wall_fps: float = 0.0


class MediaProcess:
    """Serves one core at a time. A newer connection of the same core takes the place of the older; another
    core is refused as long as one is connected.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._port = Port()
        self._wall = WallLink(settings.wall_fps, settings.log_level)
        self._rooms: dict[str, Room] = {}
        self._unconfirmed: set[str] = set()
        self._confirm_by = 0.0
        self._core: asyncio.StreamWriter | None = None
        self._core_name = ""
        self._alone_since = time.monotonic()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopped = asyncio.Event()
        self._table: SendTable | None = None
        self._ground: Ground | None = None
        self._has_garbage = False
        self._warned: dict[str, int] = {}

    async def run(self) -> None:
        """Serve until told to stop."""
        settings = self._settings
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stopped.set)
        try:
            await loop.create_datagram_endpoint(
                lambda: self._port, sock=addresses.open_socket(settings.udp_host, settings.udp_port)
            )
            told = addresses.told(self._port.host, settings.public_addresses, aiortc_seam.machine_addresses())
        except OSError as error:
            raise SystemExit(f"media: UDP {settings.udp_host} port {settings.udp_port}: {error}") from None
        self._table = SendTable(self._port.fileno)
        self._ground = Ground(self._port, told)
        doors = contextlib.AsyncExitStack()
        await doors.enter_async_context(settings.doors.opened(self._serve))
        # From here on the collector is off: one run with everybody connected stops all sound for 0.2 s.
        # Leavers are freed by `dissolve`, and what is left is collected when nobody is connected.
        gc.collect()
        gc.freeze()
        gc.disable()
        clock = asyncio.create_task(self._keep_time(), name="clock")
        clock.add_done_callback(lambda _: self._stopped.set())
        try:
            await self._stopped.wait()
        finally:
            clock.cancel()
            await doors.aclose()
            if self._core is not None:
                self._core.close()
            await self._close_rooms()
            self._wall.close()
            self._port.close()
            gc.enable()
        if not clock.cancelled() and clock.done() and clock.exception() is not None:
            log.critical("the clock stopped", exc_info=clock.exception())

    # ---- the core ----

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            hello = mp.decode_from_core(await reader.readline())
            if not isinstance(hello, mp.CoreHello) or mp.VERSION not in hello.versions:
                log.error("a core that speaks another version was refused")
                return
            if self._core is not None and hello.core != self._core_name:
                log.error("the core %r was refused: %r is connected", hello.core, self._core_name)
                return
            if self._core is not None:
                self._core.close()
            self._core, self._core_name = writer, hello.core
            self._unconfirmed = set(self._rooms)
            self._confirm_by = time.monotonic() + CONFIRM_SECONDS
            assert self._ground is not None
            self._tell(mp.MediaHello(mp.VERSION, self._port.number, self._ground.addresses, os.getpid()))
            while line := await reader.readline():
                self._obey(mp.decode_from_core(line))
        except (OSError, ValueError) as error:  # ValueError: a line that is too long or no message
            log.error("the core was cut off: %s", error)
        finally:
            if self._core is writer:
                self._core = None
                self._alone_since = time.monotonic()
            writer.close()

    def _tell(self, message: mp.FromMedia) -> None:
        if self._core is None or self._core.is_closing():
            return
        if (
            isinstance(message, mp.QualityReport | mp.Health)
            and self._core.transport.get_write_buffer_size() > SLOW_CORE_BYTES
        ):
            return
        self._core.write(mp.encode(message))

    def _obey(self, message: mp.FromCore) -> None:
        match message:
            case mp.Room():
                self._apply(message)
            case mp.Join(room=name, peer=peer):
                room = self._rooms.get(name)
                if room is None:
                    self._tell(mp.Failed(name, peer, "not-admitted", "the room is not open"))
                else:
                    self._begin(room.join(peer))
            case mp.Answer(room=name, peer=peer):
                room = self._rooms.get(name)
                if room is None:
                    self._tell(mp.Failed(name, peer, "unknown-peer", "the room is not open"))
                else:
                    self._begin(room.answer(message))
            case mp.Guest(room=name, peer=peer):
                room = self._rooms.get(name)
                if room is None:
                    self._tell(mp.Failed(name, peer, "not-admitted", "the room is not open"))
                else:
                    self._begin(room.admit(message))
            case mp.Leave(room=name, peer=peer):
                if (room := self._rooms.get(name)) is not None:
                    room.leave(peer)
            case mp.Close(room=name):
                self._close(name)
            case mp.Stop():
                self._stopped.set()
            case mp.CoreHello():
                pass  # repeatable

    def _apply(self, state: mp.Room) -> None:
        room = self._rooms.get(state.room)
        if room is None:
            assert self._ground is not None
            assert self._table is not None
            room = self._rooms[state.room] = Room(
                state.room, self._ground, self._table, self._tell, self._wall
            )
        room.apply(state)
        if state.room in self._unconfirmed:
            self._unconfirmed.discard(state.room)
            room.announce()

    def _close(self, name: str) -> None:
        self._unconfirmed.discard(name)
        room = self._rooms.pop(name, None)
        if room is not None:
            room.close()
            self._tasks |= room.closing
            for task in room.closing:
                task.add_done_callback(self._tasks.discard)

    def _begin(self, work: Coroutine[object, object, None]) -> None:
        """Run in a task of its own: one slow negotiation must not keep the others waiting."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("a negotiation failed", exc_info=task.exception())

    async def _close_rooms(self) -> None:
        for name in list(self._rooms):
            self._close(name)
        # Long enough for the farewells to be sent; memory need not be freed any more.
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=0.2)

    # ---- time ----

    async def _keep_time(self) -> None:
        report_at = time.monotonic()
        late = (0.0, 0.0)
        while True:
            due, worked = time.monotonic() + TICK_SECONDS, time.thread_time()
            await asyncio.sleep(TICK_SECONDS)
            now = time.monotonic()
            # What this thread has not worked meanwhile, it waited for a processor.
            late = max(late, (now - due, min(now - due, time.thread_time() - worked)))
            is_changed = self._look_at_load(now)
            is_report_due = now >= report_at
            for name, room in list(self._rooms.items()):
                try:
                    if is_changed:
                        room.keep_up()
                    room.tick(now)
                    if is_report_due:
                        self._tell(room.report(now))
                except Exception:  # a fault in one meeting must not end the others
                    log.exception("room %s: a fault", name)
            if not is_report_due:
                continue
            report_at = now + REPORT_SECONDS
            self._tell_health(*late)
            late = (0.0, 0.0)
            if self._unconfirmed and now > self._confirm_by:
                for name in list(self._unconfirmed):
                    self._close(name)
            self._wall.tick(now)
            self._tidy()
            if self._core is None and self._is_abandoned(now - self._alone_since):
                return

    def _look_at_load(self, now: float) -> bool:
        """Leave pictures out before everything has to wait, and give them back; whether that has changed."""
        assert self._ground is not None
        overload = self._ground.overload
        is_behind, before = self._port.is_behind(), overload.held
        in_use = {line for room in self._rooms.values() for line in room.in_use(now)} if is_behind else set()
        is_changed = overload.hear(is_behind, in_use, now)
        for line in overload.held - before:
            log.warning("too much to do: the %s picture is left out for everybody", LINES[line].name)
        for line in before - overload.held:
            log.warning("the %s picture is sent again", LINES[line].name)
        return is_changed

    def _is_abandoned(self, seconds: float) -> bool:
        """Close the rooms of a core that does not come back. Returns whether to end as well."""
        if seconds > ABANDON_SECONDS:
            for name in list(self._rooms):
                self._close(name)
        return 0 < self._settings.orphan_seconds < seconds

    def _tell_health(self, late: float, own: float) -> None:
        """Say how the process is, and warn of what should not have been since the last time."""
        late_ms, own_ms = (round(each * 1000, 1) for each in (late, own))
        if late > LATE_SECONDS:
            log.warning("the event loop was %.0f ms late, working for %.0f ms of them", late_ms, own_ms)
        peers = sum(len(room.peers) for room in self._rooms.values())
        tasks = len(asyncio.all_tasks())
        self._tell(mp.Health(late_ms, own_ms, tasks, peers, self._tell_losses()))

    def _tell_losses(self) -> int:
        """Warn of datagrams that could not be sent or handled; returns how many could not be sent."""
        if self._table is None:
            return 0
        counts = {name: n for name, n in (self._table.counts + self._port.counts).items() if name in TROUBLES}
        new = {
            name: n - self._warned.get(name, 0) for name, n in counts.items() if n > self._warned.get(name, 0)
        }
        if new:
            log.warning("in the last second: %s", ", ".join(f"{name} {n}" for name, n in new.items()))
            self._warned = counts
        return new.get("buffer_full", 0) + new.get("send_failed", 0)

    def _tidy(self) -> None:
        """Collect garbage once after the last peer has gone, when no sound can be stopped by it."""
        if any(room.peers or room.closing for room in self._rooms.values()) or self._tasks:
            self._has_garbage = True
        elif self._has_garbage:
            self._has_garbage = False
            gc.collect()


def run(settings: Settings) -> None:
    """Run the process until it is told to stop."""
    logging.basicConfig(
        level=settings.log_level.upper(), format="media %(levelname)s %(name)s: %(message)s", force=True
    )
    with contextlib.suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, NICENESS)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(MediaProcess(settings).run())


def main(argv: Sequence[str] | None = None) -> None:
    """The command line of `media`."""
    parser = argparse.ArgumentParser(
        prog="media", description="Forward sound and picture (the media process)."
    )
    parser.add_argument("--socket", type=Path, help="Unix socket the core on this host connects to")
    parser.add_argument("--listen", default="", metavar="HOST:PORT", help="TCP for a core on another host")
    parser.add_argument("--secret-file", type=Path, help="what the core must prove to know; with --listen")
    parser.add_argument("--tls-certificate", type=Path, help="PEM; makes the line of --listen TLS")
    parser.add_argument("--tls-key", type=Path, help="PEM; when it is not in the certificate's file")
    parser.add_argument(
        "--udp-host", default="127.0.0.1", help="address to receive on; :: is all, IPv6 and IPv4"
    )
    parser.add_argument("--udp-port", type=int, default=0, help="UDP port; 0 takes a free one")
    parser.add_argument(
        "--public-address",
        action="append",
        default=[],
        help="IPv6 or IPv4 address, or name, browsers are told; may be repeated",
    )
    parser.add_argument("--log-level", default="warning")
    parser.add_argument(
        "--orphan-seconds", type=float, default=0.0, help="end after so long without a core; 0: never"
    )
    parser.add_argument(
        "--wall-fps", type=float, default=0.0, help="pictures of the wall a second; 0: no wall"
    )
    given = parser.parse_args(argv)
    if given.socket is None and not given.listen:
        parser.error("--socket or --listen is needed")
    doors = Doors(given.socket, given.listen, given.secret_file, given.tls_certificate, given.tls_key)
    with contextlib.suppress(KeyboardInterrupt):
        run(
            Settings(
                doors=doors,
                udp_host=given.udp_host,
                udp_port=given.udp_port,
                public_addresses=tuple(given.public_address),
                log_level=given.log_level,
                orphan_seconds=given.orphan_seconds,
                wall_fps=given.wall_fps,
            )
        )
