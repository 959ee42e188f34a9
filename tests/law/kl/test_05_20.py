"""5 kap. 20 §: En ledamot som har avbrutit tjänstgöringen vid ett sammanträde på grund av något annat
hinder än jäv får därefter under samma dag inte tjänstgöra vid sammanträdet.
"""

import pytest

from meeting_server.law.regime import ASSEMBLY_2018


@pytest.mark.parametrize(
    ("interrupted", "for_conflict", "same_day", "may"),
    [
        (True, False, True, False),
        (False, False, True, True),
        (True, True, True, True),
        (True, False, False, True),
    ],
)
@pytest.mark.parametrize("local_rule", [True, False])
def test_one_who_interrupts_service_is_out_for_the_day_unless_it_was_for_conflict(
    interrupted: bool, for_conflict: bool, same_day: bool, may: bool, local_rule: bool
) -> None:
    ruling = ASSEMBLY_2018.may_return(
        interrupted=interrupted, for_conflict=for_conflict, same_day=same_day, local_rule=local_rule
    )
    assert ruling.outcome is may
