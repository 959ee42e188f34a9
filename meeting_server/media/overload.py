"""What the process leaves out, for everybody, when it cannot keep up. Pure: moments are given.

A process that reads slower than datagrams come lets all of them wait: sound, and the answers to the checks
that connections live by. aioice gives an answer half a second, and a connection without six of them is given
up; so too many pictures would cost the meeting its members. Pictures go instead, the least needed first. What
has gone is tried again after a while, each time later if it was still too much.
"""

from __future__ import annotations

from collections.abc import Collection

from meeting_server.media.downlink import FIRST_TO_GO
from meeting_server.media.lines import LOOK

SHED = tuple(line for line in FIRST_TO_GO if line != LOOK)
"""A look goes to one receiver, the chair at an identity most often: leaving it out would gain nothing."""
BEHIND_SECONDS = 0.5
"""So long without once having read everything. The machine's own pauses are shorter, and what they leave is
read in a tenth of a second."""
SETTLE_SECONDS = 0.5
"""After something has gone, until what waits has been read."""
PROBE_SECONDS = 5.0
"""What is given back and has not been too much for so long may stay."""
FIRST_PAUSE, LONGEST_PAUSE = 4.0, 128.0
"""A rush of joins is over by the first; where it is still too much, each trial costs half a second."""


class Overload:
    """held: indexes of the lines nobody is sent now."""

    def __init__(self) -> None:
        self.held: frozenset[int] = frozenset()
        self._behind_since: float | None = None
        self._settled_at = 0.0
        self._pause = FIRST_PAUSE
        self._retry_at = 0.0
        self._trial: tuple[int, float] | None = None

    def hear(self, is_behind: bool, in_use: Collection[int], now: float) -> bool:
        """One look at what waits unread; returns whether `held` changed. in_use: lines that are sent."""
        if not is_behind:
            self._behind_since = None
            return bool(self.held) and self._give_back(now)
        if self._behind_since is None or now < self._settled_at:
            self._behind_since = now
        if now - self._behind_since < BEHIND_SECONDS:
            return False
        return self._leave_out(in_use, now)

    def is_late(self, now: float) -> bool:
        """Whether what receivers tell now, of trips and of loss, may be our doing and not their lines'."""
        return self._behind_since is not None or now < self._settled_at

    def _leave_out(self, in_use: Collection[int], now: float) -> bool:
        if self._trial is not None:
            line, self._trial = self._trial[0], None
            self._pause = min(LONGEST_PAUSE, self._pause * 2)
        else:
            free = (each for each in SHED if each in in_use and each not in self.held)
            found = next(free, None)
            if found is None:
                return False
            line = found
        self._behind_since = None
        self._settled_at = now + SETTLE_SECONDS
        self._retry_at = now + self._pause
        self.held |= {line}
        return True

    def _give_back(self, now: float) -> bool:
        if self._trial is not None:
            if now - self._trial[1] < PROBE_SECONDS:
                return False
            self._trial, self._pause = None, FIRST_PAUSE
        elif now < self._retry_at:
            return False
        line = max(self.held, key=SHED.index)
        self._trial = (line, now)
        self.held -= {line}
        return True
