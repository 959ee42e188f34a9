"""The entries of a register file as rows of tables.py; pure."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC
from typing import Any

from sqlalchemy import Table

from meeting_server.store import tables
from meeting_server.store.register_values import BodyEntry, MandateEntry, MatterEntry, MeetingEntry, Picture

Row = dict[str, Any]

# What a meeting is made of, parents before children, and what to call a difference in it.
MEETING_TABLES: tuple[tuple[Table, str], ...] = (
    (tables.meetings, "tid, plats eller form"),
    (tables.meeting_officials, "sekreterare eller närvarande"),
    (tables.matters, "ärendena"),
    (tables.documents, "handlingarna"),
)


def photo_row(person_id: str, picture: Picture) -> Row:
    """A person's picture."""
    digest = hashlib.sha256(picture.content).hexdigest()
    return {
        "person_id": person_id,
        "content_type": picture.content_type,
        "content": picture.content,
        "sha256": digest,
    }


def order_rows(body: BodyEntry) -> list[Row]:
    """A body's versions of standing orders."""
    rows = []
    for entry in body.orders:
        choices = asdict(entry.orders)
        named = {name: choices.pop(name) for name in ("version", "decided_on", "decision_reference")}
        begins = entry.in_force_on.isoformat()
        rows.append({"body_id": body.id, "in_force_on": begins, **named, "choices": _json(choices)})
    return rows


def mandate_rows(body: BodyEntry, party: Mapping[str, str | None]) -> list[Row]:
    """A body's members and substitutes.

    A substitute's turn is within the party when the newest standing orders call them in by party, else in the
    list.
    """
    newest = max(body.orders, key=lambda entry: entry.in_force_on)
    rows = [_mandate(body.id, "member", mandate.turn, mandate) for mandate in body.members]
    turns: Counter[str | None] = Counter()
    for mandate in body.substitutes:
        group = party.get(mandate.person) if newest.orders.substitutes_by == "party" else None
        turns[group] += 1
        rows.append(_mandate(body.id, "substitute", turns[group], mandate))
    return rows


def _mandate(body_id: str, role: str, turn: int, mandate: MandateEntry) -> Row:
    return {
        "body_id": body_id,
        "person_id": mandate.person,
        "role": role,
        "turn": turn,
        "presidium": mandate.presidium,
        "constituency": mandate.constituency,
        "from_on": mandate.from_on.isoformat(),
        "until_on": mandate.until_on.isoformat(),
    }


def meeting_rows(meeting: MeetingEntry) -> dict[str, list[Row]]:
    """A meeting by table name, in the order of MEETING_TABLES, without its status, which follows the log."""
    officials = [(meeting.secretary, "secretary"), *((person, "attendee") for person in meeting.attendees)]
    rights = dict(meeting.rights)
    matters = [(f"m{number}", matter) for number, matter in enumerate(meeting.matters, start=1)]
    documents = [row for id, matter in matters for row in _document_rows(meeting.id, id, matter)]
    return {
        "meetings": [
            {
                "id": meeting.id,
                "body_id": meeting.body,
                "title": meeting.title,
                "starts_at": meeting.starts_at.astimezone(UTC),
                "local_start": meeting.starts_at.isoformat(),
                "place": meeting.venue,
                "form": meeting.form,
                "first_minute_number": meeting.first_minute_number,
                "rehearsal": meeting.rehearsal,
                "particulars": _particulars(
                    ground=meeting.ground if meeting.ground != "ordinary" else None,
                    requested_by=meeting.requested_by,
                    announced_on=meeting.announced_on and meeting.announced_on.isoformat(),
                    called_on=meeting.called_on and meeting.called_on.isoformat(),
                ),
            }
        ],
        "meeting_officials": [
            {
                "meeting_id": meeting.id,
                "person_id": person,
                "role": role,
                "position": position,
                "attends": rights.get(person),
            }
            for position, (person, role) in enumerate(officials)
        ],
        "matters": [
            _matter_row(meeting.id, position, id, matter) for position, (id, matter) in enumerate(matters)
        ],
        "documents": sorted(documents, key=lambda row: str(row["id"])),
    }


def _matter_row(meeting_id: str, position: int, id: str, matter: MatterEntry) -> Row:
    links = []
    for number, document in enumerate(matter.documents, start=1):
        kept = f"/meetings/{meeting_id}/documents/{id}-{number}" if document.content is not None else None
        links.append({"title": document.title, "href": document.href or kept})
    return {
        "meeting_id": meeting_id,
        "id": id,
        "position": position,
        "title": matter.title,
        "reference": matter.reference,
        "kind": matter.kind,
        "background": matter.background,
        "rapporteur": matter.rapporteur,
        "proposal": None if matter.proposal is None else _json(asdict(matter.proposal)),
        "links": _json(links),
        "announced": matter.announced,
        "prepared": matter.prepared,
        "minority_used": matter.minority_used,
        "particulars": _particulars(
            asked_by=matter.asked_by,
            answered_by=matter.answered_by,
            asking_permitted=matter.asking_permitted,
            raised_on=matter.raised_on and matter.raised_on.isoformat(),
            staff_excluded=matter.staff_excluded,
            sets_budget=matter.sets_budget,
            authority=matter.authority,
            secrecy=matter.secrecy,
            election=matter.election and asdict(matter.election),
            majority=matter.majority and asdict(matter.majority),
            reported=[asdict(each) for each in matter.reported],
        ),
    }


def _document_rows(meeting_id: str, matter_id: str, matter: MatterEntry) -> list[Row]:
    return [
        {
            "meeting_id": meeting_id,
            "id": f"{matter_id}-{number}",
            "matter": matter_id,
            "title": document.title,
            "content_type": document.content_type,
            "content": document.content,
        }
        for number, document in enumerate(matter.documents, start=1)
        if document.content is not None
    ]


def body_particulars(body: BodyEntry) -> str | None:
    """What few bodies have: votes by constituency, and substitutes in an order for each member (KL 5:21)."""
    return _particulars(
        constituencies={name: dict(votes) for name, votes in body.constituencies},
        own_substitutes={m.person: m.own_substitutes for m in body.members if m.own_substitutes},
        party_places={m.person: m.party_place for m in body.members if m.party_place},
        service={m.person: _service(m) for m in body.members if m.member_since},
    )


def _service(mandate: MandateEntry) -> list[str | None]:
    """Since when the person is a member and when born, as ISO dates: what seniority is worked out from."""
    born = mandate.born_on
    since = mandate.member_since
    return [since.isoformat() if since else None, born.isoformat() if born else None]


def _particulars(**values: object) -> str | None:
    """Those of the values that say something, as JSON; None when none does."""
    said = {name: value for name, value in values.items() if value}
    return _json(said) if said else None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
