"""6 kap. 22 §: Fullmäktige bestämmer vem som ska fullgöra ordförandens uppgifter när varken ordföranden
eller en vice ordförande kan tjänstgöra.
"""

import pytest

from meeting_server.law.regime import COMMITTEE_2018


@pytest.mark.parametrize(
    ("vice_chair", "in_turn", "elected", "fit"),
    [
        (True, False, False, True),
        (False, True, False, True),
        (False, False, True, True),
        (False, False, False, False),
    ],
)
def test_a_vice_chair_the_one_in_turn_or_one_elected_presides_and_others_are_warned_of(
    vice_chair: bool, in_turn: bool, elected: bool, fit: bool
) -> None:
    rule = COMMITTEE_2018.acting_chair
    assert rule(vice_chair=vice_chair, in_turn=in_turn, elected=elected).outcome is fit
    assert rule.force == "warn"
