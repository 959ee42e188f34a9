"""3 § lagen (2022:629) om proportionella val: Ersättare väljs proportionellt bara om ledamöterna har valts
så (återgivet, ej lagens ord).
"""

import pytest

from meeting_server.law.proportional_act import substitutes_proportional


@pytest.mark.parametrize("members", [True, False])
def test_substitutes_are_elected_as_the_members_were(members: bool) -> None:
    assert substitutes_proportional(members_proportional=members).outcome is members
