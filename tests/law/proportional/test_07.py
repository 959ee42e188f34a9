"""7 § lagen (2022:629) om proportionella val: Varje valsedel ska ha en gruppbeteckning i ord (återgivet, ej
lagens ord).
"""

import pytest

from meeting_server.law.proportional import Group
from meeting_server.law.proportional_act import designated, gather


@pytest.mark.parametrize(
    ("designation", "good"), [("Gruppen A", True), ("Ö", True), ("1", False), ("", False), (" ", False)]
)
def test_a_slip_carries_its_designation_in_words(designation: str, good: bool) -> None:
    assert designated(designation=designation).outcome is good


def test_slips_of_one_designation_and_one_list_are_one_group() -> None:
    slips = [("A", ("Ek", "Al")), ("B", ("Björk",)), ("A ", ("Ek", "Al"))]
    assert gather(slips) == (Group("A", ("Ek", "Al"), 2), Group("B", ("Björk",), 1))


def test_another_list_or_another_order_under_the_same_designation_is_a_group_of_its_own() -> None:
    slips = [("A", ("Ek", "Al")), ("A", ("Al", "Ek")), ("A", ("Ek",)), ("A", ("Al", "Ek"))]
    assert gather(slips) == (
        Group("A", ("Ek", "Al"), 1),
        Group("A (2)", ("Al", "Ek"), 2),
        Group("A (3)", ("Ek",), 1),
    )


def test_no_slips_are_no_groups() -> None:
    assert gather([]) == ()
