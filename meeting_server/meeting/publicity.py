"""Whether the public may follow a committee's meeting (offentligt): decided at the meeting (KL 6:25)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.actors import Actor
from meeting_server.meeting.counting import counted, is_public, rules_of
from meeting_server.meeting.grounds import able_chair, require_quorum, uphold
from meeting_server.meeting.outcome import Command, Event, Refusal
from meeting_server.meeting.procedural import Answer, answered
from meeting_server.meeting.state import Meeting
from meeting_server.meeting.words import PersonId, ProceduralHow


@dataclass(frozen=True, slots=True)
class DecidePublicity(Command):
    """The body has been asked whether the meeting is to be `public` from now on."""

    public: bool
    proposed_by: PersonId | None = None
    how: ProceduralHow = "acclamation"
    carried: bool = True
    against: tuple[PersonId, ...] = ()
    abstaining: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicityDecided(Event):
    """The body has decided whether the meeting is public from now on; matters always closed stay closed.

    `asked` is what was asked for and `public` what holds afterwards: they differ when it did not carry.
    """

    asked: bool
    public: bool
    proposed_by: PersonId | None
    how: ProceduralHow
    in_favour: tuple[PersonId, ...]
    against: tuple[PersonId, ...]
    abstaining: tuple[PersonId, ...]
    present: tuple[PersonId, ...]
    rulings: tuple[RulingRecord, ...] = ()


def decide_publicity(meeting: Meeting, command: DecidePublicity, actor: Actor) -> list[Event]:
    """As far as the assembly has permitted; to close again needs nobody's leave, but an assembly cannot."""
    del actor
    able_chair(meeting)
    quorum = require_quorum(meeting)
    rule, permitted = rules_of(meeting).public_meeting, meeting.convened.standing_orders.publicity != "closed"
    before = is_public(meeting)
    if command.public == before:
        now = "redan offentligt" if before else "redan stängt för allmänheten"
        raise Refusal("publicity-unchanged", rule.cites.short, f"Sammanträdet är {now}.", now.capitalize())
    ruling = rule(permitted=permitted, decided=command.public)
    if not command.public and ruling.outcome:
        raise Refusal(
            "always-public",
            rule.cites.short,
            f"{meeting.convened.body.name} sammanträder alltid offentligt. Dörrarna kan stängas för "
            "överläggningen i ett ärende.",
            "Alltid offentligt",
        )
    rulings = [quorum]
    if command.public:
        rulings.append(
            uphold(
                rule,
                ruling,
                f"Fullmäktige har inte medgett att {meeting.convened.body.definite} sammanträder offentligt.",
                "Fullmäktige har inte medgett det",
            )
        )
    outcome = answered(
        meeting,
        Answer(command.proposed_by, command.how, command.carried, command.against, command.abstaining),
    )
    return [
        PublicityDecided(
            command.public,
            command.public if outcome.carried else before,
            command.proposed_by,
            command.how,
            outcome.in_favour,
            outcome.against,
            outcome.abstaining,
            counted(meeting),
            tuple(rulings),
        )
    ]


def publicity_decided(meeting: Meeting, event: PublicityDecided, at: datetime) -> Meeting:
    """Open or closed from now on."""
    del at
    return replace(meeting, public=event.public)
