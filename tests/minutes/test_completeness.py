"""What the minutes lack of KL 5:66–67, point by point."""

import dataclasses

import pytest

from meeting_server.meeting.deciding import Gavel
from meeting_server.meeting.proposals import Propose
from meeting_server.meeting.reservations import Reserve
from meeting_server.minutes import texts
from meeting_server.minutes.completeness import content, missing
from meeting_server.minutes.document import Minutes
from tests.minutes.hall import CHAIR, Hall
from tests.minutes.reading_aloud import minutes_of


def whole() -> Minutes:
    """Minutes with a proposal, a division and a reservation; nothing lacks."""
    hall = Hall().open().take_up("m3").act("p4", Propose("counter", "Remissen avstyrks.")).put()
    hall.divide("m3-p0", "p4", ("p4", "p5")).act(CHAIR, Gavel()).act("p4", Reserve("m3")).close()
    return minutes_of(hall)


def edited(minutes: Minutes, old: str, new: str) -> Minutes:
    paragraph = minutes.paragraphs[0]
    text = texts.editing_text(paragraph)
    assert old in text
    return texts.apply(minutes, {paragraph.matter: texts.save(paragraph, text.replace(old, new))})


def test_minutes_composed_from_the_log_lack_nothing() -> None:
    assert missing(whole()) == ()
    assert {one.state for one in content(whole().paragraphs[0], True)} == {"ok"}


@pytest.mark.parametrize(
    ("old", "new", "point", "code"),
    [
        ("Rut Rosenlöf (A) yrkar följande", "Någon yrkar följande", "5:67 p. 1", "proposals"),
        ("# Beslutsgång", "# Annat", "5:67 p. 2", "order_of_questions"),
        ("3 ja-röster och 2 nej-röster", "några röster", "5:67 p. 3", "divisions"),
        ("# Beslut\n", "# Annat\n", "5:67 p. 4", "decisions"),
        ("reserverar sig Rut Rosenlöf", "reserverar sig någon", "5:67 p. 6", "reservations"),
    ],
)
def test_what_an_edit_took_away_is_missing_under_its_point(old: str, new: str, point: str, code: str) -> None:
    lacking = missing(edited(whole(), old, new))
    assert [(one.point, one.code, one.paragraph) for one in lacking] == [(point, code, 208)]
    assert (
        lacking[0].text.startswith("§\u00a0208 visar inte vilk")
        or "omröstningar" in lacking[0].text
        or "ordning" in lacking[0].text
    )


def test_a_list_of_votes_that_stands_nowhere_is_missing() -> None:
    minutes = whole()
    paragraph = minutes.paragraphs[0]
    bare = tuple(
        dataclasses.replace(one, blocks=tuple(b for b in one.blocks if b.kind != "votes"))
        for one in paragraph.sections
    )
    stripped = dataclasses.replace(minutes, paragraphs=(dataclasses.replace(paragraph, sections=bare),))
    assert [one.point for one in missing(stripped)] == ["5:67 p. 5"]


def test_minutes_of_nobody_and_nothing_lack_both_of_66() -> None:
    assert [one.point for one in missing(minutes_of(Hall()))] == ["5:66", "5:66"]


def test_while_the_matter_is_open_the_decision_comes_later() -> None:
    paragraph = minutes_of(Hall().open().take_up("m3")).paragraphs[0]
    states = {one.code: one.state for one in content(paragraph, False)}
    assert states == {
        "proposals": "ok",
        "order_of_questions": "none",
        "divisions": "none",
        "decisions": "later",
        "taking_part": "later",
        "reservations": "later",
    }


def test_a_matter_left_without_decision_lacks_it() -> None:
    paragraph = dataclasses.replace(minutes_of(Hall().open().take_up("m3")).paragraphs[0], finished_at="x")
    assert {one.code: one.state for one in content(paragraph, True)}["decisions"] == "missing"
