"""One browser: its connection, what it sends, what it is sent, and what can be measured of both."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from meeting_server import media_protocol as mp
from meeting_server.media import rtcp
from meeting_server.media.aiortc_seam import Connection
from meeting_server.media.budget import SendBudget
from meeting_server.media.downlink import Downlink
from meeting_server.media.downtrack import DownTrack
from meeting_server.media.lines import CHANNEL, LINES, LOOK
from meeting_server.media.overload import Overload
from meeting_server.media.port import Address, Port
from meeting_server.media.quality import Meter
from meeting_server.media.sdp import BadAnswer
from meeting_server.media.slot import Slot
from meeting_server.media.uptrack import OUR_SSRC, UpTrack

CONNECT_SECONDS = 15.0
"""From offer to connection; a page that takes longer is given up and joins again."""
SILENT_SECONDS = 8.0
"""A living browser is never silent for more than 2.5 s, by its STUN checks alone."""
REPORT_SECONDS = 1.0
MAX_REPEATS = 500
"""Packets repeated per peer and report interval; a NACK is small and must not be a lever."""
DISSOLVE_SECONDS = 2.0
"""After closing, until aiortc's last callbacks have run."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What every connection of the process stands on."""

    port: Port
    addresses: tuple[str, ...]
    overload: Overload = field(default_factory=Overload)


class Peer:
    """One connection of one peer. A peer that joins again gets a new one of these.

    changed: called with this peer and `connected`, or a reason of mp.Lost. attend: see UpTrack.
    """

    def __init__(
        self,
        name: str,
        attempt: int,
        ground: Ground,
        changed: Callable[[Peer, str], None],
        attend: Callable[[UpTrack], None],
    ) -> None:
        self.name = name
        self.attempt = attempt
        self.ups: dict[int, UpTrack] = {}
        self.downs: dict[int, DownTrack] = {}
        self.look: Slot | None = None
        self.hint: tuple[bool, bool] | None = None
        self.is_connected = False
        self.is_closed = False
        self.report_at = 0.0
        self.meter = Meter()
        self.downlink = Downlink()
        self._has_answer = False
        self._began_at = time.monotonic()
        self._port = ground.port
        self._changed = changed
        self._attend = attend
        self._by_ssrc: dict[int, tuple[UpTrack, bool]] = {}
        self._by_down_ssrc: dict[int, DownTrack] = {}
        self._line_of: dict[int, int] = {}
        self._repeats_left = MAX_REPEATS
        self.unshown: Collection[int] = ()
        """Indexes of the lines whose picture his page does not show."""
        self._budget = SendBudget()
        self._budget_at = time.monotonic()
        self._budget_octets = 0
        self._address: Address | None = None
        self._connection = Connection(ground.port, ground.addresses, self._state_changed, self._on_media)

    async def offer(self) -> str:
        """The SDP for the page."""
        return await self._connection.offer()

    async def answer(self, sdp: str) -> None:
        """Take the page's answer. Raises BadAnswer; this connection is of no use then."""
        if self._has_answer:
            raise BadAnswer("this offer has been answered")
        self._has_answer = True
        streams = await self._connection.accept(sdp)
        if self.is_closed:
            return
        for index, stream in streams.items():
            up = UpTrack(self.name, LINES[index], stream, self.send_control, self._attend)
            self.ups[index] = up
            self._by_ssrc[stream.ssrc] = (up, False)
            if stream.rtx is not None:
                self._by_ssrc[stream.rtx] = (up, True)

    def up(self, name: str) -> UpTrack | None:
        """His `mic`, `thumb` or `full`, if he sends it."""
        return next((up for up in self.ups.values() if up.line.name == name), None)

    @property
    def sends_picture(self) -> bool:
        """Whether he is here, with a camera."""
        return self.is_connected and self.up("full") is not None

    def lost_because(self, now: float) -> str | None:
        """Why he must be given up now, or None."""
        if not self.is_connected:
            return "unreachable" if now - self._began_at > CONNECT_SECONDS else None
        return "silent" if now - self._connection.place.heard_at > SILENT_SECONDS else None

    def send_control(self, packet: bytes) -> None:
        """Encrypt and send RTCP to him."""
        if self._address is not None and not self.is_closed:
            self._port.send(self._connection.protect_control(packet), self._address)

    def report(self, now: float) -> None:
        """Tell him how he is received, and how much he may send."""
        self.report_at = now + REPORT_SECONDS
        self._repeats_left = MAX_REPEATS
        blocks = [block for up in self.ups.values() if (block := up.report_block(now)) is not None]
        pictures = [up.ssrc for up in self.ups.values() if up.line.kind == "video"]
        packet = rtcp.receiver_report(OUR_SSRC, blocks)
        if pictures:
            packet += rtcp.remb(OUR_SSRC, self._send_budget(now), pictures)
        self.send_control(packet)
        # Sound's own reports come every five seconds: ours in between make the round trip known each second.
        down = next((each for each in self.downs.values() if each.can_report), None)
        if down is not None:
            down.report_again(now)

    def _send_budget(self, now: float) -> int:
        octets = sum(up.octets for up in self.ups.values())
        seconds = max(0.2, now - self._budget_at)
        arrived = (octets - self._budget_octets) * 8 / seconds
        self._budget_at, self._budget_octets = now, octets
        expected = sum(up.counted[0] for up in self.ups.values())
        lost = sum(up.counted[1] for up in self.ups.values())
        return self._budget.update(arrived, expected, lost)

    def quality(self, now: float) -> mp.Quality:
        """The figures since the last call."""
        place = self._connection.place
        return self.meter.measure(
            self.name,
            self.ups.values(),
            self.downs.values(),
            place,
            now,
            mic_open=self.hint is not None and self.hint[1],
            held=tuple(LINES[index].name for index in sorted(self.downlink.held)),
        )

    def adapt(self, rates: Mapping[int, float], now: float) -> bool:
        """Hold back what his line does not take; returns whether it changed. rates: bits per second."""
        trips = [down.round_trip for down in self.downs.values() if down.round_trip is not None]
        if trips and max(trips)[0] > now - REPORT_SECONDS:
            self.downlink.hear_trip(max(trips)[1], now)
        mine = {
            index: rates.get(index, 0.0)
            for index, down in self.downs.items()
            if down.is_active or index in self.downlink.held
        }
        if self.look is not None:
            mine[LOOK] = self.look.rate(now)
        chosen = self.downs.get(CHANNEL)
        if chosen is not None and chosen.is_active and chosen.slot is not None:
            mine[CHANNEL] = chosen.slot.bits
        return self.downlink.decide(mine, now)

    def close(self) -> asyncio.Task[None] | None:
        """Let go of him, once. Returns the task that does the rest; keep it."""
        if self.is_closed:
            return None
        self.is_closed = True
        self.is_connected = False
        for down in self.downs.values():
            down.exit()
        for up in self.ups.values():
            up.slots = ()
        return asyncio.create_task(self._hang_up(), name=f"hang-up {self.name}")

    async def _hang_up(self) -> None:
        await self._connection.close()
        await asyncio.sleep(DISSOLVE_SECONDS)
        self._connection.dissolve()
        # The rest of the rings: tracks know this peer by their callbacks.
        self.ups.clear()
        self.downs.clear()
        self._by_ssrc.clear()
        self._by_down_ssrc.clear()
        self.look = None

    def _state_changed(self, state: str) -> None:
        if self.is_closed:
            return
        if state == "connected":
            self._address = self._connection.remote_address
            self._open_downs()
            self.is_connected = True
            self.report(time.monotonic())
            self._changed(self, "connected")
        else:
            self._changed(self, "closed" if self.is_connected else "unreachable")

    def _open_downs(self) -> None:
        for index, line in enumerate(LINES):
            if not line.is_up:
                stream = self._connection.down_stream(index)
                down = DownTrack(stream, self._connection, self.send_control)
                self.downs[index] = down
                self._by_down_ssrc[stream.ssrc] = down
                self._line_of[stream.ssrc] = index

    def _on_media(self, datagram: bytes, address: Address) -> None:
        if self.is_closed or not self._connection.has_keys:
            return
        now = time.monotonic()
        if rtcp.is_rtcp(datagram):
            packet = self._connection.unprotect(datagram, is_control=True)
            if packet is not None:
                self._came_from(address)
                self._on_control(packet, now)
            return
        packet = self._connection.unprotect(datagram, is_control=False)
        if packet is None:
            return
        self._came_from(address)
        found = self._by_ssrc.get(int.from_bytes(packet[8:12], "big"))
        if found is not None:
            up, is_repair = found
            up.receive(packet, now, is_repair)

    def _came_from(self, address: Address) -> None:
        """Follow the browser to where its authentic packets come from, once that has answered a check."""
        if address == self._address or not self.is_connected:
            return
        if address in self._connection.place.answered:
            self._address = address
            self._connection.follow(address)
            for down in self.downs.values():
                down.move(address)

    def _on_control(self, packet: bytes, now: float) -> None:
        for each in rtcp.read(packet):
            if isinstance(each, rtcp.Estimate):
                self.downlink.hear_estimate(each.bits_per_second, now)
                continue
            if isinstance(each, rtcp.SenderInfo):
                found = self._by_ssrc.get(each.ssrc)
                if found is not None and not found[1]:
                    found[0].take_report(each, now)
                continue
            down = self._by_down_ssrc.get(each.ssrc)
            if down is None:
                continue
            if isinstance(each, rtcp.ReportBlock):
                down.loss = each.fraction / 256
                down.time_trip(each, now)
                self.downlink.hear_block(self._line_of[each.ssrc], each, down.unsent)
            elif isinstance(each, rtcp.Nack):
                for sequence in each.missing:
                    self._repeat(down, sequence)
            else:
                down.wish_keyframe(now)

    def _repeat(self, down: DownTrack, sequence: int) -> None:
        if self._repeats_left <= 0 or self._address is None:
            return
        packet = down.repeat(sequence)
        if packet is not None:
            self._repeats_left -= 1
            self._port.send(self._connection.protect(packet), self._address)

    def look_away(self) -> None:
        """Show him nobody on his look line. The slot is kept: the next picture goes on in its numbering,
        without which a decoder takes new frames for old ones.
        """
        if self.look is not None:
            self.look.set_sources(())
            self.look.set_receivers(())
