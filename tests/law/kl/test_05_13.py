"""5 kap. 13 §: Ordföranden ska tillkännage tid och plats för varje sammanträde med fullmäktige och
uppgifter om de ärenden som ska behandlas.

Fullmäktiges sammanträden ska tillkännages på kommunens eller regionens anslagstavla minst en vecka före
sammanträdesdagen.
"""

import pytest

from meeting_server.law.notice_days import announced_in_time
from meeting_server.law.regime import ASSEMBLY_2018


@pytest.mark.parametrize("place", [True, False])
def test_the_assembly_needs_a_place_to_meet(place: bool) -> None:
    assert ASSEMBLY_2018.physical_place(place=place).outcome is place


@pytest.mark.parametrize(("remote", "may"), [(60, True), (61, False)])
def test_before_2026_it_was_only_advised_that_somebody_be_in_the_place(remote: int, may: bool) -> None:
    fully_remote = ASSEMBLY_2018.fully_remote
    assert fully_remote(remote=remote, present=61, distance="all_may").outcome is may
    assert fully_remote.force == "warn"


@pytest.mark.parametrize(
    ("on", "in_time"), [("2026-11-16", True), ("2026-11-17", True), ("2026-11-18", False), (None, False)]
)
def test_the_meeting_is_announced_a_week_before(on: str | None, in_time: bool) -> None:
    assert announced_in_time(announced_on=on, announce_by="2026-11-17").outcome is in_time
    assert announced_in_time.force == "warn"
