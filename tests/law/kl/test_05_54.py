"""5 kap. 54 §: Om omröstning begärs, ska den ske öppet utom i ärenden som avser val eller anställning
av personal.
"""

import pytest

from meeting_server.law.regime import ASSEMBLY_2018


@pytest.mark.parametrize(
    ("election", "employment", "is_open"),
    [(False, False, True), (True, False, False), (False, True, False), (True, True, False)],
)
def test_a_division_is_open_except_on_elections_and_employment(
    election: bool, employment: bool, is_open: bool
) -> None:
    assert ASSEMBLY_2018.open_division(election=election, employment=employment).outcome is is_open
