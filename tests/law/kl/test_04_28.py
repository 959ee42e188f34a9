"""4 kap. 28 §: Fullmäktige får besluta att en förtroendevald som inte är ledamot eller ersättare i en viss
nämnd ska få närvara vid nämndens sammanträden och delta i överläggningar men inte i besluten.

Beslutet får även innefatta att den förtroendevalde ska ha rätt att få sin mening antecknad i
protokollet.
"""

import pytest

from meeting_server.law.kommunallagen.elected_officials import may_have_minuted


@pytest.mark.parametrize("granted", [True, False])
def test_an_opinion_is_minuted_of_right_only_where_granted_and_otherwise_nothing_is_refused(
    granted: bool,
) -> None:
    assert may_have_minuted(granted=granted).outcome is granted
    assert may_have_minuted.force == "warn"
