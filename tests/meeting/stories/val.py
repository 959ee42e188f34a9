"""Two elections in a fullmäktige: a tie that lots decide, and eleven elected proportionally by 51."""

from __future__ import annotations

from meeting_server.law.lots import commitment
from meeting_server.law.proportional import SlipGroup
from meeting_server.meeting import debate as db
from meeting_server.meeting import elections as el
from meeting_server.meeting import sitting as st
from meeting_server.meeting.actors import SYSTEM
from meeting_server.meeting.convening import ElectionTerms, Matter, Person
from meeting_server.meeting.election_state import SaidNumber
from meeting_server.meeting.result import result
from tests.builders import Hall, convened, hall

NONCE = "5ec2e7" * 5 + "00"
_SURNAMES = ("Alm", "Berg", "Dahl", "Ek", "Frost", "Gran", "Holm", "Ivarsson", "Lind", "Moe")
_FIRST = ("Amina", "Viktor", "Siri", "Olle", "Nadja", "Erik", "Tuva")
_PARTIES = (("A", "Aspalliansen"), ("B", "Bygdelistan"), ("E", "Ekhamrapartiet"))
VERIFIERS_AT = "Den 1 december 2026, digital justering."


def _person(number: int) -> Person:
    """Member number so and so; 1 presides."""
    letter, party = _PARTIES[number % 3]
    name = f"{_FIRST[number % 7]} {_SURNAMES[number // 7 % 10]}"
    return Person(f"l{number}", name, letter, party, "member", number, "chair" if number == 1 else None)


def _convened(seats: int, *agenda: Matter, electronic: bool) -> Hall:
    roster = (*map(_person, range(1, seats + 1)), Person("siv", "Siv Sandvik", None, None, "secretary", 0))
    verifiers = Matter("m9", "Val av justerare", None, "verifiers")
    return hall(
        convened(roster=roster, kind="assembly", agenda=(verifiers, *agenda), electronic_ballot=electronic)
    )


def _under_way(held: Hall, present: int, remote: int) -> Hall:
    held.in_room(*held.people[: present - remote])
    held.remotely(*held.people[present - remote : present]).roll_call().takes_up("m9")
    held.give(st.AppointVerifiers(("l2",), VERIFIERS_AT), held.chair)
    return held


def _closed(held: Hall) -> Hall:
    held.give(st.AskForReservations(), held.chair)
    held.give(st.CloseMeeting(), held.chair)
    return held


def tie() -> Hall:
    """Nine of eleven present, one at a distance; an electronic ballot of eight ends three to three."""
    election = Matter("m1", "Val av ordförande i miljönämnden", "KF 2026/207", "election")
    post = Matter("m2", "Anställning av kommundirektör", "KF 2026/210", "employment")
    held = _under_way(_convened(11, election, post, electronic=True), 9, 1).takes_up("m1")
    held.give(el.Nominate("Bertil Bokström", "B"), "l4")
    held.give(el.RecordNomination("l2", "Mirjam Myrvik", "E"), "siv")
    held.give(el.Nominate("Signe Ström", "A"), "l3")
    held.give(el.WithdrawNomination("m1-n3"), "l3")
    held.give(db.CloseDebate(), "l1")
    held.give(el.FindElected(("m1-n1",)), "l1")
    held.give(el.DemandBallot(), "l5")
    held.give(el.WithdrawBallotDemand(), "l5")
    held.give(el.DemandBallot(), "l5")
    held.give(el.OpenBallot("electronic"), "l1")
    held.give(el.CastBallot((), "2222-2222"), "l1")
    held.give(el.VoidBallot("Ordföranden röstade innan alla hade fått sin valsedel."), "l1")
    held.give(el.OpenBallot("electronic"), "l1")
    choices = [("m1-n1",), ("m1-n2",), (), ("m1-n2",), ("m1-n1",), ("m1-n2",), (), ("m1-n1",)]
    codes = tuple(f"K7M{number}-2XQD" for number in range(2, 10))
    for person, choice, code in zip(held.people, choices, codes, strict=False):
        held.give(el.CastBallot(choice, code), person)
    held.give(el.CloseBallot(), "l1")
    held.give(el.CountBallots("m1-b2", tuple(choices), codes), SYSTEM)
    held.give(el.DrawLots(), "l1")
    held.give(el.SealDraw("m1-b2-l1", commitment(583217, NONCE)), SYSTEM)
    held.give(el.SayNumbers((SaidNumber("l4", 4), SaidNumber("l6", 7))), "l1")
    held.give(el.RevealDraw("m1-b2-l1", 583217, NONCE), SYSTEM)
    held.give(el.ConfirmElection(), "l1")
    held.takes_up("m2")
    held.give(el.Nominate("Tor Tjäder"), "l2")
    held.give(db.CloseDebate(), "l1")
    held.give(el.FindElected(("m2-n1",)), "l1")
    held.give(el.ConfirmElection(), "l1")
    return _closed(held)


def _names(letter: str, number: int) -> tuple[str, ...]:
    return tuple(f"{_FIRST[n % 7]} {_SURNAMES[n % 10]} ({letter})" for n in range(number))


def proportional() -> Hall:
    """51 of 61 present, six of them at a distance; five demand it, and lots settle the ties."""
    election = Matter(
        "m1",
        "Val av ledamöter i miljönämnden",
        "KF 2026/208",
        "election",
        election=ElectionTerms(11, proportional=True),
    )
    held = _under_way(_convened(61, election, electronic=False), 51, 6).takes_up("m1")
    for person in ("l7", "l8", "l9", "l10"):
        held.give(el.DemandProportional(), person)
    held.give(el.RecordProportionalDemand("l50"), "siv")
    held.give(db.CloseDebate(), "l1")
    held.give(el.OpenBallot("proportional", ("l11", "l12")), "l1")
    held.give(el.CloseBallot(), "l1")
    groups = (
        SlipGroup("Alliansen för Ekhamra", _names("A", 11), 24),
        SlipGroup("Bygd och landsbygd", _names("B", 11), 12),
        SlipGroup("Ekhamra tillsammans", _names("E", 11), 8),
    )
    held.give(el.EnterGroups(groups, 1, 0), "siv")
    draw = 1
    while (ballot := held.meeting.matters["m1"].election.ballot) is not None:
        if not _tied(held):
            break
        held.give(el.DrawLots(), "l1")
        draw_id = f"{ballot.id}-l{draw}"
        held.give(el.SealDraw(draw_id, commitment(400000 + draw, NONCE)), SYSTEM)
        held.give(el.SayNumbers((SaidNumber("l4", 10 * draw), SaidNumber("l6", draw))), "l1")
        held.give(el.RevealDraw(draw_id, 400000 + draw, NONCE), SYSTEM)
        draw += 1
    held.give(el.ConfirmElection(), "l1")
    return _closed(held)


def _tied(held: Hall) -> tuple[str, ...]:
    election = held.meeting.matters["m1"].election
    assert election.ballot is not None
    return result(election, election.ballot).tied
