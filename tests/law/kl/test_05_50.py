"""5 kap. 50 §: Ett ärende ska bordläggas eller återremitteras, om det begärs av minst en tredjedel av
de närvarande ledamöterna. Enkel majoritet krävs dock om ärendet tidigare bordlagts eller
återremitterats på begäran av en minoritet.

För bordläggning eller återremiss i fråga om val krävs enkel majoritet. Ett ärende om extra val ska dock
alltid bordläggas första gången det tas upp till behandling.

Motiveringen till ett beslut om återremiss ska bestämmas av de ledamöter som begärt återremittering. Vid
flera motiveringar får ordföranden pröva vilken motivering som biträds av minst en tredjedel av de
närvarande ledamöterna.
"""

import pytest

from meeting_server.law.kommunallagen.majorities import extra_election_deferred
from meeting_server.law.regime import ASSEMBLY_2018


@pytest.mark.parametrize(
    ("requesting", "present", "granted"),
    [
        (19, 58, False),
        (20, 58, True),
        (19, 59, False),
        (20, 59, True),
        (19, 60, False),
        (20, 60, True),
        (21, 60, True),
        (20, 61, False),
        (21, 61, True),
        (33, 101, False),
        (34, 101, True),
        (49, 149, False),
        (50, 149, True),
        (0, 0, False),
    ],
)
def test_a_third_of_those_present_is_enough_and_less_is_not(
    requesting: int, present: int, granted: bool
) -> None:
    ruling = ASSEMBLY_2018.minority_deferral(
        requesting=requesting, present=present, used=False, election=False
    )
    assert ruling.outcome is granted


@pytest.mark.parametrize(("present", "needed"), [(1, 1), (58, 20), (60, 20), (61, 21), (101, 34), (149, 50)])
def test_the_number_needed_is_the_fewest_who_are_a_third(present: int, needed: int) -> None:
    assert ASSEMBLY_2018.minority_needed(present) == needed


@pytest.mark.parametrize(
    ("used", "election", "granted"), [(False, False, True), (True, False, False), (False, True, False)]
)
def test_a_minority_has_its_way_once_and_never_in_elections(
    used: bool, election: bool, granted: bool
) -> None:
    ruling = ASSEMBLY_2018.minority_deferral(requesting=61, present=61, used=used, election=election)
    assert ruling.outcome is granted


@pytest.mark.parametrize("motivation", [True, False])
def test_a_referral_back_needs_the_motivation_of_those_who_ask(motivation: bool) -> None:
    assert ASSEMBLY_2018.referral_motivation(motivation=motivation).outcome is motivation


@pytest.mark.parametrize("first_time", [True, False])
def test_an_extra_election_is_always_deferred_the_first_time(first_time: bool) -> None:
    assert extra_election_deferred(first_time=first_time).outcome is first_time
