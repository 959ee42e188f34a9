"""The sections of one § other than the course of the decision: one function per part, from the log alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from meeting_server.meeting.agenda import MatterTakenUp
from meeting_server.meeting.counting import rules_of
from meeting_server.meeting.outcome import Record
from meeting_server.meeting.presence import RollCallCompleted
from meeting_server.meeting.refusing import refused_in
from meeting_server.meeting.sitting import VerifiersAppointed
from meeting_server.meeting.state import MatterState, Proposal
from meeting_server.meeting.words import ELECTED
from meeting_server.minutes.blocks import bullets, paragraph, points, prose, quote, section
from meeting_server.minutes.course import label
from meeting_server.minutes.document import Block, DecisionMinuted, ReservationMinuted, Section
from meeting_server.minutes.election import elected_points
from meeting_server.minutes.reading import Reading, Timeline
from meeting_server.minutes.wording import counted, date_in_words, lines_of, listed, lowered, raised, sentence

LEADS = {
    "counter": "yrkar följande",
    "amend": "yrkar följande ändring",
    "add": "yrkar följande tillägg",
}


def decision_of(reading: Reading, state: MatterState, records: Sequence[Record]) -> DecisionMinuted | None:
    """What was decided in the matter (KL 5:67 p. 4); None while nothing is."""
    lead = _lead(reading, state)
    appointed = [
        one.event
        for one in records
        if isinstance(one.event, VerifiersAppointed) and one.event.matter == state.matter.id
    ]
    decision = state.decision
    if decision is None:
        if state.status == "left" and state.outcome_text is not None:
            return DecisionMinuted("", (state.outcome_text,), None, "noted", "left", None)
        if appointed:
            names = listed([reading.person(one).called for one in appointed[-1].persons])
            what = f"{names} utses att jämte ordföranden justera protokollet."
            place = (what, sentence(f"Justering: {appointed[-1].place_and_time}"))
            return DecisionMinuted(lead, place, None, "verifiers", "decided", None)
        if state.outcome_text is not None:
            return DecisionMinuted("", (state.outcome_text,), None, "noted", "noted", None)
        return None
    if decision.proposal == ELECTED:
        return DecisionMinuted(lead, elected_points(state), ELECTED, decision.how, "decided", None)
    proposals = state.proposals or {}
    carried = proposals.get(decision.proposal)
    said: tuple[str, ...]
    if state.status == "referred_back":
        why = decision.motivation or (carried.motivation if carried else None)
        tail = f" med motiveringen: {sentence(why)}" if why else "."
        said = (f"Ärendet återremitteras{tail}",)
        return DecisionMinuted(
            lead, said, decision.proposal, decision.how, "referred_back", decision.division
        )
    if state.status == "deferred":
        said = ("Ärendet bordläggs till nästa sammanträde.",)
        return DecisionMinuted(lead, said, decision.proposal, decision.how, "deferred", decision.division)
    said = _carried(reading, state, carried)
    for addition in decision.additions:
        said += _text_points(proposals[addition])
    return DecisionMinuted(lead, said, decision.proposal, decision.how, "decided", decision.division)


def decision_section(decision: DecisionMinuted | None, on: str | None) -> tuple[Section, ...]:
    """The decision first, so that it is found (KL 5:67 p. 4). on: its day, if that is told."""
    if decision is None:
        return ()
    lead = (paragraph(decision.lead),) if decision.lead else ()
    title = "Inte avgjort" if decision.outcome == "left" else "Beslut"
    if on is not None:
        title = f"{title} den {on}"
    return section("decision", title, *lead, *points(decision.points))


def conflict_section(reading: Reading, state: MatterState) -> tuple[Section, ...]:
    """Who of those who came was disqualified, and therefore not there (KL 5:47, 6:30)."""
    leaves = rules_of(reading.meeting).conflict_presence().outcome == "leaves"
    blocks = []
    for person in disqualified_in(reading, state):
        gone = " och är inte närvarande" if leaves else ""
        blocks.append(
            paragraph(
                f"På grund av jäv deltar {reading.person(person).called} inte i handläggningen av "
                f"ärendet{gone}."
            )
        )
    blocks.extend(paragraph(text) for text in _few_for_conflict(reading, state))
    return section("conflict", "Jäv", *blocks)


def disqualified_in(reading: Reading, state: MatterState) -> tuple[str, ...]:
    """Those disqualified who came to the meeting; another is away for another reason than the conflict."""
    return tuple(one for one in state.disqualified if reading.timelines.get(one, Timeline()).spans)


def _few_for_conflict(reading: Reading, state: MatterState) -> list[str]:
    """That the matter was handled by fewer than half, which conflicts alone allow an assembly (KL 5:46)."""
    taken_up = reading.taken_up[state.matter.id].event
    assert isinstance(taken_up, MatterTakenUp)
    rule = rules_of(reading.meeting).quorum_with_conflict
    facts = next((one.facts for one in taken_up.rulings if one.code == rule.code), None)
    seats = reading.convened.body.seats
    if facts is None or len(taken_up.present) >= rules_of(reading.meeting).quorum_needed(seats):
        return []
    return [
        f"Därmed är {len(taken_up.present)} av {seats} ledamöter närvarande. Ärendet får ändå handläggas, "
        f"eftersom bristen beror på jäv ({rule.cites.swedish})."
    ]


def background_section(
    reading: Reading, state: MatterState, records: Sequence[Record]
) -> tuple[Section, ...]:
    """The matter as it was announced, and the roll call where the matter is the opening of the meeting."""
    blocks: list[Block] = []
    if state.matter.kind == "opening":
        blocks.extend(paragraph(text) for text in roll_call(reading, records))
    blocks.extend(paragraph(text) for text in _urgency(reading, state))
    if state.matter.background:
        blocks.extend(prose(state.matter.background))
    if state.matter.rapporteur:
        blocks.append(paragraph(f"Föredragande: {state.matter.rapporteur}."))
    heading = "Upprop" if state.matter.kind == "opening" else "Ärendet"
    return section("background", heading, *blocks)


def _urgency(reading: Reading, state: MatterState) -> list[str]:
    """That all present agreed to take up what was not announced, and on what was not prepared."""
    rules, texts = rules_of(reading.meeting), []
    if state.taking_up_agreed is not None:
        texts.append(
            f"Ärendet är inte kungjort. Samtliga {len(state.taking_up_agreed)} närvarande ledamöter beslutar "
            f"att det får avgöras ({rules.announced_only.cites.swedish})."
        )
    if state.decision_agreed is not None:
        texts.append(
            f"Ärendet är inte berett. Samtliga {len(state.decision_agreed[1])} närvarande ledamöter är ense "
            f"om beslutet ({rules.prepared_only.cites.swedish})."
        )
    return texts


def roll_call(reading: Reading, records: Sequence[Record]) -> list[str]:
    """What the roll call found: how many, how many remote, that the chair has checked who takes part."""
    done = [one.event for one in (*reading.before, *records) if isinstance(one.event, RollCallCompleted)]
    if not done:
        return []
    return [called_text(reading, done[0])]


def called_text(reading: Reading, done: RollCallCompleted) -> str:
    """What one roll call found, that of another day too."""
    present, remote = len(done.present), len(done.remote)
    tail = f", {'samtliga' if remote == present else f'varav {remote}'} på distans" if remote else ""
    substitutes = any(reading.person(one).role == "substitute" for one in done.present)
    who = counted(present, "ledamot", f"ledamöter{' och tjänstgörande ersättare' if substitutes else ''}")
    text = f"Upprop förrättas; {who} är närvarande{tail}."
    if remote:
        text += " Ordföranden har kontrollerat vilka som deltar på distans."
    return text


def documents_section(state: MatterState) -> tuple[Section, ...]:
    """The documents the decision rests on (beslutsunderlag)."""
    titles = [one.title for one in state.matter.documents]
    return section("documents", "Beslutsunderlag", *([bullets(titles)] if titles else []))


def reported_section(state: MatterState) -> tuple[Section, ...]:
    """The decisions reported to the body: the chair's urgent ones (KL 6:40) and the delegated ones."""
    lines = []
    for one in state.matter.reported:
        kind = "Brådskande beslut" if one.urgent else "Delegationsbeslut"
        reference = f", {one.reference}" if one.reference else ""
        day = date_in_words(date.fromisoformat(one.decided_on))
        lines.append(f"{kind} av {one.decided_by} den {day}{reference}: {sentence(one.title)}")
    return section("reported", "Anmälda beslut", *([bullets(lines)] if lines else []))


def proposals_section(
    reading: Reading, state: MatterState, decided: DecisionMinuted | None
) -> tuple[Section, ...]:
    """Proposals made and not withdrawn, with who supports them (KL 5:67 p. 1)."""
    blocks: list[Block] = []
    for proposal in state.standing:
        blocks.extend(_proposal(reading, state, proposal, decided))
        if proposal.overruled:
            blocks.append(paragraph(_refused(reading, proposal)))
            body = raised(reading.convened.body.definite)
            blocks.append(paragraph(f"{body} beslutar att förslaget ändå ska läggas fram."))
    for proposal in refused_in(state):
        blocks.extend(_proposal(reading, state, proposal, decided))
        blocks.append(paragraph(_refused(reading, proposal)))
    return section("proposals", "Förslag och yrkanden", *blocks)


def _refused(reading: Reading, proposal: Proposal) -> str:
    """That the chair does not put a proposal that was not withdrawn, and on what ground (KL 5:57)."""
    why = "det innebär att ett nytt ärende väcks"
    if proposal.refused == "unlawful":
        why = "det skulle leda till ett beslut som strider mot lag eller annan författning"
    rule = rules_of(reading.meeting).new_matter
    cites = f" ({rule.cites.swedish})" if rule.force == "enforce" else ""
    reason = sentence(proposal.refused_because or "")
    return f"Ordföranden vägrar att lägga fram förslaget, eftersom {why}{cites}. {reason}"


def participation_section(reading: Reading, state: MatterState) -> tuple[Section, ...]:
    """How many took part in the decision and how many of them remote (KL 5:67 p. 5); names in the list."""
    decision = state.decision
    if decision is None:
        return ()
    texts = [took_part_text(reading, state), *_abstaining(reading, state)]
    return section("participation", "Deltagande i beslutet", *(paragraph(text) for text in texts))


def _abstaining(reading: Reading, state: MatterState) -> list[str]:
    """Who has said that they take no part in the decision, and why the chair let it where all shall."""
    texts = []
    decided = state.decision.taking_part if state.decision is not None else ()
    aside = [one for one in state.abstaining if one not in decided]  # a chair's casting vote is a part taken
    if aside:
        names = listed([reading.person(one).called for one in aside])
        texts.append(f"{names} avstår från att delta i beslutet.")
    for person, reason in state.abstaining.items():
        if reason:
            cites = rules_of(reading.meeting).may_abstain.cites.swedish
            texts.append(
                f"Ordföranden låter {reading.person(person).called} avstå trots att ärendet avser "
                f"myndighetsutövning ({cites}): {sentence(reason)}"
            )
    return texts


def took_part_text(reading: Reading, state: MatterState) -> str:
    """ "I beslutet deltar 12 ledamöter och 1 tjänstgörande ersättare, varav 6 på distans. …"."""
    decision = state.decision
    if decision is None:
        return ""
    if decision.how == "ballot":
        return _entitled(reading, state)
    tail = f", varav {len(decision.remote)} på distans" if decision.remote else ""
    who = _heads(reading, decision.taking_part)
    return f"I beslutet deltar {who}{tail}. Namnen framgår av förteckningen över beslutande."


def _entitled(reading: Reading, state: MatterState) -> str:
    """How many might vote in the ballot that decided it, and how many of them did when that is known."""
    ballot = [one for one in state.election.ballots if one.status != "voided"][-1]
    few = ballot.method == "electronic" and len(ballot.received) < len(ballot.voters)
    did = f", varav {len(ballot.received)} lägger sin valsedel" if few else ""
    return f"Röstberättigade är {_heads(reading, ballot.voters)} i salen{did}. Omröstningen är sluten."


def _heads(reading: Reading, people: Sequence[str]) -> str:
    """ "12 ledamöter och 1 tjänstgörande ersättare"."""
    members = sum(1 for one in people if reading.person(one).role == "member")
    words = [counted(members, "ledamot", "ledamöter")]
    if len(people) > members:
        words.append(counted(len(people) - members, "tjänstgörande ersättare", "tjänstgörande ersättare"))
    return listed(words)


def reservations_section(
    reading: Reading, state: MatterState, reservations: Sequence[ReservationMinuted]
) -> tuple[Section, ...]:
    """Who reserved against the decision (KL 5:67 p. 6, 4:27); written reasons are attachments."""
    groups: dict[str, list[str]] = {}
    for one in reservations:
        where = f" (bilaga {one.attachment})" if one.attachment is not None else ""
        groups.setdefault(_in_favour(reading, state, one.person) + where, []).append(
            reading.person(one.person).called
        )
    blocks = [
        paragraph(f"Mot beslutet reserverar sig {listed(names)}{favour}.") for favour, names in groups.items()
    ]
    heading = "Reservation" if len(reservations) < 2 else "Reservationer"
    return section("reservations", heading, *blocks)


def statements_section(reading: Reading, statements: Sequence[ReservationMinuted]) -> tuple[Section, ...]:
    """Statements that were granted a place in the minutes."""
    blocks = [
        paragraph(
            f"{reading.person(one.person).called} lämnar en protokollsanteckning (bilaga {one.attachment})."
        )
        for one in statements
    ]
    heading = "Protokollsanteckning" if len(statements) < 2 else "Protokollsanteckningar"
    return section("statements", heading, *blocks)


def immediate_section(state: MatterState) -> tuple[Section, ...]:
    """That the § was declared immediately verified."""
    if not state.immediate:
        return ()
    return section("immediate", "Omedelbar justering", paragraph("Paragrafen förklaras omedelbart justerad."))


def _lead(reading: Reading, state: MatterState) -> str:
    """The words before the points: the body's own decision, or what it proposes to the assembly."""
    body = reading.convened.body
    own = f"{raised(body.definite)} beslutar"
    prepared = state.matter.proposal
    if (
        body.kind == "assembly"
        or prepared is None
        or not prepared.lead.lower().startswith(body.definite.lower())
    ):
        return own
    return prepared.lead.rstrip(" :.")


def _carried(reading: Reading, state: MatterState, carried: Proposal | None) -> tuple[str, ...]:
    if carried is None or carried.kind == "reject":
        prepared = state.matter.proposal
        return (f"{raised(lowered(prepared.source)) if prepared else 'Förslaget'} avslås.",)
    if carried.kind == "prepared":
        return carried.points or lines_of(carried.text)
    if carried.kind == "amend":
        start = f"{raised(label(reading, state, f'{state.matter.id}-p0'))} bifalls med följande ändring."
        return (start, *_text_points(carried)) if state.matter.proposal else _text_points(carried)
    return _text_points(carried)


def _text_points(proposal: Proposal) -> tuple[str, ...]:
    return tuple(sentence(line) for line in lines_of(proposal.text))


def _proposal(
    reading: Reading, state: MatterState, proposal: Proposal, decided: DecisionMinuted | None
) -> list[Block]:
    backing = listed([reading.person(one).called for one in proposal.supporters if one != proposal.mover])
    if proposal.mover is None:
        return _prepared(reading, state, proposal, decided, backing)
    mover = reading.person(proposal.mover).called
    with_backing = f", med instämmande av {backing}," if backing else ""
    subject = f"{mover}{with_backing}"
    if proposal.kind == "reject":
        return [paragraph(f"{subject} yrkar avslag.")]
    if proposal.kind in ("refer_back", "defer"):
        verb = "återremitteras" if proposal.kind == "refer_back" else "bordläggs"
        why = f" Motivering: {sentence(proposal.motivation)}" if proposal.motivation else ""
        return [paragraph(f"{subject} yrkar att ärendet {verb}.{why}")]
    lines = lines_of(proposal.text)
    if proposal.kind == "counter" and len(lines) == 1 and lines[0].lower().startswith("att "):
        return [paragraph(f"{subject} yrkar {sentence(lowered(lines[0]))}")]
    made = [paragraph(f"{subject} {LEADS[proposal.kind]}:")]
    made.extend([quote(sentence(lines[0]))] if len(lines) == 1 else points([sentence(one) for one in lines]))
    return made


def _prepared(
    reading: Reading, state: MatterState, proposal: Proposal, decided: DecisionMinuted | None, backing: str
) -> list[Block]:
    name = label(reading, state, proposal.id)
    if decided is not None and decided.proposal == proposal.id:
        made = [paragraph(f"{raised(name)} föreligger och framgår av beslutet.")]
    else:
        made = [paragraph(f"{raised(name)} föreligger:"), *points(proposal.points)]
    if backing:
        made.append(paragraph(f"{backing} yrkar bifall till {name}."))
    return made


def _in_favour(reading: Reading, state: MatterState, person: str) -> str:
    carried = (state.decision.proposal, *state.decision.additions) if state.decision else ()
    lost = [one for one in state.standing if one.id not in carried]
    own = [one for one in lost if one.mover == person]
    if own:
        return " till förmån för eget yrkande"
    backed = [one for one in lost if person in one.supporters and one.mover is not None]
    if backed:
        return f" till förmån för {label(reading, state, backed[0].id)}"
    return ""
