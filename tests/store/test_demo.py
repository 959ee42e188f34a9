"""The demonstration loads on any day, lawfully, and the example file is the description of the format."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from importlib.resources import files
from xml.etree import ElementTree

import pytest

from meeting_server.demo.data import demo_links, demo_register, load_demo, swedish_day
from meeting_server.demo.portraits import portrait
from meeting_server.store import Store, register_words
from meeting_server.store.register_checks import faults_of
from tests.store.rows import a_row

EXAMPLE = (files("meeting_server.demo") / "ekhamra.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "today", [date(2026, 11, 21), date(2026, 12, 31), date(2027, 1, 1), date(2028, 2, 29), date(2031, 7, 1)]
)
def test_the_demonstration_is_lawful_on_any_day(today: date) -> None:
    register = demo_register(today)
    assert faults_of(register) == []
    assert {meeting.starts_at.date() for meeting in register.meetings} == {today}


def test_a_meeting_in_summer_begins_at_the_same_hour() -> None:
    starts = {
        meeting.id: meeting.starts_at.isoformat() for meeting in demo_register(date(2027, 7, 1)).meetings
    }
    assert starts["kf"] == "2027-07-01T18:30:00+02:00"


async def test_the_three_meetings_are_what_the_demonstration_promises(store: Store) -> None:
    links = await load_demo(store, date(2026, 11, 21))
    assert [(meeting.id, len(meeting.members)) for meeting in links.meetings] == [
        ("ks", 13),
        ("bn", 9),
        ("kf", 61),
    ]
    assert [len(meeting.substitutes) for meeting in links.meetings] == [10, 5, 32]
    distances = {m.id: (await store.register.convened(m.id)).standing_orders.distance for m in links.meetings}
    assert distances == {"ks": "all_may", "bn": "not_allowed", "kf": "some_may"}
    assert {link.role for link in links.links} == {
        "chair",
        "secretary",
        "member",
        "substitute",
        "attendee",
        "hall",
    }
    assert await demo_links(store) == links
    references = [matter.reference for matter in (await store.register.convened("ks")).agenda]
    assert references == [None, None, None, "KS 2024/991", "002-879/2014", "KS 2026/412"]
    assert (await store.register.photo("nilla-nordanang")) is not None


async def test_loading_again_leaves_a_meeting_that_has_begun(store: Store) -> None:
    await load_demo(store, date(2026, 11, 21))
    await store.log.append("ks", 0, [a_row(type="meeting-convened")])
    links = await load_demo(store, date(2026, 11, 22))
    assert [meeting.starts_at.day for meeting in links.meetings] == [21, 22, 22]


async def test_nothing_loaded_has_no_links(store: Store) -> None:
    assert await demo_links(store) == type(await demo_links(store))((), ())


def test_a_portrait_is_the_same_every_time_and_well_formed() -> None:
    drawn = {portrait(person.id) for person in demo_register(date(2026, 11, 21)).persons}
    assert len(drawn) > 60
    for picture in drawn:
        assert ElementTree.fromstring(picture).tag == "{http://www.w3.org/2000/svg}svg"
    assert portrait("nilla-nordanang") == portrait("nilla-nordanang")


def test_the_example_names_every_word_the_format_knows() -> None:
    vocabularies = [words for name, words in vars(register_words).items() if name.endswith(("S", "M"))]
    known = {word for words in vocabularies for word in words}
    assert len(known) > 25
    missing = [word for word in known if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", EXAMPLE)]
    assert missing == []


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 11, 28, 22, 59, 59, tzinfo=UTC), date(2026, 11, 28)),
        (datetime(2026, 11, 28, 23, 0, tzinfo=UTC), date(2026, 11, 29)),
        (datetime(2026, 6, 28, 21, 59, 59, tzinfo=UTC), date(2026, 6, 28)),
        (datetime(2026, 6, 28, 22, 0, tzinfo=UTC), date(2026, 6, 29)),
    ],
)
def test_the_demonstration_is_on_the_swedish_day(at: datetime, day: date) -> None:
    """On a machine by another clock its meetings were of yesterday for an hour or two each night."""
    assert swedish_day(at) == day
