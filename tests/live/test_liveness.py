"""What a member's picture and sound are: each threshold below, at and above, and the recorded series."""

from __future__ import annotations

from dataclasses import replace

import pytest

from meeting_server.live.liveness import Liveness, picture_now, sound_now
from meeting_server.live.thresholds import Thresholds
from meeting_server.media_protocol import Picture, Quality

TABLE = Thresholds()
GOOD = Quality(
    "p",
    audio_in=True,
    video_in=True,
    audio_out=True,
    video_out=True,
    audio_level=25,
    silent_for_ms=20,
    video_age_ms=100,
    loss_in=0.0,
    loss_out=0.0,
    rtt_ms=30.0,
    kbit_in=80,
    kbit_out=900,
    mic_open=True,
    frames=5,
    frame_bytes=1230,
    key_bytes=1300,
)
FACE = Picture(120.0, 41.0, 0.05)


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({"silent_for_ms": 5999}, "live"),
        ({"silent_for_ms": 6000}, "gone"),
        ({"silent_for_ms": 6001}, "gone"),
        ({"video_age_ms": 1999}, "live"),
        ({"video_age_ms": 2000}, "none"),
        ({"video_age_ms": 2001}, "none"),
        ({"video_age_ms": None}, "unknown"),
        ({"key_bytes": 149}, "covered"),
        ({"key_bytes": 150}, "live"),
        ({"key_bytes": 151}, "live"),
        ({"key_bytes": None}, "live"),
        ({"key_quantizer": 2, "key_modes": 119}, "covered"),
        ({"key_quantizer": 2, "key_modes": 120}, "live"),
        ({"key_quantizer": 2, "key_modes": 121}, "live"),
        ({"key_quantizer": 3, "key_modes": 119}, "covered"),
        ({"key_quantizer": 4, "key_modes": 119}, "live"),
        # Whatever the other frames cost, and whether they would be still or live.
        ({"key_quantizer": 2, "key_modes": 90, "frame_bytes": 100}, "covered"),
        ({"key_quantizer": 2, "key_modes": 90, "frame_bytes": 637}, "covered"),
        ({"key_quantizer": 2, "key_modes": 90, "frame_bytes": None}, "covered"),
        ({"picture": FACE, "key_quantizer": 2, "key_modes": 47}, "live"),
        ({"frame_bytes": 249}, "still"),
        ({"frame_bytes": 250}, "live"),
        ({"frame_bytes": 251}, "live"),
        ({"frame_bytes": None}, None),
        ({"picture": replace(FACE, luma_dev=2.9)}, "covered"),
        ({"picture": replace(FACE, luma_dev=3.0)}, "live"),
        ({"picture": replace(FACE, luma_dev=3.1)}, "live"),
        ({"picture": Picture(3.9, 0.2, 0.0)}, "off"),
        ({"picture": Picture(4.0, 0.2, 0.0)}, "dark"),
        ({"picture": Picture(4.1, 0.2, 0.0)}, "dark"),
        ({"picture": Picture(24.9, 0.4, 0.0)}, "dark"),
        ({"picture": Picture(25.0, 0.4, 0.0)}, "covered"),
        ({"picture": Picture(25.1, 0.4, 0.0)}, "covered"),
        ({"picture": replace(FACE, change=0.0049)}, "still"),
        ({"picture": replace(FACE, change=0.005)}, "live"),
        ({"picture": replace(FACE, change=0.0051)}, "live"),
        ({"picture": replace(FACE, change=None)}, None),
        # What was decoded is believed before what the sizes say.
        ({"picture": FACE, "key_bytes": 60, "frame_bytes": 100}, "live"),
    ],
)
def test_one_reading_of_the_picture(change: dict[str, object], state: str | None) -> None:
    assert picture_now(replace(GOOD, **change), 0.0, TABLE) == state  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({"mic_open": False}, "closed"),
        ({"audio_in": False}, "none"),
        ({"audio_level": 126}, "silent"),
        ({"audio_level": 127}, "dead"),
        ({"audio_level": 44}, "speaking"),
        ({"audio_level": 45}, "speaking"),
        ({"audio_level": 46}, "silent"),
        ({"audio_level": None}, None),
        ({"silent_for_ms": 6000}, "unknown"),
    ],
)
def test_one_reading_of_the_microphone(change: dict[str, object], state: str | None) -> None:
    assert sound_now(replace(GOOD, **change), 0.0, TABLE) == state  # type: ignore[arg-type]


RECORDED: dict[str, tuple[Quality, str]] = {
    "a person moving, least": (replace(GOOD, frame_bytes=694, key_bytes=1300), "live"),
    "a person moving, most": (replace(GOOD, frame_bytes=2400, key_bytes=3400), "live"),
    "an empty chair": (replace(GOOD, frame_bytes=154, key_bytes=1300), "still"),
    "a frozen camera": (replace(GOOD, frame_bytes=138, key_bytes=1300), "still"),
    "a canvas redrawn": (replace(GOOD, frame_bytes=200, key_bytes=462), "still"),
    "digital black": (replace(GOOD, frame_bytes=26, key_bytes=59), "covered"),
    "a lens cap": (replace(GOOD, frame_bytes=151, key_bytes=59), "covered"),
    "a finger with light through": (replace(GOOD, frame_bytes=637, key_bytes=69), "covered"),
    "noise through a cover": (
        replace(GOOD, frame_bytes=156, key_bytes=760, key_quantizer=2, key_modes=90),
        "covered",
    ),
    "a dim face, at rest": (
        replace(GOOD, frame_bytes=692, key_bytes=1226, key_quantizer=2, key_modes=151),
        "live",
    ),
    "a far face on a thin line": (
        replace(GOOD, frame_bytes=462, key_bytes=319, key_quantizer=43, key_modes=76),
        "live",
    ),
    "switched off in the page": (replace(GOOD, picture=Picture(0.0, 0.2, 0.0)), "off"),
    "a lens cap, seen": (replace(GOOD, picture=Picture(20.0, 0.4, 0.0)), "dark"),
    "a finger, seen": (replace(GOOD, picture=Picture(70.0, 0.6, 0.0)), "covered"),
    "an empty chair, seen": (replace(GOOD, picture=Picture(119.0, 41.0, 0.0)), "still"),
    "a person moving, seen, least": (replace(GOOD, picture=Picture(120.0, 41.0, 0.011)), "live"),
}
"""Sizes and measures as they were recorded from Chromium with synthetic cameras."""


@pytest.mark.parametrize("what", RECORDED)
def test_the_recorded_series(what: str) -> None:
    quality, expected = RECORDED[what]
    told = followed(*[quality] * 30)
    assert told[-1] == expected


def followed(*readings: Quality) -> list[str]:
    """The state told after each reading, one a second."""
    liveness = Liveness()
    told: list[str] = []
    for second, quality in enumerate(readings):
        liveness.read("anna", quality, float(second))
        told.append(liveness.members["anna"].picture.state)
    return told


def first(told: list[str], state: str) -> int:
    return told.index(state)


@pytest.mark.parametrize(
    ("what", "seconds"),
    [
        (replace(GOOD, video_age_ms=2000), 1),
        (replace(GOOD, key_bytes=69), 1),
        (replace(GOOD, picture=Picture(20.0, 0.4, 0.0)), 1),
        (replace(GOOD, frame_bytes=120), 20),
        (replace(GOOD, silent_for_ms=6000), 0),
    ],
)
def test_a_state_is_told_when_the_readings_agree_for_long_enough(what: Quality, seconds: int) -> None:
    told = followed(GOOD, *[what] * 25)
    state = told[-1]
    assert state != "live"
    assert first(told, state) == 1 + seconds


def test_one_odd_second_changes_nothing() -> None:
    odd = [replace(GOOD, video_age_ms=2000), replace(GOOD, key_bytes=69), replace(GOOD, frame_bytes=10)]
    told = followed(GOOD, odd[0], GOOD, odd[1], GOOD, odd[2], GOOD)
    assert set(told) == {"live"}


def test_somebody_who_moves_now_and_then_is_not_said_to_stand_still() -> None:
    still = replace(GOOD, frame_bytes=120)
    assert set(followed(GOOD, *[*[still] * 19, GOOD] * 4)) == {"live"}


def test_who_moves_again_is_live_after_two_seconds_and_keeps_the_moment_it_began() -> None:
    liveness = Liveness()
    for second in range(21):
        liveness.read("anna", replace(GOOD, frame_bytes=120), float(second))
    picture = liveness.members["anna"].picture
    assert (picture.state, picture.since) == ("still", 0.0)
    for second in (21, 22):
        liveness.read("anna", GOOD, float(second))
    assert picture.state == "still"
    liveness.read("anna", GOOD, 23.0)
    assert (picture.state, picture.since) == ("live", 21.0)


@pytest.mark.parametrize(("age", "state"), [(5.9, "none"), (6.0, "gone"), (6.1, "gone")])
def test_readings_that_stop_coming_grow_old(age: float, state: str) -> None:
    liveness = Liveness()
    liveness.read("anna", replace(GOOD, silent_for_ms=0, video_age_ms=0), 0.0)
    for now in (3.0, 4.0, age):
        liveness.step(now)
    assert liveness.members["anna"].picture.state == state


def test_a_lost_transport_is_gone_at_once_and_our_own_crash_is_nobodys_fault() -> None:
    liveness = Liveness()
    liveness.read("anna", GOOD, 0.0)
    liveness.read("bo", GOOD, 0.0)
    liveness.lost("anna", 1.0)
    assert liveness.members["anna"].picture.state == "gone"
    liveness.media_down(2.0)
    assert {each.picture.state for each in liveness.members.values()} == {"unknown"}


def test_a_dead_microphone_is_told_after_two_seconds_and_speech_at_once() -> None:
    liveness = Liveness()
    told = []
    for second, level in enumerate((25, 127, 127, 127, 25)):
        liveness.read("anna", replace(GOOD, audio_level=level), float(second))
        told.append(liveness.members["anna"].sound.state)
    assert told == ["speaking", "speaking", "speaking", "dead", "speaking"]
