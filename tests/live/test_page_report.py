"""What a page tells of itself: read strictly, compared with what was measured, told when it has lasted."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import pytest

from meeting_server.live.liveness import Liveness, MemberLiveness
from meeting_server.live.page_report import PageReport, Pages, read_report, said
from meeting_server.live.thresholds import Thresholds
from meeting_server.media_protocol import Quality
from tests.live.test_liveness import GOOD

WELL = PageReport(
    hidden=False,
    decoded=60,
    tiles=2,
    shown=60,
    packets=150,
    energy=0.2,
    sound="playing",
    camera="live",
    microphone="live",
)
TABLE = Thresholds()


def measured(quality: Quality = GOOD) -> MemberLiveness:
    liveness = Liveness()
    for second in range(4):
        liveness.read("anna", quality, float(second))
    return liveness.members["anna"]


def test_a_report_is_read_as_it_was_sent() -> None:
    assert read_report({"type": "media", "kind": "report", **asdict(WELL)}) == WELL


@pytest.mark.parametrize(
    "change",
    [
        {"decoded": -1},
        {"decoded": True},
        {"decoded": 1_000_001},
        {"shown": 1.5},
        {"energy": -0.1},
        {"energy": float("nan")},
        {"energy": "loud"},
        {"hidden": 0},
        {"sound": "loud"},
        {"camera": ["live"]},
        {"microphone": None},
    ],
)
def test_what_is_no_report_is_none(change: dict[str, Any]) -> None:
    assert read_report({**asdict(WELL), **change}) is None


@pytest.mark.parametrize(
    ("report", "quality", "codes"),
    [
        (WELL, GOOD, set()),
        (replace(WELL, packets=0), GOOD, {"sound-missing"}),
        (replace(WELL, packets=0), replace(GOOD, audio_out=False), set()),
        (replace(WELL, sound="blocked"), GOOD, {"sound-blocked"}),
        (replace(WELL, sound="muted", energy=0), GOOD, {"sound-muted"}),
        (replace(WELL, energy=0), GOOD, {"sound-empty"}),
        (replace(WELL, decoded=0), GOOD, {"picture-missing"}),
        (replace(WELL, decoded=0), replace(GOOD, video_out=False), set()),
        (replace(WELL, shown=0), GOOD, {"picture-frozen"}),
        (replace(WELL, shown=0, tiles=0), GOOD, set()),
        (replace(WELL, shown=0, hidden=True), GOOD, {"page-hidden"}),
        (replace(WELL, camera="ended"), GOOD, {"camera-ended"}),
        (replace(WELL, camera="none", microphone="off"), GOOD, {"microphone-off"}),
        (WELL, replace(GOOD, video_age_ms=2000), {"camera-unsent"}),
        (replace(WELL, camera="ended"), replace(GOOD, video_age_ms=2000), {"camera-ended"}),
        (WELL, replace(GOOD, audio_in=False), {"microphone-unsent"}),
        (WELL, replace(GOOD, mic_open=False, audio_in=False), set()),
    ],
)
def test_a_page_and_what_we_measure_are_compared(
    report: PageReport, quality: Quality, codes: set[str]
) -> None:
    assert said(report, measured(quality), somebody_speaks=True) == codes


def test_silence_is_nothing_to_tell_while_nobody_speaks() -> None:
    assert said(replace(WELL, energy=0), measured(), somebody_speaks=False) == set()


@pytest.mark.parametrize(
    ("report", "after", "is_told"),
    [
        (replace(WELL, decoded=0), TABLE.page_after - 0.1, False),
        (replace(WELL, decoded=0), TABLE.page_after, True),
        (replace(WELL, decoded=0), TABLE.page_after + 0.1, True),
        (replace(WELL, camera="ended"), 0.0, True),
    ],
)
def test_a_difference_must_last_and_a_fact_need_not(report: PageReport, after: float, is_told: bool) -> None:
    pages, member = Pages(TABLE), measured()
    pages.take("anna", report, 0.0)
    pages.told("anna", member, 0.0, somebody_speaks=False)
    assert bool(pages.told("anna", member, after, somebody_speaks=False)) == is_told


def test_a_difference_that_goes_away_begins_anew() -> None:
    pages, member = Pages(TABLE), measured()
    for at, report in ((0.0, replace(WELL, decoded=0)), (3.0, WELL), (5.0, replace(WELL, decoded=0))):
        pages.take("anna", report, at)
        pages.told("anna", member, at, somebody_speaks=False)
    assert pages.told("anna", member, 6.5, somebody_speaks=False) == ()


@pytest.mark.parametrize(
    ("age", "is_told"),
    [(TABLE.page_stale - 0.1, True), (TABLE.page_stale, True), (TABLE.page_stale + 0.1, False)],
)
def test_a_page_that_has_stopped_reporting_is_not_compared(age: float, is_told: bool) -> None:
    pages, member = Pages(TABLE), measured()
    pages.take("anna", replace(WELL, camera="ended"), 0.0)
    assert bool(pages.told("anna", member, age, somebody_speaks=False)) == is_told
    pages.forget("anna")
    assert pages.told("anna", member, 0.0, somebody_speaks=False) == ()
