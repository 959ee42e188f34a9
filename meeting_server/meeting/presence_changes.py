"""Evolving attendance: what each event about presence changes in the meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from meeting_server.meeting.changing import with_presence
from meeting_server.meeting.counting import is_here, is_locked_out
from meeting_server.meeting.presence import (
    AbsenceRecorded,
    AdmittedAsViewer,
    ArrivedInRoom,
    AttendanceUndone,
    ContinuedWithout,
    Departed,
    IdentityConfirmed,
    LinkLost,
    LinkRestored,
    LobbyEntered,
    LobbyRejected,
    NewPictureAsked,
    RollCallCompleted,
)
from meeting_server.meeting.state import Identity, Link, Meeting, Presence
from meeting_server.meeting.words import PersonId, PresenceState


def lobby_entered(meeting: Meeting, event: LobbyEntered, at: datetime) -> Meeting:
    """Waits in the lobby."""
    return with_presence(
        meeting,
        event.person,
        state="lobby",
        since=at,
        identity=None,
        signed_in=event.signed_in,
        link=Link(video=False, audio=False),  # until the media plane has seen and heard something
        new_picture_asked=False,
        note=None,
    )


def admitted_as_viewer(meeting: Meeting, event: AdmittedAsViewer, at: datetime) -> Meeting:
    """Follows, is not counted."""
    note = event.rulings[0].cites if event.rulings else None
    return with_presence(meeting, event.person, state="viewer", since=at, note=note)


def identity_confirmed(meeting: Meeting, event: IdentityConfirmed, at: datetime) -> Meeting:
    """Present at a distance, with what arrived of picture and sound."""
    link = meeting.presence[event.person].link if event.override_reason else Link()
    meeting = come(meeting, event.person, "remote", at, Identity(event.method, at))
    return with_presence(meeting, event.person, link=link)


def lobby_rejected(meeting: Meeting, event: LobbyRejected, at: datetime) -> Meeting:
    """Back outside."""
    return with_presence(meeting, event.person, state="expected", since=at, note=event.reason)


def new_picture_asked(meeting: Meeting, event: NewPictureAsked, at: datetime) -> Meeting:
    """Still in the lobby."""
    del at
    return with_presence(meeting, event.person, new_picture_asked=True)


def arrived_in_room(meeting: Meeting, event: ArrivedInRoom, at: datetime) -> Meeting:
    """Present in the room."""
    return come(meeting, event.person, "room", at, None)


def absence_recorded(meeting: Meeting, event: AbsenceRecorded, at: datetime) -> Meeting:
    """Absent."""
    return with_presence(meeting, event.person, state="absent", since=at, note=event.reason)


def attendance_undone(meeting: Meeting, event: AttendanceUndone, at: datetime) -> Meeting:
    """As if nothing had been recorded."""
    return with_presence(meeting, event.person, state="expected", since=at, note=None, awaits_seat=False)


def departed(meeting: Meeting, event: Departed, at: datetime) -> Meeting:
    """Gone: a substitute's seat goes back to the member, and a place in the speakers' list is lost."""
    presence = meeting.presence[event.person]
    if presence.serves_for is not None:
        meeting = with_presence(meeting, presence.serves_for, replaced_by=None, awaits_seat=False)
    debate = meeting.debate
    if debate.floor is not None or debate.queue:
        floor = None if debate.floor is not None and debate.floor.person == event.person else debate.floor
        queue = tuple(r for r in debate.queue if r.person != event.person)
        meeting = replace(meeting, debate=replace(debate, floor=floor, queue=queue))
    return with_presence(
        meeting,
        event.person,
        state="left",
        since=at,
        identity=None,
        serves_for=None,
        only_matter=None,
        awaits_seat=False,
        continued_without=False,
        interrupted_on=meeting.today if event.interrupts_service else presence.interrupted_on,
        departed_from=_departed_from(presence, event),
    )


def _departed_from(presence: Presence, event: Departed) -> PresenceState | None:
    if event.interrupts_service:
        return presence.state
    return "left" if presence.departed_from is not None else None


def link_lost(meeting: Meeting, event: LinkLost, at: datetime) -> Meeting:
    """No longer counted; one in the lobby stays there."""
    link = Link(video=event.video, audio=event.audio)
    if meeting.presence[event.person].state == "lobby":
        return with_presence(meeting, event.person, link=link)
    return with_presence(
        meeting,
        event.person,
        state="dropped",
        since=at,
        link=link,
        continued_without=False,
        note=event.reason,
    )


def link_restored(meeting: Meeting, event: LinkRestored, at: datetime) -> Meeting:
    """Is seen and heard, in the lobby from now on, or again; counts when confirmed."""
    if meeting.presence[event.person].state == "lobby":
        return with_presence(meeting, event.person, since=at, link=Link())
    return with_presence(
        meeting,
        event.person,
        state="returning",
        since=at,
        link=Link(),
        identity=None,
        new_picture_asked=False,
    )


def continued_without(meeting: Meeting, event: ContinuedWithout, at: datetime) -> Meeting:
    """The chair has chosen."""
    del at
    return with_presence(meeting, event.person, continued_without=True)


def roll_call_completed(meeting: Meeting, event: RollCallCompleted, at: datetime) -> Meeting:
    """The meeting can take up matters."""
    del event, at
    return replace(meeting, roll_call_done=True, phase="open")


def come(meeting: Meeting, person: PersonId, state: str, at: datetime, identity: Identity | None) -> Meeting:
    """Here, in the room or at a distance; one whose seat is filled waits for it unless barred today."""
    presence = meeting.presence[person]
    return with_presence(
        meeting,
        person,
        state=state,
        since=at if not is_here(presence) else presence.since,
        identity=identity,
        link=Link(),
        note=None,
        continued_without=False,
        new_picture_asked=False,
        awaits_seat=presence.replaced_by is not None and not is_locked_out(meeting, person),
    )
