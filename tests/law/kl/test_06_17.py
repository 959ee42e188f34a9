"""6 kap. 17 §: Fullmäktige ska besluta om ersättarnas tjänstgöring i nämnderna.

Ersättarna ska underrättas om tid och plats för sammanträdena. Även ersättare som inte tjänstgör får
närvara vid sammanträdena.

Fullmäktige ska besluta i vilken utsträckning ersättarna ska ha rätt att delta i överläggningar och få
sin mening antecknad i protokollet.
"""

import pytest

from meeting_server.law.regime import COMMITTEE_2018


@pytest.mark.parametrize("hindered", [True, False])
def test_a_substitute_serves_exactly_when_the_member_is_hindered(hindered: bool) -> None:
    assert COMMITTEE_2018.substitute_serves(hindered=hindered).outcome is hindered


@pytest.mark.parametrize("substitute_in", [True, False])
def test_a_late_member_serves_but_the_statute_only_advises_it(substitute_in: bool) -> None:
    assert COMMITTEE_2018.late_member_serves(substitute_in=substitute_in).outcome
    assert COMMITTEE_2018.late_member_serves.force == "warn"


@pytest.mark.parametrize(
    ("local_rule", "interrupted", "for_conflict", "same_day", "may"),
    [
        (True, True, False, True, False),
        (False, True, False, True, True),
        (True, False, False, True, True),
        (True, True, True, True, True),
        (True, True, False, False, True),
    ],
)
def test_one_who_interrupts_service_may_return_unless_the_standing_orders_say_no(
    local_rule: bool, interrupted: bool, for_conflict: bool, same_day: bool, may: bool
) -> None:
    ruling = COMMITTEE_2018.may_return(
        interrupted=interrupted, for_conflict=for_conflict, same_day=same_day, local_rule=local_rule
    )
    assert ruling.outcome is may


@pytest.mark.parametrize(
    ("member", "substitute", "permitted", "disqualified", "stays"),
    [
        (True, False, False, False, True),
        (False, True, False, False, True),
        (False, False, True, False, True),
        (False, False, False, False, False),
        (True, False, False, True, False),
    ],
)
def test_substitutes_who_do_not_serve_may_be_there(
    member: bool, substitute: bool, permitted: bool, disqualified: bool, stays: bool
) -> None:
    ruling = COMMITTEE_2018.stays_behind_closed_doors(
        member=member, substitute=substitute, permitted=permitted, disqualified=disqualified
    )
    assert ruling.outcome is stays


@pytest.mark.parametrize("local_rule", [True, False])
def test_a_party_group_changes_the_order_of_its_substitutes_where_the_assembly_lets_it(
    local_rule: bool,
) -> None:
    assert COMMITTEE_2018.group_reorders(local_rule=local_rule).outcome is local_rule
