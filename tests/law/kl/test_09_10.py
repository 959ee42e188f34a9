"""9 kap. 10 §: I kommunalförbund med förbundsdirektion ska det sammanträde vid vilket budgeten fastställs
vara offentligt. Sammanträdet ska tillkännages på kommunalförbundets anslagstavla minst en vecka före
sammanträdesdagen.
"""

import pytest

from meeting_server.law.notice_days import budget_in_public


@pytest.mark.parametrize(
    ("sets", "announced", "place", "may"),
    [
        (False, False, False, True),
        (True, True, True, True),
        (True, False, True, False),
        (True, True, False, False),
    ],
)
def test_a_directorates_budget_is_set_announced_and_in_public(
    sets: bool, announced: bool, place: bool, may: bool
) -> None:
    assert budget_in_public(sets_budget=sets, announced=announced, place=place).outcome is may
