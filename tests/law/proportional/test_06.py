"""6 § lagen (2022:629) om proportionella val: Valsedlarna ska vara enkelsidiga och omärkta samt lika till
storlek, material och färg.
"""

import pytest

from meeting_server.law.proportional_act import ballots_alike


@pytest.mark.parametrize("alike", [True, False])
def test_the_tellers_answer_whether_the_slips_are_alike(alike: bool) -> None:
    assert ballots_alike(alike=alike).outcome is alike
    assert (ballots_alike.kind, ballots_alike.force) == ("judgement", "warn")
