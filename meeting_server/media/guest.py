"""Hall equipment: a camera or mixer that publishes (WHIP), a screen or booth that plays (WHEP).

It brings its own offer and payload types. What it publishes is a microphone and a full picture like a
member's; what it plays is one slot. Its few connections are sent to one by one, beside the send table.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

from meeting_server.media import guest_sdp
from meeting_server.media.downtrack import GuestDown
from meeting_server.media.lines import LINES, OPUS, SLOT_LINES, VP8, Kind
from meeting_server.media.peer import Ground, Peer
from meeting_server.media.port import Address
from meeting_server.media.rtcp import is_rtcp
from meeting_server.media.sdp import DownStream, UpStream
from meeting_server.media.uptrack import UpTrack

_UP: dict[Kind, int] = {
    kind: next(
        index for index, line in enumerate(LINES) if line.is_up and line.kind == kind and line.name != "thumb"
    )
    for kind in ("audio", "video")
}
_OURS: dict[Kind, int] = {"audio": OPUS, "video": VP8}


class Guest(Peer):
    """One piece of equipment. plays: the slot it is sent; None when it publishes."""

    def __init__(
        self,
        name: str,
        ground: Ground,
        changed: Callable[[Peer, str], None],
        attend: Callable[[UpTrack], None],
        plays: str | None,
    ) -> None:
        super().__init__(name, 1, ground, changed, attend)
        self.plays = plays
        self._payloads: dict[int, Kind] = {}
        self._ssrcs: dict[Kind, int] = {}

    async def take_offer(self, sdp: str) -> str:
        """Our answer to its offer. Raises BadAnswer."""
        offer = guest_sdp.read_offer(sdp, plays=self.plays is not None)
        self._payloads = {
            section.payload: kind for kind, section in offer.lines.items() if section.payload is not None
        }
        if self.plays is not None:
            self._ssrcs = {kind: secrets.randbits(32) | 1 for kind in offer.lines}
        return await self._connection.answer(offer, self._ssrcs)

    def _open_downs(self) -> None:
        kinds = {kind: payload for payload, kind in self._payloads.items()}
        for index, line in enumerate(SLOT_LINES):
            if not line.is_up and line.name == self.plays and line.kind in kinds:
                stream = DownStream(self._ssrcs[line.kind], None)
                down = GuestDown(stream, self._connection, self.send_control, kinds[line.kind], self._send)
                self.downs[index] = down
                self._by_down_ssrc[stream.ssrc] = down
                self._line_of[stream.ssrc] = index

    def _send(self, packet: bytes) -> None:
        if self._address is not None and not self.is_closed:
            self._port.send(self._connection.protect(packet), self._address)

    def _on_media(self, datagram: bytes, address: Address) -> None:
        if self.plays is not None or is_rtcp(datagram):
            super()._on_media(datagram, address)
            return
        if self.is_closed or not self._connection.has_keys:
            return
        packet = self._connection.unprotect(datagram, is_control=False)
        if packet is None:
            return
        self._came_from(address)
        kind = self._payloads.get(packet[1] & 0x7F)
        if kind is not None:
            ours = bytes((packet[0], packet[1] & 0x80 | _OURS[kind])) + packet[2:]
            self._track(kind, int.from_bytes(packet[8:12], "big")).receive(ours, time.monotonic(), False)

    def _track(self, kind: Kind, ssrc: int) -> UpTrack:
        """Its track of the kind; equipment need not say its SSRCs beforehand, and may change them."""
        index = _UP[kind]
        known = self.ups.get(index)
        if known is not None and known.ssrc == ssrc:
            return known
        if known is not None:
            self._by_ssrc.pop(known.ssrc, None)
        made = UpTrack(self.name, LINES[index], UpStream(ssrc, None), self.send_control, self._attend)
        self.ups[index] = made
        self._by_ssrc[ssrc] = (made, False)
        self._changed(self, "tracks")
        return made
