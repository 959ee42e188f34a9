"""The sections about the matter at hand: its proposals and steps, the questions put, the division."""

from __future__ import annotations

from datetime import date

from meeting_server.law.asking import decided_in_time, last_day_of_year
from meeting_server.meeting.abstention import all_take_part
from meeting_server.meeting.asking import ASKING
from meeting_server.meeting.changing import open_contest
from meeting_server.meeting.counting import counted, quorum_now, rules_of, undecided_links
from meeting_server.meeting.grounds import listing, section
from meeting_server.meeting.minority import deferrals, minority_for, why_not
from meeting_server.meeting.naming import (
    candidate_label,
    candidate_text,
    proposal_title,
    read_aloud,
)
from meeting_server.meeting.refusing import may_overrule
from meeting_server.meeting.state import Contest, Division, MatterState, Meeting
from meeting_server.meeting.tally import absent_voters, casting_needed, leading, to_be_called
from meeting_server.meeting.words import DECIDING, ELECTED, ELECTING, TODAY, CandidateId
from meeting_server.wire.json import Json, encode
from meeting_server.wire.view_majority import division_majority, majority_view


def matter_section(meeting: Meeting, *, cut_off: bool) -> dict[str, Json] | None:
    """The matter at hand; of it, one who is cut off is told only which it is."""
    matter = meeting.matter
    if matter is None:
        return None
    head: dict[str, Json] = {
        "matter": matter.matter.id,
        "number": matter.number,
        "title": matter.matter.title,
        "reference": matter.matter.reference,
        "kind": matter.matter.kind,
        "stage": matter.stage,
    }
    empty: dict[str, Json] = {
        "asking": None,
        "raised": None,
        "background": None,
        "rapporteur": None,
        "documents": [],
        "proposals": [],
        "conflicts": [],
        "abstaining": [],
        "all_take_part": False,
        "dispute": None,
        "decision": None,
        "minority": None,
        "majority": None,
        "reported": [],
        "reservations": [],
        "statements": [],
        "steps": [],
        "immediate": matter.immediate,
    }
    if cut_off:
        return {**head, **empty}
    decision = matter.decision
    return {
        **head,
        "asking": _asking(matter),
        "raised": _raised(meeting, matter),
        "background": matter.matter.background,
        "rapporteur": matter.matter.rapporteur,
        "documents": encode(matter.matter.documents),
        "proposals": [
            {
                "id": p.id,
                "kind": p.kind,
                "title": proposal_title(meeting, matter, p),
                "text": candidate_text(meeting, matter, p.id),
                "points": list(p.points),
                "mover": p.mover,
                "supporters": list(p.supporters),
                "withdrawn": p.withdrawn,
                "refused": None
                if p.refused is None or p.overruled
                else {
                    "ground": p.refused,
                    "reason": p.refused_because,
                    "may_overrule": may_overrule(meeting, p),
                },
                "motivation": p.motivation,
            }
            for p in (matter.proposals or {}).values()
        ],
        "conflicts": list(matter.disqualified),
        "abstaining": list(matter.abstaining),
        "all_take_part": all_take_part(meeting, matter),
        "dispute": None
        if matter.dispute is None
        else {"person": matter.dispute.person, "questioned_by": matter.dispute.questioned_by},
        "decision": _decision(meeting, matter),
        "minority": _minority(meeting, matter) if decision is None else None,
        "majority": majority_view(meeting, matter) if decision is None else None,
        "reported": encode(matter.matter.reported),
        "reservations": encode(matter.reservations),
        "statements": encode(matter.statements),
        "steps": _steps(matter),
        "immediate": matter.immediate,
    }


def _decision(meeting: Meeting, matter: MatterState) -> dict[str, Json] | None:
    if matter.decision is None and matter.settled:
        return {"text": matter.outcome_text, "proposal": None, "how": "acclamation", "division": None}
    if matter.decision is None:
        return None
    return {
        "text": decision_text(meeting, matter),
        "proposal": matter.decision.proposal,
        "additions": list(matter.decision.additions),
        "how": matter.decision.how,
        "division": matter.decision.division,
    }


def decision_text(meeting: Meeting, matter: MatterState) -> str:
    """What was decided, in the words of the proposal that carried."""
    if matter.decision is None or matter.status in ("referred_back", "deferred"):
        return matter.outcome_text or ""
    if matter.decision.proposal == ELECTED:
        return matter.outcome_text or ""
    texts = [matter.decision.proposal, *matter.decision.additions]
    said = " ".join(candidate_text(meeting, matter, c) for c in texts)
    outcome = matter.outcome_text or ""
    # «… yrkande: att kommunen …»: a text that goes on in lower case has no full stop before it.
    return f"{outcome.removesuffix('.')}: {said}" if said[:1].islower() else f"{outcome} {said}"


def _minority(meeting: Meeting, matter: MatterState) -> dict[str, Json] | None:
    asking = [minority_for(meeting, matter, p) for p in deferrals(matter)]
    if not asking or any(c.kind == "main" for c in matter.contests):
        return None
    most = max(asking, key=lambda m: (m.ruling.outcome, len(m.requesting)))
    if most.needed is None:
        return None
    return {
        "proposal": most.proposal.id,
        "requesting": list(most.requesting),
        "count": len(most.requesting),
        "needed": most.needed,
        "present": most.present,
        "reached": len(most.requesting) >= most.needed,
        "right": most.ruling.outcome,
        "why_not": None if most.ruling.outcome else why_not(meeting, matter, most),
    }


def _asking(matter: MatterState) -> dict[str, Json] | None:
    """Who asks and who answers, and how far it has come; None for other matters."""
    if matter.matter.kind not in ASKING:
        return None
    return {
        "asks": matter.matter.asked_by,
        "answers": matter.matter.answered_by,
        "may_be_put": matter.may_be_put,
        "answered": matter.answered,
        "only_two": ASKING[matter.matter.kind].only_two,
    }


def _raised(meeting: Meeting, matter: MatterState) -> dict[str, Json] | None:
    """Whose motion it is and the year it should be decided within (KL 5:35); None for other matters."""
    raised_on = matter.matter.raised_on
    if raised_on is None:
        return None
    ruling = decided_in_time(raised_on=raised_on, on=meeting.today.isoformat())
    return {
        "by": matter.matter.asked_by,
        "raised_on": raised_on,
        "due_on": last_day_of_year(date.fromisoformat(raised_on)).isoformat(),
        "in_time": ruling.outcome,
        "cites": ruling.cites.short,
    }


def _steps(matter: MatterState) -> list[dict[str, Json]]:
    if matter.matter.kind in ELECTING:
        names = ["Upptaget", "Nomineringar", "Val", "Reservationer"]
        here = {"debate": 1, "deciding": 2, "decided": 3, "finished": 4}[matter.stage]
    elif matter.matter.kind in ASKING:
        names = ["Upptaget", "Får den ställas", "Svar och överläggning"]
        here = 3 if matter.settled else 1 if matter.may_be_put is None else 2
    elif matter.matter.kind not in DECIDING:
        names = ["Upptaget", {"verifiers": "Val"}.get(matter.matter.kind, "Genomgång")]
        here = 2 if matter.settled else 1
    else:
        names = ["Upptaget", "Överläggning", "Beslut", "Reservationer"]
        here = {"debate": 1, "deciding": 2, "decided": 3, "finished": 4}[matter.stage]
    return [
        {"name": name, "state": "done" if i < here else "here" if i == here else "todo"}
        for i, name in enumerate(names)
    ]


def deciding_section(meeting: Meeting) -> dict[str, Json]:
    """The questions put in the matter at hand, and what is ready for a decision."""
    matter = meeting.matter
    if matter is None:
        return {"contests": [], "current": None, "ready": []}
    current = open_contest(meeting)
    return {
        "contests": [_contest(meeting, matter, c) for c in matter.contests],
        "current": current.id if current is not None and not matter.settled else None,
        "ready": _ready(meeting, matter) if not matter.settled else [],
    }


def _contest(meeting: Meeting, matter: MatterState, contest: Contest) -> dict[str, Json]:
    division = meeting.held.get(contest.division) if contest.division is not None else None
    aloud = read_aloud(meeting, matter, contest.kind, contest.found or contest.candidates[0])
    if division is not None and division.status in ("open", "preliminary"):
        aloud = division.question_text
    return {
        "id": contest.id,
        "kind": contest.kind,
        "parent": contest.parent,
        "candidates": [
            {**_candidate(meeting, matter, c), "read_aloud": read_aloud(meeting, matter, contest.kind, c)}
            for c in contest.candidates
        ],
        "found": contest.found,
        "counter": contest.counter,
        "demanded_by": contest.demanded_by,
        "outcome": contest.outcome,
        "how": contest.how,
        "division": contest.division,
        "read_aloud": aloud,
    }


def _candidate(meeting: Meeting, matter: MatterState, candidate: CandidateId) -> dict[str, Json]:
    return {
        "id": candidate,
        "label": candidate_label(meeting, matter, candidate),
        "text": candidate_text(meeting, matter, candidate),
    }


def _ready(meeting: Meeting, matter: MatterState) -> list[dict[str, Json]]:
    """The ticks under Klart för beslut: quorum, links, announced and prepared, nobody disqualified counts."""
    present, quorate = len(counted(meeting)), quorum_now(meeting).outcome
    needed = rules_of(meeting).quorum_needed(meeting.convened.body.seats)
    lost = undecided_links(meeting)
    remote = sum(1 for p in meeting.presence.values() if p.state == "remote")
    barred = len(matter.disqualified)
    prepared = matter.matter.announced and matter.matter.prepared
    links = (
        f"{len(lost)} med bruten förbindelse"
        if lost
        else f"Alla {remote} på distans har bild och ljud"
        if remote
        else "Ingen bruten förbindelse"
    )
    return [
        {
            "ok": quorate,
            "text": f"Närvarande {present}, behövs {needed}",
            "code": None if quorate else "quorum",
        },
        {"ok": not lost, "text": links, "code": "link-undecided" if lost else None},
        {
            "ok": prepared,
            "text": "Kungjort och berett" if prepared else f"{section(matter)} är inte berett eller kungjort",
            "code": None if prepared else "prepared",
        },
        {
            "ok": True,
            "text": "Ingen är jävig" if not barred else f"{barred} jäviga deltar inte",
            "code": None,
        },
        *_aside(meeting, matter),
    ]


def _aside(meeting: Meeting, matter: MatterState) -> list[dict[str, Json]]:
    """Who has said that they take no part in the decision; nothing when all do."""
    if not matter.abstaining:
        return []
    names = listing([meeting.people[p].called for p in matter.abstaining])
    return [{"ok": True, "text": f"{names} deltar inte i beslutet", "code": None}]


def division_section(meeting: Meeting, audience: str) -> dict[str, Json] | None:
    """The division being held, or the last in the matter; how anybody votes is hidden while open."""
    division = meeting.running or _latest_in_matter(meeting)
    if division is None:
        return None
    matter = meeting.matters[division.matter]
    is_open = division.status == "open"
    tally = {
        "yes": division.count("yes"),
        "no": division.count("no"),
        "abstain": division.count("abstain"),
        "absent": len(absent_voters(division)),
    }
    tie_waits = division.status == "preliminary" and casting_needed(meeting, division)
    carried = leading(meeting, division) if division.status in ("preliminary", "confirmed") else None
    return {
        "id": division.id,
        "contest": division.contest,
        "status": division.status,
        "yes": _candidate(meeting, matter, division.yes),
        "no": _candidate(meeting, matter, division.no),
        "question_text": division.question_text,
        "voters": len(division.voters),
        "cast": len(division.given),
        "missing": list(to_be_called(meeting, division)) if audience != "member" else [],
        "tally": None if is_open else tally,
        "votes": None if is_open else {p: g.vote for p, g in division.given.items()},
        "casting_needed": tie_waits,
        "carried": carried,
        "carried_label": None if carried is None else candidate_label(meeting, matter, carried),
        "majority": division_majority(meeting, division),
        "by_casting_vote": division.by_casting_vote,
        "objections": list(division.objections),
        "opened_at": division.opened_at.isoformat(),
        "closed_at": division.closed_at.isoformat() if division.closed_at is not None else None,
        "void_reason": division.void_reason,
        "my_vote": None,
        "my_vote_at": None,
    }


def _latest_in_matter(meeting: Meeting) -> Division | None:
    if meeting.current is None:
        return None
    return next((d for d in reversed(tuple(meeting.held.values())) if d.matter == meeting.current), None)


def numbered(matter: MatterState, candidate: CandidateId) -> str:
    """The candidate by its number among the standing proposals, as chair and hall number them."""
    if candidate == TODAY:
        return "avgörande i dag"
    ids = [p.id for p in matter.standing]
    return f"förslag {ids.index(candidate) + 1}" if candidate in ids else "avslag"
