"""Whole minutes beside their logs: what a meeting comes to, word for word. REGOLD=1 writes them anew."""

import json
import os
from pathlib import Path

import pytest

from meeting_server.meeting import Record
from meeting_server.minutes.completeness import missing
from meeting_server.minutes.compose import compose
from meeting_server.minutes.document import Minutes, from_json, to_json
from meeting_server.wire.logfile import record_from_json
from tests.minutes import committee
from tests.minutes.reading_aloud import as_text, minutes_of

GOLDEN = Path(__file__).parent / "golden"
STORIES = Path(__file__).parents[1] / "meeting" / "stories"
STORY_NAMES = sorted(path.name.removesuffix(".log.json") for path in STORIES.glob("*.log.json"))


def story(name: str) -> list[Record]:
    """The golden log of a whole meeting."""
    rows = json.loads((STORIES / f"{name}.log.json").read_text(encoding="utf-8"))
    return [record_from_json(row) for row in rows]


def compare(name: str, minutes: Minutes) -> None:
    """Compare with the stored text, or store it when REGOLD is set."""
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("REGOLD"):
        GOLDEN.mkdir(exist_ok=True)
        file.write_text(as_text(minutes), encoding="utf-8")
    assert as_text(minutes) == file.read_text(encoding="utf-8")


def test_the_minutes_of_a_committee_meeting_read_as_stored() -> None:
    compare("committee", minutes_of(committee.held()))


def test_the_minutes_of_that_meeting_lack_nothing_and_survive_json() -> None:
    minutes = minutes_of(committee.held())
    assert missing(minutes) == ()
    assert from_json(to_json(minutes)) == minutes
    assert to_json(minutes) == to_json(minutes_of(committee.held()))


@pytest.mark.parametrize("name", STORY_NAMES)
def test_the_minutes_of_the_story_read_as_stored(name: str) -> None:
    compare(name, compose(story(name)))


@pytest.mark.parametrize("name", STORY_NAMES)
def test_the_minutes_of_the_story_lack_nothing_and_survive_json(name: str) -> None:
    minutes = compose(story(name))
    assert missing(minutes) == ()
    assert from_json(to_json(minutes)) == minutes


def test_minutes_can_be_composed_after_every_single_record() -> None:
    log = committee.held().log
    for end in range(1, len(log) + 1):
        made = compose(log[:end])
        assert made.log.seq == end
        assert made.complete == (end == len(log))


def test_a_log_that_does_not_begin_with_the_meeting_is_an_error() -> None:
    with pytest.raises(ValueError, match="begins with the meeting convened"):
        compose(committee.held().log[1:])


@pytest.mark.parametrize("text", ["[]", "{}", '{"schema": "klubban-minutes/2"}', "{"])
def test_other_json_is_not_minutes(text: str) -> None:
    with pytest.raises(ValueError):
        from_json(text)


def test_minutes_with_an_unknown_field_are_refused() -> None:
    data = json.loads(to_json(minutes_of(committee.held())))
    with pytest.raises(ValueError, match="extra"):
        from_json(json.dumps({**data, "extra": 1}))
