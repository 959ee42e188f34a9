"""7 kap. 10 §: Företrädare för de anställda (personalföreträdare) utses särskilt för varje nämnd bland de
anställda, i första hand bland dem som är anställda inom nämndens verksamhetsområde.

Högst tre personalföreträdare och en ersättare för var och en av dem får finnas för varje nämnd.
"""

import pytest

from meeting_server.law.sizes import staff_number


@pytest.mark.parametrize(
    ("representatives", "substitutes", "allowed"),
    [(2, 2, True), (3, 3, True), (4, 3, False), (3, 4, False), (2, 3, False)],
)
def test_three_represent_the_staff_with_a_substitute_each(
    representatives: int, substitutes: int, allowed: bool
) -> None:
    assert staff_number(representatives=representatives, substitutes=substitutes).outcome is allowed
