"""5 kap. 17 §: Om en ledamot är förhindrad att inställa sig till ett sammanträde eller att fortsätta
delta i ett sammanträde, ska en ersättare tjänstgöra i ledamotens ställe.
"""

import pytest

from meeting_server.law.regime import ASSEMBLY_2018


@pytest.mark.parametrize("hindered", [True, False])
def test_a_substitute_serves_exactly_when_the_member_is_hindered(hindered: bool) -> None:
    assert ASSEMBLY_2018.substitute_serves(hindered=hindered).outcome is hindered
