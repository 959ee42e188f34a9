"""The third that forces a deferral (KL 5:50): who requests it, and whether they are enough."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from meeting_server.law.ruling import Ruling, RulingRecord
from meeting_server.meeting.actors import Actor
from meeting_server.meeting.changing import open_contest, with_contest, with_matter
from meeting_server.meeting.counting import counted, counted_remote, deciders, rules_of
from meeting_server.meeting.deferral import (
    DecideMinorityReferral,
    MatterDeferred,
    MatterReferredBack,
    MinorityReferred,
)
from meeting_server.meeting.grounds import (
    able_chair,
    no_running_division,
    open_doors,
    require_quorum,
    sentence,
    the_matter,
    unsettled_matter,
    uphold,
)
from meeting_server.meeting.outcome import Event, Refusal
from meeting_server.meeting.proposing import proposal_in
from meeting_server.meeting.state import Decision, MatterState, Meeting, Proposal
from meeting_server.meeting.tally import confirmation
from meeting_server.meeting.words import How, PersonId


@dataclass(frozen=True, slots=True)
class Minority:
    """How one deferral stands against the third: who requests it, of how many, and what the law says."""

    proposal: Proposal
    requesting: tuple[PersonId, ...]
    present: int
    needed: int | None
    ruling: Ruling[bool]


def minority_for(meeting: Meeting, matter: MatterState, proposal: Proposal) -> Minority:
    """The count for one deferral: mover, supporters, and those who voted for it in a closed division."""
    here = counted(meeting)
    behind = {proposal.mover, *proposal.supporters}
    for division in meeting.held.values():
        in_matter = division.matter == matter.matter.id and division.status in ("preliminary", "confirmed")
        if in_matter and proposal.id in (division.yes, division.no):
            side = "yes" if division.yes == proposal.id else "no"
            behind |= {p for p, given in division.given.items() if given.vote == side}
    requesting = tuple(p for p in here if p in behind)
    rules = rules_of(meeting)
    ruling = rules.minority_deferral(
        requesting=len(requesting),
        present=len(here),
        used=matter.matter.minority_used,
        election=matter.matter.kind == "election",
    )
    needed = None if matter.matter.kind == "election" else rules.minority_needed(len(here))
    return Minority(proposal, requesting, len(here), needed, ruling)


def deferrals(matter: MatterState) -> tuple[Proposal, ...]:
    """The standing proposals to refer back or defer."""
    return tuple(p for p in matter.standing if p.kind in ("refer_back", "defer"))


def reached(meeting: Meeting, matter: MatterState) -> Minority | None:
    """The first standing deferral that a third of those present request, if any."""
    counts = (minority_for(meeting, matter, p) for p in deferrals(matter))
    return next((m for m in counts if m.ruling.outcome), None)


def refuse_if_reached(meeting: Meeting, matter: MatterState) -> None:
    """Nothing else may be decided once a third has requested a deferral: it shall be done."""
    main_put = any(c.kind == "main" for c in matter.contests)
    minority = None if main_put else reached(meeting, matter)
    if minority is not None:
        what = "återremiss" if minority.proposal.kind == "refer_back" else "bordläggning"
        rule = rules_of(meeting).minority_deferral
        raise Refusal(
            "minority-reached",
            rule.cites.short,
            f"{len(minority.requesting)} av {minority.present} närvarande har begärt {what}; "
            f"{minority.needed} räcker. Klubba {what}. {sentence(rule)}",
            f"En tredjedel begär {what}",
            {
                "requesting": len(minority.requesting),
                "present": minority.present,
                "needed": minority.needed,
                "proposal": minority.proposal.id,
            },
        )


def decide_minority(meeting: Meeting, command: DecideMinorityReferral, actor: Actor) -> list[Event]:
    """At least a third, once per matter, with a motivation; before the main question is put."""
    del actor
    matter = unsettled_matter(meeting)
    able_chair(meeting)
    in_public = open_doors(meeting)
    proposal = proposal_in(matter, command.proposal)
    running = meeting.running
    if running is not None and running.status == "open":
        no_running_division(meeting)
    if not matter.debate_closed:
        raise Refusal(
            "debate-open",
            "arbetsordningen",
            "Överläggningen pågår. Avsluta den innan begäran prövas.",
            "Överläggningen pågår",
        )
    if proposal.kind not in ("refer_back", "defer"):
        raise Refusal(
            "not-a-deferral",
            "KL 5:50",
            "Förslaget är varken återremiss eller bordläggning.",
            "Ingen återremiss",
            {"proposal": proposal.id},
        )
    if any(c.kind == "main" for c in matter.contests):
        raise Refusal(
            "question-put",
            "KL 5:50",
            f"{the_matter(matter)} ska avgöras i dag; frågan om att skjuta upp det är redan avgjord.",
            "Ska avgöras i dag",
            {"proposal": proposal.id},
        )
    quorum = require_quorum(meeting)
    rules = rules_of(meeting)
    minority = minority_for(meeting, matter, proposal)
    third = uphold(
        rules.minority_deferral, minority.ruling, why_not(meeting, matter, minority), "Räcker inte"
    )
    reason = uphold(
        rules.referral_motivation,
        rules.referral_motivation(motivation=proposal.kind == "defer" or proposal.motivation is not None),
        "Motivering saknas. De som har begärt återremissen bestämmer den.",
        "Motivering saknas",
    )
    rulings = (quorum, third, reason, *in_public)
    here, taking_part = counted(meeting), deciders(meeting)
    remote = tuple(p for p in counted_remote(meeting) if p in taking_part)
    found = MinorityReferred(
        matter.matter.id, proposal.id, minority.requesting, here, proposal.motivation, rulings
    )
    confirmed: list[Event] = [] if running is None else [confirmation(meeting, running)]
    put_off = deferral_event(
        matter,
        proposal,
        how="minority",
        division=None,
        taking_part=taking_part,
        remote=remote,
        rulings=rulings,
    )
    return [*confirmed, found, put_off]


def why_not(meeting: Meeting, matter: MatterState, minority: Minority) -> str:
    """Why the minority does not get its way, with the numbers."""
    if matter.matter.kind == "election":
        return "Vid val har en minoritet ingen rätt till bordläggning; enkel majoritet krävs."
    if minority.needed is None:
        return (
            f"I {meeting.convened.body.definite} har en minoritet ingen rätt till återremiss eller "
            "bordläggning; enkel majoritet krävs."
        )
    if matter.matter.minority_used:
        return "Ärendet har redan en gång skjutits upp på begäran av en minoritet; nu krävs enkel majoritet."
    what = "återremiss" if minority.proposal.kind == "refer_back" else "bordläggning"
    return (
        f"{len(minority.requesting)} av {minority.present} närvarande begär {what}; {minority.needed} krävs."
    )


def deferral_event(
    matter: MatterState,
    proposal: Proposal,
    *,
    how: How,
    division: str | None,
    taking_part: tuple[PersonId, ...],
    remote: tuple[PersonId, ...],
    rulings: tuple[RulingRecord, ...],
) -> Event:
    """The event that the matter goes back or is deferred."""
    if proposal.kind == "refer_back":
        return MatterReferredBack(
            matter.matter.id,
            proposal.id,
            proposal.motivation,
            how == "minority",
            how,
            division,
            taking_part,
            remote,
            rulings,
        )
    return MatterDeferred(
        matter.matter.id, proposal.id, how == "minority", how, division, taking_part, remote, rulings
    )


def minority_referred(meeting: Meeting, event: MinorityReferred, at: datetime) -> Meeting:
    """The request has done its work: a question about today that stood open is answered by it."""
    del at
    contest = open_contest(meeting)
    if contest is None:
        return meeting
    return with_contest(meeting, event.matter, contest.id, outcome=event.proposal, how="minority")


def matter_put_off(meeting: Meeting, event: MatterReferredBack | MatterDeferred, at: datetime) -> Meeting:
    """The matter is settled for today."""
    del at
    back = isinstance(event, MatterReferredBack)
    motivation = event.motivation if isinstance(event, MatterReferredBack) else None
    decision = Decision(
        event.proposal, (), event.how, event.division, event.taking_part, event.remote, motivation
    )
    contest = open_contest(meeting)
    if contest is not None:
        meeting = with_contest(
            meeting, event.matter, contest.id, outcome=event.proposal, how=event.how, division=event.division
        )
    return with_matter(
        meeting,
        event.matter,
        stage="decided",
        status="referred_back" if back else "deferred",
        decision=decision,
        outcome_text="Ärendet återremitteras." if back else "Ärendet bordläggs.",
    )
