"""9 kap. 24 §: Ledamöter och ersättare väljs av fullmäktige i de samverkande kommunerna och regionerna. Var
och en av de samverkande kommunerna och regionerna ska vara representerade i den gemensamma nämnden med
minst en ledamot och en ersättare. Antalet ersättare ska vara lika många som antalet ledamöter.
"""

import pytest

from meeting_server.law.sizes import joint_substitutes


@pytest.mark.parametrize(("substitutes", "good"), [(8, False), (9, True), (10, False)])
def test_a_joint_committee_has_as_many_substitutes_as_members(substitutes: int, good: bool) -> None:
    assert joint_substitutes(members=9, substitutes=substitutes).outcome is good
