"""The machine's own part of an election, through a real chamber and a real box."""

from __future__ import annotations

import hashlib

import pytest

from meeting_server.live.election_watch import ElectionWatch
from meeting_server.meeting import Actor
from meeting_server.meeting import elections as el
from meeting_server.meeting.election_state import Ballot, SaidNumber
from meeting_server.store import Store
from tests.live.place import SetClock, open_chamber, stored
from tests.meeting.electing import CODES, counted, opened

CHAIR = Actor("anna")


def the_ballot(chamber: object) -> Ballot:
    """The latest ballot of m1."""
    return chamber.meeting.matters["m1"].election.ballots[-1]  # type: ignore[attr-defined,no-any-return]


async def test_a_closed_box_is_counted_once_and_emptied(store: Store, clock: SetClock) -> None:
    await stored(opened("Ada", "Bo", method="electronic"), store)
    chamber = await open_chamber(store.log, clock)
    watch = ElectionWatch(chamber, store.ballots)
    await watch.attend()
    for person, choice, code in zip(("m2", "m3", "m4"), ("m1-n2", "m1-n1", "m1-n2"), CODES, strict=False):
        await chamber.execute(Actor(person), el.CastBallot((choice,), code), f"c-{person}")
        await chamber.execute(Actor(person), el.CastBallot((choice,), code), f"c-{person}")
    await chamber.execute(CHAIR, el.CloseBallot(), "close")
    await watch.attend()
    found = the_ballot(chamber)
    assert (found.status, found.votes) == ("counted", {"m1-n1": 1, "m1-n2": 2})
    assert found.codes == CODES[:3]
    await watch.attend()
    await watch.attend()
    assert (await store.ballots.open(chamber.meeting_id, found.id)).slips == ()
    assert [r.event for r in chamber.records if isinstance(r.event, el.BallotsCounted)].__len__() == 1
    await chamber.close()


async def test_a_voided_box_is_emptied_without_being_counted(store: Store, clock: SetClock) -> None:
    await stored(opened("Ada", "Bo", method="electronic"), store)
    chamber = await open_chamber(store.log, clock)
    await chamber.execute(Actor("m2"), el.CastBallot((), CODES[0]), "c1")
    assert len((await store.ballots.open(chamber.meeting_id, "m1-b1")).slips) == 1
    await chamber.execute(CHAIR, el.VoidBallot("Fel"), "void")
    await ElectionWatch(chamber, store.ballots).attend()
    assert (await store.ballots.open(chamber.meeting_id, "m1-b1")).slips == ()
    await chamber.close()


async def test_a_box_that_does_not_add_up_is_said_and_not_counted(
    store: Store, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    await stored(opened("Ada", "Bo", method="electronic"), store)
    chamber = await open_chamber(store.log, clock)
    await chamber.execute(Actor("m2"), el.CastBallot((), CODES[0]), "c1")
    await store.ballots.empty(chamber.meeting_id, "m1-b1")
    await chamber.execute(CHAIR, el.CloseBallot(), "close")
    watch = ElectionWatch(chamber, store.ballots)
    await watch.attend()
    await watch.attend()
    assert the_ballot(chamber).status == "closed"
    assert caplog.text.count("box-mismatch") == 1
    await chamber.close()


async def test_lots_are_sealed_before_the_numbers_and_opened_after(store: Store, clock: SetClock) -> None:
    await stored(counted(2, 2), store)
    chamber = await open_chamber(store.log, clock)
    watch = ElectionWatch(chamber, store.ballots)
    await chamber.execute(CHAIR, el.DrawLots(), "draw")
    await watch.attend()
    draw = the_ballot(chamber).draws[0]
    assert draw.seal is not None
    await watch.attend()
    assert the_ballot(chamber).draws[0].secret is None
    said = (SaidNumber("m2", 4), SaidNumber("m3", 7))
    await chamber.execute(CHAIR, el.SayNumbers(said), "say")
    await ElectionWatch(chamber, store.ballots).attend()
    draw = the_ballot(chamber).draws[0]
    assert draw.secret is not None
    assert draw.total == draw.secret + 11
    assert hashlib.sha256(f"{draw.secret}:{draw.nonce}".encode()).hexdigest() == draw.seal
    await chamber.close()
