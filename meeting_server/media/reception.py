"""What has arrived of one up-link stream: numbering, loss, jitter, and which packets to ask for again."""

from __future__ import annotations

from dataclasses import dataclass

MAX_MISSING = 200
"""Above this the line was broken, not lossy: a key frame is cheaper than the packets."""
MAX_REQUESTS = 6
REQUEST_SECONDS = 0.06
"""Pause before a packet is asked for again; about one round trip of a good line."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """number: sequence number, roll-overs counted. is_newest: higher than all before.

    is_gap: packets were skipped just before this one. is_new: false for a repeated packet.
    """

    number: int
    is_newest: bool
    is_gap: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class Loss:
    """For a receiver report (RFC 3550 6.4.1). Since the last report: expected and lost packets, fraction of
    256, share of 1.
    """

    expected: int
    lost: int
    fraction: int
    share: float
    cumulative: int
    highest: int
    jitter: int


@dataclass(slots=True)
class _Missing:
    requests: int
    next_at: float


class Reception:
    """Counts one stream. Times are seconds on any steady clock."""

    def __init__(self, clock_rate: int) -> None:
        self._clock_rate = clock_rate
        self._first: int | None = None
        self.highest = -1
        self._received = 0
        self._reported = (0, 0)
        self._transit: float | None = None
        self._jitter = 0.0
        self._missing: dict[int, _Missing] = {}
        self.is_broken = False
        """Too much is missing: what is asked for now is a key frame. Cleared by the caller."""

    def arrive(self, sequence: int, timestamp: int, now: float, is_repair: bool = False) -> Arrival:
        """Count one packet by its 16-bit sequence number and 32-bit timestamp."""
        if self._first is None:
            self._first = self.highest = sequence
            self._received = 1
            return Arrival(sequence, True, False, True)
        delta = (sequence - self.highest) & 0xFFFF
        if 0 < delta < 0x8000:
            number = self.highest + delta
            if delta > 1:
                self._miss(self.highest + 1, number, now)
            self.highest = number
            self._received += 1
            self._measure(timestamp, now)
            return Arrival(number, True, delta > 1, True)
        number = self.highest - (-delta & 0xFFFF)
        is_new = self._missing.pop(number, None) is not None
        if is_new and not is_repair:
            self._received += 1
        return Arrival(number, False, False, is_new and number >= self._first)

    def due(self, now: float) -> list[int]:
        """The 16-bit numbers to ask for now; each is asked for a few times and then given up."""
        found = []
        for number, missing in list(self._missing.items()):
            if now < missing.next_at:
                continue
            if missing.requests >= MAX_REQUESTS:
                del self._missing[number]
                self.is_broken = True
                continue
            missing.requests += 1
            missing.next_at = now + REQUEST_SECONDS
            found.append(number & 0xFFFF)
        return found

    @property
    def is_waiting(self) -> bool:
        """Whether something is missing that may still come."""
        return bool(self._missing)

    def report(self) -> Loss | None:
        """The figures since the last call, or None before the first packet."""
        if self._first is None:
            return None
        expected = self.highest - self._first + 1
        new_expected = expected - self._reported[0]
        new_lost = max(0, new_expected - (self._received - self._reported[1]))
        self._reported = (expected, self._received)
        share = min(1.0, new_lost / new_expected) if new_expected > 0 else 0.0
        return Loss(
            expected=max(0, new_expected),
            lost=new_lost,
            fraction=min(255, int(share * 256)),
            share=share,
            cumulative=min(0x7FFFFF, max(0, expected - self._received)),
            highest=self.highest & 0xFFFFFFFF,
            jitter=int(self._jitter),
        )

    def _miss(self, start: int, end: int, now: float) -> None:
        if end - start + len(self._missing) > MAX_MISSING:
            self._missing.clear()
            self.is_broken = True
            return
        for number in range(start, end):
            self._missing[number] = _Missing(0, now)

    def _measure(self, timestamp: int, now: float) -> None:
        """Interarrival jitter in timestamp units (RFC 3550 A.8)."""
        transit = now * self._clock_rate - timestamp
        if self._transit is not None:
            difference = abs(transit - self._transit)
            if difference < 0x7FFFFFFF:  # the timestamp has not wrapped
                self._jitter += (difference - self._jitter) / 16
        self._transit = transit
