"""What the secretary may do now and what needs the secretary: attendance, substitutes, what is said aloud."""

from __future__ import annotations

from collections.abc import Iterator

from meeting_server.meeting.counting import counted, is_counted
from meeting_server.meeting.reordering import reorderable
from meeting_server.meeting.state import Meeting
from meeting_server.meeting.words import DECIDING, ELECTING, PersonId
from meeting_server.wire.election_steps import secretary_election_offers
from meeting_server.wire.json import Json
from meeting_server.wire.needs import Need, confirmation, needs
from meeting_server.wire.trial import Step, step
from meeting_server.wire.webcast_steps import webcast_offers

_SHARED = ("dropped", "quorum", "objection", "conflict", "verifier", "summons", "asking-subject", "webcast")


def secretary_steps(meeting: Meeting, person: PersonId | None) -> dict[str, Json]:
    """The secretary has no primary of the meeting's: the chair leads it."""
    if meeting.phase == "closed":
        return {"primary": None, "seconds": [], "needs": []}
    return {
        "primary": None,
        "seconds": list(_seconds(meeting, person)),
        "needs": [*_chair(meeting, person), *_shared(meeting, person)],
    }


def _seconds(meeting: Meeting, person: PersonId | None) -> Iterator[Step]:
    matter = meeting.matter
    offers: list[tuple[str, str, str]] = [("Kalla in ersättare", "call-substitute", "call-in-substitute")]
    if reorderable(meeting):
        offers.append(("Ändra ersättarnas ordning", "substitute-order", "reorder-substitutes"))
    if matter is not None and not matter.settled and matter.matter.kind in DECIDING:
        if not matter.debate_closed:
            offers.append(("Ta upp yrkande", "propose", "record-proposal"))
            offers.append(("Ny talare", "add-speaker", "add-speaker"))
        offers.append(("Anteckna jäv", "conflict", "record-conflict"))
        offers.append(("Deltar inte i beslutet", "abstention", "record-abstention"))
    if matter is not None and not matter.settled and matter.matter.kind in ELECTING:
        offers.extend(secretary_election_offers(meeting, matter))
    if meeting.running is not None and meeting.running.status == "open":
        offers.append(("Ropa upp muntligt", "oral-votes", "record-oral-vote"))
    if meeting.running is not None and meeting.running.status == "preliminary":
        offers.append(("Ändra en röst", "objection", "correct-vote"))
    if any(m.decision is not None for m in meeting.matters.values()):
        offers.append(("Anteckna reservation", "reservation", "record-reservation"))
    if any(m.number is not None for m in meeting.matters.values()):
        offers.append(("Protokollsanteckning", "statement", "add-statement"))
    offers.append(("Lägg till ärende", "add-matter", "add-matter"))
    for label, dialog, name in offers:
        yield step(label, meeting=meeting, person=person, dialog=dialog, name=name)
    for label, command, about in webcast_offers(meeting):
        yield step(label, command, meeting=meeting, person=person, **about)


def _shared(meeting: Meeting, person: PersonId | None) -> list[Need]:
    """What the chair is asked too, with the acts that are the chair's alone left out."""
    kept = [need for need in needs(meeting, person) if need["kind"] in _SHARED]
    allowed = ("correct-vote", "call-in-substitute", "start-webcast")
    return [
        {**need, "actions": [a for a in need["actions"] if (a["command"] or {}).get("name") in allowed]}
        for need in kept
    ]


def _chair(meeting: Meeting, person: PersonId | None) -> Iterator[Need]:
    """The one who presides cannot confirm or replace himself or herself."""
    chair = meeting.chair
    if chair is None or is_counted(meeting, chair):
        return
    presence = meeting.presence[chair]
    waits = presence.state in ("lobby", "returning")
    pause = meeting.pause
    if not waits and pause is not None and pause.continues_at is not None and not counted(meeting):
        return  # nobody is here between two days, and nobody is missed
    called = meeting.people[chair].called
    confirm = step(
        "Bekräfta",
        meeting=meeting,
        person=person,
        dialog="identity",
        name="confirm-identity",
        data={"person": chair},
        tried=confirmation(meeting, chair),
    )
    replace = step(
        "Lämna över ordförandeskapet",
        meeting=meeting,
        person=person,
        dialog="handover",
        name="hand-over-chair",
    )
    yield {
        "id": f"chair:{chair}",
        "level": "att",
        "kind": "lobby" if waits else "chair",
        "title": "Ordföranden väntar i lobbyn" if waits else "Ordföranden är inte närvarande",
        "text": f"{called} {'ska bekräftas av dig.' if waits else 'leder inte sammanträdet nu.'}",
        "person": chair,
        "since": presence.since.isoformat() if presence.since is not None else None,
        "actions": [confirm] if waits else [replace],
    }
