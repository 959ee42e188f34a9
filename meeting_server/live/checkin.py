"""The rolling code on the hall screen: who can read it is in the room.

The code is computed from the meeting's secret and the half minute, so that every node shows the same and
nothing is stored. The code before is still good, for whoever had begun to type it.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field

SLOT_SECONDS = 30
DIGITS = 5
TRIES = 6
"""Wrong codes one login may give in TRY_SECONDS: guessing two good ones of 100 000 is then hopeless."""
TRY_SECONDS = 120.0


class TooManyTries(Exception):
    """This login has guessed too often; seconds tells when it may try again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"{seconds} s")
        self.seconds = seconds


@dataclass(slots=True)
class CheckInCode:
    """The codes of one meeting. Moments are wall-clock seconds, so that nodes agree."""

    secret: bytes
    meeting_id: str
    _tries: dict[str, list[float]] = field(default_factory=dict)

    def slot(self, at: float) -> int:
        """The number of the half minute."""
        return int(at // SLOT_SECONDS)

    def code(self, slot: int) -> str:
        """Five digits."""
        digest = hmac.digest(self.secret, f"check-in {self.meeting_id} {slot}".encode(), hashlib.sha256)
        return f"{int.from_bytes(digest[:8]) % 10**DIGITS:0{DIGITS}}"

    def seconds_left(self, at: float) -> int:
        """Whole seconds until the next code is shown."""
        return SLOT_SECONDS - int(at % SLOT_SECONDS)

    def is_right(self, code: str, login: str, at: float) -> bool:
        """Whether the code is the present one or the one before. Raises TooManyTries."""
        tries = [moment for moment in self._tries.get(login, []) if 0 <= at - moment < TRY_SECONDS]
        if len(tries) >= TRIES:
            raise TooManyTries(int(TRY_SECONDS - (at - tries[0])) + 1)
        slot = self.slot(at)
        given = code.strip().encode()
        good = [hmac.compare_digest(given, self.code(each).encode()) for each in (slot, slot - 1)]
        if any(good):
            self._tries.pop(login, None)
            return True
        self._tries[login] = [*tries, at]
        return False
