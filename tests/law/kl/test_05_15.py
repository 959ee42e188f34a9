"""5 kap. 15 §: Varje ledamot och ersättare ska kallas till sammanträde minst en vecka före
sammanträdesdagen. Kallelsen ska innehålla uppgift om tid och plats för sammanträdet och om de ärenden
som ska behandlas.

Information om sådana ärenden som tillkännagetts enligt 14 § ska lämnas till varje ledamot och ersättare
så att den kan antas nå dem senast vardagen närmast före sammanträdesdagen.
"""

import pytest

from meeting_server.law.kommunallagen.notice import SUMMONS_CONTENT, summons_content, urgent_told
from meeting_server.law.regime import ASSEMBLY_2018


@pytest.mark.parametrize(
    ("on", "in_time"), [("2026-11-16", True), ("2026-11-17", True), ("2026-11-18", False), (None, False)]
)
def test_everybody_is_called_a_week_before(on: str | None, in_time: bool) -> None:
    assert ASSEMBLY_2018.called_in_time(called_on=on, call_by="2026-11-17").outcome is in_time


@pytest.mark.parametrize(
    ("on", "in_time"), [("2026-11-22", True), ("2026-11-23", True), ("2026-11-24", False), (None, False)]
)
def test_everybody_is_told_of_an_urgent_matter_by_the_weekday_before(on: str | None, in_time: bool) -> None:
    assert urgent_told(sent_on=on, urgent_by="2026-11-23").outcome is in_time


def test_the_summons_tells_time_place_and_matters() -> None:
    assert summons_content(shown=frozenset(SUMMONS_CONTENT)).outcome == ()
    assert summons_content(shown=frozenset({"matters"})).outcome == ("time_and_place",)
