"""Elections in a fullmäktige: a tie by lot, eleven elected by 51, SKR's worked election of seven."""

from __future__ import annotations

from meeting_server.law.lots import commitment
from meeting_server.law.proportional import SlipGroup
from meeting_server.meeting import debate as db
from meeting_server.meeting import elections as el
from meeting_server.meeting import proportional as pn
from meeting_server.meeting import proposals as pp
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


def _names(letter: str, number: int, first: int = 0) -> tuple[str, ...]:
    names = range(first, first + number)
    return tuple(f"{_FIRST[n % 7]} {_SURNAMES[n % 10]} ({letter})" for n in names)


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
        held.give(pn.DemandProportional(), person)
    held.give(pn.RecordProportionalDemand("l50"), "siv")
    held.give(db.CloseDebate(), "l1")
    held.give(el.OpenBallot("proportional", ("l11", "l12")), "l1")
    held.give(el.CloseBallot(), "l1")
    groups = (
        SlipGroup("Alliansen för Ekhamra", _names("A", 11), 24),
        SlipGroup("Bygd och landsbygd", _names("B", 11), 12),
        SlipGroup("Ekhamra tillsammans", _names("E", 11), 8),
    )
    held.give(el.EnterGroups(groups, 1, 0), "siv")
    _lots(held, "m1")
    held.give(el.ConfirmElection(), "l1")
    return _closed(held)


def worked() -> Hall:
    """All 31 elect seven by SKR's example, then four substitutes so; substitutes elsewhere in an order."""
    members = Matter(
        "m1", "Val av ledamöter i kulturnämnden", "KF 2026/211", "election", election=ElectionTerms(7, True)
    )
    substitutes = Matter(
        "m2",
        "Val av ersättare i kulturnämnden",
        "KF 2026/211",
        "election",
        election=ElectionTerms(4, True, "substitutes", members_in="m1"),
    )
    earlier = Matter(
        "m3",
        "Val av ersättare i valnämnden",
        "KF 2026/212",
        "election",
        election=ElectionTerms(3, True, "substitutes"),
    )
    post = Matter("m4", "Anställning av stadsarkivarie", "KF 2026/213", "employment")
    held = _under_way(_convened(31, members, substitutes, earlier, post, electronic=False), 31, 0)
    held.takes_up("m1")
    for person in ("l5", "l6", "l8", "l9"):
        held.give(pn.DemandProportional(), person)
    held.give(pn.WithdrawProportionalDemand("l9"), "l9")
    held.give(pn.RecordProportionalDemand("l11"), "siv")
    held.give(db.CloseDebate(), "l1")
    held.give(pn.ChooseReturningOfficer("l13"), "l1")
    held.give(el.OpenBallot("proportional", ("l11", "l12")), "l1")
    held.give(el.CloseBallot(), "l1")
    ruled = "En sedel med överstruket namn är ogiltig."
    groups = tuple(SlipGroup(name, _names(name[0], 7), n) for name, n in _WORKED)
    held.give(el.EnterGroups(groups, 0, 0, ruled=None), "siv")
    _lots(held, "m1")
    held.give(el.ConfirmElection(), "l1")
    held.takes_up("m2")
    for person in ("l5", "l6", "l8", "l9", "l11", "l12", "l14"):
        held.give(pn.DemandProportional(), person)
    held.give(db.CloseDebate(), "l1")
    held.give(el.OpenBallot("proportional", ("l11", "l12")), "l1")
    held.give(el.CloseBallot(), "l1")
    piles = (
        SlipGroup("Alliansen", _names("A", 4, 20), 17),
        SlipGroup("Samverkan", _names("B", 4, 23), 8),
        SlipGroup("Samverkan", _names("E", 4, 16), 5),
    )
    held.give(el.EnterGroups(piles, 0, 1, ruled=ruled), "siv")
    held.give(el.ConfirmElection(), "l1")
    held.takes_up("m3")
    for name in ("Hedvig Hök", "Ivar Igelkott", "Jonna Järv"):
        held.give(el.RecordNomination("l2", name, "E"), "siv")
    held.give(db.CloseDebate(), "l1")
    held.give(el.FindElected(("m3-n1", "m3-n2", "m3-n3")), "l1")
    held.give(pn.OrderSubstitutes(("m3-n2", "m3-n1", "m3-n3")), "l1")
    held.give(el.ConfirmElection(), "l1")
    held.takes_up("m4")
    held.give(el.Nominate("Kerstin Korp"), "l2")
    held.give(el.Nominate("Lennart Lo"), "l3")
    held.give(db.CloseDebate(), "l1")
    held.give(el.DemandBallot(), "l4")
    held.give(el.OpenBallot("slips", ("l11", "l12")), "l1")
    held.give(el.CloseBallot(), "l1")
    held.give(el.EnterCount({"m4-n1": 15, "m4-n2": 15}, 1, 0), "siv")
    _lots(held, "m4")
    held.give(el.ConfirmElection(), "l1")
    return _closed(held)


def deferred() -> Hall:
    """Whether to elect today ends in a tie by closed slips: the lot defers it. Another is held after all."""
    committee = Matter("m1", "Val av ordförande i kulturnämnden", "KF 2026/214", "election")
    auditors = Matter("m2", "Val av revisorer", "KF 2026/215", "election", election=ElectionTerms(2))
    held = _under_way(_convened(11, committee, auditors, electronic=False), 11, 1).takes_up("m1")
    held.give(el.Nominate("Greta Gök", "A"), "l3")
    held.give(pp.Propose("defer", ""), "l5")
    held.give(db.CloseDebate(), "l1")
    held.put().found("today").demanded("l5")
    held.give(el.OpenBallot("slips", ("l6",)), "l1")
    held.give(el.CloseBallot(), "l1")
    held.give(el.EnterCount({"today": 4, "defer": 4}, 2, 0), "siv")
    _lots(held, "m1")
    held.give(el.ConfirmElection(), "l1")
    held.takes_up("m2")
    for name in ("Hilda Hare", "Iris Iller"):
        held.give(el.RecordNomination("l2", name, "E"), "siv")
    held.give(pp.RecordProposal("l7", "defer", ""), "siv")
    held.give(db.CloseDebate(), "l1")
    held.put().found("today").gavel()
    held.give(el.FindElected(("m2-n1", "m2-n2")), "l1")
    held.give(el.ConfirmElection(), "l1")
    return _closed(held)


_WORKED = (("Alliansen", 17), ("Bygden", 5), ("Centralorten", 5), ("Grannarna", 4))
"""SKR's worked election: 17, 5, 5 and 4 ballots for seven places."""


def _lots(held: Hall, matter: str) -> None:
    """Draw lots while there is a tie; l4 and l6 say the numbers."""
    number = 1
    while (ballot := held.meeting.matters[matter].election.ballot) and _tied(held, matter):
        held.give(el.DrawLots(), "l1")
        draw_id = f"{ballot.id}-l{number}"
        held.give(el.SealDraw(draw_id, commitment(400000 + number, NONCE)), SYSTEM)
        held.give(el.SayNumbers((SaidNumber("l4", 10 * number), SaidNumber("l6", number))), "l1")
        held.give(el.RevealDraw(draw_id, 400000 + number, NONCE), SYSTEM)
        number += 1


def _tied(held: Hall, matter: str) -> tuple[str, ...]:
    election = held.meeting.matters[matter].election
    assert election.ballot is not None
    return result(election, election.ballot).tied
