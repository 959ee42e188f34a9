"""What the chair is asked of how a matter was prepared, while there is still time to ask (KL 5:26–28)."""

from __future__ import annotations

import re

from meeting_server.law.kommunallagen.preparation import executive_heard
from meeting_server.meeting.counting import matter_ahead, profile_of
from meeting_server.meeting.grounds import section, sentence
from meeting_server.meeting.state import Meeting

_EXECUTIVE = re.compile(r"(kommun|region|förbunds)?styrelsen|direktionen", re.I)


def unheard_executive(meeting: Meeting) -> str | None:
    """The question whether the executive has had its say, when the proposal laid is somebody else's.

    The proposal says whose it is; whether the executive was asked is not known here, so it is asked.
    """
    matter = matter_ahead(meeting)
    if matter is None or not profile_of(meeting).answers or matter.matter.proposal is None:
        return None
    source = matter.matter.proposal.source
    if executive_heard(by_executive=bool(_EXECUTIVE.match(source)), heard=False).outcome:
        return None
    return (
        f"Till grund för {section(matter)} ligger {source[:1].lower()}{source[1:]}, inte styrelsens. "
        f"Har styrelsen fått yttra sig? {sentence(executive_heard)}"
    )
