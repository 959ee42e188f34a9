"""The steps of an election: what brings it forward, and what else the chair and the secretary may do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from meeting_server.meeting.changing import open_contest
from meeting_server.meeting.debate import CloseDebate, ReopenDebate
from meeting_server.meeting.deciding import WithdrawDemand
from meeting_server.meeting.election_state import Ballot, Election
from meeting_server.meeting.elections import (
    CloseBallot,
    ConfirmElection,
    DrawLots,
    FindElected,
    WithdrawBallotDemand,
)
from meeting_server.meeting.grounds import listing
from meeting_server.meeting.nominating import deferral_pending, demanding_proportional, places_of
from meeting_server.meeting.outcome import Command, Refusal
from meeting_server.meeting.proportioning import is_proportional, service_order
from meeting_server.meeting.result import appointed_word, lot_label, result
from meeting_server.meeting.state import MatterState, Meeting
from meeting_server.wire.json import Json
from meeting_server.wire.step_warnings import Warnings, ballots_missing, elected_twice
from meeting_server.wire.trial import Step

Offer = tuple[str, Any, dict[str, Json]]
_FINAL = "Kan inte ångras efter klubbslaget"


class Make(Protocol):
    """Makes a step of the meeting at hand."""

    def __call__(
        self,
        label: str,
        command: Command | None = None,
        *,
        sub: str | None = None,
        key: str | None = None,
        dialog: str | None = None,
        name: str | None = None,
        data: dict[str, Json] | None = None,
        grave: bool = False,
        warns: Warnings | None = None,
    ) -> Step:
        """The step, tried when it has a whole command."""
        ...


def election_primary(make: Make, meeting: Meeting, matter: MatterState) -> Step:
    """The one act that brings the election forward."""
    election = matter.election
    if not matter.debate_closed:
        if not election.standing and not deferral_pending(matter):
            return make(
                "Ta upp nominering", dialog="nominate", name="record-nomination", sub="Ingen är nominerad än"
            )
        return make("Avsluta nomineringarna", CloseDebate(), sub=f"{len(election.standing)} nominerade")
    if election.ballot is not None:
        return _ballot(make, meeting, matter, election, election.ballot)
    if is_proportional(meeting, matter):
        demanding = len(demanding_proportional(meeting, matter))
        return _open(make, "Öppna proportionellt val", "proportional", demanding)
    if election.demanded_by is not None:
        electronic = meeting.convened.standing_orders.electronic_ballot
        return _open(make, "Öppna sluten omröstning", "electronic" if electronic else "slips", None)
    if election.found:
        if _needs_order(meeting, matter):
            return _order(make)
        names = listing([election.nomination(n).called for n in election.service_order or election.found])
        return make(f"Klubba: {names}", ConfirmElection(), sub=_FINAL, key="K", grave=True)
    standing, places = election.standing, places_of(matter)
    if not standing:
        return make("Återuppta nomineringarna", ReopenDebate(), sub="Ingen är nominerad")
    if len(standing) <= places:
        names = listing([n.called for n in standing])
        ending = appointed_word(matter.matter.kind, len(standing))
        return make(f"Jag finner {names} {ending}", FindElected(tuple(n.id for n in standing)))
    sub = f"{len(standing)} nominerade, {places} ska väljas"
    return make("Säg vem du finner vald", dialog="find-elected", name="find-elected", sub=sub)


def election_seconds(meeting: Meeting, matter: MatterState) -> Iterator[Offer]:
    """What else the chair may do in an election, in a fixed order."""
    election = matter.election
    ballot = election.ballot
    if not matter.debate_closed:
        yield "Ny talare", None, {"dialog": "add-speaker", "name": "add-speaker"}
        if election.standing or deferral_pending(matter):
            yield "Ta upp nominering", None, {"dialog": "nominate", "name": "record-nomination", "key": "Y"}
        if not deferral_pending(matter):
            yield "Bordläggning yrkas", None, {"dialog": "defer-election", "name": "record-proposal"}
        yield "Anteckna jäv", None, {"dialog": "conflict", "name": "record-conflict"}
    if ballot is None or ballot.status == "open":
        yield "Deltar inte i beslutet", None, {"dialog": "abstention", "name": "record-abstention"}
    if ballot is None and matter.debate_closed and deferral_pending(matter):
        yield from _on_deferral(meeting)
        return
    if ballot is None:
        terms = matter.matter.election
        if terms is not None and terms.proportional and not is_proportional(meeting, matter):
            yield (
                "Proportionellt val begärt",
                None,
                {"dialog": "proportional-demand", "name": "record-proportional-demand"},
            )
        if is_proportional(meeting, matter):
            yield (
                "Välj valförrättare",
                None,
                {"dialog": "returning-officer", "name": "choose-returning-officer"},
            )
        if demanding_proportional(meeting, matter):
            yield (
                "Proportionellt val återtas",
                None,
                {"dialog": "proportional-withdraw", "name": "withdraw-proportional-demand"},
            )
        if election.service_order and len(election.found) > 1:
            yield "Ändra turordningen", None, {"dialog": "service-order", "name": "order-substitutes"}
        if matter.debate_closed and election.demanded_by is None:
            if not is_proportional(meeting, matter):
                yield (
                    "Omröstning begärd",
                    None,
                    {"dialog": "ballot-demand", "name": "record-ballot-demand", "key": "V"},
                )
            if election.found and len(election.standing) > 1:
                yield "Ändra vem du finner vald", None, {"dialog": "find-elected", "name": "find-elected"}
            yield "Återuppta nomineringarna", ReopenDebate(), {"key": "Ö"}
        if election.demanded_by is not None:
            sub = meeting.people[election.demanded_by].called
            yield "Begäran återtas", WithdrawBallotDemand(), {"sub": sub}
        return
    if ballot.status == "open" and ballot.method == "electronic" and meeting.chair in ballot.voters:
        if meeting.chair not in ballot.received:
            yield "Lägg min valsedel", None, {"dialog": "my-ballot", "name": "cast-ballot", "key": "R"}
    elif ballot.status == "counted" and ballot.method != "electronic" and not ballot.draws:
        dialog, name = _COUNTING[ballot.method]
        yield "Ändra rösträkningen", None, {"dialog": dialog, "name": name}
    yield "Gör om valet", None, {"dialog": "void-ballot", "name": "void-ballot", "key": "X", "grave": True}


def _on_deferral(meeting: Meeting) -> Iterator[Offer]:
    """While the question is whether the election is held today."""
    contest = open_contest(meeting)
    if contest is not None and contest.found is not None:
        if contest.demanded_by is None:
            yield "Votering begärd", None, {"dialog": "division-demand", "name": "record-demand", "key": "V"}
        else:
            yield "Begäran återtas", WithdrawDemand(), {"sub": meeting.people[contest.demanded_by].called}
    if contest is None or contest.demanded_by is None:
        yield "Återuppta nomineringarna", ReopenDebate(), {"key": "Ö"}


def secretary_election_offers(meeting: Meeting, matter: MatterState) -> Iterator[tuple[str, str, str]]:
    """Label, dialog and command the secretary may use in an election."""
    ballot = matter.election.ballot
    if not matter.debate_closed:
        yield "Ta upp nominering", "nominate", "record-nomination"
        yield "Ny talare", "add-speaker", "add-speaker"
    elif ballot is None:
        yield "Omröstning begärd", "ballot-demand", "record-ballot-demand"
    if ballot is None and matter.matter.election is not None and matter.matter.election.proportional:
        yield "Proportionellt val begärt", "proportional-demand", "record-proportional-demand"
        if demanding_proportional(meeting, matter):
            yield "Proportionellt val återtas", "proportional-withdraw", "withdraw-proportional-demand"
    if ballot is not None and ballot.status == "closed" and ballot.method in _COUNTING:
        dialog, name = _COUNTING[ballot.method]
        yield "För in rösträkningen", dialog, name
    yield "Anteckna jäv", "conflict", "record-conflict"
    if ballot is None or ballot.status == "open":
        yield "Deltar inte i beslutet", "abstention", "record-abstention"


_COUNTING = {"slips": ("count-slips", "enter-count"), "proportional": ("count-groups", "enter-groups")}


def _open(make: Make, label: str, method: str, demanders: int | None) -> Step:
    sub = f"{demanders} har begärt det" if demanders is not None else "Bara i salen"
    return make(label, dialog="open-ballot", name="open-ballot", data={"method": method}, sub=sub)


def open_deferral_ballot(make: Make, *, meeting: Meeting) -> Step:
    """The closed ballot on whether the election is held today, since a division was demanded on it."""
    method = "electronic" if meeting.convened.standing_orders.electronic_ballot else "slips"
    return _open(make, "Öppna sluten omröstning om bordläggning", method, None)


def _needs_order(meeting: Meeting, matter: MatterState) -> bool:
    """Whether the gavel waits for the order in which the substitutes are to serve (KL 6:16)."""
    try:
        service_order(meeting, matter)
    except Refusal:
        return True
    return False


def _order(make: Make) -> Step:
    return make(
        "Bestäm turordningen", dialog="service-order", name="order-substitutes", sub="Innan du klubbar"
    )


def _ballot(make: Make, meeting: Meeting, matter: MatterState, election: Election, ballot: Ballot) -> Step:
    if ballot.status == "open":
        left = len(ballot.voters) - len(ballot.received)
        sub = "När sedlarna är insamlade"
        if ballot.method == "electronic":
            sub = f"{left} har inte lagt valsedel" if left else "Alla har lagt valsedel"
        return make("Stäng valet", CloseBallot(), sub=sub, warns=ballots_missing(ballot))
    if ballot.status == "closed":
        if ballot.method in _COUNTING:
            dialog, name = _COUNTING[ballot.method]
            return make("För in rösträkningen", dialog=dialog, name=name)
        return make("Klubba valet", ConfirmElection(), sub="Rösterna räknas", key="K", grave=True)
    found = result(election, ballot)
    if not found.tied:
        if _needs_order(meeting, matter):
            return _order(make)
        names = listing([one.called for one in found.elected]) or "ingen vald"
        warns = elected_twice(ballot)
        return make(f"Klubba: {names}", ConfirmElection(), sub=_FINAL, key="K", grave=True, warns=warns)
    draw = ballot.draw
    if draw is not None and draw.seal is not None and not draw.numbers:
        return make("Anteckna två tal ur salen", dialog="say-numbers", name="say-numbers")
    names = listing([lot_label(election, ballot, lot) for lot in found.tied])
    return make("Dra lott", DrawLots(), sub=names)
