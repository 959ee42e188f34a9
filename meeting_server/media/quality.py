"""Counters become facts: what flows, how loud, how late, how lossy. Says nothing about what it means."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from meeting_server import media_protocol as mp
from meeting_server.media.frames import Frames, FrameSizes
from meeting_server.media.lines import Kind, Line

FLOWING_SECONDS = 2.0
"""A stream with a packet in this time is flowing. A thumbnail has ten frames in it."""
FRESH_SECONDS = 3.0
"""A round trip from a receiver report older than this gives way to the one STUN measured."""


class Up(Protocol):
    """What is read of an up-link; level is set to None after reading."""

    line: Line
    heard_at: float | None
    octets: int
    level: int | None
    loss: float
    frames: Frames | None


class Slot(Protocol):
    """What is read of a slot."""

    line: Line
    sent_at: float | None


class Down(Protocol):
    """What is read of one receiver's line."""

    is_active: bool
    loss: float
    round_trip: tuple[float, float] | None

    @property
    def slot(self) -> Slot | None: ...
    @property
    def sent(self) -> tuple[int, int]: ...


class Place(Protocol):
    """What is read of the transport."""

    heard_at: float
    round_trip: float | None


class Meter:
    """Remembers one peer's counters from one measurement to the next."""

    def __init__(self) -> None:
        self._at: float | None = None
        self._octets = (0, 0)

    def measure(
        self,
        peer: str,
        ups: Iterable[Up],
        downs: Iterable[Down],
        place: Place,
        now: float,
        *,
        mic_open: bool = False,
        picture: mp.Picture | None = None,
        held: tuple[str, ...] = (),
    ) -> mp.Quality:
        """The figures now and since the last call; now is in seconds of time.monotonic."""
        ups, downs = list(ups), list(downs)
        octets = (sum(up.octets for up in ups), sum(down.sent[1] for down in downs))
        elapsed = now - self._at if self._at is not None and now > self._at else 1.0
        kbit_in, kbit_out = (
            round((new - old) * 8 / 1000 / elapsed) for new, old in zip(octets, self._octets, strict=True)
        )
        self._at, self._octets = now, octets
        levels = [up.level for up in ups if up.level is not None]
        for up in ups:
            up.level = None
        pictures = [up.heard_at for up in ups if up.line.kind == "video" and up.heard_at is not None]
        sizes = next((up.frames.take() for up in ups if up.frames is not None), FrameSizes(0, None, None))
        trip = _round_trip(downs, place, now)
        flowing = [up for up in ups if _is_flowing(up.heard_at, now)]
        return mp.Quality(
            peer=peer,
            audio_in=any(up.line.kind == "audio" for up in flowing),
            video_in=any(up.line.kind == "video" for up in flowing),
            audio_out=_flows_out(downs, "audio", now),
            video_out=_flows_out(downs, "video", now),
            audio_level=min(levels, default=None),
            silent_for_ms=max(0, round((now - place.heard_at) * 1000)),
            video_age_ms=round((now - max(pictures)) * 1000) if pictures else None,
            loss_in=round(max((up.loss for up in flowing), default=0.0), 4),
            loss_out=round(max((down.loss for down in downs if down.is_active), default=0.0), 4),
            rtt_ms=None if trip is None else round(trip * 1000, 1),
            kbit_in=kbit_in,
            kbit_out=kbit_out,
            mic_open=mic_open,
            frames=sizes.frames,
            frame_bytes=sizes.median,
            key_bytes=sizes.key,
            key_quantizer=None if sizes.header is None else sizes.header.quantizer,
            key_modes=None if sizes.header is None else sizes.header.modes,
            picture=picture,
            held=held,
        )


def _is_flowing(at: float | None, now: float) -> bool:
    return at is not None and now - at <= FLOWING_SECONDS


def _round_trip(downs: Iterable[Down], place: Place, now: float) -> float | None:
    """By the newest receiver report that is young, otherwise by STUN."""
    told = [down.round_trip for down in downs if down.round_trip is not None]
    at, seconds = max(told, default=(0.0, 0.0))
    return seconds if told and now - at <= FRESH_SECONDS else place.round_trip


def _flows_out(downs: Iterable[Down], kind: Kind, now: float) -> bool:
    slots = (down.slot for down in downs if down.is_active)
    return any(
        slot is not None and slot.line.kind == kind and _is_flowing(slot.sent_at, now) for slot in slots
    )
