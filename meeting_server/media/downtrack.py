"""One receiver's end of one line, with a numbering of its own."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Protocol

from meeting_server.media import rtcp
from meeting_server.media.aiortc_seam import Connection
from meeting_server.media.fanout import Row, socket_address
from meeting_server.media.keyframes import Patience
from meeting_server.media.lines import CLOCK_RATE, RTX, Line
from meeting_server.media.packetmap import PacketMap
from meeting_server.media.packets import wrap_rtx
from meeting_server.media.port import Address
from meeting_server.media.ring import Ring
from meeting_server.media.sdp import DownStream
from meeting_server.media.uptrack import UpTrack

MAX_OPEN_REPORTS = 8
"""SRs of the last seconds that an RR may answer."""
REPORT_AGAIN_SECONDS = 0.9


class Stream(Protocol):
    """What he receives from; see Slot."""

    line: Line
    map: PacketMap
    ring: Ring
    sent: tuple[int, int]
    unsent: int
    sent_at: float | None
    bits: float

    @property
    def source(self) -> UpTrack | None: ...
    def renew_rows(self) -> None: ...


class DownTrack:
    """One receiver's end of one line.

    He is left out while he is the source himself; when he comes back his numbering goes on where it stopped,
    at a key frame. So it does when he goes from one slot to another, and the time stamps too.
    """

    def __init__(
        self, stream: DownStream, connection: Connection, send_control: Callable[[bytes], None]
    ) -> None:
        self.ssrc = stream.ssrc
        self.slot: Stream | None = None
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
        self._unsent = self._slot_unsent = 0
        self.round_trip: tuple[float, float] | None = None
        """When it was measured, and seconds; by his report on ours (RFC 3550 6.4.1)."""
        self._reports: dict[int, float] = {}
        self._told: tuple[int, int, float, UpTrack | None] | None = None
        self._patience = Patience()

    def enter(self, slot: Stream, first: int) -> None:
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
        self._slot_unsent = slot.unsent

    def exit(self) -> None:
        """Receive no more for now."""
        if self.is_active and self.slot is not None:
            self._sent, self._unsent = self.sent, self.unsent
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

    @property
    def unsent(self) -> int:
        """Numbers of this line that he was given nothing for, since it was lost on the way to us."""
        if not self.is_active or self.slot is None:
            return self._unsent
        return self._unsent + self.slot.unsent - self._slot_unsent

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
