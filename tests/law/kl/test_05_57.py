"""5 kap. 57 §: Ordföranden ska vägra att lägga fram ett förslag till beslut, om ordföranden anser att
förslaget innebär att ett nytt ärende väcks.

Ordföranden får vägra att lägga fram ett förslag till beslut, om ordföranden anser att förslaget skulle
leda till ett beslut som strider mot lag eller annan författning. Fullmäktige får dock besluta att
förslaget ändå ska läggas fram.
"""

import pytest

from meeting_server.law.regime import ASSEMBLY_2018


@pytest.mark.parametrize("raises", [True, False])
def test_whether_a_proposal_raises_a_new_matter_is_for_the_chair_to_say(raises: bool) -> None:
    assert ASSEMBLY_2018.new_matter(raises_new_matter=raises).outcome is raises
    assert ASSEMBLY_2018.new_matter.kind == "judgement"
    assert ASSEMBLY_2018.new_matter.force == "enforce"


@pytest.mark.parametrize(
    ("unlawful", "overruled", "may"),
    [(True, False, True), (True, True, False), (False, False, False), (False, True, False)],
)
def test_an_unlawful_proposal_may_be_refused_unless_the_assembly_wants_it_put(
    unlawful: bool, overruled: bool, may: bool
) -> None:
    assert ASSEMBLY_2018.may_refuse_unlawful(unlawful=unlawful, overruled=overruled).outcome is may
