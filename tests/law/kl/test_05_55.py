"""5 kap. 55 §: Utgången bestäms genom enkel majoritet, om inte något annat anges i denna lag eller
annan författning.
"""

import typing

import pytest

from meeting_server.law.kommunallagen.majorities import MAJORITIES, MajoritySubject
from meeting_server.law.majority import Side
from meeting_server.law.regime import ASSEMBLY_2018


@pytest.mark.parametrize(
    ("yes", "no", "side"), [(6, 7, "no"), (7, 7, "tie"), (7, 6, "yes"), (1, 0, "yes"), (0, 0, "tie")]
)
def test_the_side_with_most_votes_wins(yes: int, no: int, side: Side) -> None:
    assert ASSEMBLY_2018.simple_majority(yes=yes, no=no).outcome == side


@pytest.mark.parametrize(("yes", "no", "side"), [(2, 1, "yes"), (1, 2, "no"), (1, 1, "tie"), (0, 0, "tie")])
def test_an_ordinary_majority_is_of_the_votes_cast_however_many_are_present(
    yes: int, no: int, side: str
) -> None:
    assert MAJORITIES["ordinary"].side(yes=yes, no=no, present=58).outcome == side


def test_every_subject_has_its_majority_and_says_what_it_is_counted_of() -> None:
    assert list(MAJORITIES) == list(typing.get_args(MajoritySubject))
    assert {name for name, majority in MAJORITIES.items() if majority.counted == "cast"} == {"ordinary"}
    assert all(majority.swedish for majority in MAJORITIES.values())
