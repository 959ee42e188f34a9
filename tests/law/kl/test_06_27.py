"""6 kap. 27 §: En nämnd får handlägga ärenden endast om fler än hälften av ledamöterna är närvarande."""

import pytest

from meeting_server.law.regime import COMMITTEE_2018

ROWS = [
    (6, 13, False),
    (7, 13, True),
    (8, 13, True),
    (6, 12, False),
    (7, 12, True),
    (5, 11, False),
    (6, 11, True),
]


@pytest.mark.parametrize(("present", "seats", "quorate"), ROWS)
def test_more_than_half_of_the_seats_must_be_present(present: int, seats: int, quorate: bool) -> None:
    assert COMMITTEE_2018.quorum(present=present, seats=seats).outcome is quorate


@pytest.mark.parametrize(("present", "seats", "quorate"), ROWS)
def test_those_missing_for_conflict_are_not_made_up_for(present: int, seats: int, quorate: bool) -> None:
    ruling = COMMITTEE_2018.quorum_with_conflict(present=present, disqualified=5, seats=seats)
    assert ruling.outcome is quorate
