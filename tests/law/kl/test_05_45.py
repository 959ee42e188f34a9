"""5 kap. 45 §: Fullmäktige får handlägga ett ärende bara om mer än hälften av ledamöterna är
närvarande. Fullmäktige får dock bestämma att interpellationer och frågor får besvaras även om färre
ledamöter är närvarande.
"""

import pytest

from meeting_server.law.asking import may_be_answered
from meeting_server.law.regime import ASSEMBLY_2018


@pytest.mark.parametrize(
    ("present", "seats", "quorate"),
    [
        (30, 61, False),
        (31, 61, True),
        (32, 61, True),
        (58, 61, True),
        (30, 60, False),
        (31, 60, True),
        (50, 101, False),
        (51, 101, True),
        (74, 149, False),
        (75, 149, True),
        (76, 149, True),
        (10, 21, False),
        (11, 21, True),
        (0, 61, False),
    ],
)
def test_more_than_half_of_the_seats_must_be_present(present: int, seats: int, quorate: bool) -> None:
    assert ASSEMBLY_2018.quorum(present=present, seats=seats).outcome is quorate


@pytest.mark.parametrize(("seats", "needed"), [(13, 7), (21, 11), (60, 31), (61, 31), (101, 51), (149, 75)])
def test_the_number_needed_is_the_fewest_with_whom_there_is_quorum(seats: int, needed: int) -> None:
    assert ASSEMBLY_2018.quorum_needed(seats) == needed
    assert ASSEMBLY_2018.quorum(present=needed, seats=seats).outcome
    assert not ASSEMBLY_2018.quorum(present=needed - 1, seats=seats).outcome


def test_the_ruling_explains_itself() -> None:
    ruling = ASSEMBLY_2018.quorum(present=30, seats=61).record()
    assert (ruling.code, ruling.cites, ruling.facts, ruling.outcome) == (
        "quorum",
        "KL 5:45",
        {"present": 30, "seats": 61},
        False,
    )


@pytest.mark.parametrize(
    ("present", "decided", "may"),
    [(30, False, False), (31, False, True), (32, False, True), (30, True, True)],
)
def test_answers_may_be_given_before_fewer_if_the_assembly_has_said_so(
    present: int, decided: bool, may: bool
) -> None:
    assert may_be_answered(present=present, seats=61, decided=decided).outcome is may
