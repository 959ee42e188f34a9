"""Qualified majorities (kvalificerad majoritet): what a matter needs, and what a division or the gavel gives.

Only the decision itself is judged so; whether it is taken today, the counter-proposal and what is added are
settled by simple majority (KL 5:55).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from meeting_server.law.body_rules import Written
from meeting_server.law.kommunallagen.majorities import (
    MAJORITIES,
    extra_election_deferred,
    extra_election_not_before,
    qualified,
)
from meeting_server.law.majority import share_needed
from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.changing import contest_by_id
from meeting_server.meeting.convening import QualifiedMajority
from meeting_server.meeting.counting import counted, deciders
from meeting_server.meeting.grounds import section, sentence
from meeting_server.meeting.outcome import Refusal
from meeting_server.meeting.state import Contest, Division, MatterState, Meeting
from meeting_server.meeting.words import REJECT, CandidateId

_SHARES = {(2, 3): "två tredjedelar", (3, 4): "tre fjärdedelar", (3, 5): "tre femtedelar"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the numbers give: the candidate that has carried, who was for, how many were needed, of how many.

    `reached` tells whether the share was reached by what needed it.
    """

    carried: CandidateId
    votes: int
    needed: int
    of: int
    reached: bool
    rulings: tuple[RulingRecord, ...]


def decisive(matter: MatterState, contest: Contest) -> QualifiedMajority | None:
    """The majority the question needs, or None where a simple one does."""
    return matter.matter.majority if contest.kind == "main" else None


def words_of(majority: QualifiedMajority) -> str:
    """The share inside a sentence: "minst två tredjedelar av de närvarande"."""
    share = (majority.numerator, majority.denominator)
    base = "de närvarande" if majority.counted == "present" else "de avgivna rösterna"
    if share == (1, 1):
        return f"samtliga {base}"
    return f"minst {_SHARES.get(share, f'{share[0]}/{share[1]}')} av {base}"


def rule_of(majority: QualifiedMajority) -> Written:
    """The rule that asks for the majority."""
    return qualified if majority.subject == "charter" else MAJORITIES[majority.subject].rule


def needed_of(majority: QualifiedMajority, *, present: int, cast: int) -> tuple[int, int]:
    """How many votes are needed, and of how many."""
    of = present if majority.counted == "present" else cast
    return share_needed(majority.numerator, majority.denominator, of), of


def verdict(meeting: Meeting, division: Division) -> Verdict | None:
    """What the closed division gives where a qualified majority is needed; None where a simple one decides.

    What does not reach its share falls: the other side has carried if it needs no share of its own, else all
    is rejected. A tie is then no tie, and the casting vote has nothing to settle.
    """
    matter = meeting.matters[division.matter]
    majority = decisive(matter, contest_by_id(meeting, division.matter, division.contest))
    if majority is None:
        return None
    votes = {division.yes: division.count("yes"), division.no: division.count("no")}
    needy = [c for c in votes if matter.rejects(c) == (majority.needed_to == "reject")]
    if not needy:
        return None
    present, cast = len(division.voters), sum(votes.values())
    needed, of = needed_of(majority, present=present, cast=cast)
    rulings = []
    for candidate in needy:
        ruling, reached = _judged(majority, votes[candidate], present=present, cast=cast)
        rulings.append(ruling)
        if reached:
            return Verdict(candidate, votes[candidate], needed, of, True, tuple(rulings))
    free = [c for c in votes if c not in needy]
    best = max(votes[c] for c in needy)
    return Verdict(free[0] if free else REJECT, best, needed, of, False, tuple(rulings))


def by_acclamation(meeting: Meeting, matter: MatterState, contest: Contest) -> tuple[RulingRecord, ...]:
    """That what the chair has found carried may have reached its share: enough take part in the decision.

    Nobody has asked for a division, so those who take part stand behind what the chair has found.
    """
    majority, found = decisive(matter, contest), contest.found
    if majority is None or found is None or matter.rejects(found) != (majority.needed_to == "reject"):
        return ()
    present, taking_part = len(counted(meeting)), len(deciders(meeting))
    needed, of = needed_of(majority, present=present, cast=taking_part)
    ruling, reached = _judged(majority, taking_part, present=present, cast=taking_part)
    if not reached:
        raise Refusal(
            ruling.code,
            ruling.cites,
            f"Beslutet kräver {words_of(majority)}: {needed} av {of}. Bara {taking_part} deltar i beslutet.",
            f"{needed} krävs, {taking_part} deltar",
            {"needed": needed, "of": of, "taking_part": taking_part},
        )
    return (ruling,)


def not_too_early(meeting: Meeting, matter: MatterState) -> tuple[RulingRecord, ...]:
    """That an extra election is not decided the first time it is treated, nor within six months (KL 5:10)."""
    majority = matter.matter.majority
    if majority is None or majority.subject != "extra_election":
        return ()
    first = extra_election_deferred(first_time=not majority.treated_before)
    if first.outcome:
        raise Refusal(
            first.code,
            first.cites.short,
            f"Extra val ska alltid bordläggas första gången det tas upp. Ta upp ett yrkande om bordläggning "
            f"i {section(matter)} och låt ärendet bordläggas. {sentence(extra_election_deferred)}",
            "Ska bordläggas första gången",
            {"matter": matter.matter.id},
        )
    if majority.first_meeting is None:
        return (first.record(),)
    met = date.fromisoformat(majority.first_meeting)
    late = extra_election_not_before(first_meeting=met, on=meeting.today)
    if not late.outcome:
        raise Refusal(
            late.code,
            late.cites.short,
            f"Nyvalda fullmäktige sammanträdde första gången {met}. Extra val får inte beslutas förrän sex "
            f"månader har gått. {sentence(extra_election_not_before)}",
            "Sex månader har inte gått",
            {"first_meeting": majority.first_meeting},
        )
    return first.record(), late.record()


def _judged(majority: QualifiedMajority, votes: int, *, present: int, cast: int) -> tuple[RulingRecord, bool]:
    """The ruling on so many votes for what needs the share, and whether it is reached."""
    if majority.subject == "charter":
        own = qualified(
            yes=votes,
            cast=cast,
            present=present,
            numerator=majority.numerator,
            denominator=majority.denominator,
            counted=majority.counted,
        )
        return own.record(), own.outcome
    against = cast - votes
    if majority.subject == "stop_referendum":
        stopped = MAJORITIES["stop_referendum"].side(yes=against, no=votes, present=present)
        return stopped.record(), stopped.outcome == "no"
    ruling = MAJORITIES[majority.subject].side(yes=votes, no=against, present=present)
    return ruling.record(), ruling.outcome == "yes"
