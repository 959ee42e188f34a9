"""6 kap. 16 §: Ledamöter och ersättare i en nämnd väljs av fullmäktige till det antal som fullmäktige
bestämmer. I styrelsen ska antalet ledamöter och antalet ersättare vara minst fem.

Om ersättarna inte väljs proportionellt, ska fullmäktige bestämma i vilken ordning de ska tjänstgöra.
"""

import pytest

from meeting_server.law.kommunallagen.substitutes import Candidate
from meeting_server.law.regime import ASSEMBLY_2018, COMMITTEE_2018
from meeting_server.law.sizes import executive_size

ANN = Candidate("ann", order=1, constituency="north")
BO = Candidate("bo", order=2, constituency="south")
BO_SERVING = Candidate("bo", order=2, has_served=True)


@pytest.mark.parametrize(
    ("candidates", "next_in_turn"), [((BO, ANN), "ann"), ((ANN, BO_SERVING), "bo"), ((), None)]
)
def test_the_assemblys_order_holds_and_constituencies_do_not_matter(
    candidates: tuple[Candidate, ...], next_in_turn: str | None
) -> None:
    ruling = COMMITTEE_2018.substitute_priority(candidates=candidates, constituency="south")
    assert ruling.outcome == next_in_turn


@pytest.mark.parametrize(
    ("members", "substitutes", "large_enough"), [(4, 5, False), (5, 4, False), (5, 5, True), (13, 13, True)]
)
def test_an_executive_has_five_members_and_five_substitutes(
    members: int, substitutes: int, large_enough: bool
) -> None:
    assert executive_size(members=members, substitutes=substitutes).outcome is large_enough


@pytest.mark.parametrize(
    ("proportional", "ordered", "settled"), [(True, False, True), (False, False, False), (False, True, True)]
)
def test_the_assembly_decides_the_order_of_substitutes_not_elected_proportionally(
    proportional: bool, ordered: bool, settled: bool
) -> None:
    ruling = ASSEMBLY_2018.service_order(proportional=proportional, ordered=ordered)
    assert (ruling.outcome, str(ruling.cites)) == (settled, "KL 6:16 st. 2")


def test_nothing_asks_a_committee_for_the_order_in_its_utskott() -> None:
    assert COMMITTEE_2018.service_order(proportional=False, ordered=False).outcome
