"""What a check of camera, microphone and line comes to: what was measured, and what it means for taking part.

The figures that decide in a meeting are those of thresholds.py; half of them is told here, while there is
time to do something about it. A check never keeps anybody out of a meeting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from meeting_server.live.thresholds import Thresholds
from meeting_server.media_protocol import Quality

_JUDGED_BY = Thresholds()
LOSS_TOLD = 0.02
"""Share of packets; from here sound has audible holes now and then."""
RTT_TOLD_MS = _JUDGED_BY.rtt_ms / 2
SLOW_KBIT = 800
"""A full picture is sent with up to 1500 kbit/s and is blurred below about half."""
TOO_SLOW_KBIT = 200
"""Sound and thumbnail need about 110 kbit/s; with less than this there is nothing left for a full picture."""
FREEZES_TOLD = 2

BAD = ("no-devices", "no-path", "no-sound", "no-picture", "unheard", "loss-bad", "too-slow")
WEAK = ("no-return", "silent", "untried", "loss", "delay", "slow", "thin", "freezes", "dark", "covered")
CALM = ("relay-only",)


@dataclass(frozen=True, slots=True)
class Measured:
    """What the media process saw of the line, in the middle of its seconds.

    seconds: how many there were. kbit_up, kbit_down: RTP that arrived from the page, and that was sent to it.
    loss_up, loss_down: mean share of packets, 0..1. thin: the picture had to be held back in a second.
    picture: `good`, or with nothing in it `dark` or `covered`; None where it was not decoded.
    """

    seconds: int
    sound: bool
    video: bool
    kbit_up: int
    kbit_down: int
    loss_up: float
    loss_down: float
    rtt_ms: float | None
    thin: bool
    picture: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """What only the page knows.

    devices: camera and microphone could be opened. spoke: speech was heard by the microphone. heard: the
    person's answer about the tone, None without one. paths: whether each way to us could be used, the direct
    one named `direct`. frames: pictures of its own that came back and were shown. freezes: times they stood
    still. available_kbit: the browser's own estimate of what it can send, None from a browser that makes
    none.
    """

    devices: bool
    spoke: bool
    heard: bool | None
    paths: Mapping[str, bool]
    frames: int
    freezes: int
    available_kbit: int | None


def measure(samples: Sequence[Quality]) -> Measured | None:
    """The later two thirds of the seconds, since every line begins slowly; None without any."""
    settled = samples[len(samples) // 3 :]
    if not settled:
        return None
    trips = [each.rtt_ms for each in settled if each.rtt_ms is not None]
    return Measured(
        seconds=len(settled),
        sound=any(each.audio_in for each in settled),
        video=any(each.video_in for each in settled),
        kbit_up=round(median(each.kbit_in for each in settled)),
        kbit_down=round(median(each.kbit_out for each in settled)),
        loss_up=round(sum(each.loss_in for each in settled) / len(settled), 4),
        loss_down=round(sum(each.loss_out for each in settled) / len(settled), 4),
        rtt_ms=round(median(trips), 1) if trips else None,
        thin=any("look" in each.held for each in settled),
        picture=_picture(settled),
    )


def judge(told: Told, measured: Measured | None) -> tuple[str, tuple[str, ...]]:
    """The grade (`ok`, `weak`, `bad`) and what was found, the worst first."""
    found = {
        "no-devices": not told.devices,
        "no-path": measured is None or not any(told.paths.values()),
        "unheard": told.heard is False,
        "untried": told.heard is None,
        "silent": told.devices and not told.spoke,
        "relay-only": any(told.paths.values()) and not told.paths.get("direct", False),
    }
    if measured is not None:
        found |= _found_of_line(told, measured)
    ordered = tuple(code for code in (*BAD, *WEAK, *CALM) if found.get(code))
    grade = "bad" if set(ordered) & set(BAD) else "weak" if set(ordered) & set(WEAK) else "ok"
    return grade, ordered


def _found_of_line(told: Told, measured: Measured) -> dict[str, bool]:
    lost, trip = max(measured.loss_up, measured.loss_down), measured.rtt_ms or 0.0
    can_send = max(measured.kbit_up, told.available_kbit or 0)
    return {
        "no-sound": told.devices and not measured.sound,
        "no-picture": told.devices and not measured.video,
        "no-return": told.devices and measured.video and told.frames == 0,
        "loss-bad": lost >= _JUDGED_BY.loss,
        "loss": LOSS_TOLD <= lost < _JUDGED_BY.loss,
        "delay": trip >= RTT_TOLD_MS,
        # Without an estimate a small figure may be a calm picture and no thin line.
        "too-slow": told.available_kbit is not None and can_send < TOO_SLOW_KBIT,
        "slow": told.available_kbit is not None and TOO_SLOW_KBIT <= can_send < SLOW_KBIT,
        "thin": measured.thin,
        "freezes": told.freezes >= FREEZES_TOLD,
        "dark": measured.picture == "dark",
        "covered": measured.picture == "covered",
    }


def _picture(samples: Sequence[Quality]) -> str | None:
    seen = [each.picture for each in samples if each.picture is not None]
    if not seen:
        return None
    if median(each.luma_dev for each in seen) >= _JUDGED_BY.flat:
        return "good"
    return "dark" if median(each.luma_mean for each in seen) < _JUDGED_BY.dark else "covered"
