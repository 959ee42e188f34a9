"""5 kap. 58 §: Under de förutsättningar som anges i lagen (2022:629) om proportionella val i kommuner och
regioner ska följande val vara proportionella:

1. val av ledamöter och ersättare i nämnder och beredningar,

2. val av revisorer som avses i 12 kap. 4 och 5 §§,

3. val av ledamöter och suppleanter i styrelsen för aktiebolag,

4. val av ledamöter och suppleanter i styrelsen för ekonomiska föreningar eller stiftelser, och

5. val av revisorer, revisorssuppleanter och lekmannarevisorer som ska granska styrelsens förvaltning i
aktiebolag, ekonomiska föreningar och stiftelser.

Första stycket 1 ska inte gälla vid val till en nämnd som avses i 6 kap. 2 § 2, om två tredjedelar av de
närvarande ledamöterna i fullmäktige vid inrättandet av nämnden har röstat för att ledamöter i nämnden
ska väljas på någon annan grund än partipolitisk.
"""

import typing

import pytest

from meeting_server.law.kommunallagen.majorities import MAJORITIES
from meeting_server.law.proportional_act import Subject, may_be_proportional


@pytest.mark.parametrize("subject", typing.get_args(Subject))
def test_what_the_section_names_may_be_proportional_and_a_presidium_may_not(subject: Subject) -> None:
    ruling = may_be_proportional(subject=subject, other_than_party=False)
    assert ruling.outcome is (subject not in ("presidium", "other"))


def test_a_committee_elected_on_other_grounds_is_not_proportional() -> None:
    assert not may_be_proportional(subject="committee", other_than_party=True).outcome
    assert may_be_proportional(subject="auditors", other_than_party=True).outcome


@pytest.mark.parametrize(
    ("yes", "present", "side"),
    [(39, 60, "no"), (40, 60, "yes"), (40, 61, "no"), (41, 61, "yes"), (100, 149, "yes")],
)
def test_other_grounds_take_two_thirds_of_those_present(yes: int, present: int, side: str) -> None:
    assert MAJORITIES["other_than_party"].side(yes=yes, no=0, present=present).outcome == side
