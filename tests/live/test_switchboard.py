"""Which process each room is on, with the processes played by hand: placing, moving, writing it down."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from meeting_server import media_protocol as mp
from meeting_server.live import switchboard as module
from meeting_server.live.media_link import (
    MediaDown,
    MediaEnded,
    MediaEvent,
    MediaLink,
    MediaSettings,
)
from meeting_server.live.placement import AWAY_SECONDS, MOVE_PAUSE_SECONDS
from meeting_server.live.switchboard import RoomDown, RoomEvent, RoomUp, Switchboard
from meeting_server.store import Store
from meeting_server.store.failures import StorageFailed
from meeting_server.store.media_nodes import Placement
from tests.live.place import SetClock


class Line(MediaLink):
    """A line whose other end is the test: what was sent while up, and what is said."""

    def __init__(self, name: str) -> None:
        super().__init__(MediaSettings(None, own_process=False, core="web", name=name))
        self.sent: list[mp.FromCore] = []

    async def start(self) -> None:
        """Nothing is started."""

    async def stop(self) -> None:
        """Nothing was."""
        self.hello = None

    def _send(self, message: mp.FromCore) -> None:
        if self.is_up:
            self.sent.append(message)

    def say(self, event: MediaEvent) -> None:
        """What the process says."""
        self._tell(event)

    def come(self, pid: int = 1) -> None:
        """The process answers; it is told its rooms, as by the real line."""
        self._hear(mp.MediaHello(mp.VERSION, 8081, ("192.0.2.1", "192.0.2.2"), pid))

    def go(self) -> None:
        """The line breaks."""
        self.hello = None
        self.say(MediaDown())

    def load(self, peers: int) -> None:
        """So many are connected."""
        self.say(mp.Health(0.5, 0.1, 5, peers, 0))

    @property
    def rooms(self) -> list[str]:
        """Those it has been told of since, in order, and not told to close."""
        found: list[str] = []
        for each in self.sent:
            if isinstance(each, mp.Room) and each.room not in found:
                found.append(each.room)
            elif isinstance(each, mp.Close) and each.room in found:
                found.remove(each.room)
        return found


class House:
    """Lines a and b of one web node, and all that has been said of rooms."""

    def __init__(self, clock: SetClock, store: Store | None, names: str) -> None:
        self.clock = clock
        self.lines = {name: Line(name) for name in names}
        records = store.media_nodes if store is not None else None
        self.board = Switchboard(list(self.lines.values()), clock, records)
        self.heard: list[RoomEvent] = []
        self.board.listen(self.heard.append)

    def line(self, name: str) -> Line:
        return self.lines[name]

    def open(self, *rooms: str) -> None:
        for room in rooms:
            self.board.set_room(mp.Room(room, ()))

    def wait(self, seconds: float) -> None:
        self.clock.seconds += seconds
        self.board._look()

    @property
    def places(self) -> dict[str, list[str]]:
        return {name: line.rooms for name, line in self.lines.items()}


@pytest.fixture
async def make(clock: SetClock, store: Store) -> AsyncIterator[Callable[..., House]]:
    """Houses of given lines; the store is closed after the last of them has stopped."""
    made: list[House] = []

    def build(names: str = "ab", store: Store | None = None) -> House:
        made.append(House(clock, store, names))
        return made[-1]

    yield build
    for house in made:
        await house.board.stop()


async def begun(house: House, *up: str) -> House:
    await house.board.start()
    for name in up:
        house.line(name).come()
    return house


async def test_two_rooms_go_one_to_each_and_the_third_where_fewest_are(make: Callable[..., House]) -> None:
    house = await begun(make(), "a", "b")
    house.open("ks", "kf")
    assert house.places == {"a": ["ks"], "b": ["kf"]}
    house.line("a").load(40)
    house.line("b").load(39)
    house.open("bun", "ks", "kf")
    assert house.places == {"a": ["ks"], "b": ["kf", "bun"]}
    house.line("b").load(200)
    house.open("bun", "kf")
    assert house.places["b"] == ["kf", "bun"], "a room stays where it is"


async def test_the_first_that_answers_does_not_get_everything(make: Callable[..., House]) -> None:
    house = make()
    house.open("ks", "kf")
    await begun(house, "a")
    assert not house.board.is_ready
    assert house.places == {"a": [], "b": []}
    house.line("b").come()
    assert house.places == {"a": ["ks"], "b": ["kf"]}
    assert house.heard == [RoomUp("ks"), RoomUp("kf")]


@pytest.mark.parametrize(("seconds", "placed"), [(AWAY_SECONDS - 0.1, []), (AWAY_SECONDS, ["ks"])])
async def test_nobody_waits_for_ever_for_one_that_does_not_start(
    make: Callable[..., House], seconds: float, placed: list[str]
) -> None:
    house = await begun(make(), "a")
    house.open("ks")
    house.wait(seconds)
    assert house.line("a").rooms == placed
    assert house.board.is_ready is bool(placed)
    assert house.heard == [RoomUp("ks")] * len(placed)


async def test_a_process_that_falls_concerns_its_own_rooms(make: Callable[..., House]) -> None:
    house = await begun(make(), "a", "b")
    house.open("ks", "kf")
    house.line("a").go()
    assert house.heard == [RoomDown("ks")]
    assert (house.board.is_up("ks"), house.board.is_up("kf"), house.board.is_up("none")) == (
        False,
        True,
        False,
    )
    for act in (house.board.join, house.board.leave):
        act("ks", "p1")
        act("none", "p1")
    house.board.answer("none", "p1", "v=0")
    house.board.guest("none", "p1", "v=0", None)
    house.board.join("kf", "p2")
    assert house.line("b").sent[-1] == mp.Join("kf", "p2")


@pytest.mark.parametrize(("away", "is_moved"), [(AWAY_SECONDS - 0.1, False), (AWAY_SECONDS, True)])
async def test_rooms_of_one_that_is_away_are_opened_on_another(
    make: Callable[..., House], away: float, is_moved: bool
) -> None:
    house = await begun(make(), "a", "b")
    house.open("ks", "kf")
    house.line("a").go()
    house.wait(away)
    assert ("ks" in house.line("b").rooms) is is_moved
    assert house.heard == [RoomDown("ks")] + [RoomUp("ks")] * is_moved
    house.line("a").come()
    if is_moved:
        assert house.line("a").sent[-1] == mp.Close("ks"), "it may be alive there"
        assert house.places == {"a": [], "b": ["kf", "ks"]}
    else:
        assert house.heard[-1] == RoomUp("ks")
        assert house.line("a").sent[-1] == mp.Room("ks", ())


async def test_one_that_has_ended_for_certain_is_not_waited_for(make: Callable[..., House]) -> None:
    house = await begun(make(), "a", "b")
    house.open("ks", "kf")
    house.line("a").go()
    house.line("a").say(MediaEnded())
    assert house.heard == [RoomDown("ks"), RoomUp("ks")]
    assert "ks" in house.line("b").rooms
    house.line("a").say(mp.QualityReport("ks", ()))
    assert len(house.heard) == 2, "it has nothing to say of that room any more"
    house.line("b").say(mp.QualityReport("ks", ()))
    assert house.heard[2:] == [mp.QualityReport("ks", ())]
    house.board.join("ks", "p1")
    house.board.answer("ks", "p1", "v=0", 1)
    house.board.guest("ks", "e1", "v=0", "floor")
    house.board.leave("ks", "e1")
    assert house.line("b").sent[-4:] == [
        mp.Join("ks", "p1"),
        mp.Answer("ks", "p1", "v=0", 1),
        mp.Guest("ks", "e1", "v=0", "floor"),
        mp.Leave("ks", "e1"),
    ]


async def test_rooms_are_spread_over_those_that_are_left(make: Callable[..., House]) -> None:
    house = await begun(make("abc"), "a", "b", "c")
    house.open("r1", "r2", "r3", "r4", "r5", "r6")
    house.line("a").go()
    house.line("a").say(MediaEnded())
    assert house.places | {"a": []} == {"a": [], "b": ["r2", "r5", "r1"], "c": ["r3", "r6", "r4"]}


async def test_a_room_that_ends_every_process_does_not_take_them_all(make: Callable[..., House]) -> None:
    house = await begun(make(), "a", "b")
    house.open("fatal", "good")
    for name in ("a", "b"):
        house.line(name).go()
        house.line(name).say(MediaEnded())
        house.line({"a": "b", "b": "a"}[name]).come() if name == "b" else house.line("a").come()
    assert house.board.link_of("good") is house.line("a")
    assert house.board.link_of("fatal") is house.line("b"), "it waits alone for the second"
    house.wait(MOVE_PAUSE_SECONDS)
    assert house.board.link_of("fatal") is house.line("a"), "a host that is gone is not waited for for ever"


async def test_with_one_process_nothing_moves_and_its_rooms_wait(make: Callable[..., House]) -> None:
    house = make("a")
    house.open("ks")
    await begun(house, "a")
    assert house.heard == [RoomUp("ks")]
    house.line("a").go()
    house.line("a").say(MediaEnded())
    house.wait(100 * AWAY_SECONDS)
    house.line("a").come()
    assert house.heard == [RoomUp("ks"), RoomDown("ks"), RoomUp("ks")]
    assert house.line("a").sent == [mp.Room("ks", ())] * 2


async def test_a_room_that_is_closed_is_closed_where_it_is(make: Callable[..., House]) -> None:
    house = await begun(make(), "a", "b")
    house.open("ks", "kf")
    house.board.close_room("ks")
    house.board.close_room("never")
    assert house.line("a").sent[-1] == mp.Close("ks")
    house.open("bun")
    assert house.line("a").rooms == ["bun"]


async def test_a_listener_that_fails_or_closes_rooms_keeps_nobody_else_from_hearing(
    make: Callable[..., House], caplog: pytest.LogCaptureFixture
) -> None:
    house = await begun(make(), "a", "b")

    def close(event: RoomEvent) -> None:
        if isinstance(event, RoomDown):
            house.board.close_room("r3")
        raise ValueError("a fault")

    house.board.listen(close)
    house.open("r1", "r2", "r3")
    heard: list[RoomEvent] = []
    house.board.listen(heard.append)
    house.line("a").go()
    assert heard == [RoomDown("r1"), RoomDown("r3")]
    house.wait(AWAY_SECONDS)
    assert house.places["b"] == ["r2", "r1"]
    assert "a listener failed" in caplog.text


# ---- what is written down ----


async def test_a_restarted_core_finds_its_rooms_where_they_are(
    make: Callable[..., House], store: Store, clock: SetClock
) -> None:
    first = await begun(make(store=store), "a", "b")
    first.open("ks", "kf")
    first.board.close_room("ks")
    first.line("a").load(12)
    first.open("bun")  # b has kf, a has people: all the same a room goes by people first
    async with asyncio.timeout(10):
        while dict(await store.media_nodes.placements()) != {"kf": "b", "bun": "b"}:
            await asyncio.sleep(0.01)
    second = make(store=store)
    second.open("kf", "bun", "new")
    await begun(second, "a")
    assert second.places == {"a": [], "b": []}
    second.line("b").come()
    assert second.places == {"a": ["new"], "b": ["kf", "bun"]}


@pytest.mark.parametrize(("away", "placed"), [(AWAY_SECONDS - 0.1, []), (AWAY_SECONDS, ["kf"])])
async def test_a_place_that_is_gone_at_the_start_is_waited_for_as_long_as_any(
    make: Callable[..., House], store: Store, clock: SetClock, away: float, placed: list[str]
) -> None:
    kept = {"kf": "b", "ks": "unknown"}
    await store.media_nodes.place([Placement(room, node, clock.now()) for room, node in kept.items()])
    house = make(store=store)
    house.open("kf", "ks")
    await begun(house, "a")
    house.wait(away)
    assert [room for room in house.line("a").rooms if room == "kf"] == placed


async def test_heartbeats_tell_how_each_process_is(
    make: Callable[..., House], store: Store, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "HEARTBEAT_SECONDS", 0.01)
    house = await begun(make(store=store), "a")
    house.line("a").load(7)
    async with asyncio.timeout(10):
        while not (nodes := await store.media_nodes.nodes()) or nodes[0].peers != 7:
            await asyncio.sleep(0.01)
    (node,) = nodes
    assert (node.name, node.address, node.udp_port, node.pid, node.core, node.seen_at, node.late_ms) == (
        "a",
        "192.0.2.1 192.0.2.2",
        8081,
        1,
        "web",
        clock.now(),
        0.5,
    )
    await house.board.stop()
    assert await store.media_nodes.nodes() == (node,), "somebody else's process goes on"


async def test_storage_that_fails_stops_nothing_and_is_caught_up_with(
    make: Callable[..., House],
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(module, "HEARTBEAT_SECONDS", 0.01)
    working = store.media_nodes.place
    fails = True

    async def place(placements: list[Placement]) -> None:
        if fails:
            raise StorageFailed("disk-full")
        await working(placements)

    async def unreadable() -> dict[str, str]:
        raise StorageFailed("unreachable")

    with monkeypatch.context() as broken:
        monkeypatch.setattr(store.media_nodes, "place", place)
        broken.setattr(store.media_nodes, "placements", unreadable)
        house = await begun(make(store=store), "a", "b")
    house.open("ks")
    async with asyncio.timeout(10):
        while "cannot be written down" not in caplog.text:
            await asyncio.sleep(0.01)
        house.open("kf")
        fails = False
        while dict(await store.media_nodes.placements()) != {"ks": "a", "kf": "b"}:
            await asyncio.sleep(0.01)
    assert "cannot be read" in caplog.text


async def test_stopping_in_the_moment_of_a_change_is_stopping(
    make: Callable[..., House], store: Store
) -> None:
    for steps in range(6):
        house = await begun(make(store=store), "a", "b")
        house.open("ks")
        while not house.board._write_now._waiters:  # until everything is written and it waits for a change
            await asyncio.sleep(0.001)
        house.board.close_room("ks")
        for _ in range(steps):
            await asyncio.sleep(0)
        async with asyncio.timeout(10):
            await house.board.stop()
        assert await store.media_nodes.placements() == {}
