"""5 kap. 18 §: Ersättarna ska tjänstgöra enligt den ordning som är bestämd mellan dem. En ersättare som
har börjat tjänstgöra har dock alltid företräde oberoende av turordningen. En ersättare som avbryter
tjänstgöringen på grund av jäv i ett ärende får åter tjänstgöra, sedan ärendet har handlagts.
"""

import pytest

from meeting_server.law.kommunallagen.substitutes import Candidate
from meeting_server.law.regime import ASSEMBLY_2018

ANN = Candidate("ann", order=1)
BO = Candidate("bo", order=2)
BO_SERVING = Candidate("bo", order=2, has_served=True)
CIA_SERVING = Candidate("cia", order=3, has_served=True)


@pytest.mark.parametrize(
    ("candidates", "next_in_turn"),
    [
        ((ANN, BO), "ann"),
        ((BO, ANN), "ann"),
        ((ANN, BO_SERVING), "bo"),
        ((CIA_SERVING, BO_SERVING, ANN), "bo"),
        ((), None),
    ],
)
def test_the_fixed_order_holds_but_one_who_has_begun_goes_first(
    candidates: tuple[Candidate, ...], next_in_turn: str | None
) -> None:
    assert ASSEMBLY_2018.substitute_priority(candidates=candidates, constituency=None).outcome == next_in_turn


def test_the_ruling_keeps_who_was_considered() -> None:
    ruling = ASSEMBLY_2018.substitute_priority(candidates=(BO, ANN), constituency=None).record()
    assert ruling.facts["candidates"] == ("bo", "ann")
    assert ruling.outcome == "ann"


def test_no_group_changes_an_order_that_follows_from_the_election() -> None:
    assert not ASSEMBLY_2018.group_reorders(local_rule=True).outcome
