"""How often something may happen: a bucket that fills steadily."""

from __future__ import annotations

from collections.abc import Callable


class Rate:
    """Allows per_second on average, and as many at once after a quiet second."""

    def __init__(self, per_second: float, monotonic: Callable[[], float]) -> None:
        self._per_second = per_second
        self._monotonic = monotonic
        self._left = per_second
        self._at = monotonic()

    def allows(self) -> bool:
        """Whether one more may happen now; counts it if so."""
        now = self._monotonic()
        self._left = min(self._per_second, self._left + (now - self._at) * self._per_second)
        self._at = now
        if self._left < 1.0:
            return False
        self._left -= 1.0
        return True
