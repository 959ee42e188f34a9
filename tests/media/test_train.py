"""Packets of one picture that go together: which may, how long they wait, and that nobody misses one."""

from __future__ import annotations

import socket
import struct
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, cast

import pytest

from meeting_server.media.downtrack import DownTrack
from meeting_server.media.fanout import MAX_PACKET, SEGMENTS, Row, SendTable
from meeting_server.media.lines import LINES
from meeting_server.media.packets import payload_bounds, read_vp8, wrap_rtx
from meeting_server.media.reception import Arrival
from meeting_server.media.sdp import DownStream, UpStream
from meeting_server.media.slot import HELD_SECONDS, Slot
from meeting_server.media.train import MOST_PADDING, Train, may_wait
from meeting_server.media.uptrack import UpTrack

FLOOR = 1


def a_packet(size: int = 100, stamp: int = 3000, *, is_last: bool = False, number: int = 0) -> bytearray:
    """A packet of a picture: header, a VP8 descriptor that begins no key frame, and a filling."""
    head = struct.pack("!BBHLL", 0x80, is_last << 7 | 97, number, stamp, 1)
    return bytearray(head + b"\x00\x01" + b"x" * (size - 14))


def a_train(*packets: bytearray) -> Train:
    train = Train()
    for packet in packets:
        assert train.takes(packet)
        train.add(packet, 10.0)
    return train


@pytest.mark.parametrize(
    ("longer", "is_taken"), [(MOST_PADDING - 1, True), (MOST_PADDING, True), (MOST_PADDING + 1, False)]
)
def test_a_packet_goes_with_others_that_need_little_padding(longer: int, is_taken: bool) -> None:
    assert a_train(a_packet(100)).takes(a_packet(100 + longer)) is is_taken
    # One that is much shorter may be the last, and nothing comes after it.
    after = a_train(a_packet(100 + longer), a_packet(100))
    assert after.takes(a_packet(100 + longer)) is is_taken


@pytest.mark.parametrize(("count", "is_taken"), [(SEGMENTS - 1, True), (SEGMENTS, False)])
def test_so_many_go_together(count: int, is_taken: bool) -> None:
    train = a_train(*(a_packet() for _ in range(count)))
    assert (train.takes(a_packet()), train.is_whole) == (is_taken, not is_taken)


def test_pictures_do_not_mix_and_the_end_of_one_is_known() -> None:
    train = a_train(a_packet())
    assert not train.takes(a_packet(stamp=6000))
    assert not train.is_whole
    train.add(a_packet(is_last=True), 10.0)
    assert train.is_whole
    assert not Train().is_whole


def test_all_become_as_long_as_the_longest_but_for_a_shorter_last() -> None:
    sizes = [100, 101, 99, 60]
    train = a_train(*(a_packet(size, number=index) for index, size in enumerate(sizes)))
    packets = train.leave()
    assert [len(each) for each in packets] == [101, 101, 101, 60]
    for size, packet in zip(sizes, packets, strict=True):
        start, end = payload_bounds(packet)
        assert bytes(packet[start:end]) == a_packet(size)[12:]
        assert bool(packet[0] & 0x20) == (len(packet) > size)
    assert (len(train), train.leave()) == (0, [])


@pytest.mark.parametrize(
    ("size", "waits"), [(MAX_PACKET - 1, True), (MAX_PACKET, True), (MAX_PACKET + 1, False)]
)
def test_one_that_cannot_be_sent_waits_for_nobody(size: int, waits: bool) -> None:
    assert may_wait(a_packet(size)) is waits


def test_one_with_padding_of_its_own_waits_for_nobody() -> None:
    packet = a_packet()
    packet[0] |= 0x20
    assert not may_wait(packet)


@pytest.mark.parametrize(
    ("passed", "is_over"),
    [(HELD_SECONDS / 2, False), (HELD_SECONDS, True), (HELD_SECONDS * 2, True)],
)
def test_the_rest_of_a_picture_is_waited_for_so_long(passed: float, is_over: bool) -> None:
    train = Train()
    train.add(a_packet(), 0.0)
    train.add(a_packet(), HELD_SECONDS / 4)
    assert train.has_waited(HELD_SECONDS, passed) is is_over
    train.leave()
    assert not train.has_waited(HELD_SECONDS, passed)


def test_a_retransmission_has_no_padding() -> None:
    packet = a_train(a_packet(99), a_packet(100)).leave()[0]
    assert len(packet) == 100
    again = wrap_rtx(packet, 98, 43, 5)
    start, end = payload_bounds(again)
    assert (again[0] & 0x20, end - start, len(again)) == (0, 99 - 12 + 2, 99 + 2)


# ---- in a slot ----


class ATable:
    """What is handed over together: for each receiver, the numbers of the packets."""

    def __init__(self) -> None:
        self.takes_trains = True
        self.sent: list[dict[int, list[int]]] = []

    def batch(self, rows: list[Row]) -> Any:
        return SimpleNamespace(parts=rows)

    def send(self, packets: Sequence[bytearray], batch: Any) -> None:
        numbers = [int.from_bytes(packet[2:4], "big") for packet in packets]
        self.sent.append({row.ssrc: [(each + row.shift) & 0xFFFF for each in numbers] for row in batch.parts})


class AFloor:
    """The floor's picture line: anna speaks, those who were let in receive."""

    def __init__(self) -> None:
        self.table = ATable()
        self.slot = Slot(LINES[FLOOR], cast(SendTable, self.table))
        self.up = UpTrack("anna", LINES[-1], UpStream(3, None), lambda _: None, lambda _: None)
        self.downs: list[DownTrack] = []
        self.number = 0
        self.slot.set_sources([self.up])

    def let_in(self) -> DownTrack:
        connection: Any = SimpleNamespace(
            remote_address=("127.0.0.1", 9), family=socket.AF_INET, outgoing=None
        )
        self.downs.append(DownTrack(DownStream(100 + len(self.downs), None), connection, lambda _: None))
        self.slot.set_receivers(self.downs)
        return self.downs[-1]

    def hear(self, stamp: int, *, is_key: bool = False, is_last: bool = False, missed: int = 0) -> None:
        """One packet of a picture, after some that were missed."""
        self.number += 1 + missed
        packet = a_packet(stamp=stamp, is_last=is_last, number=self.number)
        if is_key:
            packet[12:14] = b"\x10\x00"
        self.take(packet, is_newest=True)

    def take(self, packet: bytearray, *, is_newest: bool) -> None:
        number = int.from_bytes(packet[2:4], "big")
        arrival = Arrival(number, is_newest=is_newest, is_gap=False, is_new=True)
        self.slot.feed(self.up, bytes(packet), arrival, read_vp8(packet), 10.0)

    @property
    def sizes(self) -> list[int]:
        """How many went together, each time."""
        return [len(next(iter(each.values()))) for each in self.table.sent if each]

    def heard(self, down: DownTrack) -> list[int]:
        """Everything he has been sent."""
        return [number for each in self.table.sent for number in each.get(down.ssrc, [])]


@pytest.fixture
def floor() -> AFloor:
    made = AFloor()
    made.let_in()
    return made


def test_a_picture_goes_when_its_end_is_here(floor: AFloor) -> None:
    floor.hear(3000, is_key=True)
    floor.hear(3000)
    assert floor.table.sent == []
    floor.hear(3000, is_last=True)
    assert floor.sizes == [3]
    assert floor.slot.sent == (3, 300)


def test_a_picture_whose_end_is_lost_goes_with_the_next_or_by_the_clock(floor: AFloor) -> None:
    floor.hear(3000, is_key=True)
    floor.hear(6000)
    assert floor.sizes == [1]
    floor.slot.tick(10.0 + HELD_SECONDS / 2)
    assert floor.sizes == [1]
    floor.slot.tick(10.0 + 2 * HELD_SECONDS)
    assert floor.sizes == [1, 1]


def test_a_repair_goes_at_once_and_lets_nobody_wait(floor: AFloor) -> None:
    floor.hear(3000, is_key=True, is_last=True)
    floor.hear(6000, missed=1)
    floor.take(a_packet(stamp=6000, number=floor.number - 1), is_newest=False)
    assert floor.sizes == [1, 1, 1]


def test_who_comes_or_goes_in_the_middle_of_a_picture_has_one_numbering(floor: AFloor) -> None:
    first = floor.downs[0]
    floor.hear(3000, is_key=True)
    floor.hear(3000, is_last=True)
    floor.hear(6000)
    second = floor.let_in()
    floor.hear(6000, is_last=True)
    floor.hear(9000, is_key=True)
    floor.hear(9000)
    floor.slot.set_receivers([second])
    floor.hear(9000, is_last=True)
    floor.slot.set_receivers([first, second])
    floor.hear(12000, is_key=True, is_last=True)
    floor.slot.forget(second)
    floor.hear(15000, is_last=True)
    for down, count in ((first, 8), (second, 4)):
        heard = floor.heard(down)
        assert len(heard) == count
        assert heard == [(heard[0] + index) & 0xFFFF for index in range(count)]
        assert down.sent == (count, 100 * count)


def test_who_loses_the_floor_in_the_middle_of_a_picture_is_cut_there(floor: AFloor) -> None:
    floor.hear(3000, is_key=True)
    floor.hear(3000)
    floor.slot.set_sources([])
    assert floor.sizes == [2]
    floor.hear(3000, is_last=True)
    assert floor.sizes == [2]


def test_where_several_cannot_be_sent_as_one_nothing_waits(floor: AFloor) -> None:
    floor.table.takes_trains = False
    floor.hear(3000, is_key=True)
    floor.hear(3000, is_last=True)
    assert floor.sizes == [1, 1]


def test_what_waited_is_repeated_as_it_was_sent(floor: AFloor) -> None:
    [down] = floor.downs
    floor.hear(3000, is_key=True)
    shorter = a_packet(99, number=floor.number + 1)
    floor.take(shorter, is_newest=True)
    floor.number += 1
    floor.hear(3000, is_last=True)
    again = down.repeat(floor.heard(down)[1])
    assert again is not None
    assert (len(again), again[0] & 0x20, again[-1]) == (100, 0x20, 1)


def test_what_is_lost_on_the_way_to_us_is_known_and_held_against_nobody(floor: AFloor) -> None:
    [down] = floor.downs
    floor.hear(3000, is_key=True, is_last=True)
    floor.hear(6000, is_last=True, missed=3)
    assert (floor.slot.unsent, down.unsent) == (3, 3)
    floor.take(a_packet(stamp=6000, number=floor.number - 2), is_newest=False)
    assert (floor.slot.unsent, down.unsent) == (2, 2)
    late = floor.let_in()
    floor.hear(9000, is_key=True, is_last=True, missed=5)
    assert (floor.slot.unsent, down.unsent, late.unsent) == (7, 7, 0)
    floor.hear(12000, is_last=True, missed=1)
    floor.slot.set_receivers([late])
    floor.hear(15000, is_last=True, missed=10)
    assert (down.unsent, late.unsent) == (8, 11)
    # Who comes back goes on where he stopped, and so does what is counted of him.
    floor.slot.set_receivers([down, late])
    floor.hear(18000, is_key=True, is_last=True)
    floor.hear(21000, is_last=True, missed=2)
    assert (down.unsent, late.unsent) == (10, 13)


def test_a_change_of_who_speaks_is_no_gap(floor: AFloor) -> None:
    floor.hear(3000, is_key=True, is_last=True)
    floor.slot.set_sources([])
    floor.slot.set_sources([floor.up])
    floor.hear(9000, is_last=True, missed=200)
    floor.hear(12000, is_key=True, is_last=True, missed=100)
    assert floor.slot.unsent == 0
