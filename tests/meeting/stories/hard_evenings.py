"""Evenings when the rules are felt: one says no, a division held again, a ladder, a third, conflicts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from meeting_server.meeting import conflicts as cf
from meeting_server.meeting import deciding as dc
from meeting_server.meeting import deferral as df
from meeting_server.meeting import divisions as dv
from meeting_server.meeting import presence as pr
from meeting_server.meeting import proposals as pp
from meeting_server.meeting import reservations as rs
from meeting_server.meeting import substitutes as sb
from meeting_server.meeting.agenda import TakeUpMatter
from meeting_server.meeting.convening import Body, Matter
from meeting_server.meeting.urgency import AddMatter, RecordUnanimity
from tests.builders import Hall, hall
from tests.meeting.stories.bodies import ORDERS, begun, decision, ended, meeting

_ASSEMBLY = Body("kf", "Kommunfullmäktige", "assembly", 7, "kommunfullmäktige")
EVERYBODY = ("tora", "erik", "bodil", "alva", "moa", "goran", "per")
_IN_ROOM = ("tora", "erik", "bodil", "alva", "moa", "goran")


def assembly(meeting_id: str, *agenda: Matter) -> Hall:
    """A kommunfullmäktige of seven that lets some be at a distance; nobody there yet."""
    orders = replace(ORDERS, distance="some_may")
    return hall(meeting(meeting_id, _ASSEMBLY, agenda, standing_orders=orders))


def committee(meeting_id: str, name: str, definite: str, *agenda: Matter, **about: Any) -> Hall:
    """A committee of seven, nobody there yet."""
    body = Body(meeting_id.split("-")[0], name, "committee", 7, definite)
    return hall(meeting(meeting_id, body, agenda, **about))


def one_says_no() -> Hall:
    """Two matters nobody announced: one member's no stops the first, the second all agree on, twice."""
    matter = decision(
        "m3",
        "Taxa för torghandel",
        "Kommunstyrelsens förslag",
        "Kommunfullmäktige beslutar",
        "Taxan fastställs.",
    )
    held = assembly("kf-bradskande", matter).in_room(*EVERYBODY[:6]).remotely("per")
    begun(held, "erik")
    held.give(AddMatter("Bidrag till ridhuset", "2026/90", points=("Bidraget beviljas.",)), "siv")
    held.give(AddMatter("Stöd vid översvämningen", "2026/91", points=("200 000 kronor anslås.",)), "siv")
    held.decided("m3")
    assert held.refusal(TakeUpMatter("m4"), "tora").cites == "KL 5:52"
    held.give(RecordUnanimity("m4", "taking_up", opposed="goran"), "tora")
    held.give(RecordUnanimity("m5", "taking_up"), "tora")
    held.takes_up("m5").debate_closed().put().found("m5-p0")
    assert held.refusal(dc.Gavel(), "tora").cites == "KL 5:33"
    held.give(RecordUnanimity("m5", "decision"), "tora")
    held.gavel()
    return ended(held)


def held_again() -> Hall:
    """A division stopped half way, held again, found wrong at the result and held a third time."""
    matter = decision(
        "m3", "Skolskjuts till Norrby", "Skolkontorets förslag", "Skolnämnden beslutar", "Linjen läggs ned."
    )
    held = committee("skol-2026-11-24", "Skolnämnden", "skolnämnden", matter).in_room(*_IN_ROOM)
    begun(held.remotely("per"), "erik")
    held.takes_up("m3")
    held.proposal("bodil", "counter", "Linjen behålls till sommaren.")
    held.debate_closed().put().found("m3-p0").demanded("bodil").division_opened()
    held.votes(erik="no", bodil="no", alva="yes")
    held.give(dv.VoidDivision("Ja- och nej-propositionen lästes upp i omvänd ordning."), "tora")
    held.division_opened()
    held.votes(erik="yes", bodil="no", alva="yes", moa="no", goran="no", per="yes", tora="yes")
    held.division_closed()
    held.give(dv.ObjectToVote("Jag trodde att frågan gällde taxan."), "erik")
    held.give(dv.VoidDivision("Flera ledamöter har uppfattat voteringspropositionen fel."), "tora")
    held.division_opened()
    held.votes(erik="no", bodil="no", alva="yes", moa="no", goran="no")
    held.give(dv.RecordOralVote("per", "yes"), "siv")
    held.votes(tora="yes").division_closed().gavel()
    held.give(rs.Reserve("m3"), "tora")
    held.give(rs.RecordReservation("m3", "alva"), "siv")
    return ended(held)


def four_proposals() -> Hall:
    """Four proposals in a committee: both choices of counter-proposal are voted on, and a tie among them."""
    matter = decision(
        "m3", "Hamnens namn", "Kulturkontorets förslag", "Kulturnämnden beslutar", "Hamnen kallas Ekhamn."
    )
    held = committee("kultur-2026-12-01", "Kulturnämnden", "kulturnämnden", matter)
    held.in_room("tora", "erik", "bodil", "alva").remotely("moa", "goran")
    begun(held, "bodil")
    held.takes_up("m3")
    old = held.proposal("erik", "counter", "Hamnen kallas Gamla hamnen.")
    inner = held.proposal("bodil", "counter", "Hamnen kallas Innerhamnen.")
    held.proposal("goran", "reject", "Hamnen behåller sitt namn.")
    held.debate_closed().put().found("m3-p0").demanded("erik")
    held.put().found(old).demanded("bodil")
    held.put().found(inner).demanded("goran").division_opened()
    held.votes(tora="yes", erik="yes", bodil="yes", alva="no", moa="no", goran="no")
    held.division_closed().gavel()
    held.division_opened()
    held.votes(
        tora="abstain", erik="yes", bodil="no", alva="abstain", moa="yes", goran="no"
    ).division_closed()
    assert held.refusal(dc.Gavel(), "tora").code == "casting-vote-needed"
    held.give(dv.UseCastingVote("yes"), "tora")
    held.gavel()
    held.division_opened()
    held.votes(tora="yes", erik="no", bodil="yes", alva="yes", moa="no", goran="abstain")
    held.division_closed().gavel()
    held.give(rs.Reserve("m3", "Namnet Gamla hamnen är känt sedan 1820-talet."), "erik")
    return ended(held)


def a_third_twice() -> Hall:
    """A third refers one matter back; the same third asks in vain in a matter where the right is used up."""
    agenda = (
        decision(
            "m3",
            "Försäljning av Kvarnen",
            "Kommunstyrelsens förslag",
            "Kommunfullmäktige beslutar",
            "Kvarnen säljs.",
        ),
        decision(
            "m4",
            "Ny simhall",
            "Kommunstyrelsens förslag",
            "Kommunfullmäktige beslutar",
            "Simhallen byggs vid Ekbacken.",
            minority_used=True,
        ),
    )
    held = assembly("kf-tredjedelen", *agenda).in_room(*_IN_ROOM).remotely("per")
    begun(held, "erik")
    for matter_id, reason in (("m3", "Värderingen ska göras om."), ("m4", "Driftkostnaden ska redovisas.")):
        held.takes_up(matter_id)
        referral = held.proposal("moa", "refer_back", "Ärendet återremitteras.", reason)
        for one in ("erik", "per"):
            held.give(pp.SupportProposal(referral), one)
        held.debate_closed()
        if matter_id == "m3":
            held.give(df.DecideMinorityReferral(referral), "tora")
    refused = held.refusal(df.DecideMinorityReferral("m4-p1"), "tora")
    assert (refused.code, refused.cites) == ("minority-deferral", "KL 5:50")
    held.put().found("today").demanded("moa").division_opened()
    held.votes(erik="no", bodil="yes", alva="yes", moa="no", goran="yes", per="no", tora="yes")
    held.division_closed().gavel().put().found("m4-p0").gavel()
    held.give(rs.Reserve("m4"), "moa")
    return ended(held)


def conflict_in_a_committee() -> Hall:
    """Four of seven are there: one conflict, and a substitute must serve first (KL 6:27)."""
    agenda = (
        decision(
            "m3",
            "Arrende av Holmen",
            "Teknikkontorets förslag",
            "Tekniska nämnden beslutar",
            "Arrendet sägs upp.",
        ),
        decision("m4", "Snöröjning", "Teknikkontorets förslag", "Tekniska nämnden beslutar", "Planen antas."),
    )
    held = committee("teknik-2026-11-24", "Tekniska nämnden", "tekniska nämnden", *agenda)
    held.in_room("tora", "erik", "alva").remotely("bodil")
    begun(held, "erik")
    held.give(cf.DeclareConflict("m3", "Äger grannfastigheten"), "alva")
    refused = held.refusal(TakeUpMatter("m3"), "tora")
    assert refused.cites == "KL 6:27"
    assert "3 av 7 ledamöter" in refused.because
    held.give(pr.RecordArrival("inga"), "siv")
    held.give(sb.CallInSubstitute("inga", "per"), "tora")
    held.decided("m3").decided("m4")
    return ended(held)


def conflict_in_an_assembly() -> Hall:
    """Four of seven and one conflict: the assembly may handle the matter all the same (KL 5:46)."""
    matter = decision(
        "m3",
        "Köp av tomten Björken 3",
        "Kommunstyrelsens förslag",
        "Kommunfullmäktige beslutar",
        "Tomten köps för 2 400 000 kronor.",
    )
    held = assembly("kf-jav", matter).in_room("tora", "erik", "bodil").remotely("alva")
    begun(held, "erik")
    held.give(cf.DeclareConflict("m3", "Säljaren är ledamotens bror"), "alva")
    held.decided("m3")
    return ended(held)


STORIES: dict[str, Callable[[], Hall]] = {
    "en-sager-nej": one_says_no,
    "votering-gors-om": held_again,
    "fyra-forslag": four_proposals,
    "tredjedelen-tva-ganger": a_third_twice,
    "jav-i-namnd": conflict_in_a_committee,
    "jav-i-fullmaktige": conflict_in_an_assembly,
}
