"""How much one receiver's line takes, and what is held back when it takes less. Pure: moments are given.

A line that is too narrow loses packets or queues them; then sound would go with the picture. So pictures are
held back, the least needed first, and sound never. Each receiver is judged alone: nobody else gets less, and
the sender is not asked for less. What is held back is tried again after a while, each time later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from meeting_server.media.lines import LINES
from meeting_server.media.rtcp import ReportBlock

FIRST_TO_GO = tuple(
    next(index for index, line in enumerate(LINES) if (line.name, line.kind) == (name, "video"))
    for name in ("wall", "hall", "look", "chair", "floor", "sign")
)
"""The interpreter last: who asks for that picture has no use for the sound."""
HEAVY_LOSS = 0.15
"""Share of packets. Below it repetition copes, also when the loss is chance and no narrow line."""
LONG_QUEUE_SECONDS = 0.35
"""Rise of the round trip above the least of the last minute; that much stands in a queue somewhere."""
LOW_ESTIMATE = 0.8
"""Of what it is sent, by the receiver's own account. One that climbs has only just begun and counts not."""
SLIGHT_QUEUE_SECONDS, SLIGHT_LOSS = 0.05, 0.02
"""So much of either must be seen too: what stands in a queue before us lowers every receiver's account."""
QUEUED_SHARE = 0.7
"""Of what is sent, if a queue stands and nothing is lost: by how much it is too much is not known."""
SIGNS = 2
"""Seconds that a queue or a low estimate must last; one look may be an accident."""
SETTLE_SECONDS = 2.0
"""After a change, until reports tell of it."""
PROBE_SECONDS = 5.0
"""If it gets worse within this time after something was given back, that was too much."""
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 60.0
SHARE = 0.9
"""Of the capacity that is used; the rest is for repetition and for key frames."""
LEAST_PACKETS = 30
TRIP_MINUTES = 6
"""How many spans of ten seconds the least round trip is taken from."""
CHANCE = 0.7
"""If so much of the loss remains when less is sent, it was chance."""


class Downlink:
    """One receiver. held: indexes of the lines that are held back."""

    def __init__(self) -> None:
        self.held: frozenset[int] = frozenset()
        self._counts: dict[int, tuple[int, int, int]] = {}
        self._expected = self._lost = self._excused = 0
        self._trip = 0.0
        self._least: list[tuple[int, float]] = []
        self._estimate: tuple[float, float] | None = None
        self._former_estimate = 0.0
        self._signs = 0
        self._settled_at = 0.0
        self._pause = FIRST_PAUSE
        self._retry_at = 0.0
        self._trial: tuple[float, frozenset[int]] | None = None
        self._loss_before: float | None = None
        self._tolerated = HEAVY_LOSS

    # ---- what the receiver says ----

    def hear_block(self, line: int, block: ReportBlock, unsent: int) -> None:
        """A report on one line. unsent: how many of its numbers have never been sent to this receiver, since
        they were lost on the way to us: he misses them too, and his line has nothing to do with it.
        """
        former = self._counts.get(line)
        self._counts[line] = (block.highest, block.cumulative, unsent)
        if former is None:
            return
        expected = (block.highest - former[0]) & 0xFFFFFFFF
        if expected < 1 << 16:  # otherwise it has begun to count anew
            self._expected += expected - (unsent - former[2])
            self._lost += block.cumulative - former[1] - (unsent - former[2])

    def hear_trip(self, seconds: float, now: float) -> None:
        """A round trip."""
        self._trip = seconds
        span = int(now / 10)
        if not self._least or self._least[-1][0] != span:
            self._least = [*self._least[-TRIP_MINUTES + 1 :], (span, seconds)]
        elif seconds < self._least[-1][1]:
            self._least[-1] = (span, seconds)

    def hear_estimate(self, bits_per_second: float, now: float) -> None:
        """What it believes its line takes (REMB)."""
        self._estimate = (now, bits_per_second)

    def excuse(self, now: float) -> None:
        """What is told now comes of our being late and not of the line: do not judge by it."""
        self._settled_at = now + SETTLE_SECONDS
        self._signs = 0

    # ---- once a second ----

    def decide(self, rates: Mapping[int, float], now: float) -> bool:
        """Choose what is held back; returns whether it changed. rates: bits per second, of all lines."""
        loss = None
        if self._expected >= LEAST_PACKETS:
            loss = min(1.0, max(0, self._lost + self._excused) / self._expected)
        if loss is not None or now < self._settled_at:
            # A gap on the way to us is known before he has reported it: he may do so in the next second.
            self._excused = min(0, self._lost)
            self._expected = self._lost = 0
        if now < self._settled_at:
            return False
        if self._is_chance(loss):
            return self._change(frozenset(), now)
        demand = sum(rate for line, rate in rates.items() if line not in self.held)
        # Something on trial must not only be endured: half the loss is enough to take it back.
        limit = self._tolerated if self._trial is None else self._tolerated / 2
        by_loss = demand * (1 - loss) if loss is not None and loss >= limit else None
        by_queue = self._narrow(demand, loss, now)
        capacity = min((each for each in (by_loss, by_queue) if each is not None), default=None)
        free = [line for line in FIRST_TO_GO if line not in self.held and rates.get(line, 0) > 0]
        # With nothing left to hold back the account says nothing new: it is made of pictures.
        if capacity is not None and free:
            self._loss_before = loss if by_queue is None else None
            return self._hold_back(free, rates, demand - SHARE * capacity, now)
        if self._trial is not None and now - self._trial[0] > PROBE_SECONDS:
            self._trial, self._pause = None, FIRST_PAUSE
        if self.held and now >= self._retry_at:
            self._trial = (now, self.held)
            self._retry_at = now + max(self._pause, PROBE_SECONDS + 1)
            best = max(self.held, key=FIRST_TO_GO.index)
            return self._change(self.held - {best}, now)
        return False

    def _narrow(self, demand: float, loss: float | None, now: float) -> float | None:
        """The capacity by a queue, or by an estimate that does not climb, if something else bears it out."""
        found = []
        queue = self._trip - min((least for _, least in self._least), default=self._trip)
        is_strained = queue >= SLIGHT_QUEUE_SECONDS or (loss is not None and loss >= SLIGHT_LOSS)
        if queue >= LONG_QUEUE_SECONDS:
            found.append(demand * QUEUED_SHARE)
        if self._estimate is not None:
            at, estimate = self._estimate
            is_low = estimate < LOW_ESTIMATE * demand and estimate <= self._former_estimate
            if now - at < 3 and is_low and is_strained:
                found.append(estimate)
            self._former_estimate = estimate
        self._signs = self._signs + 1 if found else 0
        return min(found) if self._signs >= SIGNS else None

    def _hold_back(self, free: Sequence[int], rates: Mapping[int, float], excess: float, now: float) -> bool:
        """Hold back so many of the free lines that they make up the excess."""
        if self._trial is not None:
            # What went well before is taken again; if it does not now, the next look says so.
            (_, before), self._trial = self._trial, None
            self._pause = min(LONGEST_PAUSE, self._pause * 2)
            self._retry_at = now + self._pause
            return self._change(before, now)
        self._retry_at = now + self._pause
        held = set(self.held)
        for line in free:
            held.add(line)
            excess -= rates[line]
            if excess <= 0:
                break
        return self._change(frozenset(held), now)

    def _is_chance(self, loss: float | None) -> bool:
        """Whether holding back has shown that the loss does not come from too much being sent."""
        if loss is None:
            return False
        before, self._loss_before = self._loss_before, None
        if before is not None and loss >= CHANCE * before:
            self._tolerated = min(1.0, 1.5 * max(loss, before))
            return True
        if loss < HEAVY_LOSS / 2:
            self._tolerated = HEAVY_LOSS
        return False

    def _change(self, held: frozenset[int], now: float) -> bool:
        changed = held != self.held
        self.held = held
        self._settled_at = now + SETTLE_SECONDS
        self._signs = 0
        return changed
