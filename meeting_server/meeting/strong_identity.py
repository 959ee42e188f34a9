"""Where the body's own rules demand e-legitimation of those at a distance: who has it, and what to do.

It is asked of members and substitutes, who count; a guest is vouched for by the chair who lets the guest in.
"""

from __future__ import annotations

from meeting_server.law.ruling import RulingRecord
from meeting_server.law.strong_identity import identity_strong
from meeting_server.meeting.actors import Actor, SignedIn
from meeting_server.meeting.counting import rules_of
from meeting_server.meeting.grounds import local_rules
from meeting_server.meeting.outcome import Refusal
from meeting_server.meeting.state import Meeting
from meeting_server.meeting.words import IdentityMethod, PersonId, SignInMethod

AT_A_DISTANCE = ("lobby", "returning", "remote", "dropped")
"""States of presence of one who takes part at a distance, or waits to."""

SIGNED_IN_BY: dict[SignInMethod, str] = {
    "password": "med lösenord",
    "invitation": "med en inbjudan",
    "demo": "på prov",
    "oidc": "utan e-legitimation",
}
"""How a login that is not strong was made, in the sentence that says so."""


def demands_strong(meeting: Meeting, person: PersonId) -> bool:
    """Whether this person may take part at a distance only with a strong login."""
    of = meeting.people[person]
    demanded = meeting.convened.standing_orders.remote_identity == "eid"
    return demanded and of.role in ("member", "substitute")


def lacks_strong(meeting: Meeting, person: PersonId, signed_in: SignedIn | None) -> bool:
    """Whether the person's login is not enough to take part at a distance in this meeting."""
    return demands_strong(meeting, person) and not (signed_in is not None and signed_in.is_strong)


def identity_ruling(meeting: Meeting, person: PersonId, signed_in: SignedIn | None) -> RulingRecord:
    """What the rule says of this login, for the record."""
    strong = signed_in is not None and signed_in.is_strong
    return identity_strong(demanded=demands_strong(meeting, person), strong=strong).record()


def require_strong(
    meeting: Meeting, person: PersonId, signed_in: SignedIn | None
) -> tuple[RulingRecord, ...]:
    """That the login is strong where it must be: the ruling, none where nothing is demanded.

    The sentence of the refusal says what to do.
    """
    if not lacks_strong(meeting, person, signed_in):
        return (identity_ruling(meeting, person, signed_in),) if demands_strong(meeting, person) else ()
    how = SIGNED_IN_BY[signed_in.method] if signed_in is not None else "utan e-legitimation"
    facts = identity_ruling(meeting, person, signed_in).facts
    raise Refusal(
        "identity-not-strong",
        ground(meeting),
        f"Du är inloggad {how}. {why(meeting)} Logga in med e-legitimation, eller kom till salen.",
        "Logga in med e-legitimation",
        dict(facts),
    )


def require_strong_while_remote(meeting: Meeting, actor: Actor) -> None:
    """That one at a distance acts by a strong login, also from another device or after a break."""
    if acts_unidentified(meeting, actor.person, actor.signed_in):
        require_strong(meeting, actor.name, actor.signed_in)


def acts_unidentified(meeting: Meeting, person: PersonId | None, signed_in: SignedIn | None) -> bool:
    """Whether the person takes part at a distance now, and this login is not enough for that."""
    presence = meeting.presence.get(person) if person is not None else None
    if person is None or presence is None or presence.state not in AT_A_DISTANCE:
        return False
    return lacks_strong(meeting, person, signed_in)


def identity_methods(meeting: Meeting, person: PersonId) -> tuple[IdentityMethod, ...]:
    """The ways the chair may have established who it is; a strong login first, where there is one."""
    allowed = meeting.convened.standing_orders.identity_methods
    signed_in = meeting.presence[person].signed_in
    if signed_in is None or not signed_in.is_strong:
        return allowed
    return ("eid", *(method for method in allowed if method != "eid"))


def why(meeting: Meeting) -> str:
    """What the body's own rules say, as a sentence."""
    local, orders = local_rules(meeting), meeting.convened.standing_orders
    reference = orders.decision_reference
    return f"{local.capitalize()} ({reference}) kräver e-legitimation av den som deltar på distans."


def ground(meeting: Meeting) -> str:
    """The body's own rules and, from July 2026, where the words they build on were read."""
    established = rules_of(meeting).identity_established
    local = local_rules(meeting)
    return local if established.confirmed else f"{local}, {established.source}"
