"""What the media process and its wall process say to each other, over a pair of Unix sockets that keep
messages apart.

Each is our own and started by the other, so what cannot be read is a fault and ends the wall; the media
process starts it again.
"""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

PACKET, WORD = 1, 0
MAX_MESSAGE = 1 << 18
"""Bytes; a room of 500 places is 40 kB."""
_HEAD = struct.Struct("!BLQ")


@dataclass(frozen=True, slots=True)
class Spot:
    """One place: whose it is, what is written, and the stream that is shown there; stream 0 shows none."""

    peer: str
    name: str
    party: str
    note: str
    stream: int


@dataclass(frozen=True, slots=True)
class Show:
    """To the wall: all about one wall. is_watched: somebody receives it; otherwise nothing is encoded."""

    room: int
    spots: tuple[Spot, ...]
    missing: str
    is_watched: bool


@dataclass(frozen=True, slots=True)
class Key:
    """To the wall: somebody needs a key frame of this wall."""

    room: int


@dataclass(frozen=True, slots=True)
class Gone:
    """To the wall: this stream has ended."""

    stream: int


@dataclass(frozen=True, slots=True)
class Over:
    """To the wall: this room is no more."""

    room: int


@dataclass(frozen=True, slots=True)
class Wish:
    """From the wall: this stream cannot be decoded before a key frame."""

    stream: int


@dataclass(frozen=True, slots=True)
class Plan:
    """From the wall: who is where in the pictures that follow."""

    room: int
    columns: int
    peers: tuple[str, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Measures:
    """From the wall, once a second also when empty: mean, deviation and change by stream."""

    of: tuple[tuple[int, float, float, float | None], ...]


ToWall: TypeAlias = Show | Key | Gone | Over
FromWall: TypeAlias = Wish | Plan | Measures
_KINDS: dict[str, type[Any]] = {kind.__name__: kind for kind in (Show, Key, Gone, Over, Wish, Plan, Measures)}


def say(message: ToWall | FromWall) -> bytes:
    """A message as it is sent."""
    return bytes([WORD]) + json.dumps([type(message).__name__, asdict(message)]).encode()


def hear(data: bytes) -> ToWall | FromWall:
    """A message that is not a packet. Raises ValueError, KeyError or TypeError."""
    name, found = json.loads(data[1:])
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in found.items()}
    if name == "Show":
        values["spots"] = tuple(Spot(**each) for each in values["spots"])
    elif name == "Measures":
        values["of"] = tuple(tuple(each) for each in values["of"])
    message: ToWall | FromWall = _KINDS[name](**values)
    return message


def carry(key: int, number: int, packet: bytes | bytearray) -> bytes:
    """An RTP packet as it is sent: key is its stream (to the wall) or its room (from it)."""
    return _HEAD.pack(PACKET, key, number) + packet


def carried(data: bytes) -> tuple[int, int, bytes]:
    """Key, number and the RTP packet."""
    _, key, number = _HEAD.unpack_from(data)
    return key, number, data[_HEAD.size :]
