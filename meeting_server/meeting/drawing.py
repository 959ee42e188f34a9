"""Deciding and evolving the drawing of lots: a number sealed, numbers said, the seal broken (KL 5:56)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from meeting_server.law import lots as arithmetic
from meeting_server.meeting.actors import Actor
from meeting_server.meeting.ballot_changes import ballot_of, with_ballot
from meeting_server.meeting.counting import is_counted, rules_of
from meeting_server.meeting.election_state import Ballot, Draw
from meeting_server.meeting.elections import (
    DrawAsked,
    DrawLots,
    DrawRevealed,
    DrawSealed,
    NumbersSaid,
    RevealDraw,
    SayNumbers,
    SealDraw,
)
from meeting_server.meeting.grounds import able_chair, person_on_roster
from meeting_server.meeting.nominating import electing
from meeting_server.meeting.outcome import Event, Refusal
from meeting_server.meeting.result import lot_label, result
from meeting_server.meeting.state import Meeting
from meeting_server.meeting.words import DrawId

LARGEST = 999
"""The largest number to say aloud: three digits can be added in the head."""


def decide_draw(meeting: Meeting, command: DrawLots, actor: Actor) -> list[Event]:
    """When the ballot is counted and ends in a tie; one place at a time."""
    del command, actor
    matter, election = electing(meeting)
    able_chair(meeting)
    ballot = election.ballot
    tied = result(election, ballot).tied if ballot is not None and ballot.status == "counted" else ()
    if ballot is None or not tied:
        raise _refusal("no-tie", "Röstetalen är inte lika. Ingen lott ska dras.", "Ingen lott ska dras")
    if ballot.draw is not None:
        raise _refusal("draw-going-on", "Lottningen pågår redan.", "Lottningen pågår")
    by_label = {lot_label(election, ballot, lot): lot for lot in tied}
    in_order = tuple(by_label[label] for label in arithmetic.lots(by_label))
    is_election = matter.matter.kind == "election"
    ruling = rules_of(meeting).drawing_of_lots(election=is_election, employment=not is_election)
    return [DrawAsked(f"{ballot.id}-l{len(ballot.draws) + 1}", ballot.id, in_order, (ruling.record(),))]


def decide_seal(meeting: Meeting, command: SealDraw, actor: Actor) -> list[Event]:
    """Once, before any number is said."""
    del actor
    _ballot, draw = _going_on(meeting)
    if draw.id != command.draw or draw.seal is not None:
        raise _refusal("already-sealed", "Systemets tal är redan förseglat.", "Redan förseglat")
    return [DrawSealed(draw.id, command.seal)]


def decide_say(meeting: Meeting, command: SayNumbers, actor: Actor) -> list[Event]:
    """Two different members of the hall, after the seal has been shown."""
    del actor
    _ballot, draw = _going_on(meeting)
    if draw.seal is None:
        raise _refusal("not-sealed", "Systemets tal är inte förseglat än.", "Inte förseglat än")
    if draw.numbers:
        raise _refusal("already-said", "De två talen är redan sagda.", "Talen är redan sagda")
    people = {said.person for said in command.numbers}
    for person in people:
        person_on_roster(meeting, person)
    present = all(is_counted(meeting, person) for person in people)
    if len(command.numbers) != 2 or len(people) != 2 or not present:
        raise _refusal(
            "two-must-say", "Två olika ledamöter som är närvarande ska säga var sitt tal.", "Två ska säga tal"
        )
    if not all(0 <= said.number <= LARGEST for said in command.numbers):
        raise _refusal(
            "number-too-large", f"Talen ska vara mellan 0 och {LARGEST}.", f"Talen ska vara 0–{LARGEST}"
        )
    return [NumbersSaid(draw.id, command.numbers)]


def decide_reveal(meeting: Meeting, command: RevealDraw, actor: Actor) -> list[Event]:
    """The number the seal was set on, and no other."""
    del actor
    _ballot, draw = _going_on(meeting)
    if draw.id != command.draw or not draw.numbers or draw.seal is None:
        raise _refusal("not-said", "De två talen är inte sagda än.", "Inga tal är sagda")
    if not arithmetic.opens(draw.seal, command.secret, command.nonce):
        raise _refusal(
            "seal-mismatch",
            "Talet stämmer inte med förseglingen och lotten gäller inte. Gör om omröstningen.",
            "Förseglingen stämmer inte",
        )
    total = arithmetic.total(command.secret, (said.number for said in draw.numbers))
    return [DrawRevealed(draw.id, command.secret, command.nonce, total, arithmetic.drawn(draw.lots, total))]


def _going_on(meeting: Meeting) -> tuple[Ballot, Draw]:
    _matter, election = electing(meeting)
    ballot = election.ballot
    if ballot is None or ballot.draw is None:
        raise _refusal("no-draw", "Ingen lottning pågår.", "Ingen lottning pågår")
    return ballot, ballot.draw


def _refusal(code: str, because: str, short: str) -> Refusal:
    return Refusal(code, "KL 5:56", because, short)


def _with_draw(meeting: Meeting, draw_id: DrawId, **changes: object) -> Meeting:
    ballot = ballot_of(meeting, draw_id.rpartition("-")[0])
    changed = tuple(
        replace(d, **changes) if d.id == draw_id else d  # type: ignore[arg-type]
        for d in ballot.draws
    )
    return with_ballot(meeting, ballot.id, draws=changed)


def draw_asked(meeting: Meeting, event: DrawAsked, at: datetime) -> Meeting:
    """Lots shall decide."""
    before = ballot_of(meeting, event.ballot).draws
    return with_ballot(meeting, event.ballot, draws=(*before, Draw(event.draw, event.lots, at)))


def draw_sealed(meeting: Meeting, event: DrawSealed, at: datetime) -> Meeting:
    """The machine is bound."""
    return _with_draw(meeting, event.draw, seal=event.seal, sealed_at=at)


def numbers_said(meeting: Meeting, event: NumbersSaid, at: datetime) -> Meeting:
    """Said."""
    return _with_draw(meeting, event.draw, numbers=event.numbers, said_at=at)


def draw_revealed(meeting: Meeting, event: DrawRevealed, at: datetime) -> Meeting:
    """Drawn."""
    return _with_draw(
        meeting,
        event.draw,
        secret=event.secret,
        nonce=event.nonce,
        total=event.total,
        drawn=event.drawn,
        revealed_at=at,
    )
