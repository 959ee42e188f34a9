"""Small changes: the next meeting with one person, matter, contest or division other than it was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from meeting_server.meeting.state import Contest, Meeting
from meeting_server.meeting.words import ContestId, DivisionId, MatterId, PersonId


def with_presence(meeting: Meeting, person: PersonId, **changes: Any) -> Meeting:
    """The meeting with these fields of one person's presence changed."""
    changed = replace(meeting.presence[person], **changes)
    return replace(meeting, presence={**meeting.presence, person: changed})


def with_matter(meeting: Meeting, matter: MatterId, **changes: Any) -> Meeting:
    """The meeting with these fields of one matter changed."""
    changed = replace(meeting.matters[matter], **changes)
    return replace(meeting, matters={**meeting.matters, matter: changed})


def with_contest(meeting: Meeting, matter: MatterId, contest: ContestId, **changes: Any) -> Meeting:
    """The meeting with these fields of one contest changed."""
    contests = tuple(
        replace(c, **changes) if c.id == contest else c for c in meeting.matters[matter].contests
    )
    return with_matter(meeting, matter, contests=contests)


def with_division(meeting: Meeting, division: DivisionId, **changes: Any) -> Meeting:
    """The meeting with these fields of one division changed."""
    changed = replace(meeting.held[division], **changes)
    return replace(meeting, divisions={**meeting.held, division: changed})


def open_contest(meeting: Meeting) -> Contest | None:
    """The question put and not answered: the latest, since a counter contest lies on its parent."""
    matter = meeting.matter
    if matter is None:
        return None
    return next((c for c in reversed(matter.contests) if c.outcome is None), None)


def contest_by_id(meeting: Meeting, matter: MatterId, contest: ContestId) -> Contest:
    """The contest of that id in the matter."""
    return next(c for c in meeting.matters[matter].contests if c.id == contest)
