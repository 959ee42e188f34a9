"""5 kap. 67 §: Protokollet ska för varje ärende redovisa

1. vilka förslag och yrkanden som har lagts fram och inte tagits tillbaka,

2. i vilken ordning ordföranden har lagt fram förslag till beslut,

3. genomförda omröstningar och resultaten av dem,

4. vilka beslut som har fattats,

5. vilka ledamöter som har deltagit i besluten och hur de har röstat vid öppna omröstningar, och

6. vilka reservationer som har anmälts mot besluten.
"""

import pytest

from meeting_server.law.kommunallagen.minutes import MATTER_CONTENT
from meeting_server.law.regime import ASSEMBLY_2018, COMMITTEE_2018


def test_the_six_points_are_those_of_the_section_in_order() -> None:
    assert tuple(MATTER_CONTENT) == (
        "proposals",
        "order_of_questions",
        "divisions",
        "decisions",
        "taking_part",
        "reservations",
    )


@pytest.mark.parametrize("missing", [None, *MATTER_CONTENT])
def test_each_point_left_out_is_named(missing: str | None) -> None:
    shown = frozenset(MATTER_CONTENT) - {missing or ""}
    for rules in (ASSEMBLY_2018, COMMITTEE_2018):
        assert rules.matter_content(shown=shown).outcome == ((missing,) if missing else ())


def test_a_lack_is_shown_and_stops_nothing() -> None:
    assert (ASSEMBLY_2018.matter_content.kind, ASSEMBLY_2018.matter_content.force) == ("duty", "warn")
