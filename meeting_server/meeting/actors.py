"""Who acts: an actor, and the roles a person can have in this meeting."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from meeting_server.meeting.words import PersonId, SignInMethod


class Role(StrEnum):
    """What somebody does in this meeting, never a title: the chair is whoever presides now."""

    CHAIR = "chair"
    SECRETARY = "secretary"
    MEMBER = "member"
    """A member or substitute on the roster, present or not."""
    SERVING = "serving"
    """Counted now: holds a seat, is here, and is not disqualified in the current matter."""
    ATTENDEE = "attendee"
    """Has a right to be there and speak, never a vote."""
    PROPOSER = "proposer"
    """Attends with a right to move proposals, never a vote (KL 5:39)."""
    VIEWER = "viewer"
    """May follow, is not counted."""
    SYSTEM = "system"
    """The machine itself, reporting a fact such as a lost link."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """How the person's login was made, as the server knows it; never told by the client.

    `assurance` is the level the sign-in service stated (acr), `is_strong` whether it is one that the
    installation takes for e-legitimation.
    """

    method: SignInMethod
    assurance: str | None = None
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Who gives a command: a signed-in person or the machine itself; roles come from the meeting."""

    person: PersonId | None
    is_system: bool = False
    signed_in: SignedIn | None = None

    @property
    def name(self) -> str:
        """How the log names the actor: the person's id, or "system"."""
        return self.person if self.person is not None else "system"


SYSTEM = Actor(None, is_system=True)
"""The machine itself."""
