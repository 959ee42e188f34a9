"""The hub's shortcuts give what the rules of visibility give, and slow viewers skip the outdated."""

from __future__ import annotations

import asyncio
import json

import pytest

from meeting_server.live import hub as hub_module
from meeting_server.live.chambers import may_watch
from meeting_server.live.clock import SystemClock
from meeting_server.live.hub import Hub, Viewer, _Told
from meeting_server.live.sections import Sections
from meeting_server.meeting import Meeting, conflicts, debate, presence, replay
from meeting_server.meeting.counting import is_cut_off
from meeting_server.wire.events import encode_event, visible
from meeting_server.wire.visibility import Viewer as Sight
from tests.builders import SECRETARY, Hall, hall, members
from tests.live.place import nobody_waits


def an_eventful_meeting() -> Hall:
    """Lobby, links lost, a conflict of interest, debate, a division: every kind of audience."""
    held = hall(roster=(*members(7), SECRETARY))
    held.in_room("anna", "m3", "m4", "m5", "m7").remotely("m2").opened()
    held.give(presence.EnterLobby(), "m6")
    held.roll_call().loses_link("m2").returns("m2")
    held.takes_up("m1")
    held.give(conflicts.DeclareConflict("m1", "Egen sak."), "m5")
    held.give(debate.RequestFloor("speech"), "m3")
    held.give(debate.WithdrawRequest(), "m3")
    held.proposal("m2")
    held.debate_closed().put().found("m1-p0").demanded("m2").division_opened()
    held.votes(anna="yes", m2="no", m3="yes")
    return held.division_closed()


def sights(meeting: Meeting) -> list[Sight]:
    return [
        *(Sight(role, person) for person in meeting.people for role in ("member", "chair", "secretary")),
        Sight("hall", None),
    ]


def test_every_viewer_is_told_exactly_what_the_rules_of_visibility_say() -> None:
    log = an_eventful_meeting().log
    told = hidden = 0
    for count in range(1, len(log) + 1):
        meeting = replay(log[:count])
        record = log[count - 1]
        shortcut = _Told(record, meeting)
        for sight in sights(meeting):
            event = visible(record.event, sight, meeting)
            cut_off = sight.person is not None and is_cut_off(meeting, sight.person)
            text = shortcut.to(sight, is_cut_off=cut_off)
            if event is None:
                hidden += 1
                assert text is None
            else:
                told += 1
                assert text is not None
                assert json.loads(text)["data"] == json.loads(json.dumps(encode_event(event)[2]))
    assert told > 100
    assert hidden > 100


async def a_hub(held: Hall) -> tuple[Hub, Viewer]:
    hub = Hub(SystemClock(), may_watch, held.meeting, nobody_waits)
    hub.start()
    viewer = Viewer(Sight("member", "m3"), "m3", "k1")
    hub.join(viewer, [])
    return hub, viewer


async def a_view(viewer: Viewer) -> dict[str, object]:
    async with asyncio.timeout(60):
        while not viewer.sections:
            await asyncio.sleep(0.01)
    found: dict[str, object] = json.loads(viewer.take()[-1])
    return found


async def test_a_viewer_who_reads_late_gets_one_view_and_it_is_the_newest() -> None:
    held = hall(roster=(*members(7), SECRETARY))
    hub, viewer = await a_hub(held)
    await a_view(viewer)
    for person in ("anna", "m3", "m4"):
        held.in_room(person)
        hub.publish(held.log[-1:], held.meeting)
        await asyncio.sleep(0.15)
    messages = [json.loads(text) for text in viewer.take()]
    views = [message for message in messages if message["type"] == "view"]
    while not views or views[-1]["seq"] < held.meeting.seq:
        views.append(await a_view(viewer))
    assert len(views) <= 2, "what came while the first waited was merged into it"
    assert views[-1]["seq"] == held.meeting.seq
    await hub.stop()


@pytest.mark.parametrize(("patience", "comes_meanwhile"), [(3600.0, False), (0.0, True)])
async def test_views_let_commands_pass_but_not_for_ever(
    monkeypatch: pytest.MonkeyPatch, patience: float, comes_meanwhile: bool
) -> None:
    monkeypatch.setattr(hub_module, "YIELD_SECONDS", patience)
    held = hall(roster=(*members(7), SECRETARY))
    waits, answered = asyncio.Event(), asyncio.Event()

    async def until_answered() -> None:
        waits.set()
        await answered.wait()

    hub = Hub(SystemClock(), may_watch, held.meeting, until_answered)
    viewer = Viewer(Sight("member", "m3"), "m3", "k1")
    hub.join(viewer, [])
    hub.start()
    if comes_meanwhile:
        assert (await a_view(viewer))["type"] == "view"
    else:
        await asyncio.wait_for(waits.wait(), 60)
        await asyncio.sleep(0.1)
        assert not viewer.sections
        answered.set()
        assert (await a_view(viewer))["type"] == "view"
    await hub.stop()


async def test_a_fault_in_one_viewers_view_leaves_the_others_theirs(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    held = hall(roster=(*members(7), SECRETARY))
    compute = Hub._compute_view

    def sometimes(self: Hub, viewer: Viewer, shared: Sections) -> None:
        if viewer.key == "k0":
            raise RuntimeError("this one cannot be drawn")
        compute(self, viewer, shared)

    monkeypatch.setattr(Hub, "_compute_view", sometimes)
    hub = Hub(SystemClock(), may_watch, held.meeting, nobody_waits)
    broken, viewer = (
        Viewer(Sight("member", person), person, key) for person, key in (("m2", "k0"), ("m3", "k1"))
    )
    hub.join(broken, [])
    hub.join(viewer, [])
    hub.start()
    assert (await a_view(viewer))["type"] == "view"
    assert "the view of a member failed" in caplog.text
    await hub.stop()


@pytest.mark.parametrize(("waiting", "is_dropped"), [(-1, False), (0, False), (1, True)])
def test_a_viewer_is_dropped_when_more_waits_than_the_outbox_holds(waiting: int, is_dropped: bool) -> None:
    viewer = Viewer(Sight("member", "m3"), "m3", "k1")
    for _ in range(hub_module.OUTBOX + waiting):
        viewer.send({"type": "x"})
    assert (viewer.bye == "slow") is is_dropped
    if is_dropped:
        assert [json.loads(text)["type"] for text in viewer.take()] == ["bye"]
