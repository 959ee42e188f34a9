"""Why somebody does not count: each reason has its own code, ground and words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from meeting_server.meeting import conflicts as cf
from meeting_server.meeting import presence as pr
from meeting_server.meeting import proposals as pp
from meeting_server.meeting import substitutes as sb
from meeting_server.meeting.actors import SYSTEM
from tests.builders import SECRETARY, Hall, hall, members, person

PRESIDIUM = (
    *members(5),
    person("viv", "A", order=6, presidium="first_vice_chair"),
    person("eva", "A", "substitute", 1),
    SECRETARY,
)


def meeting() -> Hall:
    """An assembly of six in m1: m2 at a distance, m4 and viv not there, the substitute eva in the room."""
    held = hall(roster=PRESIDIUM, kind="assembly").in_room("anna", "m3", "m5", "eva").remotely("m2")
    return held.roll_call().takes_up()


def is_disqualified(held: Hall) -> str:
    held.give(cf.DeclareConflict("m1"), "m2")
    return "m2"


def is_a_viewer(held: Hall) -> str:
    held.in_lobby("viv")
    return "viv"


def has_lost_the_link(held: Hall) -> str:
    held.loses_link("m2")
    return "m2"


def is_back_unconfirmed(held: Hall) -> str:
    held.loses_link("m2").give(pr.RestoreLink("m2"), SYSTEM)
    return "m2"


def has_not_come(held: Hall) -> str:
    del held
    return "m4"


def has_left_and_come_back(held: Hall) -> str:
    held.give(pr.Depart(), "m3")
    held.in_room("m3")
    return "m3"


def is_replaced_until_the_next_matter(held: Hall) -> str:
    held.give(sb.CallInSubstitute("eva", "m4"), "sara")
    held.in_room("m4")
    return "m4"


def is_a_substitute(held: Hall) -> str:
    del held
    return "eva"


@pytest.mark.parametrize(
    ("becomes", "code", "cites", "words"),
    [
        (is_disqualified, "disqualified", "KL 5:47", "Du är jävig i § 140"),
        (is_a_viewer, "viewer", "KL 5:16", "Du följer som åskådare"),
        (has_lost_the_link, "link-lost", "KL 5:16", "Du har bruten förbindelse"),
        (is_back_unconfirmed, "not-confirmed", "KL 5:16", "Du är inte bekräftad av ordföranden"),
        (has_not_come, "not-present", "KL 5:45", "Du är inte närvarande"),
        (has_left_and_come_back, "no-return-same-day", "KL 5:20", "Du har avbrutit tjänstgöringen i dag"),
        (is_replaced_until_the_next_matter, "replaced", "KL 5:19", "Du ersätts av Eva A-son (A)"),
        (is_a_substitute, "not-serving", "KL 4:22", "Du är ersättare men tjänstgör inte"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_the_reason_is_said_with_its_ground(
    becomes: Callable[[Hall], str], code: str, cites: str, words: str
) -> None:
    held = meeting()
    refused = held.refusal(pp.Propose("counter", "x"), becomes(held))
    assert (refused.code, refused.cites) == (code, cites)
    assert refused.because.startswith(f"{words}")


def test_before_the_opening_the_phase_is_the_reason() -> None:
    assert hall().refusal(pp.Propose("counter", "x"), "m2").code == "meeting-not-opened"
