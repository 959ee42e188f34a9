"""7 kap. 12 §: Personalföreträdare får, i den omfattning som anges i 13–16 §§, närvara vid sammanträden med
andra nämnder än styrelsen.

Närvarorätt saknas dock vid revisorernas sammanträden, i patientnämnder, valnämnder och
överförmyndarnämnder.
"""

import pytest

from meeting_server.law.staff import CLOSED_TO_STAFF, staff_admitted


@pytest.mark.parametrize("body", sorted(CLOSED_TO_STAFF))
def test_some_bodies_the_staff_never_attends(body: str) -> None:
    assert not staff_admitted(body=body).outcome


def test_the_staff_attends_other_committees() -> None:
    assert staff_admitted(body="schools").outcome
