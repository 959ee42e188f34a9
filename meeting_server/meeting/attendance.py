"""Deciding and evolving attendance: who may come in, who is here, whose link is lost."""

from __future__ import annotations

from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.actors import Actor
from meeting_server.meeting.convening import Person
from meeting_server.meeting.counting import (
    counted,
    counted_remote,
    is_serving,
    matter_ahead,
    rules_of,
)
from meeting_server.meeting.grounds import (
    able_chair,
    local_rules,
    person_on_roster,
    require_quorum,
    sentence,
    somebody_in_room,
    uphold,
)
from meeting_server.meeting.lobby import not_expelled, presides, state_refusal
from meeting_server.meeting.outcome import Event, Refusal
from meeting_server.meeting.presence import (
    AbsenceRecorded,
    ArrivedInRoom,
    AskNewPicture,
    AttendanceUndone,
    CheckIn,
    CompleteRollCall,
    ConfirmIdentity,
    ContinuedWithout,
    ContinueWithout,
    Depart,
    Departed,
    IdentityConfirmed,
    LinkLost,
    LinkRestored,
    LobbyRejected,
    LoseLink,
    NewPictureAsked,
    RecordAbsence,
    RecordArrival,
    RecordDeparture,
    RejectFromLobby,
    RestoreLink,
    RollCallCompleted,
    UndoAttendance,
)
from meeting_server.meeting.state import Link, Meeting
from meeting_server.meeting.strong_identity import identity_methods
from meeting_server.meeting.substitutes import MemberTookSeat
from meeting_server.meeting.substitution import gives_back
from meeting_server.meeting.words import ArrivalMethod, PersonId

_WAITING = ("lobby", "returning")


def decide_confirm_identity(meeting: Meeting, command: ConfirmIdentity, actor: Actor) -> list[Event]:
    """The chair's act; the secretary's only for the one who presides."""
    person = person_on_roster(meeting, command.person)
    if actor.name != meeting.chair and person.id != meeting.chair:
        raise Refusal(
            "not-your-role",
            rules_of(meeting).identity_established.cites.short,
            "Bara ordföranden fastställer vem som deltar på distans. Sekreteraren kan bekräfta ordföranden.",
            "Ordföranden bekräftar",
        )
    presence = meeting.presence[person.id]
    if presence.state not in _WAITING:
        raise state_refusal("not-in-lobby", meeting, person.id)
    methods = identity_methods(meeting, person.id)
    if command.method not in methods:
        raise Refusal(
            "identity-method",
            local_rules(meeting),
            f"Sättet att fastställa identiteten är inte tillåtet enligt {local_rules(meeting)} "
            f"({meeting.convened.standing_orders.decision_reference}). Välj ett annat sätt.",
            "Välj ett annat sätt",
            {"method": command.method, "allowed": methods},
        )
    rules = rules_of(meeting)
    live, reason = _live_or_excused(meeting, person, presence.link, command.override_reason)
    rulings = [rules.identity_established(confirmed=True).record(), live]
    if person.role in ("member", "substitute"):
        distance = meeting.convened.standing_orders.distance
        rulings.append(rules.remote_permitted(distance=distance).record())
        rulings.append(rules.presidium_remote(in_presidium=presides(meeting, person)).record())
    confirmed = IdentityConfirmed(person.id, command.method, tuple(rulings), reason)
    return [confirmed, *seat_taken(meeting, person.id)]


def _live_or_excused(
    meeting: Meeting, person: Person, link: Link, reason: str | None
) -> tuple[RulingRecord, str | None]:
    """That picture and sound arrive; without them only by a stated reason, and only where the law lets a
    person judge: for one who cannot come to count, and in a body whose rule only warns.
    """
    rule = rules_of(meeting).remote_live
    ruling = rule(sends_picture=link.video, sends_sound=link.audio)
    if ruling.outcome:
        return ruling.record(), None
    missing = " och ".join(name for name, here in (("bild", link.video), ("ljud", link.audio)) if not here)
    short = f"{missing.capitalize()} saknas"
    if person.role in ("member", "substitute"):
        uphold(
            rule,
            ruling,
            f"{person.called} saknar {missing} och kan inte släppas in förrän förbindelsen fungerar.",
            short,
        )
    stated = (reason or "").strip()
    if not stated:
        raise Refusal(
            "remote-live-reason",
            rule.cites.short,
            f"{person.called} saknar {missing}. Vänta på förbindelsen, "
            f"eller skriv varför du släpper in ändå. {sentence(rule)}",
            short,
            dict(ruling.record().facts),
        )
    return ruling.record(), stated


def decide_reject(meeting: Meeting, command: RejectFromLobby, actor: Actor) -> list[Event]:
    """Not let in."""
    del actor
    _waiting(meeting, command.person)
    return [LobbyRejected(command.person, command.reason)]


def decide_ask_new_picture(meeting: Meeting, command: AskNewPicture, actor: Actor) -> list[Event]:
    """A better picture asked for."""
    del actor
    _waiting(meeting, command.person)
    return [NewPictureAsked(command.person)]


def decide_check_in(meeting: Meeting, command: CheckIn, actor: Actor) -> list[Event]:
    """In the room, by code."""
    del actor
    return _arrive(meeting, command.person, command.how)


def decide_record_arrival(meeting: Meeting, command: RecordArrival, actor: Actor) -> list[Event]:
    """In the room, seen by the secretary or the chair."""
    del actor
    return _arrive(meeting, command.person, "secretary")


def decide_record_absence(meeting: Meeting, command: RecordAbsence, actor: Actor) -> list[Event]:
    """Absent; one who is here departs instead."""
    del actor
    person = person_on_roster(meeting, command.person)
    if meeting.presence[person.id].state not in ("expected", "lobby", "viewer"):
        raise state_refusal("attendance-recorded", meeting, person.id)
    return [AbsenceRecorded(person.id, command.reason)]


def decide_undo_attendance(meeting: Meeting, command: UndoAttendance, actor: Actor) -> list[Event]:
    """During the roll call only, before anything rests on it."""
    del actor
    person = person_on_roster(meeting, command.person)
    presence = meeting.presence[person.id]
    if presence.state not in ("room", "absent"):
        raise state_refusal("nothing-to-undo", meeting, person.id)
    if meeting.roll_call_done:
        raise Refusal(
            "roll-call-done",
            "arbetsordningen",
            "Uppropet är klart. Anteckna i stället att personen kommer eller lämnar.",
            "Uppropet är klart",
        )
    if presence.serves_for is not None:
        raise Refusal(
            "substitute-serving",
            "system",
            f"{person.called} tjänstgör. Avsluta tjänstgöringen först.",
            "Tjänstgör nu",
            {"person": person.id},
        )
    return [AttendanceUndone(person.id)]


def decide_record_departure(meeting: Meeting, command: RecordDeparture, actor: Actor) -> list[Event]:
    """Somebody leaves."""
    del actor
    return _depart(meeting, command.person)


def decide_depart(meeting: Meeting, command: Depart, actor: Actor) -> list[Event]:
    """One leaves oneself."""
    del command
    return _depart(meeting, actor.name)


def decide_lose_link(meeting: Meeting, command: LoseLink, actor: Actor) -> list[Event]:
    """A fact about the link; whoever lacks picture or sound is no longer counted."""
    del actor
    person = person_on_roster(meeting, command.person)
    if rules_of(meeting).remote_live(sends_picture=command.video, sends_sound=command.audio).outcome:
        raise Refusal(
            "link-live",
            "system",
            "Både bild och ljud når fram; förbindelsen är inte bruten.",
            "Bild och ljud når fram",
        )
    presence = meeting.presence[person.id]
    if presence.state not in ("remote", *_WAITING):
        raise state_refusal("not-remote", meeting, person.id)
    if presence.state in ("lobby", "remote") and presence.link == Link(command.video, command.audio):
        raise state_refusal("already-lost", meeting, person.id)
    return [LinkLost(person.id, command.audio, command.video, command.reason)]


def decide_restore_link(meeting: Meeting, command: RestoreLink, actor: Actor) -> list[Event]:
    """A fact about the link; a member counts again only when the chair has confirmed who it is."""
    del actor
    person = person_on_roster(meeting, command.person)
    presence = meeting.presence[person.id]
    if presence.state != "dropped" and not (presence.state == "lobby" and presence.link != Link()):
        raise state_refusal("link-not-lost", meeting, person.id)
    return [LinkRestored(person.id)]


def decide_continue_without(meeting: Meeting, command: ContinueWithout, actor: Actor) -> list[Event]:
    """The chair's choice about a lost link; the seat is kept."""
    del actor
    person = person_on_roster(meeting, command.person)
    presence = meeting.presence[person.id]
    if presence.state not in ("dropped", "returning") or presence.continued_without:
        raise state_refusal("link-not-lost", meeting, person.id)
    return [ContinuedWithout(person.id)]


def decide_complete_roll_call(meeting: Meeting, command: CompleteRollCall, actor: Actor) -> list[Event]:
    """Enough members, the chair among them, and no more at a distance than the law allows."""
    del command, actor
    if meeting.roll_call_done:
        raise Refusal("roll-call-done", "arbetsordningen", "Uppropet är redan klart.", "Uppropet är klart")
    able_chair(meeting)
    quorum = require_quorum(meeting)
    spread = somebody_in_room(meeting)
    here, remote = counted(meeting), counted_remote(meeting)
    absent = tuple(p.id for p in meeting.people.values() if p.role == "member" and p.id not in here)
    return [RollCallCompleted(here, remote, absent, (quorum, spread))]


def seat_taken(meeting: Meeting, person: PersonId) -> list[Event]:
    """The late member takes the seat back at once, if no matter is being handled (KL 5:19)."""
    ahead = matter_ahead(meeting)
    substitute = gives_back(meeting, person, ahead.matter.id if ahead is not None else None)
    if substitute is None or meeting.current is not None:
        return []
    ruling = rules_of(meeting).late_member_serves(substitute_in=True)
    return [MemberTookSeat(person, substitute, (ruling.record(),))]


def _arrive(meeting: Meeting, person_id: PersonId, how: ArrivalMethod) -> list[Event]:
    person = person_on_roster(meeting, person_id)
    if meeting.presence[person.id].state == "room":
        raise state_refusal("already-here", meeting, person.id)
    not_expelled(meeting, person)
    return [ArrivedInRoom(person.id, how), *seat_taken(meeting, person.id)]


def _depart(meeting: Meeting, person_id: PersonId) -> list[Event]:
    person = person_on_roster(meeting, person_id)
    if meeting.presence[person.id].state in ("expected", "absent", "left", "expelled"):
        raise state_refusal("not-present", meeting, person.id)
    opened = meeting.opened_at is not None
    if opened and person.id == meeting.chair:
        raise Refusal(
            "chair-leaves",
            local_rules(meeting),
            "Ordföranden leder sammanträdet och kan inte lämna det. Lämna över ordförandeskapet först.",
            "Lämna över ordförandeskapet först",
            {"person": person.id},
        )
    return [Departed(person.id, opened and is_serving(meeting, person.id))]


def _waiting(meeting: Meeting, person_id: PersonId) -> None:
    person = person_on_roster(meeting, person_id)
    if meeting.presence[person.id].state not in _WAITING:
        raise state_refusal("not-in-lobby", meeting, person.id)
