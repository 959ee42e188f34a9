"""5 kap. 16 §: Ledamöter får delta i fullmäktiges sammanträden på distans om fullmäktige har beslutat
det. Deltagandet ska i sådant fall ske genom ljud- och bildöverföring i realtid samt på ett sådant sätt
att samtliga deltagare kan se och höra varandra och delta på lika villkor.

En ledamot som deltar på distans ska anses vara närvarande vid fullmäktiges sammanträde.
"""

import pytest

from meeting_server.law.kommunallagen.remote import Distance
from meeting_server.law.regime import ASSEMBLY_2018, COMMITTEE_2018
from meeting_server.law.strong_identity import identity_strong

TOGETHER = {"sees": True, "hears": True, "is_seen": True, "is_heard": True, "can_take_part": True}


@pytest.mark.parametrize(
    ("distance", "permitted"),
    [("not_allowed", False), ("some_may", True), ("all_may", True), ("all_may_be_obliged", True)],
)
def test_nobody_is_remote_unless_the_assembly_has_decided_so(distance: Distance, permitted: bool) -> None:
    assert ASSEMBLY_2018.remote_permitted(distance=distance).outcome is permitted


@pytest.mark.parametrize("in_presidium", [True, False])
def test_a_remote_member_counts_as_present_whoever_it_is(in_presidium: bool) -> None:
    assert ASSEMBLY_2018.presidium_remote(in_presidium=in_presidium).outcome


@pytest.mark.parametrize("distance", ["some_may", "all_may", "all_may_be_obliged"])
def test_members_of_the_assembly_are_never_obliged_to_be_remote(distance: Distance) -> None:
    assert not ASSEMBLY_2018.mandatory_remote(distance=distance, committee_decided=True).outcome


@pytest.mark.parametrize(
    ("picture", "sound", "live"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_participation_is_both_picture_and_sound(picture: bool, sound: bool, live: bool) -> None:
    for rules in (ASSEMBLY_2018, COMMITTEE_2018):
        assert rules.remote_live(sends_picture=picture, sends_sound=sound).outcome is live


@pytest.mark.parametrize("link", [True, False])
def test_a_remote_member_counts_only_while_the_link_is_up(link: bool) -> None:
    assert ASSEMBLY_2018.counted_when_lost(link=link).outcome is link


@pytest.mark.parametrize("confirmed", [True, False])
def test_who_takes_part_is_answered_by_a_person(confirmed: bool) -> None:
    identity = ASSEMBLY_2018.identity_established
    assert identity(confirmed=confirmed).outcome is confirmed
    assert identity.kind == "judgement"
    assert identity.question


@pytest.mark.parametrize("missing", [None, *TOGETHER])
def test_before_2026_all_took_part_on_equal_terms(missing: str | None) -> None:
    facts = TOGETHER | ({missing: False} if missing else {})
    assert ASSEMBLY_2018.can_follow(**facts).outcome is (missing is None)


@pytest.mark.parametrize(
    ("demanded", "strong", "enough"),
    [(False, False, True), (False, True, True), (True, False, False), (True, True, True)],
)
def test_a_strong_login_is_needed_where_the_bodys_own_rules_demand_it(
    demanded: bool, strong: bool, enough: bool
) -> None:
    assert identity_strong(demanded=demanded, strong=strong).outcome is enough
    assert not identity_strong.confirmed
