"""The wall of one room, between its state, its members' thumbnails and its wall slot."""

from __future__ import annotations

from collections.abc import Callable, Collection

from meeting_server import media_protocol as mp
from meeting_server.media.slot import Slot
from meeting_server.media.uptrack import UpTrack
from meeting_server.media.wall import wire
from meeting_server.media.wall_link import Feed, WallLink


class RoomWall:
    """What one room shows on its wall. renewed: see Wall."""

    def __init__(
        self,
        link: WallLink,
        room: str,
        tell: Callable[[mp.FromMedia], None],
        attend: Callable[[UpTrack], None],
        renewed: Callable[[], None],
    ) -> None:
        self._link = link
        self._room = room
        self._tell = tell
        self._wall = link.wall(self._planned, renewed, attend)
        self._feeds: dict[UpTrack, Feed] = {}

    def _planned(self, plan: wire.Plan) -> None:
        self._tell(mp.WallPlan(self._room, plan.columns, plan.peers, plan.page, plan.pages))

    def announce(self) -> None:
        """Tell a new core what is shown."""
        if self._wall.plan is not None:
            self._planned(self._wall.plan)

    def follow(self, thumbs: Collection[UpTrack]) -> dict[UpTrack, Feed]:
        """Feed these thumbnails to the wall and no others; their sinks."""
        for up in [up for up in self._feeds if up not in thumbs]:
            self._link.end_feed(self._feeds.pop(up))
        for up in thumbs:
            if up not in self._feeds:
                self._feeds[up] = self._link.feed(up)
                up.want_keyframe()
        return self._feeds

    def show(self, state: mp.Room, slot: Slot) -> None:
        """Show what the state says, to those who receive the slot."""
        streams = {up.owner: feed.number for up, feed in self._feeds.items()}
        spots = tuple(
            wire.Spot(
                each.peer,
                each.name,
                each.party,
                each.note,
                0 if each.note else streams.get(each.peer, 0),
            )
            for each in state.wall
        )
        slot.set_sources([self._wall.source] if spots else [])
        self._wall.source.slots = (slot,)
        self._wall.show(spots, state.missing, bool(spots and slot.receivers))

    def picture(self, up: UpTrack | None) -> mp.Picture | None:
        """How this thumbnail looked in the last second; read once."""
        feed = self._feeds.get(up) if up is not None else None
        if feed is None:
            return None
        found, feed.picture = feed.picture, None
        return found

    def close(self) -> None:
        """The room is no more."""
        self.follow(())
        self._link.close_wall(self._wall)
