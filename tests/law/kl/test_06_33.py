"""6 kap. 33 §: I fråga om förfarandet när en nämnd fattar beslut ska 5 kap. 53–56 §§ tillämpas.

För bordläggning av ett ärende i en nämnd krävs det enkel majoritet.
"""

import pytest

from meeting_server.law.regime import ASSEMBLY_2018, COMMITTEE_2018


@pytest.mark.parametrize("requesting", [1, 6, 7, 13])
def test_no_minority_defers_or_refers_back_in_a_committee(requesting: int) -> None:
    ruling = COMMITTEE_2018.minority_deferral(requesting=requesting, present=13, used=False, election=False)
    assert not ruling.outcome
    assert ruling.record().cites == "KL 6:33 st. 2"
    assert COMMITTEE_2018.minority_needed(13) is None


@pytest.mark.parametrize("motivation", [True, False])
def test_a_majoritys_referral_back_needs_no_motivation(motivation: bool) -> None:
    assert COMMITTEE_2018.referral_motivation(motivation=motivation).outcome


def test_a_committee_has_no_duty_to_announce_or_prepare() -> None:
    assert COMMITTEE_2018.announced_only(announced=False, unanimous=False).outcome
    assert COMMITTEE_2018.prepared_only(prepared=False, agreed=False).outcome


@pytest.mark.parametrize("raises", [True, False])
def test_a_new_matter_is_asked_about_but_nothing_is_refused_for_it(raises: bool) -> None:
    assert COMMITTEE_2018.new_matter(raises_new_matter=raises).outcome is raises
    assert COMMITTEE_2018.new_matter.force == "warn"


def test_the_sections_on_deciding_are_the_assemblys_own() -> None:
    for shared in ("proposals_answerable", "division_demand", "open_division", "simple_majority"):
        assert getattr(COMMITTEE_2018, shared) is getattr(ASSEMBLY_2018, shared)
    assert COMMITTEE_2018.casting_vote is ASSEMBLY_2018.casting_vote


@pytest.mark.parametrize(
    ("local_rule", "admonished", "may"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_only_its_own_rules_let_a_committees_chair_send_anybody_out(
    local_rule: bool, admonished: bool, may: bool
) -> None:
    ruling = COMMITTEE_2018.may_expel(disturbing=True, admonished=admonished, local_rule=local_rule)
    assert ruling.outcome is may
    assert COMMITTEE_2018.may_expel.force == "warn"


def test_an_unlawful_proposal_is_not_the_chairs_to_refuse_in_a_committee() -> None:
    assert not COMMITTEE_2018.may_refuse_unlawful(unlawful=True, overruled=False).outcome
    assert COMMITTEE_2018.may_refuse_unlawful.force == "warn"
