"""Meetings of other bodies: joint committee, obligation, budget, back the same day, 1 July, questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from meeting_server.meeting import asking as ak
from meeting_server.meeting import debate as db
from meeting_server.meeting import deciding as dc
from meeting_server.meeting import presence as pr
from meeting_server.meeting import sitting as st
from meeting_server.meeting import substitutes as sb
from meeting_server.meeting.actors import SYSTEM
from meeting_server.meeting.agenda import NoteMatter
from meeting_server.meeting.convening import (
    Agreement,
    Body,
    Matter,
    MeetingConvened,
    Notice,
    Person,
    PreparedProposal,
    StandingOrders,
)
from tests.builders import Hall, hall

_PARTIES = {"A": "Aspalliansen", "E": "Ekhamrapartiet", "B": "Bygdelistan"}
_MEMBERS = (
    ("tora", "Tora Tunberg", "A", "chair"),
    ("erik", "Erik Ekdal", "E", "first_vice_chair"),
    ("bodil", "Bodil Bokby", "B", "second_vice_chair"),
    ("alva", "Alva Arsjö", "A", None),
    ("moa", "Moa Mossberg", "E", None),
    ("goran", "Goran Gullhed", "B", None),
    ("per", "Per Pilby", "A", None),
)
_SUBSTITUTES = (("inga", "Inga Islöf", "A"), ("omar", "Omar Olvemark", "E"), ("jonna", "Jonna Jansdal", "B"))

ORDERS = StandingOrders(
    version="2026-1",
    decided_on="2026-05-25",
    decision_reference="KF 2026-05-25 § 61",
    distance="all_may",
    committee_uses_obligation=False,
    obligation_reference=None,
    verifiers=1,
    speech_seconds=240,
    reply_seconds=60,
    chair_votes_last=True,
    substitutes_by="party",
    no_return_same_day=True,
    camera_policy="at_decisions",
    immediate_verification=True,
    identity_methods=("known", "eid"),
)

OPENING = (Matter("m1", "Upprop", None, "opening"), Matter("m2", "Val av justerare", None, "verifiers"))


def roster(*guests: Person) -> tuple[Person, ...]:
    """Seven members, three substitutes, the secretary and the guests."""
    return (
        *(Person(i, n, p, _PARTIES[p], "member", at, s) for at, (i, n, p, s) in enumerate(_MEMBERS, 1)),  # type: ignore[arg-type]
        *(Person(i, n, p, _PARTIES[p], "substitute", 1) for i, n, p in _SUBSTITUTES),
        Person("siv", "Siv Sandvik", None, None, "secretary", 0, title="nämndsekreterare"),
        *guests,
    )


def decision(matter_id: str, title: str, source: str, lead: str, *points: str, **more: Any) -> Matter:
    """A matter with a prepared proposal."""
    return Matter(
        matter_id,
        title,
        f"2026/{matter_id[1:]}",
        "decision",
        proposal=PreparedProposal(source, lead, points),
        **more,
    )


def meeting(
    meeting_id: str, body: Body, agenda: tuple[Matter, ...], *guests: Person, **about: Any
) -> MeetingConvened:
    """The first event; a hybrid meeting on 24 November 2026 unless told otherwise."""
    told: dict[str, Any] = {
        "regime": "kl-2026",
        "starts_at": "2026-11-24T13:00:00+01:00",
        "place": "Sammanträdesrum Eken, Stadshuset",
        "form": "hybrid",
        "standing_orders": ORDERS,
        "organisation": "Ekhamra kommun",
        **about,
    }
    return MeetingConvened(
        meeting_id=meeting_id,
        body=body,
        roster=roster(*guests),
        agenda=(*OPENING, *agenda),
        title=f"{body.name}s sammanträde",
        first_minute_number=70,
        rehearsal=False,
        **told,
    )


def begun(held: Hall, verifier: str) -> Hall:
    """The opening noted and a verifier appointed."""
    held.roll_call().takes_up("m1").give(NoteMatter(), held.chair)
    held.takes_up("m2").give(st.AppointVerifiers((verifier,), "Digitalt den 27 november 2026"), held.chair)
    return held


def ended(held: Hall) -> Hall:
    """Reservations asked for, the meeting closed."""
    held.give(st.AskForReservations(), held.chair)
    held.give(st.CloseMeeting(), held.chair)
    return held


def joint_committee() -> Hall:
    """Three municipalities, three standing orders: the strictest lets some be at home, never all."""
    orders = replace(
        ORDERS,
        distance="some_may",
        agreements=(
            Agreement("Ekhamra kommun", "KF Ekhamra 2026-05-25 § 61", "all_may_be_obliged"),
            Agreement("Tallby kommun", "KF Tallby 2026-06-08 § 44", "all_may"),
            Agreement("Norrviks kommun", "KF Norrvik 2026-06-15 § 39", "some_may"),
        ),
    )
    body = Body("loner", "Gemensamma lönenämnden", "joint_committee", 7, "gemensamma lönenämnden")
    agenda = (
        decision(
            "m3",
            "Internkontroll 2026",
            "Lönekontorets förslag",
            "Gemensamma lönenämnden beslutar",
            "Rapporten godkänns.",
        ),
    )
    held = hall(
        meeting(
            "loner-2026-11-24",
            body,
            agenda,
            standing_orders=orders,
            organisation="Ekhamra, Tallby och Norrviks kommuner",
        )
    )
    held.in_room("tora").remotely("erik", "bodil", "alva", "moa")
    begun(held, "erik").decided("m3")
    return ended(held)


def _obligation(*, used: bool) -> MeetingConvened:
    orders = replace(
        ORDERS,
        distance="all_may_be_obliged",
        committee_uses_obligation=used,
        obligation_reference="miljönämnden 2026-09-15 § 58" if used else None,
    )
    body = Body("miljo", "Miljönämnden", "committee", 7, "miljönämnden")
    agenda = (
        decision(
            "m3", "Tillsynsplan 2027", "Miljökontorets förslag", "Miljönämnden beslutar", "Planen antas."
        ),
    )
    form = "mandatory_remote" if used else "hybrid"
    return meeting(
        "miljo-2026-11-24", body, agenda, standing_orders=orders, form=form, place=None if used else "Eken"
    )


def _at_home(held: Hall, *people: str) -> Hall:
    held.in_lobby("tora")
    held.give(pr.ConfirmIdentity("tora", "known"), "siv")
    return held.remotely(*people)


def obliged() -> Hall:
    """The assembly has opened for it and the committee has decided: everybody is at home."""
    held = _at_home(hall(_obligation(used=True)), "erik", "bodil", "alva", "moa", "goran")
    begun(held, "bodil").decided("m3")
    return ended(held)


def not_obliged() -> Hall:
    """The same committee without its own decision: whoever wants comes to the room."""
    held = hall(_obligation(used=False)).in_room("tora", "goran")
    held.remotely("erik", "bodil", "alva")
    begun(held, "bodil").decided("m3")
    return ended(held)


def budget() -> Hall:
    """A federation executive sets its budget: announced, in a place, staff shut out of a tender."""
    staff = Person("stig", "Stig Stenlund", None, None, "attendee", 0, attends="staff")
    body = Body("direktion", "Räddningsförbundets direktion", "federation_executive", 7, "direktionen")
    agenda = (
        decision(
            "m3",
            "Budget 2027",
            "Förbundsledningens förslag",
            "Direktionen beslutar",
            "Budgeten för 2027 fastställs till 214 miljoner kronor.",
            sets_budget=True,
        ),
        decision(
            "m4",
            "Upphandling av släckfordon",
            "Förbundsledningens förslag",
            "Direktionen beslutar",
            "Två fordon upphandlas.",
            staff_excluded=True,
        ),
    )
    notice = Notice("2026-11-16", "2026-11-17", "2026-11-17", "2026-11-17", "2026-11-23")
    convened = meeting(
        "direktion-2026-11-24",
        body,
        agenda,
        staff,
        notice=notice,
        organisation="Räddningsförbundet Ekhamra–Tallby",
    )
    held = (
        hall(replace(convened, title="Direktionens sammanträde"))
        .in_room("tora", "erik", "bodil", "alva", "stig")
        .remotely("moa")
    )
    begun(held, "erik")
    held.takes_up("m3").give(db.RequestFloor(), "stig")
    held.give(db.GiveFloor(), "tora")
    held.give(db.EndFloor(), "tora")
    held.debate_closed().put().found("m3-p0").gavel()
    held.decided("m4")
    return ended(held)


def back_the_same_day() -> Hall:
    """A link is lost, a substitute serves, the member is back: not again that day, by local rule."""
    body = Body("kultur", "Kulturnämnden", "committee", 7, "kulturnämnden")
    agenda = (
        decision(
            "m3",
            "Bidrag till föreningar",
            "Kulturkontorets förslag",
            "Kulturnämnden beslutar",
            "Bidragen beviljas.",
        ),
        decision(
            "m4",
            "Bibliotekets öppettider",
            "Kulturkontorets förslag",
            "Kulturnämnden beslutar",
            "Öppettiderna antas.",
        ),
    )
    held = (
        hall(meeting("kultur-2026-11-24", body, agenda))
        .in_room("tora", "erik", "bodil", "inga")
        .remotely("alva")
    )
    begun(held, "erik")
    held.takes_up("m3").loses_link("alva")
    held.give(sb.CallInSubstitute("inga", "alva", understood=True), "tora")
    held.debate_closed().put().found("m3-p0").gavel()
    held.give(pr.RestoreLink("alva"), SYSTEM)
    held.give(pr.ConfirmIdentity("alva", "known"), "tora")
    held.takes_up("m4")
    assert held.refusal(dc.DemandDivision(), "alva").code == "no-return-same-day"
    held.debate_closed().put().found("m4-p0").gavel()
    return ended(held)


def _turn_of_the_law(day: str, regime: str) -> Hall:
    body = Body("bygg", "Byggnadsnämnden", "committee", 7, "byggnadsnämnden")
    agenda = (
        decision(
            "m3",
            "Detaljplan för Hamnen",
            "Plankontorets förslag",
            "Byggnadsnämnden beslutar",
            "Samråd hålls.",
        ),
    )
    convened = meeting(
        f"bygg-{day}",
        body,
        agenda,
        regime=regime,
        starts_at=f"{day}T13:00:00+02:00",
        form="remote",
        place=None,
    )
    held = _at_home(hall(convened), "erik", "bodil", "alva")
    begun(held, "erik").decided("m3")
    return ended(held)


def last_of_june() -> Hall:
    """Wholly at a distance on 30 June 2026: recorded as against the advice of that time, but not stopped."""
    return _turn_of_the_law("2026-06-30", "kl-2018")


def first_of_july() -> Hall:
    """The same on 1 July 2026: allowed, since the assembly has opened for all."""
    return _turn_of_the_law("2026-07-01", "kl-2026")


def questions() -> Hall:
    """An assembly hears one interpellation, refuses another, answers a question, decides a motion."""
    orders = replace(ORDERS, distance="some_may", replies=1)
    body = Body("kf", "Kommunfullmäktige", "assembly", 7, "kommunfullmäktige")
    agenda = (
        Matter(
            "m3",
            "Interpellation om skolvägar",
            "2026/3",
            "interpellation",
            asked_by="moa",
            answered_by="alva",
        ),
        Matter(
            "m4",
            "Interpellation om ett bygglov",
            "2026/4",
            "interpellation",
            asked_by="moa",
            answered_by="alva",
        ),
        Matter("m5", "Fråga om snöröjningen", None, "question", asked_by="goran", answered_by="per"),
        Matter(
            "m6",
            "Motion om cykelställ",
            "2025/88",
            "member_motion",
            asked_by="bodil",
            raised_on="2025-10-20",
            proposal=PreparedProposal(
                "Kommunstyrelsens förslag", "Kommunfullmäktige beslutar", ("Motionen avslås.",)
            ),
        ),
    )
    notice = Notice("2026-11-16", "2026-11-18", "2026-11-17", "2026-11-17", "2026-11-23")
    councillor = Person(
        "kim", "Kim Kvist", "B", "Bygdelistan", "attendee", 0, title="oppositionsråd", attends="councillor"
    )
    convened = meeting(
        "kf-fragor",
        body,
        agenda,
        councillor,
        standing_orders=orders,
        notice=notice,
        ground="third",
        requested_by=("moa", "goran", "bodil"),
    )
    held = hall(convened).in_room(*(one for one, *_ in _MEMBERS), "kim")
    begun(held, "erik")
    held.takes_up("m3").give(ak.PermitAsking(), "tora")
    held.give(ak.RecordAnswer(), "siv")
    for speaker, kind in (("moa", "speech"), ("alva", "reply")):
        held.give(db.RequestFloor(kind), speaker)  # type: ignore[arg-type]
        held.give(db.GiveFloor(), "tora")
        held.give(db.EndFloor(), "tora")
    assert held.refusal(db.RequestFloor("reply"), "alva").code == "replies-used"
    held.give(NoteMatter(), "tora")
    held.takes_up("m4").give(ak.PermitAsking(False), "tora")
    held.give(NoteMatter(), "tora")
    held.takes_up("m5").give(ak.PermitAsking(), "tora")
    assert held.refusal(db.RequestFloor(), "erik").code == "question-debate"
    held.give(ak.RecordAnswer(), "tora")
    held.give(NoteMatter(), "tora")
    held.takes_up("m6")
    wanted = held.proposal("kim", text="Motionen bifalls.")
    held.debate_closed().put().found("m6-p0").demanded("bodil").division_opened()
    held.votes(
        tora="yes", erik="yes", bodil="no", alva="yes", moa="no", goran="no", per="yes"
    ).division_closed().gavel()
    assert wanted == "m6-p1"
    return ended(held)


STORIES: dict[str, Callable[[], Hall]] = {
    "gemensam-namnd": joint_committee,
    "obligatorisk-distans": obliged,
    "utan-obligatorisk-distans": not_obliged,
    "direktionens-budget": budget,
    "tillbaka-samma-dag": back_the_same_day,
    "namnd-2026-06-30": last_of_june,
    "namnd-2026-07-01": first_of_july,
    "fullmaktiges-fragor": questions,
}
