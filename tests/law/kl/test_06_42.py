"""6 kap. 42 §: En nämnd ska välja utskott bland ledamöterna och ersättarna i nämnden. Bestämmelserna i
lagen (2022:629) om proportionella val i kommuner och regioner ska då tillämpas.
"""

import pytest

from meeting_server.law.proportional_act import working_committee_proportional


@pytest.mark.parametrize(("subject", "may"), [("working_committee", True), ("presidium", False)])
def test_a_committee_elects_its_working_committee_proportionally(subject: str, may: bool) -> None:
    assert working_committee_proportional(subject=subject).outcome is may
