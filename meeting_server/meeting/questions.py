"""Deciding and evolving the questions put: their order, the finding, the demand for a division (KL 5:53)."""

from __future__ import annotations

from datetime import datetime

from meeting_server.meeting.actors import Actor, Role
from meeting_server.meeting.changing import open_contest, with_contest, with_matter
from meeting_server.meeting.counting import roles_of, rules_of
from meeting_server.meeting.deciding import (
    CarriedFound,
    DemandDivision,
    DivisionDemanded,
    DivisionDemandWithdrawn,
    FindCarried,
    PutQuestion,
    QuestionsPut,
    QuestionsReordered,
    RecordDemand,
    ReorderQuestions,
    WithdrawDemand,
)
from meeting_server.meeting.grounds import (
    able_chair,
    no_closed_ballot,
    no_running_division,
    open_doors,
    require_quorum,
    section,
    sentence,
    unsettled_matter,
    uphold,
)
from meeting_server.meeting.minority import deferrals, refuse_if_reached
from meeting_server.meeting.naming import order_of_questions
from meeting_server.meeting.outcome import Event, Refusal
from meeting_server.meeting.proposing import require_counted
from meeting_server.meeting.qualifying import not_too_early
from meeting_server.meeting.state import Contest, MatterState, Meeting
from meeting_server.meeting.words import REJECT, TODAY, CandidateId, ContestKind, PersonId, ProposalId

_MAIN = ("prepared", "counter", "amend", "reject")


def decide_put_question(meeting: Meeting, command: PutQuestion, actor: Actor) -> list[Event]:
    """The next question: today or not, then the decision itself, then each addition."""
    del command, actor
    matter = unsettled_matter(meeting)
    able_chair(meeting)
    no_running_division(meeting)
    in_public = open_doors(meeting)
    if not matter.debate_closed:
        raise Refusal(
            "debate-open",
            "arbetsordningen",
            f"Överläggningen i {section(matter)} pågår. Avsluta den först.",
            "Överläggningen pågår",
            {"matter": matter.matter.id},
        )
    refuse_if_reached(meeting, matter)
    kind, candidates, parent = next_question(matter)
    if not candidates:
        raise Refusal(
            "no-proposal",
            "KL 5:53",
            f"Det finns inget förslag till beslut i {section(matter)}. "
            "Återuppta överläggningen och ta upp ett.",
            "Inget förslag finns",
            {"matter": matter.matter.id},
        )
    rules = rules_of(meeting)
    answerable = uphold(
        rules.proposals_answerable,
        rules.proposals_answerable(candidates=candidates),
        "Förslagen måste kunna besvaras med ja eller nej.",
        "Går inte att besvara",
    )
    early = not_too_early(meeting, matter) if kind == "main" else ()
    quorum = require_quorum(meeting)
    contest = f"{matter.matter.id}-c{len(matter.contests) + 1}"
    text = order_of_questions(meeting, matter, kind, candidates)
    rulings = (quorum, answerable, *early, *in_public)
    return [QuestionsPut(contest, matter.matter.id, kind, candidates, text, parent, rulings)]


def next_question(matter: MatterState) -> tuple[ContestKind, tuple[CandidateId, ...], str | None]:
    """Kind, candidates and parent of the question to put now; refused while one stands unanswered."""
    standing = next((c for c in reversed(matter.contests) if c.outcome is None), None)
    if standing is not None:
        if standing.demanded_by is not None and len(standing.candidates) > 2 and standing.counter is None:
            rest = tuple(c for c in standing.candidates if c != standing.found)
            return "counter", rest, standing.id
        raise Refusal(
            "question-open",
            "KL 5:53",
            "En proposition är redan ställd. Avgör den först.",
            "Proposition är redan ställd",
            {"contest": standing.id},
        )
    asked = {c.kind for c in matter.contests}
    put = {one for c in matter.contests for one in c.candidates}
    putting_off = tuple(p.id for p in deferrals(matter) if p.id not in put)
    if putting_off and "main" not in asked:
        return "today", (TODAY, *putting_off), None
    if "main" not in asked:
        return "main", tuple(p.id for p in matter.standing if p.kind in _MAIN), None
    return "addition", (additions_left(matter)[0], REJECT), None


def additions_left(matter: MatterState) -> tuple[ProposalId, ...]:
    """The standing additions not yet put."""
    put = {c.candidates[0] for c in matter.contests if c.kind == "addition"}
    return tuple(p.id for p in matter.standing if p.kind == "add" and p.id not in put)


def decide_reorder(meeting: Meeting, command: ReorderQuestions, actor: Actor) -> list[Event]:
    """The same proposals in another order, before the chair has found anything."""
    del actor
    matter, contest = _standing(meeting)
    if contest.found is not None:
        raise Refusal(
            "already-found",
            "KL 5:53",
            "Ordföranden har redan sagt vilket förslag som är bifallet. Ordningen kan inte ändras nu.",
            "Redan ställd",
            {"contest": contest.id},
        )
    if sorted(command.order) != sorted(contest.candidates):
        raise Refusal(
            "not-the-same-proposals",
            "KL 5:53",
            f"Ordningen ska omfatta samma {len(contest.candidates)} förslag, vart och ett en gång.",
            "Inte samma förslag",
            {"candidates": contest.candidates},
        )
    text = order_of_questions(meeting, matter, contest.kind, command.order)
    return [QuestionsReordered(contest.id, command.order, text)]


def decide_find(meeting: Meeting, command: FindCarried, actor: Actor) -> list[Event]:
    """What the chair has heard."""
    del actor
    able_chair(meeting)
    matter, contest = _standing(meeting)
    no_running_division(meeting)
    if command.candidate == TODAY:
        not_too_early(meeting, matter)
    if contest.demanded_by is not None:
        raise Refusal(
            "division-demanded",
            "KL 5:53",
            "Votering är begärd. Det ordföranden har funnit prövas i voteringen.",
            "Votering är begärd",
            {"contest": contest.id},
        )
    if command.candidate not in contest.candidates:
        raise Refusal(
            "not-a-candidate",
            "KL 5:53",
            "Förslaget hör inte till den proposition som är ställd.",
            "Ingår inte i propositionen",
            {"candidate": command.candidate},
        )
    return [CarriedFound(contest.id, command.candidate)]


def decide_demand(meeting: Meeting, command: DemandDivision, actor: Actor) -> list[Event]:
    """By any member who serves, between the finding and the gavel."""
    del command
    return _demand(meeting, actor.name, None)


def decide_record_demand(meeting: Meeting, command: RecordDemand, actor: Actor) -> list[Event]:
    """A member's demand, written down."""
    return _demand(meeting, command.person, actor.person)


def decide_withdraw_demand(meeting: Meeting, command: WithdrawDemand, actor: Actor) -> list[Event]:
    """By the member who made it, or written down by the chair or the secretary."""
    del command
    _matter, contest = _standing(meeting)
    no_running_division(meeting)
    if contest.demanded_by is None:
        raise Refusal("nothing-demanded", "KL 5:53", "Ingen har begärt votering.", "Ingen votering är begärd")
    somebody_else = actor.name != contest.demanded_by
    if somebody_else and not roles_of(meeting, actor.name) & {Role.CHAIR, Role.SECRETARY}:
        raise Refusal(
            "not-your-demand",
            "KL 5:53",
            f"Det är {meeting.people[contest.demanded_by].called} som har begärt votering.",
            "Inte din begäran",
            {"person": contest.demanded_by},
        )
    return [DivisionDemandWithdrawn(contest.id, contest.demanded_by, actor.person if somebody_else else None)]


def _demand(meeting: Meeting, person: PersonId, recorded_by: PersonId | None) -> list[Event]:
    matter = unsettled_matter(meeting)
    require_counted(meeting, person, "begära votering", own=recorded_by is None)
    rule = rules_of(meeting).division_demand
    contest = open_contest(meeting)
    if contest is None or contest.found is None:
        if contest is None and matter.contests:
            uphold(
                rule,
                rule(before_gavel=False),
                "Klubban har fallit. Votering ska begäras före klubbslaget.",
                "Klubban har fallit",
            )
        raise Refusal(
            "nothing-found",
            rule.cites.short,
            f"Ordföranden har inte funnit något bifallet än. Votering begärs före klubbslaget. "
            f"{sentence(rule)}",
            "Inget är funnet än",
        )
    if contest.demanded_by is not None:
        raise Refusal(
            "division-demanded",
            rule.cites.short,
            f"{meeting.people[contest.demanded_by].called} har redan begärt votering.",
            "Votering är redan begärd",
            {"person": contest.demanded_by},
        )
    ruling = rule(before_gavel=True).record()
    return [DivisionDemanded(contest.id, person, recorded_by, (ruling,))]


def _standing(meeting: Meeting) -> tuple[MatterState, Contest]:
    matter = unsettled_matter(meeting)
    contest = open_contest(meeting)
    if contest is None:
        raise Refusal(
            "no-question",
            "KL 5:53",
            "Ingen proposition är ställd. Ställ proposition först.",
            "Ingen proposition är ställd",
        )
    no_closed_ballot(matter)
    return matter, contest


def questions_put(meeting: Meeting, event: QuestionsPut, at: datetime) -> Meeting:
    """A question stands."""
    del at
    matter = meeting.matters[event.matter]
    contest = Contest(event.contest, event.kind, event.candidates, event.parent)
    return with_matter(meeting, event.matter, contests=(*matter.contests, contest))


def questions_reordered(meeting: Meeting, event: QuestionsReordered, at: datetime) -> Meeting:
    """In another order."""
    del at
    return _change(meeting, event.contest, candidates=event.candidates)


def carried_found(meeting: Meeting, event: CarriedFound, at: datetime) -> Meeting:
    """Found, not confirmed."""
    del at
    return _change(meeting, event.contest, found=event.candidate)


def division_demanded(meeting: Meeting, event: DivisionDemanded, at: datetime) -> Meeting:
    """The gavel waits."""
    del at
    return _change(meeting, event.contest, demanded_by=event.person)


def demand_withdrawn(meeting: Meeting, event: DivisionDemandWithdrawn, at: datetime) -> Meeting:
    """The gavel may fall; a counter-proposal chosen for the division is no longer needed."""
    del at
    return _change(meeting, event.contest, demanded_by=None, counter=None)


def _change(meeting: Meeting, contest: str, **changes: object) -> Meeting:
    return with_contest(meeting, contest.rpartition("-")[0], contest, **changes)
