"""The time of day, as a thing that can be given: the core asks nobody what time it is."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Where live code learns the time."""

    def now(self) -> datetime:
        """The time of day, aware, in UTC. May step in either direction."""

    def monotonic(self) -> float:
        """Seconds since some fixed moment; never goes backwards."""


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """The time of day in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since start of the computer."""
        return time.monotonic()
