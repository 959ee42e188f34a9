"""Sound that goes along with a picture: when it waits, with whom it goes, and that nobody misses any."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any, cast

import pytest

from meeting_server.media.downtrack import DownTrack
from meeting_server.media.fanout import Row, SendTable
from meeting_server.media.lines import LINES, OPUS, Line
from meeting_server.media.packets import read_vp8
from meeting_server.media.reception import Arrival
from meeting_server.media.ride import (
    CLOCK_SECONDS,
    LATE_SECONDS,
    LEAST_GAP,
    LEAST_LISTENERS,
    MOST_GAP,
    MOST_SECONDS,
    Ride,
)
from meeting_server.media.sdp import DownStream, UpStream
from meeting_server.media.slot import Slot
from meeting_server.media.train import MOST_PADDING
from meeting_server.media.uptrack import UpTrack
from tests.media.test_train import a_packet

GAP = 0.033


class ASound:
    """A slot of sound with listeners, whose packet is so long. gone: how often it went by itself."""

    def __init__(self, listeners: int = 100, waiting: int = 100) -> None:
        self.listeners = listeners
        self.waiting = waiting
        self.gone = 0
        self.ride: Ride[ASound] | None = None

    def depart(self) -> None:
        self.gone += 1
        assert self.ride is not None
        self.ride.leave(self)


class ARoom:
    """A ride with a clock of its own, and pictures at an even pace until `now`."""

    def __init__(self, pictures: int = 3, seen: int = 100) -> None:
        self.now = 10.0
        self.timers: list[tuple[float, Callable[[], None]]] = []
        self.ride: Ride[ASound] = Ride(
            lambda seconds, call: self.timers.append((self.now + seconds, call)), lambda: self.now
        )
        for _ in range(pictures):
            self.now += GAP
            assert self.pick(seen) is None

    def pick(self, seen: int = 100, octets: int = 1000) -> ASound | None:
        return self.ride.pick("picture", seen, octets, self.now)

    def takes(self, sound: ASound, after: float) -> bool:
        """Whether it lets the sound wait, so long after the last picture."""
        sound.ride = self.ride
        return self.ride.takes(sound, self.now + after)

    def pass_time(self, seconds: float) -> None:
        self.now += seconds
        due = [call for at, call in self.timers if at <= self.now]
        self.timers = [each for each in self.timers if each[0] > self.now]
        for call in due:
            call()


# ---- when sound waits ----


@pytest.mark.parametrize(
    ("after", "waits"),
    [
        (GAP - MOST_SECONDS - 0.001, False),
        (GAP - MOST_SECONDS + 0.001, True),
        (GAP, True),
        (GAP + LATE_SECONDS - 0.001, True),
        (GAP + LATE_SECONDS + 0.001, False),
    ],
)
def test_sound_waits_while_a_picture_is_due(after: float, waits: bool) -> None:
    assert ARoom().takes(ASound(), after) is waits


@pytest.mark.parametrize(("listeners", "waits"), [(199, True), (200, True), (201, False)])
def test_sound_waits_only_for_a_picture_that_most_of_its_listeners_are_sent(
    listeners: int, waits: bool
) -> None:
    room = ARoom(seen=100)
    assert room.takes(ASound(listeners), GAP) is waits


@pytest.mark.parametrize(
    ("listeners", "waits"),
    [(LEAST_LISTENERS - 1, False), (LEAST_LISTENERS, True), (LEAST_LISTENERS + 1, True)],
)
def test_where_few_listen_no_sound_waits(listeners: int, waits: bool) -> None:
    assert ARoom().takes(ASound(listeners), GAP) is waits


@pytest.mark.parametrize("pictures", [0, 1])
def test_without_a_pace_nobody_waits(pictures: int) -> None:
    assert not ARoom(pictures).takes(ASound(), GAP)


def test_after_a_pause_the_pace_is_unknown_and_then_known_again() -> None:
    room = ARoom()
    room.now += 5.0
    room.pick()
    assert not room.takes(ASound(), GAP)
    assert room.takes(ASound(), MOST_GAP)  # at most so slow; no picture comes, and it leaves by the clock
    room.now += GAP
    room.pick()
    assert room.takes(ASound(), GAP)


@pytest.mark.parametrize(
    ("later", "gap"),
    [(LEAST_GAP - 0.001, GAP), (LEAST_GAP, LEAST_GAP), (LEAST_GAP + 0.001, LEAST_GAP + 0.001)],
)
def test_the_rest_of_a_large_picture_does_not_change_the_pace(later: float, gap: float) -> None:
    room = ARoom()
    begun = room.now
    room.now += later + 1e-9
    room.pick()
    last = begun if later < LEAST_GAP else room.now
    # Just before it is due, and when it is late by too much, by that pace.
    assert room.takes(ASound(), last + gap - room.now)
    assert not room.takes(ASound(), last + gap + LATE_SECONDS + 0.001 - room.now)


# ---- with whom it goes ----


@pytest.mark.parametrize(("octets", "goes"), [(99, False), (100, True), (101, True)])
def test_sound_goes_with_packets_that_are_as_long_as_its_own(octets: int, goes: bool) -> None:
    room, sound = ARoom(), ASound(waiting=100)
    assert room.takes(sound, GAP)
    room.now += GAP
    assert (room.pick(octets=octets) is sound) is goes


@pytest.mark.parametrize(("seen", "goes"), [(49, False), (50, True), (51, True)])
def test_sound_does_not_go_with_a_picture_that_few_are_sent(seen: int, goes: bool) -> None:
    room, sound = ARoom(), ASound(100)
    assert room.takes(sound, GAP)
    assert (room.ride.pick("another", seen, 1000, room.now + 0.001) is sound) is goes


def test_the_first_goes_first_and_each_once() -> None:
    room, sounds = ARoom(), [ASound(), ASound()]
    for each in sounds:
        assert room.takes(each, GAP)
    room.now += GAP
    assert [room.pick() for _ in range(3)] == [*sounds, None]
    room.pass_time(MOST_SECONDS)
    assert [each.gone for each in sounds] == [0, 0]


def test_who_has_left_goes_with_nobody() -> None:
    room, sound = ARoom(), ASound()
    assert room.takes(sound, GAP)
    room.ride.leave(sound)
    assert room.pick() is None


# ---- how long ----


def test_nobody_waits_longer_than_the_moment() -> None:
    room, first, second = ARoom(), ASound(), ASound()
    room.now += GAP
    assert room.takes(first, 0)
    room.pass_time(0.005)
    assert room.takes(second, 0)
    room.pass_time(MOST_SECONDS - 0.005 - 2 * CLOCK_SECONDS)
    assert (first.gone, second.gone) == (0, 0)
    room.pass_time(2 * CLOCK_SECONDS)
    assert (first.gone, second.gone) == (1, 0)
    room.pass_time(0.005)
    assert (first.gone, second.gone) == (1, 1)
    assert room.timers == []


def test_a_timer_that_is_early_by_its_own_grain_lets_go() -> None:
    room, sound = ARoom(), ASound()
    room.now += GAP
    assert room.takes(sound, 0)
    [(_, call)] = room.timers
    room.now += MOST_SECONDS - CLOCK_SECONDS / 2
    call()
    assert sound.gone == 1


# ---- in slots ----


class ATable:
    """What is handed over: for each receiver, kind and number of each packet that goes as one."""

    takes_trains = True

    def __init__(self) -> None:
        self.sent: list[dict[int, list[tuple[str, int]]]] = []

    def batch(self, rows: list[Row]) -> Any:
        return SimpleNamespace(parts=rows)

    def pair(self, picture: Any, sound: Any) -> Any:
        return SimpleNamespace(batches=(picture, sound))

    def send(self, packets: Sequence[bytearray], batch: Any) -> None:
        self.sent.append({row.srtp: [_told(each, row) for each in packets] for row in batch.parts})

    def send_along(self, packets: Sequence[bytearray], sound: bytearray, pair: Any) -> None:
        assert len(sound) <= len(packets[0])
        assert len({len(each) for each in packets}) == 1
        picture, heard = pair.batches
        self.send(packets, picture)
        for row in heard.parts:
            self.sent[-1].setdefault(row.srtp, []).append(_told(sound, row))


def _told(packet: bytearray, row: Row) -> tuple[str, int]:
    kind = "sound" if packet[1] & 0x7F == OPUS else "picture"
    return kind, (int.from_bytes(packet[2:4], "big") + row.shift) & 0xFFFF


class ALine:
    """One of the floor's two lines, fed by anna."""

    def __init__(self, line: Line, table: ATable, ride: Ride[Slot]) -> None:
        up_line = next(each for each in LINES if each.is_up and each.kind == line.kind)
        self.slot = Slot(line, cast(SendTable, table), ride)
        self.up = UpTrack("anna", up_line, UpStream(3, None), lambda _: None, lambda _: None)
        self.downs: dict[int, DownTrack] = {}
        self.number = 0
        self.slot.set_sources([self.up])

    def let_in(self, *people: int) -> None:
        """These and no others receive; a person is known by the key of his connection."""
        for person in people:
            connection: Any = SimpleNamespace(
                remote_address=("127.0.0.1", 9), family=socket.AF_INET, outgoing=person
            )
            self.downs.setdefault(person, DownTrack(DownStream(person, None), connection, lambda _: None))
        self.slot.set_receivers([self.downs[each] for each in people])

    def feed(self, packet: bytearray, now: float) -> None:
        self.number += 1
        packet[2:4] = self.number.to_bytes(2, "big")
        packet[4:8] = int(now * 90000).to_bytes(4, "big")
        arrival = Arrival(self.number, is_newest=True, is_gap=False, is_new=True)
        is_picture = self.slot.line.kind == "video"
        self.slot.feed(self.up, bytes(packet), arrival, read_vp8(packet) if is_picture else None, now)


class AFloor:
    """Somebody speaks and is seen by two."""

    def __init__(self) -> None:
        self.table = ATable()
        self.now = 10.0
        self.timers: list[Callable[[], None]] = []
        ride: Ride[Slot] = Ride(lambda _, call: self.timers.append(call), lambda: self.now, least=1)
        self.sound, self.picture = (
            ALine(next(each for each in LINES if (each.name, each.kind) == ("floor", kind)), self.table, ride)
            for kind in ("audio", "video")
        )
        for each in (self.sound, self.picture):
            each.let_in(1, 2)

    def show(self, *sizes: int, is_key: bool = False, after: float = GAP) -> None:
        """A picture in so many packets."""
        self.now += after
        for index, size in enumerate(sizes or (1000, 1000, 1000)):
            packet = a_packet(size, is_last=index == max(0, len(sizes or (1,) * 3) - 1))
            if is_key and not index:
                packet[12:14] = b"\x10\x00"
            self.picture.feed(packet, self.now)

    def speak(self, size: int = 200) -> None:
        packet = a_packet(size)
        packet[1] = OPUS
        self.sound.feed(packet, self.now)

    def get_going(self) -> None:
        """Until the pace is known."""
        self.show(is_key=True)
        self.show()
        self.speak()  # no picture is due within a moment
        self.table.sent.clear()

    def wait(self) -> None:
        """Until the sound has waited for long enough."""
        self.now += MOST_SECONDS
        timers, self.timers = self.timers, []
        for each in timers:
            each()

    def kinds(self, person: int) -> list[list[str]]:
        """What he was sent, as it went together."""
        return [[kind for kind, _ in each[person]] for each in self.table.sent if person in each]


@pytest.fixture
def floor() -> AFloor:
    made = AFloor()
    made.get_going()
    return made


TOGETHER = ["picture", "picture", "picture", "sound"]


def test_sound_goes_with_the_picture_that_is_due(floor: AFloor) -> None:
    floor.now += GAP - 0.01
    floor.speak()
    assert floor.table.sent == []
    floor.show(after=0.01)
    assert floor.kinds(1) == floor.kinds(2) == [TOGETHER]
    floor.wait()
    assert len(floor.table.sent) == 1
    assert floor.sound.slot.sent == (2, 400)
    assert floor.picture.slot.sent == (9, 9000)


def test_sound_goes_by_itself_when_the_picture_does_not_come(floor: AFloor) -> None:
    floor.now += GAP
    floor.speak()
    floor.wait()
    assert floor.kinds(1) == [["sound"]]
    floor.show()
    assert floor.kinds(1) == [["sound"], TOGETHER[:3]]


def test_where_no_picture_is_due_sound_goes_at_once(floor: AFloor) -> None:
    floor.speak()
    assert floor.kinds(1) == [["sound"]]


def test_two_packets_of_one_speaker_stay_in_their_order(floor: AFloor) -> None:
    floor.now += GAP
    floor.speak()
    floor.speak()
    assert floor.kinds(1) == [["sound"]]
    floor.show(after=0)
    assert floor.kinds(1) == [["sound"], TOGETHER]
    numbers = [number for each in floor.table.sent for kind, number in each[1] if kind == "sound"]
    assert numbers[1] - numbers[0] == 1


@pytest.mark.parametrize(
    ("last", "goes"),
    [(1000 - MOST_PADDING + 1, True), (1000 - MOST_PADDING, True), (1000 - MOST_PADDING - 1, False)],
)
def test_sound_goes_with_a_picture_whose_last_packet_is_about_as_long(
    floor: AFloor, last: int, goes: bool
) -> None:
    floor.now += GAP
    floor.speak()
    floor.show(1000, 1000, last, after=0)
    assert floor.kinds(1) == [TOGETHER if goes else TOGETHER[:3]]
    floor.wait()
    assert floor.kinds(1) == ([TOGETHER] if goes else [TOGETHER[:3], ["sound"]])


def test_whoever_is_sent_only_one_of_both_gets_that(floor: AFloor) -> None:
    floor.sound.let_in(1, 2, 3)
    floor.picture.let_in(1, 2, 4)
    floor.speak()
    floor.show(is_key=True, after=GAP)
    floor.table.sent.clear()
    floor.now += GAP
    floor.speak()
    floor.show(after=0)
    assert [floor.kinds(each) for each in (1, 2, 3, 4)] == [
        [TOGETHER],
        [TOGETHER],
        [["sound"]],
        [TOGETHER[:3]],
    ]


def test_who_comes_or_goes_while_sound_waits_misses_none_and_gets_none_twice(floor: AFloor) -> None:
    floor.now += GAP
    floor.speak()
    floor.sound.let_in(1, 3)  # two has gone, and got what was said before
    assert floor.kinds(2) == [["sound"]]
    floor.speak()  # waits too, and the third has it as the first
    floor.show(after=0)
    floor.speak()
    floor.sound.slot.forget(floor.sound.downs[3])
    heard = {
        person: [
            number for each in floor.table.sent for kind, number in each.get(person, ()) if kind == "sound"
        ]
        for person in (1, 2, 3)
    }
    assert [len(heard[each]) for each in (1, 2, 3)] == [3, 1, 2]
    for person, numbers in heard.items():
        assert numbers == [(numbers[0] + index) & 0xFFFF for index in range(len(numbers))]
        before = 0 if person == 3 else 1  # one was said while the pace was found
        assert floor.sound.downs[person].sent[0] == before + len(numbers)


def test_who_loses_the_floor_while_his_sound_waits_is_heard_to_the_end(floor: AFloor) -> None:
    floor.now += GAP
    floor.speak()
    floor.sound.slot.set_sources([])
    assert floor.kinds(1) == [["sound"]]


def test_sound_that_went_along_is_repeated_as_it_was(floor: AFloor) -> None:
    floor.now += GAP
    floor.speak()
    floor.show(after=0)
    number = next(number for kind, number in floor.table.sent[-1][1] if kind == "sound")
    again = floor.sound.downs[1].repeat(number)
    assert again is not None
    assert (len(again), again[0] & 0x20) == (200, 0)


def test_where_several_cannot_be_sent_as_one_no_sound_waits(
    floor: AFloor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ATable, "takes_trains", False)
    for _ in range(3):
        floor.show()
    floor.table.sent.clear()
    floor.now += GAP
    floor.speak()
    assert floor.kinds(1) == [["sound"]]
