"""One meeting's equipment in the media plane: what is connected, and the answers it waits for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from meeting_server import media_protocol as mp
from meeting_server.live.media_link import MediaEvent, MediaLink

ANSWER_SECONDS = 5.0
"""The media process answers an offer in milliseconds; after this it is taken to be away."""


class EquipmentRefused(Exception):
    """Equipment cannot be connected; `reason` is one of mp.Failed, `replaced` or `media-down`."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Connected:
    """One connected piece. plays: the slot it is sent, None when it publishes. visit: its own name."""

    plays: str | None
    visit: str


class EquipmentDesk:
    """changed: called when equipment has come or gone, so that the room follows."""

    def __init__(self, meeting: str, link: MediaLink, changed: Callable[[], None]) -> None:
        self._meeting = meeting
        self._link = link
        self._changed = changed
        self._connected: dict[str, Connected] = {}
        self._waiting: dict[str, asyncio.Future[str]] = {}

    @property
    def peers(self) -> tuple[str, ...]:
        """Everything that is connected or about to be."""
        return tuple(self._connected)

    @property
    def publishers(self) -> tuple[str, ...]:
        """What sends picture and sound to the hall slot, the newest last."""
        return tuple(peer for peer, each in self._connected.items() if each.plays is None)

    @property
    def encoders(self) -> frozenset[str]:
        """What sends the meeting on to the web."""
        return frozenset(peer for peer, each in self._connected.items() if each.plays == "webcast")

    def is_connected(self, number: int) -> bool:
        """Whether the piece of that number is connected."""
        return _peer(number) in self._connected

    async def connect(self, number: int, visit: str, sdp: str, plays: str | None) -> str:
        """The answer to a piece's offer; a former connection of it ends. Raises EquipmentRefused."""
        peer = _peer(number)
        if not self._link.is_up:
            raise EquipmentRefused("media-down")
        self._fail(peer, "replaced")
        self._connected.pop(peer, None)
        self._connected[peer] = Connected(plays, visit)
        self._changed()
        answer = self._waiting[peer] = asyncio.get_running_loop().create_future()
        self._link.guest(self._meeting, peer, sdp, plays)
        try:
            return await asyncio.wait_for(answer, ANSWER_SECONDS)
        except (EquipmentRefused, TimeoutError) as error:
            if self._waiting.get(peer) is answer:
                self._gone(peer)
            raise error if isinstance(error, EquipmentRefused) else EquipmentRefused("media-down") from None
        finally:
            if self._waiting.get(peer) is answer:
                del self._waiting[peer]

    def disconnect(self, number: int, visit: str | None = None) -> bool:
        """Hang up, if it is connected on that visit, or at all when none is given."""
        peer = _peer(number)
        known = self._connected.get(peer)
        if known is None or visit not in (None, known.visit):
            return False
        self._link.leave(self._meeting, peer)
        self._gone(peer)
        return True

    def hear(self, event: MediaEvent) -> bool:
        """What media says of equipment. Returns whether it was about any."""
        if not isinstance(event, mp.GuestAnswer | mp.Failed | mp.Connected | mp.Lost | mp.Hint):
            return False
        if event.peer not in self._connected:
            return False
        waiting = self._waiting.get(event.peer)
        if isinstance(event, mp.GuestAnswer) and waiting is not None and not waiting.done():
            waiting.set_result(event.sdp)
        elif isinstance(event, mp.Failed):
            self._fail(event.peer, event.reason, event.detail)
        elif isinstance(event, mp.Lost) and waiting is None:
            self._gone(event.peer)
        return True

    def media_down(self) -> None:
        """Every connection is gone; equipment connects again by itself."""
        for peer in tuple(self._waiting):
            self._fail(peer, "media-down")
        self._connected.clear()

    def _gone(self, peer: str) -> None:
        if self._connected.pop(peer, None) is not None:
            self._changed()

    def _fail(self, peer: str, reason: str, detail: str = "") -> None:
        waiting = self._waiting.get(peer)
        if waiting is not None and not waiting.done():
            waiting.set_exception(EquipmentRefused(reason, detail))


def _peer(number: int) -> str:
    return f"e{number}"
