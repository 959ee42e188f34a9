"""6 kap. 44 §: Fullmäktige ska anta reglementen om nämndernas verksamhet och arbetsformer."""

import pytest

from meeting_server.law.regime import COMMITTEE_2018


@pytest.mark.parametrize(
    ("on", "in_time"), [("2026-11-16", True), ("2026-11-17", True), ("2026-11-18", False), (None, False)]
)
def test_a_committees_own_rules_say_when_the_summons_is_sent_and_nothing_is_stopped(
    on: str | None, in_time: bool
) -> None:
    called = COMMITTEE_2018.called_in_time
    assert called(called_on=on, call_by="2026-11-17").outcome is in_time
    assert called.force == "warn"
