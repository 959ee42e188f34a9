"""5 kap. 66 §: Protokollet ska redovisa vilka ledamöter och ersättare som har tjänstgjort och vilka
ärenden som har handlagts.
"""

import pytest

from meeting_server.law.regime import ASSEMBLY_2018, COMMITTEE_2018


@pytest.mark.parametrize(
    ("shown", "missing"),
    [
        (frozenset({"served", "matters"}), ()),
        (frozenset({"served"}), ("matters",)),
        (frozenset({"matters"}), ("served",)),
        (frozenset(), ("served", "matters")),
    ],
)
def test_the_minutes_show_who_served_and_what_was_handled(
    shown: frozenset[str], missing: tuple[str, ...]
) -> None:
    for rules in (ASSEMBLY_2018, COMMITTEE_2018):
        assert rules.minutes_content(shown=shown).outcome == missing
