"""5 kap. 46 §: Om en ledamot enligt 47 eller 48 § är jävig i ett ärende, får fullmäktige handlägga
ärendet, även om antalet deltagande på grund av jävet inte uppgår till det antal som föreskrivs i 45 §.
"""

import pytest

from meeting_server.law.regime import ASSEMBLY_2018


@pytest.mark.parametrize(
    ("present", "disqualified", "may"),
    [(30, 0, False), (30, 1, True), (29, 1, False), (29, 2, True), (31, 0, True)],
)
def test_those_missing_only_for_conflict_are_made_up_for(present: int, disqualified: int, may: bool) -> None:
    ruling = ASSEMBLY_2018.quorum_with_conflict(present=present, disqualified=disqualified, seats=61)
    assert ruling.outcome is may
