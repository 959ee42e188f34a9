"""4 kap. 20 §: Varje ledamot i en nämnd får väcka ärenden i nämnden."""

import pytest

from meeting_server.law.kommunallagen.elected_officials import may_raise_in_committee


@pytest.mark.parametrize("serving", [True, False])
def test_a_member_raises_matters_in_the_committee(serving: bool) -> None:
    assert may_raise_in_committee(serving=serving).outcome is serving
