"""The gavel (klubbslaget): from what was found, or what the division showed, to what is decided."""

from __future__ import annotations

from datetime import datetime

from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.abstention import require_somebody
from meeting_server.meeting.actors import Actor
from meeting_server.meeting.changing import contest_by_id, open_contest, with_contest, with_matter
from meeting_server.meeting.counting import counted_remote, deciders, rules_of
from meeting_server.meeting.deciding import ContestCarried, Gavel, MatterDecided
from meeting_server.meeting.divisions import DivisionConfirmed
from meeting_server.meeting.grounds import (
    able_chair,
    no_closed_ballot,
    open_doors,
    require_quorum,
    sentence,
    the_matter,
    unsettled_matter,
    uphold,
)
from meeting_server.meeting.minority import deferral_event, refuse_if_reached
from meeting_server.meeting.naming import candidate_label, in_sentence
from meeting_server.meeting.outcome import Event, Refusal
from meeting_server.meeting.qualifying import by_acclamation
from meeting_server.meeting.questions import additions_left
from meeting_server.meeting.state import Contest, Decision, Division, MatterState, Meeting
from meeting_server.meeting.tally import confirmation
from meeting_server.meeting.urgency import all_agree_on
from meeting_server.meeting.words import REJECT, TODAY, CandidateId, How, PersonId


def decide_gavel(meeting: Meeting, command: Gavel, actor: Actor) -> list[Event]:
    """What the chair found, unless a division was demanded; then what the closed division showed."""
    del command, actor
    matter = unsettled_matter(meeting)
    able_chair(meeting)
    in_public = open_doors(meeting)
    no_closed_ballot(matter)
    running, contest = meeting.running, open_contest(meeting)
    if contest is None:
        raise Refusal(
            "nothing-found",
            "KL 5:53",
            "Det finns inget att klubba. Ställ proposition och säg vad du finner.",
            "Inget är funnet än",
        )
    if running is not None:
        return _after_division(meeting, matter, contest, running, in_public)
    if contest.found is None:
        raise Refusal(
            "nothing-found",
            "KL 5:53",
            "Säg först vad du finner bifallet.",
            "Inget är funnet än",
            {"contest": contest.id},
        )
    if contest.demanded_by is not None:
        rule = rules_of(meeting).division_demand
        raise Refusal(
            "division-demanded",
            rule.cites.short,
            f"{meeting.people[contest.demanded_by].called} har begärt votering. Öppna voteringen. "
            f"{sentence(rule)}",
            "Votering är begärd",
            {"person": contest.demanded_by},
        )
    if contest.kind == "today":
        refuse_if_reached(meeting, matter)
    quorum = require_quorum(meeting)
    require_somebody(meeting, matter)
    majority = by_acclamation(meeting, matter, contest)
    taking_part = deciders(meeting)
    return _carried(
        meeting,
        matter,
        contest,
        contest.found,
        "acclamation",
        None,
        taking_part,
        tuple(p for p in counted_remote(meeting) if p in taking_part),
        (quorum, *majority, *in_public),
    )


def _after_division(
    meeting: Meeting,
    matter: MatterState,
    contest: Contest,
    division: Division,
    in_public: tuple[RulingRecord, ...],
) -> list[Event]:
    if division.status == "open":
        cast, voters = len(division.given), len(division.voters)
        raise Refusal(
            "division-open",
            "KL 5:54",
            f"Voteringen pågår: {cast} av {voters} har röstat. Stäng den först.",
            "Voteringen är inte stängd",
            {"cast": cast, "voters": voters},
        )
    quorum = require_quorum(meeting)
    confirmed = confirmation(meeting, division)
    if contest.kind == "today" and confirmed.carried == TODAY:
        refuse_if_reached(meeting, matter)
    took_part = _took_part(meeting, division, confirmed)
    remote = tuple(p for p in took_part if p in division.remote)
    rulings = (quorum, *confirmed.rulings, *in_public)
    return [
        confirmed,
        *_carried(
            meeting, matter, contest, confirmed.carried, "division", division.id, took_part, remote, rulings
        ),
    ]


def _took_part(meeting: Meeting, division: Division, confirmed: DivisionConfirmed) -> tuple[PersonId, ...]:
    """Those who voted yes or no, and the chair whose casting vote decided it: in the order of the roster."""
    took_part = {p for p, vote in confirmed.votes.items() if vote != "abstain"} | {division.casting_by}
    return tuple(p for p in meeting.people if p in took_part)


def _carried(
    meeting: Meeting,
    matter: MatterState,
    contest: Contest,
    winner: CandidateId,
    how: How,
    division: str | None,
    taking_part: tuple[PersonId, ...],
    remote: tuple[PersonId, ...],
    rulings: tuple[RulingRecord, ...],
) -> list[Event]:
    matter_id = matter.matter.id
    on_the_way: list[Event] = [
        ContestCarried(
            contest.id, matter_id, contest.kind, winner, how, division, taking_part, remote, rulings
        )
    ]
    if contest.kind == "today" and winner != TODAY:
        return [_put_off(meeting, matter, winner, how, division, taking_part, remote, rulings)]
    if contest.kind in ("today", "counter"):
        return on_the_way
    left = additions_left(matter)
    if contest.kind == "main":
        if left and not matter.rejects(winner):
            return on_the_way
        return [
            MatterDecided(
                matter_id,
                contest.id,
                winner,
                (),
                how,
                division,
                taking_part,
                remote,
                (*rulings, _prepared(meeting, matter, winner, how)),
            )
        ]
    if left:
        return on_the_way
    main = next(c for c in matter.contests if c.kind == "main")
    added = [*_additions(matter), *([] if winner == REJECT else [winner])]
    decided = MatterDecided(
        matter_id,
        main.id,
        main.outcome or winner,
        tuple(added),
        main.how or how,
        main.division,
        main.taking_part,
        main.remote,
        (*rulings, _prepared(meeting, matter, winner, how)),
    )
    return [*on_the_way, decided]


def _additions(matter: MatterState) -> tuple[CandidateId, ...]:
    answered = (c for c in matter.contests if c.kind == "addition" and c.outcome is not None)
    return tuple(c.outcome for c in answered if c.outcome is not None and c.outcome != REJECT)


def _prepared(meeting: Meeting, matter: MatterState, winner: CandidateId, how: How) -> RulingRecord:
    """That the matter was prepared, or that all present have said they agree on the decision (KL 5:33)."""
    rule, prepared = rules_of(meeting).prepared_only, matter.matter.prepared
    asked = prepared or all_agree_on(meeting, matter, winner)
    return uphold(
        rule,
        rule(prepared=prepared, agreed=how == "acclamation" and asked),
        f"{the_matter(matter)} är inte berett och får bara avgöras om alla närvarande är ense om beslutet.",
        "Ärendet är inte berett",
    )


def _put_off(
    meeting: Meeting,
    matter: MatterState,
    winner: CandidateId,
    how: How,
    division: str | None,
    taking_part: tuple[PersonId, ...],
    remote: tuple[PersonId, ...],
    rulings: tuple[RulingRecord, ...],
) -> Event:
    proposal = (matter.proposals or {})[winner]
    rule = rules_of(meeting).referral_motivation
    motivated = uphold(
        rule,
        rule(motivation=proposal.kind == "defer" or proposal.motivation is not None),
        "Motivering saknas. De som har begärt återremissen bestämmer den.",
        "Motivering saknas",
    )
    return deferral_event(
        matter,
        proposal,
        how=how,
        division=division,
        taking_part=taking_part,
        remote=remote,
        rulings=(*rulings, motivated),
    )


def contest_carried(meeting: Meeting, event: ContestCarried, at: datetime) -> Meeting:
    """Answered; a counter-proposal chosen is handed to the question it was chosen for."""
    del at
    meeting = with_contest(
        meeting,
        event.matter,
        event.contest,
        outcome=event.candidate,
        how=event.how,
        division=event.division,
        taking_part=event.taking_part,
        remote=event.remote,
    )
    parent = contest_by_id(meeting, event.matter, event.contest).parent
    if parent is not None:
        meeting = with_contest(meeting, event.matter, parent, counter=event.candidate)
    return meeting


def matter_decided(meeting: Meeting, event: MatterDecided, at: datetime) -> Meeting:
    """Decided."""
    del at
    meeting = with_contest(
        meeting, event.matter, event.contest, outcome=event.proposal, how=event.how, division=event.division
    )
    decision = Decision(
        event.proposal, event.additions, event.how, event.division, event.taking_part, event.remote
    )
    return with_matter(
        meeting,
        event.matter,
        stage="decided",
        status="decided",
        decision=decision,
        outcome_text=_outcome_text(meeting, meeting.matters[event.matter], event),
    )


def _outcome_text(meeting: Meeting, matter: MatterState, event: MatterDecided) -> str:
    if event.proposal == REJECT:
        return "Förslaget avslås."
    text = f"Beslut enligt {in_sentence(candidate_label(meeting, matter, event.proposal))}"
    if event.additions:
        return f"{text} med {len(event.additions)} tillägg."
    return f"{text}."
