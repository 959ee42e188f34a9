"""5 kap. 52 §: Ordföranden ska se till att bara sådana ärenden avgörs som har tillkännagetts enligt 13
eller 14 §.

Ett brådskande ärende får dock avgöras om samtliga närvarande ledamöter beslutar det.
"""

import pytest

from meeting_server.law.kommunallagen.majorities import MAJORITIES
from meeting_server.law.regime import ASSEMBLY_2018


@pytest.mark.parametrize(
    ("announced", "unanimous", "may"),
    [(True, False, True), (False, True, True), (False, False, False), (True, True, True)],
)
def test_only_announced_matters_are_decided_unless_all_present_say_so(
    announced: bool, unanimous: bool, may: bool
) -> None:
    assert ASSEMBLY_2018.announced_only(announced=announced, unanimous=unanimous).outcome is may


@pytest.mark.parametrize(
    ("yes", "no", "present", "side"),
    [(57, 1, 58, "no"), (57, 0, 58, "no"), (58, 0, 58, "yes"), (0, 0, 0, "no")],
)
def test_one_who_is_against_or_abstains_keeps_an_unannounced_matter_off(
    yes: int, no: int, present: int, side: str
) -> None:
    ruling = MAJORITIES["unannounced"].side(yes=yes, no=no, present=present)
    assert ruling.outcome == side
    assert ruling.cites.short == "KL 5:52"
