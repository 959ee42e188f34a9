"""Every kind of body has a profile and its rules; what differs between them is said once."""

import dataclasses
import typing

import pytest

from meeting_server.law.bodies import PROFILES, BodyKind, strictest
from meeting_server.law.regime import KL_2018, KL_2026, REGIMES


def test_every_kind_has_a_profile_and_rules_under_every_regime() -> None:
    assert list(PROFILES) == list(typing.get_args(BodyKind))
    for regime in REGIMES.values():
        for kind in PROFILES:
            assert regime.body(kind).written()


@pytest.mark.parametrize("kind", ["working_committee", "joint_committee"])
def test_an_organ_of_committees_lives_by_6_kap(kind: str) -> None:
    assert KL_2026.body(kind) is KL_2026.committee


def test_a_drafting_committee_differs_from_a_committee_in_its_doors_alone() -> None:
    drafting = KL_2026.body("drafting_committee")
    assert drafting.public_meeting.cites.short == "KL 5:44"
    assert dataclasses.replace(drafting, public_meeting=KL_2026.committee.public_meeting) == KL_2026.committee


def test_a_federation_executive_is_closed_as_a_committee_is() -> None:
    rules = KL_2026.body("federation_executive")
    assert not rules.public_meeting(permitted=False, decided=False).outcome
    assert rules.closed_doors(decided=False, deliberating=False).outcome


def test_a_federation_assembly_lives_by_5_kap() -> None:
    assert KL_2026.body("federation_assembly") is KL_2026.assembly


def test_a_federation_executive_decides_as_an_assembly_with_the_conflicts_of_a_committee() -> None:
    rules = KL_2026.body("federation_executive")
    assert rules.minority_deferral.cites.short == "KL 5:50"
    assert rules.conflict_presence().outcome == "leaves"
    assert not rules.quorum_with_conflict(present=6, disqualified=1, seats=12).outcome
    assert rules.presidium_remote(in_presidium=True).outcome


@pytest.mark.parametrize(("distance", "may"), [("not_allowed", False), ("some_may", True)])
def test_a_coordination_body_decides_itself_on_distance(distance: typing.Any, may: bool) -> None:
    rules = KL_2018.body("coordination_body")
    assert rules.remote_permitted(distance=distance).outcome is may
    assert rules.remote_permitted.cites.swedish == "19 a § lag (2003:1210)"


@pytest.mark.parametrize(("sound", "live"), [(True, False), (False, False)])
def test_sound_alone_is_shown_and_stops_nothing_in_a_coordination_body(sound: bool, live: bool) -> None:
    rule = KL_2018.body("coordination_body").remote_live
    assert rule(sends_picture=False, sends_sound=sound).outcome is live
    assert rule(sends_picture=True, sends_sound=True).outcome
    assert rule.force == "warn"


def test_nothing_stops_an_advisory_council_but_everything_is_recorded() -> None:
    rules = KL_2026.body("advisory_council")
    assert {rule.force for rule in rules.written()} == {"warn"}
    assert not rules.quorum(present=1, seats=9).outcome


@pytest.mark.parametrize(
    ("several", "least"),
    [
        (("all_may", "all_may", "some_may"), "some_may"),
        (("all_may_be_obliged", "all_may"), "all_may"),
        (("all_may", "not_allowed"), "not_allowed"),
        (("all_may_be_obliged",), "all_may_be_obliged"),
    ],
)
def test_the_strictest_of_several_standing_orders_holds(several: typing.Any, least: str) -> None:
    assert strictest(several) == least


def test_without_standing_orders_there_is_no_strictest() -> None:
    with pytest.raises(ValueError):
        strictest(())
