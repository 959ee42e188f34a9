"""5 kap. 26 §: Innan ett ärende avgörs av fullmäktige, ska det ha beretts antingen av en nämnd vars
verksamhetsområde ärendet berör eller av en fullmäktigeberedning.
"""

import typing

import pytest

from meeting_server.law.kommunallagen.preparation import EXEMPT, Exempt, prepared_by


@pytest.mark.parametrize(
    ("by_committee", "by_drafting", "prepared"),
    [(True, False, True), (False, True, True), (False, False, False)],
)
def test_a_committee_or_a_drafting_committee_has_prepared_the_matter(
    by_committee: bool, by_drafting: bool, prepared: bool
) -> None:
    ruling = prepared_by(by_committee=by_committee, by_drafting_committee=by_drafting, exempt=None)
    assert ruling.outcome is prepared
    assert prepared_by.force == "warn"


@pytest.mark.parametrize("exempt", typing.get_args(Exempt))
def test_what_29_to_34_name_needs_no_preparation(exempt: Exempt) -> None:
    assert prepared_by(by_committee=False, by_drafting_committee=False, exempt=exempt).outcome


def test_each_exemption_has_its_section() -> None:
    assert list(EXEMPT) == list(typing.get_args(Exempt))
    assert {place.section for place in EXEMPT.values()} == {29, 30, 31, 32, 34}
