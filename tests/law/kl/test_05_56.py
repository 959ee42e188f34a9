"""5 kap. 56 §: Vid lika röstetal har ordföranden utslagsröst.

I ärenden som avser val eller anställning av personal fattas beslutet dock genom lottning.
"""

import pytest

from meeting_server.law.kommunallagen.deciding import Casting, ChairVote
from meeting_server.law.regime import ASSEMBLY_2018


@pytest.mark.parametrize(
    ("yes", "no", "chair_vote", "casting"),
    [
        (6, 7, "yes", "not_needed"),
        (7, 6, None, "not_needed"),
        (6, 6, "yes", "yes"),
        (6, 6, "no", "no"),
        (6, 6, "abstain", "awaited"),
        (6, 6, None, "awaited"),
    ],
)
def test_at_a_tie_the_chair_decides_and_nowhere_else(
    yes: int, no: int, chair_vote: ChairVote, casting: Casting
) -> None:
    assert ASSEMBLY_2018.casting_vote(yes=yes, no=no, chair_vote=chair_vote).outcome == casting


@pytest.mark.parametrize(
    ("election", "employment", "lots"), [(False, False, False), (True, False, True), (False, True, True)]
)
def test_elections_and_employment_are_settled_by_lot(election: bool, employment: bool, lots: bool) -> None:
    assert ASSEMBLY_2018.drawing_of_lots(election=election, employment=employment).outcome is lots
