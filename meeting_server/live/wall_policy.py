"""Who has a place on the wall, and with a picture or without: from the state of the meeting. Pure.

Seen are those who take part at a distance now, with their identity established. Whoever waits in the lobby
has no place; whoever has come back has one without a picture until the chair has confirmed them again, and so
has one whose line is broken or who has no part in the matter. Who receives the wall at all is said by
`floor_policy`.
"""

from __future__ import annotations

from collections.abc import Callable

from meeting_server.media_protocol import Tile
from meeting_server.meeting import Meeting
from meeting_server.meeting.counting import is_cut_off, is_disqualified

MISSING = "Ingen bild"
"""Written where no picture comes."""
NOTES = {"returning": "Återkommer", "dropped": "Bruten"}
"""By state of presence: places without a picture."""
WITHOUT_PART = "Deltar inte nu"
"""Disqualified, sent out, or shut out by closed doors; which of them is nobody's business on a screen."""
ON_THE_WALL = frozenset({"remote", "returning", "dropped"})


def wall_of(meeting: Meeting, peer_of: Callable[[str], str]) -> tuple[Tile, ...]:
    """The places of the wall, in the order of the roll. peer_of names a person in the media plane."""
    tiles = []
    for person, who in meeting.people.items():
        presence = meeting.presence.get(person)
        if presence is None or presence.state not in ON_THE_WALL:
            continue
        note = NOTES.get(presence.state, "")
        if is_cut_off(meeting, person) or is_disqualified(meeting, person):
            note = WITHOUT_PART
        tiles.append(Tile(peer_of(person), who.name, who.party or "", note))
    return tuple(tiles)
