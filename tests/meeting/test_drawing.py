"""Lots: asked for at a tie, sealed before numbers are said, broken after, recomputed by anybody."""

from __future__ import annotations

import hashlib

from meeting_server.law.lots import commitment
from meeting_server.meeting import elections as el
from meeting_server.meeting.actors import SYSTEM
from meeting_server.meeting.election_state import SaidNumber
from tests.meeting.electing import NONCE, ballot, counted, drawn, now

SAID = (SaidNumber("m2", 4), SaidNumber("m3", 7))
SEAL = commitment(583217, NONCE)


def test_a_tie_is_settled_by_lot_and_the_sum_can_be_redone_from_the_log() -> None:
    held = counted(2, 2, blank=1)
    assert held.refusal(el.ConfirmElection()).code == "tie"
    drawn(held)
    draw = ballot(held).draws[0]
    assert (draw.lots, draw.total, draw.drawn) == (("m1-n1", "m1-n2"), 583228, "m1-n2")
    assert hashlib.sha256(f"{draw.secret}:{draw.nonce}".encode()).hexdigest() == draw.seal
    held.give(el.ConfirmElection())
    assert held.meeting.matters["m1"].outcome_text == "Bo (A) väljs."
    assert now(held).how == "lots"
    assert now(held).elected[0].by_lot


def test_no_lot_is_drawn_without_a_tie_or_before_the_count() -> None:
    assert counted(3, 2).refusal(el.DrawLots()).code == "no-tie"
    held = counted(3, 2)
    held.give(el.VoidBallot("Fel"))
    assert held.refusal(el.DrawLots()).code == "no-tie"
    assert held.refusal(el.SealDraw("m1-b1-l1", SEAL), SYSTEM).code == "no-draw"


def test_every_step_of_the_drawing_comes_once_and_in_its_order() -> None:
    held = counted(2, 2)
    held.give(el.DrawLots())
    assert held.refusal(el.DrawLots()).code == "draw-going-on"
    assert held.refusal(el.SayNumbers(SAID)).code == "not-sealed"
    assert held.refusal(el.SealDraw("m1-b1-l9", SEAL), SYSTEM).code == "already-sealed"
    held.give(el.SealDraw("m1-b1-l1", SEAL), SYSTEM)
    assert held.refusal(el.SealDraw("m1-b1-l1", SEAL), SYSTEM).code == "already-sealed"
    assert held.refusal(el.RevealDraw("m1-b1-l1", 583217, NONCE), SYSTEM).code == "not-said"
    held.give(el.SayNumbers(SAID))
    assert held.refusal(el.SayNumbers(SAID)).code == "already-said"
    assert held.refusal(el.RevealDraw("m1-b1-l1", 583218, NONCE), SYSTEM).code == "seal-mismatch"
    held.give(el.RevealDraw("m1-b1-l1", 583217, NONCE), SYSTEM)


def test_two_different_members_each_say_a_number_of_three_digits_at_most() -> None:
    held = counted(2, 2)
    held.give(el.DrawLots())
    held.give(el.SealDraw("m1-b1-l1", SEAL), SYSTEM)
    assert held.refusal(el.SayNumbers(SAID[:1])).code == "two-must-say"
    assert held.refusal(el.SayNumbers((SAID[0], SaidNumber("m2", 5)))).code == "two-must-say"
    assert held.refusal(el.SayNumbers((SAID[0], SaidNumber("sara", 5)))).code == "two-must-say"
    assert held.refusal(el.SayNumbers((SAID[0], SaidNumber("nobody", 5)))).code == "not-on-roster"
    assert held.refusal(el.SayNumbers((SAID[0], SaidNumber("m3", 1000)))).code == "number-too-large"
    held.give(el.SayNumbers((SaidNumber("m2", 0), SaidNumber("m3", 999))))


def test_one_place_at_a_time_is_drawn() -> None:
    held = counted(2, 2, 2, places=2)
    drawn(held)
    assert held.refusal(el.ConfirmElection()).code == "tie"
    drawn(held)
    held.give(el.ConfirmElection())
    assert len(now(held).elected) == 2
    assert len(ballot(held).draws) == 2
