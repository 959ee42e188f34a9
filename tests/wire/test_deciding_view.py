"""What the screens are told of deciding: the chair's own vote, the order of the call, blocks, majorities."""

from __future__ import annotations

from typing import Any

import pytest

from meeting_server.meeting import blocks as bl
from meeting_server.meeting.convening import QualifiedMajority
from meeting_server.wire.needs import needs
from meeting_server.wire.view import view
from meeting_server.wire.visibility import Viewer
from tests.builders import Hall, matter, under_way


def sections(held: Hall, role: Any = "chair", person: str | None = "anna") -> dict[str, Any]:
    """The view of one who looks."""
    return view(held.meeting, Viewer(role, person), held.meeting.at)


def own_vote(held: Hall) -> list[dict[str, Any]]:
    """What the chair is told of the own vote."""
    return [n for n in needs(held.meeting, "anna") if n["kind"] == "chair-vote"]


@pytest.mark.parametrize(
    ("last", "order"), [(True, ["m2", "m3", "m4", "m5", "anna"]), (False, ["anna", "m2", "m3", "m4", "m5"])]
)
def test_the_chair_is_called_last_where_the_rules_say_so(*, last: bool, order: list[str]) -> None:
    held = under_way(chair_votes_last=last).divided()
    assert sections(held)["division"]["missing"] == order


def test_a_chair_who_alone_has_not_voted_is_told_of_the_duty_to() -> None:
    held = under_way().divided().votes(m2="no", m3="yes", m4="no")
    assert not own_vote(held)
    held.votes(m5="yes")
    [need] = own_vote(held)
    assert "4 kap. 25 §" in need["text"]
    assert need["actions"][0]["blocked"] is None
    assert sections(held)["steps"]["primary"]["sub"] == "Alla utom du har röstat"
    held.votes(anna="yes")
    assert not own_vote(held)


def test_what_the_decision_needs_is_told_with_the_numbers_and_then_whether_it_is_reached() -> None:
    terms = QualifiedMajority("other_than_party")
    held = under_way(kind="assembly", agenda=(matter("m1", majority=terms),)).divided()
    needed = sections(held, "hall", None)["matter"]["majority"]
    assert needed["text"] == "Bifall kräver minst två tredjedelar av de närvarande; 4 av 5 nu."
    assert sections(held, "hall", None)["division"]["majority"] is None
    held.votes(anna="yes", m2="no", m3="yes", m4="yes").division_closed()
    division = sections(held, "hall", None)["division"]
    assert (division["majority"]["reached"], division["carried_label"]) == (False, "Avslag")
    assert division["majority"]["text"].startswith("Krävs minst 4 av 5 närvarande; 3 röstar för.")


def test_a_block_is_told_to_all_and_what_may_stand_in_one_to_the_chair() -> None:
    held = under_way(kind="assembly", agenda=tuple(matter(f"m{n}") for n in (1, 2, 3)))
    assert sections(held)["blockable"] == ["m1", "m2", "m3"]
    held.give(bl.TakeUpBlock(("m1", "m3")))
    told = sections(held, "member", "m2")
    assert [row["matter"] for row in told["block"]["matters"]] == ["m1", "m3"]
    assert told["me"]["can"]["lift-from-block"] is None
    assert "blockable" not in told
    assert sections(held)["steps"]["primary"]["label"] == "Klubba: 2 ärenden enligt förslagen"
    held.give(bl.DecideBlock())
    assert sections(held)["block"] is None
