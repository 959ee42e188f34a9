"""4 kap. 24 §: Varje ledamot i fullmäktige eller i en nämnd har en röst."""

import pytest

from meeting_server.law.regime import ASSEMBLY_2018


@pytest.mark.parametrize(("votes", "lawful"), [(0, True), (1, True), (2, False)])
def test_a_member_has_one_vote_and_no_more(votes: int, lawful: bool) -> None:
    assert ASSEMBLY_2018.one_vote(votes=votes).outcome is lawful
