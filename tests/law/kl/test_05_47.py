"""5 kap. 47 §: En ledamot får inte delta i handläggningen av ett ärende som personligen rör ledamoten
själv, ledamotens make, sambo, förälder, barn eller syskon eller någon annan närstående.

I fråga om jäv för ledamöter ska 6 kap. 30 § andra och tredje styckena tillämpas. Vid fullmäktiges
beslut i fråga om jäv gäller 6 kap. 32 §. Vad som sägs om nämnd i dessa bestämmelser ska i stället gälla
fullmäktige.
"""

import pytest

from meeting_server.law.regime import ASSEMBLY_2018


@pytest.mark.parametrize("concerned", [True, False])
def test_whether_a_matter_concerns_a_member_is_answered_by_a_person(concerned: bool) -> None:
    assert ASSEMBLY_2018.disqualified(concerned=concerned).outcome is concerned
    assert ASSEMBLY_2018.disqualified.kind == "judgement"
    assert ASSEMBLY_2018.disqualified.question


def test_the_disqualified_take_no_part_but_may_watch_a_public_meeting() -> None:
    assert ASSEMBLY_2018.conflict_presence().outcome == "may_watch"


@pytest.mark.parametrize(
    ("quorate", "other", "may"),
    [(True, True, False), (True, False, False), (False, True, False), (False, False, True)],
)
def test_the_one_concerned_tests_the_own_conflict_only_if_nobody_else_can(
    quorate: bool, other: bool, may: bool
) -> None:
    ruling = ASSEMBLY_2018.tests_own_conflict(quorate_without=quorate, other_available=other)
    assert ruling.outcome is may
    assert ruling.cites.short == "KL 5:47"
