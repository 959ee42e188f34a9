"""Striking a matter from the agenda (ärendet utgår): it is left without any decision on the thing itself.

The law does not speak of it; it is the body's order of business, and the same people must be enough as for
putting a matter off (KL 5:45, 6:27). The chair asks the body, which is of one mind; otherwise the matter is
decided or put off. A matter that was only added, and that all have not agreed to take up, is taken back by
whoever adds matters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.actors import Actor
from meeting_server.meeting.changing import with_matter
from meeting_server.meeting.counting import counted
from meeting_server.meeting.grounds import (
    able_chair,
    matter_on_agenda,
    no_closed_ballot,
    no_running_division,
    open_doors,
    require_quorum,
    section,
    the_matter,
    unsettled_matter,
)
from meeting_server.meeting.outcome import Command, Event, Refusal
from meeting_server.meeting.state import Debate, MatterState, Meeting
from meeting_server.meeting.words import MatterId, PersonId


@dataclass(frozen=True, slots=True)
class StrikeMatter(Command):
    """The chair finds that the matter is struck from the agenda; `reason` is minuted as it is written."""

    reason: str | None = None


@dataclass(frozen=True, slots=True)
class MatterStruck(Event):
    """The matter is struck from the agenda; `outcome_text` is the sentence of the minutes, Swedish."""

    matter: MatterId
    present: tuple[PersonId, ...]
    outcome_text: str
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class TakeBackMatter(Command):
    """Take back a matter that was added and not announced (Ta bort ärendet)."""

    matter: MatterId


@dataclass(frozen=True, slots=True)
class MatterTakenBack(Event):
    """A matter that was added is not on the agenda any more; it stays in the log and on the list."""

    matter: MatterId
    recorded_by: PersonId | None = None


def decide_take_back(meeting: Meeting, command: TakeBackMatter, actor: Actor) -> list[Event]:
    """What was announced, agreed on or taken up is the body's to strike."""
    state = matter_on_agenda(meeting, command.matter)
    if not may_be_taken_back(state):
        raise Refusal(
            "not-taken-back",
            "KL 5:52",
            f"{the_matter(state)} är kungjort, upptaget eller något som alla har enats om att ta upp. "
            "Ordföranden kan ta upp det och fråga om det kan utgå.",
            "Kan bara utgå",
            {"matter": command.matter},
        )
    return [MatterTakenBack(command.matter, actor.person)]


def may_be_taken_back(state: MatterState) -> bool:
    """Whether it was only added: neither announced nor agreed on nor taken up."""
    told = state.matter.announced or state.matter.announced_on is not None
    return not told and state.status == "coming" and state.taking_up_agreed is None


def matter_taken_back(meeting: Meeting, event: MatterTakenBack, at: datetime) -> Meeting:
    """Nothing is to be done in it."""
    del at
    return with_matter(
        meeting, event.matter, stage="finished", status="struck", outcome_text="Ärendet läggs inte fram."
    )


def decide_strike(meeting: Meeting, command: StrikeMatter, actor: Actor) -> list[Event]:
    """Before proposition is put on the main question, which is then to be answered."""
    del actor
    matter = unsettled_matter(meeting)
    no_running_division(meeting)
    no_closed_ballot(matter)
    if matter.matter.kind == "verifiers":
        raise Refusal(
            "verifiers-needed",
            "KL 5:69",
            f"{section(matter)} kan inte utgå: protokollet ska justeras, och justerare utses här.",
            "Justerare ska utses",
            {"matter": matter.matter.id},
        )
    if not may_be_struck(matter):
        raise Refusal(
            "question-put",
            "KL 5:53",
            f"Proposition är redan ställd i {section(matter)}. Frågan ska avgöras.",
            "Proposition är ställd",
            {"matter": matter.matter.id},
        )
    able_chair(meeting)
    rulings = (*open_doors(meeting), require_quorum(meeting))
    reason = (command.reason or "").strip().rstrip(".")
    text = f"Ärendet utgår ur dagordningen. Skäl: {reason}." if reason else "Ärendet utgår ur dagordningen."
    return [MatterStruck(matter.matter.id, counted(meeting), text, rulings)]


def may_be_struck(matter: MatterState) -> bool:
    """Whether nothing has been put to the body in the main question, and it is not what verifiers are for."""
    return matter.matter.kind != "verifiers" and all(c.kind != "main" for c in matter.contests)


def matter_struck(meeting: Meeting, event: MatterStruck, at: datetime) -> Meeting:
    """Nothing decided in the thing itself, and nobody has the floor in it."""
    del at
    meeting = with_matter(
        meeting, event.matter, stage="decided", status="struck", outcome_text=event.outcome_text
    )
    return replace(meeting, debate=Debate())
