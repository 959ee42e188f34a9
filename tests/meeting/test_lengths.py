"""A text that somebody writes has room or is refused with its length and the limit."""

from __future__ import annotations

import dataclasses

import pytest

from meeting_server.meeting import Refusal
from meeting_server.meeting.commands import COMMANDS
from meeting_server.meeting.conduct import Admonish
from meeting_server.meeting.elections import Nominate
from meeting_server.meeting.lengths import LONGEST, require_lengths
from meeting_server.meeting.sitting import PauseMeeting
from meeting_server.meeting.urgency import AddMatter
from tests.builders import matter as a_matter
from tests.builders import under_way

MADE_BY_PROGRAMS = {
    "code", "padding", "codes", "seal", "nonce", "sha256", "announced_on", "told_on", "begins_at", "ends_at",
}  # fmt: skip


def matter(**more: object) -> AddMatter:
    return dataclasses.replace(AddMatter("Rubrik"), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("make", "called", "longest"),
    [
        (lambda text: matter(title=text), "Rubriken", 300),
        (lambda text: matter(reference=text), "Diarienumret", 60),
        (lambda text: matter(background=text), "Bakgrunden", 10_000),
        (lambda text: matter(points=("Kort.", text)), "En beslutspunkt", 4_000),
        (lambda text: Nominate(text), "Namnet", 120),
        (lambda text: Nominate("Ada", text), "Partibeteckningen", 20),
        (lambda text: PauseMeeting(reason=text), "Skälet", 1_000),
        (lambda text: Admonish("Ropar.", listener=text), "Namnet", 120),
    ],
)
def test_a_text_below_or_at_the_limit_has_room_and_one_above_is_refused(
    make: object, called: str, longest: int
) -> None:
    assert callable(make)
    require_lengths(make("x" * (longest - 1)))
    require_lengths(make("  " + "x" * longest + "\n"))
    with pytest.raises(Refusal) as refused:
        require_lengths(make("x" * (longest + 1)))
    assert refused.value.code == "text-too-long"
    assert refused.value.because == f"{called} har {longest + 1} tecken; högst {longest} får plats."
    assert refused.value.facts == {"length": longest + 1, "longest": longest}


def test_a_command_with_too_long_a_text_changes_nothing() -> None:
    held = under_way(4, kind="assembly", agenda=(a_matter("m1"),))
    before = held.meeting
    assert held.refusal(matter(title="x" * 301), "sara").code == "text-too-long"
    assert held.refusal(matter(title="x" * 301), "m2").code == "not-your-role"
    assert held.meeting == before
    held.give(matter(title="x" * 300), "sara")


def test_what_is_not_written_has_room() -> None:
    require_lengths(PauseMeeting())


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_free_text_of_a_command_has_a_limit(name: str) -> None:
    written = {
        field.name
        for field in dataclasses.fields(COMMANDS[name].command)  # type: ignore[arg-type]
        if field.type in ("str", "str | None", "tuple[str, ...]")
    }
    assert written <= LONGEST.keys() | MADE_BY_PROGRAMS
