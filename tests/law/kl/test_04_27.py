"""4 kap. 27 §: En förtroendevald som har deltagit i avgörandet av ett ärende får reservera sig mot
beslutet. Reservationen ska anmälas innan sammanträdet avslutas.
"""

import pytest

from meeting_server.law.regime import ASSEMBLY_2018, COMMITTEE_2018


@pytest.mark.parametrize(
    ("took_part", "closed", "may"),
    [(True, False, True), (True, True, False), (False, False, False), (False, True, False)],
)
def test_those_who_took_part_may_reserve_until_the_meeting_is_closed(
    took_part: bool, closed: bool, may: bool
) -> None:
    for rules in (ASSEMBLY_2018, COMMITTEE_2018):
        assert rules.may_reserve(took_part=took_part, closed=closed).outcome is may
