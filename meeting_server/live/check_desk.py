"""Checks of camera, microphone and line, any day: a room of its own in the media plane for each who tries.

The person's own picture is sent back to them on the line where a chair looks at somebody, by the same process
and with the same measuring as in a meeting. Nobody else is ever in that room.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from dataclasses import dataclass, field

from meeting_server import media_protocol as mp
from meeting_server.live.switchboard import RoomDown, RoomEvent, RoomUp, Switchboard

MOST_ROOMS = 10
"""Checks at the same time: a meeting under way goes before them."""
LIFE_SECONDS = 120.0
"""A room is closed this long after its last offer."""
GONE_SECONDS = 20.0
"""A room whose page has hung up is closed after this; the next way to us is tried within it."""
OFFER_SECONDS = 6.0
"""So long a media process that is starting is waited for; shorter than web/js/media.js waits (CONNECT_MS)."""
MOST_SAMPLES = 60
_PEER = "self"


class CheckRefused(Exception):
    """A check cannot be made now; reason is `media-down`, `too-many` or, by a newer offer of the same
    person, `replaced`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(slots=True)
class _Check:
    offer: asyncio.Future[mp.Offer]
    end: asyncio.TimerHandle | None = None
    failed: str | None = None
    connected: bool = False
    samples: list[mp.Quality] = field(default_factory=list)


class CheckDesk:
    """Those who try their line now, by person."""

    def __init__(self, switchboard: Switchboard, secret: bytes) -> None:
        self._switchboard = switchboard
        self._secret = secret
        self._checks: dict[str, _Check] = {}
        self._persons: dict[str, str] = {}
        switchboard.listen(self._hear)

    async def offer(self, person: str) -> mp.Offer:
        """An offer for a new connection, once there is a media process to make it; what was measured on a
        former one is forgotten. Raises CheckRefused.
        """
        if person not in self._checks and len(self._checks) >= MOST_ROOMS:
            raise CheckRefused("too-many")
        self._forget(person, "replaced")
        room = self._room(person)
        self._persons[room] = person
        check = self._checks[person] = _Check(asyncio.get_running_loop().create_future())
        self._end_in(person, LIFE_SECONDS)
        state = mp.PeerState(_PEER, may_receive=True, may_send=True, watch=_PEER, mic=True, full=True)
        self._switchboard.set_room(mp.Room(room, (state,)))
        if self._switchboard.is_up(room):
            self._switchboard.join(room, _PEER)
        try:
            return await asyncio.wait_for(check.offer, OFFER_SECONDS)
        except TimeoutError:
            if self._checks.get(person) is check:
                self.end(person)
            raise CheckRefused("media-down") from None

    def answer(self, person: str, sdp: str, attempt: int | None) -> None:
        """The page's answer to the offer, relayed unread; one without a check is dropped."""
        if person in self._checks:
            self._switchboard.answer(self._room(person), _PEER, sdp, attempt)

    def samples(self, person: str) -> tuple[mp.Quality, ...]:
        """Each second of the present connection, the newest last; none without a check."""
        check = self._checks.get(person)
        return tuple(check.samples) if check is not None else ()

    def failed(self, person: str) -> str | None:
        """Why the present connection could not be made or was lost (mp.Failed, mp.Lost), if it was."""
        check = self._checks.get(person)
        return check.failed if check is not None else None

    def end(self, person: str) -> None:
        """Close the room."""
        self._forget(person, "media-down")
        room = self._room(person)
        self._persons.pop(room, None)
        self._switchboard.close_room(room)

    def _forget(self, person: str, reason: str) -> None:
        check = self._checks.pop(person, None)
        if check is None:
            return
        if check.end is not None:
            check.end.cancel()
        if not check.offer.done():
            check.offer.set_exception(CheckRefused(reason))

    def _end_in(self, person: str, seconds: float) -> None:
        check = self._checks[person]
        if check.end is not None:
            check.end.cancel()
        check.end = asyncio.get_running_loop().call_later(seconds, self.end, person)

    def _hear(self, event: RoomEvent) -> None:
        person = self._persons.get(event.room)
        check = self._checks.get(person) if person is not None else None
        if person is None or check is None:
            return
        if isinstance(event, RoomDown):
            self.end(person)
            return
        if isinstance(event, RoomUp):
            if not check.offer.done():
                self._switchboard.join(event.room, _PEER)
            return
        # What comes before the offer is about the former connection.
        match event:
            case mp.Offer() if not check.offer.done():
                check.offer.set_result(event)
            case mp.Connected() if check.offer.done():
                check.connected = True
            case mp.Failed(reason=reason):
                check.failed = reason
            case mp.Lost(reason=reason) if check.offer.done() and reason != "replaced":
                check.failed = reason
                self._end_in(person, GONE_SECONDS)
            case mp.QualityReport(peers=peers) if check.connected:
                check.samples = [*check.samples, *peers][-MOST_SAMPLES:]

    def _room(self, person: str) -> str:
        """Media learns no names."""
        return "check:" + hmac.digest(self._secret, f"check {person}".encode(), hashlib.sha256).hex()[:16]
