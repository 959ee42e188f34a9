"""Rules, the rulings they give and the plain data that is kept."""

import json
from dataclasses import asdict

import pytest

from meeting_server.law.citation import kl
from meeting_server.law.ruling import Fact, duty, judgement, plain, rule


@rule("test-rule", kl(5, 45), "mer än hälften")
def half(*, part: int) -> bool:
    return part > 1


def test_a_rule_carries_its_words_and_place() -> None:
    assert (half.code, half.cites, half.quote) == ("test-rule", kl(5, 45), "mer än hälften")
    assert half.kind == "rule"
    assert (half.force, half.confirmed, half.source, half.question) == ("enforce", True, None, None)


def test_facts_are_always_named() -> None:
    with pytest.raises(TypeError, match="the facts of 'test-rule' are given by name"):
        half(2)  # type: ignore[call-arg]


def test_a_ruling_cannot_be_taken_for_its_outcome() -> None:
    with pytest.raises(TypeError, match="read the outcome of the ruling 'test-rule'"):
        bool(half(part=1))


def test_a_judgement_asks_a_question_and_a_duty_only_warns() -> None:
    asked = judgement("asked", kl(5, 57), "anser", question="Är det så?")(lambda: True)
    owed = duty("owed", kl(5, 66), "redovisa")(lambda: True)
    assert (asked.kind, asked.question, asked.force) == ("judgement", "Är det så?", "enforce")
    assert (owed.kind, owed.question, owed.force) == ("duty", None, "warn")


def test_a_record_is_data_that_json_keeps() -> None:
    record = half(part=2).record()
    stored = asdict(record)
    assert json.loads(json.dumps(stored)) == stored
    assert stored == {"code": "test-rule", "cites": "KL 5:45", "facts": {"part": 2}, "outcome": True}


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (None, None),
        (True, True),
        (31, 31),
        ("p1", "p1"),
        (frozenset({"p2", "p1"}), ("p1", "p2")),
        ({"p2", "p1"}, ("p1", "p2")),
        (["p2", "p1"], ("p2", "p1")),
        (("p2", kl(5, 45)), ("p2", "KL 5:45")),
        (kl(5, 45), "KL 5:45"),
    ],
)
def test_facts_become_plain_values(value: object, kept: Fact) -> None:
    assert plain(value) == kept
