"""5 kap. 8 §: För ledamöter i fullmäktige ska det finnas ersättare.

Fullmäktige bestämmer hur många ersättarna ska vara. Antalet ska utgöra en viss andel, dock högst
hälften, av det antal platser som varje parti får i fullmäktige. Beslutet ska fattas före utgången av
februari månad valåret. Länsstyrelsen ska genast underrättas om beslutet.
"""

import pytest

from meeting_server.law.sizes import substitutes_allowed


@pytest.mark.parametrize(
    ("substitutes", "party_seats", "allowed"),
    [(4, 10, True), (5, 10, True), (6, 10, False), (5, 9, True), (6, 9, False), (1, 1, True), (1, 0, False)],
)
def test_a_party_has_at_most_half_as_many_substitutes_as_seats(
    substitutes: int, party_seats: int, allowed: bool
) -> None:
    assert substitutes_allowed(substitutes=substitutes, party_seats=party_seats).outcome is allowed
    assert substitutes_allowed.force == "warn"
