"""Drawing lots in the open (KL 5:56 st. 2): a number sealed beforehand, numbers said aloud, a sum to check.

The sealed number binds the machine before anybody has spoken, and the spoken numbers bind nobody before the
seal is set: neither alone decides. Everything here can be redone with a pencil and any SHA-256 program.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

NONCE: Final = re.compile(r"[0-9a-f]{32}")
"""What makes the seal impossible to guess: 128 bits in hex. Of fixed length, so that a seal opens one way."""

_SWEDISH_LAST: Final = str.maketrans({"å": "{", "ä": "|", "ö": "}"})

T = TypeVar("T")


def commitment(secret: int, nonce: str) -> str:
    """The seal of a number: SHA-256 in hex of "<number>:<nonce>". ValueError for a nonce not of that form."""
    if not NONCE.fullmatch(nonce):
        raise ValueError("a nonce is 32 lower-case hex digits")
    return hashlib.sha256(f"{secret}:{nonce}".encode()).hexdigest()


def opens(seal: str, secret: int, nonce: str) -> bool:
    """Whether the number and the nonce are what the seal was set on."""
    return NONCE.fullmatch(nonce) is not None and commitment(secret, nonce) == seal


def shown(seal: str) -> str:
    """The first 64 bits of a seal as a screen shows them: "7F3A-91C2-D4E8-0B65"."""
    first = seal[:16].upper()
    return "-".join(first[at : at + 4] for at in range(0, 16, 4))


def lots(names: Iterable[str]) -> tuple[str, ...]:
    """The names in Swedish alphabetical order, in which they are lots 1, 2, 3 …"""
    return tuple(sorted(names, key=lambda name: (name.casefold().translate(_SWEDISH_LAST), name)))


def total(secret: int, said: Iterable[int]) -> int:
    """The sum that decides: the sealed number and every number said aloud."""
    return secret + sum(said)


def drawn(among: Sequence[T], sum_of_numbers: int) -> T:
    """The lot the sum falls on, of lots numbered from 1: the remainder, or the last lot when it is 0.

    With two lots an odd sum is lot 1 and an even sum lot 2. ValueError without lots.
    """
    if not among:
        raise ValueError("there is nothing to draw among")
    return among[(sum_of_numbers - 1) % len(among)]
