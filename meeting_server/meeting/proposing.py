"""Deciding and evolving proposals: who may move what, support it, motivate it, take it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from meeting_server.meeting.actors import Actor, Role
from meeting_server.meeting.changing import with_matter
from meeting_server.meeting.counting import is_counted, roles_of
from meeting_server.meeting.grounds import (
    open_debate,
    person_on_roster,
    required,
    section,
    unsettled_matter,
)
from meeting_server.meeting.outcome import Event, Refusal
from meeting_server.meeting.proposals import (
    MotivationStated,
    ProposalMade,
    ProposalSupported,
    ProposalWithdrawn,
    Propose,
    RecordProposal,
    RecordSupport,
    StateMotivation,
    SupportProposal,
    WithdrawProposal,
)
from meeting_server.meeting.state import MatterState, Meeting, Proposal
from meeting_server.meeting.uncounted import uncounted
from meeting_server.meeting.words import DECIDING, ELECTING, MovedKind, PersonId, ProposalId

_SAYS_ITSELF: dict[MovedKind, str] = {
    "reject": "Förslaget avslås.",
    "refer_back": "Ärendet återremitteras.",
    "defer": "Ärendet bordläggs.",
}
"""What a proposal of this kind says when the mover adds no words."""


def decide_propose(meeting: Meeting, command: Propose, actor: Actor) -> list[Event]:
    """By one who serves, while the debate is open."""
    return _make(meeting, actor.name, command.kind, command.text, command.motivation, None)


def decide_record_proposal(meeting: Meeting, command: RecordProposal, actor: Actor) -> list[Event]:
    """Written down for a member."""
    return _make(meeting, command.mover, command.kind, command.text, command.motivation, actor.person)


def decide_support(meeting: Meeting, command: SupportProposal, actor: Actor) -> list[Event]:
    """One's own support."""
    return _support(meeting, command.proposal, actor.name, None)


def decide_record_support(meeting: Meeting, command: RecordSupport, actor: Actor) -> list[Event]:
    """A member's support, written down."""
    return _support(meeting, command.proposal, command.person, actor.person)


def decide_motivation(meeting: Meeting, command: StateMotivation, actor: Actor) -> list[Event]:
    """By the mover, or written down for those who request it, whose words they are (KL 5:50)."""
    matter = unsettled_matter(meeting)
    proposal = proposal_in(matter, command.proposal)
    officer = roles_of(meeting, actor.name) & {Role.CHAIR, Role.SECRETARY}
    if proposal.kind not in ("refer_back", "defer"):
        raise Refusal(
            "not-a-deferral",
            "KL 5:50",
            "Bara en begäran om återremiss eller bordläggning har en motivering.",
            "Ingen återremiss",
            {"proposal": proposal.id},
        )
    if actor.name != proposal.mover and not officer:
        raise _not_the_mover(meeting, proposal)
    motivation = required(command.motivation, "Motivering")
    return [MotivationStated(proposal.id, motivation, actor.person if officer else None)]


def decide_withdraw(meeting: Meeting, command: WithdrawProposal, actor: Actor) -> list[Event]:
    """By the mover, before the debate is closed."""
    matter = open_debate(meeting)
    proposal = proposal_in(matter, command.proposal)
    if actor.name != proposal.mover:
        raise _not_the_mover(meeting, proposal)
    return [ProposalWithdrawn(proposal.id, actor.name)]


def proposal_in(matter: MatterState, proposal: ProposalId) -> Proposal:
    """The standing proposal of that id in the matter."""
    found = (matter.proposals or {}).get(proposal)
    if found is None or found.withdrawn:
        raise Refusal(
            "unknown-proposal",
            "system",
            f"Förslaget finns inte, eller inte längre, i {section(matter)}.",
            "Förslaget finns inte",
            {"proposal": proposal},
        )
    return found


def require_counted(meeting: Meeting, person_id: PersonId, act: str, *, own: bool) -> None:
    """That the person serves and counts in the matter; the refusal says why not."""
    person_on_roster(meeting, person_id)
    if not is_counted(meeting, person_id):
        raise uncounted(meeting, person_id, act, own=own)


def _make(
    meeting: Meeting,
    mover: PersonId,
    kind: MovedKind,
    text: str,
    motivation: str | None,
    recorded_by: PersonId | None,
) -> list[Event]:
    matter = open_debate(meeting)
    person_on_roster(meeting, mover)
    if Role.PROPOSER not in roles_of(meeting, mover):
        require_counted(meeting, mover, "yrka", own=recorded_by is None)
    to_defer = kind == "defer" and matter.matter.kind in ELECTING
    if matter.matter.kind not in DECIDING and not to_defer:
        raise Refusal(
            "no-decision-to-make",
            "arbetsordningen",
            f"{section(matter)} är inget beslutsärende; där kan ingen yrka.",
            "Inget beslutsärende",
            {"matter": matter.matter.id},
        )
    prepared = matter.matter.proposal is not None
    if kind in ("reject", "amend", "add") and not prepared:
        raise Refusal(
            "nothing-to-change",
            "KL 5:53",
            "Det finns inget berett förslag att avslå eller ändra. Yrka ett eget beslut i stället.",
            "Inget förslag att ändra",
            {"kind": kind},
        )
    written = text.strip() or _SAYS_ITSELF.get(kind, "")
    written = required(written, "Yrkandets text")
    if kind in ("reject", "defer") and any(p.kind == kind for p in matter.standing):
        other = next(p for p in matter.standing if p.kind == kind)
        raise Refusal(
            "already-proposed",
            "KL 5:53",
            "Samma yrkande finns redan. Instäm i det i stället.",
            "Instäm i stället",
            {"proposal": other.id},
        )
    number = len([p for p in (matter.proposals or {}) if not p.endswith("-p0")]) + 1
    reason = (motivation or "").strip() or None
    proposal_id = f"{matter.matter.id}-p{number}"
    return [ProposalMade(proposal_id, matter.matter.id, mover, kind, written, reason, recorded_by)]


def _support(
    meeting: Meeting, proposal_id: ProposalId, person: PersonId, recorded_by: PersonId | None
) -> list[Event]:
    matter = unsettled_matter(meeting)
    require_counted(meeting, person, "instämma", own=recorded_by is None)
    proposal = proposal_in(matter, proposal_id)
    if any(c.kind == "main" for c in matter.contests):
        raise Refusal(
            "question-put",
            "KL 5:53",
            "Ordföranden har ställt proposition. Det går inte längre att instämma.",
            "Proposition är ställd",
            {"proposal": proposal_id},
        )
    if person == proposal.mover or person in proposal.supporters:
        raise Refusal(
            "already-supported",
            "system",
            f"{meeting.people[person].called} står redan bakom förslaget.",
            "Står redan bakom förslaget",
            {"proposal": proposal_id, "person": person},
        )
    return [ProposalSupported(proposal_id, person, recorded_by)]


def _not_the_mover(meeting: Meeting, proposal: Proposal) -> Refusal:
    whose = meeting.people[proposal.mover].called if proposal.mover is not None else "den som berett ärendet"
    return Refusal(
        "not-the-mover",
        "KL 5:67",
        f"Förslaget är lagt av {whose}. Bara den som har lagt ett förslag kan ändra eller ta tillbaka det.",
        "Inte ditt yrkande",
        {"proposal": proposal.id},
    )


def proposal_made(meeting: Meeting, event: ProposalMade, at: datetime) -> Meeting:
    """Stands in the matter."""
    del at
    proposal = Proposal(event.id, event.kind, event.mover, event.text, (), event.motivation)
    before = meeting.matters[event.matter].proposals or {}
    return with_matter(meeting, event.matter, proposals={**before, event.id: proposal})


def proposal_supported(meeting: Meeting, event: ProposalSupported, at: datetime) -> Meeting:
    """One more behind it."""
    del at
    before = _find(meeting, event.proposal).supporters
    return _change(meeting, event.proposal, supporters=(*before, event.person))


def motivation_stated(meeting: Meeting, event: MotivationStated, at: datetime) -> Meeting:
    """Motivated."""
    del at
    return _change(meeting, event.proposal, motivation=event.motivation)


def proposal_withdrawn(meeting: Meeting, event: ProposalWithdrawn, at: datetime) -> Meeting:
    """Taken back."""
    del at
    return _change(meeting, event.proposal, withdrawn=True)


def _find(meeting: Meeting, proposal: ProposalId) -> Proposal:
    return (meeting.matters[proposal.rpartition("-")[0]].proposals or {})[proposal]


def _change(meeting: Meeting, proposal: ProposalId, **changes: object) -> Meeting:
    matter = proposal.rpartition("-")[0]
    changed = replace(_find(meeting, proposal), **changes)  # type: ignore[arg-type]
    before = meeting.matters[matter].proposals or {}
    return with_matter(meeting, matter, proposals={**before, proposal: changed})
