"""What is observed of everybody at a distance in one meeting: told to the pages now, kept for afterwards.

Each second of each person becomes one line of figures, kept by the minute. Over every decision stands what
was true while its matter was before the meeting: the state of each picture, sound and line from moment to
moment.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from meeting_server.live.liveness import Liveness, MemberLiveness
from meeting_server.live.page_report import PageReport, Pages
from meeting_server.live.thresholds import Thresholds
from meeting_server.media_protocol import Quality
from meeting_server.meeting import Meeting, Record
from meeting_server.meeting.counting import is_counted, is_serving
from meeting_server.store.evidence import Minute, Second
from meeting_server.wire.events import NAMES

AT_A_DISTANCE = frozenset({"remote", "dropped", "returning"})
PAGE_GONE = "page-gone"
"""The code of a person who has no page open."""
HERE = AT_A_DISTANCE | {"room"}


@dataclass(slots=True)
class _Window:
    """One person since the matter was taken up. spans: from when each set of states was told."""

    spans: list[tuple[str, str, str, str]] = field(default_factory=list)
    seconds: dict[str, int] = field(default_factory=dict)
    spoke: int = 0
    loss_in: float = 0.0
    loss_out: float = 0.0
    trips: int = 0
    trip_sum: float = 0.0
    trip_most: float = 0.0
    page: set[str] = field(default_factory=set)


class Observation:
    """Fed by the media room; moments in seconds of a steady clock, times of day where they are kept."""

    def __init__(self, table: Thresholds) -> None:
        self.liveness = Liveness(table)
        self._table = table
        self._pages = Pages(table)
        self._told: dict[str, tuple[str, ...]] = {}
        self._minutes: dict[tuple[str, datetime], list[Second]] = {}
        self._windows: dict[str, _Window] = {}
        self._since: datetime | None = None

    # ---- facts ----

    def read(self, person: str, quality: Quality, now: float) -> None:
        """A reading of a person's line."""
        self.liveness.read(person, quality, now)

    def lost(self, person: str, now: float) -> None:
        """The person's transport is gone."""
        self.liveness.lost(person, now)
        self._pages.forget(person)

    def media_down(self, now: float) -> None:
        """Our own media process is gone."""
        self.liveness.media_down(now)

    def page(self, person: str, report: PageReport, now: float) -> None:
        """The person's page tells what it does."""
        self._pages.take(person, report, now)

    def begin(self, at: datetime) -> None:
        """A matter is before the meeting: what is told of its decision begins here."""
        self._since = at
        self._windows = {
            person: _Window(spans=[(_text(at), *window.spans[-1][1:])])
            for person, window in self._windows.items()
            if person in self.liveness.members
        }

    # ---- once a second ----

    def second(
        self, meeting: Meeting, lines: Mapping[str, str], open_pages: Container[str], now: float, at: datetime
    ) -> None:
        """Take down this second of everybody at a distance.

        lines: the state of each line. open_pages: those whose page has its socket to us. A silent line with
        an open page is a computer that sleeps or a net that stops media; without one, all of the net is gone.
        """
        self.liveness.step(now)
        for person in [each for each in self.liveness.members if not _is_away(meeting, each)]:
            self.liveness.forget(person)
            self._told.pop(person, None)
        speaks = any(each.sound.state == "speaking" for each in self.liveness.members.values())
        for person, member in self.liveness.members.items():
            codes = self._pages.told(person, member, now, somebody_speaks=speaks)
            self._told[person] = codes = codes if person in open_pages else (PAGE_GONE,)
            line = lines.get(person, "none")
            minute = at.replace(second=0, microsecond=0)
            self._minutes.setdefault((person, minute), []).append(_line(at.second, line, member, codes))
            self._add(person, member, line, codes, at)

    def full_minutes(self, at: datetime | None = None) -> list[Minute]:
        """The minutes that have ended at this time, or all there is; they are given once."""
        until = None if at is None else at.replace(second=0, microsecond=0)
        ended = [key for key in self._minutes if until is None or key[1] < until]
        return [Minute(*key, tuple(self._minutes.pop(key))) for key in ended]

    def links(self, origin: datetime) -> dict[str, dict[str, object]]:
        """What the pages are told beside the line itself; origin: what the time was at moment zero."""
        return {
            person: {
                "picture": member.picture.state,
                "picture_since": _iso(origin, member.picture.since),
                "sound": member.sound.state,
                "sound_since": _iso(origin, member.sound.since),
                "page": list(self._told.get(person, ())),
            }
            for person, member in self.liveness.members.items()
        }

    # ---- a decision ----

    def has_seen(self, meeting: Meeting) -> bool:
        """Whether anybody who takes part at a distance has been observed here."""
        return any(
            presence.state in AT_A_DISTANCE and person in self._windows
            for person, presence in meeting.presence.items()
        )

    def evidence(self, meeting: Meeting, record: Record) -> dict[str, Any]:
        """The evidence of a decision at this moment; the hash of its row is to be filled in."""
        since = self._since or meeting.opened_at or record.at
        return {
            "meeting": meeting.convened.meeting_id,
            "about": {
                "seq": record.seq,
                "type": NAMES[type(record.event)],
                "hash": "",
                "matter": getattr(record.event, "matter", None),
            },
            "from": _text(since),
            "until": _text(record.at),
            "thresholds": asdict(self._table),
            "people": [
                self._person(meeting, person)
                for person, presence in meeting.presence.items()
                if presence.state in HERE
            ],
        }

    def _person(self, meeting: Meeting, person: str) -> dict[str, Any]:
        presence = meeting.presence[person]
        identity = presence.identity
        window = self._windows.get(person) if presence.state in AT_A_DISTANCE else None
        return {
            "person": person,
            "state": presence.state,
            "counted": is_counted(meeting, person),
            "serving": is_serving(meeting, person),
            "identity": None if identity is None else {"method": identity.method, "at": _text(identity.at)},
            "seen_at": None if presence.seen_at is None else _text(presence.seen_at),
            "observed": None if window is None else _observed(window),
        }

    def _add(
        self, person: str, member: MemberLiveness, line: str, codes: tuple[str, ...], at: datetime
    ) -> None:
        window = self._windows.setdefault(person, _Window())
        states = (member.picture.state, member.sound.state, line)
        if not window.spans or window.spans[-1][1:] != states:
            window.spans.append((_text(at), *states))
        window.seconds[states[0]] = window.seconds.get(states[0], 0) + 1
        window.spoke += states[1] == "speaking"
        window.page.update(codes)
        quality = member.quality
        if quality is None:
            return
        window.loss_in = max(window.loss_in, quality.loss_in)
        window.loss_out = max(window.loss_out, quality.loss_out)
        if quality.rtt_ms is not None:
            window.trips += 1
            window.trip_sum += quality.rtt_ms
            window.trip_most = max(window.trip_most, quality.rtt_ms)


def _observed(window: _Window) -> dict[str, Any]:
    return {
        "seconds": dict(window.seconds),
        "spoke_seconds": window.spoke,
        "loss_in": round(window.loss_in, 3),
        "loss_out": round(window.loss_out, 3),
        "rtt_ms": round(window.trip_sum / window.trips, 1) if window.trips else None,
        "rtt_ms_most": round(window.trip_most, 1) if window.trips else None,
        "page": sorted(window.page),
        "spans": [list(span) for span in window.spans],
    }


def _line(second: int, line: str, member: MemberLiveness, codes: tuple[str, ...]) -> Second:
    quality = member.quality
    measured: tuple[Any, ...] = (False, False, False, False, None, None, None, None, 0, 0, 0)
    if quality is not None:
        measured = (
            quality.video_in,
            quality.audio_in,
            quality.video_out,
            quality.audio_out,
            quality.audio_level,
            quality.loss_in,
            quality.loss_out,
            quality.rtt_ms,
            quality.kbit_in,
            quality.kbit_out,
            quality.frames,
        )
    return (second, line, member.picture.state, member.sound.state, *measured, " ".join(codes))


def _is_away(meeting: Meeting, person: str) -> bool:
    presence = meeting.presence.get(person)
    return presence is not None and presence.state in AT_A_DISTANCE | {"lobby"}


def _text(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _iso(origin: datetime, moment: float) -> str:
    return _text(origin + timedelta(seconds=moment))
