"""A committee meeting in which nearly everything that minutes can tell happens once."""

from __future__ import annotations

from meeting_server.meeting.conflicts import DeclareConflict
from meeting_server.meeting.deciding import Gavel
from meeting_server.meeting.presence import (
    ConfirmIdentity,
    LoseLink,
    RecordArrival,
    RecordDeparture,
    RestoreLink,
)
from meeting_server.meeting.presiding import HandOverChair
from meeting_server.meeting.proposals import Propose, SupportProposal
from meeting_server.meeting.reservations import AddStatement, Reserve
from meeting_server.meeting.sitting import AppointVerifiers, PauseMeeting, ResumeMeeting
from meeting_server.meeting.substitutes import CallInSubstitute
from meeting_server.meeting.verification import DeclareImmediateVerification
from tests.minutes.hall import CHAIR, SECRETARY, VICE, Hall


def held() -> Hall:
    """Seven seats, two of them remote; a substitute, a lost link, a division 4–3, a disqualified chair."""
    hall = Hall(seats=7, remote=("p6", "p7")).open(absent=("p5",))
    hall.act(SECRETARY, RecordArrival(SECRETARY), RecordArrival("e1"), CallInSubstitute("e1", "p5"))
    hall.note("m1").take_up("m2").act(CHAIR, AppointVerifiers((VICE,), "digitalt senast den 20 november"))
    hall.take_up("m3").act("p4", Propose("counter", "Remissen besvaras med att förslaget tillstyrks."))
    hall.act("p3", SupportProposal("m3-p1")).act(VICE, SupportProposal("m3-p0"))
    hall.act(None, LoseLink("p6", False, False, "tyst")).act(CHAIR, PauseMeeting(5, "avbruten förbindelse"))
    hall.act(None, RestoreLink("p6")).act(CHAIR, ConfirmIdentity("p6", "eid"), ResumeMeeting())
    hall.put().divide("m3-p0", "p4", ("p3", "p4", "p7")).act(CHAIR, Gavel())
    hall.act("p4", Reserve("m3", "Förslaget bör tillstyrkas.\n\nVi är för.")).act("p3", Reserve("m3"))
    hall.act(SECRETARY, AddStatement("m3", VICE, "Vi återkommer i budgeten.", granted=True))
    hall.act(CHAIR, DeclareImmediateVerification("m3"), DeclareConflict("m4", "styrelseledamot i bolaget"))
    hall.act(CHAIR, HandOverChair(VICE, "jäv"))
    hall.take_up_as(VICE, "m4").act(SECRETARY, RecordDeparture("p7"))
    hall.chair = VICE
    hall.put().carry("m4-p0")
    hall.act(VICE, HandOverChair(CHAIR, None))
    hall.chair = CHAIR
    return hall.note("m5").close()
