"""Those who attend without being members: none votes, one kind proposes, staff must leave some matters."""

import typing

import pytest

from meeting_server.law.attending import ATTENDING, AttendanceRight, may_attend, may_propose


def test_every_right_has_its_row() -> None:
    assert list(ATTENDING) == list(typing.get_args(AttendanceRight))
    assert all(row.swedish and row.speaks for row in ATTENDING.values())


@pytest.mark.parametrize("right", typing.get_args(AttendanceRight))
def test_only_a_full_time_elected_official_moves_proposals(right: AttendanceRight) -> None:
    assert may_propose(right=right).outcome is (right == "councillor")


@pytest.mark.parametrize("right", typing.get_args(AttendanceRight))
@pytest.mark.parametrize("excluded", [True, False])
def test_only_staff_must_leave_and_only_what_14_section_names(
    right: AttendanceRight, *, excluded: bool
) -> None:
    stays = may_attend(right=right, staff_excluded=excluded, authority=False).outcome
    assert stays is not (right == "staff" and excluded)
