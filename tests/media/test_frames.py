"""Frame sizes, key frames asked for by the clock, and the round trip by a receiver's report."""

from __future__ import annotations

import socket
import struct
from types import SimpleNamespace
from typing import cast

import pytest

from meeting_server.media import rtcp
from meeting_server.media.aiortc_seam import Connection
from meeting_server.media.downtrack import MAX_OPEN_REPORTS, REPORT_AGAIN_SECONDS, DownTrack
from meeting_server.media.fanout import SendTable
from meeting_server.media.frames import PROBE_SECONDS, Frames, FrameSizes
from meeting_server.media.key_header import KeyHeader
from meeting_server.media.lines import LINES, VP8
from meeting_server.media.packetmap import PacketMap
from meeting_server.media.quality import FRESH_SECONDS, Meter
from meeting_server.media.sdp import DownStream, UpStream
from meeting_server.media.slot import Slot
from meeting_server.media.uptrack import UpTrack
from tests.media.test_small_parts import ADown, APlace, ASlot

THUMB = next(index for index, line in enumerate(LINES) if line.name == "thumb")
MIC = next(line for line in LINES if line.name == "mic")
SECOND = 1 << 32
"""One second of an NTP time."""


def frames_of(*sizes: int, key: int | None = None) -> Frames:
    """A key frame first, if any, then frames of these sizes in packets of at most 400 bytes."""
    made = Frames()
    for number, size in enumerate([*([key] if key else []), *sizes, 1]):
        is_key = bool(key) and number == 0
        for at in range(0, size, 400):
            made.add(number * 18000, min(400, size - at), is_key and at == 0, float(number))
    return made


@pytest.mark.parametrize(
    ("sizes", "key", "expected"),
    [
        ((), None, FrameSizes(0, None, None)),
        ((1200,), None, FrameSizes(1, 1200, None)),
        ((100, 1200, 110), None, FrameSizes(3, 110, None)),
        ((900, 500, 300, 200, 150), 69, FrameSizes(6, None, 69)),
        ((900, 500, 300, 200, 150, 110), 69, FrameSizes(7, 110, 69)),
        ((900, 500, 300, 200, 150, 110, 112), 69, FrameSizes(8, 111, 69)),
    ],
)
def test_frames_are_added_up_from_their_packets(
    sizes: tuple[int, ...], key: int | None, expected: FrameSizes
) -> None:
    assert frames_of(*sizes, key=key).take() == expected


def test_the_key_frame_is_remembered_and_the_rest_told_once() -> None:
    frames = frames_of(500, key=1300)
    frames.take()
    assert frames.take() == FrameSizes(0, None, 1300)


def test_what_the_key_frame_said_of_itself_is_told_with_its_size() -> None:
    frames = Frames()
    frames.add(0, 1200, True, 0.0, KeyHeader(2, 90))
    frames.add(0, 300, False, 0.0)
    assert frames.take() == FrameSizes(0, None, None, None)  # it may still go on
    frames.add(18000, 100, False, 0.2)
    assert frames.take() == FrameSizes(1, None, 1500, KeyHeader(2, 90))
    frames.add(36000, 80, True, 0.4, None)
    frames.add(54000, 100, False, 0.6)
    assert frames.take() == FrameSizes(2, None, 80, None)


def test_an_up_link_reads_the_head_of_a_key_frame_before_the_padding() -> None:
    up = UpTrack("anna", LINES[THUMB], UpStream(5, None), lambda _: None, lambda _: None)
    key = b"\x50\x07\x00\x9d\x01\x2a" + bytes(30)
    for number, data in enumerate((key, b"\x51\x00\x00" + bytes(9))):
        head = struct.pack("!BBHLL", 0xA0, VP8, number, number * 18000, 5) + b"\x10"
        up.receive(head + data + b"\x00\x00\x00\x04", float(number), False)
    quality = Meter().measure("anna", [up], [], APlace(), 1.0)
    assert (quality.key_bytes, quality.key_quantizer, quality.key_modes) == (36, 0, 58)


@pytest.mark.parametrize(
    ("age", "is_wanted"),
    [(PROBE_SECONDS - 0.1, False), (PROBE_SECONDS, True), (PROBE_SECONDS + 0.1, True)],
)
def test_an_old_key_frame_is_asked_for_anew(age: float, is_wanted: bool) -> None:
    assert frames_of(500, key=1300).wants_probe(age) == is_wanted


def test_who_has_never_sent_a_picture_is_not_asked() -> None:
    assert not Frames().wants_probe(100.0)


def a_receiver(sent: list[bytes]) -> tuple[DownTrack, Slot]:
    """Somebody on the floor's picture line."""
    connection = cast(
        Connection, SimpleNamespace(remote_address=("127.0.0.1", 9), family=socket.AF_INET, outgoing=None)
    )
    slot = Slot(LINES[1], cast(SendTable, None))
    down = DownTrack(DownStream(7, None), connection, sent.append)
    down.enter(slot, 0)
    return down, slot


def told(packet: bytes) -> rtcp.SenderInfo:
    [found] = rtcp.read(packet)
    assert isinstance(found, rtcp.SenderInfo)
    return found


def an_answer(to: rtcp.SenderInfo, held: float) -> rtcp.ReportBlock:
    return rtcp.ReportBlock(7, 0, 0, 0, 0, (to.ntp >> 16) & 0xFFFFFFFF, int(held * 65536))


def test_the_round_trip_is_from_our_report_to_his_without_what_he_held_it() -> None:
    sent: list[bytes] = []
    down, _ = a_receiver(sent)
    down.send_report(100 * SECOND, 9000, 50.0)
    down.time_trip(an_answer(told(sent[0]), held=0.5), 50.58)
    assert down.round_trip is not None
    assert down.round_trip[0] == 50.58
    assert down.round_trip[1] == pytest.approx(0.08, abs=1e-4)


def test_an_answer_to_no_report_of_ours_measures_nothing() -> None:
    sent: list[bytes] = []
    down, _ = a_receiver(sent)
    for number in range(MAX_OPEN_REPORTS + 1):
        down.send_report((100 + number) * SECOND, 9000, 50.0 + number)
    down.time_trip(an_answer(told(sent[0]), held=0.0), 60.0)
    assert down.round_trip is None


@pytest.mark.parametrize(
    ("passed", "is_sent"),
    [
        (REPORT_AGAIN_SECONDS - 0.1, False),
        (REPORT_AGAIN_SECONDS, True),
        (REPORT_AGAIN_SECONDS + 0.1, True),
    ],
)
def test_the_last_report_is_moved_on_when_it_is_old(passed: float, is_sent: bool) -> None:
    sent: list[bytes] = []
    down, _ = a_receiver(sent)
    down.send_report(100 * SECOND, 9000, 0.0)
    down.report_again(passed)
    assert len(sent) == 1 + is_sent
    if is_sent:
        moved = told(sent[1])
        assert moved.timestamp == 9000 + int(passed * 90000)
        assert moved.ntp / SECOND == pytest.approx(100 + passed, abs=1e-6)


def test_the_clock_of_a_former_source_is_not_moved_on() -> None:
    sent: list[bytes] = []
    down, slot = a_receiver(sent)
    down.send_report(100 * SECOND, 9000, 0.0)
    slot.map = cast(PacketMap, SimpleNamespace(source=_a_source(), highest=0))
    down.report_again(5.0)
    assert len(sent) == 1


def _a_source() -> UpTrack:
    return UpTrack("bo", LINES[-1], UpStream(3, None), lambda _: None, lambda _: None)


@pytest.mark.parametrize(
    ("age", "expected"),
    [(FRESH_SECONDS - 0.1, 80.0), (FRESH_SECONDS, 80.0), (FRESH_SECONDS + 0.1, 12.0)],
)
def test_a_young_report_goes_before_the_stun_check(age: float, expected: float) -> None:
    downs = [ADown(ASlot(LINES[1]), round_trip=(100.0 - age, 0.08)), ADown(None)]
    assert Meter().measure("anna", [], downs, APlace(100.0, 0.012), 100.0).rtt_ms == expected


def test_a_key_frame_is_asked_for_at_once_and_once_for_all_who_want_it() -> None:
    """Not at the next tick: whoever gets the floor is seen so much earlier."""
    sent: list[bytes] = []
    attended: list[UpTrack] = []
    up = UpTrack("bo", LINES[-1], UpStream(3, None), sent.append, attended.append)
    for _ in range(149):
        up.want_keyframe()
    assert [type(each) for each in rtcp.read(sent[0])] == [rtcp.KeyframeWish]
    assert len(sent) == 1
    assert attended  # and again if none comes
    mic = UpTrack("bo", MIC, UpStream(3, None), sent.append, attended.append)
    mic.want_keyframe()
    assert len(sent) == 1
