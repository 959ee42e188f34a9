"""7 § lagen (2022:629) om proportionella val: Varje valsedel ska ha en gruppbeteckning i ord (återgivet, ej
lagens ord).
"""

import pytest

from meeting_server.law.proportional_act import designated


@pytest.mark.parametrize(
    ("designation", "good"), [("Gruppen A", True), ("Ö", True), ("1", False), ("", False), (" ", False)]
)
def test_a_slip_carries_its_designation_in_words(designation: str, good: bool) -> None:
    assert designated(designation=designation).outcome is good
