"""When to ask a sender for a key frame: at once, but rarely, and again until it has come."""

INTERVAL_SECONDS = 0.3
"""149 people joining ask 149 times; the sender is asked once in this time."""


class KeyframeRequests:
    """The requests for one picture stream. Times are seconds on any steady clock."""

    def __init__(self) -> None:
        self.is_wanted = False
        self._asked_at: float | None = None

    def want(self) -> None:
        """Somebody cannot go on without a key frame."""
        self.is_wanted = True

    def due(self, now: float) -> bool:
        """Whether to ask the sender now; if so, it counts as asked."""
        if not self.is_wanted or (self._asked_at is not None and now - self._asked_at < INTERVAL_SECONDS):
            return False
        self._asked_at = now
        return True

    def seen(self) -> None:
        """A key frame has begun."""
        self.is_wanted = False
