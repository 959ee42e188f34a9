"""One meeting's equipment in the media plane: what is connected, and the answers it waits for.

Equipment brings an offer of its own (WHIP, WHEP) and is answered. An interpreter's booth page is a page of
ours and is offered the lines that everybody has: it hears the meeting and sends on the same connection.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from meeting_server import media_protocol as mp
from meeting_server.live.switchboard import RoomEvent, Switchboard
from meeting_server.store.equipment import Use

Told = TypeVar("Told", mp.GuestAnswer, mp.Offer)
OLDER = ("replaced", "late-answer")
"""What media says of a connection that has given way to a newer one."""
ANSWER_SECONDS = 5.0
"""The media process answers an offer in milliseconds; after this it is taken to be away."""


class EquipmentRefused(Exception):
    """Equipment cannot be connected; `reason` is one of mp.Failed, `replaced`, `media-down` or, where the
    key is in use on another visit, `elsewhere`.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Connected:
    """One piece that is connected, or about to be. visit: its own name. is_up: its transport has come up."""

    use: Use
    visit: str
    is_up: bool = False


class EquipmentDesk:
    """changed: called when equipment has come or gone, so that the room follows."""

    def __init__(self, meeting: str, switchboard: Switchboard, changed: Callable[[], None]) -> None:
        self._meeting = meeting
        self._switchboard = switchboard
        self._changed = changed
        self._connected: dict[str, Connected] = {}
        self._waiting: dict[str, tuple[type[mp.GuestAnswer | mp.Offer], asyncio.Future[Any]]] = {}

    @property
    def peers(self) -> tuple[str, ...]:
        """Everything that is connected or about to be."""
        return tuple(self._connected)

    @property
    def publishers(self) -> tuple[str, ...]:
        """What sends picture and sound to the hall slot, the newest last."""
        return tuple(peer for peer, each in self._connected.items() if each.use.feeds == "hall")

    @property
    def interpreters(self) -> dict[str, Use]:
        """By peer, those whose transport is up, the newest last."""
        up = {peer: each.use for peer, each in self._connected.items() if each.is_up}
        return {peer: use for peer, use in up.items() if use.feeds in ("sign", "channel")}

    @property
    def listeners(self) -> dict[str, Use]:
        """By peer, what plays interpreters: a screen in the hall, its loop or its earphones."""
        uses = {peer: each.use for peer, each in self._connected.items()}
        return {peer: use for peer, use in uses.items() if use.plays in ("sign", "channel")}

    @property
    def encoders(self) -> frozenset[str]:
        """What sends the meeting on to the web."""
        return frozenset(peer for peer, each in self._connected.items() if each.use.plays == "webcast")

    def is_connected(self, number: int) -> bool:
        """Whether the piece of that number is connected."""
        return _peer(number) in self._connected

    def visit(self, number: int) -> str | None:
        """The name of the visit on which the piece of that number is connected now."""
        known = self._connected.get(_peer(number))
        return None if known is None else known.visit

    async def connect(self, number: int, visit: str, sdp: str, use: Use) -> str:
        """The answer to a piece's offer; a former connection of it ends. Raises EquipmentRefused."""
        lines, meeting = self._switchboard, self._meeting
        told = await self._begin(
            number, visit, use, mp.GuestAnswer, lambda peer: lines.guest(meeting, peer, sdp, use.plays)
        )
        return told.sdp

    async def join(self, number: int, visit: str, use: Use, *, takes_over: bool) -> mp.Offer:
        """An offer for a booth page; on another visit than the present one only if it takes over.

        Raises EquipmentRefused.
        """
        if self.visit(number) not in (None, visit) and not takes_over:
            raise EquipmentRefused("elsewhere")
        lines, meeting = self._switchboard, self._meeting
        return await self._begin(number, visit, use, mp.Offer, lambda peer: lines.join(meeting, peer))

    async def _begin(
        self, number: int, visit: str, use: Use, kind: type[Told], ask: Callable[[str], None]
    ) -> Told:
        """Take the piece in, ask media for a connection, and wait for what media tells first."""
        peer = _peer(number)
        if not self._switchboard.is_up(self._meeting):
            raise EquipmentRefused("media-down")
        self._fail(peer, "replaced")
        self._connected.pop(peer, None)
        self._connected[peer] = Connected(use, visit)
        self._changed()
        waiting = self._waiting[peer] = (kind, asyncio.get_running_loop().create_future())
        ask(peer)
        try:
            told: Told = await asyncio.wait_for(waiting[1], ANSWER_SECONDS)
        except (EquipmentRefused, TimeoutError) as error:
            if self._waiting.get(peer) is waiting:
                self._gone(peer)
            raise error if isinstance(error, EquipmentRefused) else EquipmentRefused("media-down") from None
        finally:
            if self._waiting.get(peer) is waiting:
                del self._waiting[peer]
        return told

    def answer(self, number: int, visit: str, sdp: str, attempt: int) -> bool:
        """The booth page's answer, relayed unread. Returns False when another visit has taken over."""
        if self.visit(number) != visit:
            return False
        self._switchboard.answer(self._meeting, _peer(number), sdp, attempt)
        return True

    def disconnect(self, number: int, visit: str | None = None) -> bool:
        """Hang up, if it is connected on that visit, or at all when none is given."""
        peer = _peer(number)
        known = self._connected.get(peer)
        if known is None or visit not in (None, known.visit):
            return False
        self._switchboard.leave(self._meeting, peer)
        self._gone(peer)
        return True

    def hear(self, event: RoomEvent) -> bool:
        """What media says of equipment. Returns whether it was about any."""
        if not isinstance(event, mp.GuestAnswer | mp.Offer | mp.Failed | mp.Connected | mp.Lost | mp.Hint):
            return False
        if event.peer not in self._connected:
            return False
        kind, waiting = self._waiting.get(event.peer, (None, None))
        if waiting is not None and not waiting.done() and kind is not None and isinstance(event, kind):
            waiting.set_result(event)
        elif isinstance(event, mp.Failed) and waiting is not None:
            self._fail(event.peer, event.reason, event.detail)
        elif isinstance(event, mp.Connected) and not self._connected[event.peer].is_up:
            self._connected[event.peer] = replace(self._connected[event.peer], is_up=True)
            self._changed()
        elif waiting is None and isinstance(event, mp.Failed | mp.Lost) and event.reason not in OLDER:
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
        _, waiting = self._waiting.get(peer, (None, None))
        if waiting is not None and not waiting.done():
            waiting.set_exception(EquipmentRefused(reason, detail))


def _peer(number: int) -> str:
    return f"e{number}"
