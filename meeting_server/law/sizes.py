"""How many: seats in an assembly, substitutes, an executive's members, staff representatives."""

from typing import Final

from meeting_server.law.citation import kl
from meeting_server.law.ruling import rule

_MUNICIPALITY: Final = ((600_000, 101), (36_000, 61), (24_000, 51), (16_000, 41), (8_000, 31), (0, 21))
_REGION: Final = ((300_000, 101), (200_000, 71), (140_000, 51), (0, 31))
_STAFF: Final = 3
_EXECUTIVE: Final = 5


def seats_needed(*, electors: int, region: bool) -> int:
    """The fewest seats an assembly may have with that many electors (röstberättigade)."""
    steps = _REGION if region else _MUNICIPALITY
    return next((seats for above, seats in steps if electors > above), steps[-1][1])


@rule("seats", kl(5, 5), "Antalet ska bestämmas till ett udda tal och till minst", force="warn")
def seats_allowed(*, seats: int, electors: int, region: bool) -> bool:
    """Whether the assembly may have that many seats: an odd number, and enough for its electors."""
    return seats % 2 == 1 and seats >= seats_needed(electors=electors, region=region)


@rule(
    "substitutes-share",
    kl(5, 8),
    "Antalet ska utgöra en viss andel, dock högst hälften, av det antal platser som varje parti "
    "får i fullmäktige.",
    force="warn",
)
def substitutes_allowed(*, substitutes: int, party_seats: int) -> bool:
    """Whether a party may have that many substitutes: at most half its seats, a half counted up."""
    return 2 * substitutes <= party_seats + party_seats % 2


@rule(
    "executive-size",
    kl(6, 16, 1),
    "I styrelsen ska antalet ledamöter och antalet ersättare vara minst fem.",
    force="warn",
)
def executive_size(*, members: int, substitutes: int) -> bool:
    """Whether an executive is large enough: five of each."""
    return members >= _EXECUTIVE and substitutes >= _EXECUTIVE


@rule(
    "staff-number",
    kl(7, 10, 2),
    "Högst tre personalföreträdare och en ersättare för var och en av dem får finnas för varje nämnd.",
    force="warn",
)
def staff_number(*, representatives: int, substitutes: int) -> bool:
    """Whether a committee may have that many staff representatives: three, and one substitute for each."""
    return representatives <= _STAFF and substitutes <= representatives


@rule(
    "as-many-substitutes",
    kl(9, 3, 3),
    "Antalet ersättare ska vara lika många som antalet ledamöter.",
    force="warn",
)
def federation_substitutes(*, members: int, substitutes: int) -> bool:
    """Whether a federation's deciding body has as many substitutes as members."""
    return members == substitutes


@rule(
    "as-many-substitutes",
    kl(9, 24),
    "Antalet ersättare ska vara lika många som antalet ledamöter.",
    force="warn",
)
def joint_substitutes(*, members: int, substitutes: int) -> bool:
    """Whether a joint committee has as many substitutes as members."""
    return members == substitutes
