"""How much a sender is told that it may send (REMB), from what arrives of what it sends.

Random loss of a radio line is repaired by retransmission and no reason to send less; a line that is too thin
loses a large share of everything, sound too, until less is sent. Between the two the budget stays.
"""

from __future__ import annotations

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


class SendBudget:
    """One sender's budget in bits per second; `update` once a second."""

    def __init__(self) -> None:
        self.bits = MOST
        self._ceiling: float | None = None

    def update(self, arrived: float, expected: int, lost: int) -> int:
        """The new budget. arrived: bits in the last second. expected, lost: packets in the last second."""
        share = lost / expected if expected else 0.0
        if share > TOO_MUCH_LOSS:
            self._ceiling = max(LEAST, arrived)
            self.bits = int(max(LEAST, min(self.bits, arrived * CUT)))
        elif share < LITTLE_LOSS and expected:
            below = self._ceiling is not None and self.bits < self._ceiling * CUT
            growth = GROWTH if self._ceiling is None or below else CAREFUL_GROWTH
            self.bits = int(min(MOST, self.bits * growth))
        return self.bits
