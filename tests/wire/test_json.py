"""The JSON codec is strict: it coerces nothing and tells the place of what does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

import pytest

from meeting_server.wire.json import Misfit, decode, encode, is_unkeepable, legible


@dataclass(frozen=True)
class Part:
    size: int
    open: bool = False


@dataclass(frozen=True)
class Whole:
    name: str
    colour: Literal["red", "blue"]
    parts: tuple[Part, ...]
    counts: Mapping[str, int]
    at: datetime
    note: str | None = None
    fact: bool | int | str | tuple[str, ...] | None = None


WHOLE = Whole("a", "red", (Part(1, True),), {"x": 2}, datetime(2026, 1, 2, tzinfo=UTC), "n", ("p", "q"))
DATA: dict[str, Any] = {
    "name": "a",
    "colour": "red",
    "parts": [{"size": 1, "open": True}],
    "counts": {"x": 2},
    "at": "2026-01-02T00:00:00+00:00",
    "note": "n",
    "fact": ["p", "q"],
}


def test_a_value_goes_to_json_and_back() -> None:
    assert encode(WHOLE) == DATA
    assert decode(Whole, DATA) == WHOLE


def test_fields_with_defaults_may_be_left_out() -> None:
    assert decode(Part, {"size": 1}) == Part(1)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"name": 1}, "name: expected a string"),
        ({"name": "\u0000"}, "name: ett styrtecken"),
        ({"name": "\ud800"}, "name: ett styrtecken eller halvt"),
        ({"colour": "green"}, "colour: expected one of red, blue"),
        ({"colour": ["red"]}, "colour: expected one of"),
        ({"parts": {}}, "parts: expected a list"),
        ({"parts": [1]}, r"parts\[0\]: expected an object"),
        ({"parts": [{"size": True}]}, r"parts\[0\].size: expected a whole number"),
        ({"parts": [{"size": 1.0}]}, "expected a whole number"),
        ({"parts": [{"size": 2**53 + 1}]}, "beyond what a browser"),
        ({"parts": [{"size": 1, "open": 1}]}, "expected true or false"),
        ({"parts": [{"size": 1, "shut": True}]}, r"parts\[0\].shut: unknown field"),
        ({"parts": [{"size": 1, "x y": 1}]}, r"parts\[0\].\?: unknown field"),
        ({"parts": [{}]}, r"parts\[0\].size: missing field"),
        ({"counts": []}, "counts: expected an object"),
        ({"counts": {"x": "2"}}, "counts.x: expected a whole number"),
        ({"at": "yesterday"}, "at: expected an ISO instant"),
        ({"at": "2026-01-02T00:00:00"}, "at: expected an instant with an offset"),
        ({"fact": 1.5}, "fact: expected a list"),
    ],
)
def test_what_does_not_fit_is_told_by_its_place(change: dict[str, Any], where: str) -> None:
    with pytest.raises(Misfit, match=where):
        decode(Whole, {**DATA, **change})


def test_the_place_of_the_whole_is_called_data() -> None:
    with pytest.raises(Misfit, match="data: expected an object"):
        decode(Part, [])


def test_a_union_without_an_answer_says_so_and_an_optional_takes_null() -> None:
    assert decode(Whole, {**DATA, "note": None, "fact": True}).fact is True


def test_what_has_no_shape_is_a_fault_of_ours() -> None:
    with pytest.raises(TypeError, match="float has no JSON shape"):
        encode(1.5)
    with pytest.raises(TypeError, match="type has no JSON shape"):
        encode(Part)


@pytest.mark.parametrize(
    ("sign", "unfit"),
    [
        ("\0", True),
        ("\x08", True),
        ("\t", False),
        ("\n", False),
        ("\r", True),
        ("\x1f", True),
        (" ", False),
        ("\ud7ff", False),
        ("\ud800", True),
        (chr(0xDFFF), True),
        ("\ue000", False),
        ("\U0001f600", False),
    ],
)
def test_a_character_no_text_has_is_refused_and_can_be_made_legible(sign: str, unfit: bool) -> None:
    assert is_unkeepable(sign) == unfit
    data = {"a": [f"x{sign}y", 7, None]}
    if not unfit:
        assert legible(data) == data
        assert decode(str, f"x{sign}y") == f"x{sign}y"
        return
    assert legible(data) == {"a": [f"x[U+{ord(sign):04X}]y", 7, None]}
    with pytest.raises(Misfit, match=f"U\\+{ord(sign):04X}"):
        decode(str, f"x{sign}y")
