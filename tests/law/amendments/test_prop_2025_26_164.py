"""Prop. 2025/26:164: deltagande på distans från den 1 juli 2026."""

from dataclasses import fields

import pytest

from meeting_server.law.kommunallagen.remote import Distance
from meeting_server.law.regime import KL_2018, KL_2026

ASSEMBLY = KL_2026.assembly
COMMITTEE = KL_2026.committee
TOGETHER = {"sees": True, "hears": True, "is_seen": True, "is_heard": True, "can_take_part": True}


def test_the_amendment_changes_these_rules_and_no_others() -> None:
    def changed(kind: str) -> list[str]:
        before, after = KL_2018.body(kind), KL_2026.body(kind)
        return [f.name for f in fields(before) if getattr(before, f.name) != getattr(after, f.name)]

    assert changed("assembly") == ["presidium_remote", "fully_remote", "identity_established", "can_follow"]
    assert changed("committee") == [
        "remote_permitted",
        "fully_remote",
        "mandatory_remote",
        "identity_established",
        "can_follow",
    ]


def test_no_changed_rule_claims_a_confirmed_text_and_each_says_where_it_was_read() -> None:
    for before, after in ((KL_2018.assembly, ASSEMBLY), (KL_2018.committee, COMMITTEE)):
        for rule in after.written():
            assert (rule in before.written()) == rule.confirmed
            assert (rule.source is None) == rule.confirmed


@pytest.mark.parametrize(("in_presidium", "may"), [(True, False), (False, True)])
def test_the_assemblys_presidium_is_not_remote(in_presidium: bool, may: bool) -> None:
    assert ASSEMBLY.presidium_remote(in_presidium=in_presidium).outcome is may


@pytest.mark.parametrize("in_presidium", [True, False])
def test_a_committees_presidium_may_be_remote(in_presidium: bool) -> None:
    assert COMMITTEE.presidium_remote(in_presidium=in_presidium).outcome


@pytest.mark.parametrize(("remote", "may"), [(0, True), (60, True), (61, False)])
@pytest.mark.parametrize("distance", ["some_may", "all_may", "all_may_be_obliged"])
def test_the_assembly_is_never_wholly_remote(remote: int, may: bool, distance: Distance) -> None:
    assert ASSEMBLY.fully_remote(remote=remote, present=61, distance=distance).outcome is may
    assert ASSEMBLY.fully_remote.force == "enforce"


@pytest.mark.parametrize(
    ("remote", "distance", "may"),
    [
        (12, "some_may", True),
        (13, "some_may", False),
        (13, "not_allowed", False),
        (0, "not_allowed", True),
        (13, "all_may", True),
        (13, "all_may_be_obliged", True),
    ],
)
def test_a_committee_is_wholly_remote_when_the_assembly_lets_all(
    remote: int, distance: Distance, may: bool
) -> None:
    assert COMMITTEE.fully_remote(remote=remote, present=13, distance=distance).outcome is may


@pytest.mark.parametrize(
    ("distance", "permitted"),
    [("not_allowed", False), ("some_may", True), ("all_may", True), ("all_may_be_obliged", True)],
)
def test_the_assembly_still_decides_for_each_body(distance: Distance, permitted: bool) -> None:
    assert COMMITTEE.remote_permitted(distance=distance).outcome is permitted
    assert ASSEMBLY.remote_permitted(distance=distance).outcome is permitted


@pytest.mark.parametrize(
    ("distance", "committee_decided", "may"),
    [
        ("all_may_be_obliged", True, True),
        ("all_may_be_obliged", False, False),
        ("all_may", True, False),
        ("not_allowed", True, False),
    ],
)
def test_members_are_obliged_only_when_assembly_and_committee_both_say_so(
    distance: Distance, committee_decided: bool, may: bool
) -> None:
    ruling = COMMITTEE.mandatory_remote(distance=distance, committee_decided=committee_decided)
    assert ruling.outcome is may
    assert not ASSEMBLY.mandatory_remote(distance=distance, committee_decided=committee_decided).outcome


@pytest.mark.parametrize("confirmed", [True, False])
def test_the_chair_makes_sure_who_takes_part(confirmed: bool) -> None:
    for rules in (ASSEMBLY, COMMITTEE):
        assert rules.identity_established(confirmed=confirmed).outcome is confirmed
        assert rules.identity_established.kind == "judgement"


@pytest.mark.parametrize(
    ("missing", "can"),
    [
        (None, True),
        ("sees", False),
        ("hears", False),
        ("can_take_part", False),
        ("is_seen", True),
        ("is_heard", True),
    ],
)
def test_one_who_can_follow_and_take_part_need_not_be_seen_by_all(missing: str | None, can: bool) -> None:
    facts = TOGETHER | ({missing: False} if missing else {})
    for rules in (ASSEMBLY, COMMITTEE):
        assert rules.can_follow(**facts).outcome is can
