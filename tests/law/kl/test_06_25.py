"""6 kap. 25 §: En nämnds sammanträden ska hållas inom stängda dörrar. Nämnden får dock besluta att dess
sammanträden ska vara offentliga, om fullmäktige har medgett det.

Om fullmäktige har medgett det, får nämnden besluta att den eller de som har väckt ett ärende genom
medborgarförslag får närvara när nämnden behandlar ärendet och delta i överläggningar men inte i
besluten.

En nämnds sammanträden ska dock alltid hållas inom stängda dörrar i ärenden

1. som avser myndighetsutövning, eller

2. i vilka det förekommer uppgifter som omfattas av sekretess hos nämnden.
"""

import pytest

from meeting_server.law.committee_meetings import resident_attends
from meeting_server.law.regime import COMMITTEE_2018


@pytest.mark.parametrize(
    ("permitted", "decided", "public"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_a_committee_is_closed_unless_both_say_otherwise(
    permitted: bool, decided: bool, public: bool
) -> None:
    assert COMMITTEE_2018.public_meeting(permitted=permitted, decided=decided).outcome is public


@pytest.mark.parametrize(
    ("authority", "secrecy", "closed"),
    [(True, False, True), (False, True, True), (True, True, True), (False, False, False)],
)
def test_authority_and_secrecy_are_always_behind_closed_doors(
    authority: bool, secrecy: bool, closed: bool
) -> None:
    assert COMMITTEE_2018.always_closed(authority=authority, secrecy=secrecy).outcome is closed


def test_a_committees_doors_need_no_decision_and_stay_closed_when_it_decides() -> None:
    assert COMMITTEE_2018.closed_doors(decided=False, deliberating=False).outcome


@pytest.mark.parametrize(
    ("permitted", "decided", "own", "may"),
    [
        (True, True, True, True),
        (False, True, True, False),
        (True, False, True, False),
        (True, True, False, False),
    ],
)
def test_who_proposed_it_attends_the_own_matter_if_let(
    permitted: bool, decided: bool, own: bool, may: bool
) -> None:
    assert resident_attends(permitted=permitted, decided=decided, own_matter=own).outcome is may
