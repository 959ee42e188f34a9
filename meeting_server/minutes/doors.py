"""Doors and publicity in the minutes: what was decided, who moved it, how it was answered (KL 5:42, 6:25)."""

from __future__ import annotations

from meeting_server.law.kommunallagen.publicity import decided_in_public
from meeting_server.meeting.agenda import MatterTakenUp
from meeting_server.meeting.counting import rules_of
from meeting_server.meeting.doors import DoorsClosed, DoorsKeptOpen, DoorsLeftClosed, DoorsOpened
from meeting_server.meeting.publicity import PublicityDecided
from meeting_server.meeting.undisturbed import UndisturbedConfirmed
from meeting_server.minutes.reading import Reading
from meeting_server.minutes.wording import listed, raised

Told = (
    DoorsClosed
    | DoorsKeptOpen
    | DoorsOpened
    | DoorsLeftClosed
    | PublicityDecided
    | UndisturbedConfirmed
    | MatterTakenUp
)
_ANSWERED = DoorsClosed | DoorsKeptOpen | PublicityDecided


def door_sentences(reading: Reading, event: Told, at: str) -> list[str]:
    """What the minutes say of it; `at` is the time as a sentence begins with it."""
    body = reading.convened.body.definite
    match event:
        case DoorsClosed():
            what = "att överläggningen ska hållas inom stängda dörrar"
            return [f"{_moved(reading, event, what)}{at} beslutar {body} {what}.{_votes(reading, event)}"]
        case DoorsKeptOpen():
            what = "att överläggningen ska hållas inom stängda dörrar"
            return [f"{_moved(reading, event, what)}{raised(body)} avslår det.{_votes(reading, event)}"]
        case DoorsLeftClosed():
            cites = decided_in_public.cites.swedish
            return [f"{at} går ordföranden till beslut utan att dörrarna har öppnats ({cites})."]
        case DoorsOpened():
            return [f"{at} öppnas dörrarna."]
        case PublicityDecided(asked=asked, public=public):
            what = f"att sammanträdet ska vara {'offentligt' if asked else 'stängt för allmänheten'}"
            carried = f"{at} beslutar {body} {what}." if asked == public else f"{raised(body)} avslår det."
            moved = _moved(reading, event, what, always=asked != public)
            return [f"{moved}{carried}{_votes(reading, event)}"]
        case UndisturbedConfirmed(person=person):
            return [
                f"{reading.person(person).called} bekräftar att ingen obehörig ser eller hör sammanträdet."
            ]
        case MatterTakenUp(rulings=rulings) if any(r.code == "always-closed" and r.outcome for r in rulings):
            cites = rules_of(reading.meeting).always_closed.cites.swedish
            return [f"Ärendet handläggs inom stängda dörrar ({cites})."]
    return []


def _moved(reading: Reading, event: _ANSWERED, what: str, *, always: bool | None = None) -> str:
    """The sentence about who moved it; one that failed says what was asked even when nobody is named."""
    lost = isinstance(event, DoorsKeptOpen) if always is None else always
    if event.proposed_by is not None:
        return f"{reading.person(event.proposed_by).called} yrkar {what}. "
    return f"Fråga väcks om {what}. " if lost else ""


def _votes(reading: Reading, event: _ANSWERED) -> str:
    """Who voted how, when names were called (KL 5:67 p. 5)."""
    if event.how == "acclamation":
        return ""
    yes, no = len(event.in_favour), len(event.against)
    parts = [f" Omröstning sker med uppropade namn: {yes} ja, {no} nej, {len(event.abstaining)} avstår."]
    for word, people in (("Ja", event.in_favour), ("Nej", event.against), ("Avstår", event.abstaining)):
        if people:
            parts.append(f"{word}: {listed([reading.person(one).called for one in people])}.")
    if yes == no:
        parts.append("Ordförandens röst avgör.")
    return " ".join(parts)


def publicity_text(reading: Reading) -> str:
    """That a committee's meeting is public by its standing decision, for the head of the minutes."""
    convened = reading.convened
    always = rules_of(reading.meeting).public_meeting(permitted=False, decided=False).outcome
    orders = convened.standing_orders
    if always or orders.publicity != "public":
        return ""
    return f"Sammanträdet är offentligt enligt {orders.publicity_reference}."
