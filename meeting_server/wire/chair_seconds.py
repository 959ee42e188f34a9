"""What else the chair may do now, beside the primary: in a fixed order, so that nothing moves."""

from __future__ import annotations

from collections.abc import Iterator

from meeting_server.meeting.blocks import DropBlock
from meeting_server.meeting.changing import open_contest
from meeting_server.meeting.counting import are_doors_closed, counted, is_counted, is_public
from meeting_server.meeting.debate import (
    CloseDebate,
    CloseSpeakersList,
    EndFloor,
    ExtendFloor,
    ReopenDebate,
    ReopenSpeakersList,
)
from meeting_server.meeting.deciding import WithdrawDemand
from meeting_server.meeting.doors import DecideBehindDoors, OpenDoors
from meeting_server.meeting.presence import CompleteRollCall
from meeting_server.meeting.presiding import HandOverChair
from meeting_server.meeting.state import Division, MatterState, Meeting
from meeting_server.meeting.striking import may_be_struck
from meeting_server.meeting.undecided import hindrances
from meeting_server.meeting.verification import DeclareImmediateVerification
from meeting_server.meeting.words import DECIDING, ELECTING, PersonId
from meeting_server.wire.asking_steps import asking_offers
from meeting_server.wire.conduct_steps import conduct_offers, order_offers, publicity_offers
from meeting_server.wire.election_steps import election_seconds
from meeting_server.wire.json import Json
from meeting_server.wire.step_warnings import not_called
from meeting_server.wire.trial import Step, step
from meeting_server.wire.view_block import blockable
from meeting_server.wire.webcast_steps import webcast_offers


def chair_seconds(meeting: Meeting, person: PersonId | None, primary: Step) -> list[Step]:
    """The others of the moment; never the primary again."""
    behind_doors = [("Gå vidare med stängda dörrar", DecideBehindDoors(), _PASS)] if _shut(primary) else []
    made = (
        step(label, command, meeting=meeting, person=person, **about)
        for label, command, about in (*behind_doors, *_offers(meeting))
    )
    return [one for one in made if one["id"] != primary["id"]]


_Offer = tuple[str, Json, dict[str, Json]]
_PASS: dict[str, Json] = {"key": "D", "grave": True, "sub": "Antecknas i beslutet"}
_ABSTENTION: dict[str, Json] = {"dialog": "abstention", "name": "record-abstention"}


def _offers(meeting: Meeting) -> Iterator[_Offer]:
    matter = meeting.matter
    if meeting.phase in ("roll_call", "open"):
        yield "Ajournera", None, {"dialog": "pause", "name": "pause-meeting", "key": "P"}
    if meeting.phase == "paused":
        told = meeting.pause is not None and meeting.pause.continues_at is not None
        label = "Ändra dag" if told else "Fortsätter en annan dag"
        yield label, None, {"dialog": "pause-day", "name": "pause-until-day"}
    if meeting.phase == "roll_call":
        label = f"Uppropet är klart: {len(counted(meeting))} närvarande"
        yield label, CompleteRollCall(), {"warns": not_called(meeting)}
        if hindrances(meeting):
            yield "Avsluta sammanträdet", None, {"dialog": "close", "name": "close-meeting"}
    if meeting.phase == "open" and meeting.running is not None:
        yield from _in_division(meeting, meeting.running)
    elif meeting.phase == "open" and matter is not None and _electing(matter):
        yield from election_seconds(meeting, matter)
    elif meeting.phase == "open" and matter is not None and not matter.settled:
        yield from _deciding(meeting) if matter.debate_closed else _debate(meeting, matter)
    elif meeting.phase == "open":
        yield from _between(meeting, matter)
    if meeting.phase == "open" and meeting.running is None and _may_strike(matter):
        yield "Ärendet utgår", None, {"dialog": "strike-matter", "name": "strike-matter"}
    yield from order_offers(meeting)
    yield from publicity_offers(meeting)
    yield from webcast_offers(meeting)
    yield from conduct_offers(meeting)
    if meeting.running is None and meeting.phase != "paused":
        yield from _chair(meeting)


def _shut(primary: Step) -> bool:
    """Whether closed doors stand before what the chair would do next; the warning may be passed."""
    return (primary["command"] or {}).get("name") == "open-doors"


def _may_strike(matter: MatterState | None) -> bool:
    """An election whose ballot is being held is answered by that."""
    return matter is not None and not matter.settled and may_be_struck(matter) and not matter.election.ballot


def _electing(matter: MatterState) -> bool:
    return matter.matter.kind in ELECTING and not matter.settled


def _debate(meeting: Meeting, matter: MatterState) -> Iterator[_Offer]:
    floor = meeting.debate.floor
    if floor is not None:
        yield f"Avsluta ordet: {meeting.people[floor.person].called}", EndFloor(), {}
        if floor.limit_seconds is not None:
            yield "+ 1 min", ExtendFloor(60), {}
    yield "Ny talare", None, {"dialog": "add-speaker", "name": "add-speaker"}
    if matter.doors_closed:
        yield "Öppna dörrarna", OpenDoors(), {}
    elif is_public(meeting) and not are_doors_closed(meeting):
        yield "Stäng dörrarna", None, {"dialog": "close-doors", "name": "close-doors"}
    yield from asking_offers(matter)
    if matter.matter.kind not in DECIDING:
        return
    if meeting.debate.list_closed:
        yield "Ta bort streck", ReopenSpeakersList(), {"key": "S"}
    else:
        yield "Sätt streck", CloseSpeakersList(), {"key": "S"}
    yield from _refusal(matter)
    yield "Ta upp yrkande", None, {"dialog": "propose", "name": "record-proposal", "key": "Y"}
    yield "Anteckna jäv", None, {"dialog": "conflict", "name": "record-conflict"}
    yield "Deltar inte i beslutet", None, _ABSTENTION
    if matter.dispute is None:
        yield "Jäv ifrågasätts", None, {"dialog": "dispute", "name": "record-dispute"}
    yield "Avsluta överläggningen", CloseDebate(), {}


def _deciding(meeting: Meeting) -> Iterator[_Offer]:
    contest = open_contest(meeting)
    if contest is not None and contest.found is None and len(contest.candidates) > 1:
        yield "Ändra ordningen", None, {"dialog": "reorder", "name": "reorder-questions", "key": "O"}
    if contest is not None and contest.found is not None:
        if contest.demanded_by is None:
            yield "Votering begärd", None, {"dialog": "division-demand", "name": "record-demand", "key": "V"}
        else:
            yield "Begäran återtas", WithdrawDemand(), {"sub": meeting.people[contest.demanded_by].called}
    yield "Deltar inte i beslutet", None, _ABSTENTION
    if contest is None or contest.demanded_by is None:
        yield "Återuppta debatten", ReopenDebate(), {"key": "Ö"}


def _refusal(matter: MatterState) -> Iterator[_Offer]:
    """Only before the question is put, and when somebody has moved something."""
    moved = any(not p.withdrawn and p.mover is not None for p in (matter.proposals or {}).values())
    if moved and not any(c.kind == "main" for c in matter.contests):
        yield "Vägra lägga fram förslag", None, {"dialog": "refuse-proposal", "name": "refuse-proposal"}


def _in_division(meeting: Meeting, running: Division) -> Iterator[_Offer]:
    if running.status == "open":
        yield "Ropa upp muntligt", None, {"dialog": "oral-votes", "name": "record-oral-vote", "key": "U"}
        if meeting.chair in running.voters:  # not one who came later and took over from a chair who is lost
            label = "Ändra min röst" if meeting.chair in running.given else "Rösta själv"
            yield label, None, {"dialog": "my-vote", "name": "cast-vote", "key": "R"}
        yield (
            "Avbryt voteringen",
            None,
            {"dialog": "void", "name": "void-division", "key": "X", "grave": True},
        )
        return
    yield "Ändra en röst", None, {"dialog": "objection", "name": "correct-vote", "key": "Ä"}
    yield (
        "Gör om voteringen",
        None,
        {
            "dialog": "void",
            "name": "void-division",
            "key": "X",
            "grave": True,
            "sub": "Båda voteringarna protokollförs",
        },
    )


def _between(meeting: Meeting, matter: MatterState | None) -> Iterator[_Offer]:
    if meeting.block:
        yield "Lyft ut ett ärende", None, {"dialog": "lift", "name": "record-lift"}
        yield "Ta ärendena ett och ett", DropBlock(), {}
        yield "Deltar inte i beslutet", None, _ABSTENTION
        return
    if blockable(meeting):
        yield "Ta upp i block", None, {"dialog": "block", "name": "take-up-block"}
    if matter is not None and matter.decision is not None:
        yield (
            "Anteckna reservation",
            None,
            {"dialog": "reservation", "name": "record-reservation", "data": {"matter": matter.matter.id}},
        )
        if meeting.convened.standing_orders.immediate_verification and not matter.immediate:
            declare = DeclareImmediateVerification(matter.matter.id)
            yield f"Omedelbar justering av § {matter.number}", declare, {}
    elif any(m.decision is not None for m in meeting.matters.values()):
        yield "Anteckna reservation", None, {"dialog": "reservation", "name": "record-reservation"}
    yield "Lägg till ärende", None, {"dialog": "add-matter", "name": "add-matter"}
    if any(m.status == "coming" for m in meeting.matters.values()):
        yield "Avsluta sammanträdet", None, {"dialog": "close", "name": "close-meeting"}


def _chair(meeting: Meeting) -> Iterator[_Offer]:
    ordinary = next((p for p in meeting.people.values() if p.presidium == "chair"), None)
    if ordinary is not None and ordinary.id != meeting.chair and is_counted(meeting, ordinary.id):
        label = f"Lämna tillbaka ordförandeskapet till {ordinary.called}"
        yield label, HandOverChair(ordinary.id), {}
    else:
        yield "Lämna över ordförandeskapet", None, {"dialog": "handover", "name": "hand-over-chair"}
