"""4 kap. 26 §: En ledamot i en nämnd som deltar i handläggningen av ett ärende ska delta i avgörandet
av ärendet, om ärendet avser myndighetsutövning mot någon enskild. Detta innebär ingen skyldighet att
rösta för fler än ett förslag.
"""

import pytest

from meeting_server.law.regime import COMMITTEE_2018


@pytest.mark.parametrize(("exercise_of_authority", "may"), [(False, True), (True, False)])
def test_a_committee_member_may_not_abstain_where_authority_is_exercised(
    exercise_of_authority: bool, may: bool
) -> None:
    assert COMMITTEE_2018.may_abstain(exercise_of_authority=exercise_of_authority).outcome is may
