"""Whether the executive has had its say: asked before the matter and during it, and never stops anything."""

from __future__ import annotations

from typing import Any

import pytest

from meeting_server.meeting.convening import PreparedProposal
from meeting_server.wire.view import view
from meeting_server.wire.visibility import Viewer
from tests.builders import Hall, matter, under_way


def asked(held: Hall) -> list[Any]:
    told: Any = view(held.meeting, Viewer("chair", held.chair), held.meeting.at)
    return [need for need in told["steps"]["needs"] if need["kind"] == "opinion"]


def held_on(source: str, kind: str = "assembly") -> Hall:
    proposal = PreparedProposal(source, "Kommunfullmäktige beslutar", ("Bron byggs.",))
    return under_way(kind=kind, agenda=(matter("m1", proposal=proposal),))


@pytest.mark.parametrize(
    ("source", "kind", "is_asked"),
    [
        ("Tekniska nämndens förslag", "assembly", True),
        ("Demokratiberedningens förslag", "assembly", True),
        ("Kommunstyrelsens förslag", "assembly", False),
        ("Regionstyrelsens förslag", "assembly", False),
        ("Förvaltningens förslag", "committee", False),
    ],
)
def test_it_is_asked_in_an_assembly_when_another_than_the_executive_lays_the_proposal(
    source: str, kind: str, is_asked: bool
) -> None:
    held = held_on(source, kind)
    assert bool(asked(held)) is is_asked
    held.takes_up()
    assert bool(asked(held)) is is_asked


def test_the_question_names_the_proposal_and_the_paragraph_and_ends_with_the_decision() -> None:
    held = held_on("Tekniska nämndens förslag").takes_up()
    [need] = asked(held)
    assert need["text"].startswith("Till grund för § 140 ligger tekniska nämndens förslag, inte styrelsens.")
    assert "5 kap. 28 §" in need["text"]
    held.debate_closed().put().found("m1-p0").gavel()
    assert asked(held) == []
