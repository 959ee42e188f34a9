"""One unbroken numbering, whoever is the source."""

import itertools
import struct

import pytest

from meeting_server.media.packetmap import PacketMap
from meeting_server.media.packets import read_vp8


def picture(number: int, stamp: int, is_key: bool = False, picture_id: int = 1, tl0: int = 0) -> bytes:
    head = struct.pack("!BBHLL", 0x80, 97, number & 0xFFFF, stamp & 0xFFFFFFFF, 42)
    return (
        head
        + struct.pack("!BBHB", 0x90, 0xC0, 0x8000 | picture_id, tl0)
        + (b"\x00" if is_key else b"\x01")
        + b"x"
    )


def sound(number: int, stamp: int) -> bytes:
    return struct.pack("!BBHLL", 0x80, 96, number & 0xFFFF, stamp & 0xFFFFFFFF, 42) + b"sound"


def numbers(packet: bytearray | None) -> tuple[int, int]:
    assert packet is not None
    sequence, stamp = struct.unpack_from("!HL", packet, 2)
    return sequence, stamp


def feed(
    packets: PacketMap, source: object, packet: bytes, number: int, is_newest: bool = True, now: float = 0.0
) -> bytearray | None:
    vp8 = read_vp8(packet) if packet[1] == 97 else None
    return packets.forward(source, packet, number, vp8, is_newest, now)


@pytest.mark.parametrize(("first", "is_good"), [(-1, False), (0, True), (0x7FFF, True), (0x8000, False)])
def test_the_first_number_is_below_half_so_that_no_receiver_guesses_the_roll_over_wrong(
    first: int, is_good: bool
) -> None:
    if is_good:
        assert PacketMap(90000, first).highest == (first - 1) & 0xFFFF
    else:
        with pytest.raises(ValueError, match="below 0x8000"):
            PacketMap(90000, first)


def test_a_picture_begins_at_a_key_frame_and_sound_at_once() -> None:
    packets = PacketMap(90000, 500)
    assert feed(packets, "a", picture(10, 0), 10) is None
    assert numbers(feed(packets, "a", picture(11, 3000, is_key=True), 11)) == (500, 3000)
    assert numbers(feed(packets, "a", picture(12, 6000), 12)) == (501, 6000)
    voices = PacketMap(48000, 0)
    assert numbers(feed(voices, "a", sound(65535, 960), 65535)) == (0, 960)


def test_a_key_frame_that_came_late_is_no_place_to_begin() -> None:
    packets = PacketMap(90000, 500)
    assert feed(packets, "a", picture(10, 0, is_key=True), 10, is_newest=False) is None


def test_a_change_of_source_goes_on_where_the_former_stopped() -> None:
    packets = PacketMap(90000, 100)
    feed(packets, "a", picture(60000, 5000, is_key=True), 60000, now=10.0)
    feed(packets, "a", picture(60001, 8000), 60001, now=10.1)
    assert feed(packets, "b", picture(7, 99, is_key=False), 7, now=10.2) is None
    sequence, stamp = numbers(feed(packets, "b", picture(8, 99, is_key=True), 8, now=10.3))
    assert sequence == 102
    assert stamp == pytest.approx(8000 + 0.2 * 90000, abs=1)
    assert feed(packets, "a", picture(60002, 11000), 60002, now=10.4) is None


def test_numbers_go_on_over_the_end_of_sixteen_bits() -> None:
    packets = PacketMap(48000, 0x7FFF)
    found = [numbers(feed(packets, "a", sound(n, n * 960), n))[0] for n in range(40000, 140000)]
    assert found[0] == 0x7FFF
    assert all((b - a) & 0xFFFF == 1 for a, b in itertools.pairwise(found))


def test_what_came_late_keeps_its_place_but_not_from_before_the_change() -> None:
    packets = PacketMap(90000, 100)
    feed(packets, "a", picture(20, 0, is_key=True), 20)
    assert numbers(feed(packets, "a", picture(23, 0), 23))[0] == 103
    assert numbers(feed(packets, "a", picture(21, 0), 21, is_newest=False))[0] == 101
    assert feed(packets, "a", picture(19, 0), 19, is_newest=False) is None
    assert packets.highest == 103


def test_the_same_source_after_a_pause_is_a_change_too() -> None:
    packets = PacketMap(90000, 100)
    feed(packets, "a", picture(20, 0, is_key=True), 20)
    packets.release()
    assert feed(packets, "a", picture(50, 3000), 50, now=1.0) is None
    assert numbers(feed(packets, "a", picture(51, 6000, is_key=True), 51, now=1.0))[0] == 101


def test_picture_ids_and_layer_indices_go_on_as_well() -> None:
    packets = PacketMap(90000, 0)
    feed(packets, "a", picture(1, 0, is_key=True, picture_id=0x7FFE, tl0=254), 1)
    feed(packets, "a", picture(2, 3000, picture_id=0x7FFF, tl0=255), 2)
    found = feed(packets, "b", picture(9, 0, is_key=True, picture_id=12, tl0=77), 9)
    assert found is not None
    first, second = read_vp8(bytes(found)), None
    again = feed(packets, "b", picture(10, 3000, picture_id=13, tl0=78), 10)
    assert again is not None
    second = read_vp8(bytes(again))
    ids = [read_vp8(bytes(each)).picture_id for each in (found, again)]
    assert (ids[1] - ids[0]) & 0x7FFF == 1
    assert (second.tl0 - first.tl0) & 0xFF == 1


def test_a_seven_bit_picture_id_stays_seven_bits_wide() -> None:
    head = struct.pack("!BBHLL", 0x80, 97, 1, 0, 42)
    packets = PacketMap(90000, 0)
    found = feed(packets, "a", head + b"\x90\x80\x7f\x00x", 1)
    assert found is not None
    assert len(found) == len(head) + 5
    assert found[14] < 0x80


def test_the_payload_is_left_as_it_was() -> None:
    packets = PacketMap(48000, 5)
    found = feed(packets, "a", sound(1, 0), 1)
    assert found is not None
    assert found[12:] == b"sound"
