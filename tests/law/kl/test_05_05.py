"""5 kap. 5 §: Fullmäktige bestämmer hur många ledamöter som fullmäktige ska ha.

Antalet ska bestämmas till ett udda tal och till minst

1. 21 i kommuner med högst 8 000 röstberättigade,

2. 31 i kommuner med över 8 000 röstberättigade och i regioner med högst 140 000 röstberättigade,

3. 41 i kommuner med över 16 000 röstberättigade,

4. 51 i kommuner med över 24 000 röstberättigade och i regioner med över 140 000 röstberättigade,

5. 61 i kommuner med över 36 000 röstberättigade,

6. 71 i regioner med över 200 000 röstberättigade, och

7. 101 i kommuner med över 600 000 röstberättigade och i regioner med över 300 000 röstberättigade.
"""

import pytest

from meeting_server.law.sizes import seats_allowed, seats_needed


@pytest.mark.parametrize(
    ("electors", "fewest"),
    [
        (0, 21),
        (8_000, 21),
        (8_001, 31),
        (16_000, 31),
        (16_001, 41),
        (24_000, 41),
        (24_001, 51),
        (36_000, 51),
        (36_001, 61),
        (600_000, 61),
        (600_001, 101),
    ],
)
def test_a_municipality_has_seats_for_its_electors(electors: int, fewest: int) -> None:
    assert seats_needed(electors=electors, region=False) == fewest


@pytest.mark.parametrize(
    ("electors", "fewest"),
    [(140_000, 31), (140_001, 51), (200_000, 51), (200_001, 71), (300_000, 71), (300_001, 101)],
)
def test_a_region_has_seats_for_its_electors(electors: int, fewest: int) -> None:
    assert seats_needed(electors=electors, region=True) == fewest


@pytest.mark.parametrize(
    ("seats", "allowed"), [(59, False), (60, False), (61, True), (62, False), (63, True), (149, True)]
)
def test_the_number_is_odd_and_large_enough(seats: int, allowed: bool) -> None:
    assert seats_allowed(seats=seats, electors=40_000, region=False).outcome is allowed
