"""The lines of the running log about elections; never one about who has put in a ballot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from meeting_server.law.lots import shown
from meeting_server.meeting import elections, proportional
from meeting_server.meeting.election_state import ANSWERS
from meeting_server.meeting.grounds import listing
from meeting_server.meeting.outcome import Event
from meeting_server.meeting.result import appointed_word, lot_label
from meeting_server.meeting.state import Meeting

Line = Callable[[Meeting, Any], str]


def _who(meeting: Meeting, person: str) -> str:
    return meeting.people[person].called


def _nomination(meeting: Meeting, nomination: str) -> str:
    return meeting.matters[nomination.rpartition("-")[0]].election.nomination(nomination).called


def _opened(m: Meeting, e: elections.BallotOpened) -> str:
    remote = f", {len(e.remote)} på distans deltar inte i valet" if e.remote else ""
    return f"Sluten omröstning öppnas: {len(e.voters)} röstberättigade i salen{remote}."


def _counted(m: Meeting, e: elections.BallotsCounted) -> str:
    election = m.matters[e.ballot.rpartition("-")[0]].election
    votes = ", ".join(f"{election.nomination(n).called} {count}" for n, count in e.votes.items())
    return f"Avgivna {e.handed_in}, blanka {e.blank}, ogiltiga {e.invalid}. {votes}."


def _drawn(m: Meeting, draw: str, lot: str) -> str:
    ballot_id = draw.rpartition("-")[0]
    election = m.matters[ballot_id.rpartition("-")[0]].election
    return lot_label(election, next(b for b in election.ballots if b.id == ballot_id), lot)


ELECTION_LINES: Mapping[type[Event], Line] = {
    elections.Nominated: lambda m, e: f"{_who(m, e.by)} nominerar {_nomination(m, e.id)}.",
    elections.NominationWithdrawn: lambda m, e: (
        f"Nomineringen av {_nomination(m, e.nomination)} tas tillbaka."
    ),
    elections.ElectedFound: lambda m, e: (
        f"Ordföranden finner {listing([_nomination(m, n) for n in e.nominations])} "
        f"{appointed_word(m.matters[e.matter].matter.kind, len(e.nominations))}."
    ),
    elections.BallotDemanded: lambda m, e: f"{_who(m, e.person)} begär sluten omröstning.",
    elections.BallotDemandWithdrawn: lambda m, e: f"{_who(m, e.person)} tar tillbaka sin begäran.",
    proportional.ProportionalDemanded: lambda m, e: (
        f"{_who(m, e.person)} begär proportionellt val: {e.count} av {e.needed}."
    ),
    proportional.ProportionalDemandWithdrawn: lambda m, e: (
        f"{_who(m, e.person)} tar tillbaka sin begäran om proportionellt val: {e.count} av {e.needed}."
    ),
    proportional.ReturningOfficerChosen: lambda m, e: f"{_who(m, e.person)} väljs till valförrättare.",
    proportional.SubstitutesOrdered: lambda m, e: (
        f"Ersättarna tjänstgör i ordningen {listing([_nomination(m, n) for n in e.nominations])}."
    ),
    elections.BallotOpened: _opened,
    elections.BallotClosed: lambda m, e: "Valet stängs.",
    elections.BallotsCounted: _counted,
    elections.GroupsCounted: lambda m, e: (
        f"Avgivna {e.handed_in}, blanka {e.blank}, ogiltiga {e.invalid}. "
        f"{', '.join(f'{g.designation} {g.ballots}' for g in e.groups)}."
    ),
    elections.BallotVoided: lambda m, e: f"Valet görs om: {e.reason}",
    elections.BallotSettled: lambda m, e: f"Sluten omröstning: {ANSWERS[e.carried].name.lower()}.",
    elections.DrawAsked: lambda m, e: (
        f"Lika röstetal. Lotten avgör: {', '.join(_drawn(m, e.draw, lot) for lot in e.lots)}."
    ),
    elections.DrawSealed: lambda m, e: f"Försegling {shown(e.seal)}.",
    elections.NumbersSaid: lambda m, e: " ".join(f"{_who(m, s.person)} säger {s.number}." for s in e.numbers),
    elections.DrawRevealed: lambda m, e: f"Summa {e.total}: lotten faller på {_drawn(m, e.draw, e.drawn)}.",
    elections.ElectionDecided: lambda m, e: e.outcome_text,
}
"""That somebody has put in a ballot has no line: the screens show how many, never who."""
