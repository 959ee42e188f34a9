"""4 kap. 25 §: En ledamot i fullmäktige eller i en nämnd har rätt att avstå från att delta i en
omröstning eller i ett beslut.

Ordföranden är dock alltid skyldig att rösta, när det behövs för att ärendet ska kunna avgöras.
"""

import pytest

from meeting_server.law.regime import ASSEMBLY_2018, COMMITTEE_2018


@pytest.mark.parametrize("exercise_of_authority", [True, False])
def test_a_member_of_the_assembly_may_always_abstain(exercise_of_authority: bool) -> None:
    assert ASSEMBLY_2018.may_abstain(exercise_of_authority=exercise_of_authority).outcome


@pytest.mark.parametrize("needed", [True, False])
def test_the_chair_must_vote_exactly_when_the_matter_cannot_be_decided_otherwise(needed: bool) -> None:
    for rules in (ASSEMBLY_2018, COMMITTEE_2018):
        assert rules.chair_must_vote(needed=needed).outcome is needed
