"""Webcasts (webbsändning): those seen are told, the gallery is not shown, the recording is not kept for ever.

No statute says how a municipality webcasts its meetings. What is here is the data protection authority's
word of 2012 and other municipalities' practice; the articles are not read, so nothing of it stops an act.
"""

from datetime import date, timedelta
from typing import Final

from meeting_server.law.citation import Citation
from meeting_server.law.ruling import judgement, rule

_ACT: Final = Citation("dataskyddsförordningen", 0, 0)
_AUTHORITY: Final = "Grundlagsskydd gäller inte för kommuners webbsändningar"
_PRACTICE: Final = "personuppgifter vid kommunfullmäktiges sammanträden"


@rule(
    "webcast-information",
    _ACT,
    _AUTHORITY,
    force="warn",
    confirmed=False,
    source="Datainspektionen 2012",
)
def informed(*, text: bool) -> bool:
    """Whether those seen and heard are told that the meeting is webcast: there is a `text` for them."""
    return text


@judgement(
    "webcast-gallery",
    _ACT,
    _AUTHORITY,
    question="Är kamerorna ställda så att åhörarna inte syns?",
    force="warn",
    confirmed=False,
    source="Datainspektionen 2012",
)
def gallery_unseen(*, gallery_clear: bool) -> bool:
    """Whether the cameras leave the gallery out; nothing but a person in the hall can tell."""
    return gallery_clear


@rule(
    "webcast-retention",
    _ACT,
    _PRACTICE,
    force="warn",
    confirmed=False,
    source="Stockholms stad",
)
def kept_until(*, held_on: str, days: int | None) -> str | None:
    """The last day the recording is kept, ISO; None where the body has not said for how many days."""
    if days is None:
        return None
    return (date.fromisoformat(held_on) + timedelta(days=days)).isoformat()
