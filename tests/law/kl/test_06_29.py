"""6 kap. 29 §: Om det är uppenbart att frågan om opartiskhet saknar betydelse, ska nämnden bortse från
jäv.
"""

import pytest

from meeting_server.law.regime import ASSEMBLY_2018, COMMITTEE_2018


@pytest.mark.parametrize("unimportant", [True, False])
def test_a_committee_overlooks_what_obviously_does_not_matter(unimportant: bool) -> None:
    assert COMMITTEE_2018.conflict_overlooked(obviously_unimportant=unimportant).outcome is unimportant
    assert not ASSEMBLY_2018.conflict_overlooked(obviously_unimportant=unimportant).outcome
