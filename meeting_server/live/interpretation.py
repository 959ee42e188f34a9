"""Who interprets a meeting now, and who has asked to see or hear it.

Interpreters relieve each other: of several for the same channel the one that sends is heard, and goes on as
long as it sends. What a page has chosen is kept while its interpreter is away, so that it comes back by
itself; who has chosen what is told to nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from meeting_server import media_protocol as mp
from meeting_server.live.equipment_desk import EquipmentDesk
from meeting_server.live.floor_policy import Interpreting
from meeting_server.live.hub import Hub, Viewer
from meeting_server.store.equipment import Use

SIGN = ""
"""Stands for the picture among the channels, which all have a name."""
OFFICERS = ("chair", "secretary")


@dataclass(frozen=True, slots=True)
class Choice:
    """What one page wants. channel: of which name, or None for the meeting's own sound."""

    viewer: Viewer
    channel: str | None
    sign: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What the pages know. here: the channels that have an interpreter. missed: those that somebody has
    chosen and whose interpreter is gone; only the chair and the secretary are told.
    """

    here: frozenset[str] = frozenset()
    missed: frozenset[str] = frozenset()

    def to_all(self) -> dict[str, object]:
        """The message for any page."""
        channels = sorted(self.here - {SIGN})
        return {"type": "media", "kind": "interpreters", "sign": SIGN in self.here, "channels": channels}

    def to_officers(self) -> dict[str, object]:
        """The message for those who can do something about it."""
        missed = {"sign": SIGN in self.missed, "channels": sorted(self.missed - {SIGN})}
        return {**self.to_all(), "missed": missed}


class Interpretation:
    """The interpreters and listeners of one meeting."""

    def __init__(self, desk: EquipmentDesk, hub: Hub) -> None:
        self._desk = desk
        self._hub = hub
        self._feeders: dict[str, str] = {}
        self._choices: dict[str, Choice] = {}
        self._known: set[str] = set()
        self._told: Told | None = None

    def choose(self, peer: str, viewer: Viewer, channel: str | None, sign: bool) -> None:
        """A page says what it wants from now on."""
        self.forget(viewer)
        if channel is not None or sign:
            self._choices[peer] = Choice(viewer, channel, sign)

    def forget(self, viewer: Viewer) -> None:
        """The page is gone."""
        self._choices = {peer: each for peer, each in self._choices.items() if each.viewer is not viewer}

    def greet(self, viewer: Viewer) -> None:
        """Tell a page that has come who interprets, if anybody has done so."""
        if self._told is not None:
            is_officer = viewer.sight.role in OFFICERS
            viewer.send(self._told.to_officers() if is_officer else self._told.to_all())

    def follow(self, report: Iterable[mp.Quality] = ()) -> bool:
        """Choose who is seen and heard, by what flows. Returns whether it has changed."""
        interpreters = self._desk.interpreters
        flowing = {
            each.peer
            for each in report
            if each.peer in interpreters and _flows(each, interpreters[each.peer])
        }
        by_channel: dict[str, list[str]] = {}
        for peer, use in interpreters.items():
            by_channel.setdefault(use.language or SIGN, []).append(peer)
        chosen = {
            channel: _chosen(self._feeders.get(channel), peers, flowing)
            for channel, peers in by_channel.items()
        }
        is_new = chosen != self._feeders
        self._feeders = chosen
        self._known |= chosen.keys()
        return is_new

    def now(self, pages: Mapping[str, Viewer]) -> Interpreting:
        """What the room should be. pages: whose media connection each peer's is."""
        mine = {peer: each for peer, each in self._choices.items() if pages.get(peer) is each.viewer}
        listening = {peer: each.channel for peer, each in mine.items() if each.channel is not None}
        seeing = {peer for peer, each in mine.items() if each.sign}
        for peer, use in self._desk.listeners.items():
            if use.language is None:
                seeing.add(peer)
            else:
                listening[peer] = use.language
        return Interpreting(
            sign=self._feeders.get(SIGN),
            channels=tuple(
                mp.Channel(name, peer) for name, peer in sorted(self._feeders.items()) if name != SIGN
            ),
            listening=listening,
            seeing=frozenset(seeing),
        )

    def following(self, use: Use) -> int:
        """How many pages and pieces of equipment have asked for what such an interpreter sends."""
        choices = self._choices.values()
        pieces = sum(each.language == use.language for each in self._desk.listeners.values())
        if use.feeds == "sign":
            return pieces + sum(each.sign for each in choices)
        return pieces + sum(each.channel == use.language for each in choices)

    def tell(self) -> None:
        """Tell the pages, if what they know is no longer so."""
        wanted = {each.channel for each in self._choices.values() if each.channel is not None}
        wanted |= {SIGN for each in self._choices.values() if each.sign}
        wanted |= {each.language or SIGN for each in self._desk.listeners.values()}
        here = frozenset(self._feeders)
        former, told = self._told or Told(), Told(here, frozenset(wanted & self._known) - here)
        if told == former:
            return
        self._told = told
        self._hub.tell(told.to_officers(), *OFFICERS)
        if told.here != former.here:
            self._hub.tell(told.to_all(), "member", "hall")


def _flows(quality: mp.Quality, use: Use) -> bool:
    return quality.video_in if use.feeds == "sign" else quality.audio_in


def _chosen(present: str | None, peers: list[str], flowing: set[str]) -> str:
    """The present one as long as it sends, or nobody else does; otherwise the newest that sends."""
    sending = [peer for peer in peers if peer in flowing]
    if present in peers and (present in sending or not sending):
        return present
    return (sending or peers)[-1]
