"""7 kap. 15 §: Personalföreträdarna har rätt att delta i nämndens överläggningar men inte i besluten."""

import pytest

from meeting_server.law.staff import staff_debates


@pytest.mark.parametrize("attending", [True, False])
def test_the_staff_debates_where_it_attends(attending: bool) -> None:
    assert staff_debates(attending=attending).outcome is attending
