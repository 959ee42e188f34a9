"""Which past events a viewer who comes back is told again.

Who may see an event is judged by the meeting as it was then, and the state at hand is that of now. So what
was said behind closed doors, and in a matter in which the viewer is disqualified, is not told again to
anybody but the chair and the secretary: the view holds what they may know.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from meeting_server.meeting import Record
from meeting_server.meeting.agenda import MatterFinished, MatterTakenUp
from meeting_server.meeting.conflicts import ConflictDeclared
from meeting_server.meeting.doors import DoorsClosed, DoorsOpened
from meeting_server.wire.visibility import Viewer


def told_again(records: Sequence[Record], after: int, viewer: Viewer) -> list[Record]:
    """The records with a seq above `after` that may be told to this viewer when the viewer resumes."""
    if viewer.is_officer:
        return list(records[after:])
    hidden = set(_hidden(records, viewer.person))
    return [record for record in records[after:] if record.seq not in hidden]


def _hidden(records: Sequence[Record], person: str | None) -> Iterator[int]:
    """The seq of each record behind closed doors or in a matter in which the person is disqualified."""
    disqualified = {
        record.event.matter
        for record in records
        if isinstance(record.event, ConflictDeclared) and record.event.person == person
    }
    behind_doors = in_matter = False
    for record in records:
        event = record.event
        if isinstance(event, DoorsOpened):
            behind_doors = False
        if isinstance(event, MatterFinished):
            in_matter = False
        if behind_doors or in_matter:
            yield record.seq
        if isinstance(event, DoorsClosed):
            behind_doors = True
        if isinstance(event, MatterTakenUp) and event.matter in disqualified:
            in_matter = True
