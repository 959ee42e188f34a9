"""5 kap. 12 §: Fullmäktige bestämmer när ordinarie sammanträden ska hållas.

Sammanträde ska hållas också om styrelsen eller minst en tredjedel av fullmäktiges ledamöter begär det
eller om ordföranden anser att det behövs.
"""

import pytest

from meeting_server.law.regime import ASSEMBLY_2018


@pytest.mark.parametrize(
    ("requesting", "members", "owed"),
    [
        (20, 61, False),
        (21, 61, True),
        (22, 61, True),
        (33, 101, False),
        (34, 101, True),
        (49, 149, False),
        (50, 149, True),
    ],
)
def test_a_third_of_all_members_is_owed_a_meeting(requesting: int, members: int, owed: bool) -> None:
    assert ASSEMBLY_2018.extra_meeting(requesting=requesting, members=members).outcome is owed
