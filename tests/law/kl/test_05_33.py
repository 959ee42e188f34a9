"""5 kap. 33 §: Ett brådskande ärende får avgöras trots att ärendet inte har beretts, om samtliga
närvarande ledamöter är ense om beslutet.
"""

import pytest

from meeting_server.law.kommunallagen.majorities import MAJORITIES
from meeting_server.law.regime import ASSEMBLY_2018


@pytest.mark.parametrize(
    ("prepared", "agreed", "may"),
    [(True, False, True), (False, True, True), (False, False, False), (True, True, True)],
)
def test_an_unprepared_matter_is_decided_only_if_all_agree(prepared: bool, agreed: bool, may: bool) -> None:
    assert ASSEMBLY_2018.prepared_only(prepared=prepared, agreed=agreed).outcome is may


@pytest.mark.parametrize(
    ("yes", "present", "side"), [(57, 58, "no"), (58, 58, "yes"), (1, 1, "yes"), (0, 0, "no")]
)
def test_every_one_present_is_for_that_very_decision(yes: int, present: int, side: str) -> None:
    ruling = MAJORITIES["unprepared"].side(yes=yes, no=0, present=present)
    assert ruling.outcome == side
    assert ruling.cites.short == "KL 5:33"
