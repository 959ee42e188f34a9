"""5 kap. 72 §: I arbetsordningen ska regleras … 5. vem som ska föra ordet tills ordförande utsetts …"""

from meeting_server.law.regime import ASSEMBLY_2018


def test_the_standing_orders_say_who_presides_and_another_is_only_warned_of() -> None:
    rule = ASSEMBLY_2018.acting_chair
    assert rule(vice_chair=False, in_turn=True, elected=False).outcome
    assert rule(vice_chair=True, in_turn=False, elected=False).outcome
    assert rule(vice_chair=False, in_turn=False, elected=True).outcome
    assert not rule(vice_chair=False, in_turn=False, elected=False).outcome
    assert rule.force == "warn"
