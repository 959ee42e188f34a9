"""5 kap. 44 §: En fullmäktigeberednings sammanträden ska hållas inom stängda dörrar. En sådan beredning får
dock besluta att dess sammanträden ska vara offentliga, om fullmäktige har medgett det.
"""

import pytest

from meeting_server.law.regime import KL_2026


@pytest.mark.parametrize(
    ("permitted", "decided", "public"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_a_drafting_committee_opens_its_doors_by_its_own_and_the_assemblys_decision(
    permitted: bool, decided: bool, public: bool
) -> None:
    ruling = KL_2026.body("drafting_committee").public_meeting(permitted=permitted, decided=decided)
    assert ruling.outcome is public
    assert ruling.cites.short == "KL 5:44"
