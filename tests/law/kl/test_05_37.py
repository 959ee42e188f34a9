"""5 kap. 37 §: Har ett folkinitiativ väckts enligt 8 kap. 2 § ska fullmäktige besluta att folkomröstning
ska hållas, om

1. den fråga som initiativet avser är sådan att fullmäktige kan besluta om den, och

2. inte minst två tredjedelar av de närvarande ledamöterna röstar mot förslaget.

Vid sådan folkomröstning ska 36 § tredje stycket tillämpas.
"""

import pytest

from meeting_server.law.kommunallagen.majorities import MAJORITIES


@pytest.mark.parametrize(
    ("no", "present", "side"),
    [
        (39, 60, "yes"),
        (40, 60, "no"),
        (41, 60, "no"),
        (40, 61, "yes"),
        (41, 61, "no"),
        (99, 149, "yes"),
        (100, 149, "no"),
    ],
)
def test_the_people_have_their_referendum_unless_two_thirds_of_those_present_are_against(
    no: int, present: int, side: str
) -> None:
    assert MAJORITIES["stop_referendum"].side(yes=0, no=no, present=present).outcome == side
