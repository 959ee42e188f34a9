"""6 kap. 23 §: Nämnderna bestämmer tid och plats för sina sammanträden.

Sammanträden ska hållas också om minst en tredjedel av nämndens ledamöter begär det eller om ordföranden
anser att det behövs.
"""

import pytest

from meeting_server.law.regime import COMMITTEE_2018


@pytest.mark.parametrize("place", [True, False])
def test_a_committee_decides_for_itself_where_it_meets(place: bool) -> None:
    assert COMMITTEE_2018.physical_place(place=place).outcome


@pytest.mark.parametrize(
    ("requesting", "members", "owed"),
    [(4, 13, False), (5, 13, True), (6, 13, True), (5, 15, True), (4, 15, False)],
)
def test_a_third_of_all_members_is_owed_a_meeting(requesting: int, members: int, owed: bool) -> None:
    ruling = COMMITTEE_2018.extra_meeting(requesting=requesting, members=members)
    assert ruling.outcome is owed
    assert ruling.cites.short == "KL 6:23"
