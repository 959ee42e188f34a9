"""5 kap. 28 §: Styrelsen ska alltid ges tillfälle att yttra sig i ett ärende som har beretts av en annan
nämnd eller av en fullmäktigeberedning.

Styrelsen ska lägga fram förslag till beslut i ett ärende, om inte någon annan nämnd eller en
fullmäktigeberedning har gjort det.
"""

import pytest

from meeting_server.law.kommunallagen.preparation import executive_heard, proposal_laid


@pytest.mark.parametrize(
    ("first", "second", "good"), [(True, False, True), (False, True, True), (False, False, False)]
)
def test_the_executive_is_heard_and_somebody_lays_a_proposal(first: bool, second: bool, good: bool) -> None:
    assert executive_heard(by_executive=first, heard=second).outcome is good
    assert proposal_laid(by_executive=first, by_other=second).outcome is good
    assert {executive_heard.force, proposal_laid.force} == {"warn"}
