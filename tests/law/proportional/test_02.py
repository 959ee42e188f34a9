"""2 § lagen (2022:629) om proportionella val: Vid val av n personer ska valet vara proportionellt om det
begärs av minst så många som de närvarande delade med n + 1, avrundat uppåt (återgivet, ej lagens ord).
"""

import pytest

from meeting_server.law.proportional_act import proportional_demand


@pytest.mark.parametrize(
    ("demanding", "present", "places", "enough"),
    [
        (4, 51, 11, False),
        (5, 51, 11, True),
        (6, 51, 11, True),
        (6, 51, 7, False),
        (7, 51, 7, True),
        (8, 51, 7, True),
        (4, 60, 11, False),
        (5, 60, 11, True),
        (5, 61, 11, False),
        (6, 61, 11, True),
        (9, 149, 15, False),
        (10, 149, 15, True),
    ],
)
def test_those_present_by_one_more_than_the_places_rounded_up(
    demanding: int, present: int, places: int, enough: bool
) -> None:
    ruling = proportional_demand(demanding=demanding, present=present, places=places)
    assert ruling.outcome is enough
    assert ruling.cites.short == "lag (2022:629) 2 §"
