"""The chamber: one order, one answer per command, and memory that agrees with the log whatever happens."""

from __future__ import annotations

import asyncio

import pytest

from meeting_server.live.chamber import BATCH, Chamber, ChamberClosed, Log, records_of
from meeting_server.meeting import Actor, Record, Refusal, replay
from meeting_server.meeting.divisions import CastVote, CloseDivision, OpenDivision, VoidDivision, VoteCast
from meeting_server.meeting.proposals import Propose, StateMotivation
from meeting_server.meeting.reservations import AddStatement, Reserve
from meeting_server.meeting.urgency import AddMatter
from meeting_server.store import Store
from meeting_server.wire.events import NAMES
from tests.live.place import MEETING, NO, YES, BrokenLog, SetClock, a_division, open_chamber, stored


def by(person: str) -> Actor:
    return Actor(person)


def votes_in(records: list[Record]) -> list[tuple[str, str]]:
    return [(r.event.person, r.event.vote) for r in records if isinstance(r.event, VoteCast)]


async def a_chamber(store: Store, clock: SetClock, members: int = 5, log: Log | None = None) -> Chamber:
    await stored(a_division(members), store)
    return await open_chamber(log or store.log, clock)


async def test_simultaneous_votes_are_taken_one_at_a_time_and_none_is_lost(
    store: Store, clock: SetClock
) -> None:
    chamber = await a_chamber(store, clock, members=61)
    people = [person.id for person in chamber.meeting.people.values() if person.role == "member"]
    seqs = await asyncio.gather(*(chamber.execute(by(one), YES, "v") for one in people))
    assert sorted(seqs) == list(range(min(seqs), min(seqs) + 61))
    assert votes_in(chamber.records) == [(one, "yes") for one in people]
    await chamber.close()


async def test_many_commands_are_stored_in_few_transactions(store: Store, clock: SetClock) -> None:
    log = BrokenLog(store)
    chamber = await a_chamber(store, clock, members=61, log=log)
    people = [person.id for person in chamber.meeting.people.values() if person.role == "member"]
    await asyncio.gather(*(chamber.execute(by(one), YES, "v") for one in people))
    assert log.appends <= 1 + 61 // BATCH + 1
    await chamber.close()


async def test_a_listener_hears_records_in_order_after_they_are_stored(store: Store, clock: SetClock) -> None:
    chamber = await a_chamber(store, clock)
    heard: list[int] = []

    chamber.listen(lambda records, meeting: heard.extend(record.seq for record in records))
    before = chamber.seq
    await asyncio.gather(*(chamber.execute(by(one), YES, "v") for one in ("anna", "m2", "m3")))
    assert heard == [before + 1, before + 2, before + 3]
    assert len(await store.log.read(MEETING, after=before)) == 3
    await chamber.close()


async def test_who_waits_for_the_answers_waits_from_the_asking_to_the_last(
    store: Store, clock: SetClock
) -> None:
    chamber = await a_chamber(store, clock)
    await chamber.answered()
    asked = asyncio.create_task(chamber.execute(by("anna"), YES, "v"))
    await asyncio.sleep(0)
    heard: list[bool] = []
    waiting = asyncio.create_task(chamber.answered())
    chamber.listen(lambda *_: heard.append(waiting.done()))
    await waiting
    assert heard == [False]
    await asked
    await chamber.close()


async def test_a_failing_listener_harms_neither_the_vote_nor_the_other_listeners(
    store: Store, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    chamber = await a_chamber(store, clock)
    heard: list[int] = []

    def fails(*_: object) -> None:
        raise RuntimeError("a page is broken")

    chamber.listen(fails)
    chamber.listen(lambda records, meeting: heard.append(len(records)))
    await chamber.execute(by("anna"), YES, "v")
    assert heard == [1]
    assert "a listener" in caplog.text
    await chamber.close()


async def test_a_text_the_minutes_cannot_print_is_refused_before_it_is_stored(
    store: Store, clock: SetClock
) -> None:
    chamber = await a_chamber(store, clock)
    before = chamber.seq
    for command in (
        Propose("counter", "Avslag 😀 مع 😀"),
        AddMatter("Ny 😀 fråga مع"),
        Reserve("m2", "Nej 😀 مع"),
        AddStatement("anna", "m2", "مع 😀"),
        StateMotivation("m2-p0", "مع 😀"),
    ):
        with pytest.raises(Refusal) as refusal:
            await chamber.execute(by("anna"), command, None)
        assert refusal.value.code == "text-glyphs"
        assert refusal.value.because == (
            "Tecknen «ع» (U+0639), «م» (U+0645) och «😀» (U+1F600) kan inte skrivas i protokollet. "
            "Ta bort dem eller skriv med ord."
        )
    with pytest.raises(Refusal, match=r"^Tecknet U\+FE0F VARIATION SELECTOR-16 kan inte skrivas"):
        await chamber.execute(by("anna"), Propose("counter", "Nej\ufe0f"), "invisible")
    with pytest.raises(Refusal, match=r"^Tecknet U\+D83D utan namn kan inte skrivas"):
        await chamber.execute(by("anna"), Propose("counter", "half \ud83d"), "half")
    with pytest.raises(Refusal) as lawful:
        await chamber.execute(by("anna"), Propose("counter", "Avslag på «Ćwiklińska–Müller»"), "even")
    assert lawful.value.code != "text-glyphs"
    assert chamber.seq == before
    await chamber.close()


async def test_the_same_command_twice_is_one_vote_and_one_answer(store: Store, clock: SetClock) -> None:
    chamber = await a_chamber(store, clock)
    first = await chamber.execute(by("m2"), YES, "click")
    assert await chamber.execute(by("m2"), YES, "click") == first
    assert votes_in(chamber.records) == [("m2", "yes")]
    await chamber.close()


async def test_the_same_command_twice_in_the_same_batch_is_one_vote(store: Store, clock: SetClock) -> None:
    chamber = await a_chamber(store, clock)
    first, second = await asyncio.gather(*(chamber.execute(by("m2"), YES, "click") for _ in range(2)))
    assert first == second
    assert votes_in(chamber.records) == [("m2", "yes")]
    await chamber.close()


async def test_the_same_command_after_a_restart_gets_the_same_answer(store: Store, clock: SetClock) -> None:
    chamber = await a_chamber(store, clock)
    first = await chamber.execute(by("m2"), YES, "click")
    await chamber.close()
    again = await open_chamber(store.log, clock)
    assert await again.execute(by("m2"), YES, "click") == first
    assert votes_in(again.records) == [("m2", "yes")]
    await again.close()


async def test_a_refused_command_gets_the_same_refusal_also_when_it_would_now_be_allowed(
    store: Store, clock: SetClock
) -> None:
    chamber = await a_chamber(store, clock)
    await chamber.execute(by("anna"), CloseDivision(), "close")
    with pytest.raises(Refusal) as first:
        await chamber.execute(by("m2"), YES, "late")
    await chamber.execute(by("anna"), VoidDivision("Fel fråga visades."), "void")
    await chamber.execute(by("anna"), OpenDivision(), "again")
    with pytest.raises(Refusal) as second:
        await chamber.execute(by("m2"), YES, "late")
    assert first.value.code == second.value.code == "division-closed"
    await chamber.execute(by("m2"), YES, "new click")
    await chamber.close()


async def test_one_persons_command_id_does_not_use_up_anothers(store: Store, clock: SetClock) -> None:
    chamber = await a_chamber(store, clock)
    await chamber.execute(by("m2"), YES, "1")
    await chamber.execute(by("m3"), NO, "1")
    assert votes_in(chamber.records) == [("m2", "yes"), ("m3", "no")]
    await chamber.close()


async def test_a_refusal_in_a_batch_leaves_its_neighbours_alone(store: Store, clock: SetClock) -> None:
    chamber = await a_chamber(store, clock)
    answers = await asyncio.gather(
        chamber.execute(by("m2"), YES, "a"),
        chamber.execute(by("sara"), YES, "b"),
        chamber.execute(by("m3"), NO, "c"),
        return_exceptions=True,
    )
    assert [isinstance(answer, Refusal) for answer in answers] == [False, True, False]
    assert votes_in(chamber.records) == [("m2", "yes"), ("m3", "no")]
    await chamber.close()


async def test_a_fault_in_one_command_leaves_its_neighbours_alone(
    store: Store, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    chamber = await a_chamber(store, clock)
    answers = await asyncio.gather(
        chamber.execute(by("m2"), YES, "a"),
        chamber.execute(by("m3"), object(), "b"),  # type: ignore[arg-type]
        return_exceptions=True,
    )
    assert answers[0] == chamber.seq
    assert isinstance(answers[1], Refusal)
    assert answers[1].code == "fault"
    assert "object failed" in caplog.text
    await chamber.close()


async def test_a_caller_who_vanishes_between_commit_and_answer_leaves_log_and_memory_agreeing(
    store: Store, clock: SetClock
) -> None:
    log = BrokenLog(store)
    chamber = await a_chamber(store, clock, log=log)
    log.delay = 0.05
    caller = asyncio.create_task(chamber.execute(by("m2"), YES, "click"))
    await asyncio.sleep(0.02)
    caller.cancel()
    log.delay = 0.0
    await chamber.execute(by("m3"), NO, "click")
    rows = await store.log.read(MEETING)
    assert len(rows) == chamber.seq
    assert votes_in(chamber.records) == [("m2", "yes"), ("m3", "no")]
    assert replay(records_of(rows)) == chamber.meeting
    await chamber.close()


async def test_two_writers_lose_nothing_and_see_the_same(store: Store, clock: SetClock) -> None:
    one = await a_chamber(store, clock, members=31)
    other = await open_chamber(store.log, clock)
    people = [person.id for person in one.meeting.people.values() if person.role == "member"]
    await asyncio.gather(
        *((one if n % 2 else other).execute(by(person), YES, "v") for n, person in enumerate(people))
    )
    one.heard_of(None)
    other.heard_of(None)
    await one.close()
    await other.close()
    assert one.meeting == other.meeting
    assert sorted(person for person, _ in votes_in(one.records)) == sorted(people)


async def test_a_writer_elsewhere_is_heard_of(store: Store, clock: SetClock) -> None:
    one = await a_chamber(store, clock)
    other = await open_chamber(store.log, clock)
    seq = await other.execute(by("m2"), YES, "v")
    one.heard_of(seq)
    await one.close()
    assert votes_in(one.records) == [("m2", "yes")]
    await other.close()


async def test_a_full_disk_refuses_everybody_and_leaves_memory_as_the_log(
    store: Store, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    log = BrokenLog(store)
    chamber = await a_chamber(store, clock, log=log)
    before = chamber.meeting
    log.fails_before = True
    answers = await asyncio.gather(
        *(chamber.execute(by(one), YES, "v") for one in ("m2", "m3")), return_exceptions=True
    )
    assert [answer.code for answer in answers if isinstance(answer, Refusal)] == ["storage", "storage"]
    assert "Inget registrerades" in str(answers[0])
    assert chamber.meeting == before
    log.fails_before = False
    assert await chamber.execute(by("m2"), YES, "v") == before.seq + 1
    await chamber.close()


async def test_a_commit_whose_receipt_was_lost_is_answered_as_done(
    store: Store, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    log = BrokenLog(store)
    chamber = await a_chamber(store, clock, log=log)
    before = chamber.seq
    log.fails_after = True
    assert await chamber.execute(by("m2"), YES, "v") == before + 1
    await chamber.close()


async def test_nothing_is_claimed_when_storage_can_neither_be_written_nor_read(
    store: Store, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    log = BrokenLog(store)
    chamber = await a_chamber(store, clock, log=log)
    log.fails_after = log.is_unreadable = True
    with pytest.raises(Refusal, match="görs inte två gånger"):
        await chamber.execute(by("m2"), YES, "v")
    log.fails_after = log.is_unreadable = False
    assert await chamber.execute(by("m2"), YES, "v") == chamber.seq
    assert votes_in(chamber.records) == [("m2", "yes")]
    await chamber.close()


async def test_a_clock_set_back_does_not_make_the_log_run_backwards(store: Store, clock: SetClock) -> None:
    chamber = await a_chamber(store, clock)
    clock.step(3600)
    await chamber.execute(by("m2"), YES, "a")
    clock.step(-7200)
    await chamber.execute(by("m3"), YES, "b")
    times = [record.at for record in chamber.records]
    assert times == sorted(times)
    await chamber.close()


async def test_a_closing_chamber_finishes_what_waits_and_takes_nothing_more(
    store: Store, clock: SetClock
) -> None:
    chamber = await a_chamber(store, clock)
    waiting = [asyncio.create_task(chamber.execute(by(one), YES, "v")) for one in ("m2", "m3")]
    await asyncio.sleep(0)
    await chamber.close()
    assert [await each for each in waiting] == [chamber.seq - 1, chamber.seq]
    with pytest.raises(ChamberClosed):
        await chamber.execute(by("m4"), YES, "v")


async def test_every_stored_event_has_the_name_the_wire_gives_it(store: Store, clock: SetClock) -> None:
    chamber = await a_chamber(store, clock)
    await chamber.execute(by("m2"), CastVote("abstain"), "v")
    [row] = await store.log.read(MEETING, after=chamber.seq - 1)
    assert row.type == NAMES[VoteCast]
    assert row.command_id == "m2/v"
    await chamber.close()
