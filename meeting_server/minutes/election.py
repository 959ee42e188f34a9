"""An election in the minutes: the nominated, the closed ballot by numbers and never by voter, the lots."""

from __future__ import annotations

from meeting_server.law.lots import shown
from meeting_server.meeting.election_state import Ballot, Draw, Election
from meeting_server.meeting.result import lot_label
from meeting_server.meeting.state import MatterState
from meeting_server.meeting.words import ELECTING
from meeting_server.minutes.blocks import paragraph, section
from meeting_server.minutes.document import Block, Section
from meeting_server.minutes.reading import Reading
from meeting_server.minutes.wording import NBSP, counted, listed, raised, sentence

_METHODS = {
    "slips": "Valet förrättas med slutna sedlar.",
    "electronic": "Valet förrättas som elektronisk sluten omröstning i salen.",
    "proportional": "Valet är proportionellt enligt lagen (2022:629) om proportionella val i kommuner och "
    "regioner och förrättas med slutna sedlar.",
}


def elected_points(state: MatterState) -> tuple[str, ...]:
    """The decision in an election as the points of the minutes."""
    elected = state.election.elected
    done = "väljs" if state.matter.kind == "election" else "anställs"
    if not elected:
        return (f"Ingen {done}.",)
    vacant = (state.matter.election.places if state.matter.election else 1) - len(elected)
    points = [f"{e.called}{f', {e.group},' if e.group else ''} {done}." for e in elected]
    if vacant > 0:
        points.append(f"{raised(counted(vacant, 'plats', 'platser'))} lämnas utan val.")
    return tuple(points)


def nominations_section(reading: Reading, state: MatterState) -> tuple[Section, ...]:
    """Those nominated and by whom (KL 5:67 p. 1)."""
    if state.matter.kind not in ELECTING:
        return ()
    said = [f"{reading.person(n.by).called} föreslår {n.called}." for n in state.election.standing]
    return section("nominations", "Nomineringar", *(paragraph(one) for one in said))


def ballots_section(reading: Reading, state: MatterState) -> tuple[Section, ...]:
    """How it was settled: by acclamation, or by each closed ballot with its numbers and its lots."""
    if state.matter.kind not in ELECTING:
        return ()
    election, blocks = state.election, list[Block]()
    if election.found and election.demanded_by is None:
        names = listed([election.nomination(n).called for n in election.found])
        ending = "vald" if len(election.found) == 1 else "valda"
        blocks.append(paragraph(f"Ordföranden finner {names} {ending}."))
    if election.demanded_by is not None:
        who = reading.person(election.demanded_by).called
        blocks.append(paragraph(f"{who} begär omröstning, som i val är sluten (5 kap. 54 § kommunallagen)."))
    if election.proportional_by:
        names = listed([reading.person(p).called for p in election.proportional_by])
        blocks.append(paragraph(f"Proportionellt val begärs av {names}."))
    for ballot in election.ballots:
        blocks.extend(_ballot(reading, election, ballot))
    return section("ballot", "Val", *blocks)


def _ballot(reading: Reading, election: Election, ballot: Ballot) -> list[Block]:
    said = [_METHODS[ballot.method]]
    if ballot.tellers:
        said.append(f"Rösträknare: {listed([reading.person(p).called for p in ballot.tellers])}.")
    if ballot.remote:
        said.append(
            f"{counted(len(ballot.remote), 'ledamot', 'ledamöter')} på distans är närvarande och deltar "
            "inte i valet."
        )
    if ballot.status == "voided":
        said.append(f"Valet görs om. {sentence(raised(ballot.void_reason or ''))}")
    if not ballot.handed_in:
        return [paragraph(" ".join(said))]
    said.append(f"Avgivna {ballot.handed_in}, blanka {ballot.blank}, ogiltiga {ballot.invalid}.")
    votes = sorted((ballot.votes or {}).items(), key=lambda row: -row[1])
    said.extend(
        f"{election.nomination(name).called} har fått {counted(number, 'röst', 'röster')}."
        for name, number in votes
    )
    said.extend(
        f"{g.designation}: {counted(g.ballots, 'sedel', 'sedlar')} med {listed(g.names)}."
        for g in ballot.groups
    )
    return [paragraph(" ".join(said)), *(_draw(reading, election, ballot, d) for d in ballot.draws)]


def _draw(reading: Reading, election: Election, ballot: Ballot, draw: Draw) -> Block:
    lots = [f"{number} {lot_label(election, ballot, lot)}" for number, lot in enumerate(draw.lots, start=1)]
    what = "jämförelsetalet" if ballot.method == "proportional" else "röstetalet"
    law = f"5{NBSP}kap. 56{NBSP}§ kommunallagen"
    said = [f"Eftersom {what} är lika avgörs valet genom lottning ({law}). Lotter: {listed(lots)}."]
    if draw.drawn is not None and draw.seal is not None:
        numbers = listed([f"{reading.person(s.person).called} {s.number}" for s in draw.numbers])
        said.append(
            f"Förseglat tal {draw.secret} (försegling {shown(draw.seal)}), sagda tal {numbers}, summa "
            f"{draw.total}. Lotten faller på {lot_label(election, ballot, draw.drawn)}."
        )
    return paragraph(" ".join(said))
