"""Builders of meetings for tests: people by name, acts as sentences, a second between records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from meeting_server.meeting import Actor, Command, Event, Meeting, Record, Refusal, convene, decide, evolve
from meeting_server.meeting import agenda as ag
from meeting_server.meeting import debate as db
from meeting_server.meeting import deciding as dc
from meeting_server.meeting import divisions as dv
from meeting_server.meeting import presence as pr
from meeting_server.meeting import proposals as pp
from meeting_server.meeting import sitting as st
from meeting_server.meeting.actors import SYSTEM
from meeting_server.meeting.convening import (
    Body,
    Matter,
    MeetingConvened,
    Person,
    PreparedProposal,
    StandingOrders,
)

PARTIES = {"A": "Aspalliansen", "B": "Bygdelistan", "C": "Centrumlistan"}

ORDERS = StandingOrders(
    version="2026-1",
    decided_on="2026-06-15",
    decision_reference="KF 2026-06-15 § 71",
    distance="all_may",
    committee_uses_obligation=False,
    obligation_reference=None,
    verifiers=1,
    speech_seconds=240,
    reply_seconds=120,
    chair_votes_last=True,
    substitutes_by="party",
    no_return_same_day=True,
    camera_policy="at_decisions",
    immediate_verification=True,
    identity_methods=("known", "id_shown", "eid"),
)

PREPARED = PreparedProposal(
    "Kommunstyrelsens förslag",
    "Kommunfullmäktige beslutar",
    ("Remissen besvaras enligt förvaltningens skrivelse.",),
)


def person(
    person_id: str, party: str | None = "A", role: Any = "member", order: int = 1, **more: Any
) -> Person:
    """A person whose name is the id with a capital: "anna" is Anna A."""
    surname = f"{party or 'Z'}-son"
    name = f"{person_id.capitalize()} {surname}"
    return Person(person_id, name, party, PARTIES.get(party or ""), role, order, **more)


def members(number: int, first: str = "anna", party: str = "A") -> tuple[Person, ...]:
    """That many members, the first of them the chair: anna, m2, m3 …"""
    chair = person(first, party, order=1, presidium="chair")
    return (chair, *(person(f"m{n}", "AB"[n % 2], order=n) for n in range(2, number + 1)))


SECRETARY = person("sara", None, "secretary", 0, title="nämndsekreterare")


def matter(matter_id: str = "m1", kind: Any = "decision", **more: Any) -> Matter:
    """A matter; one for decision comes with a prepared proposal unless told otherwise."""
    proposal = more.pop("proposal", PREPARED if kind == "decision" else None)
    reference = f"KS 2026/{matter_id[1:]}"
    return Matter(matter_id, f"Ärende {matter_id[1:]}", reference, kind, proposal=proposal, **more)


def convened(
    *,
    roster: Sequence[Person] | None = None,
    seats: int | None = None,
    kind: Any = "executive",
    agenda: Iterable[Matter] = (matter("m1"), matter("m2")),
    regime: Any = "kl-2026",
    orders: StandingOrders = ORDERS,
    place: str | None = "Sessionssalen",
    form: Any = "hybrid",
    starts_at: str = "2026-11-24T18:30:00+01:00",
    first: int = 140,
    **order_changes: Any,
) -> MeetingConvened:
    """The first event of a meeting; a committee of five unless told otherwise."""
    people = (*members(5), SECRETARY) if roster is None else tuple(roster)
    definite = "kommunfullmäktige" if kind == "assembly" else "kommunstyrelsen"
    filled = sum(1 for p in people if p.role == "member")
    return MeetingConvened(
        "meeting-1",
        regime,
        Body("body-1", definite.capitalize(), kind, seats or filled, definite),
        replace(orders, **order_changes),
        people,
        tuple(agenda),
        f"{definite.capitalize()} 24 november 2026",
        starts_at,
        place,
        form,
        first,
        False,
        "Ekhamra kommun",
    )


@dataclass
class Hall:
    """A meeting being held: gives commands, records what they lead to, keeps the log."""

    meeting: Meeting
    log: list[Record] = field(default_factory=list)

    def give(self, command: Command, by: str | Actor = "anna", command_id: str | None = None) -> list[Event]:
        """Give a command and record its events."""
        actor = by if isinstance(by, Actor) else Actor(by)
        events = decide(self.meeting, command, actor)
        for event in events:
            self.record(event, actor.name, command_id)
        return events

    def record(self, event: Event, actor: str = "system", command_id: str | None = None) -> None:
        """Record one event, a second after the last."""
        at = self.meeting.at + timedelta(seconds=1)
        record = Record(self.meeting.seq + 1, at, actor, command_id, event)
        self.meeting = evolve(self.meeting, record)
        self.log.append(record)

    def refusal(self, command: Command, by: str | Actor = "anna") -> Refusal:
        """The refusal the command meets; the test fails if it is allowed."""
        with pytest.raises(Refusal) as caught:
            decide(self.meeting, command, by if isinstance(by, Actor) else Actor(by))
        refused = caught.value
        assert refused.code
        assert refused.cites
        assert refused.because.rstrip().endswith((".", "!", "?")), refused.because
        assert len(refused.short.split()) <= 6, refused.short
        return refused

    def wait(self, **span: float) -> Hall:
        """Let time pass."""
        self.meeting = replace(self.meeting, at=self.meeting.at + timedelta(**span))
        return self

    # --- acts ---------------------------------------------------------------

    def in_room(self, *people: str) -> Hall:
        """These come to the room, recorded by the secretary."""
        for one in people:
            self.give(pr.RecordArrival(one), self.secretary)
        return self

    def remotely(self, *people: str) -> Hall:
        """These come to the lobby, are seen and heard, and are confirmed by whoever presides."""
        for one in people:
            self.in_lobby(one)
            self.give(pr.ConfirmIdentity(one, "known"), self.chair)
        return self

    def in_lobby(self, *people: str) -> Hall:
        """These come to the lobby, and their picture and sound arrive."""
        for one in people:
            self.give(pr.EnterLobby(), one)
            if self.meeting.presence[one].state == "lobby":
                self.give(pr.RestoreLink(one), SYSTEM)
        return self

    def loses_link(self, one: str) -> Hall:
        """A remote person's picture and sound are gone."""
        self.give(pr.LoseLink(one, False, False, "ice-failed"), SYSTEM)
        return self

    def returns(self, one: str) -> Hall:
        """The link is back and the chair has confirmed the person anew."""
        self.give(pr.RestoreLink(one), SYSTEM)
        self.give(pr.ConfirmIdentity(one, "known"), self.chair)
        return self

    def opened(self) -> Hall:
        """The chair opens the meeting."""
        self.give(st.OpenMeeting(), self.chair)
        return self

    def roll_call(self) -> Hall:
        """The chair opens the meeting and finds the roll call done."""
        if self.meeting.phase == "convened":
            self.opened()
        self.give(pr.CompleteRollCall(), self.chair)
        return self

    def takes_up(self, matter_id: str = "m1") -> Hall:
        """The chair takes up the matter."""
        self.give(ag.TakeUpMatter(matter_id), self.chair)
        return self

    def proposal(
        self, mover: str, kind: Any = "counter", text: str = "", motivation: str | None = None
    ) -> str:
        """A member moves a proposal; its id comes back."""
        [made] = self.give(pp.Propose(kind, text or f"{mover} vill något annat.", motivation), mover)
        assert isinstance(made, pp.ProposalMade)
        return made.id

    def debate_closed(self) -> Hall:
        """The chair closes the debate."""
        self.give(db.CloseDebate(), self.chair)
        return self

    def put(self) -> Hall:
        """The chair puts the question."""
        self.give(dc.PutQuestion(), self.chair)
        return self

    def found(self, candidate: str) -> Hall:
        """The chair finds the candidate carried."""
        self.give(dc.FindCarried(candidate), self.chair)
        return self

    def gavel(self) -> Hall:
        """The gavel falls."""
        self.give(dc.Gavel(), self.chair)
        return self

    def demanded(self, by: str) -> Hall:
        """A member demands a division."""
        self.give(dc.DemandDivision(), by)
        return self

    def division_opened(self) -> Hall:
        """The chair opens the division."""
        self.give(dv.OpenDivision(), self.chair)
        return self

    def votes(self, **votes: Any) -> Hall:
        """These vote: votes(anna="yes", m2="no")."""
        for one, vote in votes.items():
            self.give(dv.CastVote(vote), one)
        return self

    def division_closed(self) -> Hall:
        """The chair closes the division."""
        self.give(dv.CloseDivision(), self.chair)
        return self

    def decided(self, matter_id: str = "m1") -> Hall:
        """The matter is taken up and decided by acclamation as prepared."""
        return self.takes_up(matter_id).debate_closed().put().found(f"{matter_id}-p0").gavel()

    def divided(self, matter_id: str = "m1", mover: str = "m2") -> Hall:
        """The matter is taken up, a counter-proposal moved, a division demanded and opened."""
        self.takes_up(matter_id)
        self.proposal(mover)
        return self.debate_closed().put().found(f"{matter_id}-p0").demanded(mover).division_opened()

    @property
    def chair(self) -> str:
        """Who presides."""
        assert self.meeting.chair is not None
        return self.meeting.chair

    @property
    def secretary(self) -> str:
        """Who keeps the minutes."""
        return next(p.id for p in self.meeting.people.values() if p.role == "secretary")

    @property
    def people(self) -> tuple[str, ...]:
        """Every member's id."""
        return tuple(p.id for p in self.meeting.people.values() if p.role == "member")


def hall(event: MeetingConvened | None = None, **about: Any) -> Hall:
    """A convened meeting, nobody there yet."""
    first = event if event is not None else convened(**about)
    at = datetime.fromisoformat(first.starts_at)
    record = Record(1, at.astimezone(UTC), "system", None, first)
    return Hall(convene(record), [record])


def under_way(present: int | None = None, **about: Any) -> Hall:
    """An open meeting, roll call done, that many members in the room (all unless told)."""
    held = hall(**about)
    people = held.people if present is None else held.people[:present]
    return held.in_room(*people).roll_call()
