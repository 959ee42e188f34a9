"""A hall to hold small meetings in.

Every act goes through the real `decide`, a clock ticks, a log is kept.
"""

from __future__ import annotations

import datetime as dt

from meeting_server.meeting import SYSTEM, Actor, Command, Meeting, Record, decide, evolve, replay
from meeting_server.meeting.agenda import NoteMatter, TakeUpMatter
from meeting_server.meeting.convening import (
    Body,
    DocumentRef,
    Matter,
    MeetingConvened,
    Person,
    PreparedProposal,
    StandingOrders,
)
from meeting_server.meeting.debate import CloseDebate
from meeting_server.meeting.deciding import FindCarried, Gavel, PutQuestion, RecordDemand
from meeting_server.meeting.divisions import CastVote, CloseDivision, OpenDivision
from meeting_server.meeting.presence import (
    CompleteRollCall,
    ConfirmIdentity,
    EnterLobby,
    RecordArrival,
    RestoreLink,
)
from meeting_server.meeting.sitting import AskForReservations, CloseMeeting, OpenMeeting
from meeting_server.meeting.words import BodyKind, Form, ProposalKind

START = dt.datetime(2026, 11, 17, 17, 0, tzinfo=dt.UTC)
CHAIR, VICE, SECOND, SECRETARY = "p1", "p2", "p3", "s1"
FIRST = (
    "Torgny Tallvik",
    "Bertil Bokström",
    "Gunvor Granberg",
    "Rut Rosenlöf",
    "Erik Ekdal",
    "Kerstin Kjellander",
)
REST = (
    "Mirjam Myrvik",
    "Berit Björklöf",
    "Nilla Nordanäng",
    "Tora Tunberg",
    "Hassan Holmgren",
    "Lars Lindås",
)
PARTIES = ("A", "B", "E", "A", "A", "E", "E", "B", "N", "T", "H", "G")
ORDERS = StandingOrders(
    version="1",
    decided_on="2026-03-02",
    decision_reference="KF 2026-03-02 § 31",
    distance="all_may",
    committee_uses_obligation=False,
    obligation_reference=None,
    verifiers=1,
    speech_seconds=None,
    reply_seconds=None,
    chair_votes_last=False,
    substitutes_by="list",
    no_return_same_day=False,
    camera_policy="always",
    immediate_verification=True,
    identity_methods=("known", "id_shown", "eid"),
)
PREPARED = PreparedProposal(
    "Kommundirektörens förslag",
    "Kommunstyrelsen beslutar",
    ("Remissen besvaras med kommunens promemoria.", "Promemorian överlämnas till departementet."),
)


def members(seats: int) -> tuple[Person, ...]:
    """That many members; the first three are the presidium."""
    names = (*FIRST, *REST)
    seats_of = {1: "chair", 2: "first_vice_chair", 3: "second_vice_chair"}
    return tuple(
        Person(
            f"p{n}",
            names[n - 1] if n <= len(names) else f"{names[n % len(names)]} {n}",
            PARTIES[(n - 1) % len(PARTIES)],
            None,
            "member",
            n,
            presidium=seats_of.get(n),  # type: ignore[arg-type]
        )
        for n in range(1, seats + 1)
    )


def matters() -> tuple[Matter, ...]:
    """An opening, the verifiers, a decision with documents, another decision, an information."""
    return (
        Matter("m1", "Upprop", None, "opening"),
        Matter("m2", "Val av justerare", None, "verifiers"),
        Matter(
            "m3",
            "Svar på remiss om SOU 2024:43",
            "KS 2024/991",
            "decision",
            background="Departementet har remitterat en utredning till kommunen.",
            proposal=PREPARED,
            documents=(DocumentRef("Tjänsteskrivelse 2026-10-21"),),
        ),
        Matter("m4", "Taxa för vatten och avlopp", "KS 2026/17", "decision", proposal=PREPARED),
        Matter("m5", "Information om delårsrapporten", None, "information"),
    )


class Hall:
    """One meeting and its log. Methods are what people do; each lets a minute pass."""

    def __init__(
        self,
        seats: int = 5,
        kind: BodyKind = "executive",
        remote: tuple[str, ...] = (),
        form: Form = "hybrid",
        rehearsal: bool = False,
        agenda: tuple[Matter, ...] | None = None,
    ) -> None:
        body = (
            Body("kf", "Kommunfullmäktige", "assembly", seats, "kommunfullmäktige")
            if kind == "assembly"
            else Body("ks", "Kommunstyrelsen", "executive", seats, "kommunstyrelsen")
        )
        roster = (
            *members(seats),
            Person("e1", "Ahmed Alström", "A", None, "substitute", 1),
            Person("e2", "Siv Sundin", "B", None, "substitute", 2),
            Person(SECRETARY, "Selma Sjögren", None, None, "secretary", 1, title="kommunsekreterare"),
        )
        self.now = START
        self.chair = CHAIR
        self.remote = remote
        self.seats = [f"p{n}" for n in range(1, seats + 1)]
        self.log: list[Record] = []
        convened = MeetingConvened(
            meeting_id="prov",
            regime="kl-2026",
            body=body,
            standing_orders=ORDERS,
            roster=roster,
            agenda=agenda or matters(),
            title=f"{body.name}s sammanträde",
            starts_at="2026-11-17T18:00:00+01:00",
            place="Sessionssalen",
            form=form,
            first_minute_number=208,
            rehearsal=rehearsal,
            organisation="Ekhamra kommun",
        )
        self.log.append(Record(1, self.now, "system", None, convened))
        self.meeting: Meeting = replay(self.log)

    def act(self, person: str | None, *commands: Command) -> Hall:
        """A person (None: the machine) gives commands, one a minute."""
        for command in commands:
            self.now += dt.timedelta(minutes=1)
            self._carry_out(person, command)
        return self

    def in_lobby(self, person: str) -> Hall:
        """A person comes to the lobby; picture and sound arrive within the same minute."""
        return self.act(person, EnterLobby())._carry_out(None, RestoreLink(person))

    def _carry_out(self, person: str | None, command: Command) -> Hall:
        actor = SYSTEM if person is None else Actor(person)
        for event in decide(self.meeting, command, actor):
            record = Record(len(self.log) + 1, self.now, person or "system", None, event)
            self.log.append(record)
            self.meeting = evolve(self.meeting, record)
        return self

    def open(self, absent: tuple[str, ...] = ()) -> Hall:
        """Open at 18.01 with the roll call done: the remote confirmed, the others in the room."""
        self.act(SECRETARY, RecordArrival(CHAIR)).act(CHAIR, OpenMeeting())
        for person in self.seats:
            if person in absent or person == CHAIR:
                continue
            if person in self.remote:
                self.in_lobby(person).act(CHAIR, ConfirmIdentity(person, "known"))
            else:
                self.act(SECRETARY, RecordArrival(person))
        return self.act(CHAIR, CompleteRollCall())

    def take_up(self, matter: str) -> Hall:
        """The chair takes up a matter."""
        return self.act(self.chair, TakeUpMatter(matter))

    def take_up_as(self, chair: str, matter: str) -> Hall:
        """Somebody else who presides takes up a matter."""
        return self.act(chair, TakeUpMatter(matter))

    def note(self, matter: str) -> Hall:
        """The chair takes up a matter and finds it noted."""
        return self.take_up(matter).act(CHAIR, NoteMatter())

    def put(self) -> Hall:
        """The chair closes the debate and puts the question."""
        return self.act(self.chair, CloseDebate(), PutQuestion())

    def carry(self, candidate: str) -> Hall:
        """Found carried, and the gavel."""
        return self.act(self.chair, FindCarried(candidate), Gavel())

    def divide(
        self, found: str, demanded_by: str, no: tuple[str, ...], abstain: tuple[str, ...] = ()
    ) -> Hall:
        """Found, a division demanded, held and closed; everybody not named votes yes. The gavel is left."""
        self.act(self.chair, FindCarried(found), RecordDemand(demanded_by), OpenDivision())
        running = self.meeting.running
        assert running is not None
        for person in running.voters:
            vote = CastVote("no" if person in no else "abstain" if person in abstain else "yes")
            self.act(person, vote)
        return self.act(self.chair, CloseDivision())

    def close(self) -> Hall:
        """Reservations asked for, the meeting closed."""
        return self.act(self.chair, AskForReservations(), CloseMeeting())


__all__ = ["CHAIR", "SECOND", "SECRETARY", "START", "VICE", "Hall", "ProposalKind", "matters", "members"]
