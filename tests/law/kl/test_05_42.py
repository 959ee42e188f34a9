"""5 kap. 42 §: Fullmäktiges sammanträden är offentliga.

Fullmäktige får dock besluta att överläggningen i ett visst ärende ska hållas inom stängda dörrar.
Ersättarna får närvara vid en sådan överläggning, även när de inte tjänstgör.
"""

import pytest

from meeting_server.law.kommunallagen.publicity import decided_in_public
from meeting_server.law.regime import ASSEMBLY_2018


@pytest.mark.parametrize("permitted", [True, False])
@pytest.mark.parametrize("decided", [True, False])
def test_the_assembly_meets_in_public_whatever_is_decided(permitted: bool, decided: bool) -> None:
    assert ASSEMBLY_2018.public_meeting(permitted=permitted, decided=decided).outcome


def test_nothing_in_the_assembly_is_closed_by_itself() -> None:
    assert not ASSEMBLY_2018.always_closed(authority=True, secrecy=True).outcome


@pytest.mark.parametrize(
    ("decided", "deliberating", "closed"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_the_doors_close_by_decision_and_open_when_the_debate_is_over(
    decided: bool, deliberating: bool, closed: bool
) -> None:
    assert ASSEMBLY_2018.closed_doors(decided=decided, deliberating=deliberating).outcome is closed


@pytest.mark.parametrize(
    ("member", "substitute", "permitted", "disqualified", "stays"),
    [
        (True, False, False, False, True),
        (False, True, False, False, True),
        (False, False, True, False, True),
        (False, False, False, False, False),
        (True, False, False, True, False),
        (False, True, False, True, False),
    ],
)
def test_members_and_substitutes_stay_behind_closed_doors_and_the_disqualified_leave(
    member: bool, substitute: bool, permitted: bool, disqualified: bool, stays: bool
) -> None:
    ruling = ASSEMBLY_2018.stays_behind_closed_doors(
        member=member, substitute=substitute, permitted=permitted, disqualified=disqualified
    )
    assert ruling.outcome is stays


@pytest.mark.parametrize("closed", [True, False])
def test_a_decision_behind_closed_doors_is_warned_of_and_not_stopped(closed: bool) -> None:
    assert decided_in_public(doors_closed=closed).outcome is not closed
    assert decided_in_public.force == "warn"
