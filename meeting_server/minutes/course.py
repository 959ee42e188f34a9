"""How the decision came about (beslutsgång): questions put, their order, divisions held (KL 5:67 p. 2–3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from meeting_server.meeting.convening import QualifiedMajority
from meeting_server.meeting.deciding import DivisionDemanded, QuestionsPut, QuestionsReordered
from meeting_server.meeting.deferral import MinorityReferred
from meeting_server.meeting.divisions import VoteCorrected
from meeting_server.meeting.naming import candidate_label, in_sentence
from meeting_server.meeting.outcome import Record
from meeting_server.meeting.qualifying import decisive, rule_of, verdict, words_of
from meeting_server.meeting.state import Contest, Division, MatterState, Proposal
from meeting_server.meeting.words import REJECT, TODAY, CandidateId
from meeting_server.minutes.blocks import paragraph, section
from meeting_server.minutes.document import Block, Section, Vote, VoteCastAs, VoteList
from meeting_server.minutes.reading import Reading
from meeting_server.minutes.wording import (
    NBSP,
    PRESIDIUM,
    at_clock,
    counted,
    listed,
    raised,
    sentence,
)

NAMED = 5
"""More than this who request a deferral are named with the proposal only, not again."""
INLINE_VOTERS = 21
"""A division with more voters than this has its list of votes as an attachment."""


def label(reading: Reading, state: MatterState, candidate: CandidateId) -> str:
    """What a candidate is called inside a sentence: "kommunstyrelsens förslag", "avslag"."""
    if candidate == REJECT:
        return "avslag"
    return in_sentence(candidate_label(reading.meeting, state, candidate))


def consents(reading: Reading, state: MatterState, candidate: CandidateId) -> str:
    """What a yes to a candidate means: "bifall till kommunstyrelsens förslag", "återremiss", "avslag"."""
    if candidate == TODAY:
        return "att ärendet avgörs i dag"
    proposal = (state.proposals or {}).get(candidate)
    if proposal is None:
        return "avslag"
    deferring = {"refer_back": "återremiss", "defer": "bordläggning"}
    return deferring.get(proposal.kind) or f"bifall till {label(reading, state, candidate)}"


def course(reading: Reading, state: MatterState, records: Sequence[Record]) -> tuple[Section, ...]:
    """The section on how the decision came about, in the order it happened (KL 5:67 p. 2)."""
    orders = _orders(records)
    blocks = _in_block(reading, state)
    for contest in state.contests:
        found = _found(reading, state, contest, orders)
        said = [orders[contest.id].order_text] if contest.id in orders else []
        more = (*_ladder(reading, state, contest), *_by_acclamation(state, contest))
        blocks.append(paragraph(" ".join([*said, *found, *more])))
    if not held_in(reading, state):
        blocks += _minority_blocks(reading, state, records)
    return section("course", "Beslutsgång", *blocks)


def _in_block(reading: Reading, state: MatterState) -> list[Block]:
    """That the matter was decided with others by one gavel."""
    others = [reading.meeting.matters[m].number for m in state.block if m != state.matter.id]
    if not others:
        return []
    numbers = listed([str(number) for number in others])
    sign = "§" if len(others) == 1 else "§§"
    return [paragraph(f"Ärendet avgörs i ett klubbslag tillsammans med {sign}{NBSP}{numbers}.")]


def _ladder(reading: Reading, state: MatterState, contest: Contest) -> list[str]:
    """That a division is demanded among more than two: what the chair found is the main proposal in it."""
    follows = any(one.kind == "counter" for one in state.contests)
    if contest.kind != "main" or contest.found is None or not follows:
        return []
    return [f"Omröstning begärs; {label(reading, state, contest.found)} är huvudförslag."]


def _orders(records: Sequence[Record]) -> dict[str, QuestionsPut | QuestionsReordered]:
    """The last order in which each question was put."""
    return {
        one.event.contest: one.event
        for one in records
        if isinstance(one.event, QuestionsPut | QuestionsReordered)
    }


def _found(reading: Reading, state: MatterState, contest: Contest, orders: Mapping[str, object]) -> list[str]:
    """What the chair found carried, as a sentence; nothing while nothing is found."""
    found = contest.found
    if found is None:
        return []
    body = reading.convened.body.definite
    if contest.kind == "today":
        what = (
            "att det ska avgöras i dag"
            if found == TODAY
            else f"att {body} beslutar {_act(reading, state, found, contest)}"
        )
    elif contest.kind == "counter":
        what = f"att {label(reading, state, found)} utses till motförslag"
    elif contest.kind == "addition" or len(contest.candidates) == 1:
        what = "avslag" if found == REJECT else "bifall"
    else:
        what = f"att {body} beslutar {_act(reading, state, found, contest)}"
    return [f"Ordföranden finner {what}."]


def divisions(
    reading: Reading, state: MatterState, records: Sequence[Record], attachments: Mapping[str, int]
) -> tuple[Section, ...]:
    """The section on the divisions held: demand, question, result, names (KL 5:67 p. 3 and 5)."""
    blocks: list[Block] = []
    held = held_in(reading, state)
    for division in held:
        blocks.extend(_division_blocks(reading, state, division, records, attachments.get(division.id)))
    if held:
        blocks += _minority_blocks(reading, state, records)
    heading = "Omröstning" if len(held) < 2 else "Omröstningar"
    return section("division", heading, *blocks)


def held_in(reading: Reading, state: MatterState) -> list[Division]:
    """The divisions of a matter that came to a result or were voided, in order."""
    return [
        one
        for one in reading.meeting.held.values()
        if one.matter == state.matter.id and one.status in ("confirmed", "voided")
    ]


def vote_lists(reading: Reading, state: MatterState, attachments: Mapping[str, int]) -> tuple[VoteList, ...]:
    """The lists of votes of a matter's confirmed divisions.

    `attachments` gives numbers to those set apart.
    """
    return tuple(
        vote_list(reading, state, one, attachments.get(one.id))
        for one in held_in(reading, state)
        if one.status == "confirmed"
    )


def vote_list(reading: Reading, state: MatterState, division: Division, attachment: int | None) -> VoteList:
    """How every voter voted in one division; who did not vote is absent (frånvarande).

    A chair whose casting vote decided it has done neither: it stands with the chair's name and in no sum.
    """
    rows = tuple(_vote(reading, division, person) for person in division.voters)
    number = int(division.id[1:])
    return VoteList(
        division=division.id,
        number=number,
        paragraph=state.number or 0,
        title=f"Voteringslista {number}, §{NBSP}{state.number}",
        yes_text=raised(consents(reading, state, division.yes)),
        no_text=raised(consents(reading, state, division.no)),
        yes=division.count("yes"),
        no=division.count("no"),
        abstain=sum(1 for row in rows if row.vote == "abstain"),
        absent=sum(1 for row in rows if row.vote == "absent"),
        by_casting_vote=division.by_casting_vote,
        carried=raised(consents(reading, state, division.carried or division.yes)),
        attachment=attachment,
        rows=rows,
    )


def order_of_questions(records: Sequence[Record]) -> tuple[str, ...]:
    """The order of questions as it was put and put again, as the log has it."""
    return tuple(
        one.event.order_text for one in records if isinstance(one.event, QuestionsPut | QuestionsReordered)
    )


def _division_blocks(
    reading: Reading,
    state: MatterState,
    division: Division,
    records: Sequence[Record],
    attachment: int | None,
) -> list[Block]:
    demanded = [
        one.event.person
        for one in records
        if isinstance(one.event, DivisionDemanded) and one.event.contest == division.contest
    ]
    by = f" av {reading.person(demanded[-1]).called}" if demanded else ""
    again = any(
        one.status == "voided" and one.contest == division.contest and one.opened_at < division.opened_at
        for one in held_in(reading, state)
    )
    begun = "Omröstningen görs om" if again else f"Omröstning begärs{by}"
    if division.status == "voided":
        opened = at_clock(reading.local(division.opened_at))
        return [
            paragraph(
                f"{begun} och påbörjas {opened} (votering {division.id[1:]}). Ordföranden förklarar att "
                f"omröstningen ska göras om: {sentence(division.void_reason or 'den räknas inte')}"
            )
        ]
    drawn = vote_list(reading, state, division, None)
    blocks = [
        paragraph(
            f"{begun}{'' if again else ' och verkställs'}. Följande voteringsproposition godkänns: "
            f"{division.question_text}"
        ),
        paragraph(
            f"Vid omröstningen avges {counted(drawn.yes, 'ja-röst', 'ja-röster')} och "
            f"{counted(drawn.no, 'nej-röst', 'nej-röster')}; "
            f"{counted(drawn.abstain, 'ledamot', 'ledamöter')} avstår och {drawn.absent} är frånvarande."
            f"{_outcome(reading, state, division)}"
        ),
        *_corrections(reading, division, records),
    ]
    if attachment is not None:
        where = f"voteringslista {drawn.number}, bilaga {attachment}"
        blocks.append(paragraph(f"Hur var och en har röstat framgår av {where}."))
    else:
        blocks.append(Block("votes", division=division.id))
    return blocks


def _outcome(reading: Reading, state: MatterState, division: Division) -> str:
    if division.carried is None:
        return ""
    contest = next(one for one in state.contests if one.id == division.contest)
    if contest.kind == "counter":
        result = f"{raised(label(reading, state, division.carried))} är därmed motförslag."
    elif contest.how == "minority" and contest.outcome != division.carried:
        result = (
            f"Omröstningen utfaller därmed för {consents(reading, state, division.carried)}, men för "
            f"{consents(reading, state, contest.outcome or division.no)} räcker att minst en tredjedel av de "
            "närvarande begär det."
        )
    else:
        body = raised(reading.convened.body.definite)
        result = f"{body} har därmed beslutat {_act(reading, state, division.carried, contest)}."
    qualified = _qualified(reading, division)
    if qualified or not division.by_casting_vote:
        return f"{qualified} {result}"
    law = f"5{NBSP}kap. 56{NBSP}§ kommunallagen"
    used = division.casting is not None
    how = "avgör ordföranden med sin utslagsröst" if used else "gäller ordförandens röst som utslagsröst"
    return f" Eftersom röstetalet är lika {how} ({law}). {result}"


def _qualified(reading: Reading, division: Division) -> str:
    """How many votes were needed where a simple majority is not enough, and whether they were there."""
    majority = reading.meeting.matters[division.matter].matter.majority
    found = verdict(reading.meeting, division)
    if majority is None or found is None:
        return ""
    base = "närvarande" if majority.counted == "present" else "avgivna rösterna"
    to = "avslag" if majority.needed_to == "reject" else "bifall"
    reached = "är nådd" if found.reached else "är inte nådd"
    return (
        f" För {to} krävs {words_of(majority)}, det vill säga {counted(found.needed, 'röst', 'röster')} av "
        f"de {found.of} {base} ({_ground(majority)}). {counted(found.votes, 'röst', 'röster')} avges för "
        f"{to}. Majoriteten {reached}."
    )


def _ground(majority: QualifiedMajority) -> str:
    if majority.subject == "charter":
        return "förbundsordningen"
    return rule_of(majority).cites.swedish


def _by_acclamation(state: MatterState, contest: Contest) -> list[str]:
    """That what the chair found had the majority it needs, where nobody asked for a division."""
    majority, carried = decisive(state, contest), contest.outcome
    if majority is None or carried is None or contest.how != "acclamation":
        return []
    if state.rejects(carried) != (majority.needed_to == "reject"):
        return []
    return [f"Beslutet har den majoritet som krävs, {words_of(majority)} ({_ground(majority)})."]


def _act(reading: Reading, state: MatterState, candidate: CandidateId, contest: Contest) -> str:
    """What a candidate of the question carried means: "att avslå kommunstyrelsens förslag"."""
    proposal = (state.proposals or {}).get(candidate)
    if candidate == TODAY:
        return "att ärendet ska avgöras i dag"
    if proposal is None:
        return f"att avslå {label(reading, state, contest.candidates[0])}"
    if proposal.kind == "refer_back":
        return "att återremittera ärendet"
    if proposal.kind == "defer":
        return "att bordlägga ärendet"
    if contest.kind == "addition":
        return f"att bifalla {label(reading, state, candidate)}"
    return f"enligt {label(reading, state, candidate)}"


def _corrections(reading: Reading, division: Division, records: Sequence[Record]) -> list[Block]:
    words = {"yes": "ja", "no": "nej", "abstain": "avstår", None: "ingen röst"}
    return [
        paragraph(
            f"{reading.person(one.event.person).called} anmäler att rösten är felaktigt registrerad. Den "
            "rättas från "
            f"{words[one.event.before]} till {words[one.event.vote]} innan resultatet fastställs."
        )
        for one in records
        if isinstance(one.event, VoteCorrected)
        and one.event.division == division.id
        and one.event.before != one.event.vote
    ]


def _vote(reading: Reading, division: Division, person: str) -> Vote:
    who = reading.person(person)
    given = division.given.get(person)
    cast: VoteCastAs = given.vote if given is not None else "absent"
    if division.by_casting_vote and person == division.casting_by:
        cast = "casting_yes" if division.casting == "yes" else "casting_no"
    if who.role == "substitute":
        duty = "tjänstgörande ersättare"
    else:
        duty = PRESIDIUM[who.presidium] if who.presidium else "ledamot"
    return Vote(
        person=person,
        name=who.name,
        party=who.party,
        duty=duty,
        place="remote" if person in division.remote else "room",
        vote=cast,
        oral=given is not None and given.channel == "oral",
    )


def _minority_blocks(reading: Reading, state: MatterState, records: Sequence[Record]) -> list[Block]:
    """That a third had the matter put off: told last, after the question and the division it came after."""
    return [
        paragraph(_minority(reading, state, one.event))
        for one in records
        if isinstance(one.event, MinorityReferred)
    ]


def _minority(reading: Reading, state: MatterState, event: MinorityReferred) -> str:
    proposal: Proposal = (state.proposals or {})[event.proposal]
    word, verb = (
        ("återremiss", "återremitteras") if proposal.kind == "refer_back" else ("bordläggning", "bordläggs")
    )
    called = [reading.person(one).called for one in event.requesting]
    names = listed(called) if len(called) <= NAMED else f"{called[0]} och {len(called) - 1} andra ledamöter"
    return (
        f"{names} har begärt {word}. Eftersom {len(event.requesting)} av {len(event.present)} närvarande "
        "ledamöter, "
        f"minst en tredjedel, stöder begäran {verb} ärendet (5{NBSP}kap. 50{NBSP}§ kommunallagen)."
    )
