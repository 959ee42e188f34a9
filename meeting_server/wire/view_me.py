"""The viewer's own section: state, roles, what may be done now, and why not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from meeting_server.law.attending import may_attend
from meeting_server.law.regime import regime
from meeting_server.meeting import Command, Meeting, SignedIn, roles_of
from meeting_server.meeting.abstention import Abstain, WithdrawAbstention
from meeting_server.meeting.blocks import LiftFromBlock
from meeting_server.meeting.conflicts import DeclareConflict, WithdrawConflict
from meeting_server.meeting.counting import (
    counted,
    is_behind_closed_doors,
    is_counted,
    is_cut_off,
    is_expelled,
    is_serving,
    is_shut_out,
    must_leave,
    rules_of,
)
from meeting_server.meeting.debate import EndFloor, RequestFloor, WithdrawRequest
from meeting_server.meeting.deciding import DemandDivision, WithdrawDemand
from meeting_server.meeting.disputes import QuestionConflict
from meeting_server.meeting.divisions import CastVote, ObjectToVote
from meeting_server.meeting.elections import (
    CastBallot,
    DemandBallot,
    Nominate,
    WithdrawBallotDemand,
    WithdrawNomination,
)
from meeting_server.meeting.grounds import section, sentence
from meeting_server.meeting.lobby import follows_unidentified
from meeting_server.meeting.outcome import kebab
from meeting_server.meeting.presence import Depart, EnterLobby, FollowAsViewer
from meeting_server.meeting.proportional import DemandProportional, WithdrawProportionalDemand
from meeting_server.meeting.proposals import Propose, StateMotivation, SupportProposal, WithdrawProposal
from meeting_server.meeting.reservations import AddReservationText, Reserve
from meeting_server.meeting.strong_identity import why
from meeting_server.meeting.undisturbed import ConfirmUndisturbed, unconfirmed
from meeting_server.meeting.words import ELECTING, PersonId
from meeting_server.wire.json import Json
from meeting_server.wire.trial import blocked
from meeting_server.wire.view_election import my_ballot


def me_section(
    meeting: Meeting, person: PersonId | None, signed_in: SignedIn | None = None
) -> dict[str, Json]:
    """Everything about the viewer; the hall and strangers have nothing they may do."""
    if person is None or person not in meeting.people:
        return {"person": person, "roles": [], "state": None, "serving": False, "counted": False, "can": {}}
    presence = meeting.presence[person]
    queue = [r.person for r in meeting.debate.queue]
    own = next((r for r in meeting.debate.queue if r.person == person), None)
    given = meeting.running.given.get(person) if meeting.running is not None else None
    can: dict[str, Json] = {
        kebab(type(c)): blocked(meeting, c, person, signed_in) for c in _acts(meeting, person)
    }
    return {
        "person": person,
        "roles": sorted(roles_of(meeting, person)),
        "state": presence.state,
        "serving": is_serving(meeting, person),
        "counted": is_counted(meeting, person),
        "can": can,
        "request": None
        if own is None
        else {"id": own.id, "kind": own.kind, "position": queue.index(person) + 1},
        "my_vote": given.vote if given is not None else None,
        "votable": can["cast-vote"] is None,
        "ballot": my_ballot(meeting, person),
        "conflict_in": [m.matter.id for m in meeting.matters.values() if person in m.disqualified],
        "reserved_in": [
            m.matter.id
            for m in meeting.matters.values()
            if any(note.person == person for note in m.reservations)
        ],
        "abstains": meeting.matter is not None and person in meeting.matter.abstaining,
        "new_picture_asked": presence.new_picture_asked,
        "note": presence.note if presence.state == "expected" else None,
        "cut_off": _cut_off(meeting, person),
        "undisturbed": _undisturbed(meeting, person),
        "viewer_reason": viewer_reason(meeting, person),
    }


def _undisturbed(meeting: Meeting, person: PersonId) -> Literal["asked", "said"] | None:
    """Whether the one at a distance is asked to say that nobody else hears, or has said so."""
    if person in unconfirmed(meeting):
        return "asked"
    matter = meeting.matter
    said = matter is not None and person in matter.undisturbed and is_behind_closed_doors(meeting)
    return "said" if said else None


def viewer_reason(meeting: Meeting, person: PersonId) -> str | None:
    """Why somebody follows as a viewer and is not counted."""
    if meeting.presence[person].state != "viewer":
        return None
    if follows_unidentified(meeting, meeting.people[person]):
        return f"{why(meeting)} Med e-legitimation går det att delta."
    law = regime(meeting.convened.regime)
    return (
        f"Presidiet får inte delta på distans i {meeting.convened.body.definite}. "
        f"{sentence(rules_of(meeting).presidium_remote)[:-1]}, {law.title[0].lower()}{law.title[1:]}."
    )


def _acts(meeting: Meeting, person: PersonId) -> Iterator[Command]:
    """One command of each kind a member may give, about what it would most likely be given about now."""
    current = meeting.matter
    standing = current.standing if current is not None else ()
    others = [p.id for p in standing if person not in (p.mover, *p.supporters)]
    mine = [p.id for p in standing if p.mover == person]
    some_proposal = standing[0].id if standing else ""
    matters = list(meeting.matters.values())
    coming = [m.matter.id for m in matters if not m.settled]
    free = [m for m in coming if person not in meeting.matters[m].disqualified]
    declared = [m.matter.id for m in matters if m.status == "coming" and person in m.disqualified]
    decided = [m for m in matters if m.decision is not None]
    open_to = [m.matter.id for m in decided if all(n.person != person for n in m.reservations)]
    reserved = [m.matter.id for m in decided if any(n.person == person for n in m.reservations)]
    here = meeting.current or (coming[0] if coming else matters[0].matter.id if matters else "")
    yield EnterLobby()
    yield FollowAsViewer()
    yield Depart()
    yield RequestFloor()
    yield WithdrawRequest()
    yield EndFloor()
    electing = current is not None and current.matter.kind in ELECTING
    yield Propose("defer", "") if electing else Propose("counter", "…")
    yield SupportProposal(others[0] if others else some_proposal)
    yield WithdrawProposal(mine[0] if mine else some_proposal)
    yield StateMotivation(mine[0] if mine else some_proposal, "…")
    yield DemandDivision()
    yield WithdrawDemand()
    if current is not None and current.matter.kind in ELECTING:
        own = [n.id for n in current.election.standing if n.by == person]
        yield Nominate("…")
        yield WithdrawNomination(own[0] if own else "")
        yield DemandBallot()
        yield WithdrawBallotDemand()
        yield DemandProportional()
        yield WithdrawProportionalDemand(person)
        yield CastBallot((), "2222-2222")
    yield Abstain(meeting.block[0] if meeting.block else None)
    yield LiftFromBlock(meeting.block[0] if meeting.block else here)
    yield WithdrawAbstention(person)
    yield CastVote("yes")
    yield ObjectToVote()
    yield DeclareConflict(meeting.current if meeting.current in free else free[0] if free else here)
    yield QuestionConflict(next((p for p in counted(meeting) if p != person), ""))
    yield WithdrawConflict(declared[0] if declared else here, person)
    yield ConfirmUndisturbed()
    yield Reserve(open_to[-1] if open_to else here)
    yield AddReservationText(reserved[-1] if reserved else here, "…")


def _cut_off(meeting: Meeting, person: PersonId) -> dict[str, Json] | None:
    matter = meeting.matter
    if is_expelled(meeting, person):
        return {
            "reason": "Ordföranden har visat ut dig från sammanträdet.",
            "cites": rules_of(meeting).may_expel.cites.short,
            "until_text": "Du kan komma tillbaka bara om ordföranden släpper in dig igen.",
        }
    if matter is None or not is_cut_off(meeting, person):
        return None
    if must_leave(meeting, person):
        return {
            "reason": f"Personalföreträdare får inte närvara vid handläggningen av {section(matter)}.",
            "cites": may_attend.cites.short,
            "until_text": f"Du är tillbaka när {section(matter)} är avgjord.",
        }
    if is_shut_out(meeting, person):
        return {
            "doors": True,
            "reason": f"Överläggningen i {section(matter)} hålls inom stängda dörrar.",
            "cites": rules_of(meeting).closed_doors.cites.short,
            "until_text": "Du är tillbaka när dörrarna öppnas.",
        }
    rule = rules_of(meeting).conflict_presence
    return {
        "reason": f"Du är jävig i {section(matter)} och får varken delta eller vara närvarande.",
        "cites": rule.cites.short,
        "until_text": f"Du är tillbaka när {section(matter)} är avgjord.",
    }
