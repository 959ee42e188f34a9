"""Strict dataclass ⇄ JSON: one shape for browser, database and archive, without third parties.

A dataclass is an object with exactly its fields, a tuple is a list, an aware datetime an ISO string; a field
with a default may be left out. Nothing is coerced: 1 is not true and "1" is not 1.
"""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Literal, TypeAlias, TypeVar, Union

Json: TypeAlias = Any
"""What `json.loads` gives: None, bool, int, float, str, list or dict with string keys."""

T = TypeVar("T")
Reader: TypeAlias = Callable[[Json, str], Any]

_LARGEST = 2**53
"""Beyond this a JavaScript number no longer tells two integers apart."""


class Misfit(ValueError):
    """A JSON value that does not fit the type; `where` is its place, `because` what was expected."""

    def __init__(self, where: str, because: str) -> None:
        super().__init__(f"{where or 'data'}: {because}")
        self.where = where
        self.because = because


def encode(value: object) -> Json:
    """The value as plain JSON data; TypeError for a type that has no shape here."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, tuple | list):
        return [encode(part) for part in value]
    if isinstance(value, Mapping):
        return {str(key): encode(part) for key, part in value.items()}
    if isinstance(value, datetime):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: encode(getattr(value, name)) for name in _field_names(type(value))}
    raise TypeError(f"{type(value).__name__} has no JSON shape")


def decode(kind: type[T], data: Json, where: str = "") -> T:
    """The data as a value of the type; Misfit tells the place and what was expected there."""
    return typing.cast(T, _reader(typing.cast(Any, kind))(data, where))


@functools.cache
def _field_names(kind: type[object]) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))  # type: ignore[arg-type]


@functools.cache
def _reader(kind: Any) -> Reader:
    """The function that reads one type; compiled once, since replay reads thousands of the same."""
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _dataclass_reader(kind)
    origin = typing.get_origin(kind)
    if origin is Literal:
        return _literal_reader(typing.get_args(kind))
    if origin in (Union, types.UnionType):
        return _union_reader(typing.get_args(kind))
    if origin is tuple:
        return _tuple_reader(typing.get_args(kind)[0])
    if origin is not None and issubclass(origin, Mapping):
        return _mapping_reader(typing.get_args(kind)[1])
    return _PLAIN[kind]


def _dataclass_reader(kind: type[object]) -> Reader:
    hints = typing.get_type_hints(kind)
    fields = dataclasses.fields(kind)  # type: ignore[arg-type]
    readers = {field.name: _reader(hints[field.name]) for field in fields}
    required = frozenset(f.name for f in fields if f.default is dataclasses.MISSING)

    def read(data: Json, where: str) -> object:
        if not isinstance(data, dict):
            raise Misfit(where, "expected an object")
        values = {}
        for name, part in data.items():
            reader = readers.get(name)
            if reader is None:
                raise Misfit(_inside(where, name), "unknown field")
            values[name] = reader(part, _inside(where, name))
        for name in required:
            if name not in values:
                raise Misfit(_inside(where, name), "missing field")
        return kind(**values)

    return read


def _literal_reader(words: tuple[object, ...]) -> Reader:
    allowed = frozenset(words)
    listed = ", ".join(str(word) for word in words)

    def read(data: Json, where: str) -> object:
        if not isinstance(data, str) or data not in allowed:
            raise Misfit(where, f"expected one of {listed}")
        return data

    return read


def _union_reader(kinds: tuple[Any, ...]) -> Reader:
    readers = tuple(_reader(kind) for kind in kinds if kind is not type(None))
    optional = type(None) in kinds

    def read(data: Json, where: str) -> object:
        if data is None and optional:
            return None
        misfit = Misfit(where, "expected a value")
        for reader in readers:
            try:
                return reader(data, where)
            except Misfit as reason:
                misfit = reason
        raise misfit

    return read


def _tuple_reader(part_kind: Any) -> Reader:
    reader = _reader(part_kind)

    def read(data: Json, where: str) -> object:
        if not isinstance(data, list):
            raise Misfit(where, "expected a list")
        return tuple(reader(part, f"{where}[{place}]") for place, part in enumerate(data))

    return read


def _mapping_reader(part_kind: Any) -> Reader:
    reader = _reader(part_kind)

    def read(data: Json, where: str) -> object:
        if not isinstance(data, dict):
            raise Misfit(where, "expected an object")
        return {_text(key, where): reader(part, _inside(where, key)) for key, part in data.items()}

    return read


def _inside(where: str, name: str) -> str:
    shown = name if name.isidentifier() and len(name) <= 40 else "?"
    return f"{where}.{shown}" if where else shown


def is_unkeepable(sign: str) -> bool:
    """Whether a character is never part of a text: a control character but line break and tab, or half of
    one that is written with two.
    """
    return (sign < " " and sign not in "\n\t") or "\ud800" <= sign <= "\udfff"


def legible(data: Json) -> Json:
    """The same data with the characters no text may have as their code, `[U+000D]`, so that it decodes."""
    if isinstance(data, str):
        for sign in {c for c in data if is_unkeepable(c)}:
            data = data.replace(sign, f"[U+{ord(sign):04X}]")
        return data
    if isinstance(data, list):
        return [legible(part) for part in data]
    if isinstance(data, dict):
        return {key: legible(part) for key, part in data.items()}
    return data


def _text(data: Json, where: str) -> str:
    if not isinstance(data, str):
        raise Misfit(where, "expected a string")
    if unfit := [c for c in data if is_unkeepable(c)]:
        # Swedish: whoever pastes from another program meets it.
        raise Misfit(
            where, f"ett styrtecken eller halvt tecken (U+{ord(unfit[0]):04X}) kan inte sparas; ta bort det"
        )
    return data


def _whole(data: Json, where: str) -> int:
    if isinstance(data, bool) or not isinstance(data, int):
        raise Misfit(where, "expected a whole number")
    if abs(data) > _LARGEST:
        raise Misfit(where, "a number beyond what a browser can hold")
    return data


def _truth(data: Json, where: str) -> bool:
    if not isinstance(data, bool):
        raise Misfit(where, "expected true or false")
    return data


def _instant(data: Json, where: str) -> datetime:
    try:
        instant = datetime.fromisoformat(_text(data, where))
    except ValueError as fault:
        raise Misfit(where, "expected an ISO instant") from fault
    if instant.tzinfo is None:
        raise Misfit(where, "expected an instant with an offset")
    return instant


_PLAIN: Mapping[Any, Reader] = {str: _text, int: _whole, bool: _truth, datetime: _instant}
