"""What a matter needs beyond a simple majority, with the numbers, for every screen."""

from __future__ import annotations

from meeting_server.meeting.counting import counted
from meeting_server.meeting.grounds import sentence
from meeting_server.meeting.qualifying import needed_of, rule_of, verdict, words_of
from meeting_server.meeting.state import Division, MatterState, Meeting
from meeting_server.wire.json import Json


def majority_view(meeting: Meeting, matter: MatterState) -> dict[str, Json] | None:
    """What the decision needs of those present now; None where a simple majority is enough."""
    majority = matter.matter.majority
    if majority is None:
        return None
    present = len(counted(meeting))
    needed, of = needed_of(majority, present=present, cast=present)
    rule = rule_of(majority)
    to = "Avslag" if majority.needed_to == "reject" else "Bifall"
    now = f"; {needed} av {of} nu" if majority.counted == "present" else ""
    return {
        "needed": needed,
        "of": of,
        "counted": majority.counted,
        "needed_to": majority.needed_to,
        "text": f"{to} kräver {words_of(majority)}{now}.",
        "because": sentence(rule),
        "cites": rule.cites.short,
    }


def division_majority(meeting: Meeting, division: Division) -> dict[str, Json] | None:
    """What a closed division gives where a qualified majority is needed; None while open, and otherwise."""
    found = verdict(meeting, division) if division.status in ("preliminary", "confirmed") else None
    majority = meeting.matters[division.matter].matter.majority
    if found is None or majority is None:
        return None
    base = "närvarande" if majority.counted == "present" else "avgivna röster"
    outcome = "Majoriteten är nådd." if found.reached else "Majoriteten är inte nådd; förslaget faller."
    if majority.needed_to == "reject":
        outcome = (
            "Majoriteten för avslag är nådd." if found.reached else "Majoriteten för avslag är inte nådd."
        )
    return {
        "needed": found.needed,
        "of": found.of,
        "votes": found.votes,
        "reached": found.reached,
        "text": f"Krävs minst {found.needed} av {found.of} {base}; {found.votes} röstar för. {outcome}",
    }
