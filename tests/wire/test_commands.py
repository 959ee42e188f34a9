"""From text to command: what is read, and the clear answer to what is not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from meeting_server.meeting.divisions import CastVote
from meeting_server.meeting.substitutes import CallInSubstitute
from meeting_server.wire.commands import MAX_BYTES, Malformed, encode_command, parse, parse_object


def message(**change: Any) -> str:
    return json.dumps({"id": "c1", "name": "cast-vote", "data": {"vote": "yes"}, **change})


@pytest.mark.parametrize("more", [{}, {"type": "command"}])
def test_a_command_is_read_with_or_without_its_type(more: dict[str, str]) -> None:
    assert parse(message(**more)) == (CastVote("yes"), "c1")
    assert parse(message(**more).encode()) == (CastVote("yes"), "c1")


def test_a_command_without_fields_needs_no_data() -> None:
    assert parse('{"id": "c1", "name": "gavel"}').id == "c1"


def test_fields_with_defaults_may_be_left_out() -> None:
    text = message(name="call-in-substitute", data={"substitute": "a", "member": "b"})
    assert parse(text).command == CallInSubstitute("a", "b")


def test_a_command_is_written_as_a_step_carries_it() -> None:
    assert encode_command(CastVote("no")) == {"name": "cast-vote", "data": {"vote": "no"}}


DEEP = "[" * 13 + "]" * 13
BOTTOMLESS = "[" * 30_000 + "]" * 30_000


@pytest.mark.parametrize(
    ("text", "because", "command_id"),
    [
        ("", "not JSON", None),
        ("{", "not JSON", None),
        (b"\xff\xfe", "not JSON", None),
        ("[]", "not a JSON object", None),
        ('{"a": NaN}', "NaN is not JSON", None),
        ('{"id": "a", "id": "b"}', "given twice", None),
        (f'{{"a": {DEEP}}}', "deeper than 12", None),
        (f'{{"a": {BOTTOMLESS}}}', "deeper than 12", None),
        ('"' + "x" * MAX_BYTES + '"', f"högst {MAX_BYTES}", None),
        ('"' + "å" * (MAX_BYTES // 2) + '"', f"högst {MAX_BYTES}", None),
        ("{}", "id: expected", None),
        (message(id=""), "id: expected", None),
        (message(id="x" * 81), "id: expected", None),
        (message(id="a\nb"), "id: expected", None),
        (message(id=7), "id: expected", None),
        (message(extra=1), "unknown field in the message: extra", "c1"),
        (message(type="hello"), "type: expected command", "c1"),
        (message(name="no-such"), "no command is called", "c1"),
        (message(name=["x"]), "no command is called", "c1"),
        (message(name="check-in", data={"person": "a"}), "no command is called", "c1"),
        (message(data={}), "vote: missing field", "c1"),
        (message(data={"vote": "maybe"}), "vote: expected one of yes, no, abstain", "c1"),
        (message(data={"vote": "yes", "weight": 2}), "weight: unknown field", "c1"),
        (message(data=None), "expected an object", "c1"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_command_is_told_why(text: str | bytes, because: str, command_id: str | None) -> None:
    with pytest.raises(Malformed, match=because) as told:
        parse(text)
    assert told.value.id == command_id
    assert len(told.value.because) < 200


def test_half_a_surrogate_pair_is_refused_before_it_reaches_the_log() -> None:
    text = '{"id": "c1", "name": "void-division", "data": {"reason": "\\ud800"}}'
    with pytest.raises(Malformed, match="halvt tecken"):
        parse(text)


def test_a_message_of_the_largest_size_is_read() -> None:
    filling = "x" * (MAX_BYTES - len('{"a": ""}'))
    assert parse_object(f'{{"a": "{filling}"}}')["a"] == filling
