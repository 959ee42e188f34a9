"""Sound that goes along with a picture: whoever is sent both has his way found and paid for once.

A packet of sound waits for that only when a picture is due within a moment, by the pace of the last ones, and
never longer than the moment. So it costs sound that much delay at most, and nothing where no pictures come.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

MOST_SECONDS = 0.02
"""Sound waits so long; between two packets of one speaker lie 40 ms."""
LATE_SECONDS = 0.006
"""A picture that is late by so much is still thought to come."""
LEAST_GAP, MOST_GAP = 0.008, 0.2
"""Seconds between two pictures of one slot. Sooner it is the rest of the same one, later it is no pace."""
LEAST_LISTENERS = 50
"""With fewer the work is little anyway, and nobody's sound need wait for it."""
CLOCK_SECONDS = 0.001
"""An event loop's timer may be early by so much."""


class Sound(Protocol):
    """A slot of sound."""

    @property
    def waiting(self) -> int:
        """Octets of the packet that waits, 0 when none does."""

    @property
    def listeners(self) -> int:
        """How many are sent it."""

    def depart(self) -> None:
        """Send by itself what waits."""


AnySound = TypeVar("AnySound", bound=Sound)


class Ride(Generic[AnySound]):
    """The slots of one room. later: calls back after so many seconds. clock: seconds. least: listeners of a
    sound that may wait.
    """

    def __init__(
        self,
        later: Callable[[float, Callable[[], None]], object],
        clock: Callable[[], float] = time.monotonic,
        least: int = LEAST_LISTENERS,
    ) -> None:
        self._least = least
        self._later = later
        self._clock = clock
        self._waiting: dict[AnySound, float] = {}
        self._pictures: dict[object, tuple[float, float, int]] = {}
        self._is_set = False

    def takes(self, sound: AnySound, now: float) -> bool:
        """Whether a picture is due that goes to most of the listeners: then what the sound has now may wait
        until `pick` or `depart`.
        """
        if sound.listeners < self._least or not any(
            -LATE_SECONDS <= last + gap - now <= MOST_SECONDS and sound.listeners <= 2 * seen
            for last, gap, seen in self._pictures.values()
        ):
            return False
        self._waiting[sound] = now
        if not self._is_set:
            self._is_set = True
            self._later(MOST_SECONDS, self._look)
        return True

    def leave(self, sound: AnySound) -> None:
        """What it has waits no longer."""
        self._waiting.pop(sound, None)

    def pick(self, picture: object, seen: int, octets: int, now: float) -> AnySound | None:
        """A picture leaves for `seen` receivers, in packets of so many octets: who goes along with it."""
        last = self._pictures[picture][0] if picture in self._pictures else 0.0
        if now - last >= LEAST_GAP:
            self._pictures[picture] = (now, min(now - last, MOST_GAP), seen)
        for sound in self._waiting:
            if sound.waiting <= octets and 2 * seen >= sound.listeners:
                del self._waiting[sound]
                return sound
        return None

    def _look(self) -> None:
        """Let go who has waited for long enough."""
        self._is_set = False
        now = self._clock()
        for sound, since in list(self._waiting.items()):
            if now - since > MOST_SECONDS - CLOCK_SECONDS:
                sound.depart()
        if self._waiting:
            self._is_set = True
            self._later(MOST_SECONDS - (now - min(self._waiting.values())), self._look)
