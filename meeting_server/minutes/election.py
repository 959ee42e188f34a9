"""An election in the minutes: the nominated, the closed ballot by numbers and never by voter, the lots."""

from __future__ import annotations

from fractions import Fraction

from meeting_server.law.lots import shown
from meeting_server.law.proportional import seated_twice
from meeting_server.meeting.election_state import Ballot, Draw
from meeting_server.meeting.result import appointed_word, lot_label, seats_of
from meeting_server.meeting.state import MatterState
from meeting_server.meeting.words import ELECTING
from meeting_server.minutes.blocks import paragraph, section
from meeting_server.minutes.document import Block, Section
from meeting_server.minutes.reading import Reading
from meeting_server.minutes.wording import NBSP, counted, listed, raised, sentence

_METHODS = {
    "slips": "{voting} förrättas med slutna sedlar.",
    "electronic": "{voting} förrättas som elektronisk sluten omröstning i salen.",
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
    if len(elected) > 1 and state.election.service_order:
        points.append("Ersättarna tjänstgör i den ordning de står här.")
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
        blocks.append(
            paragraph(f"Ordföranden finner {names} {appointed_word(state.matter.kind, len(election.found))}.")
        )
    if election.demanded_by is not None:
        who = reading.person(election.demanded_by).called
        blocks.append(paragraph(f"{who} begär omröstning. Den är sluten (5 kap. 54 § kommunallagen)."))
    if election.proportional_by:
        names = listed([reading.person(p).called for p in election.proportional_by])
        blocks.append(paragraph(f"Proportionellt val begärs av {names}."))
    if election.returning_officer is not None:
        officer = reading.person(election.returning_officer).called
        blocks.append(paragraph(f"{officer} väljs till valförrättare (4{NBSP}§ lagen 2022:629)."))
    for ballot in election.ballots:
        blocks.extend(_ballot(reading, state, ballot))
    heading = "Val" if state.matter.kind == "election" else "Anställning"
    return section("ballot", heading, *blocks)


def _ballot(reading: Reading, state: MatterState, ballot: Ballot) -> list[Block]:
    of_whom = state.matter.kind == "election" and ballot.contest is None
    election, voting = state.election, "Valet" if of_whom else "Omröstningen"
    said = [] if ballot.contest is None else ["Omröstning begärs om valet ska ske i dag eller bordläggas."]
    said.append(_METHODS[ballot.method].format(voting=voting))
    if ballot.tellers:
        said.append(f"Rösträknare: {listed([reading.person(p).called for p in ballot.tellers])}.")
    if ballot.remote:
        said.append(
            f"{counted(len(ballot.remote), 'ledamot', 'ledamöter')} på distans är närvarande och deltar "
            f"inte i {voting.lower()}."
        )
    if ballot.status == "voided":
        said.append(f"{voting} görs om. {sentence(raised(ballot.void_reason or ''))}")
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
    if ballot.ruled:
        said.append(f"Valförrättaren avgör: {sentence(ballot.ruled)}")
    if not ballot.alike:
        said.append("Rösträknarna finner att valsedlarna inte är lika varandra (6\u00a0§ lagen 2022:629).")
    draws = (_draw(reading, state, ballot, d) for d in ballot.draws)
    return [paragraph(" ".join(said)), *draws, *_seats(ballot)]


def _seats(ballot: Ballot) -> list[Block]:
    """Where each place fell and by what number, so that anybody can count again."""
    seats = seats_of(ballot).seats if ballot.status != "voided" else ()
    told = [
        f"plats{NBSP}{number} {seat.group} ({_decimal(seat.compared)}{', lott' if seat.by_lot else ''})"
        for number, seat in enumerate(seats, start=1)
    ]
    twice = [
        f"{raised(counted(len(groups), 'plats', 'platser'))} tillfaller {name}, på {listed(groups)}."
        for name, groups in seated_twice(seats).items()
    ]
    said = " ".join([f"Platserna fördelas efter jämförelsetal: {listed(told)}.", *twice])
    return [paragraph(said)] if told else []


def _decimal(number: Fraction) -> str:
    """A number compared, with two decimals at most and a comma: 8,5 and 5,67."""
    return f"{float(number):.2f}".rstrip("0").rstrip(".").replace(".", ",")


def _draw(reading: Reading, state: MatterState, ballot: Ballot, draw: Draw) -> Block:
    election, noun = state.election, "valet" if state.matter.kind == "election" else "ärendet"
    noun = noun if ballot.contest is None else "frågan"
    lots = [f"{number} {lot_label(election, ballot, lot)}" for number, lot in enumerate(draw.lots, start=1)]
    proportional = ballot.method == "proportional"
    what = "jämförelsetalet" if proportional else "röstetalet"
    law = "lagen 2022:629" if proportional else f"5{NBSP}kap. 56{NBSP}§ kommunallagen"
    said = [f"Eftersom {what} är lika avgörs {noun} genom lottning ({law}). Lotter: {listed(lots)}."]
    if draw.drawn is not None and draw.seal is not None:
        numbers = listed([f"{reading.person(s.person).called} {s.number}" for s in draw.numbers])
        said.append(
            f"Förseglat tal {draw.secret} (försegling {shown(draw.seal)}), sagda tal {numbers}, summa "
            f"{draw.total}. Lotten faller på {lot_label(election, ballot, draw.drawn)}."
        )
    return paragraph(" ".join(said))
