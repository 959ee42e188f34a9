"""The agenda: taking up a matter (ärende), noting it, finishing it."""

from __future__ import annotations

from dataclasses import dataclass

from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.outcome import Command, Event
from meeting_server.meeting.words import MatterId, PersonId


@dataclass(frozen=True, slots=True)
class TakeUpMatter(Command):
    """The chair takes up a matter (Ta upp § 142)."""

    matter: MatterId


@dataclass(frozen=True, slots=True)
class FinishMatter(Command):
    """The chair leaves the matter, which is decided or noted."""


@dataclass(frozen=True, slots=True)
class NoteMatter(Command):
    """The chair finds a matter without decision noted or approved (läggs till handlingarna, godkänns)."""


@dataclass(frozen=True, slots=True)
class MatterTakenUp(Event):
    """A matter is being handled, as § `minute_number`, with those counted at that instant."""

    matter: MatterId
    minute_number: int
    present: tuple[PersonId, ...]
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class MatterFinished(Event):
    """The meeting has left the matter."""

    matter: MatterId


@dataclass(frozen=True, slots=True)
class MatterNoted(Event):
    """A matter without decision is noted; `outcome_text` is the sentence of the minutes, Swedish."""

    matter: MatterId
    present: tuple[PersonId, ...]
    outcome_text: str
    rulings: tuple[RulingRecord, ...] = ()
