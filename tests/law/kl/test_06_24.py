"""6 kap. 24 §: Fullmäktige ska besluta i vilken utsträckning ledamöter får delta i en nämnds
sammanträden på distans. Deltagande på distans ska ske på det sätt som anges i 5 kap. 16 §.

En ledamot som deltar på distans ska anses vara närvarande vid nämndens sammanträde.
"""

import pytest

from meeting_server.law.kommunallagen.remote import Distance
from meeting_server.law.regime import COMMITTEE_2018


@pytest.mark.parametrize(
    ("distance", "permitted"),
    [("not_allowed", False), ("some_may", True), ("all_may", True), ("all_may_be_obliged", True)],
)
def test_a_committee_is_remote_only_as_far_as_the_assembly_says(distance: Distance, permitted: bool) -> None:
    assert COMMITTEE_2018.remote_permitted(distance=distance).outcome is permitted


@pytest.mark.parametrize("in_presidium", [True, False])
def test_a_committees_presidium_may_be_remote_and_count(in_presidium: bool) -> None:
    assert COMMITTEE_2018.presidium_remote(in_presidium=in_presidium).outcome


@pytest.mark.parametrize(("remote", "may"), [(0, True), (12, True), (13, False)])
def test_before_2026_it_was_only_advised_that_somebody_be_in_the_room(remote: int, may: bool) -> None:
    assert COMMITTEE_2018.fully_remote(remote=remote, present=13, distance="all_may").outcome is may
    assert COMMITTEE_2018.fully_remote.force == "warn"


def test_before_2026_nobody_could_be_obliged_to_be_remote() -> None:
    ruling = COMMITTEE_2018.mandatory_remote(distance="all_may_be_obliged", committee_decided=True)
    assert not ruling.outcome
