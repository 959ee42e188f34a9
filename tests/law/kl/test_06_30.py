"""6 kap. 30 §: En förtroendevald som är jävig i ett ärende hos en nämnd får inte delta eller närvara
vid handläggningen av ärendet. Den förtroendevalde får dock vidta åtgärder som inte någon annan kan
utföra utan att handläggningen försenas avsevärt.

Den som känner till en omständighet som kan antas utgöra jäv mot honom eller henne ska självmant uppge
det.

Har det uppkommit en fråga om jäv mot en förtroendevald och har någon annan inte trätt i dennes ställe,
ska nämnden snarast besluta i jävsfrågan. Den som jävet gäller får delta i prövningen av jävsfrågan
endast om nämnden annars inte är beslutsför och någon annan inte kan tillkallas utan olägligt uppskov.
"""

import pytest

from meeting_server.law.regime import COMMITTEE_2018


def test_the_disqualified_leave_a_committee() -> None:
    ruling = COMMITTEE_2018.conflict_presence()
    assert ruling.outcome == "leaves"
    assert ruling.record().cites == "KL 6:30 st. 1"


@pytest.mark.parametrize(
    ("quorate", "other", "may"),
    [(True, True, False), (True, False, False), (False, True, False), (False, False, True)],
)
def test_the_one_concerned_tests_the_own_conflict_only_if_nobody_else_can(
    quorate: bool, other: bool, may: bool
) -> None:
    ruling = COMMITTEE_2018.tests_own_conflict(quorate_without=quorate, other_available=other)
    assert ruling.outcome is may
