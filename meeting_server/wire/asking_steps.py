"""The chair's steps in interpellations, questions and their like: let it be put, note the answer, end it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from meeting_server.meeting.agenda import NoteMatter
from meeting_server.meeting.asking import ASKING, PermitAsking, RecordAnswer
from meeting_server.meeting.outcome import Command
from meeting_server.meeting.state import MatterState, Meeting
from meeting_server.wire.trial import Step

Make = Callable[..., Step]


def asking_primary(make: Make, meeting: Meeting, matter: MatterState) -> Step:
    """The one act that brings the asking forward."""
    definite = ASKING[matter.matter.kind].definite.lower()
    if matter.may_be_put is None:
        return make(
            f"Klubba: {definite} får ställas",
            PermitAsking(True),
            sub="Beslutas utan överläggning",
            key="K",
            grave=True,
        )
    if matter.may_be_put is False:
        return make(f"Klubba: {definite} får inte ställas", NoteMatter(), key="K", grave=True)
    if not matter.answered:
        answers = matter.matter.answered_by
        who = meeting.people[answers].called if answers is not None else "svaret"
        return make(f"Anteckna svaret: {who}", RecordAnswer())
    return make(f"Klubba: {definite} är besvarad", NoteMatter(), key="K", grave=True)


def asking_offers(matter: MatterState) -> Iterator[tuple[str, Command, dict[str, object]]]:
    """What else the chair may do: find that it may not be put."""
    if matter.matter.kind in ASKING and matter.may_be_put is None:
        definite = ASKING[matter.matter.kind].definite
        yield f"{definite} får inte ställas", PermitAsking(False), {}
