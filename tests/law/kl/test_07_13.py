"""7 kap. 13 §: Personalföreträdarna har rätt att närvara vid en nämnds behandling av ärenden som rör
förhållandet mellan kommunen eller regionen som arbetsgivare och dess anställda. Nämnden får i enskilda
fall besluta att personalföreträdarna får närvara även vid behandlingen av andra ärenden.
"""

import pytest

from meeting_server.law.staff import staff_matter


@pytest.mark.parametrize(
    ("employer", "decided", "may"), [(True, False, True), (False, True, True), (False, False, False)]
)
def test_the_staff_attends_what_concerns_it_and_what_it_is_let_attend(
    employer: bool, decided: bool, may: bool
) -> None:
    assert staff_matter(employer=employer, decided=decided).outcome is may
