"""Staff representatives (personalföreträdare) who were here and left the matters KL 7:14 names."""

from __future__ import annotations

from meeting_server.law.attending import may_attend
from meeting_server.meeting.state import MatterState
from meeting_server.minutes.blocks import paragraph, section
from meeting_server.minutes.document import Section
from meeting_server.minutes.reading import Reading, Timeline
from meeting_server.minutes.wording import listed


def left_in(reading: Reading, person: str) -> tuple[int, ...]:
    """The numbers of the matters taken up where this person, who came, had no right to be present."""
    right = reading.person(person).attends
    if right is None or not reading.timelines.get(person, Timeline()).spans:
        return ()
    states = (reading.meeting.matters[matter] for matter in reading.taken_up)
    return tuple(
        state.number
        for state in states
        if state.number is not None
        and not may_attend(
            right=right, staff_excluded=state.matter.staff_excluded, authority=state.matter.authority
        ).outcome
    )


def staff_section(reading: Reading, state: MatterState) -> tuple[Section, ...]:
    """The section that says who left for the matter; nothing where nobody had to."""
    away = [person for person in reading.people if state.number in left_in(reading, person)]
    if not away:
        return ()
    names = listed([reading.person(person).called for person in away])
    return section(
        "staff",
        "Personalföreträdare",
        paragraph(f"{names} är inte närvarande vid handläggningen av ärendet ({may_attend.cites.swedish})."),
    )
