"""5 kap. 19 §: En ledamot som inställer sig under ett pågående sammanträde eller till ett fortsatt
sammanträde har rätt att tjänstgöra även om en ersättare har trätt in i ledamotens ställe.
"""

import pytest

from meeting_server.law.regime import ASSEMBLY_2018


@pytest.mark.parametrize("substitute_in", [True, False])
def test_a_member_who_comes_late_may_serve_also_when_a_substitute_has_the_seat(substitute_in: bool) -> None:
    assert ASSEMBLY_2018.late_member_serves(substitute_in=substitute_in).outcome
