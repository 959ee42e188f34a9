"""4 kap. 22 §: När ersättare tjänstgör har de samma rättigheter som ledamöter."""

import pytest

from meeting_server.law.regime import ASSEMBLY_2018


@pytest.mark.parametrize("serving", [True, False])
def test_a_substitute_has_a_members_rights_exactly_while_serving(serving: bool) -> None:
    assert ASSEMBLY_2018.substitute_rights(serving=serving).outcome is serving
