"""What a member's picture and sound are, second by second: live, still, covered, gone; speaking, silent,
dead.

Pure: readings and moments are given. One reading says what the last second looks like; a state is told when
the readings have agreed for as long as the table says, so that one odd second nags nobody. A frozen camera
and an empty chair look the same here: the picture is told to stand still, and the chair looks.
"""

from __future__ import annotations

from typing import Final, Generic, Literal, TypeAlias, TypeVar

from meeting_server.live.thresholds import Thresholds
from meeting_server.media_protocol import Picture, Quality

PictureState: TypeAlias = Literal["unknown", "gone", "none", "off", "dark", "covered", "still", "live"]
"""gone: nothing at all arrives. none: no picture does. off: switched off in the page. dark, covered:
something before the lens, and how bright. still: nothing moves."""
SoundState: TypeAlias = Literal["unknown", "closed", "none", "dead", "silent", "speaking"]
"""closed: not asked to be open, which is the rule without the floor. none: asked, and nothing comes. dead:
muted, or a device that gives nothing."""

PICTURE_STATES: Final[tuple[PictureState, ...]] = (
    "unknown",
    "gone",
    "none",
    "off",
    "dark",
    "covered",
    "still",
    "live",
)
SOUND_STATES: Final[tuple[SoundState, ...]] = ("unknown", "closed", "none", "dead", "silent", "speaking")

State = TypeVar("State", bound=str)


def picture_now(quality: Quality, lag: float, table: Thresholds) -> PictureState | None:
    """What one reading says of the picture; None when it says nothing. lag: seconds since it was made."""
    if quality.silent_for_ms / 1000 + lag >= table.silent:
        return "gone"
    if quality.video_age_ms is None:
        return "unknown"
    if quality.video_age_ms / 1000 + lag >= table.missing:
        return "none"
    if quality.picture is not None:
        return _looks(quality.picture, table)
    if _shows_nothing(quality, table):
        return "covered"
    if quality.frame_bytes is None:
        return None
    return "still" if quality.frame_bytes < table.frame_bytes else "live"


def _shows_nothing(quality: Quality, table: Thresholds) -> bool:
    """Whether the last key frame is one of an even surface. Only a fine one tells by its modes: a coarse one
    of a face has few as well, but then noise costs nothing and the size tells.
    """
    if quality.key_bytes is not None and quality.key_bytes < table.key_bytes:
        return True
    if quality.key_modes is None or quality.key_quantizer is None:
        return False
    return quality.key_quantizer <= table.fine and quality.key_modes < table.key_modes


def _looks(picture: Picture, table: Thresholds) -> PictureState | None:
    if picture.luma_dev < table.flat:
        if picture.luma_mean < table.off:
            return "off"
        return "dark" if picture.luma_mean < table.dark else "covered"
    if picture.change is None:
        return None
    return "still" if picture.change < table.change else "live"


def sound_now(quality: Quality, lag: float, table: Thresholds) -> SoundState | None:
    """What one reading says of the microphone; None when it says nothing."""
    if quality.silent_for_ms / 1000 + lag >= table.silent:
        return "unknown"
    if not quality.mic_open:
        return "closed"
    if not quality.audio_in:
        return "none"
    if quality.audio_level is None:
        return None
    if quality.audio_level >= table.dead:
        return "dead"
    return "speaking" if quality.audio_level <= table.speaking else "silent"


class Steady(Generic[State]):
    """A state that is told when it has been so long enough.

    state: as told. since: since when it has been so, which is before it was told.
    """

    def __init__(self, state: State, now: float) -> None:
        self.state = state
        self.since = now
        self._next: tuple[State, float] | None = None

    def see(self, state: State | None, now: float, after: float) -> bool:
        """One reading; after: seconds it must have been so. Returns whether something new is told."""
        if state is None:
            return False
        if state == self.state:
            self._next = None
            return False
        if self._next is None or self._next[0] != state:
            self._next = (state, now)
        if now - self._next[1] < after:
            return False
        self.state, self.since, self._next = state, self._next[1], None
        return True


class MemberLiveness:
    """One member's picture and sound, with the reading they rest on."""

    def __init__(self, now: float) -> None:
        self.picture: Steady[PictureState] = Steady("unknown", now)
        self.sound: Steady[SoundState] = Steady("unknown", now)
        self.quality: Quality | None = None
        self.read_at = now


class Liveness:
    """Everybody of one meeting. Moments are seconds of a clock that never goes back."""

    def __init__(self, table: Thresholds | None = None) -> None:
        self.table = table or Thresholds()
        self.members: dict[str, MemberLiveness] = {}

    def read(self, person: str, quality: Quality, now: float) -> None:
        """A reading of the last second."""
        member = self._member(person, now)
        member.quality, member.read_at = quality, now
        self._judge(member, now)

    def lost(self, person: str, now: float) -> None:
        """The person's transport is gone: nothing can arrive."""
        member = self._member(person, now)
        member.quality = None
        member.picture.see("gone", now, 0.0)
        member.sound.see("unknown", now, 0.0)

    def media_down(self, now: float) -> None:
        """Our own media process is gone: nothing is known of anybody."""
        for member in self.members.values():
            member.quality = None
            member.picture.see("unknown", now, 0.0)
            member.sound.see("unknown", now, 0.0)

    def forget(self, person: str) -> None:
        """The person has left the meeting, or is in the room."""
        self.members.pop(person, None)

    def step(self, now: float) -> None:
        """Every second: readings that have stopped coming grow old."""
        for member in self.members.values():
            if member.read_at < now:
                self._judge(member, now)

    def _member(self, person: str, now: float) -> MemberLiveness:
        member = self.members.get(person)
        if member is None:
            member = self.members[person] = MemberLiveness(now)
        return member

    def _judge(self, member: MemberLiveness, now: float) -> None:
        if member.quality is None:
            return
        lag = now - member.read_at
        picture = picture_now(member.quality, lag, self.table)
        if lag > 0 and picture not in ("gone", "none"):
            return  # an old reading tells of an age that grows, and of nothing else
        after = 0.0 if member.picture.state == "unknown" and picture != "still" else self._after(picture)
        member.picture.see(picture, now, after)
        sound = sound_now(member.quality, lag, self.table)
        is_slow = sound in ("none", "dead", "silent") and member.sound.state != "unknown"
        member.sound.see(sound, now, self.table.sound_after if is_slow else 0.0)

    def _after(self, picture: PictureState | None) -> float:
        table = self.table
        if picture in ("off", "dark", "covered"):
            return table.covered_after
        if picture == "still":
            return table.still_after
        if picture == "live":
            return table.live_after
        return table.none_after if picture == "none" else 0.0
