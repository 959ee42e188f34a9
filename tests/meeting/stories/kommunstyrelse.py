"""A kommunstyrelse of thirteen meets, six of them at a distance: two real matters, a conflict, 7 votes to 6.

The matters are those of the sources (KS 2024/991 and dnr 002-879/2014); the people are made up and the
sentences are our own.
"""

from __future__ import annotations

from meeting_server.meeting import conflicts, presence, reservations, sitting, verification
from meeting_server.meeting import debate as db
from meeting_server.meeting import deciding as dc
from meeting_server.meeting import divisions as dv
from meeting_server.meeting import proposals as pp
from meeting_server.meeting import substitutes as sb
from meeting_server.meeting.actors import SYSTEM
from meeting_server.meeting.agenda import NoteMatter
from meeting_server.meeting.convening import (
    Body,
    DocumentRef,
    Matter,
    MeetingConvened,
    Person,
    PreparedProposal,
    StandingOrders,
)
from tests.builders import Hall, hall

_PARTIES = {
    "A": "Aspalliansen",
    "E": "Ekhamrapartiet",
    "B": "Bygdelistan",
    "G": "Gemensam väg",
    "N": "Nya Ekhamra",
}
_MEMBERS = (
    ("torgny", "Torgny Tallvik", "A", "chair"),
    ("vera", "Vera Vattrang", "A", None),
    ("rasmus", "Rasmus Rönnvik", "A", None),
    ("stina", "Stina Solberga", "A", None),
    ("mirjam", "Mirjam Myrvik", "E", "first_vice_chair"),
    ("henrik", "Henrik Holmgren", "E", None),
    ("kerstin", "Kerstin Kjellander", "E", None),
    ("bertil", "Bertil Bokström", "B", "second_vice_chair"),
    ("hillevi", "Hillevi Hassel", "B", None),
    ("josef", "Josef Junehag", "B", None),
    ("leif", "Leif Ljungvik", "G", None),
    ("kaisa", "Kaisa Kvistgren", "G", None),
    ("nilla", "Nilla Nordanäng", "N", None),
)
_SUBSTITUTES = (
    ("rolf", "Rolf Roslund", "A", 1),
    ("agneta", "Agneta Alström", "E", 1),
    ("berit", "Berit Björklöf", "B", 1),
    ("gustav", "Gustav Gladsjö", "B", 2),
    ("petra", "Petra Parkfelt", "G", 1),
    ("olga", "Olga Ottervik", "N", 1),
)

ROSTER: tuple[Person, ...] = (
    *(
        Person(one, name, party, _PARTIES[party], "member", seat, presidium)  # type: ignore[arg-type]
        for seat, (one, name, party, presidium) in enumerate(_MEMBERS, 1)
    ),
    *(
        Person(one, name, party, _PARTIES[party], "substitute", turn)
        for one, name, party, turn in _SUBSTITUTES
    ),
    Person("siv", "Siv Sandvik", None, None, "secretary", 0, title="kommunsekreterare"),
    Person("tor", "Tor Tjäder", None, None, "attendee", 0, title="kommundirektör"),
)

ORDERS = StandingOrders(
    version="KS-2026-2",
    decided_on="2026-08-31",
    decision_reference="KF 2026-08-31 § 97",
    distance="all_may",
    committee_uses_obligation=False,
    obligation_reference=None,
    verifiers=1,
    speech_seconds=None,
    reply_seconds=None,
    chair_votes_last=True,
    substitutes_by="party",
    no_return_same_day=True,
    camera_policy="at_decisions",
    immediate_verification=True,
    identity_methods=("known", "id_shown", "eid"),
)

AGENDA = (
    Matter("m1", "Upprop och dagordning", None, "opening"),
    Matter("m2", "Val av justerare", None, "verifiers"),
    Matter(
        "m3",
        "Staten och kommunsektorn – samverkan, självstyrelse, styrning (SOU 2024:43)",
        "KS 2024/991",
        "decision",
        "Finansdepartementet har remitterat ett betänkande om hur staten och kommunsektorn samverkar. Ett av "
        "kapitlen handlar om deltagande på distans i fullmäktige och nämnder.",
        "Torgny Tallvik (A)",
        PreparedProposal(
            "Kommunledningskontorets förslag",
            "Kommunstyrelsen beslutar",
            ("Remissen besvaras med hänvisning till vad som sägs i kommunens promemoria.",),
        ),
        (DocumentRef("Promemoria den 31 oktober 2024"), DocumentRef("Remissen, sammanfattning")),
    ),
    Matter(
        "m4",
        "Utveckling av KSL inför mandatperioden 2015–2018",
        "002-879/2014",
        "decision",
        "Kommunförbundet Stockholms län har bett medlemmarna om synpunkter på inriktning, organisation och "
        "arbetsformer för den kommande mandatperioden.",
        "Torgny Tallvik (A)",
        PreparedProposal(
            "Kommunledningskontorets förslag",
            "Kommunstyrelsen beslutar",
            ("Remissen anses besvarad med hänvisning till vad som sägs i promemorian.",),
        ),
        (DocumentRef("Promemoria 2014:134"), DocumentRef("Remissen, sammanfattning")),
    ),
    Matter(
        "m5",
        "Markanvisning vid stationen",
        "KS 2026/312",
        "decision",
        None,
        "Henrik Holmgren (E)",
        PreparedProposal(
            "Kommunledningskontorets förslag",
            "Kommunstyrelsen beslutar",
            ("Marken anvisas enligt upprättat avtal.", "Kommundirektören får i uppdrag att teckna avtalet."),
        ),
    ),
    Matter("m6", "Anmälningsärenden", None, "information"),
)

CONVENED = MeetingConvened(
    "ks-2026-12-01",
    "kl-2026",
    Body("ks", "Kommunstyrelsen", "executive", 13, "kommunstyrelsen"),
    ORDERS,
    ROSTER,
    AGENDA,
    "Kommunstyrelsen den 1 december 2026",
    "2026-12-01T13:00:00+01:00",
    "Kommunstyrelserummet",
    "hybrid",
    217,
    False,
    "Ekhamra kommun",
)

REMOTE = ("vera", "kerstin", "bertil", "leif", "kaisa", "nilla")
COUNTER = (
    "Promemorian godkänns i delar. Därutöver anförs att förbundet främst bör arbeta med välfärdsfrågor och "
    "att kommunen företräder sig själv i förhandlingar av stor ekonomisk vikt."
)
YES = ("torgny", "vera", "rasmus", "stina", "mirjam", "henrik", "kerstin")
NO = ("bertil", "hillevi", "berit", "leif", "kaisa", "nilla")


def held() -> Hall:
    """The whole meeting, from the lobby to the close."""
    ks = hall(CONVENED)
    gathering(ks)
    the_inquiry(ks)
    the_association(ks)
    the_land(ks)
    the_end(ks)
    return ks


def gathering(ks: Hall) -> None:
    """Six are verified at a distance, one is absent, the substitute in turn is called in."""
    ks.give(presence.RecordArrival("torgny"), "siv")
    ks.opened()
    for person in ("rasmus", "stina", "mirjam", "henrik", "hillevi", "berit", "petra", "tor"):
        ks.give(presence.RecordArrival(person), "siv")
    for person in REMOTE:
        ks.in_lobby(person)
    for person in REMOTE:
        ks.give(presence.ConfirmIdentity(person, "id_shown" if person == "nilla" else "known"), "torgny")
    ks.give(presence.RecordAbsence("josef", "sjuk"), "siv")
    ks.give(sb.CallInSubstitute("berit", "josef"), "siv")
    ks.wait(minutes=4)
    ks.give(presence.CompleteRollCall(), "torgny")
    ks.takes_up("m1")
    ks.give(NoteMatter(), "torgny")
    ks.takes_up("m2")
    ks.give(sitting.AppointVerifiers(("mirjam",), "Digitalt den 4 december 2026"), "torgny")


def the_inquiry(ks: Hall) -> None:
    """KS 2024/991 is decided by acclamation, after a lost link and a pause of four minutes."""
    ks.takes_up("m3").wait(minutes=3)
    ks.give(db.RequestFloor(), "kerstin")
    ks.give(db.GiveFloor(), "torgny")
    ks.wait(minutes=1)
    ks.loses_link("kerstin")
    ks.give(sitting.PauseMeeting(5, "Bruten förbindelse med Kerstin Kjellander (E)"), "torgny")
    ks.wait(minutes=4)
    ks.returns("kerstin")
    ks.give(sitting.ResumeMeeting(), "torgny")
    ks.wait(minutes=1)
    ks.give(db.EndFloor(), "kerstin")
    ks.debate_closed().put().found("m3-p0").gavel()


def the_association(ks: Hall) -> None:
    """Dnr 002-879/2014: the counter-proposal falls by 7 to 6, six reserve, the § is verified at once."""
    ks.takes_up("m4").wait(minutes=2)
    ks.give(pp.Propose("counter", COUNTER), "nilla")
    ks.give(pp.SupportProposal("m4-p1"), "bertil")
    ks.give(pp.RecordSupport("m4-p0", "mirjam"), "siv")
    for person in ("nilla", "rasmus"):
        ks.give(db.RequestFloor(), person)
    for _speaker in ("nilla", "rasmus"):
        ks.give(db.GiveFloor(), "torgny")
        ks.wait(minutes=2)
    ks.give(db.EndFloor(), "torgny")
    ks.debate_closed().put().found("m4-p0").demanded("bertil")
    assert ks.refusal(dc.Gavel(), "torgny").code == "division-demanded"
    ks.division_opened()
    for person in (*NO, *YES[1:]):
        if person == "hillevi":
            ks.give(dv.RecordOralVote("hillevi", "no"), "siv")
        else:
            ks.give(dv.CastVote("no" if person in NO else "yes"), person)
    ks.give(dv.CastVote("yes"), "torgny")
    ks.division_closed().gavel()
    ks.give(reservations.Reserve("m4", COUNTER), "nilla")
    for person in ("bertil", "hillevi", "berit", "leif", "kaisa"):
        ks.give(reservations.RecordReservation("m4", person), "siv")
    ks.give(verification.DeclareImmediateVerification("m4"), "torgny")


def the_land(ks: Hall) -> None:
    """Leif Ljungvik is disqualified in one matter and leaves; Petra Parkfelt serves in it."""
    ks.give(conflicts.DeclareConflict("m5", "Styrelseledamot i bolaget"), "leif")
    ks.takes_up("m5")
    assert ks.refusal(db.RequestFloor(), "leif").code == "disqualified"
    ks.give(sb.CallInSubstitute("petra", "leif", only_matter=True), "torgny")
    ks.wait(minutes=3)
    ks.debate_closed().put().found("m5-p0").gavel()


def the_end(ks: Hall) -> None:
    """Leif is back and counted; the last matter is noted; nobody has more reservations."""
    ks.takes_up("m6")
    ks.give(NoteMatter(), "torgny")
    ks.give(sitting.AskForReservations(), "torgny")
    assert ks.refusal(presence.LoseLink("torgny", False, False, "ice-failed"), SYSTEM).code == "not-remote"
    ks.wait(minutes=1)
    ks.give(sitting.CloseMeeting(), "torgny")
