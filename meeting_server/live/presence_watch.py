"""What the media plane's facts mean for attendance: who is live, weak or lost, and when the core is told.

Nothing here waits or asks the time: facts and moments are given, changes come back. All thresholds stand
in one table, thresholds.py. A crash of our own media process is our fault and not a member's: nobody is
lost until its grace is over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from meeting_server.live.thresholds import Thresholds
from meeting_server.media_protocol import Quality

LinkState: TypeAlias = Literal["live", "weak", "lost", "none"]
LostReason: TypeAlias = Literal["transport", "silent", "no-picture", "media-down"]


_FOLLOWED = frozenset({"remote", "remote-sound", "returning", "lobby", "dropped", "waiting", "waiting-sound"})
"""The states in which somebody's line matters."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something the core should be told about a person: that the line is lost, or that it is back."""

    person: str
    is_lost: bool
    reason: LostReason | None = None
    audio: bool = True
    video: bool = True


@dataclass(slots=True)
class _Line:
    """What is known of one person's line; moments in seconds of a clock that never goes back."""

    known_since: float
    is_connected: bool = False
    was_connected: bool = False
    quality: Quality | None = None
    reported_at: float = 0.0
    connected_at: float = 0.0
    good_since: float | None = None
    bad_since: float | None = None
    is_weak: bool = False
    state: LinkState = "none"
    since: float = 0.0


@dataclass(slots=True)
class PresenceWatch:
    """The lines of everybody in one meeting.

    adopts_unseen: whether someone counted as remote whom this process never heard is this process's to lose;
    false where another node may be holding the line.
    """

    adopts_unseen: bool = True
    thresholds: Thresholds = field(default_factory=Thresholds)
    lines: dict[str, _Line] = field(default_factory=dict)
    media_up_at: float | None = None
    media_down_at: float | None = None
    media_heard_at: float | None = None

    # ---- facts ----

    def media_up(self, now: float) -> None:
        """The media process answers (again); every line must be connected or reported anew."""
        self.media_up_at = now

    def media_heard(self, now: float) -> None:
        """The media process has reported on the meeting. Where it had fallen silent, its grace begins now."""
        if self._is_unheard(now):
            self.media_down_at = self.media_up_at = now
        self.media_heard_at = now

    def media_down(self, now: float) -> None:
        """The media process is gone, and every line with it."""
        self.media_up_at, self.media_down_at = None, now
        for line in self.lines.values():
            line.is_connected, line.quality, line.good_since = False, None, None

    def connected(self, person: str, now: float) -> None:
        """The person's transport is up."""
        line = self._line(person, now)
        line.is_connected = line.was_connected = True
        line.connected_at = line.reported_at = now
        line.quality, line.good_since = None, None

    def lost(self, person: str, now: float) -> None:
        """The person's transport is gone."""
        line = self._line(person, now)
        line.is_connected, line.quality, line.good_since = False, None, None

    def forget(self, person: str) -> None:
        """The person has left the meeting."""
        self.lines.pop(person, None)

    def quality(self, person: str, quality: Quality, now: float) -> None:
        """A report of what flows."""
        line = self._line(person, now)
        if not line.is_connected:
            self.connected(person, now)
        line.quality, line.reported_at = quality, now

    # ---- conclusions ----

    def step(self, present: Mapping[str, str], now: float) -> list[Change]:
        """Look at everybody: present gives each person's state as the meeting knows it.

        Those in `remote`, `returning` and `lobby` are known to be live and can be lost, also when they never
        connected here. Those `dropped`, and those in the lobby from whom nothing (`waiting`) or only sound
        (`waiting-sound`) is known to arrive, can become live. One let in with sound alone (`remote-sound`)
        is lost when the sound is. Repeats a change until the meeting has taken it.
        """
        changes = []
        for person, presence in present.items():
            if presence not in _FOLLOWED:
                continue
            line = self._line(person, now)
            trouble = self._trouble(line, now)
            quality = line.quality
            sound = quality is not None and quality.audio_in and trouble == "no-picture"
            if presence in ("dropped", "waiting", "waiting-sound"):
                if (
                    trouble is None
                    and line.good_since is not None
                    and now - line.good_since >= self.thresholds.good
                ):
                    changes.append(Change(person, is_lost=False))
                elif trouble is not None and presence == ("waiting" if sound else "waiting-sound"):
                    changes.append(Change(person, True, trouble, audio=sound, video=False))
            elif presence == "remote-sound" and trouble == "no-picture":
                continue
            elif trouble is not None and self._is_theirs(line, trouble, now):
                changes.append(Change(person, True, trouble, audio=sound, video=False))
        for line in self.lines.values():
            self._judge(line, now)
        return changes

    def links(self, origin: datetime) -> dict[str, dict[str, object]]:
        """The state of every line as the pages get it; origin: what the time was at moment zero."""
        return {person: _as_link(line, origin) for person, line in self.lines.items()}

    def _line(self, person: str, now: float) -> _Line:
        line = self.lines.get(person)
        if line is None:
            line = self.lines[person] = _Line(known_since=now, since=now)
        return line

    def _trouble(self, line: _Line, now: float) -> LostReason | None:
        """What is wrong with the line at this moment, if it is useless."""
        if self.media_up_at is None:
            return "media-down"
        if not line.is_connected:
            return "transport"
        quality = line.quality
        if quality is None:
            return "silent" if now - line.reported_at >= self.thresholds.silent else None
        lag = now - line.reported_at
        if quality.silent_for_ms / 1000 + lag >= self.thresholds.silent:
            return "silent"
        if quality.video_age_ms is None:
            # Nothing has been sent yet; a camera needs a moment after the transport is up.
            return "no-picture" if now - line.connected_at >= self.thresholds.never else None
        return "no-picture" if quality.video_age_ms / 1000 + lag >= self.thresholds.no_picture else None

    def _is_theirs(self, line: _Line, trouble: LostReason, now: float) -> bool:
        """Whether the trouble counts against the person now, and is not our own crash or restart."""
        table = self.thresholds
        if self._is_our_grace(now):
            return False
        if trouble == "media-down":
            return True
        if not line.was_connected:
            return self.adopts_unseen and now - line.known_since >= table.never
        return True

    def _is_our_grace(self, now: float) -> bool:
        grace = self.thresholds.media_down
        if self.media_up_at is None:
            return self.media_down_at is None or now - self.media_down_at < grace
        if self._is_unheard(now):
            return now - self._heard_at < self.thresholds.unheard + grace
        return self.media_down_at is not None and now - self.media_up_at < grace

    def _is_unheard(self, now: float) -> bool:
        """Whether the reports, which come every second while media is up, have stopped coming."""
        return self.media_heard_at is not None and now - self._heard_at >= self.thresholds.unheard

    @property
    def _heard_at(self) -> float:
        """The latest report, or when media came up after it."""
        return max(self.media_heard_at or 0.0, self.media_up_at or 0.0)

    def _judge(self, line: _Line, now: float) -> None:
        """Update what the pages are shown, with its hysteresis."""
        table, quality = self.thresholds, line.quality
        if self._trouble(line, now) is not None:
            line.good_since, line.bad_since, line.is_weak = None, None, False
            self._become(line, "lost" if line.was_connected else "none", now)
            return
        if quality is None or quality.video_age_ms is None:  # connected, and nothing shown yet
            self._become(line, "none", now)
            return
        if line.good_since is None:
            line.good_since = now
        loss, rtt = max(quality.loss_in, quality.loss_out), quality.rtt_ms or 0.0
        is_bad = loss > table.loss or rtt > table.rtt_ms
        if is_bad == line.is_weak:
            line.bad_since = None
        elif line.bad_since is None:
            line.bad_since = now
        elif now - line.bad_since >= (table.weak_after if is_bad else table.strong_after):
            line.is_weak, line.bad_since = is_bad, None
        self._become(line, "weak" if line.is_weak else "live", now)

    def _become(self, line: _Line, state: LinkState, now: float) -> None:
        if line.state != state:
            line.state, line.since = state, now


def _as_link(line: _Line, origin: datetime) -> dict[str, object]:
    quality = line.quality
    return {
        "state": line.state,
        "sends_picture": quality is not None and quality.video_in,
        "sends_sound": quality is not None and quality.audio_in,
        "gets_picture": quality is not None and quality.video_out,
        "gets_sound": quality is not None and quality.audio_out,
        "held": list(quality.held) if quality is not None else [],
        "level": quality.audio_level if quality is not None else None,
        "loss": round(max(quality.loss_in, quality.loss_out), 3) if quality is not None else None,
        "rtt_ms": quality.rtt_ms if quality is not None else None,
        "since": (origin + timedelta(seconds=line.since)).isoformat(timespec="seconds"),
    }
