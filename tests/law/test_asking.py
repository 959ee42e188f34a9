"""Interpellations, questions and motions: what may be put, who debates it, how long it waits."""

from datetime import date

import pytest

from meeting_server.law.asking import (
    decided_in_time,
    last_day_of_year,
    may_be_answered,
    may_be_debated,
    may_debate_question,
)


@pytest.mark.parametrize(("permitted", "may"), [(True, True), (False, False), (None, False)])
def test_it_is_debated_only_once_it_is_let_be_put(permitted: bool | None, *, may: bool) -> None:
    assert may_be_debated(permitted=permitted).outcome is may


@pytest.mark.parametrize(("person", "may"), [("a", True), ("b", True), ("c", False)])
def test_two_debate_a_question(person: str, *, may: bool) -> None:
    assert may_debate_question(person=person, asks="a", answers="b").outcome is may


@pytest.mark.parametrize(
    ("present", "decided", "may"), [(30, False, False), (31, False, True), (30, True, True)]
)
def test_quorum_for_an_answer(present: int, *, decided: bool, may: bool) -> None:
    assert may_be_answered(present=present, seats=61, decided=decided).outcome is may


@pytest.mark.parametrize(
    ("on", "in_time"), [("2026-11-23", True), ("2026-11-24", True), ("2026-11-25", False)]
)
def test_a_motion_is_decided_within_the_year(on: str, *, in_time: bool) -> None:
    assert decided_in_time(raised_on="2025-11-24", on=on).outcome is in_time


def test_the_year_of_a_leap_day_ends_on_the_last_of_february() -> None:
    assert last_day_of_year(date(2024, 2, 29)) == date(2025, 2, 28)
