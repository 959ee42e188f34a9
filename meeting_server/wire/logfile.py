"""One record as one JSON object, the shape of golden logs and of everything that carries whole records."""

from __future__ import annotations

from datetime import datetime

from meeting_server.meeting.outcome import Record
from meeting_server.wire.events import decode_event, encode_event
from meeting_server.wire.json import Json


def record_to_json(record: Record) -> dict[str, Json]:
    """The record as JSON: seq, at (ISO, UTC), actor, command_id, type, version, data."""
    name, version, data = encode_event(record.event)
    return {
        "seq": record.seq,
        "at": record.at.isoformat(),
        "actor": record.actor,
        "command_id": record.command_id,
        "type": name,
        "version": version,
        "data": data,
    }


def record_from_json(row: dict[str, Json]) -> Record:
    """The record such a JSON object tells of; UnknownEvent or Misfit when it cannot be read."""
    event = decode_event(row["type"], row["version"], row["data"])
    return Record(row["seq"], datetime.fromisoformat(row["at"]), row["actor"], row["command_id"], event)
