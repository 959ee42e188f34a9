"""5 kap. 39 §: En förtroendevald som anges i 4 kap. 2 § första stycket och som inte är ledamot i
fullmäktige har rätt att närvara vid fullmäktiges sammanträden. Sådan förtroendevald får delta i
överläggningar och framställa förslag men inte delta i besluten.
"""

import pytest

from meeting_server.law.attending import AttendanceRight, may_propose


@pytest.mark.parametrize(("right", "may"), [("councillor", True), ("named", False), ("auditor", False)])
def test_a_councillor_who_is_no_member_proposes_and_nobody_else_does(
    right: AttendanceRight, may: bool
) -> None:
    assert may_propose(right=right).outcome is may
