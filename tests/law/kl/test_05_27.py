"""5 kap. 27 §: Om ett ärende har beretts bara av en fullmäktigeberedning, ska en nämnd vars
verksamhetsområde ärendet berör alltid ges tillfälle att yttra sig.
"""

import pytest

from meeting_server.law.kommunallagen.preparation import committee_heard


@pytest.mark.parametrize(
    ("only_drafting", "heard", "good"), [(True, False, False), (True, True, True), (False, False, True)]
)
def test_the_committee_concerned_is_heard_where_it_has_not_prepared(
    only_drafting: bool, heard: bool, good: bool
) -> None:
    assert committee_heard(only_drafting_committee=only_drafting, heard=heard).outcome is good
