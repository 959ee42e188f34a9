"""Reading RTP packets: descriptors, padding, extensions, retransmissions, and everything cut short."""

import struct

import pytest

from meeting_server.media.packets import (
    NO_PICTURE,
    BadPacket,
    payload_bounds,
    read_audio_level,
    read_vp8,
    unwrap_rtx,
    wrap_rtx,
)


def rtp(payload: bytes, first: int = 0x80, second: int = 97, sequence: int = 7) -> bytes:
    return struct.pack("!BBHLL", first, second, sequence, 1000, 42) + payload


KEY, DELTA = b"\x00", b"\x01"


@pytest.mark.parametrize(
    ("payload", "starts_key", "starts_frame", "picture", "tl0"),
    [
        (b"\x10" + KEY + b"x", True, True, None, None),
        (b"\x10" + DELTA + b"x", False, True, None, None),
        (b"\x00" + KEY + b"x", False, False, None, None),  # not the first packet of the frame
        (b"\x11" + KEY + b"x", False, False, None, None),  # not the first partition
        (b"\x90\x80\x05" + KEY + b"x", True, True, (5, False), None),
        (b"\x90\x80\x85\x06" + KEY + b"x", True, True, (0x506, True), None),
        (b"\x90\xe0\x85\x06\x09\x20" + DELTA + b"x", False, True, (0x506, True), 9),
        (b"\x90\x40\x09" + KEY + b"x", True, True, None, 9),
        (b"\x90\x20\x20" + KEY + b"x", True, True, None, None),
    ],
)
def test_a_vp8_descriptor_says_where_frames_begin_and_which_they_are(
    payload: bytes,
    starts_key: bool,
    starts_frame: bool,
    picture: tuple[int, bool] | None,
    tl0: int | None,
) -> None:
    found = read_vp8(rtp(payload))
    assert (found.starts_key, found.starts_frame) == (starts_key, starts_frame)
    assert (found.picture_at is None) == (picture is None)
    if picture is not None:
        assert (found.picture_id, found.is_wide) == picture
    assert (found.tl0 if found.tl0_at is not None else None) == tl0


def test_a_packet_of_padding_only_is_no_picture() -> None:
    assert read_vp8(rtp(b"\x00\x00\x03", first=0xA0)) is NO_PICTURE


@pytest.mark.parametrize("size", range(12))
def test_shorter_than_a_header_is_refused(size: int) -> None:
    with pytest.raises(BadPacket):
        payload_bounds(b"\x80" * size)


@pytest.mark.parametrize(
    "packet",
    [
        rtp(b"\xbe\xde", first=0x90),  # half an extension header
        rtp(b"\xbe\xde\x00\x05", first=0x90),  # the extension is longer than the packet
        rtp(b"\xff", first=0xA0),  # more padding than packet
        rtp(b"", first=0x8F),  # fifteen contributing sources that are not there
        rtp(b"\x90"),
        rtp(b"\x90\x80"),
        rtp(b"\x90\x80\x85"),
        rtp(b"\x90\x80\x85\x06"),
        rtp(b"\x10"),
    ],
)
def test_a_descriptor_that_is_cut_short_is_refused(packet: bytes) -> None:
    with pytest.raises(BadPacket):
        read_vp8(packet)


@pytest.mark.parametrize(
    ("extension", "level"),
    [
        (b"\xbe\xde\x00\x01\x20\x9e\x00\x00", 30),
        (b"\xbe\xde\x00\x01\x20\x7f\x00\x00", 127),
        (b"\xbe\xde\x00\x02\x11\xaa\xbb\x00\x20\x85\x00\x00", 5),  # another extension and padding before it
        (b"\xbe\xde\x00\x01\x10\x9e\x00\x00", None),  # another extension only
        (b"\x10\x00\x00\x01\x20\x9e\x00\x00", None),  # two-byte form is not in use
        (b"\xbe\xde\x00\x09\x20\x9e\x00\x00", None),  # longer than the packet
        (b"\xbe\xde\x00\x01\x00\x00\x00\x20", None),  # the value is outside
    ],
)
def test_the_audio_level_is_found_among_extensions(extension: bytes, level: int | None) -> None:
    assert read_audio_level(rtp(extension, first=0x90), 2) == level


def test_a_packet_without_extensions_has_no_audio_level() -> None:
    assert read_audio_level(rtp(b"sound"), 2) is None
    assert read_audio_level(rtp(b"", first=0x90), 2) is None


def test_a_retransmission_gives_back_the_original() -> None:
    original = rtp(b"\x10\x00picture", second=0x80 | 97, sequence=4711)
    wrapped = wrap_rtx(original, payload_type=98, ssrc=43, sequence=5)
    assert wrapped[1] == 0x80 | 98
    assert wrapped[2:4] == b"\x00\x05"
    assert unwrap_rtx(wrapped, payload_type=97, ssrc=42) == original


def test_padding_on_the_retransmission_stream_is_nothing() -> None:
    assert unwrap_rtx(rtp(b"\x00\x00\x00\x04", first=0xA0), 97, 42) is None
    assert unwrap_rtx(rtp(b""), 97, 42) is None


def test_padding_behind_a_retransmission_is_taken_off() -> None:
    wrapped = wrap_rtx(rtp(b"\x10\x00picture"), 98, 43, 5)
    padded = bytes([wrapped[0] | 0x20]) + wrapped[1:] + b"\x00\x00\x03"
    assert unwrap_rtx(padded, 97, 42) == rtp(b"\x10\x00picture")
