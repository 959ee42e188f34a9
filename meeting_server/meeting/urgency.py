"""Urgent matters (brådskande ärenden): added after the notice, taken up and decided when all present agree.

Two questions, kept apart: whether the matter may be taken up at all (KL 5:52), and, if nobody prepared it,
whether all agree on the very decision (KL 5:33).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, TypeAlias

from meeting_server.law.body_rules import Written
from meeting_server.law.kommunallagen.questions import may_be_asked
from meeting_server.law.ruling import Ruling, RulingRecord
from meeting_server.meeting.actors import Actor
from meeting_server.meeting.changing import open_contest, with_matter
from meeting_server.meeting.convening import Matter, PreparedProposal
from meeting_server.meeting.counting import counted, is_counted, profile_of, rules_of
from meeting_server.meeting.grounds import (
    able_chair,
    matter_on_agenda,
    no_running_division,
    person_on_roster,
    require_quorum,
    required,
    section,
    sentence,
)
from meeting_server.meeting.outcome import Command, Event, Refusal
from meeting_server.meeting.state import MatterState, Meeting
from meeting_server.meeting.uncounted import uncounted
from meeting_server.meeting.words import CandidateId, MatterId, PersonId

AskingKind: TypeAlias = Literal["interpellation", "question"]
"""What a member asks an elected official (KL 5:59, 5:64)."""

About: TypeAlias = Literal["taking_up", "decision"]
"""What all present are asked about: that the matter is taken up, or the decision in it."""


@dataclass(frozen=True, slots=True)
class AddMatter(Command):
    """Add a matter that was not announced (Lägg till ärende); `points` are those of a proposal.

    An `asking` (interpellation, fråga) says who asks and who is to answer. `authority` and `secrecy` are as
    in Matter.
    """

    title: str
    reference: str | None = None
    background: str | None = None
    points: tuple[str, ...] = ()
    prepared: bool = False
    authority: bool = False
    secrecy: bool = False
    asking: AskingKind | None = None
    asked_by: PersonId | None = None
    answered_by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class RecordUnanimity(Command):
    """Record what those present answered: all agree, or `opposed` does not."""

    matter: MatterId
    about: About
    opposed: PersonId | None = None


@dataclass(frozen=True, slots=True)
class MatterAdded(Event):
    """A matter stands last on the agenda that was not in the notice."""

    matter: Matter
    recorded_by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class UnanimityFound(Event):
    """All present agree: that the matter is taken up, or on deciding as `candidate` says."""

    matter: MatterId
    about: About
    present: tuple[PersonId, ...]
    candidate: CandidateId | None = None
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class UnanimityDenied(Event):
    """One of those present does not agree; a matter that could not be taken up is left."""

    matter: MatterId
    about: About
    opposed: PersonId
    present: tuple[PersonId, ...]
    rulings: tuple[RulingRecord, ...] = ()


def decide_add_matter(meeting: Meeting, command: AddMatter, actor: Actor) -> list[Event]:
    """Last on the agenda; whether it may be taken up is asked when its turn comes."""
    title = required(command.title, "Rubriken")
    points = tuple(point.strip() for point in command.points if point.strip())
    body = meeting.convened.body
    proposal = PreparedProposal("Förslaget till beslut", f"{body.name} beslutar", points) if points else None
    number = len(meeting.matters) + 1
    while f"m{number}" in meeting.matters:
        number += 1
    added = Matter(
        f"m{number}",
        title,
        (command.reference or "").strip() or None,
        command.asking or ("decision" if points else "information"),
        background=(command.background or "").strip() or None,
        proposal=proposal,
        announced=False,
        prepared=command.prepared,
        authority=command.authority,
        secrecy=command.secrecy,
        asked_by=command.asked_by,
        answered_by=command.answered_by,
    )
    _require_asking(meeting, added)
    return [MatterAdded(added, actor.person)]


def _require_asking(meeting: Meeting, matter: Matter) -> None:
    """Only where questions are put, by a member of it, to somebody who can answer here."""
    if matter.kind not in ("interpellation", "question"):
        if matter.asked_by is not None or matter.answered_by is not None:
            raise Refusal(
                "nothing-asked",
                "arbetsordningen",
                "Bara en interpellation eller en fråga ställs av någon och besvaras av någon.",
                "Ingen interpellation eller fråga",
            )
        return
    profile = profile_of(meeting)
    if not profile.answers:
        raise Refusal(
            "no-askings-here",
            may_be_asked.cites.short,
            f"Interpellationer och frågor ställs i fullmäktige, inte i {meeting.convened.body.definite}.",
            "Ställs bara i fullmäktige",
        )
    asks = person_on_roster(meeting, matter.asked_by or "")
    person_on_roster(meeting, matter.answered_by or "")
    if asks.role not in ("member", "substitute"):
        raise Refusal(
            "asker-no-member",
            may_be_asked.cites.short,
            f"{asks.called} är inte ledamot och kan inte ställa en interpellation eller en fråga.",
            "Ställs av en ledamot",
            {"person": asks.id},
        )


def decide_unanimity(meeting: Meeting, command: RecordUnanimity, actor: Actor) -> list[Event]:
    """The chair has asked everybody present; the answer of one is enough to say no."""
    del actor
    matter = matter_on_agenda(meeting, command.matter)
    no_running_division(meeting)
    candidate, ruling = _asked(meeting, matter, command)
    if command.opposed is not None:
        opposed = person_on_roster(meeting, command.opposed)
        if not is_counted(meeting, opposed.id):
            raise uncounted(meeting, opposed.id, "motsätta sig det", own=False)
        return [
            UnanimityDenied(command.matter, command.about, opposed.id, counted(meeting), (ruling.record(),))
        ]
    able_chair(meeting)
    quorum = require_quorum(meeting)
    return [
        UnanimityFound(command.matter, command.about, counted(meeting), candidate, (quorum, ruling.record()))
    ]


def _asked(
    meeting: Meeting, matter: MatterState, command: RecordUnanimity
) -> tuple[CandidateId | None, Ruling[bool]]:
    """What the question is, and that there is one to ask now."""
    rules, agree = rules_of(meeting), command.opposed is None
    if command.about == "taking_up":
        needless = rules.announced_only(announced=matter.matter.announced, unanimous=False).outcome
        if needless or matter.status != "coming":
            raise _nothing_to_ask(matter, rules.announced_only)
        taking_up = rules.announced_only(announced=False, unanimous=agree)
        return None, taking_up
    contest = open_contest(meeting)
    found = contest.found if contest is not None and contest.demanded_by is None else None
    needless = rules.prepared_only(prepared=matter.matter.prepared, agreed=False).outcome
    if needless or found is None or command.matter != meeting.current:
        raise _nothing_to_ask(matter, rules.prepared_only)
    return found, rules.prepared_only(prepared=False, agreed=agree)


def _nothing_to_ask(matter: MatterState, rule: Written) -> Refusal:
    return Refusal(
        "nothing-to-agree-on",
        rule.cites.short,
        f"I {section(matter)} behöver alla inte vara ense om något just nu. {sentence(rule)}",
        "Inget att enas om nu",
        {"matter": matter.matter.id},
    )


def all_agree_to_take_up(meeting: Meeting, matter: MatterState) -> bool:
    """Whether everybody who counts now has agreed to take the matter up: one who has come since has not."""
    return matter.taking_up_agreed is not None and set(counted(meeting)) <= set(matter.taking_up_agreed)


def all_agree_on(meeting: Meeting, matter: MatterState, candidate: CandidateId) -> bool:
    """Whether everybody who counts now has agreed on deciding as the candidate says."""
    agreed = matter.decision_agreed
    return agreed is not None and agreed[0] == candidate and set(counted(meeting)) <= set(agreed[1])


def matter_added(meeting: Meeting, event: MatterAdded, at: datetime) -> Meeting:
    """Last on the agenda."""
    del at
    return replace(meeting, matters={**meeting.matters, event.matter.id: MatterState(event.matter)})


def unanimity_found(meeting: Meeting, event: UnanimityFound, at: datetime) -> Meeting:
    """Agreed, by those present then."""
    del at
    if event.candidate is None:
        return with_matter(meeting, event.matter, taking_up_agreed=event.present)
    return with_matter(meeting, event.matter, decision_agreed=(event.candidate, event.present), opposed=None)


def unanimity_denied(meeting: Meeting, event: UnanimityDenied, at: datetime) -> Meeting:
    """A matter not taken up is left; one not agreed on is still to be put off or referred back."""
    del at
    if event.about == "decision":
        return with_matter(meeting, event.matter, decision_agreed=None, opposed=event.opposed)
    return with_matter(
        meeting,
        event.matter,
        status="done",
        stage="finished",
        outcome_text="Ärendet tas inte upp.",
        opposed=event.opposed,
    )
