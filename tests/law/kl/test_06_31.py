"""6 kap. 31 §: Om ett ärende hos en nämnd berör ett aktiebolag där kommunen eller regionen äger minst
hälften av aktierna eller en stiftelse där kommunen eller regionen utser minst hälften av
styrelseledamöterna, ska den som handlägger ärendet inte anses jävig enligt 28 § 2 eller 4 enbart på
grund av att han eller hon är ställföreträdare för bolaget eller stiftelsen eller på något annat sätt är
knuten dit. Detta gäller inte när en nämnd handlägger ärenden som avser myndighetsutövning mot enskilda.

Den som handlägger ett ärende hos en nämnd ska inte heller anses jävig enligt 28 § 4 enbart på grund av
att han eller hon tidigare har deltagit i handläggningen av ärendet hos en annan nämnd.
"""

import pytest

from meeting_server.law.committee_meetings import only_company_tie


@pytest.mark.parametrize(
    ("only_tie", "authority", "exempt"), [(True, False, True), (True, True, False), (False, False, False)]
)
def test_a_seat_in_the_municipalitys_company_is_no_conflict_but_against_individuals(
    only_tie: bool, authority: bool, exempt: bool
) -> None:
    assert only_company_tie(only_tie=only_tie, authority=authority).outcome is exempt
