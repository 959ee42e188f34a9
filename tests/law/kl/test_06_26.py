"""6 kap. 26 §: En nämnd får kalla en ledamot eller en ersättare i fullmäktige, en annan nämnd eller
beredning, en revisor, en anställd hos kommunen eller regionen eller en särskild sakkunnig att närvara
vid ett sammanträde med nämnden för att lämna upplysningar.

Den som har kallats till ett sammanträde får, om nämnden beslutar det, delta i överläggningarna men inte
i besluten.
"""

import pytest

from meeting_server.law.committee_meetings import called_debates


@pytest.mark.parametrize(
    ("called", "decided", "may"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_one_who_is_called_informs_and_debates_only_by_decision(
    called: bool, decided: bool, may: bool
) -> None:
    assert called_debates(called=called, decided=decided).outcome is may
