"""A party group's own order between its substitutes: where it may, before whom, and what follows."""

from __future__ import annotations

from typing import Any

import pytest

from meeting_server.meeting import reordering as ro
from meeting_server.meeting import substitutes as sb
from meeting_server.meeting.substitution import next_substitute
from meeting_server.minutes.compose import compose
from meeting_server.minutes.editing import section_text
from meeting_server.wire.view import view
from meeting_server.wire.visibility import Viewer
from tests.builders import SECRETARY, Hall, hall, members, person

SUBSTITUTES = tuple(
    person(one, party, "substitute", order)
    for one, party, order in (("eva", "A", 1), ("ulla", "B", 2), ("ulf", "A", 3), ("ove", "A", 5))
)
ROSTER = (*members(5), *SUBSTITUTES, SECRETARY)


def committee(**about: Any) -> Hall:
    """A committee not yet opened whose rules let a group choose; m4 of A will be missing."""
    settings = {"kind": "committee", "group_reorders": True, **about}
    return hall(roster=ROSTER, **settings).in_room("anna", "m2", "m3", "m5", "eva", "ulla", "ulf", "ove")


def offered(held: Hall, role: Any, one: str) -> bool:
    steps: Any = view(held.meeting, Viewer(role, one), held.meeting.at)["steps"]
    return "Ändra ersättarnas ordning" in [step["label"] for step in steps["seconds"]]


def test_the_groups_order_holds_and_keeps_its_places_in_the_whole_list() -> None:
    held = committee().opened()
    assert next_substitute(held.meeting, "m4") == "eva"
    assert offered(held, "chair", "anna")
    assert offered(held, "secretary", "sara")
    held.give(ro.ReorderSubstitutes("A", ("ove", "eva", "ulf")), "sara")
    assert next_substitute(held.meeting, "m4") == "ove"
    assert held.meeting.turns == {"ove": 1, "eva": 3, "ulf": 5}
    assert ro.reorderable(held.meeting) == ("A",)
    held.give(sb.CallInSubstitute("ove", "m4"), "sara")
    assert held.refusal(ro.ReorderSubstitutes("A", ("ulf", "eva", "ove"))).code == "substitute-serving"
    assert not offered(held, "chair", "anna")
    held.roll_call().takes_up()
    text = " ".join(section_text(s) for p in compose(held.log).paragraphs for s in p.sections)
    assert "A har bestämt att ersättarna kallas in i ordningen Ove A-son (A), Eva A-son (A) och Ulf" in text


@pytest.mark.parametrize(
    ("about", "cites"), [({"group_reorders": False}, "KL 6:17"), ({"kind": "assembly"}, "KL 5:18")]
)
def test_elsewhere_the_order_stands(about: dict[str, Any], cites: str) -> None:
    held = committee(**about)
    refused = held.refusal(ro.ReorderSubstitutes("A", ("ove", "eva", "ulf")))
    assert (refused.code, refused.cites) == ("group-order", cites)
    assert not offered(held, "chair", "anna")


@pytest.mark.parametrize(
    ("party", "order"),
    [
        ("A", ("ove", "eva")),
        ("A", ("ove", "eva", "eva")),
        ("A", ("ove", "eva", "ulla")),
        ("B", ("ulla",)),
        ("X", ()),
    ],
)
def test_the_whole_group_is_named_once_each(party: str, order: tuple[str, ...]) -> None:
    assert committee().refusal(ro.ReorderSubstitutes(party, order)).code == "order-incomplete"


def test_it_is_said_before_the_matters() -> None:
    held = committee().roll_call()
    assert held.refusal(ro.ReorderSubstitutes("A", ("ove", "eva", "ulf"))).code == "meeting-open"
