"""5 kap. 21 §: I kommunfullmäktige har ersättare från samma valkrets som ledamoten företräde till
tjänstgöring.

Om samtliga ersättare för en ledamot i kommunfullmäktige är förhindrade att inställa sig eller att
fortsätta delta i ett sammanträde, ska i ledamotens ställe den ersättare inträda som enligt den bestämda
ordningen står i tur att tjänstgöra för den ledamot som har fått den första platsen för partiet i
valkretsen. Om en sådan ersättare inte kan tjänstgöra, ska den ersättare inträda som står i tur att
tjänstgöra för den ledamot som har fått den andra platsen för partiet i valkretsen och så vidare efter
samma grund.

Om partiets samtliga ersättare i valkretsen är förhindrade att inställa sig eller att fortsätta delta i
ett sammanträde, ska den ersättare inträda som har utsetts för partiet i någon annan valkrets efter den
grund som anges i första och andra stycket. Den ersättare som har utsetts i den valkrets där partiets
röstetal är högst har då företräde.
"""

import pytest

from meeting_server.law.kommunallagen.substitutes import Candidate
from meeting_server.law.regime import ASSEMBLY_2018

NORTH_SECOND = Candidate("north", order=2, constituency="north", constituency_votes=900)
SOUTH_FIRST = Candidate("south", order=1, constituency="south", constituency_votes=4000)
WEST_FIRST = Candidate("west", order=1, constituency="west", constituency_votes=3000)
WEST_SERVING = Candidate("west", order=1, has_served=True, constituency="west", constituency_votes=3000)


def in_turn(*candidates: Candidate) -> str | None:
    return ASSEMBLY_2018.substitute_priority(candidates=candidates, constituency="north").outcome


def test_the_members_own_constituency_goes_before_the_turn() -> None:
    assert in_turn(SOUTH_FIRST, NORTH_SECOND) == "north"


def test_elsewhere_the_constituency_with_most_votes_for_the_party_goes_first() -> None:
    assert in_turn(WEST_FIRST, SOUTH_FIRST) == "south"


def place(id: str, place: int, order: int, constituency: str = "north") -> Candidate:
    """A substitute of whoever holds that place for the party; place 0 is the hindered member's own."""
    return Candidate(id, order, constituency=constituency, constituency_votes=900, place=place)


@pytest.mark.parametrize(
    ("candidates", "next_in_turn"),
    [
        ((place("own", 0, 5), place("first", 1, 0)), "own"),
        ((place("second", 2, 0), place("first", 1, 7)), "first"),
        ((place("b", 1, 1), place("a", 1, 0)), "a"),
        ((place("second", 2, 0), place("third", 3, 0)), "second"),
        ((place("far", 1, 0, "south"), place("third", 3, 0)), "third"),
        ((place("far", 2, 0, "south"), place("near", 1, 4, "south")), "near"),
    ],
)
def test_when_the_members_own_are_hindered_the_first_places_come_and_then_the_second(
    candidates: tuple[Candidate, ...], next_in_turn: str
) -> None:
    assert in_turn(*candidates) == next_in_turn


def test_one_who_has_begun_to_serve_goes_before_every_constituency() -> None:
    assert in_turn(NORTH_SECOND, WEST_SERVING) == "west"
