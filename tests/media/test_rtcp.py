"""RTCP as it goes out and comes in; aiortc's own reader is the judge of what goes out."""

import pytest
from aiortc import rtp as judge

from meeting_server.media import rtcp

BLOCK = rtcp.ReportBlock(42, 51, 7, 70000, 3, 0x11112222, 65536)


def test_a_receiver_report_is_read_by_others_and_by_us() -> None:
    packet = rtcp.receiver_report(1, [BLOCK])
    (found,) = judge.RtcpPacket.parse(packet)
    assert isinstance(found, judge.RtcpRrPacket)
    assert (found.reports[0].ssrc, found.reports[0].fraction_lost, found.reports[0].packets_lost) == (
        42,
        51,
        7,
    )
    assert list(rtcp.read(packet)) == [BLOCK]


def test_a_sender_report_is_read_by_others_and_by_us() -> None:
    packet = rtcp.sender_report(42, 1 << 40, 9000, 2**32 + 5, 500)
    (found,) = judge.RtcpPacket.parse(packet)
    assert isinstance(found, judge.RtcpSrPacket)
    assert (found.sender_info.ntp_timestamp, found.sender_info.packet_count) == (1 << 40, 5)
    assert list(rtcp.read(packet)) == [rtcp.SenderInfo(42, 1 << 40, 9000)]


@pytest.mark.parametrize(
    "missing",
    [[5], [5, 6], [5, 21], [5, 22], [65535, 0, 1], [1, 100, 200], list(range(40))],
)
def test_a_nack_names_the_same_packets_to_everybody(missing: list[int]) -> None:
    packet = rtcp.nack(1, 42, missing)
    (found,) = judge.RtcpPacket.parse(packet)
    assert isinstance(found, judge.RtcpRtpfbPacket)
    assert [each & 0xFFFF for each in found.lost] == missing
    assert list(rtcp.read(packet)) == [rtcp.Nack(42, tuple(missing))]


def test_a_key_frame_is_wished_for_by_pli_and_by_fir() -> None:
    (found,) = judge.RtcpPacket.parse(rtcp.pli(1, 42))
    assert isinstance(found, judge.RtcpPsfbPacket)
    assert (found.fmt, found.media_ssrc) == (1, 42)
    fir = bytes(judge.RtcpPsfbPacket(fmt=4, ssrc=1, media_ssrc=0, fci=b"\x00\x00\x00\x2a\x01\x00\x00\x00"))
    assert list(rtcp.read(rtcp.pli(1, 42) + fir)) == [rtcp.KeyframeWish(42), rtcp.KeyframeWish(42)]


@pytest.mark.parametrize("bits", [0, 1, 60_000, 262_143, 262_144, 2_500_000])
def test_a_send_budget_is_read_by_others(bits: int) -> None:
    (found,) = judge.RtcpPacket.parse(rtcp.remb(1, bits, [42, 43]))
    assert isinstance(found, judge.RtcpPsfbPacket)
    budget, streams = judge.unpack_remb_fci(found.fci)
    assert streams == [42, 43]
    assert bits * 0.9999 <= budget <= bits


def test_what_does_not_fit_ends_the_reading_without_an_error() -> None:
    good = rtcp.pli(1, 42)
    for cut in range(len(good)):
        assert list(rtcp.read(good[:cut])) == []
    assert list(rtcp.read(good + b"\x81\xc9\xff\xff" + bytes(8))) == [rtcp.KeyframeWish(42)]
    assert list(rtcp.read(b"\x9f\xc9\x00\x01" + bytes(4))) == []  # 31 blocks announced, none there
    assert list(rtcp.read(b"\x41" + good[1:])) == []


@pytest.mark.parametrize(
    ("second", "is_control"), [(96, False), (191, False), (192, True), (200, True), (223, True), (224, False)]
)
def test_rtcp_is_told_from_rtp_by_its_second_byte(second: int, is_control: bool) -> None:
    assert rtcp.is_rtcp(bytes([0x80, second])) == is_control


@pytest.mark.parametrize("bits", [0, 1, 262_143, 262_144, 300_000, 2_500_000])
def test_a_receivers_estimate_is_read(bits: int) -> None:
    (found,) = rtcp.read(rtcp.remb(1, bits, [42, 43]))
    assert isinstance(found, rtcp.Estimate)
    assert found.ssrcs == (42, 43)
    assert 0 <= bits - found.bits_per_second <= bits / 100_000


def test_an_estimate_for_more_streams_than_it_names_is_none() -> None:
    packet = bytearray(rtcp.remb(1, 300_000, [42]))
    packet[16] = 2
    assert list(rtcp.read(bytes(packet))) == []
