"""Deciding and evolving the closed ballot: opened, received with no trace of the choice, counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from meeting_server.law.elections import fits
from meeting_server.law.proportional import gather
from meeting_server.law.proportional_act import (
    ballots_alike,
    designated,
    proportional_demand,
    returning_officer,
    takes_part,
)
from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.actors import Actor
from meeting_server.meeting.changing import open_contest
from meeting_server.meeting.counting import counted, deciders, is_counted, rules_of
from meeting_server.meeting.election_state import Ballot
from meeting_server.meeting.elections import (
    BallotClosed,
    BallotOpened,
    BallotReceived,
    BallotsCounted,
    BallotVoided,
    CastBallot,
    CloseBallot,
    CountBallots,
    EnterCount,
    EnterGroups,
    GroupsCounted,
    OpenBallot,
    VoidBallot,
)
from meeting_server.meeting.grounds import able_chair, count, local_rules, require_quorum, required
from meeting_server.meeting.nominating import deferral_first, demanding_proportional, electing, places_of
from meeting_server.meeting.outcome import Event, Refusal
from meeting_server.meeting.proportioning import is_proportional, may_be_demanded
from meeting_server.meeting.state import MatterState, Meeting
from meeting_server.meeting.uncounted import uncounted
from meeting_server.meeting.words import PUT_OFF, TODAY, BallotMethod, ContestId, NominationId, PersonId

CODE: Final = re.compile(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}")
"""A control code (kontrollkod): eight signs that are not mistaken for each other, 40 bits."""


def decide_open_ballot(meeting: Meeting, command: OpenBallot, actor: Actor) -> list[Event]:
    """When one was demanded; in the room alone, by the method the law and the standing orders allow."""
    del actor
    matter, election = electing(meeting)
    able_chair(meeting)
    if election.ballot is not None:
        raise _refusal("ballot-held", "En sluten omröstning är redan öppnad.", "Redan öppnad")
    contest = open_contest(meeting)
    if contest is not None and contest.demanded_by is not None:
        _permitted(meeting, command.method, proportional=False)
        return [_opened(meeting, matter, command, 1, (TODAY, PUT_OFF), contest=contest.id)]
    deferral_first(matter)
    proportional = is_proportional(meeting, matter)
    if election.demanded_by is None and not proportional:
        raise _refusal(
            "nothing-demanded",
            "Ingen har begärt sluten omröstning. Valet kan avgöras utan.",
            "Ingen omröstning är begärd",
        )
    if not matter.debate_closed:
        raise _refusal("debate-open", "Nomineringarna är inte avslutade.", "Nomineringarna pågår")
    _permitted(meeting, command.method, proportional=proportional)
    if not election.standing and command.method != "proportional":
        raise _refusal("nobody-nominated", "Ingen är nominerad.", "Ingen är nominerad")
    nominated = tuple(n.id for n in election.standing)
    return [_opened(meeting, matter, command, places_of(matter), nominated, proportional=proportional)]


def _opened(
    meeting: Meeting,
    matter: MatterState,
    command: OpenBallot,
    places: int,
    nominations: tuple[NominationId, ...],
    *,
    proportional: bool = False,
    contest: ContestId | None = None,
) -> BallotOpened:
    here = deciders(meeting)
    voters = tuple(p for p in here if meeting.presence[p].state == "room")
    remote = tuple(p for p in here if p not in voters)
    if not voters:
        raise _refusal("no-voters", "Ingen som får rösta är i salen.", "Ingen är i salen")
    rulings = (
        require_quorum(meeting),
        _closed(meeting, matter),
        *(_proportionally(meeting, matter, remote) if proportional else ()),
    )
    number = len(matter.election.ballots) + 1
    tellers = _tellers(meeting, command, voters)
    return BallotOpened(
        f"{matter.matter.id}-b{number}",
        matter.matter.id,
        command.method,
        places,
        nominations,
        voters,
        remote,
        tellers,
        rulings,
        contest,
    )


def decide_cast_ballot(meeting: Meeting, command: CastBallot, actor: Actor) -> list[Event]:
    """One each, by a voter in the room; no refusal repeats what stood on the ballot."""
    ballot = _open_ballot(meeting, "electronic")
    person = actor.name
    if not is_counted(meeting, person):
        raise uncounted(meeting, person, "rösta", own=True)
    if person not in deciders(meeting):
        raise Refusal(
            "already-abstaining",
            "KL 4:25",
            "Du är antecknad som den som inte deltar i beslutet. Ta tillbaka det först om du vill rösta.",
            "Du deltar inte i beslutet",
            {"ballot": ballot.id},
        )
    if person not in ballot.voters or meeting.presence[person].state != "room":
        raise Refusal(
            "ballot-in-room-only",
            local_rules(meeting),
            "Sluten omröstning sker bara i salen. Du är fortfarande närvarande men deltar inte i valet.",
            "Bara i salen",
            {"ballot": ballot.id},
        )
    if person in ballot.received:
        raise _refusal("already-cast", "Din valsedel är redan lagd och kan inte ändras.", "Redan lagd")
    if not _filled_in(ballot, command.choices):
        raise _refusal(
            "ballot-incomplete",
            f"Valsedeln ska ha {count(ballot.places, 'namn', 'olika namn')} bland de nominerade, eller vara "
            "blank.",
            f"{ballot.places} namn eller blank",
        )
    if not CODE.fullmatch(command.code):
        raise _refusal("code-malformed", "Kontrollkoden ska ha två gånger fyra tecken.", "Fel kod")
    return [BallotReceived(ballot.id, person)]


def decide_close_ballot(meeting: Meeting, command: CloseBallot, actor: Actor) -> list[Event]:
    """By the chair; what is in the box is counted next."""
    del command, actor
    ballot = _ballot(meeting)
    if ballot.status != "open":
        raise _refusal("ballot-closed", "Omröstningen är redan stängd.", "Redan stängd")
    if ballot.method == "electronic" and not ballot.received:
        raise _refusal("nothing-received", "Ingen har lagt sin valsedel än.", "Ingen valsedel är lagd")
    return [BallotClosed(ballot.id)]


def decide_count_ballots(meeting: Meeting, command: CountBallots, actor: Actor) -> list[Event]:
    """The box as it was opened; as many ballots as voters were marked, or nothing is counted."""
    del actor
    ballot = _closed_ballot(meeting, "electronic")
    received = len(ballot.received)
    if ballot.id != command.ballot or not received == len(command.slips) == len(command.codes):
        raise Refusal(
            "box-mismatch",
            "system",
            f"{received} valsedlar är mottagna men {len(command.slips)} ligger i urnan. Gör om valet.",
            "Urnan stämmer inte",
            {"received": received, "slips": len(command.slips), "codes": len(command.codes)},
        )
    strange = sum(1 for slip in command.slips if not _filled_in(ballot, slip))
    if strange:
        raise Refusal(
            "box-mismatch",
            "system",
            f"{strange} av {received} valsedlar i urnan är inte så ifyllda som de lades. Gör om valet.",
            "Urnan stämmer inte",
            {"received": received, "strange": strange},
        )
    votes = Counter(dict.fromkeys(ballot.nominations, 0))
    for slip in command.slips:
        votes.update(slip)
    blank = sum(1 for slip in command.slips if not slip)
    slips = tuple(sorted(tuple(sorted(slip)) for slip in command.slips))
    codes = tuple(sorted(command.codes))
    return [BallotsCounted(ballot.id, received, dict(votes), blank, 0, slips, codes)]


def decide_enter_count(meeting: Meeting, command: EnterCount, actor: Actor) -> list[Event]:
    """Numbers that can be true; entered again they replace the first, until lots are drawn."""
    ballot = _closed_ballot(meeting, "slips")
    if set(command.votes) != set(ballot.nominations):
        raise _refusal("not-the-nominated", "Ange rösterna för var och en av de nominerade.", "Namn saknas")
    _no_negative((*command.votes.values(), command.blank, command.invalid))
    valid = sum(command.votes.values()) // ballot.places
    handed_in = _handed_in(ballot, valid, command.blank, command.invalid)
    if not fits(votes=command.votes, places=ballot.places, valid=valid):
        raise _refusal(
            "count-impossible",
            f"{sum(command.votes.values())} röster går inte ihop med {ballot.places} namn på varje sedel.",
            "Rösterna går inte ihop",
        )
    votes = {name: command.votes[name] for name in ballot.nominations}
    return [
        BallotsCounted(ballot.id, handed_in, votes, command.blank, command.invalid, recorded_by=actor.person)
    ]


def decide_enter_groups(meeting: Meeting, command: EnterGroups, actor: Actor) -> list[Event]:
    """Groups with a designation in words and names; entered again they replace the first."""
    ballot = _closed_ballot(meeting, "proportional")
    named = all(g.names and all(name.strip() for name in g.names) for g in command.groups)
    in_words = all(designated(designation=g.designation).outcome for g in command.groups)
    if not command.groups or not in_words or not named:
        raise Refusal(
            "groups-incomplete",
            designated.cites.short,
            "Varje valsedelsgrupp ska ha en beteckning i ord och minst ett namn. "
            f"{designated.cites.swedish[0].upper()}{designated.cites.swedish[1:]}.",
            "Grupp eller namn saknas",
        )
    _no_negative((*(g.ballots for g in command.groups), command.blank, command.invalid))
    groups = gather(command.groups)
    valid = sum(g.ballots for g in groups)
    handed_in = _handed_in(ballot, valid, command.blank, command.invalid)
    ruled = (command.ruled or "").strip() or None
    alike = ballots_alike(alike=command.alike).record()
    blank, invalid = command.blank, command.invalid
    return [GroupsCounted(ballot.id, handed_in, groups, blank, invalid, actor.person, ruled, (alike,))]


def decide_void_ballot(meeting: Meeting, command: VoidBallot, actor: Actor) -> list[Event]:
    """At any time before the gavel; the reason is in the minutes."""
    del actor
    return [BallotVoided(_ballot(meeting).id, required(command.reason, "Skälet"))]


def _permitted(meeting: Meeting, method: BallotMethod, *, proportional: bool) -> None:
    if proportional != (method == "proportional"):
        because = (
            "Valet ska vara proportionellt och hållas med valsedlar (5 § lagen 2022:629)."
            if proportional
            else "Valet är inte proportionellt: för få har begärt det."
        )
        raise Refusal("wrong-method", "lag (2022:629)", because, "Fel slags omröstning", {"method": method})
    orders = meeting.convened.standing_orders
    if method == "electronic" and not orders.electronic_ballot:
        raise Refusal(
            "electronic-not-allowed",
            local_rules(meeting),
            f"Elektronisk sluten omröstning är inte tillåten i {local_rules(meeting)}, "
            f"{orders.decision_reference}. Använd valsedlar.",
            "Inte tillåtet elektroniskt",
            {"method": method},
        )


def _closed(meeting: Meeting, matter: MatterState) -> RulingRecord:
    """That the ballot is closed and not open: what the matter concerns says so (KL 5:54)."""
    election, rule = matter.matter.kind == "election", rules_of(meeting).open_division
    return rule(election=election, employment=not election).record()


def _proportionally(
    meeting: Meeting, matter: MatterState, remote: tuple[PersonId, ...]
) -> Iterator[RulingRecord]:
    """What the act says of this very election: enough demanded it, who conducts it, who takes no part."""
    election, present = matter.election, len(counted(meeting))
    substitutes = may_be_demanded(meeting, matter)
    demanding = len(demanding_proportional(meeting, matter))
    yield proportional_demand(demanding=demanding, present=present, places=places_of(matter)).record()
    if substitutes is not None:
        yield substitutes
    yield returning_officer(chair=meeting.chair or "", chosen=election.returning_officer).record()
    if remote:
        yield takes_part(remote=True).record()


def _tellers(meeting: Meeting, command: OpenBallot, voters: Sequence[PersonId]) -> tuple[PersonId, ...]:
    tellers = tuple(dict.fromkeys(command.tellers))
    if command.method == "electronic":
        return tellers
    fit = [p for p in tellers if p in voters]
    if not fit or len(fit) != len(tellers):
        raise Refusal(
            "tellers-missing",
            local_rules(meeting),
            "Utse en eller flera rösträknare bland ledamöterna i salen.",
            "Utse rösträknare",
            {"tellers": tellers},
        )
    return tellers


def _filled_in(ballot: Ballot, choices: Sequence[str]) -> bool:
    """Whether a ballot is blank or has as many different names, of those nominated, as there are places."""
    names = set(choices)
    whole = len(names) == len(choices) and len(names) in (0, ballot.places)
    return whole and names <= set(ballot.nominations)


def _ballot(meeting: Meeting) -> Ballot:
    _matter, election = electing(meeting)
    if election.ballot is None:
        raise _refusal("no-ballot", "Ingen sluten omröstning är öppnad.", "Ingen omröstning är öppnad")
    return election.ballot


def _open_ballot(meeting: Meeting, method: BallotMethod) -> Ballot:
    ballot = _ballot(meeting)
    if ballot.status != "open":
        raise _refusal("ballot-closed", "Omröstningen är stängd.", "Redan stängd")
    if ballot.method != method:
        raise _refusal("ballot-by-slips", "Omröstningen sker med valsedlar av papper.", "Papperssedlar")
    return ballot


def _closed_ballot(meeting: Meeting, method: BallotMethod) -> Ballot:
    ballot = _ballot(meeting)
    if ballot.status == "open":
        raise _refusal("ballot-open", "Omröstningen är inte stängd. Stäng den först.", "Inte stängd")
    if ballot.method != method or ballot.draws or (ballot.status == "counted" and method == "electronic"):
        raise _refusal("already-counted", "Rösterna är redan räknade.", "Redan räknade")
    return ballot


def _no_negative(numbers: Sequence[int]) -> None:
    if min(numbers) < 0:
        raise _refusal("count-negative", "Antalet kan inte vara mindre än noll.", "Mindre än noll")


def _handed_in(ballot: Ballot, valid: int, blank: int, invalid: int) -> int:
    handed_in, most = valid + blank + invalid, len(ballot.voters)
    if not 0 < handed_in <= most:
        raise Refusal(
            "too-many-ballots",
            "KL 4:24",
            f"Räknade valsedlar: {handed_in}. De ska vara minst 1 och högst {most}, de röstberättigade.",
            f"{handed_in} sedlar, {most} röstberättigade",
            {"handed_in": handed_in, "voters": most},
        )
    return handed_in


def _refusal(code: str, because: str, short: str) -> Refusal:
    return Refusal(code, "KL 5:54", because, short)
