"""What is observed is told, kept by the minute, and bound to each decision in the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from meeting_server.live.chamber import Chamber
from meeting_server.live.evidence_keeper import EvidenceKeeper
from meeting_server.live.observation import Observation
from meeting_server.live.thresholds import Thresholds
from meeting_server.meeting import Actor
from meeting_server.meeting import agenda as ag
from meeting_server.meeting import debate as db
from meeting_server.meeting import deciding as dc
from meeting_server.meeting import observing as ob
from meeting_server.meeting.presence import RecordDeparture
from meeting_server.store import Store
from meeting_server.store.evidence import FIELDS, faults
from meeting_server.store.failures import StorageFailed
from tests.builders import Hall, hall
from tests.live.place import MEETING, BrokenLog, SetClock, open_chamber, stored
from tests.live.test_liveness import GOOD
from tests.live.test_page_report import WELL

CHAIR = Actor("anna")


def a_meeting(remote: str = "m2") -> Hall:
    """Anna and three more; m2 takes part at a distance."""
    return hall().in_room("anna", "m3", "m4").remotely(remote).roll_call()


class Desk:
    """A chamber with its observation, and seconds that pass."""

    def __init__(self, chamber: Chamber, store: Store, clock: SetClock) -> None:
        self.chamber = chamber
        self.clock = clock
        self.observation = Observation(Thresholds())
        self.keeper = EvidenceKeeper(chamber, self.observation, store, clock)
        self.open_pages = {"m2"}
        chamber.listen(self.keeper.follow)

    def seconds(self, count: int, *, covered: bool = False) -> None:
        """So many readings of m2."""
        quality = replace(GOOD, key_bytes=69) if covered else GOOD
        for _ in range(count):
            self.clock.seconds += 1
            self.clock.at += timedelta(seconds=1)
            self.observation.read("m2", quality, self.clock.seconds)
            self.observation.second(
                self.chamber.meeting, {"m2": "live"}, self.open_pages, self.clock.seconds, self.clock.now()
            )

    async def decide(self) -> int:
        """The first matter is decided; the seq of the decision."""
        for number, command in enumerate(
            (db.CloseDebate(), dc.PutQuestion(), dc.FindCarried("m1-p0"), dc.Gavel())
        ):
            await self.chamber.execute(CHAIR, command, f"d{number}")
        return next(
            each.seq for each in reversed(self.chamber.records) if isinstance(each.event, dc.MatterDecided)
        )


async def a_desk(store: Store, clock: SetClock, held: Hall | None = None) -> Desk:
    await stored(held or a_meeting(), store)
    return Desk(await open_chamber(store.log, clock), store, clock)


async def test_a_decision_gets_evidence_of_its_own_matter_bound_in_the_log(
    store: Store, clock: SetClock
) -> None:
    desk = await a_desk(store, clock)
    desk.seconds(3, covered=True)
    await desk.chamber.execute(CHAIR, ag.TakeUpMatter("m1"), "take")
    desk.seconds(4, covered=True)
    await desk.chamber.execute(CHAIR, ob.ConfirmSeen("m2"), "seen")
    desk.seconds(10)
    decided = await desk.decide()
    await desk.keeper.attend()
    await desk.keeper.attend()

    [evidence] = await store.evidence.of(MEETING)
    bound = [each.event for each in desk.chamber.records if isinstance(each.event, ob.EvidenceRecorded)]
    assert bound == [ob.EvidenceRecorded(decided, evidence.sha256)]
    assert faults(await store.log.read(MEETING), [evidence]) == []
    data = evidence.data
    assert (data["about"]["seq"], data["about"]["matter"]) == (decided, "m1")
    people = {each["person"]: each for each in data["people"]}
    assert {person: each["state"] for person, each in people.items()} == {
        "anna": "room",
        "m2": "remote",
        "m3": "room",
        "m4": "room",
    }
    assert people["anna"]["observed"] is None
    assert people["m2"]["seen_at"] is not None
    seen = people["m2"]["observed"]
    # The seconds before the matter are not counted, but the state it began in is.
    assert [span[1] for span in seen["spans"]] == ["covered", "live"]
    assert seen["spans"][0][0] == data["from"]
    assert sum(seen["seconds"].values()) == 14
    assert seen["rtt_ms"] == 30.0
    await desk.chamber.close()


async def test_where_nobody_was_observed_nothing_is_recorded(store: Store, clock: SetClock) -> None:
    desk = await a_desk(store, clock)
    await desk.chamber.execute(CHAIR, ag.TakeUpMatter("m1"), "take")
    await desk.decide()
    await desk.keeper.attend()
    assert await store.evidence.of(MEETING) == []
    await desk.chamber.close()


async def test_minutes_are_kept_when_they_have_ended_and_the_last_at_the_close(
    store: Store, clock: SetClock
) -> None:
    desk = await a_desk(store, clock)
    desk.seconds(59)
    await desk.keeper.attend()
    assert await store.evidence.minutes(MEETING) == []
    desk.observation.page("m2", replace(WELL, camera="ended"), clock.seconds)
    desk.seconds(2)
    await desk.keeper.attend()
    [first] = await store.evidence.minutes(MEETING)
    assert (first.person, len(first.seconds)) == ("m2", 59)
    await desk.keeper.close()
    [_, last] = await store.evidence.minutes(MEETING)
    assert dict(zip(FIELDS, last.seconds[-1], strict=True)) == {
        "second": 1,
        "line": "live",
        "picture": "live",
        "sound": "speaking",
        "sends_picture": True,
        "sends_sound": True,
        "gets_picture": True,
        "gets_sound": True,
        "level": 25,
        "loss_in": 0.0,
        "loss_out": 0.0,
        "rtt_ms": 30.0,
        "kbit_in": 80,
        "kbit_out": 900,
        "frames": 5,
        "page": "camera-ended",
    }
    await desk.chamber.close()


async def test_what_cannot_be_stored_waits(
    store: Store, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await a_desk(store, clock)
    desk.seconds(61)
    await desk.chamber.execute(CHAIR, ag.TakeUpMatter("m1"), "take")
    desk.seconds(1)
    await desk.decide()

    async def full(*_: object) -> None:
        raise StorageFailed("disk-full")

    with monkeypatch.context() as patch:
        patch.setattr(store.evidence, "keep", full)
        await desk.keeper.attend()
        assert await store.evidence.minutes(MEETING) == []
    await desk.keeper.attend()
    assert len(await store.evidence.of(MEETING)) == 1
    assert len(await store.evidence.minutes(MEETING)) == 1
    await desk.chamber.close()


async def test_evidence_whose_row_the_log_would_not_take_is_bound_the_next_time(
    store: Store, clock: SetClock
) -> None:
    await stored(a_meeting(), store)
    broken = BrokenLog(store)
    desk = Desk(await open_chamber(broken, clock), store, clock)
    await desk.chamber.execute(CHAIR, ag.TakeUpMatter("m1"), "take")
    desk.seconds(1)
    await desk.decide()
    broken.fails_before = True
    await desk.keeper.attend()
    assert faults(await store.log.read(MEETING), await store.evidence.of(MEETING))[0].code == (
        "unbound-evidence"
    )
    broken.fails_before = False
    await desk.keeper.attend()
    assert faults(await store.log.read(MEETING), await store.evidence.of(MEETING)) == []
    await desk.chamber.close()


async def test_a_page_without_its_socket_is_told_apart(store: Store, clock: SetClock) -> None:
    desk = await a_desk(store, clock)
    desk.seconds(1)
    assert desk.observation.links(clock.now())["m2"]["page"] == []
    desk.open_pages.clear()
    desk.seconds(1)
    assert desk.observation.links(clock.now())["m2"]["page"] == ["page-gone"]
    await desk.chamber.close()


async def test_who_has_left_is_no_longer_observed(store: Store, clock: SetClock) -> None:
    desk = await a_desk(store, clock)
    desk.seconds(1)
    assert set(desk.observation.links(clock.now())) == {"m2"}
    await desk.chamber.execute(CHAIR, RecordDeparture("m2"), "gone")
    desk.seconds(1)
    assert desk.observation.links(clock.now()) == {}
    assert not desk.observation.has_seen(desk.chamber.meeting)
    await desk.chamber.close()
