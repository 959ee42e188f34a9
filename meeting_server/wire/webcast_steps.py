"""Steps and needs about the webcast: to start and stop it, to mark what is masked, that it was stopped."""

from __future__ import annotations

from collections.abc import Iterator

from meeting_server.meeting.counting import is_public, rules_of
from meeting_server.meeting.state import Meeting
from meeting_server.meeting.webcasting import StartWebcast, StopWebcast, barred
from meeting_server.meeting.words import PersonId
from meeting_server.wire.json import Json
from meeting_server.wire.trial import Step, step

Offer = tuple[str, Json, dict[str, Json]]
_STOPPED = {
    "doors": "Webbsändningen stoppades när dörrarna stängdes.",
    "not_public": "Webbsändningen stoppades när sammanträdet inte längre var offentligt.",
}


def webcast_offers(meeting: Meeting) -> Iterator[Offer]:
    """To start it where the public may follow the meeting at all, to stop it, and to mark what is masked."""
    webcast = meeting.webcast
    if webcast.is_on:
        yield "Stoppa webbsändningen", StopWebcast(), {"key": "W"}
    elif is_public(meeting) or rules_of(meeting).public_meeting.force == "warn":
        label = "Starta webbsändningen igen" if webcast.spans else "Starta webbsändningen"
        yield label, None, {**_START, "key": "W", "tried": _LIKELY}
    if webcast.spans:
        yield "Markera för maskning", None, {"dialog": "redaction", "name": "mark-for-redaction"}


def webcast_need(meeting: Meeting, person: PersonId | None) -> tuple[str, str, str, list[Step]] | None:
    """Level, title, sentence and acts: that it was stopped by closed doors, and may be started again.

    Before the meeting's first matter also that meetings of the body are usually on the web.
    """
    webcast, terms = meeting.webcast, meeting.convened.standing_orders.webcast
    why = barred(meeting)
    if webcast.is_interrupted:
        stopped = _STOPPED[webcast.spans[-1].ground or "doors"]
        if why is not None:
            return "att", "Webbsändningen är stoppad", f"{stopped} Den startar inte av sig själv.", []
        again = step("Starta igen", meeting=meeting, person=person, tried=_LIKELY, **_START)
        return (
            "att",
            "Webbsändningen är stoppad",
            f"{stopped} Allmänheten får följa sammanträdet igen.",
            [again],
        )
    usual = terms is not None and terms.usual and not webcast.spans and meeting.current is None
    if usual and why is None:
        start = step("Starta webbsändningen", meeting=meeting, person=person, tried=_LIKELY, **_START)
        body = meeting.convened.body.definite
        return (
            "att",
            "Webbsändning",
            f"Sammanträden i {body} brukar sändas på webben. Sändningen är inte startad.",
            [start],
        )
    return None


_LIKELY = StartWebcast(gallery_clear=True, understood=True)
"""What the dialog sends when everything in it has been answered."""
_START: dict[str, Json] = {"dialog": "webcast", "name": "start-webcast"}
