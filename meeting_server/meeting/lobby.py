"""Coming to take part at a distance: into the lobby, or as a viewer; and the words for where somebody is."""

from __future__ import annotations

from typing import Final

from meeting_server.meeting.actors import Actor
from meeting_server.meeting.convening import Person
from meeting_server.meeting.counting import is_public, profile_of, rules_of
from meeting_server.meeting.grounds import person_on_roster, sentence, uphold
from meeting_server.meeting.outcome import Event, Refusal
from meeting_server.meeting.presence import AdmittedAsViewer, EnterLobby, FollowAsViewer, LobbyEntered
from meeting_server.meeting.state import Meeting
from meeting_server.meeting.strong_identity import identity_ruling, lacks_strong, require_strong, why
from meeting_server.meeting.words import PersonId

_AWAY: Final = ("expected", "absent", "left")
_STATE_WORDS = {
    "room": "är redan antecknad i salen",
    "remote": "deltar redan på distans",
    "lobby": "väntar redan i lobbyn",
    "returning": "väntar på att bekräftas på nytt",
    "viewer": "följer redan som åskådare",
    "absent": "är redan antecknad som frånvarande",
    "left": "har redan lämnat sammanträdet",
    "expected": "har inte kommit",
    "dropped": "har bruten förbindelse",
    "expelled": "är utvisad",
}


def decide_enter_lobby(meeting: Meeting, command: EnterLobby, actor: Actor) -> list[Event]:
    """Into the lobby; as a viewer where the law keeps the presidium in the room."""
    del command
    person = person_on_roster(meeting, actor.name)
    state = meeting.presence[person.id].state
    if state == "dropped":
        raise Refusal(
            "link-lost",
            rules_of(meeting).counted_when_lost.cites.short,
            "Förbindelsen är bruten. När bild och ljud når fram bekräftar ordföranden dig på nytt.",
            "Förbindelsen är bruten",
            {"person": person.id},
        )
    not_expelled(meeting, person)
    if state not in _AWAY and not follows_unidentified(meeting, person):
        raise state_refusal("already-here", meeting, person.id)
    if person.role not in ("member", "substitute"):
        return [LobbyEntered(person.id, actor.signed_in)]
    rules, distance = rules_of(meeting), meeting.convened.standing_orders.distance
    permitted = rules.remote_permitted(distance=distance)
    definite = meeting.convened.body.definite
    uphold(
        rules.remote_permitted,
        permitted,
        f"{profile_of(meeting).without} {definite}. Kom till salen.",
        "Distans är inte tillåten",
    )
    if meeting.convened.form == "room":
        raise Refusal(
            "meeting-in-room",
            "arbetsordningen",
            "Sammanträdet är utlyst till salen utan distans. Kom till salen.",
            "Sammanträdet hålls i salen",
            {"form": "room"},
        )
    presidium = rules.presidium_remote(in_presidium=presides(meeting, person))
    if not presidium.outcome:
        return [AdmittedAsViewer(person.id, (presidium.record(),))]
    return [LobbyEntered(person.id, actor.signed_in, require_strong(meeting, person.id, actor.signed_in))]


def decide_follow_as_viewer(meeting: Meeting, command: FollowAsViewer, actor: Actor) -> list[Event]:
    """A public meeting may be followed by anybody; the login says only that taking part needs a stronger."""
    del command
    person = person_on_roster(meeting, actor.name)
    not_expelled(meeting, person)
    if meeting.presence[person.id].state not in _AWAY:
        raise state_refusal("already-here", meeting, person.id)
    if not lacks_strong(meeting, person.id, actor.signed_in):
        raise Refusal(
            "may-take-part",
            "system",
            "Du kan delta på distans. Gå in i lobbyn i stället.",
            "Gå in i lobbyn",
            {"person": person.id},
        )
    rule = rules_of(meeting).public_meeting
    if not is_public(meeting):
        raise Refusal(
            "closed-to-viewers",
            rule.cites.short,
            f"Sammanträdet är stängt för allmänheten. {why(meeting)} Logga in med e-legitimation.",
            "Sammanträdet är stängt",
            {"person": person.id},
        )
    return [AdmittedAsViewer(person.id, (identity_ruling(meeting, person.id, actor.signed_in),))]


def presides(meeting: Meeting, person: Person) -> bool:
    """Whether the presidium's rule holds for the person: of it, or acting in its place."""
    return person.presidium is not None or person.id == meeting.chair


def follows_unidentified(meeting: Meeting, person: Person) -> bool:
    """Whether the person is a viewer for want of e-legitimation, and may come in with it; not by the law."""
    lawful = rules_of(meeting).presidium_remote(in_presidium=presides(meeting, person)).outcome
    return meeting.presence[person.id].state == "viewer" and lawful


def not_expelled(meeting: Meeting, person: Person) -> None:
    """That the chair has not sent the person out, or has let him or her back in."""
    if meeting.presence[person.id].state == "expelled":
        rule = rules_of(meeting).may_expel
        raise Refusal(
            "expelled",
            rule.cites.short,
            f"{person.called} är utvisad och kommer in bara om ordföranden tillåter det. {sentence(rule)}",
            "Är utvisad",
            {"person": person.id},
        )


def state_refusal(code: str, meeting: Meeting, person_id: PersonId) -> Refusal:
    """A no because of where the person is: the sentence says where that is."""
    state = meeting.presence[person_id].state
    called = meeting.people[person_id].called
    return Refusal(
        code,
        "system",
        f"{called} {_STATE_WORDS[state]}.",
        _STATE_WORDS[state].removeprefix("är ").capitalize(),
        {"person": person_id, "state": state},
    )
