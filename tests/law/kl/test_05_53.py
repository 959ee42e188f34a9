"""5 kap. 53 §: När överläggningen har avslutats, lägger ordföranden fram förslag till beslut.

Förslagen ska utformas så, att de kan besvaras med ja eller nej.

Ordföranden redovisar därefter sin uppfattning om vad som har beslutats och bekräftar beslutet med ett
klubbslag, om inte omröstning begärs.
"""

import pytest

from meeting_server.law.regime import ASSEMBLY_2018, COMMITTEE_2018


@pytest.mark.parametrize(
    ("candidates", "answerable"),
    [
        ((), False),
        (("p0",), True),
        (("p0", "p1"), True),
        (("p0", "p1", "p2"), True),
        (("p0", "p0"), False),
        (("p0", ""), False),
    ],
)
def test_each_proposal_is_put_once_for_yes_or_no(candidates: tuple[str, ...], answerable: bool) -> None:
    for rules in (ASSEMBLY_2018, COMMITTEE_2018):
        assert rules.proposals_answerable(candidates=candidates).outcome is answerable


@pytest.mark.parametrize("before_gavel", [True, False])
def test_a_division_may_be_demanded_until_the_gavel_falls(before_gavel: bool) -> None:
    for rules in (ASSEMBLY_2018, COMMITTEE_2018):
        assert rules.division_demand(before_gavel=before_gavel).outcome is before_gavel
