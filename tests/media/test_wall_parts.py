"""The wall's parts: grids, letters, placing, whole frames of packets, pages and key frames, the wire."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from meeting_server.demo import moving
from meeting_server.media.packets import payload_bounds, read_vp8
from meeting_server.media.wall import composer as composers
from meeting_server.media.wall import letters, wire
from meeting_server.media.wall.assembler import MOST_WAITING, PATIENCE_SECONDS, Assembler
from meeting_server.media.wall.canvas import GREY, Canvas, Plane
from meeting_server.media.wall.codec import Decoder, Encoder, Measurer
from meeting_server.media.wall.composer import Composer, Feed
from meeting_server.media.wall.grid import MOST, PLACES, grid_for, pages_of
from meeting_server.media.wall.process import Stream, WallProcess
from meeting_server.media.wall.rtp import Packetiser
from meeting_server.media.wall_link import WallLink


@pytest.fixture(scope="module")
def thumb() -> list[bytes]:
    """One moving person's frames, the first a key frame."""
    return [b"".join(frame) for frame in moving.picture("astrid", is_full=False).frames]


# ---- grids ----


@pytest.mark.parametrize(
    ("count", "columns", "rows", "width", "height"),
    [
        (1, 1, 1, 320, 180),
        (2, 2, 1, 640, 180),
        (5, 3, 2, 960, 360),
        (16, 4, 4, 1280, 720),
        (17, 5, 4, 800, 360),
        (64, 8, 8, 1280, 720),
        (65, 9, 8, 1314, 720),
        (149, 13, 12, 1898, 1080),
        (156, 13, 12, 1898, 1080),
    ],
)
def test_the_wall_grows_with_the_people_on_it(
    count: int, columns: int, rows: int, width: int, height: int
) -> None:
    grid = grid_for(count)
    assert (grid.columns, grid.rows, grid.width, grid.height) == (columns, rows, width, height)


@pytest.mark.parametrize("count", [0, MOST + 1])
def test_there_is_no_wall_for_nobody_or_for_too_many(count: int) -> None:
    with pytest.raises(ValueError, match=str(count)):
        grid_for(count)


@pytest.mark.parametrize("count", range(1, MOST + 1))
def test_every_place_is_inside_the_picture_and_even(count: int) -> None:
    grid = grid_for(count)
    corners = {grid.corner(index) for index in range(count)}
    assert len(corners) == count
    for x, y in corners:
        assert x % 2 == y % 2 == 0
        assert x + grid.place.width <= grid.width
        assert y + grid.place.height <= grid.height


@pytest.mark.parametrize(
    ("count", "sizes"), [(0, []), (1, [1]), (156, [156]), (157, [78, 79]), (400, [133, 133, 134])]
)
def test_more_people_than_one_wall_holds_share_several_pages(count: int, sizes: list[int]) -> None:
    pages = pages_of(count)
    assert [len(page) for page in pages] == sizes
    assert [index for page in pages for index in page] == list(range(count))


# ---- letters ----


def test_a_long_name_is_shortened_before_it_is_cut() -> None:
    def fit(name: str, room: float) -> str:
        return letters.shortened(name, room, 12, 500)

    name = "Mohammad Reza Abdirahman-Lindhagen"
    assert fit(name, 1000) == name
    assert fit(name, letters.width_of(name, 12, 500) - 1) == "M. Abdirahman-Lindhagen"
    assert fit(name, letters.width_of("M. Abdirahman-Lindhagen", 12, 500) - 1) == "Abdirahman-Lindhagen"
    cut = fit(name, letters.width_of("Abdirahman-Lindhagen", 12, 500) - 1)
    assert cut.startswith("Abdirahman-Lind")
    assert cut.endswith("…")


@pytest.mark.parametrize(("one", "other"), [("Åsa", "Asa"), ("Öst", "Ost"), ("Łódź", "Lodz"), ("…", "")])
def test_letters_beyond_a_to_z_are_drawn(one: str, other: str) -> None:
    drawn, plain, unknown = (letters.strip(name, "", 146, 14) for name in (one, other, "\u0e01" * len(one)))
    assert (drawn != plain).any()
    assert (drawn != unknown).any()


def test_the_partys_letters_stand_to_the_right_and_the_name_leaves_them_room() -> None:
    with_party, without = (
        letters.strip("Zdzisława Wiśniewska-Lindström", party, 146, 14) for party in ("SD", "")
    )
    assert (with_party[:, -12:] > 200).any()
    assert (with_party[:, :40] == without[:, :40]).mean() > 0.5
    assert (with_party != without).any()


def test_words_in_place_of_a_picture_are_broken_between_words() -> None:
    drawn = letters.words("Deltar inte i ärendet", 100, 76)
    rows = (drawn > letters.BACKGROUND + 40).any(axis=1)
    lines = int(np.count_nonzero(np.diff(rows.astype(int)) == 1))
    assert lines >= 2
    assert not (drawn[:, :4] > letters.BACKGROUND + 40).any()
    assert (letters.words("", 144, 76) == letters.BACKGROUND).all()


# ---- placing ----


def blank(count: int) -> Canvas:
    grid = grid_for(count)
    sizes = [(grid.height, grid.width), *[(grid.height // 2, grid.width // 2)] * 2]
    return Canvas(grid, [np.zeros(size, np.uint8) for size in sizes])


def picture(width: int, height: int, value: int = 200) -> list[Plane]:
    """Grows brighter to the right, one step a sample, so that its middle is known."""
    columns = np.arange(width) % 256
    half = (height // 2, width // 2)
    luma = np.broadcast_to(columns, (height, width)).astype(np.uint8)
    return [luma, np.full(half, value, np.uint8), np.full(half, 90, np.uint8)]


@pytest.mark.parametrize(("count", "scale"), [(16, 2), (64, 1), (156, 1)])
def test_a_thumbnails_middle_is_put_in_its_place_and_nowhere_else(count: int, scale: int) -> None:
    canvas = blank(count)
    grid, place = canvas.grid, canvas.grid.place
    index = count - 2
    canvas.put(index, picture(160, 90))
    x, y = grid.corner(index)
    width = place.picture_width // scale
    wanted = np.repeat(np.arange(160)[(160 - width) // 2 :][:width], scale)
    inside = np.s_[y : y + place.picture_height, x : x + place.picture_width]
    assert (canvas.planes[0][inside] == wanted).all()
    elsewhere = canvas.planes[0].copy()
    elsewhere[inside] = letters.BACKGROUND
    assert (elsewhere == letters.BACKGROUND).all()
    assert np.count_nonzero(canvas.planes[1] == 200) == place.picture_width * place.picture_height // 4


@pytest.mark.parametrize("size", [(160, 120), (90, 160), (320, 240), (64, 48), (640, 360)])
def test_a_thumbnail_of_another_shape_is_shown_whole_or_by_its_middle(size: tuple[int, int]) -> None:
    canvas = blank(20)
    canvas.put(3, picture(*size))
    shown = canvas.planes[1] == 200
    assert shown.any()
    x, y = (each // 2 for each in canvas.grid.corner(3))
    outside = shown.copy()
    outside[y : y + canvas.grid.place.picture_height // 2, x : x + canvas.grid.place.picture_width // 2] = (
        False
    )
    assert not outside.any()


def test_words_take_the_colour_of_the_face_away() -> None:
    canvas = blank(20)
    canvas.put(0, picture(160, 90))
    canvas.write_words(0, "Bruten")
    assert (canvas.planes[1] == GREY).all()


# ---- packets and frames ----


def packets_of(frames: Iterable[bytes]) -> list[bytes]:
    packetiser = Packetiser(65_530)
    return [each for index, frame in enumerate(frames) for each in packetiser.packets(frame, index * 45_000)]


def test_a_frame_becomes_packets_that_begin_and_end_and_can_be_read() -> None:
    packetiser = Packetiser(65_534)
    found = packetiser.packets(bytes(2500), 2**32 + 7)
    assert [int.from_bytes(each[2:4], "big") for each in found] == [65_534, 65_535, 0]
    assert [each[1] >> 7 for each in found] == [0, 0, 1]
    assert {int.from_bytes(each[4:8], "big") for each in found} == {7}
    descriptors = [read_vp8(each) for each in found]
    assert [each.starts_frame for each in descriptors] == [True, False, False]
    assert [each.starts_key for each in descriptors] == [True, False, False]
    assert {each.picture_id for each in descriptors} == {1}
    assert sum(each.octets for each in descriptors) == 2500
    assert read_vp8(packetiser.packets(b"\x01" * 20, 0)[0]).picture_id == 2


def test_frames_come_out_whole_and_in_order_from_packets_that_did_not(thumb: list[bytes]) -> None:
    packets = list(enumerate(packets_of(thumb[:10])))
    assert len(packets) > 10  # the key frame takes several
    assembler = Assembler()
    frames = []
    for at in range(0, len(packets), 2):  # every pair swapped, and every packet twice
        for number, packet in reversed(packets[at : at + 2] * 2):
            frames += assembler.push(number, packet, 0.0)
    assert frames == thumb[:10]


@pytest.mark.parametrize(
    ("wait", "is_given_up"),
    [(PATIENCE_SECONDS - 0.01, False), (PATIENCE_SECONDS, False), (PATIENCE_SECONDS + 0.01, True)],
)
def test_a_missing_packet_is_waited_for_and_then_a_key_frame_is(
    thumb: list[bytes], wait: float, is_given_up: bool
) -> None:
    assembler = Assembler()
    packets = packets_of(thumb[:1] + [b"\x01" * 50] * 5)
    first = len(packets) - 5
    for number in range(first):
        assembler.push(number, packets[number], 0.0)
    assert not assembler.wants_key
    assembler.push(first + 1, packets[first + 1], 0.0)
    assembler.push(first + 2, packets[first + 2], wait)
    assert assembler.wants_key == is_given_up
    late = assembler.push(first, packets[first], wait)
    assert len(late) == (0 if is_given_up else 3)


def test_too_many_held_back_are_given_up_too(thumb: list[bytes]) -> None:
    assembler = Assembler()
    packets = packets_of(thumb[:1] + [b"\x01" * 50] * (MOST_WAITING + 2))
    first = len(packets) - MOST_WAITING - 2
    for number in [*range(first), *range(first + 1, first + 1 + MOST_WAITING)]:
        assembler.push(number, packets[number], 0.0)
    assert not assembler.wants_key
    assembler.push(first + 1 + MOST_WAITING, packets[-1], 0.0)
    assert assembler.wants_key


def test_a_key_frame_is_begun_with_although_something_before_it_is_missing(thumb: list[bytes]) -> None:
    assembler = Assembler()
    packets = packets_of([thumb[0], thumb[1], thumb[0]])
    keys = [number for number, packet in enumerate(packets) if read_vp8(packet).starts_key]
    frames = []
    for number, packet in enumerate(packets):
        if number != keys[1] - 1:
            frames += assembler.push(number, packet, 0.0)
    assert frames == [thumb[0], thumb[0]]
    assert not assembler.wants_key


@pytest.mark.parametrize(
    ("width", "height", "is_taken"),
    [(640, 480, True), (642, 480, False), (640, 482, False), (1280, 720, False)],
)
def test_a_picture_much_larger_than_a_thumbnail_is_not_decoded(
    thumb: list[bytes], width: int, height: int, is_taken: bool
) -> None:
    assembler = Assembler()
    sized = thumb[0][:6] + width.to_bytes(2, "little") + height.to_bytes(2, "little") + thumb[0][10:]
    frames = [
        frame
        for number, packet in enumerate(packets_of([sized]))
        for frame in assembler.push(number, packet, 0.0)
    ]
    assert bool(frames) == is_taken
    assert assembler.is_too_large != is_taken


def test_padding_takes_a_number_and_harms_nothing(thumb: list[bytes]) -> None:
    assembler = Assembler()
    packets = packets_of(thumb[:2])
    padding = bytes([0xA0, *packets[0][1:12], *bytes(3), 4])
    assert payload_bounds(padding) == (12, 12)
    last = len(packets) - 1
    frames = []
    for number, packet in [*enumerate(packets[:-1]), (last, padding), (last + 1, packets[-1])]:
        frames += assembler.push(number, packet, 0.0)
    assert frames[-1] == thumb[1]


# ---- how a picture looks ----


def test_a_picture_is_measured_and_compared_with_the_one_before() -> None:
    measurer = Measurer()
    plane = np.full((90, 160), 100, np.uint8)
    assert measurer.measure(plane) == (100.0, 0.0, None)
    plane[:, :80] = 112
    assert measurer.measure(plane) == (106.0, 6.0, 0.0)  # 12 is noise
    plane[:, :16] = 125
    assert measurer.measure(plane)[2] == 0.1
    assert measurer.measure(plane[:45])[2] is None


def test_a_stream_is_measured_by_its_newest_picture_and_never_twice_by_the_same(thumb: list[bytes]) -> None:
    stream = Stream()
    assert stream.measure() is None
    decoder = stream.feed.decoder
    assert decoder.decode(thumb[0])
    first = stream.measure()
    assert first is not None
    assert first[2] is None  # nothing before it to compare with
    assert stream.measure() is None
    for each in thumb[1:]:
        assert decoder.decode(each)
    assert decoder.planes is not None
    expected = Measurer()
    later = stream.measure()
    assert later is not None
    assert later[:2] == expected.measure(decoder.planes[0])[:2]
    assert later[2] is not None
    assert later[2] > 0


# ---- the composer ----


def spots(*names: str, note: str = "", first: int = 1) -> tuple[wire.Spot, ...]:
    return tuple(
        wire.Spot(name, name, "S", note, 0 if note else first + index) for index, name in enumerate(names)
    )


@pytest.fixture
def executor() -> Iterable[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


async def picture_of(composer: Composer, feeds: dict[int, Feed], pool: ThreadPoolExecutor) -> Decoder:
    """The composer's next frame, decoded; it must be a key frame."""
    composer.want_key()
    composer._key_at = float("-inf")
    decoder = Decoder()
    packets = await composer.frame(feeds, asyncio.get_running_loop(), pool)
    assembler = Assembler()
    for number, packet in enumerate(packets):
        for frame in assembler.push(number, packet, 0.0):
            assert decoder.decode(frame)
    return decoder


def a_feed(thumb: list[bytes], at: float) -> Feed:
    feed = Feed(Decoder(), at)
    assert feed.decoder.decode(thumb[0])
    return feed


async def test_a_face_is_shown_until_it_stands_still_too_long_or_may_not_be_seen(
    thumb: list[bytes], executor: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    composer = Composer(1, 2.0)
    feeds = {1: a_feed(thumb, now)}

    async def bright() -> float:
        """Share of samples of the only place that are as bright as the person's room."""
        composer.turn(now)
        planes = (await picture_of(composer, feeds, executor)).planes
        assert planes is not None
        return float((planes[0][:150] > 90).mean())

    composer.show = wire.Show(1, spots("anna"), "Ingen bild", True)
    assert await bright() > 0.5
    feeds[1].at = now - composers.MISSING_SECONDS
    assert await bright() > 0.5
    feeds[1].at = now - composers.MISSING_SECONDS - 0.1
    assert await bright() < 0.1
    feeds[1].at = now
    assert await bright() > 0.5
    composer.show = wire.Show(1, spots("anna", note="Bruten"), "Ingen bild", True)
    assert await bright() < 0.1


async def test_nothing_is_encoded_when_nobody_looks(thumb: list[bytes], executor: ThreadPoolExecutor) -> None:
    composer = Composer(1, 2.0)
    composer.show = wire.Show(1, spots("anna"), "", False)
    composer.turn(0.0)
    assert not await composer.frame({}, asyncio.get_running_loop(), executor)
    composer.show = wire.Show(1, spots("anna"), "", True)
    assert await composer.frame({}, asyncio.get_running_loop(), executor)


async def test_key_frames_are_few_however_many_ask(
    executor: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    composer = Composer(1, 5.0)
    composer.show = wire.Show(1, spots("anna"), "", True)
    composer.turn(now)
    keys = []
    for moment in (1000.0, 1000.2, 1000.99, 1001.0, 1001.2):
        now = moment
        if moment != 1001.2:
            composer.want_key()
        packets = await composer.frame({}, asyncio.get_running_loop(), executor)
        keys.append(read_vp8(packets[0]).starts_key)
    assert keys == [True, False, False, True, False]


def test_the_plan_says_who_is_where_and_is_told_when_it_changes() -> None:
    composer = Composer(7, 2.0)
    composer.show = wire.Show(7, spots("anna", "bo", "cia"), "", True)
    assert composer.turn(0.0) == wire.Plan(7, 2, ("anna", "bo", "cia"), 1, 1)
    assert composer.turn(1.0) is None
    composer.show = wire.Show(7, spots("anna", "cia"), "", True)
    assert composer.turn(2.0) == wire.Plan(7, 2, ("anna", "cia"), 1, 1)


async def test_numbers_go_on_when_the_wall_was_empty_for_a_while(executor: ThreadPoolExecutor) -> None:
    """A new numbering would look like late packets to the media process, and the wall would stay away."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs:
        process = WallProcess(theirs, 2.0)
        numbers = []
        for shown in (spots("anna"), (), spots("anna")):
            process._obey(wire.Show(7, shown, "", True))
            composer = process._composers[7]
            plan = composer.turn(0.0)
            assert plan is not None
            assert plan.peers == tuple(spot.peer for spot in shown)
            packets = await composer.frame({}, asyncio.get_running_loop(), executor)
            assert bool(packets) == bool(shown)
            assert not shown or read_vp8(packets[0]).starts_key
            numbers += [int.from_bytes(packet[2:4], "big") for packet in packets]
            composer._key_at = float("-inf")
        assert numbers == [(numbers[0] + index) & 0xFFFF for index in range(len(numbers))]
        process._obey(wire.Over(7))
        assert not process._composers
        process._executor.shutdown()


async def test_what_the_wall_process_did_not_take_is_said_again() -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs:
        ours.setblocking(False)
        link = WallLink(2.0)
        wall = link.wall(lambda _: None, lambda: None, lambda _: None)
        link._line = ours
        while True:
            try:
                ours.send(b"full")
            except BlockingIOError:
                break
        wall.show(spots("anna"), "", True)
        assert not wall.is_told
        link._heard_at = 100.0
        theirs.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            while theirs.recv(wire.MAX_MESSAGE) == b"full":
                pass
        link.tick(101.0)
        assert wall.is_told
        assert wire.hear(theirs.recv(wire.MAX_MESSAGE)) == wall.shown
        link.tick(102.0)
        with pytest.raises(BlockingIOError):
            theirs.recv(wire.MAX_MESSAGE)


def test_pages_turn_by_the_clock() -> None:
    composer = Composer(7, 2.0)
    names = [f"m{number}" for number in range(MOST + 2)]
    composer.show = wire.Show(7, spots(*names), "", True)
    plans = [composer.turn(now) for now in (11.0, 20.9, 21.1, 31.2)]
    assert [plan and (plan.page, plan.pages, len(plan.peers)) for plan in plans] == [
        (2, 2, 79),
        None,
        (1, 2, 79),
        (2, 2, 79),
    ]


# ---- the wire ----


@pytest.mark.parametrize(
    "message",
    [
        wire.Show(1, spots("åsa", "bo"), "Ingen bild", True),
        wire.Show(1, (), "", False),
        wire.Key(3),
        wire.Gone(4),
        wire.Over(6),
        wire.Wish(5),
        wire.Plan(1, 4, ("anna", "bo"), 1, 2),
        wire.Measures(((7, 120.5, 40.0, None), (8, 16.0, 0.0, 0.0))),
        wire.Measures(()),
    ],
)
def test_what_is_said_is_heard(message: wire.ToWall | wire.FromWall) -> None:
    assert wire.hear(wire.say(message)) == message


def test_a_packet_is_carried_as_it_is() -> None:
    data = wire.carry(7, 2**40, b"packet")
    assert data[0] == wire.PACKET
    assert wire.carried(data) == (7, 2**40, b"packet")


def test_a_wall_of_every_size_can_be_encoded_and_decoded() -> None:
    for place in PLACES:
        encoder = Encoder(grid_for(place.most), 2.0)
        Canvas(grid_for(place.most), encoder.planes)
        decoder = Decoder()
        assert decoder.decode(encoder.encode(0, True))
        assert decoder.planes is not None
        assert decoder.planes[0].shape == (grid_for(place.most).height, grid_for(place.most).width)
