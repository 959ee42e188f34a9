"""One slot: a continuous stream fed by whoever holds it, and those who receive it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from meeting_server.media import rtcp
from meeting_server.media.downtrack import DownTrack, GuestDown
from meeting_server.media.fanout import Batch, Pair, SendTable
from meeting_server.media.lines import CLOCK_RATE, Line
from meeting_server.media.packetmap import PacketMap
from meeting_server.media.packets import Vp8
from meeting_server.media.reception import Arrival
from meeting_server.media.ride import Ride
from meeting_server.media.ring import Ring
from meeting_server.media.train import Train, may_wait
from meeting_server.media.uptrack import UpTrack

STALE_SECONDS = 1.0
"""Silent for so long, a preferred source gives way to the next and a slot is taken to carry nothing."""
HELD_SECONDS = 0.02
"""The rest of a picture is waited for so long; its end may have been lost on the way to us."""


class Slot:
    """One line of a room, one of its spoken channels, or the look line of one peer.

    sources: whose packets may pass, best first; only one passes at a time. sent: packets, bytes per receiver.
    unsent: numbers that were given out to no packet, since it was lost on the way to us. bits: per second to
    each receiver, by the last call of `rate`.
    """

    def __init__(self, line: Line, table: SendTable, ride: Ride[Slot] | None = None) -> None:
        self.line = line
        self.map = PacketMap(CLOCK_RATE[line.kind], random.getrandbits(14))
        self.ring = Ring()
        self.sources: Sequence[UpTrack] = ()
        self.wanted: UpTrack | None = None
        self.sent = (0, 0)
        self.unsent = 0
        self.bits = 0.0
        self.sent_at: float | None = None
        self._rated = (0.0, 0)
        self._table = table
        self._active: dict[DownTrack, None] = {}
        self._waiting: dict[DownTrack, None] = {}
        self._batch: Batch | None = None
        self._guests: list[GuestDown] = []
        self._train = Train()
        self._ride = ride
        self._pairs: dict[Slot, Pair] = {}

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

    @property
    def waiting(self) -> int:
        """Octets of the packet of sound that waits for a picture, 0 when none does."""
        return self._train.even

    @property
    def listeners(self) -> int:
        """How many are sent what passes."""
        return len(self._active)

    def set_sources(self, sources: Sequence[UpTrack]) -> None:
        """Let these and no others pass. What passed by an earlier grant stops at this call."""
        if tuple(sources) == tuple(self.sources):
            return
        self.depart()
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
            self.depart()
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
            self.depart()
            down.exit()
            del self._active[down]
            self._batch = None

    def renew_rows(self) -> None:
        """Make the send table's rows anew before the next packet: somebody has another address."""
        self._batch = None

    def tick(self, now: float) -> None:
        """Wait no longer for the rest of a picture that does not come; called often."""
        if self._train.has_waited(HELD_SECONDS, now):
            self.depart()

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
        highest = self.map.highest
        mapped = self.map.forward(up, packet, arrival.number, vp8, arrival.is_newest, now)
        if mapped is None:
            if up is not self.map.source:
                up.want_keyframe()
            return
        # A gap has come before this one, or it fills one.
        self.unsent += ((self.map.highest - highest) & 0xFFFF) - 1
        rides = vp8 is not None and arrival.is_newest and self._table.takes_trains and may_wait(mapped)
        if not rides or not self._train.takes(mapped):
            self.depart()
        newcomers: Iterable[DownTrack] = ()
        if self._waiting and arrival.is_newest and (vp8 is None or vp8.starts_key):
            self.depart()
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
                self.depart()
        elif vp8 is None and arrival.is_newest and self._ride is not None and self._ride.takes(self, now):
            self._train.add(mapped, now)
        else:
            self._send([mapped])
        if up is not before:
            newcomers = self._active
        if newcomers and up.report is not None:
            self._send_reports(up.report, newcomers, now)

    def depart(self) -> None:
        """Send what waits: before anything else is sent, and before anybody comes or goes."""
        if not self._train:
            return
        sound = None
        if self._ride is not None and self.line.kind == "video":
            sound = self._ride.pick(self, self.listeners, self._train.even, self._train.since)
        elif self._ride is not None:
            self._ride.leave(self)
        packets = self._train.leave(evenly=sound is not None)
        if sound is None:
            self._send(packets)
        else:
            self._send_along(packets, sound)

    def _send(self, packets: Sequence[bytearray]) -> None:
        batch = self._count(packets)
        if batch.parts:
            self._table.send(packets, batch)
        self._serve_guests(packets)

    def _send_along(self, packets: Sequence[bytearray], sound: Slot) -> None:
        """Send a picture, and with it what the sound has."""
        spoken = sound._train.leave()
        batches = (self._count(packets), sound._count(spoken))
        pair = self._pairs.get(sound)
        if pair is None or pair.batches != batches:
            pair = self._pairs[sound] = self._table.pair(*batches)
        self._table.send_along(packets, spoken[0], pair)
        sound._serve_guests(spoken)
        self._serve_guests(packets)

    def _count(self, packets: Sequence[bytearray]) -> Batch:
        """Keep and count what is about to be sent, and return to whom."""
        for packet in packets:
            self.ring.keep((packet[2] << 8) | packet[3], bytes(packet))
        self.sent = (self.sent[0] + len(packets), self.sent[1] + sum(map(len, packets)))
        if self._batch is None:
            rows = [each.row() for each in self._active if not isinstance(each, GuestDown)]
            self._batch = self._table.batch(rows)
            self._guests = [each for each in self._active if isinstance(each, GuestDown)]
        return self._batch

    def _serve_guests(self, packets: Sequence[bytearray]) -> None:
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
