"""The notice board keeps what was posted, where and when; on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from meeting_server.store import Store
from meeting_server.store.notices import AlreadyPosted, Contents, announced_days
from meeting_server.store.summons_sent import Letter, sent_days
from tests.store.rows import at

OWN, OTHER = "Ekhamra kommun", "Granköpings kommun"
DAY = date(2026, 11, 23)


START, LATER = "2026-12-01T09:00:00+01:00", "2026-12-08T09:00:00+01:00"


async def post(
    store: Store, scope: str = "minutes", kind: str = "verified_minutes", tells_of: str = ""
) -> int:
    return await store.notice_board.post(
        organisation=OWN,
        meeting_id="ks",
        scope=scope,
        kind=kind,
        title="Kommunstyrelsen",
        contents=Contents((("Organ", "Kommunstyrelsen"),), ("Upprop",), "Text"),
        on=DAY,
        by="karin",
        at=at(0),
        tells_of=tells_of,
    )


async def test_a_notice_is_read_back_as_it_was_posted(store: Store) -> None:
    number = await post(store)
    [found] = await store.notice_board.up()
    assert (found.id, found.title, found.is_up) == (number, "Kommunstyrelsen", True)
    assert found.contents == Contents((("Organ", "Kommunstyrelsen"),), ("Upprop",), "Text")
    assert [(each.organisation, each.posted_on, each.posted_by) for each in found.postings] == [
        (OWN, DAY, "karin")
    ]
    assert await store.notice_board.notice(number + 1) is None


async def test_the_same_thing_is_posted_once(store: Store) -> None:
    number = await post(store)
    with pytest.raises(AlreadyPosted):
        await post(store)
    await store.notice_board.also_posted(number, OTHER, on=DAY, by="karin", at=at(1))
    with pytest.raises(AlreadyPosted):
        await store.notice_board.also_posted(number, OTHER, on=DAY, by="karin", at=at(2))
    [found] = await store.notice_board.of_meeting("ks")
    assert [each.organisation for each in found.postings] == [OWN, OTHER]


async def test_what_is_taken_down_is_kept_with_its_days(store: Store) -> None:
    first, second = await post(store), await post(store, "m5")
    await store.notice_board.take_down(first, on=date(2026, 12, 15), by="stellan", at=at(5))
    await store.notice_board.take_down(first, on=date(2026, 12, 20), by="karin", at=at(9))
    assert [each.id for each in await store.notice_board.up()] == [second]
    found = await store.notice_board.notice(first)
    assert found is not None
    assert (found.own.removed_on, found.own.removed_by, found.own.removed_at) == (
        date(2026, 12, 15),
        "stellan",
        at(5),
    )


async def test_the_day_a_meeting_was_announced_comes_from_the_notice_board(store: Store) -> None:
    await post(store, "meeting", "assembly_meeting", START)
    await post(store, "m9", "assembly_meeting", START)
    await post(store)
    days = await store.database.read(
        lambda connection: announced_days(connection, {"ks": START, "kf": START})
    )
    assert days == {"ks": {"meeting": "2026-11-23", "m9": "2026-11-23"}}
    days = await store.database.read(lambda connection: announced_days(connection, {"ks": LATER}))
    assert days == {}  # moved: nobody has been told of that time
    with pytest.raises(AlreadyPosted):
        await post(store, "meeting", "assembly_meeting", START)
    await post(store, "meeting", "assembly_meeting", LATER)
    days = await store.database.read(lambda connection: announced_days(connection, {"ks": LATER}))
    assert days == {"ks": {"meeting": "2026-11-23"}}


async def test_who_was_called_to_another_time_was_not_called(store: Store) -> None:
    for scope, start in (("meeting", START), ("m9", START), ("meeting", LATER)):
        day = DAY if start == START else date(2026, 11, 30)
        await store.summons.record("ks", Letter(scope, None, None, True, "Brev", day, "karin", at(0), start))
    assert [each.tells_of for each in await store.summons.letters("ks")] == [START, START, LATER]
    for start, expected in (
        (START, {"ks": {"meeting": "2026-11-23", "m9": "2026-11-23"}}),
        (LATER, {"ks": {"meeting": "2026-11-30"}}),
        ("2026-12-08T10:00:00+01:00", {}),
    ):
        found = await store.database.read(lambda c, start=start: sent_days(c, {"ks": start}))  # type: ignore[misc]
        assert found == expected
