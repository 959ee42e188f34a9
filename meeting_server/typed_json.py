"""Dataclasses to plain JSON values and back, with the place of whatever does not fit; a leaf."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

_HINTS: dict[type[Any], dict[str, Any]] = {}
_NAMES: dict[type[Any], tuple[str, ...] | None] = {}


class BadMessage(ValueError):
    """A line that is not a message of this protocol; the text says where."""


def plain(value: Any) -> Any:
    """Dataclasses become objects and tuples lists."""
    names = _field_names(type(value))
    if names is not None:
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value


def _field_names(kind: type[Any]) -> tuple[str, ...] | None:
    """Of a dataclass; None for anything else. The media process writes 149 reports a second this way."""
    if kind not in _NAMES:
        _NAMES[kind] = tuple(field.name for field in fields(kind)) if is_dataclass(kind) else None
    return _NAMES[kind]


def build(kind: type[Any], found: dict[str, Any], where: str) -> Any:
    """The dataclass of that kind; `where` begins the place in BadMessage."""
    hints = _HINTS.get(kind)
    if hints is None:
        hints = _HINTS[kind] = get_type_hints(kind)
    unknown = found.keys() - hints.keys()
    if unknown:
        raise BadMessage(f"{where}: unknown field {sorted(unknown)[0][:40]!r}")
    values = {name: _value(hints[name], value, f"{where}.{name}") for name, value in found.items()}
    try:
        return kind(**values)
    except TypeError:
        missing = [name for name in hints if name not in values]
        raise BadMessage(f"{where}: missing one of {', '.join(missing)}") from None


def _value(hint: Any, value: Any, where: str) -> Any:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        hint = next(arg for arg in get_args(hint) if arg is not type(None))
        origin = get_origin(hint)
    if origin is tuple:
        if not isinstance(value, list):
            raise BadMessage(f"{where}: not a list")
        (item, _) = get_args(hint)
        return tuple(_value(item, each, f"{where}[{index}]") for index, each in enumerate(value))
    if is_dataclass(hint):
        if not isinstance(value, dict) or not isinstance(hint, type):
            raise BadMessage(f"{where}: not an object")
        return build(hint, value, where)
    if hint is float and type(value) is int:
        return float(value)
    if type(value) is not hint:
        raise BadMessage(f"{where}: not {getattr(hint, '__name__', hint)}")
    return value
