"""Who is seen and heard by whom: from the state of the meeting to the desired state of its media room.

A pure function. Only the chair, whoever has the floor and the hall are ever forwarded to the others; a
picture outside those slots goes only to the chair or secretary who looks at it. Interpreters feed lines of
their own, to those who have asked; who may not receive gets nothing of them either. In a committee, whose
meetings are not public (KL 6:25), nobody hears anything before being let in, and who is disqualified is
cut off. What goes to the webcast's encoder is what the public may follow and the log says is webcast.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypeAlias

from meeting_server.live.wall_policy import MISSING, wall_of
from meeting_server.media_protocol import Channel, PeerState, Room
from meeting_server.meeting import Meeting
from meeting_server.meeting.counting import are_doors_closed, is_cut_off, is_public

LISTENING_PHASES = frozenset({"roll_call", "open"})
"""The phases in which anything is forwarded. In a pause and after closing every microphone is off the air."""
LET_IN = frozenset({"room", "remote", "returning", "viewer", "dropped"})
"""States of presence in which a person may follow a meeting that is not public."""
SHOWABLE = frozenset({"lobby", "returning", "remote"})
"""States in which the chair or secretary may look at a person's own picture."""


@dataclass(frozen=True, slots=True)
class Interpreting:
    """Interpreters and those who follow them, by peer.

    sign: whose picture is the sign language interpreter's. channels: the spoken ones. listening: the channel
    each has chosen. seeing: those who show the sign language interpreter.
    """

    sign: str | None = None
    channels: tuple[Channel, ...] = ()
    listening: Mapping[str, str] = field(default_factory=dict)
    seeing: Collection[str] = ()


NOBODY_INTERPRETS = Interpreting()
View: TypeAlias = Literal["floor", "chair", "hall", "wall"]
"""What a page has chosen to see; `floor` is whoever speaks, wherever that is."""
NO_VIEWS: Mapping[str, View] = MappingProxyType({})


def may_follow(meeting: Meeting, person: str, is_watched: bool) -> bool:
    """Whether picture and sound go to the person now.

    Somebody in the lobby of a committee hears only while the chair or secretary looks at them, to be
    spoken to.
    """
    if is_cut_off(meeting, person):
        return False
    if (is_public(meeting) and not are_doors_closed(meeting)) or person == meeting.chair:
        return True
    if meeting.people[person].role == "secretary":
        return True
    presence = meeting.presence.get(person)
    return presence is not None and (presence.state in LET_IN or is_watched)


def desired_room(
    meeting: Meeting,
    peer_of: Callable[[str], str],
    *,
    halls: Iterable[str],
    hall: str | None,
    watching: Mapping[str, str],
    walls: Collection[str] = (),
    views: Mapping[str, View] = NO_VIEWS,
    encoders: Collection[str] = (),
    interpreting: Interpreting = NOBODY_INTERPRETS,
    on_member_pages: Collection[str] = (),
) -> Room:
    """The complete desired state of the meeting's media room.

    peer_of names a person in the media plane; halls are the peers of hall screens, hall the one of them that
    feeds the hall slot; watching says, by person, whose picture the chair or secretary looks at; walls are
    the peers that look at the wall, views what a page has chosen to see, by peer: it is sent that picture
    and not the others, and every sound. encoders are those of the halls that send the meeting on to the web:
    they are sent whoever has the floor at a distance, else the hall, else the chair, and nothing unless the
    log says that the meeting is webcast. on_member_pages are the peers whose media are the member's page: in
    the hall that page takes interpreters and nothing else, and sends nothing, since the room's own sound must
    not come back to it.
    """
    is_on_air = meeting.phase in LISTENING_PHASES
    floor = meeting.debate.floor
    speaker = floor.person if floor is not None and is_on_air and _is_remote(meeting, floor.person) else None
    if speaker is not None and is_cut_off(meeting, speaker):
        speaker = None
    chair = meeting.chair if is_on_air else None
    # Whose turn is next sends the full picture already: the floor can be given without a wait.
    coming = meeting.debate.queue[0].person if is_on_air and meeting.debate.queue else None
    microphones = {request.person for request in meeting.debate.queue} | {speaker, chair}
    looked_at = {
        watcher: person
        for watcher, person in watching.items()
        if _may_look(meeting, watcher) and _state(meeting, person) in SHOWABLE
    }

    def is_beside(person: str) -> bool:
        return peer_of(person) in on_member_pages and is_in_the_hall(meeting, person)

    peers = [
        PeerState(
            peer=peer_of(person),
            may_receive=may_follow(meeting, person, person in looked_at.values()),
            may_send=not is_cut_off(meeting, person)
            and not is_beside(person)
            and _state(meeting, person) != "viewer",
            watch=peer_of(looked_at[person]) if person in looked_at else None,
            mic=is_on_air and person in microphones and not is_beside(person),
            full=person == coming and _is_remote(meeting, person),
            wall=peer_of(person) in walls and not is_beside(person),
            shows=_shown(meeting, views.get(peer_of(person))),
            sign=peer_of(person) in interpreting.seeing,
            channel=interpreting.listening.get(peer_of(person)),
            interpreters_only=is_beside(person),
        )
        for person in meeting.people
    ]
    # The hall screen is the public's; its camera still feeds those at home. So it is with an interpreter, who
    # hears nothing through us behind closed doors and may go on interpreting what is heard in the hall.
    shut = are_doors_closed(meeting)
    peers += [
        PeerState(
            peer,
            may_receive=not shut and (peer not in encoders or meeting.webcast.is_on),
            may_send=True,
            mic=is_on_air and peer == hall,
            wall=peer in walls,
            sign=peer in interpreting.seeing,
            channel=interpreting.listening.get(peer),
        )
        for peer in halls
    ]
    seen = (
        peer_of(speaker) if speaker else None,
        hall if is_on_air else None,
        peer_of(chair) if chair else None,
    )
    return Room(
        room=meeting.convened.meeting_id,
        peers=tuple(peers),
        floor=peer_of(speaker) if speaker is not None else None,
        chair=peer_of(chair) if chair is not None else None,
        hall=hall if is_on_air else None,
        wall=wall_of(meeting, peer_of) if is_on_air else (),
        missing=MISSING,
        webcast=tuple(peer for peer in seen if peer) if meeting.webcast.is_on and not shut else (),
        sign=interpreting.sign if is_on_air else None,
        channels=interpreting.channels if is_on_air else (),
    )


def is_in_the_hall(meeting: Meeting, person: str) -> bool:
    """Whether the person is present in the room itself."""
    return _state(meeting, person) == "room"


def _shown(meeting: Meeting, view: View | None) -> tuple[str, ...] | None:
    """The slot that a view means now (web/js/views/member/follow.js): a speaker in the room is seen in the
    hall's picture, and while nobody has the floor the chair speaks.
    """
    if view != "floor":
        return None if view is None else (view,)
    floor = meeting.debate.floor
    if floor is None:
        return ("chair",)
    return ("hall",) if _state(meeting, floor.person) == "room" else ("floor",)


def _state(meeting: Meeting, person: str) -> str | None:
    presence = meeting.presence.get(person)
    return presence.state if presence is not None else None


def _is_remote(meeting: Meeting, person: str) -> bool:
    return _state(meeting, person) == "remote"


def _may_look(meeting: Meeting, person: str) -> bool:
    return person == meeting.chair or (
        person in meeting.people and meeting.people[person].role == "secretary"
    )
