"""The block: the matters to be decided together, with what each would be decided as."""

from __future__ import annotations

from meeting_server.meeting.abstention import all_take_part
from meeting_server.meeting.blocks import FEWEST, fits
from meeting_server.meeting.naming import in_sentence
from meeting_server.meeting.state import MatterState, Meeting
from meeting_server.wire.json import Json


def block_section(meeting: Meeting) -> dict[str, Json] | None:
    """What the chair reads out before the one gavel; None when no block is taken up."""
    if not meeting.block:
        return None
    return {"matters": [_matter(meeting, meeting.matters[one]) for one in meeting.block]}


def blockable(meeting: Meeting) -> list[str]:
    """The matters to come that may stand in a block; none when they are too few to be one."""
    found = [m for m in meeting.matters.values() if m.status == "coming" and fits(meeting, m)]
    return [m.matter.id for m in found] if len(found) >= FEWEST else []


def _matter(meeting: Meeting, matter: MatterState) -> dict[str, Json]:
    proposal = matter.matter.proposal
    return {
        "matter": matter.matter.id,
        "title": matter.matter.title,
        "reference": matter.matter.reference,
        "source": in_sentence(proposal.source) if proposal is not None else "",
        "points": list(proposal.points) if proposal is not None else [],
        "abstaining": list(matter.abstaining),
        "all_take_part": all_take_part(meeting, matter),
        "conflicts": list(matter.disqualified),
    }
