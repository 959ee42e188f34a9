"""6 kap. 28 §: En förtroendevald är jävig, om

1. han eller hon eller någon närstående är part i ärendet eller annars kan antas bli påverkad av
beslutet i en inte oväsentlig utsträckning,

2. han eller hon eller någon närstående är eller har varit ställföreträdare eller ombud för en part i
ärendet eller för någon annan som kan antas bli påverkad av beslutet i en inte oväsentlig utsträckning,

3. ärendet rör tillsyn över sådan kommunal verksamhet som han eller hon själv är knuten till, eller

4. det finns någon annan särskild omständighet som gör att hans eller hennes opartiskhet i ärendet kan
ifrågasättas.
"""

import pytest

from meeting_server.law.regime import ASSEMBLY_2018, COMMITTEE_2018


@pytest.mark.parametrize("concerned", [True, False])
def test_whether_a_member_is_disqualified_is_answered_by_a_person(concerned: bool) -> None:
    assert COMMITTEE_2018.disqualified(concerned=concerned).outcome is concerned
    assert COMMITTEE_2018.disqualified.kind == "judgement"


def test_a_committee_asks_more_widely_than_the_assembly() -> None:
    assert COMMITTEE_2018.disqualified.question != ASSEMBLY_2018.disqualified.question
    assert "opartiskhet" in (COMMITTEE_2018.disqualified.question or "")
