"""One slot: a continuous stream fed by whoever holds it, and its receivers with their own numberings."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence

from meeting_server.media import rtcp
from meeting_server.media.aiortc_seam import Connection
from meeting_server.media.fanout import Batch, Row, SendTable, socket_address
from meeting_server.media.keyframes import Patience
from meeting_server.media.lines import CLOCK_RATE, RTX, Line
from meeting_server.media.packetmap import PacketMap
from meeting_server.media.packets import Vp8, wrap_rtx
from meeting_server.media.port import Address
from meeting_server.media.reception import Arrival
from meeting_server.media.ring import Ring
from meeting_server.media.sdp import DownStream
from meeting_server.media.train import Train, may_wait
from meeting_server.media.uptrack import UpTrack

MAX_OPEN_REPORTS = 8
"""SRs of the last seconds that an RR may answer."""
REPORT_AGAIN_SECONDS = 0.9
STALE_SECONDS = 1.0
"""Silent for so long, a preferred source gives way to the next and a slot is taken to carry nothing."""
HELD_SECONDS = 0.02
"""The rest of a picture is waited for so long; its end may have been lost on the way to us."""


class DownTrack:
    """One receiver's end of one line.

    He is left out while he is the source himself; when he comes back his numbering goes on where it stopped,
    at a key frame. So it does when he goes from one slot to another, and the time stamps too.
    """

    def __init__(
        self, stream: DownStream, connection: Connection, send_control: Callable[[bytes], None]
    ) -> None:
        self.ssrc = stream.ssrc
        self.slot: Slot | None = None
        self.is_active = False
        self.loss = 0.0
        self._rtx = stream.rtx
        self._connection = connection
        self._send_control = send_control
        self._address = socket_address(connection.remote_address, connection.family)
        self._last = random.getrandbits(14)
        self._rtx_last = random.getrandbits(14)
        self._entry = 0
        self._shift = 0
        self._time_shift = 0
        self._stopped = (0, 0.0)
        self._row: Row | None = None
        self._sent = (0, 0)
        self._slot_sent = (0, 0)
        self.round_trip: tuple[float, float] | None = None
        """When it was measured, and seconds; by his report on ours (RFC 3550 6.4.1)."""
        self._reports: dict[int, float] = {}
        self._told: tuple[int, int, float, UpTrack | None] | None = None
        self._patience = Patience()

    def enter(self, slot: Slot, first: int) -> None:
        """Receive from the slot, beginning with its newest packet, number `first`."""
        if self.slot is not None and self.slot is not slot:
            stamp, at = self._stopped
            elapsed = max(1, int((slot.map.at - at) * CLOCK_RATE[slot.line.kind]))
            self._time_shift = (stamp + elapsed - slot.map.timestamp) & 0xFFFFFFFF
        self.slot = slot
        self.is_active = True
        self._entry = (self._last + 1) & 0xFFFF
        self._shift = self._entry - first
        self._row = Row(self._shift, self.ssrc, self._connection.outgoing, self._address, self._time_shift)
        self._slot_sent = slot.sent

    def exit(self) -> None:
        """Receive no more for now."""
        if self.is_active and self.slot is not None:
            self._sent = self.sent
            self._last = (self.slot.map.highest + self._shift) & 0xFFFF
            self._stopped = (self._later(self.slot.map.timestamp), self.slot.map.at)
        self.is_active = False

    def _later(self, timestamp: int) -> int:
        """A time stamp of the slot as he is told it."""
        return (timestamp + self._time_shift) & 0xFFFFFFFF

    @property
    def sent(self) -> tuple[int, int]:
        """Packets and bytes sent to him on this line, retransmissions not counted."""
        if not self.is_active or self.slot is None:
            return self._sent
        packets = self._sent[0] + self.slot.sent[0] - self._slot_sent[0]
        return packets, self._sent[1] + self.slot.sent[1] - self._slot_sent[1]

    def move(self, address: Address) -> None:
        """Send to another address from now on."""
        self._address = socket_address(address, self._connection.family)
        if self._row is not None and self.slot is not None:
            self._row = self._row._replace(address=self._address)
            self.slot.renew_rows()

    def wish_keyframe(self, now: float) -> None:
        """He cannot go on without a key frame, and it is passed on if he has not asked too often."""
        if (
            self.is_active
            and self.slot is not None
            and self.slot.source is not None
            and self._patience.grants(now)
        ):
            self.slot.source.want_keyframe()

    def row(self) -> Row:
        """His row in the send table, from when he entered."""
        assert self._row is not None
        return self._row

    def repeat(self, sequence: int) -> bytes | None:
        """The packet he has missed, to be encrypted: as RTX, or as it was where there is none (sound)."""
        if not self.is_active or self.slot is None or (sequence - self._entry) & 0xFFFF >= 0x8000:
            return None
        found = self.slot.ring.find((sequence - self._shift) & 0xFFFF)
        if found is None:
            return None
        packet = bytearray(found)
        packet[2:4] = sequence.to_bytes(2, "big")
        packet[4:8] = self._later(int.from_bytes(packet[4:8], "big")).to_bytes(4, "big")
        packet[8:12] = self.ssrc.to_bytes(4, "big")
        if self._rtx is None:
            return bytes(packet)
        self._rtx_last = (self._rtx_last + 1) & 0xFFFF
        return wrap_rtx(packet, RTX, self._rtx, self._rtx_last)

    def send_report(self, ntp: int, timestamp: int, now: float) -> None:
        """Send an SR with this stream's own counts. timestamp: by the slot's clock."""
        self._told = (ntp, timestamp, now, self.slot.source if self.slot is not None else None)
        self._reports[(ntp >> 16) & 0xFFFFFFFF] = now
        while len(self._reports) > MAX_OPEN_REPORTS:
            del self._reports[next(iter(self._reports))]
        self._send_control(rtcp.sender_report(self.ssrc, ntp, self._later(timestamp), *self.sent))

    @property
    def can_report(self) -> bool:
        """Whether he receives something whose time is known."""
        return self.is_active and self._told is not None

    def report_again(self, now: float) -> None:
        """The last SR, moved on to now, unless one has just gone."""
        if self._told is None or self.slot is None:
            return
        ntp, timestamp, at, source = self._told
        passed = now - at
        # Another source's clock is its own: moving the former's on would tear sound and picture apart.
        if passed < REPORT_AGAIN_SECONDS or source is not self.slot.source:
            return
        ticks = int(passed * CLOCK_RATE[self.slot.line.kind])
        self.send_report(
            (ntp + int(passed * (1 << 32))) & 0xFFFFFFFFFFFFFFFF, (timestamp + ticks) & 0xFFFFFFFF, now
        )

    def time_trip(self, block: rtcp.ReportBlock, now: float) -> None:
        """His RR: from our SR there and back, without the time he held it."""
        sent_at = self._reports.get(block.last_sr)
        if sent_at is not None:
            self.round_trip = (now, max(0.0, now - sent_at - block.delay / 65536))


class GuestDown(DownTrack):
    """Equipment's end of one line: its own payload type, and sent to alone."""

    def __init__(
        self,
        stream: DownStream,
        connection: Connection,
        send_control: Callable[[bytes], None],
        payload: int,
        send: Callable[[bytes], None],
    ) -> None:
        super().__init__(stream, connection, send_control)
        self._payload = payload
        self._send = send

    def send(self, packet: bytes | bytearray) -> None:
        """One packet of the slot."""
        sequence = ((packet[2] << 8 | packet[3]) + self._shift) & 0xFFFF
        made = bytearray(packet)
        made[1] = made[1] & 0x80 | self._payload
        made[2:4] = sequence.to_bytes(2, "big")
        made[4:8] = self._later(int.from_bytes(made[4:8], "big")).to_bytes(4, "big")
        made[8:12] = self.ssrc.to_bytes(4, "big")
        self._send(bytes(made))

    def repeat(self, sequence: int) -> bytes | None:
        """The packet it has missed, as it was."""
        packet = super().repeat(sequence)
        return None if packet is None else bytes((packet[0], packet[1] & 0x80 | self._payload)) + packet[2:]


class Slot:
    """One line of a room, one of its spoken channels, or the look line of one peer.

    sources: whose packets may pass, best first; only one passes at a time. sent: packets, bytes per receiver.
    bits: per second to each receiver, by the last call of `rate`.
    """

    def __init__(self, line: Line, table: SendTable) -> None:
        self.line = line
        self.map = PacketMap(CLOCK_RATE[line.kind], random.getrandbits(14))
        self.ring = Ring()
        self.sources: Sequence[UpTrack] = ()
        self.wanted: UpTrack | None = None
        self.sent = (0, 0)
        self.bits = 0.0
        self.sent_at: float | None = None
        self._rated = (0.0, 0)
        self._table = table
        self._active: dict[DownTrack, None] = {}
        self._waiting: dict[DownTrack, None] = {}
        self._batch: Batch | None = None
        self._guests: list[GuestDown] = []
        self._train = Train()

    @property
    def source(self) -> UpTrack | None:
        """Whose packets pass now."""
        found = self.map.source
        assert found is None or isinstance(found, UpTrack)
        return found

    def rate(self, now: float) -> float:
        """Bits per second to each receiver since the last call."""
        at, octets = self._rated
        self._rated = (now, self.sent[1])
        self.bits = (self.sent[1] - octets) * 8 / (now - at) if now > at else 0.0
        return self.bits

    def flows(self, now: float) -> bool:
        """Whether anything has passed lately."""
        return self.sent_at is not None and now - self.sent_at < STALE_SECONDS

    @property
    def receivers(self) -> list[DownTrack]:
        """Everybody entitled, also those who wait for a key frame."""
        return [*self._active, *self._waiting]

    def set_sources(self, sources: Sequence[UpTrack]) -> None:
        """Let these and no others pass. What passed by an earlier grant stops at this call."""
        if tuple(sources) == tuple(self.sources):
            return
        self._depart()
        self.sources = tuple(sources)
        if self.map.source not in self.sources:
            self.map.release()
        if self.wanted not in self.sources:
            self.wanted = self.sources[0] if self.sources else None
        if self.wanted is not None and self.wanted is not self.map.source:
            self.wanted.want_keyframe()

    def lose(self, up: UpTrack) -> None:
        """This source has ended."""
        self.set_sources([each for each in self.sources if each is not up])

    def set_receivers(self, wanted: Iterable[DownTrack]) -> None:
        """Send to these and no others; a newcomer begins at the next key frame, with sound at once."""
        found = dict.fromkeys(wanted)
        gone = [each for each in self._active if each not in found]
        if gone:
            self._depart()
        for each in gone:
            each.exit()
            del self._active[each]
        self._waiting = {each: None for each in found if each not in self._active}
        if gone:
            self._batch = None
        if self._waiting and self.wanted is not None:
            self.wanted.want_keyframe()

    def forget(self, down: DownTrack) -> None:
        """Send to this one no more, and keep no reference to it."""
        self._waiting.pop(down, None)
        if down in self._active:
            self._depart()
            down.exit()
            del self._active[down]
            self._batch = None

    def renew_rows(self) -> None:
        """Make the send table's rows anew before the next packet: somebody has another address."""
        self._batch = None

    def tick(self, now: float) -> None:
        """Wait no longer for the rest of a picture that does not come; called often."""
        if self._train.has_waited(HELD_SECONDS, now):
            self._depart()

    def choose(self, now: float) -> None:
        """Fall back to the next source when the best is silent; called every second."""
        if len(self.sources) < 2:
            return
        best = next((each for each in self.sources if each.is_heard(now, STALE_SECONDS)), self.sources[-1])
        if best is not self.wanted:
            self.wanted = best
            if self.map.source is not best:
                best.want_keyframe()

    def feed(self, up: UpTrack, packet: bytes, arrival: Arrival, vp8: Vp8 | None, now: float) -> None:
        """Take one packet of one of the sources."""
        before = self.map.source
        if up not in self.sources:
            return
        if up is not self.wanted and up is not before:
            if up is not self.sources[0]:
                return
            self.wanted = up  # the best source has begun
        mapped = self.map.forward(up, packet, arrival.number, vp8, arrival.is_newest, now)
        if mapped is None:
            if up is not self.map.source:
                up.want_keyframe()
            return
        rides = vp8 is not None and arrival.is_newest and self._table.takes_trains and may_wait(mapped)
        if not rides or not self._train.takes(mapped):
            self._depart()
        newcomers: Iterable[DownTrack] = ()
        if self._waiting and arrival.is_newest and (vp8 is None or vp8.starts_key):
            self._depart()
            newcomers = self._waiting
            for each in self._waiting:
                each.enter(self, (mapped[2] << 8) | mapped[3])
            self._active.update(self._waiting)
            self._waiting = {}
            self._batch = None
        self.sent_at = now
        if rides:
            self._train.add(mapped, now)
            if self._train.is_whole:
                self._depart()
        else:
            self._send([mapped])
        if up is not before:
            newcomers = self._active
        if newcomers and up.report is not None:
            self._send_reports(up.report, newcomers, now)

    def _depart(self) -> None:
        """Send what waits: before anything else is sent, and before anybody comes or goes."""
        if self._train:
            self._send(self._train.leave())

    def _send(self, packets: Sequence[bytearray]) -> None:
        for packet in packets:
            self.ring.keep((packet[2] << 8) | packet[3], bytes(packet))
        self.sent = (self.sent[0] + len(packets), self.sent[1] + sum(map(len, packets)))
        if self._batch is None:
            rows = [each.row() for each in self._active if not isinstance(each, GuestDown)]
            self._batch = self._table.batch(rows)
            self._guests = [each for each in self._active if isinstance(each, GuestDown)]
        if self._batch.parts:
            self._table.send(packets, self._batch)
        for guest in self._guests:
            for packet in packets:
                guest.send(packet)

    def relay(self, up: UpTrack, report: rtcp.SenderInfo, now: float) -> None:
        """Pass on a source's SR, so that sound and picture stay together."""
        if up is self.map.source:
            self._send_reports(report, self._active, now)

    def _send_reports(self, report: rtcp.SenderInfo, receivers: Iterable[DownTrack], now: float) -> None:
        timestamp = (report.timestamp + self.map.timestamp_shift) & 0xFFFFFFFF
        for each in receivers:
            each.send_report(report.ntp, timestamp, now)
