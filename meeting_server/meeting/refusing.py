"""Proposals the chair refuses to put (KL 5:57): a new matter must be refused, an unlawful one may be.

Which it is the chair judges; in the assembly the body may decide that an unlawful one is put all the same.
No committee is bound by the section, so there the body may overrule either.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.actors import Actor
from meeting_server.meeting.changing import with_matter
from meeting_server.meeting.counting import counted, rules_of
from meeting_server.meeting.grounds import no_running_division, required, section, sentence, unsettled_matter
from meeting_server.meeting.outcome import Command, Event, Refusal
from meeting_server.meeting.proposing import proposal_in
from meeting_server.meeting.state import MatterState, Meeting, Proposal
from meeting_server.meeting.words import PersonId, ProposalId, RefusedAs


@dataclass(frozen=True, slots=True)
class RefuseProposal(Command):
    """The chair refuses to put a proposal (Vägrar lägga fram), with the reason."""

    proposal: ProposalId
    ground: RefusedAs
    reason: str


@dataclass(frozen=True, slots=True)
class OverruleRefusal(Command):
    """Record that the body has decided that the proposal is put all the same (Läggs ändå fram)."""

    proposal: ProposalId


@dataclass(frozen=True, slots=True)
class ProposalRefused(Event):
    """The chair does not put the proposal; not withdrawn, it stays in the minutes (KL 5:67 p. 1)."""

    proposal: ProposalId
    ground: RefusedAs
    reason: str
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusalOverruled(Event):
    """The body has decided that the proposal is put all the same."""

    proposal: ProposalId
    present: tuple[PersonId, ...]
    rulings: tuple[RulingRecord, ...] = ()


def decide_refuse(meeting: Meeting, command: RefuseProposal, actor: Actor) -> list[Event]:
    """Before the question on it is put; what the matter comes with raises no new matter."""
    del actor
    matter = unsettled_matter(meeting)
    no_running_division(meeting)
    proposal = proposal_in(matter, command.proposal)
    reason = required(command.reason, "Skälet")
    rules = rules_of(meeting)
    new = rules.new_matter
    if any(proposal.id in c.candidates or c.kind == "main" for c in matter.contests):
        raise Refusal(
            "question-put",
            "KL 5:53",
            "Proposition är redan ställd på förslaget, eller på det som det är ett tillägg till. "
            "Det ska avgöras.",
            "Proposition är ställd",
            {"proposal": proposal.id},
        )
    if proposal.refused is not None and not proposal.overruled:
        raise Refusal(
            "already-refused",
            new.cites.short,
            "Ordföranden har redan vägrat att lägga fram förslaget.",
            "Redan vägrat",
            {"proposal": proposal.id},
        )
    if command.ground == "new_matter" and proposal.mover is None:
        raise Refusal(
            "not-a-new-matter",
            new.cites.short,
            f"Det beredda förslaget är själva ärendet i {section(matter)} och väcker inget nytt.",
            "Förslaget är själva ärendet",
            {"proposal": proposal.id},
        )
    if command.ground == "new_matter":
        ruling = new(raises_new_matter=True).record()
    else:
        ruling = rules.may_refuse_unlawful(unlawful=True, overruled=False).record()
    return [ProposalRefused(proposal.id, command.ground, reason, (ruling,))]


def decide_overrule(meeting: Meeting, command: OverruleRefusal, actor: Actor) -> list[Event]:
    """What the body has decided, written down; never of a new matter in the assembly."""
    del actor
    matter = unsettled_matter(meeting)
    no_running_division(meeting)
    proposal = proposal_in(matter, command.proposal)
    rules = rules_of(meeting)
    unlawful = rules.may_refuse_unlawful
    if proposal.refused is None or proposal.overruled:
        raise Refusal(
            "not-refused",
            unlawful.cites.short,
            "Ordföranden har inte vägrat att lägga fram förslaget.",
            "Inte vägrat",
            {"proposal": proposal.id},
        )
    if any(c.kind == "main" for c in matter.contests):
        raise Refusal(
            "question-put",
            "KL 5:53",
            f"Proposition är redan ställd i {section(matter)}. Förslaget kan inte längre läggas fram.",
            "Proposition är ställd",
            {"proposal": proposal.id},
        )
    if not may_overrule(meeting, proposal):
        rule = rules.new_matter
        raise Refusal(
            rule.code,
            rule.cites.short,
            f"Ett förslag som väcker ett nytt ärende kan inte läggas fram, vad "
            f"{meeting.convened.body.definite} än beslutar. {sentence(rule)}",
            "Nytt ärende kan inte läggas fram",
            {"proposal": proposal.id},
        )
    ruling = unlawful(unlawful=proposal.refused == "unlawful", overruled=True).record()
    return [RefusalOverruled(proposal.id, counted(meeting), (ruling,))]


def may_overrule(meeting: Meeting, proposal: Proposal) -> bool:
    """Whether the body may have the refused proposal put: an unlawful one, and in a committee any."""
    return proposal.refused == "unlawful" or rules_of(meeting).new_matter.force == "warn"


def proposal_refused(meeting: Meeting, event: ProposalRefused, at: datetime) -> Meeting:
    """Not put."""
    del at
    return _change(
        meeting, event.proposal, refused=event.ground, refused_because=event.reason, overruled=False
    )


def refusal_overruled(meeting: Meeting, event: RefusalOverruled, at: datetime) -> Meeting:
    """Put like any other."""
    del at
    return _change(meeting, event.proposal, overruled=True)


def refused_in(matter: MatterState) -> tuple[Proposal, ...]:
    """The proposals of the matter that the chair does not put, in the order they were moved."""
    return tuple(p for p in (matter.proposals or {}).values() if not p.withdrawn and not p.stands)


def _change(meeting: Meeting, proposal: ProposalId, **changes: object) -> Meeting:
    matter = proposal.rpartition("-")[0]
    before = meeting.matters[matter].proposals or {}
    changed = replace(before[proposal], **changes)  # type: ignore[arg-type]
    return with_matter(meeting, matter, proposals={**before, proposal: changed})
