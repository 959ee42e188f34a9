"""A room: makes its connections what the core's desired state says, and reports what happens to them.

Media reports, the core decides, media enforces: a packet that is not granted is dropped here, whatever the
browser was asked to send.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from meeting_server import media_protocol as mp
from meeting_server.media.downtrack import DownTrack
from meeting_server.media.fanout import SendTable
from meeting_server.media.guest import Guest
from meeting_server.media.lines import CHANNEL, LINES, LOOK, SIGN, SLOT_LINES, WALL, WEBCAST
from meeting_server.media.peer import Ground, Peer
from meeting_server.media.program import unshown, wanted_from
from meeting_server.media.ride import Ride
from meeting_server.media.room_wall import RoomWall
from meeting_server.media.sdp import BadAnswer
from meeting_server.media.slot import Slot
from meeting_server.media.uptrack import Sink, UpTrack
from meeting_server.media.wall_link import WallLink

log = logging.getLogger(__name__)

REFRESH_SECONDS = 0.01
"""149 people who join at once are let in to the slots some at a time; a refresh looks at everybody."""


class Room:
    """The peers and slots of one meeting. tell: sends a message to the core."""

    def __init__(
        self,
        name: str,
        ground: Ground,
        table: SendTable,
        tell: Callable[[mp.FromMedia], None],
        wall: WallLink,
    ) -> None:
        self.name = name
        self.state = mp.Room(name, ())
        self.peers: dict[str, Peer] = {}
        self.closing: set[asyncio.Task[None]] = set()
        self._ground = ground
        self._table = table
        self._tell = tell
        self._admitted: dict[str, mp.PeerState] = {}
        self._attempts: dict[str, int] = {}
        self._attention: set[UpTrack] = set()
        self._feeding: dict[UpTrack, list[Sink]] = {}
        self._refreshing: asyncio.TimerHandle | None = None
        self._arrived: list[Peer] = []
        ride: Ride[Slot] = Ride(asyncio.get_running_loop().call_later)
        self._slots = {
            index: Slot(line, table, ride)
            for index, line in enumerate(SLOT_LINES)
            if not line.is_up and index not in (LOOK, CHANNEL)
        }
        self._channels: dict[str, Slot] = {}
        self._wall = (
            RoomWall(wall, name, tell, self._attention.add, self._refresh) if wall.is_enabled else None
        )

    # ---- from the core ----

    def apply(self, state: mp.Room) -> None:
        """Make this the state."""
        self.state = state
        self._admitted = {each.peer: each for each in state.peers}
        for peer in [each for name, each in self.peers.items() if name not in self._admitted]:
            self._drop(peer)
        self._attempts = {name: count for name, count in self._attempts.items() if name in self._admitted}
        self._refresh()

    async def join(self, name: str) -> None:
        """Make a connection and an offer."""
        if name not in self._admitted:
            self._tell(mp.Failed(self.name, name, "not-admitted", "the peer is not in the room"))
            return
        former = self.peers.get(name)
        if former is not None:
            was_connected = former.is_connected
            self._drop(former)
            if was_connected:
                self._tell(mp.Lost(self.name, name, "replaced"))
        attempt = self._attempts[name] = self._attempts.get(name, 0) + 1
        peer = Peer(name, attempt, self._ground, self._peer_changed, self._attention.add)
        self.peers[name] = peer
        sdp = await peer.offer()
        if not peer.is_closed:
            self._tell(mp.Offer(self.name, name, sdp, attempt))
            self._give_hint(peer, self._watched())

    async def answer(self, message: mp.Answer) -> None:
        """Take a page's answer; one that cannot be used ends that connection, and only that."""
        peer = self.peers.get(message.peer)
        if peer is None:
            self._fail(message.peer, "unknown-peer", "no offer is open for this peer")
        elif message.attempt is not None and message.attempt != peer.attempt:
            self._fail(message.peer, "late-answer", f"offer {peer.attempt} is open, not {message.attempt}")
        elif len(message.sdp.encode()) > mp.MAX_SDP_BYTES:
            self._drop(peer)
            self._fail(message.peer, "sdp-too-large", f"more than {mp.MAX_SDP_BYTES} bytes")
        else:
            try:
                await peer.answer(message.sdp)
            except BadAnswer as error:
                self._drop(peer)
                self._fail(message.peer, "sdp-invalid", str(error))

    async def admit(self, message: mp.Guest) -> None:
        """Connect equipment by its own offer; a former connection of it is closed."""
        if message.peer not in self._admitted:
            self._fail(message.peer, "not-admitted", "the equipment is not in the room")
            return
        if len(message.sdp.encode()) > mp.MAX_SDP_BYTES:
            self._fail(message.peer, "sdp-too-large", f"more than {mp.MAX_SDP_BYTES} bytes")
            return
        former = self.peers.get(message.peer)
        if former is not None:
            self._drop(former)
        guest = Guest(message.peer, self._ground, self._peer_changed, self._attention.add, message.plays)
        self.peers[message.peer] = guest
        try:
            answer = await guest.take_offer(message.sdp)
        except BadAnswer as error:
            self._drop(guest)
            self._fail(message.peer, "sdp-invalid", str(error))
        else:
            if not guest.is_closed:
                self._tell(mp.GuestAnswer(self.name, message.peer, answer))

    def leave(self, name: str) -> None:
        """Close one connection, if it is there."""
        peer = self.peers.get(name)
        if peer is not None:
            self._drop(peer)
            self._refresh()

    def close(self) -> None:
        """Close all."""
        for peer in list(self.peers.values()):
            self._drop(peer)
        self._refresh()
        if self._wall is not None:
            self._wall.close()

    def announce(self) -> None:
        """Tell a core that has come back what it cannot know."""
        for peer in self.peers.values():
            if peer.is_connected:
                self._tell(mp.Connected(self.name, peer.name))
                peer.hint = None
        if self._wall is not None:
            self._wall.announce()
        self._refresh()

    # ---- when the process cannot keep up ----

    def in_use(self, now: float) -> set[int]:
        """Pictures that are being sent to somebody."""
        return {
            index
            for index, slot in self._slots.items()
            if slot.line.kind == "video" and slot.receivers and slot.flows(now)
        }

    def keep_up(self) -> None:
        """What the process leaves out has changed."""
        self._refresh()

    # ---- by the clock ----

    def tick(self, now: float) -> None:
        """Often: requests that are due, and the reports whose turn it is (they are spread by arrival)."""
        for up in list(self._attention):
            if not up.look_after(now):
                self._attention.discard(up)
        for slot in self._slots.values():
            slot.tick(now)
        for peer in list(self.peers.values()):
            if peer.look is not None:
                peer.look.tick(now)
            if peer.is_connected and now >= peer.report_at:
                peer.report(now)

    def report(self, now: float) -> mp.QualityReport:
        """Every second: find the silent, and measure the others."""
        for peer in list(self.peers.values()):
            if self._wall is None and (thumb := peer.up("thumb")) is not None:
                thumb.probe(now)
            reason = peer.lost_because(now)
            if reason is not None:
                self._peer_changed(peer, reason)
            elif peer.look is not None:
                peer.look.choose(now)
        for slot in self._slots.values():
            slot.choose(now)
        rates = {index: slot.rate(now) for index, slot in self._slots.items()}
        for channel in self._channels.values():
            channel.rate(now)
        if self._ground.overload.is_late(now):
            for peer in self.peers.values():
                peer.downlink.excuse(now)
        changed = [peer for peer in self.peers.values() if peer.is_connected and peer.adapt(rates, now)]
        if changed:
            self._refresh()
        found = [self._quality(peer, now) for peer in self.peers.values() if peer.is_connected]
        shed = tuple(LINES[index].name for index in sorted(self._ground.overload.held))
        return mp.QualityReport(self.name, tuple(found), shed)

    def _quality(self, peer: Peer, now: float) -> mp.Quality:
        quality = peer.quality(now)
        if self._wall is None or (thumb := peer.up("thumb")) is None:
            return quality
        picture = self._wall.picture(thumb)
        if picture is None:
            thumb.probe(now)  # the wall is away, or cannot decode it
            return quality
        return replace(quality, picture=picture)

    # ---- inside ----

    def _fail(self, peer: str, reason: str, detail: str) -> None:
        log.info("room %s, peer %s: %s (%s)", self.name, peer, reason, detail)
        self._tell(mp.Failed(self.name, peer, reason, detail))

    def _peer_changed(self, peer: Peer, what: str) -> None:
        if self.peers.get(peer.name) is not peer:
            return
        if what == "connected":
            self._arrived.append(peer)
        elif what != "tracks":
            self._drop(peer)
            self._tell(mp.Lost(self.name, peer.name, what))
        self._refresh_soon()

    def _drop(self, peer: Peer) -> None:
        """Take a peer out of every table, so that nothing keeps its connection alive."""
        if self.peers.get(peer.name) is peer:
            del self.peers[peer.name]
        self._attention -= set(peer.ups.values())
        for up in peer.ups.values():
            for sink in self._feeding.pop(up, ()):
                sink.lose(up)
        for index, down in peer.downs.items():
            if index in self._slots:
                self._slots[index].forget(down)
            elif index == CHANNEL:
                for channel in self._channels.values():
                    channel.forget(down)
        peer.look_away()
        task = peer.close()
        if task is not None:
            self.closing.add(task)
            task.add_done_callback(self._closed)

    def _closed(self, task: asyncio.Task[None]) -> None:
        self.closing.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("a connection did not close well", exc_info=task.exception())

    def _refresh_soon(self) -> None:
        """Once for all who come and go within a moment. Nothing is forwarded meanwhile that should not be."""
        if self._refreshing is None:
            self._refreshing = asyncio.get_running_loop().call_later(REFRESH_SECONDS, self._refresh)

    def _refresh(self) -> None:
        """Let sources, receivers and hints follow from the state and from who is here."""
        if self._refreshing is not None:
            self._refreshing.cancel()
            self._refreshing = None
        feeding: dict[UpTrack, list[Sink]] = {}
        walled = self._wall is not None and WALL not in self._ground.overload.held
        for name, peer in self.peers.items():
            peer.unshown = unshown(self.state, self._admitted[name], self._sends_picture, has_wall=walled)
        for index, slot in self._slots.items():
            if index == WALL:
                continue  # nobody holds it
            holder = getattr(self.state, slot.line.name)
            receivers = [
                peer.downs[index]
                for peer in self._receiving(index)
                if peer.name != holder and (index != SIGN or self._admitted[peer.name].sign)
            ]
            # The others go to somebody nearly always; signs that nobody has asked for are not even mapped.
            holders = holder if slot.line.name == WEBCAST else (holder,)
            fed = holders if index != SIGN or receivers else ()
            self._feed(slot, ("mic",) if slot.line.kind == "audio" else ("full",), fed, feeding)
            slot.set_receivers(receivers)
        self._refresh_channels(feeding)
        self._refresh_wall(feeding)
        for peer in self.peers.values():
            state = self._admitted[peer.name]
            if not (peer.is_connected and state.may_receive and state.watch):
                peer.look_away()
                continue
            if peer.look is None:
                peer.look = Slot(LINES[LOOK], self._table)
            self._feed(peer.look, ("full", "thumb"), (state.watch,), feeding)
            peer.look.set_receivers([] if LOOK in peer.downlink.held else [peer.downs[LOOK]])
        self._feeding = feeding
        watched = self._watched()
        for peer in self.peers.values():
            for up in peer.ups.values():
                up.slots = feeding.get(up, ())
            self._give_hint(peer, watched)
        arrived, self._arrived = self._arrived, []
        for peer in arrived:
            if peer.is_connected:
                self._tell(mp.Connected(self.name, peer.name))

    def _receiving(self, index: int) -> Iterator[Peer]:
        """Those who may be sent this line now, and whose line takes it; nobody when we are behind."""
        if index in self._ground.overload.held:
            return
        for peer in self.peers.values():
            state = self._admitted[peer.name]
            if (
                peer.is_connected
                and state.may_receive
                and (not state.interpreters_only or index in (SIGN, CHANNEL))
                and index in peer.downs
                and index not in peer.downlink.held
                and index not in peer.unshown
            ):
                yield peer

    def _sends_picture(self, name: str) -> bool:
        peer = self.peers.get(name)
        return peer is not None and peer.sends_picture and self._admitted[name].may_send

    def _refresh_channels(self, feeding: dict[UpTrack, list[Sink]]) -> None:
        """Each spoken channel to those who have chosen it; one that nobody has chosen costs nothing."""
        feeders = {each.name: each.peer for each in self.state.channels}
        heard: dict[str, list[DownTrack]] = {}
        for peer in self._receiving(CHANNEL):
            chosen = self._admitted[peer.name].channel
            if chosen in feeders and feeders[chosen] != peer.name:
                heard.setdefault(chosen, []).append(peer.downs[CHANNEL])
        for name in self._channels.keys() - heard.keys():
            channel = self._channels.pop(name)
            channel.set_sources(())
            channel.set_receivers(())
        for name, receivers in heard.items():
            channel = self._channels.setdefault(name, Slot(LINES[CHANNEL], self._table))
            self._feed(channel, ("mic",), (feeders[name],), feeding)
            channel.set_receivers(receivers)

    def _refresh_wall(self, feeding: dict[UpTrack, list[Sink]]) -> None:
        """Every thumbnail is measured; shown are those the core has given a place, to those who look."""
        if self._wall is None:
            return
        connected = [peer for peer in self.peers.values() if peer.is_connected]
        thumbs = [peer.up("thumb") for peer in connected if self._admitted[peer.name].may_send]
        for up, feed in self._wall.follow({up: None for up in thumbs if up is not None}).items():
            feeding.setdefault(up, []).append(feed)
        admitted = self._admitted
        looking = [
            each
            for each in connected
            if admitted[each.name].may_receive and admitted[each.name].wall and WALL not in each.downlink.held
        ]
        is_shown = self.state.wall and WALL not in self._ground.overload.held
        wall = self._slots[WALL]
        wall.set_receivers([each.downs[WALL] for each in looking] if is_shown else [])
        self._wall.show(self.state, wall)

    def _watched(self) -> set[str]:
        """Those whose picture somebody looks at now."""
        watchers = (self._admitted[peer.name] for peer in self.peers.values() if peer.is_connected)
        return {each.watch for each in watchers if each.may_receive and each.watch}

    def _feed(
        self,
        slot: Slot,
        names: tuple[str, ...],
        holders: tuple[str | None, ...],
        feeding: dict[UpTrack, list[Sink]],
    ) -> None:
        """Feed the slot by the first of these that is heard, the best first."""
        peers = [self.peers[name] for name in holders if name is not None and name in self.peers]
        able = [peer for peer in peers if peer.is_connected and self._admitted[peer.name].may_send]
        sources = [up for peer in able for up in map(peer.up, names) if up is not None]
        slot.set_sources(sources)
        slot.choose(time.monotonic())
        for up in sources:
            feeding.setdefault(up, []).append(slot)

    def _give_hint(self, peer: Peer, watched: set[str]) -> None:
        hint = wanted_from(self.state, self._admitted[peer.name], watched)
        if hint != peer.hint:
            peer.hint = hint
            self._tell(mp.Hint(self.name, peer.name, full=hint[0], mic=hint[1]))
