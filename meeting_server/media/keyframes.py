"""When to ask a sender for a key frame: at once, but rarely, and again until it has come."""

INTERVAL_SECONDS = 0.3
"""149 people joining ask 149 times; the sender is asked once in this time."""
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 1.0, 16.0
"""Between two wishes of one receiver that are passed on."""


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


class Patience:
    """How often one receiver's wish for a key frame of one line is passed on.

    A key frame is sent to everybody. A receiver whose line loses so much that no key frame ever arrives whole
    would fill the others' lines with them; so it waits longer each time, until it has been content a while.
    """

    def __init__(self) -> None:
        self._wait = FIRST_WAIT_SECONDS
        self._granted_at: float | None = None

    def grants(self, now: float) -> bool:
        """Whether to pass on a wish now."""
        if self._granted_at is None:
            self._granted_at = now
            return True
        passed = now - self._granted_at
        if passed < self._wait:
            return False
        self._wait = (
            FIRST_WAIT_SECONDS if passed > 3 * self._wait else min(LONGEST_WAIT_SECONDS, 2 * self._wait)
        )
        self._granted_at = now
        return True
