"""Key frame requests, the ring, and how counters become facts."""

from dataclasses import dataclass

import pytest

from meeting_server.media.frames import Frames
from meeting_server.media.keyframes import INTERVAL_SECONDS, LONGEST_WAIT_SECONDS, KeyframeRequests, Patience
from meeting_server.media.lines import LINES, Line
from meeting_server.media.quality import FLOWING_SECONDS, Meter
from meeting_server.media.ring import SIZE, Ring


@pytest.mark.parametrize(
    ("pause", "is_asked"),
    [(INTERVAL_SECONDS - 0.01, False), (INTERVAL_SECONDS + 0.001, True), (INTERVAL_SECONDS + 0.01, True)],
)
def test_a_key_frame_is_asked_for_at_once_and_then_rarely(pause: float, is_asked: bool) -> None:
    requests = KeyframeRequests()
    assert not requests.due(5.0)
    requests.want()
    assert requests.due(5.0)
    requests.want()
    assert requests.due(5.0 + pause) == is_asked


def test_it_is_asked_for_again_until_it_comes() -> None:
    requests = KeyframeRequests()
    requests.want()
    assert requests.due(0.0)
    assert requests.due(1.0)
    requests.seen()
    assert not requests.due(2.0)


def test_a_receiver_who_asks_all_the_time_is_heard_more_and_more_rarely_until_he_has_been_content() -> None:
    patience = Patience()
    granted = [tick / 4 for tick in range(400) if patience.grants(tick / 4)]
    assert granted[:6] == [0, 1, 3, 7, 15, 31]
    assert granted[-1] - granted[-2] == LONGEST_WAIT_SECONDS
    content = granted[-1] + 3 * LONGEST_WAIT_SECONDS + 1
    assert patience.grants(content)
    assert not patience.grants(content + 0.9)
    assert patience.grants(content + 1)


@pytest.mark.parametrize(
    ("age", "is_found"), [(0, True), (1, True), (SIZE - 1, True), (SIZE, False), (SIZE + 1, False)]
)
def test_the_ring_keeps_the_last_packets_only(age: int, is_found: bool) -> None:
    ring = Ring()
    last = 70000
    for number in range(last - 2 * SIZE, last + 1):
        ring.keep(number & 0xFFFF, str(number).encode())
    expected = str(last - age).encode() if is_found else None
    assert ring.find((last - age) & 0xFFFF) == expected


def test_an_empty_ring_finds_nothing() -> None:
    assert Ring().find(0) is None


@dataclass
class AnUp:
    line: Line
    heard_at: float | None = None
    octets: int = 0
    level: int | None = None
    loss: float = 0.0
    frames: Frames | None = None


@dataclass
class ASlot:
    line: Line
    sent_at: float | None = None


@dataclass
class ADown:
    slot: ASlot | None
    is_active: bool = True
    loss: float = 0.0
    round_trip: tuple[float, float] | None = None
    sent: tuple[int, int] = (0, 0)


@dataclass
class APlace:
    heard_at: float = 0.0
    round_trip: float | None = None


MIC, THUMB = (next(each for each in LINES if each.name == name) for name in ("mic", "thumb"))
FLOOR_SOUND, FLOOR_PICTURE = LINES[0], LINES[1]


@pytest.mark.parametrize(
    ("age", "flows"),
    [(FLOWING_SECONDS - 0.01, True), (FLOWING_SECONDS, True), (FLOWING_SECONDS + 0.01, False)],
)
def test_a_stream_flows_while_its_last_packet_is_young(age: float, flows: bool) -> None:
    now = 100.0
    ups = [AnUp(MIC, now - age), AnUp(THUMB, now - age)]
    downs = [ADown(ASlot(FLOOR_SOUND, now - age)), ADown(ASlot(FLOOR_PICTURE, now - age))]
    found = Meter().measure("anna", ups, downs, APlace(now), now)
    assert (found.audio_in, found.video_in, found.audio_out, found.video_out) == (flows,) * 4
    assert found.video_age_ms == round(age * 1000)


def test_someone_who_has_sent_and_got_nothing_has_no_figures() -> None:
    found = Meter().measure("anna", [AnUp(MIC), AnUp(THUMB)], [ADown(None)], APlace(99.0), 100.0)
    assert (found.audio_in, found.video_in, found.audio_out, found.video_out) == (False,) * 4
    assert (found.audio_level, found.video_age_ms, found.rtt_ms, found.silent_for_ms) == (
        None,
        None,
        None,
        1000,
    )


def test_a_line_he_is_left_out_of_does_not_count_as_flowing_to_him() -> None:
    downs = [ADown(ASlot(FLOOR_SOUND, 100.0), is_active=False, loss=0.5)]
    found = Meter().measure("anna", [], downs, APlace(100.0), 100.0)
    assert not found.audio_out
    assert found.loss_out == 0


def test_rates_are_those_since_the_last_time_and_the_loudest_level_counts_once() -> None:
    meter = Meter()
    up, down = AnUp(MIC, 100.0, octets=1000, level=40), ADown(ASlot(FLOOR_SOUND, 100.0), sent=(1, 500))
    first = meter.measure("anna", [up], [down], APlace(100.0, 0.0123), 100.0)
    assert (first.kbit_in, first.kbit_out, first.audio_level, first.rtt_ms) == (8, 4, 40, 12.3)
    up.octets += 2000
    down.sent = (5, 1500)
    second = meter.measure("anna", [up], [down], APlace(100.0), 102.0)
    assert (second.kbit_in, second.kbit_out, second.audio_level) == (8, 4, None)


def test_the_worst_loss_is_told() -> None:
    ups = [AnUp(MIC, 100.0, loss=0.01), AnUp(THUMB, 100.0, loss=0.2)]
    downs = [ADown(ASlot(FLOOR_SOUND, 100.0), loss=0.05), ADown(ASlot(FLOOR_PICTURE, 100.0), loss=0.02)]
    found = Meter().measure("anna", ups, downs, APlace(100.0), 100.0)
    assert (found.loss_in, found.loss_out) == (0.2, 0.05)
