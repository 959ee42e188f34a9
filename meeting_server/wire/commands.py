"""From text to command: strict, bounded, and clear about what does not fit."""

from __future__ import annotations

import json
from typing import Final, NamedTuple

from meeting_server.meeting.commands import COMMANDS
from meeting_server.meeting.outcome import Command, kebab
from meeting_server.wire.json import Json, Misfit, decode, encode

MAX_BYTES: Final = 64 * 1024
"""The longest message a browser may send."""
MAX_DEPTH: Final = 12
"""The deepest nesting a message may have."""
MAX_ID: Final = 80
"""The longest client-made command id, in characters."""


class Parsed(NamedTuple):
    """A command and the client's own name for it."""

    command: Command
    id: str


class Malformed(ValueError):
    """A message that is no command: `because` for the programmer, `id` the command's if it could be read."""

    def __init__(self, because: str, command_id: str | None = None) -> None:
        super().__init__(because)
        self.because = because
        self.id = command_id


def parse(text: str | bytes) -> Parsed:
    """The command in a whole message {"id", "name", "data"}, with or without "type": "command"."""
    return parse_command(parse_object(text))


def parse_object(text: str | bytes) -> dict[str, Json]:
    """The message as a JSON object; Malformed when too long, too deep, or no object."""
    size = len(text) if isinstance(text, bytes) else len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        raise Malformed(f"Texten är för lång: {size} byte; högst {MAX_BYTES} får plats.")
    try:
        message = json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_no_constant)
    except Malformed:
        raise
    except RecursionError as fault:
        raise Malformed(f"the message is nested deeper than {MAX_DEPTH} levels") from fault
    except (ValueError, UnicodeDecodeError) as fault:
        raise Malformed("the message is not JSON") from fault
    if not isinstance(message, dict):
        raise Malformed("the message is not a JSON object")
    if _depth(message) > MAX_DEPTH:
        raise Malformed(f"the message is nested deeper than {MAX_DEPTH} levels")
    return message


def parse_command(message: dict[str, Json]) -> Parsed:
    """The command in a message that is already an object; only those a browser may send."""
    command_id = message.get("id")
    if not isinstance(command_id, str) or not 1 <= len(command_id) <= MAX_ID or not command_id.isprintable():
        raise Malformed(f"id: expected 1 to {MAX_ID} printable characters")
    unknown = sorted(set(message) - {"type", "id", "name", "data"})
    if unknown:
        raise Malformed(f"unknown field in the message: {unknown[0][:40]}", command_id)
    if message.get("type", "command") != "command":
        raise Malformed("type: expected command", command_id)
    name = message.get("name")
    handler = COMMANDS.get(name) if isinstance(name, str) else None
    if handler is None or not handler.wire:
        raise Malformed(f"name: no command is called {str(name)[:60]!r}", command_id)
    try:
        return Parsed(decode(handler.command, message.get("data", {})), command_id)
    except Misfit as fault:
        raise Malformed(str(fault), command_id) from fault


def encode_command(command: Command) -> dict[str, Json]:
    """The command as a step carries it: {"name", "data"}."""
    return {"name": kebab(type(command)), "data": encode(command)}


def _without_repeats(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed("a field is given twice")
    return found


def _no_constant(word: str) -> Json:
    raise Malformed(f"{word} is not JSON")


def _depth(value: Json) -> int:
    if isinstance(value, dict):
        return 1 + max((_depth(part) for part in value.values()), default=0)
    if isinstance(value, list):
        return 1 + max((_depth(part) for part in value), default=0)
    return 0
