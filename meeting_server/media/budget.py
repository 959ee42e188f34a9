"""How much a sender is told that it may send (REMB), from what arrives of what it sends.

Random loss of a radio line is repaired by retransmission and no reason to send less; a line that is too thin
loses a share of everything, sound too, until less is sent. One look cannot tell them apart. So less is asked
for on trial, at once when much is lost and later when it is little; what is lost then tells which it was.
"""

from __future__ import annotations

from dataclasses import dataclass

MOST = 2_500_000
"""Bits per second, told from the first second on; Chromium stays at 300 kbit/s otherwise."""
LEAST = 150_000
"""Sound, the thumbnail and a little picture; below this less picture helps nobody."""
TOO_MUCH_LOSS = 0.15
LITTLE_LOSS = 0.05
CUT = 0.85
"""Of what arrives when too much is lost: less than the line takes, so that its queue drains."""
GROWTH = 1.5
CAREFUL_GROWTH = 1.08
"""Each second: at once up to what a line has been seen to lose at, and slowly beyond."""
USED = 0.7
"""Beyond it only while so much of the budget arrives: who is silent shows nothing of what the line takes."""
MEMORY_SECONDS = 600
"""So long a line is taken to be as thin as it was."""
DOUBT_SECONDS = 4
"""So long between little and too much before less is tried."""
SETTLE_SECONDS, TRIAL_SECONDS = 1, 3
"""After the cut until the sender has followed, and what is judged then."""
CHANCE = 0.5
"""If so much of the loss remains when less is sent, it was chance."""
HOPELESS_LOSS = 0.25
"""Of more than this nothing good comes, chance or not: less is sent until less is lost."""
TOLERATED = 1.6
"""Of what was found to be chance: a second of a hundred packets differs so much from the next."""
TOLERANCE_SECONDS = 60
"""After which it is doubted anew."""


@dataclass(slots=True)
class _Trial:
    """Less is asked for to see what is lost then. loss: before. arrived: bits per second before."""

    loss: float
    arrived: float
    seconds: int = 0
    expected: int = 0
    lost: int = 0


class SendBudget:
    """One sender's budget in bits per second; `update` once a second."""

    def __init__(self) -> None:
        self.bits = MOST
        self._ceiling: float | None = None
        self._ceiling_seconds = 0
        self._doubt: list[tuple[int, int]] = []
        self._trial: _Trial | None = None
        self._untried = MOST
        self._tolerated = 0.0
        self._tolerance = 0

    def update(self, arrived: float, expected: int, lost: int) -> int:
        """The new budget. arrived: bits in the last second. expected, lost: packets in the last second."""
        share = lost / expected if expected else 0.0
        self._tolerance -= 1
        if self._tolerance <= 0:
            self._tolerated = 0.0
        self._ceiling_seconds -= 1
        if self._ceiling_seconds <= 0:
            self._ceiling = None
        if self._trial is not None and share <= HOPELESS_LOSS:
            self._look(self._trial, expected, lost)
        elif share > max(TOO_MUCH_LOSS, self._tolerated):
            self._try_less(arrived, share)
        elif share < LITTLE_LOSS or share <= self._tolerated:
            self._doubt = []
            if expected:
                self._grow(arrived)
        else:
            self._doubt.append((expected, lost))
            if len(self._doubt) == DOUBT_SECONDS:
                sums = [sum(column) for column in zip(*self._doubt, strict=True)]
                self._try_less(arrived, sums[1] / sums[0])
        return self.bits

    def _grow(self, arrived: float) -> None:
        growth = GROWTH
        if self._ceiling is not None and self.bits >= self._ceiling * CUT:
            growth = CAREFUL_GROWTH if arrived >= USED * self.bits else 1.0
        self.bits = self._untried = int(min(MOST, self.bits * growth))

    def _try_less(self, arrived: float, loss: float) -> None:
        self._doubt = []
        self._trial = _Trial(loss, arrived)
        self.bits = int(max(LEAST, min(self.bits, arrived * CUT)))

    def _look(self, trial: _Trial, expected: int, lost: int) -> None:
        """One second of the trial, and its verdict at the end."""
        trial.seconds += 1
        if trial.seconds > SETTLE_SECONDS:
            trial.expected += expected
            trial.lost += lost
        if trial.seconds < SETTLE_SECONDS + TRIAL_SECONDS:
            return
        self._trial = None
        remains = trial.lost / trial.expected if trial.expected else 0.0
        if remains >= CHANCE * trial.loss and remains >= LITTLE_LOSS:
            self.bits, self._tolerance = self._untried, TOLERANCE_SECONDS
            self._tolerated = TOLERATED * max(remains, min(trial.loss, HOPELESS_LOSS))
        else:
            self._untried = self.bits
            self._ceiling, self._ceiling_seconds = max(LEAST, trial.arrived), MEMORY_SECONDS
