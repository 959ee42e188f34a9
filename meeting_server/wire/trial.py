"""Trying a command without recording it: whether it may be given now, and if not, the reason."""

from __future__ import annotations

from typing import TypeAlias

from meeting_server.meeting import Actor, Command, Meeting, Refusal, SignedIn, decide
from meeting_server.meeting.words import PersonId
from meeting_server.wire.commands import encode_command
from meeting_server.wire.json import Json
from meeting_server.wire.step_warnings import Warnings

Step: TypeAlias = dict[str, Json]
Blocked: TypeAlias = dict[str, Json]


def blocked(
    meeting: Meeting, command: Command, person: PersonId | None, signed_in: SignedIn | None = None
) -> Blocked | None:
    """None when the person may give the command now, else the refusal it would meet.

    Without a login given it is tried as with the one the person came to the meeting by.
    """
    presence = meeting.presence.get(person or "")
    if signed_in is None and presence is not None:
        signed_in = presence.signed_in
    try:
        decide(meeting, command, Actor(person, signed_in=signed_in))
    except Refusal as no:
        return {"code": no.code, "reason": no.short, "because": no.because, "cites": no.cites}
    return None


def step(
    label: str,
    command: Command | None = None,
    *,
    meeting: Meeting,
    person: PersonId | None,
    sub: str | None = None,
    key: str | None = None,
    dialog: str | None = None,
    data: dict[str, Json] | None = None,
    name: str | None = None,
    grave: bool = False,
    tried: Command | None = None,
    warns: Warnings | None = None,
) -> Step:
    """One act to offer. A whole `command` is tried; a `name` with partial `data` is for a dialog.

    `tried` is what a dialog's command would most likely be, tried in its place. What the act `warns` of is
    asked about in a dialog of its own before the command is given.
    """
    likely = command if command is not None else tried
    sent = encode_command(command) if command is not None else None
    if sent is None and name is not None:
        sent = {"name": name, "data": data or {}}
    identity = sent["name"] if sent is not None else dialog
    values = sent["data"].values() if sent is not None else ()
    about = "".join(f":{value}" for value in values if isinstance(value, str))
    return {
        "id": f"{identity}{about}",
        "label": label,
        "sub": sub,
        "key": key,
        "command": sent,
        "dialog": "confirm" if warns else dialog,
        "warns": warns or [],
        "blocked": blocked(meeting, likely, person) if likely is not None else None,
        "grave": grave,
    }
