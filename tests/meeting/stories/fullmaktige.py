"""A kommunfullmäktige of sixty-one: a vice chair at home, quorum at the edge, a minority, a ladder and a tie.

Held twice: on 24 November 2026 under the law from 1 July 2026, and on 30 June 2026 under the law before.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from meeting_server.law.regime import in_force
from meeting_server.meeting import Actor, conflicts, decide, presence, reservations, sitting
from meeting_server.meeting import debate as db
from meeting_server.meeting import deciding as dc
from meeting_server.meeting import deferral as df
from meeting_server.meeting import divisions as dv
from meeting_server.meeting import proposals as pp
from meeting_server.meeting import substitutes as sb
from meeting_server.meeting.actors import SYSTEM
from meeting_server.meeting.agenda import NoteMatter
from meeting_server.meeting.convening import (
    Body,
    Matter,
    MeetingConvened,
    Person,
    PreparedProposal,
    StandingOrders,
)
from meeting_server.meeting.words import Vote
from tests.builders import Hall, hall

_PARTIES = {
    "A": "Aspalliansen",
    "E": "Ekhamrapartiet",
    "B": "Bygdelistan",
    "G": "Gemensam väg",
    "N": "Nya Ekhamra",
    "H": "Hamnlistan",
    "T": "Torgpartiet",
    "Ö": "Öppna dörren",
}
_NAMES = {
    "A": (
        "Torgny Tallvik, Ahmed Alström, Dragan Drakenfelt, Erik Ekdal, Ebba Enlund, Esra Eskilsdal, "
        "Jytte Jungfeldt, Nadja Nyvall, Nore Nyvall, Pekka Pilkvist, Rut Rosenlöf, Rolf Roslund, "
        "Rasmus Rönnvik, Stina Solberga, Torgny Trädgårdh, Tuva Trädgårdh, Vera Vattrang"
    ),
    "E": (
        "Mirjam Myrvik, Agneta Alström, Anders Asplund, Cecilia Cederhamn, David Dahlbäck, Fatima Furuhed, "
        "Gerda Granberg, Gunvor Granberg, Henrik Holmgren, Kerstin Kjellander, Orvar Orrfors, "
        "Tora Trädgårdh, Urban Uppgren, Östen Öhrvall"
    ),
    "B": (
        "Bertil Bokström, Berit Björklöf, Gustav Gladsjö, Hillevi Hassel, Ismail Isgren, Josef Junehag, "
        "Olle Orrfors, Pernilla Palmgren, Rasmus Roslund"
    ),
    "G": (
        "Göran Grönvall, Mohammad Reza Abdirahman-Lindhagen, Kaisa Kvistgren, Leif Ljungvik, Nore Norrmark, "
        "Petra Parkfelt, Viktor Videgren"
    ),
    "N": "Nilla Nordanäng, Rolf Rosenlöf, Olga Ottervik, Tage Tunberg, Ulla Ullhed, Vivi Videgren",
    "H": "Hassan Holmgren, Pekka Palmgren, Viktor Vattrang, Margareta Wilhelmsson-Ekenstierna",
    "T": "Tora Tunberg, Amina Asplund, Orvar Ottervik",
    "Ö": "Östen Österlöf",
}
_PRESIDIUM = {"a1": "chair", "e1": "first_vice_chair", "n2": "second_vice_chair"}


def _members() -> list[Person]:
    people: list[Person] = []
    for party, names in _NAMES.items():
        for place, name in enumerate(names.split(", "), 1):
            one = f"{party.lower()}{place}"
            seat = _PRESIDIUM.get(one)
            people.append(
                Person(one, name, party, _PARTIES[party], "member", len(people) + 1, seat)  # type: ignore[arg-type]
            )
    return people


MEMBERS = tuple(_members())
ROSTER = (
    *MEMBERS,
    Person("es1", "Klas Kvistgren", "E", _PARTIES["E"], "substitute", 1),
    Person("es2", "Ines Idefors", "E", _PARTIES["E"], "substitute", 2),
    Person("ns1", "Nanna Norrby", "N", _PARTIES["N"], "substitute", 1),
    Person("siv", "Siv Sandvik", None, None, "secretary", 0, title="kommunsekreterare"),
)

ORDERS = StandingOrders(
    version="KF-2026-1",
    decided_on="2026-02-23",
    decision_reference="KF 2026-02-23 § 14",
    distance="some_may",
    committee_uses_obligation=False,
    obligation_reference=None,
    verifiers=2,
    speech_seconds=240,
    reply_seconds=120,
    chair_votes_last=True,
    substitutes_by="party",
    no_return_same_day=False,
    camera_policy="at_decisions",
    immediate_verification=True,
    identity_methods=("known", "id_shown", "eid"),
)


def _proposal(*points: str) -> PreparedProposal:
    return PreparedProposal(
        "Kommunstyrelsens förslag", "Kommunstyrelsen föreslår kommunfullmäktige besluta", points
    )


AGENDA = (
    Matter("m1", "Upprop och dagordning", None, "opening"),
    Matter("m2", "Val av två justerare", None, "verifiers"),
    Matter(
        "m3",
        "Motion om gångväg till stationen",
        "KS 2026/118",
        "decision",
        None,
        "Torgny Trädgårdh (A)",
        _proposal("Motionen avslås."),
    ),
    Matter(
        "m4",
        "Översiktsplan för hamnområdet",
        "KS 2026/77",
        "decision",
        None,
        "Bertil Bokström (B)",
        _proposal("Översiktsplanen antas."),
    ),
    Matter(
        "m5",
        "Regler för föreningsbidrag",
        "KS 2026/201",
        "decision",
        None,
        None,
        _proposal("Reglerna antas.", "Reglerna börjar gälla den 1 januari 2027."),
    ),
    Matter("m6", "Meddelanden", None, "information"),
)

REMOTE = ("e2", "e10", "b3", "g2", "g3", "n1", "h4", "t1")
"""Members at a distance; Rolf Rosenlöf (n2), second vice chair, is at home too."""


def convened(on: date) -> MeetingConvened:
    """The meeting that day, under the law of that day."""
    offset = "+02:00" if on.month in range(4, 11) else "+01:00"
    return MeetingConvened(
        f"kf-{on.isoformat()}",
        in_force(on).id,
        Body("kf", "Kommunfullmäktige", "assembly", 61, "kommunfullmäktige"),
        ORDERS,
        ROSTER,
        AGENDA,
        f"Kommunfullmäktige {on.isoformat()}",
        f"{on.isoformat()}T18:30:00{offset}",
        "Sessionssalen",
        "hybrid",
        138,
        False,
        "Ekhamra kommun",
    )


def held() -> Hall:
    """The whole meeting of 24 November 2026."""
    kf = hall(convened(date(2026, 11, 24)))
    gathering(kf)
    the_footpath(kf)
    the_harbour(kf)
    the_grants(kf)
    the_end(kf)
    return kf


def held_before_july() -> Hall:
    """The same evening on 30 June 2026: the vice chair at home counts, so 20 are a third of 61 no more."""
    kf = hall(convened(date(2026, 6, 30)))
    gathering(kf)
    referral = footpath_debated(kf)
    kf.give(pp.SupportProposal(referral), "h4")
    refused = kf.refusal(df.DecideMinorityReferral(referral), "a1")
    assert "20 av 61 närvarande begär återremiss; 21 krävs." in refused.because
    kf.put().found("today").gavel()
    kf.put().found("m3-p0").gavel()
    kf.give(sitting.AskForReservations(), "a1")
    kf.give(sitting.CloseMeeting(), "a1")
    return kf


def gathering(kf: Hall) -> None:
    """30 of 61 are too few, 31 are enough; the vice chair at home counts only by the old law."""
    kf.in_lobby("n2")
    room = [p.id for p in MEMBERS if p.id not in REMOTE and p.id not in ("n2", "e3")]
    kf.in_room("a1").opened()
    kf.remotely(*REMOTE)
    kf.in_room(*room[1:22])
    refused = kf.refusal(presence.CompleteRollCall(), "a1")
    assert (refused.code, refused.cites) == ("quorum", "KL 5:45")
    assert "30 av 61 ledamöter" in refused.because
    assert "minst 31" in refused.because
    kf.in_room(room[22])
    assert decide(kf.meeting, presence.CompleteRollCall(), Actor("a1"))
    kf.in_room(*room[23:])
    kf.in_room("es1")
    kf.give(presence.RecordAbsence("e3", "bortrest"), "siv")
    kf.give(sb.CallInSubstitute("es1", "e3"), "siv")
    if kf.meeting.presence["n2"].state == "lobby":
        kf.give(presence.ConfirmIdentity("n2", "known"), "a1")
    kf.wait(minutes=9)
    kf.give(presence.CompleteRollCall(), "a1")
    kf.takes_up("m1")
    kf.give(NoteMatter(), "a1")
    kf.takes_up("m2")
    kf.give(sitting.AppointVerifiers(("e5", "g1"), "Digitalt den 3 december 2026 kl. 15.00"), "a1")


def footpath_debated(kf: Hall) -> str:
    """A referral back is moved and motivated; 19 stand behind it when the debate closes."""
    kf.takes_up("m3")
    referral = kf.proposal("b1", "refer_back", "Ärendet återremitteras.")
    kf.give(db.RequestFloor(), "b1")
    kf.give(db.GiveFloor(), "a1")
    kf.wait(minutes=3)
    kf.give(db.EndFloor(), "b1")
    for person in [p.id for p in MEMBERS if p.party in ("B", "G", "H")][1:19]:
        kf.give(pp.SupportProposal(referral), person)
    kf.debate_closed()
    kf.give(pp.StateMotivation(referral, "Kostnaden för en etappvis utbyggnad ska redovisas."), "b1")
    return referral


def the_footpath(kf: Hall) -> None:
    """20 of 60 request a referral back, which settles it (KL 5:50); 19 would not have."""
    referral = footpath_debated(kf)
    refused = kf.refusal(df.DecideMinorityReferral(referral), "a1")
    assert (refused.code, refused.cites) == ("minority-deferral", "KL 5:50")
    assert "19 av 60 närvarande" in refused.because
    kf.give(pp.SupportProposal(referral), "h4")
    assert kf.refusal(dc.PutQuestion(), "a1").code == "minority-reached"
    kf.give(df.DecideMinorityReferral(referral), "a1")


def the_harbour(kf: Hall) -> None:
    """The vice chair comes to the hall: 61 are there and 20 are no third; four proposals make a ladder."""
    kf.give(presence.CheckIn("n2"), SYSTEM)
    kf.takes_up("m4")
    referral = kf.proposal("n1", "refer_back", "Ärendet återremitteras.", "Samrådet ska göras om.")
    for person in [p.id for p in MEMBERS if p.party in ("B", "G", "N")][:20]:
        if person not in ("n1", "n2", "n3", "n4"):
            kf.give(pp.SupportProposal(referral), person)
    for person in ("n3", "n4", "h1"):
        kf.give(pp.SupportProposal(referral), person)
    bokstrom = kf.proposal("b1", "counter", "Översiktsplanen antas utan hamnmagasinet.")
    nordanang = kf.proposal("n1", "counter", "Översiktsplanen antas med en strandpromenad.")
    holmgren = kf.proposal("h1", "reject", "Översiktsplanen antas inte.")
    kf.wait(minutes=12)
    kf.debate_closed()
    refused = kf.refusal(df.DecideMinorityReferral(referral), "a1")
    assert "20 av 61 närvarande begär återremiss; 21 krävs." in refused.because
    kf.put().found("today").gavel()
    kf.put()
    kf.give(dc.ReorderQuestions(("m4-p0", bokstrom, nordanang, holmgren)), "a1")
    kf.found("m4-p0").demanded("h1")
    kf.put().found(bokstrom).demanded("n1")
    kf.put().found(nordanang).gavel()
    kf.division_opened()
    _all_vote(kf, lambda p: "yes" if p.party in ("B", "G", "A") else "no" if p.party == "N" else "abstain")
    kf.division_closed().gavel()
    kf.division_opened()
    _all_vote(kf, lambda p: "yes" if p.party in ("A", "E", "T") else "no")
    kf.division_closed()
    kf.give(dv.ObjectToVote("Tryckte fel"), "t1")
    assert kf.refusal(dc.Gavel(), "a1").code == "objection-open"
    kf.give(dv.CorrectVote("t1", "no"), "siv")
    kf.gavel()
    kf.give(reservations.Reserve("m4", "Hamnmagasinet borde ha undantagits."), "b1")


def the_grants(kf: Hall) -> None:
    """One disqualified, one gone, one link lost: 29 to 29, and the casting vote follows the chair."""
    kf.give(conflicts.DeclareConflict("m5", "Ordförande i föreningen"), "e14")
    kf.takes_up("m5")
    kf.give(presence.RecordDeparture("g7"), "siv")
    addition = kf.proposal("ö1", "add", "Reglerna utvärderas efter ett år.")
    counter = kf.proposal("b1", "counter", "Reglerna återkommer i budgeten.")
    kf.debate_closed().put().found("m5-p0").demanded("b1")
    kf.loses_link("g2")
    assert kf.refusal(dv.OpenDivision(), "a1").code == "link-undecided"
    kf.give(presence.ContinueWithout("g2"), "a1")
    kf.division_opened()
    kf.give(dv.CastVote("yes"), "a2")
    kf.give(dv.VoidDivision("Texten till nej-propositionen lästes upp fel."), "a1")
    kf.division_opened()
    assert counter == "m5-p2"
    voters = kf.meeting.held["d4"].voters
    yes = ["a1", *[p for p in voters if p != "a1"][:28]]
    for person in voters:
        kf.give(dv.CastVote("yes" if person in yes else "no"), person)
    kf.division_closed().gavel()
    kf.put().found(addition).gavel()
    kf.returns("g2")


def _all_vote(kf: Hall, choose: Callable[[Person], Vote]) -> None:
    running = kf.meeting.running
    assert running is not None
    for voter in running.voters:
        kf.give(dv.CastVote(choose(kf.meeting.people[voter])), voter)


def the_end(kf: Hall) -> None:
    """The last matter is noted and the meeting closed."""
    kf.takes_up("m6")
    kf.give(NoteMatter(), "a1")
    kf.give(sitting.AskForReservations(), "a1")
    kf.give(sitting.CloseMeeting(), "a1")
