"""8 kap. 10 §: Anslagstavlan ska innehålla

1. tillkännagivanden om fullmäktiges sammanträden,

2. tillkännagivanden av justerade protokoll,

3. tillkännagivanden av delegationsbeslut som inte ska anmälas till en nämnd,

4. justerade protokoll i den utsträckning kommunen eller regionen bestämmer och det inte strider mot lag
eller annan författning, och

5. upplysningar om hur beslut kan överklagas enligt 13 kap.

Anslagstavlan ska även innehålla kungörelser, tillkännagivanden eller annan information som med stöd av
lag eller annan författning ska meddelas på anslagstavlan.

När en handling, som anslagits med stöd av andra stycket, varit anslagen under föreskriven tid ska den
som begärt åtgärden få ett bevis om det.
"""

import typing

import pytest

from meeting_server.law.posting import PERMITTED, Posting, must_be_posted


@pytest.mark.parametrize("kind", typing.get_args(Posting))
def test_what_must_stand_there_is_owed_and_what_only_may_is_not(kind: Posting) -> None:
    assert must_be_posted(kind=kind).outcome is (kind not in PERMITTED)
