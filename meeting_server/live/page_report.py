"""What a member's own page says it sends, receives, shows and plays, and where that differs from what we see.

Pure. A page may say anything: a report is shown beside what was measured here and decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final, Literal, TypeAlias, get_args

from meeting_server.live.liveness import MemberLiveness
from meeting_server.live.thresholds import Thresholds

Device: TypeAlias = Literal["live", "muted", "ended", "off", "none"]
"""muted: the system or another program has taken it. ended: unplugged or forbidden. off: switched off in the
page."""
Playing: TypeAlias = Literal["playing", "muted", "blocked", "off"]
"""muted: by the person. blocked: the browser waits for a press. off: nothing is set up to play."""

MOST = 1_000_000
"""No count of a few seconds is above this."""


@dataclass(frozen=True, slots=True)
class PageReport:
    """The last few seconds of one page.

    hidden: the page is not in view. decoded: frames decoded of all slots. tiles: pictures that should be
    moving on the page; shown: frames they have drawn. packets: of sound that came; energy: of that sound
    (the sum of squares of getStats). camera, microphone: the devices. sound: whether the meeting is played.
    """

    hidden: bool
    decoded: int
    tiles: int
    shown: int
    packets: int
    energy: float
    sound: Playing
    camera: Device
    microphone: Device


def read_report(message: Mapping[str, Any]) -> PageReport | None:
    """The report in a media signal, or None when it is not one."""
    values: dict[str, Any] = {each.name: message.get(each.name) for each in fields(PageReport)}
    counts = [values[name] for name in ("decoded", "tiles", "shown", "packets")]
    if not all(type(each) is int and 0 <= each <= MOST for each in counts):
        return None
    energy = values["energy"]
    if type(energy) not in (int, float) or not 0 <= energy <= MOST or not isinstance(values["hidden"], bool):
        return None
    if values["sound"] not in get_args(Playing):
        return None
    if values["camera"] not in get_args(Device) or values["microphone"] not in get_args(Device):
        return None
    return PageReport(**values)


FACTS: Final = frozenset(
    {
        "page-hidden",
        "camera-muted",
        "camera-ended",
        "camera-off",
        "microphone-muted",
        "microphone-ended",
        "microphone-off",
        "sound-muted",
    }
)
"""What a page knows of itself is told at once; a difference must have lasted, since both sides count
apart."""


def said(report: PageReport, member: MemberLiveness, *, somebody_speaks: bool) -> frozenset[str]:
    """Codes of what the page tells that the chair should know.

    sound-missing, picture-missing: we send and nothing arrives. picture-frozen: it arrives and is not drawn.
    sound-blocked: the browser does not play. sound-empty: somebody speaks and what it plays is silence.
    camera-unsent, microphone-unsent: the device works and nothing reaches us.
    """
    quality = member.quality
    found = {"page-hidden"} if report.hidden else set()
    if report.camera in ("muted", "ended", "off"):
        found.add(f"camera-{report.camera}")
    elif report.camera == "live" and member.picture.state == "none":
        found.add("camera-unsent")
    if report.microphone in ("muted", "ended", "off"):
        found.add(f"microphone-{report.microphone}")
    elif report.microphone == "live" and member.sound.state == "none":
        found.add("microphone-unsent")
    if report.sound == "muted":
        found.add("sound-muted")
    if quality is None:
        return frozenset(found)
    if quality.audio_out and report.sound != "muted":
        if report.packets == 0:
            found.add("sound-missing")
        elif report.sound == "blocked":
            found.add("sound-blocked")
        elif somebody_speaks and report.energy == 0:
            found.add("sound-empty")
    if quality.video_out:
        if report.decoded == 0:
            found.add("picture-missing")
        elif report.tiles and not report.shown and not report.hidden:
            found.add("picture-frozen")
    return frozenset(found)


@dataclass(slots=True)
class _Page:
    report: PageReport
    at: float
    seen: dict[str, float] = field(default_factory=dict)


class Pages:
    """The last report of everybody's page, and what has been told by it for long enough."""

    def __init__(self, table: Thresholds) -> None:
        self._table = table
        self._pages: dict[str, _Page] = {}

    def take(self, person: str, report: PageReport, now: float) -> None:
        """A page has reported."""
        page = self._pages.setdefault(person, _Page(report, now))
        page.report, page.at = report, now

    def forget(self, person: str) -> None:
        """The person's page is gone."""
        self._pages.pop(person, None)

    def told(
        self, person: str, member: MemberLiveness, now: float, *, somebody_speaks: bool
    ) -> tuple[str, ...]:
        """The codes to show now; none of a page that has not reported for a while."""
        page = self._pages.get(person)
        if page is None or now - page.at > self._table.page_stale:
            return ()
        codes = said(page.report, member, somebody_speaks=somebody_speaks)
        page.seen = {code: page.seen.get(code, now) for code in codes}
        return tuple(
            sorted(
                code for code, at in page.seen.items() if code in FACTS or now - at >= self._table.page_after
            )
        )
