"""Which law holds on which day."""

from datetime import date

import pytest

from meeting_server.law.regime import KL_2018, KL_2026, REGIMES, Regime, in_force, regime


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2018, 1, 1), KL_2018),
        (date(2026, 6, 30), KL_2018),
        (date(2026, 7, 1), KL_2026),
        (date(2026, 11, 24), KL_2026),
    ],
)
def test_the_date_of_the_meeting_chooses_the_law(on: date, expected: Regime) -> None:
    assert in_force(on) is expected


def test_no_law_is_known_before_2018() -> None:
    with pytest.raises(LookupError, match="0 regimes are in force on 2017-12-31"):
        in_force(date(2017, 12, 31))


def test_a_pinned_regime_is_found_again_by_its_id() -> None:
    assert [regime(name) for name in REGIMES] == [KL_2018, KL_2026]
    with pytest.raises(KeyError):
        regime("kl-1991")


def test_the_executive_lives_by_the_rules_of_committees() -> None:
    for each in REGIMES.values():
        assert each.body("executive") is each.body("committee") is each.committee
        assert each.body("assembly") is each.assembly
        with pytest.raises(KeyError):
            each.body("council")


def test_only_the_published_statute_is_called_confirmed() -> None:
    for each in REGIMES.values():
        rules = [*each.assembly.written(), *each.committee.written()]
        assert all(rule.confirmed for rule in rules) == each.text_confirmed
