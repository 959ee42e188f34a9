"""What a lawful step leaves behind, told before it is given: who has not voted, what is left undecided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final

from meeting_server.law.proportional import seated_twice
from meeting_server.meeting.election_state import Ballot
from meeting_server.meeting.grounds import listing
from meeting_server.meeting.local_time import zone_at
from meeting_server.meeting.result import seats_of
from meeting_server.meeting.state import Division, Meeting
from meeting_server.meeting.tally import absent_voters
from meeting_server.meeting.undecided import hindrances
from meeting_server.meeting.words import PersonId
from meeting_server.wire.json import Json

Warnings = list[dict[str, Json]]
"""Each with its `code`, the sentence `because`, and `until` when it is no longer true."""

NAMED: Final = 8
"""So many are named; of more only the number is told, since nobody reads a longer row at the gavel."""
REVEALING: Final = 3
"""Fewer ballots than this tell how a voter voted: one by itself, of two each the other's."""


def votes_missing(meeting: Meeting, division: Division) -> Warnings:
    """Voters without a vote when the division is closed; the minutes will say that they did not vote."""
    missing = absent_voters(division)
    if not missing:
        return []
    return [_warning("votes-missing", _who(meeting, missing, "har inte röstat", of=len(division.voters)))]


def ballots_missing(ballot: Ballot) -> Warnings:
    """How many an electronic ballot waits for, never who, and whether so few would show how they voted."""
    if ballot.method != "electronic":
        return []
    voters, received = len(ballot.voters), len(ballot.received)
    told: Warnings = []
    if received < voters:
        told.append(
            _warning("ballots-missing", f"{voters - received} av {voters} har inte lagt sin valsedel.")
        )
    if 0 < received < REVEALING:
        told.append(_warning("ballot-reveals", _REVEALS[received]))
    return told


def elected_twice(ballot: Ballot) -> Warnings:
    """That several of the places of a proportional election fell to one name, as its groups stand."""
    return [
        _warning(
            "elected-twice",
            f"{len(groups)} av {ballot.places} platser tillfaller {name}, på {listing(groups)}. Ingen kan ha "
            "mer än en plats. Valförrättaren avgör vad som gäller innan valet klubbas (4 § lagen 2022:629).",
        )
        for name, groups in seated_twice(seats_of(ballot).seats).items()
    ]


def not_called(meeting: Meeting) -> Warnings:
    """Members nobody has called, and those who wait in the lobby, when the roll call ends."""
    of = [p.id for p in meeting.people.values() if p.role == "member"]
    uncalled = [p for p in of if meeting.presence[p].state == "expected"]
    waiting = [p for p, at in meeting.presence.items() if at.state in ("lobby", "returning")]
    told: Warnings = []
    if uncalled:
        told.append(_warning("not-called", _who(meeting, uncalled, "är inte uppropade", of=len(of))))
    if waiting:
        told.append(_warning("lobby-waiting", _who(meeting, waiting, "väntar på att släppas in")))
    return told


_NIGHT = timedelta(hours=6)
"""A pause so long that ends another day is taken for a night, when everybody has been at home."""


def pause_over_night(meeting: Meeting) -> Warnings:
    """That the roll has not been called since yesterday; true from `after` on."""
    pause = meeting.pause
    if pause is None or pause.continues_at is not None:
        return []
    local = pause.since.astimezone(zone_at(meeting.convened.starts_at))
    midnight = datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)
    because = "Ajourneringen har varat över natten, och uppropet gäller gårdagen. "
    because += "Välj att sammanträdet fortsätter en annan dag, så görs uppropet om."
    return [_warning("pause-over-night", because, after=max(midnight, pause.since + _NIGHT).isoformat())]


def pause_not_over(meeting: Meeting) -> Warnings:
    """That those who went out were told a longer time; true `until` that has passed."""
    pause = meeting.pause
    if pause is None or pause.minutes is None:
        return []
    until = pause.since + timedelta(minutes=pause.minutes)
    because = f"Mötet ajournerades i {pause.minutes} min, och tiden är inte slut."
    return [_warning("pause-not-over", because, until=until.isoformat())]


def matter_left(meeting: Meeting) -> Warnings:
    """What keeps the matter from being decided, and that it has to be called anew."""
    why = " ".join(one.because for one in hindrances(meeting))
    return [_warning("matter-left", f"{why} Ärendet avgörs inte och får tas upp vid ett nytt sammanträde.")]


_REVEALS = {
    1: "Bara en valsedel är lagd. När den räknas ser alla hur den personen röstade.",
    2: "Bara två valsedlar är lagda. När de räknas vet var och en av de två hur den andra röstade, "
    "och är de lika vet alla det.",
}


def _who(meeting: Meeting, missing: Sequence[PersonId], what: str, *, of: int | None = None) -> str:
    number = f"{len(missing)} {what}" if of is None else f"{len(missing)} av {of} {what}"
    if len(missing) > NAMED:
        return f"{number}."
    names = ["du själv" if person == meeting.chair else meeting.people[person].called for person in missing]
    return f"{number}: {listing(names)}."


def _warning(
    code: str, because: str, *, until: str | None = None, after: str | None = None
) -> dict[str, Json]:
    return {"code": code, "because": because, "until": until, "after": after}
